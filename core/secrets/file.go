package secrets

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"filippo.io/age"

	"shopbell/core/desk"
)

// FileName is the name of the encrypted file inside Options.Folder.
const FileName = "secrets.age"

// file is the encrypted file. Its key is a random one in a folder of its own, so
// that a copy of the data folder, or a backup of it, gives nothing away. It does
// not keep anybody out who can read both folders: who is logged in as this user
// can. A keyring that is unlocked keeps them out no better.
type file struct {
	path, key string

	mu sync.Mutex // of the file: one reads, changes and writes it
}

func openFile(o Options) (*file, error) {
	if inside(o.KeyFolder, o.Folder) {
		return nil, fmt.Errorf("secrets: the key folder %s is inside %s: choose one outside of it", o.KeyFolder, o.Folder)
	}
	for _, dir := range []string{o.Folder, o.KeyFolder} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nil, fmt.Errorf("secrets: make a folder: %w", err)
		}
	}
	return &file{path: filepath.Join(o.Folder, FileName), key: filepath.Join(o.KeyFolder, o.Shop+".key")}, nil
}

// inside reports whether dir is within outer.
func inside(dir, outer string) bool {
	rel, err := filepath.Rel(outer, dir)
	return err == nil && filepath.IsLocal(rel)
}

func (f *file) Get(name string) (desk.Secret, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	all, err := f.read()
	if err != nil {
		return "", err
	}
	value, ok := all[name]
	if !ok {
		return "", ErrNotFound
	}
	return desk.Secret(value), nil
}

func (f *file) Set(name string, value desk.Secret) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	all, err := f.read()
	if errors.Is(err, ErrUnreadable) {
		all, err = map[string]string{}, nil
	}
	if err != nil {
		return err
	}
	all[name] = value.Reveal()
	return f.write(all)
}

func (f *file) Delete(name string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	all, err := f.read()
	if errors.Is(err, ErrUnreadable) {
		return f.remove()
	}
	if err != nil {
		return err
	}
	if _, ok := all[name]; !ok {
		return nil
	}
	delete(all, name)
	return f.write(all)
}

// names are those of all secrets in the file. ErrUnreadable.
func (f *file) names() ([]string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	all, err := f.read()
	return slices.Collect(maps.Keys(all)), err
}

func (*file) Kind() desk.SecretStore { return desk.StoreFile }

func (f *file) remove() error {
	if err := os.Remove(f.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("secrets: %w", err)
	}
	return nil
}

// read returns all secrets by name; none where there is no file.
func (f *file) read() (map[string]string, error) {
	all := map[string]string{}
	sealed, err := os.ReadFile(f.path)
	if errors.Is(err, fs.ErrNotExist) {
		return all, nil
	}
	if err != nil {
		return nil, fmt.Errorf("secrets: %w", err)
	}
	identity, err := f.identity()
	if err != nil {
		return nil, err
	}
	plain, err := unseal(sealed, identity)
	if err != nil {
		return nil, fmt.Errorf("%w: %s is of another key, or damaged", ErrUnreadable, f.path)
	}
	if json.Unmarshal(plain, &all) != nil {
		return nil, fmt.Errorf("%w: %s is not of this version's form", ErrUnreadable, f.path)
	}
	return all, nil
}

// unseal decrypts. Its error may quote what it read: it goes nowhere.
func unseal(sealed []byte, identity age.Identity) ([]byte, error) {
	plain, err := age.Decrypt(bytes.NewReader(sealed), identity)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(plain)
}

// identity is the key. ErrUnreadable where there is none.
func (f *file) identity() (*age.X25519Identity, error) {
	text, err := os.ReadFile(f.key)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: %s is missing", ErrUnreadable, f.key)
	}
	if err != nil {
		return nil, fmt.Errorf("secrets: %w", err)
	}
	identity, err := age.ParseX25519Identity(strings.TrimSpace(string(text)))
	if err != nil { // its error may quote the key
		return nil, fmt.Errorf("%w: %s holds no key", ErrUnreadable, f.key)
	}
	return identity, nil
}

// write replaces the file. A new key is made where there is none that can be used.
func (f *file) write(all map[string]string) error {
	identity, err := f.identity()
	if errors.Is(err, ErrUnreadable) {
		if identity, err = age.GenerateX25519Identity(); err != nil {
			return fmt.Errorf("secrets: make a key: %w", err)
		}
		err = replace(f.key, []byte(identity.String()+"\n"))
	}
	if err != nil {
		return err
	}
	plain, err := json.Marshal(all)
	if err != nil {
		return fmt.Errorf("secrets: %w", err)
	}
	var sealed bytes.Buffer
	seal, err := age.Encrypt(&sealed, identity.Recipient())
	if err != nil {
		return fmt.Errorf("secrets: encrypt: %w", err)
	}
	if _, err := seal.Write(plain); err != nil {
		return fmt.Errorf("secrets: encrypt: %w", err)
	}
	if err := seal.Close(); err != nil {
		return fmt.Errorf("secrets: encrypt: %w", err)
	}
	return replace(f.path, sealed.Bytes())
}

// replace writes a whole file that only this user can read; a crash leaves the
// old one or the new one.
func replace(path string, content []byte) (err error) {
	temp, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+"-*") // made with 0600
	if err != nil {
		return fmt.Errorf("secrets: %w", err)
	}
	_, err = temp.Write(content)
	err = errors.Join(err, temp.Sync(), temp.Close())
	if err == nil {
		err = os.Rename(temp.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("secrets: %w", errors.Join(err, os.Remove(temp.Name())))
	}
	return nil
}
