package secrets_test

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"shopbell/core/desk"
	"shopbell/core/secrets"
)

// computer opens the secrets of one shop again and again; its keyring comes and
// goes, and remembers. Every start is an hour after the last.
type computer struct {
	t   *testing.T
	o   secrets.Options
	log bytes.Buffer
}

func newComputer(t *testing.T) *computer {
	ring(t) // empty; MockInit once only, since it forgets
	c := &computer{t: t, o: options(t)}
	c.o.Log = slog.New(slog.NewTextHandler(&c.log, nil))
	return c
}

// start opens the secrets with the keyring, or in a session that has none.
func (c *computer) start(hasRing bool) secrets.Store {
	c.t.Helper()
	bus := "unix:path=/nowhere"
	if !hasRing {
		bus = ""
		c.t.Setenv("XDG_RUNTIME_DIR", c.t.TempDir())
	}
	c.t.Setenv("DBUS_SESSION_BUS_ADDRESS", bus)
	later(&c.o)
	s, err := secrets.Open(c.t.Context(), c.o)
	if err != nil {
		c.t.Fatal(err)
	}
	if want := map[bool]desk.SecretStore{true: desk.StoreKeyring, false: desk.StoreFile}[hasRing]; s.Kind() != want {
		c.t.Fatalf("it is %s, want %s", s.Kind(), want)
	}
	return s
}

func (c *computer) hasFile() bool {
	_, err := os.Stat(filepath.Join(c.o.Folder, secrets.FileName))
	return err == nil
}

func TestWhatWasEnteredWithoutAKeyringMovesIntoIt(t *testing.T) {
	if sessionless() {
		return
	}
	const old, fresh = "old-" + letters, "new-" + letters
	for _, tt := range []struct {
		name         string
		steps        func(c *computer)
		token, other string // afterwards, in the keyring
	}{
		{"where the keyring has none", func(c *computer) { set(c.t, c.start(false), "token", fresh) }, fresh, ""},
		{"where it is newer than the keyring's", func(c *computer) {
			set(c.t, c.start(true), "token", old)
			set(c.t, c.start(false), "token", fresh)
		}, fresh, ""},
		{"and leaves the keyring's others as they are", func(c *computer) {
			set(c.t, c.start(true), "app_secret", old)
			set(c.t, c.start(false), "token", fresh)
		}, fresh, old},
		{"and so does what was deleted", func(c *computer) {
			set(c.t, c.start(true), "token", old)
			if err := c.start(false).Delete("token"); err != nil {
				c.t.Fatal(err)
			}
		}, "", ""},
		{"but not over what is newer in the keyring", func(c *computer) {
			set(c.t, c.start(false), "token", old)
			file := c.keep()
			set(c.t, c.start(true), "token", fresh)
			c.restore(file)
		}, fresh, ""},
		{"nor over what was deleted there since", func(c *computer) {
			set(c.t, c.start(false), "token", old)
			file := c.keep()
			if err := c.start(true).Delete("token"); err != nil {
				c.t.Fatal(err)
			}
			c.restore(file)
		}, "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := newComputer(t)
			tt.steps(c)
			for _, when := range []string{"then", "at the next start"} {
				s := c.start(true)
				get(t, s, "token", tt.token)
				get(t, s, "app_secret", tt.other)
				if c.hasFile() {
					t.Errorf("%s the file is still there", when)
				}
			}
			if log := c.log.String(); !strings.Contains(log, "moved") || strings.Contains(log, letters) {
				t.Errorf("the log says %q", log)
			}
		})
	}
}

// keep is the encrypted file as it is now; restore puts it back, as who restores a
// backup does.
func (c *computer) keep() []byte {
	c.t.Helper()
	content, err := os.ReadFile(filepath.Join(c.o.Folder, secrets.FileName))
	if err != nil {
		c.t.Fatal(err)
	}
	return content
}

func (c *computer) restore(content []byte) {
	c.t.Helper()
	if err := os.WriteFile(filepath.Join(c.o.Folder, secrets.FileName), content, 0o600); err != nil {
		c.t.Fatal(err)
	}
}

func TestAFileThatCannotBeReadStaysWhereItIs(t *testing.T) {
	if sessionless() {
		return
	}
	c := newComputer(t)
	set(c.t, c.start(false), "token", letters)
	key := filepath.Join(c.o.KeyFolder, "SHOP.key")
	if err := os.Rename(key, key+".away"); err != nil {
		t.Fatal(err)
	}
	get(t, c.start(true), "token", "")
	if !c.hasFile() || !strings.Contains(c.log.String(), "left there") {
		t.Errorf("the file is there: %t; the log says %q", c.hasFile(), c.log.String())
	}
	if err := os.Rename(key+".away", key); err != nil {
		t.Fatal(err)
	}
	get(t, c.start(true), "token", letters) // once its key is back
}
