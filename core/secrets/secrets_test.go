package secrets_test

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"shopbell/core/desk"
	"shopbell/core/secrets"
)

const letters = "EAAGm0PX4ZCpsBO7secret"

// options of a shop in new folders.
func options(t *testing.T) secrets.Options {
	t.Helper()
	dir := t.TempDir()
	return secrets.Options{
		Shop: "SHOP", Folder: filepath.Join(dir, "data"), KeyFolder: filepath.Join(dir, "keys"),
		Now: time.Now, Log: slog.New(slog.DiscardHandler),
	}
}

// later has the next changes be made an hour later.
func later(o *secrets.Options) {
	before := o.Now
	o.Now = func() time.Time { return before().Add(time.Hour) }
}

// ring gives this computer a session with a keyring in memory.
func ring(t *testing.T) {
	t.Helper()
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere") // nobody connects to it
	keyring.MockInit()
}

// open opens a store, on a computer whose keyring works or has none.
func open(t *testing.T, o secrets.Options, hasRing bool) secrets.Store {
	t.Helper()
	if hasRing {
		ring(t)
	} else {
		keyring.MockInitWithError(errors.New("no keyring on this computer"))
	}
	s, err := secrets.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func get(t *testing.T, s secrets.Store, name, want string) {
	t.Helper()
	got, err := s.Get(name)
	if want == "" {
		if !errors.Is(err, secrets.ErrNotFound) {
			t.Errorf("%s is %q, %v; want ErrNotFound", name, got.Reveal(), err)
		}
		return
	}
	if err != nil || got.Reveal() != want {
		t.Errorf("%s is %q, %v; want %q", name, got.Reveal(), err, want)
	}
}

func set(t *testing.T, s secrets.Store, name, value string) {
	t.Helper()
	if err := s.Set(name, desk.Secret(value)); err != nil {
		t.Fatal(err)
	}
}

func TestAStoreKeepsSecretsByName(t *testing.T) {
	for name, tt := range map[string]struct {
		open func(t *testing.T) secrets.Store
		kind desk.SecretStore
	}{
		"the keyring":        {func(t *testing.T) secrets.Store { return open(t, options(t), true) }, desk.StoreKeyring},
		"the encrypted file": {func(t *testing.T) secrets.Store { return open(t, options(t), false) }, desk.StoreFile},
		"memory":             {func(*testing.T) secrets.Store { return &secrets.Memory{} }, desk.StoreGiven},
	} {
		t.Run(name, func(t *testing.T) {
			s := tt.open(t)
			if s.Kind() != tt.kind {
				t.Errorf("it is %s, want %s", s.Kind(), tt.kind)
			}
			get(t, s, "token", "")
			set(t, s, "token", letters)
			set(t, s, "app_secret", "another")
			get(t, s, "token", letters)
			set(t, s, "token", "newer")
			get(t, s, "token", "newer")
			for range 2 { // the second finds nothing
				if err := s.Delete("token"); err != nil {
					t.Error(err)
				}
			}
			get(t, s, "token", "")
			get(t, s, "app_secret", "another")
			set(t, s, "token", strings.Repeat("x", secrets.MaxLength))
			if err := s.Set("token", desk.Secret(strings.Repeat("x", secrets.MaxLength+1))); !errors.Is(err, secrets.ErrTooLong) {
				t.Errorf("a secret too long: %v", err)
			}
			if err := s.Set("token", ""); err == nil {
				t.Error("an empty secret was taken")
			}
		})
	}
}

func TestTheFileOutlivesTheProgram(t *testing.T) {
	o := options(t)
	set(t, open(t, o, false), "token", letters)
	get(t, open(t, o, false), "token", letters)
}

func TestShopsShareNoSecrets(t *testing.T) {
	ring(t)
	one, other := options(t), options(t)
	other.Shop = "OTHER"
	a, err := secrets.Open(t.Context(), one)
	if err != nil {
		t.Fatal(err)
	}
	b, err := secrets.Open(t.Context(), other)
	if err != nil {
		t.Fatal(err)
	}
	set(t, a, "token", letters)
	get(t, b, "token", "")
}

func TestTheFilesOnTheDisk(t *testing.T) {
	o := options(t)
	set(t, open(t, o, false), "token", letters)
	data, key := filepath.Join(o.Folder, secrets.FileName), filepath.Join(o.KeyFolder, "SHOP.key")
	t.Run("hold no letter of a secret", func(t *testing.T) {
		for _, path := range []string{data, key} {
			content, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(string(content), letters) {
				t.Errorf("%s holds the secret", path)
			}
		}
	})
	t.Run("can be read by this user alone", func(t *testing.T) {
		for _, path := range []string{data, key} {
			info, err := os.Stat(path)
			if err != nil {
				t.Fatal(err)
			}
			if info.Mode().Perm()&0o077 != 0 && os.PathSeparator == '/' {
				t.Errorf("%s has the mode %v", path, info.Mode())
			}
		}
	})
	t.Run("leave nothing else behind", func(t *testing.T) {
		for _, dir := range []string{o.Folder, o.KeyFolder} {
			list, err := os.ReadDir(dir)
			if err != nil || len(list) != 1 {
				t.Errorf("%s holds %v, %v", dir, list, err)
			}
		}
	})
}

func TestSecretsThatCannotBeRead(t *testing.T) {
	for name, spoil := range map[string]func(o secrets.Options) error{
		"without their key": func(o secrets.Options) error { return os.Remove(filepath.Join(o.KeyFolder, "SHOP.key")) },
		"with a key that is none": func(o secrets.Options) error {
			return os.WriteFile(filepath.Join(o.KeyFolder, "SHOP.key"), []byte(letters), 0o600)
		},
		"in a damaged file": func(o secrets.Options) error { return os.Truncate(filepath.Join(o.Folder, secrets.FileName), 100) },
		"in a file that has no age": func(o secrets.Options) error {
			return os.WriteFile(filepath.Join(o.Folder, secrets.FileName), []byte(letters), 0o600)
		},
	} {
		t.Run(name, func(t *testing.T) {
			o := options(t)
			s := open(t, o, false)
			set(t, s, "token", letters)
			set(t, s, "app_secret", "another")
			if err := spoil(o); err != nil {
				t.Fatal(err)
			}
			_, err := s.Get("token")
			if !errors.Is(err, secrets.ErrUnreadable) || strings.Contains(err.Error(), letters) {
				t.Errorf("got %v, want ErrUnreadable that tells no secret", err)
			}
			set(t, s, "token", "entered anew")
			get(t, s, "token", "entered anew")
			get(t, s, "app_secret", "")
		})
	}
}

func TestTheKeyLiesOutsideOfWhatItOpens(t *testing.T) {
	keyring.MockInitWithError(errors.New("no keyring"))
	o := options(t)
	for _, folder := range []string{o.Folder, filepath.Join(o.Folder, "keys")} {
		o.KeyFolder = folder
		if s, err := secrets.Open(t.Context(), o); err == nil || s != nil {
			t.Errorf("a key in %s was taken: %v, %v", folder, s, err)
		}
	}
}

// sessionless reports whether this system's keyring needs no session bus: it never
// comes and goes.
func sessionless() bool { return runtime.GOOS == "windows" || runtime.GOOS == "darwin" }

func TestWithoutASessionNoKeyringIsAsked(t *testing.T) {
	if sessionless() {
		return
	}
	ring(t)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "")
	t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
	s, err := secrets.Open(t.Context(), options(t))
	if err != nil || s.Kind() != desk.StoreFile {
		t.Errorf("got %v, %v", s, err)
	}
}
