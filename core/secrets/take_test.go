package secrets

import (
	"errors"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"shopbell/core/desk"
)

// picky is a keyring that takes some secrets and refuses, or spoils, another.
type picky struct {
	Memory
	refused string
	spoils  bool
}

func (p *picky) Set(name string, value desk.Secret) error {
	switch {
	case name == p.refused && p.spoils:
		value = value[:1]
	case name == p.refused:
		return errors.New("the keyring is full")
	}
	return p.Memory.Set(name, value)
}

func TestTheFileStaysInUseWhereTheKeyringDoesNotTakeAll(t *testing.T) {
	for name, ring := range map[string]*picky{
		"and says so":          {refused: "token"},
		"and says it took all": {refused: "token", spoils: true},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			var log strings.Builder
			o := Options{
				Shop: "SHOP", Folder: filepath.Join(dir, "data"), KeyFolder: filepath.Join(dir, "keys"),
				Now: time.Now, Log: slog.New(slog.NewTextHandler(&log, nil)),
			}
			f, err := openFile(o)
			if err != nil {
				t.Fatal(err)
			}
			all := map[string]desk.Secret{"app_secret": "first", "token": "letters-of-the-token"}
			for name, value := range all {
				if err := (&stamped{Store: f, now: o.Now}).Set(name, value); err != nil {
					t.Fatal(err)
				}
			}
			s, err := openRing(ring, o)
			if err != nil {
				t.Fatal(err)
			}
			if s.Kind() != desk.StoreFile || !strings.Contains(log.String(), "stay in the encrypted file") || strings.Contains(log.String(), "letters") {
				t.Errorf("it is %s; the log says %q", s.Kind(), log.String())
			}
			for name, want := range all {
				if got, err := s.Get(name); got != want || err != nil {
					t.Errorf("%s is %q, %v", name, got.Reveal(), err)
				}
			}
			ring.refused = ""
			if s, err = openRing(ring, o); err != nil || s.Kind() == desk.StoreFile {
				t.Fatalf("once it takes all: %v, %v", s, err)
			}
			for name, want := range all {
				if got, err := s.Get(name); got != want || err != nil {
					t.Errorf("in the keyring %s is %q, %v", name, got.Reveal(), err)
				}
			}
		})
	}
}

func TestSecretsWhoseStampsAreDamagedMoveAllTheSame(t *testing.T) {
	dir := t.TempDir()
	o := Options{
		Shop: "SHOP", Folder: filepath.Join(dir, "data"), KeyFolder: filepath.Join(dir, "keys"),
		Now: time.Now, Log: slog.New(slog.DiscardHandler),
	}
	f, err := openFile(o)
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]desk.Secret{"token": "letters", stampsName: "{"} {
		if err := f.Set(name, value); err != nil {
			t.Fatal(err)
		}
	}
	s, err := openRing(&picky{}, o)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := s.Get("token"); got != "letters" || err != nil || s.Kind() == desk.StoreFile {
		t.Errorf("in %s the token is %q, %v", s.Kind(), got.Reveal(), err)
	}
}
