// Package secrets keeps the keys of a shop on this computer, outside of the
// shop's file: in the keyring of the operating system, or, where there is none,
// in an encrypted file.
//
// No secret stands in an error of this package.
package secrets

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"shopbell/core/desk"
)

var (
	// ErrNotFound is returned by Get for a name that was never set, or deleted.
	ErrNotFound = errors.New("secrets: there is no such secret")
	// ErrTooLong is returned by Set for a value over MaxLength.
	ErrTooLong = fmt.Errorf("secrets: a secret may have at most %d bytes", MaxLength)
	// ErrUnreadable means that secrets were stored and cannot be read: the key of
	// the encrypted file is not on this computer, or the file is damaged. What was
	// in it must be entered anew; the next Set begins a new file.
	ErrUnreadable = errors.New("secrets: the stored secrets cannot be read on this computer")
)

// MaxLength bounds a value, in bytes: the keyring of Windows takes 2,560, and
// Meta's longest keys have some 300.
const MaxLength = 2048

// Store keeps secrets by name. A call may wait for the operating system, and for
// a person where it asks for a password. Safe for use by many goroutines.
type Store interface {
	// Get returns a secret. ErrNotFound, ErrUnreadable.
	Get(name string) (desk.Secret, error)
	// Set stores a secret in place of an earlier one of this name. ErrTooLong, and
	// an error for an empty one.
	Set(name string, value desk.Secret) error
	// Delete forgets a secret. One that is not there is no error.
	Delete(name string) error
	// Kind says where it keeps them.
	Kind() desk.SecretStore
}

// Options of Open. All are needed.
type Options struct {
	// Shop is the name of the shop among all of this computer: two data folders
	// share no keys.
	Shop string
	// Folder holds the encrypted file, where there is no keyring. It is made where
	// it is missing.
	Folder string
	// KeyFolder holds the key of that file. It must not be inside Folder: what
	// copies the one must not copy the other.
	KeyFolder string
	// Now is the time of a change; Log is told what moved, by name.
	Now func() time.Time
	Log *slog.Logger
}

// probeLimit is how long a keyring may take to answer at first. It may be locked,
// and ask the person for a password; one that nobody answers is none.
const probeLimit = time.Minute

// Open returns the place for a shop's secrets: the operating system's keyring
// where it answers, else the encrypted file. A keyring that does not answer
// within a minute, or before ctx ends, counts as none.
//
// What was entered while there was no keyring moves into it: of each secret the
// later word counts, also that it was deleted. Then the file goes. One that cannot
// be read stays; where the keyring does not take all, the file is used once more.
func Open(ctx context.Context, o Options) (Store, error) {
	if o.Shop == "" || o.Folder == "" || o.KeyFolder == "" || o.Now == nil || o.Log == nil {
		return nil, errors.New("secrets: Options need a Shop, a Folder, a KeyFolder, Now and Log")
	}
	ring := keyring{shop: o.Shop}
	ctx, cancel := context.WithTimeout(ctx, probeLimit)
	defer cancel()
	works := make(chan bool, 1)
	go func() { works <- ring.works() }() // ends when the keyring answers: it cannot be told to
	select {
	case ok := <-works:
		if ok {
			return openRing(ring, o)
		}
	case <-ctx.Done():
	}
	f, err := openFile(o)
	if err != nil {
		return nil, err
	}
	return &stamped{Store: f, now: o.Now}, nil
}

// openRing is Open on a computer whose keyring works.
func openRing(ring Store, o Options) (Store, error) {
	s := &stamped{Store: ring, now: o.Now}
	if _, err := os.Stat(filepath.Join(o.Folder, FileName)); errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	f, err := openFile(o)
	if err != nil {
		return nil, err
	}
	switch moved, err := s.take(f); {
	case errors.Is(err, ErrUnreadable):
		o.Log.Warn("Keys in an encrypted file are left there, and not used", "error", err)
	case err != nil:
		o.Log.Warn("Keys stay in the encrypted file", "error", err)
		return &stamped{Store: f, now: o.Now}, nil
	default:
		o.Log.Info("Keys moved from the encrypted file into the keyring", "keys", moved)
	}
	return s, nil
}

// check is what every Set begins with.
func check(name string, value desk.Secret) error {
	switch {
	case value == "":
		return fmt.Errorf("secrets: %s is empty: delete it instead", name)
	case len(value.Reveal()) > MaxLength:
		return fmt.Errorf("%w: %s is longer", ErrTooLong, name)
	}
	return nil
}
