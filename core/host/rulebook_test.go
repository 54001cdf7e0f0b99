package host_test

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"shopbell/core/autoreply"
	"shopbell/core/desk"
	"shopbell/core/host"
	"shopbell/core/sandbox"
	"shopbell/core/store"
	"shopbell/core/store/storetest"
)

// rulesFile is a rules file with one rule for each "id=keyword".
func rulesFile(rules ...string) []byte {
	var list []string
	for _, r := range rules {
		id, keyword, _ := strings.Cut(r, "=")
		list = append(list, fmt.Sprintf(
			`{"id": %q, "name": %q, "trigger": "keyword", "match": "exact", "keywords": [%q], "replies": [{"text": "answer of %s"}]}`, id, id, keyword, keyword))
	}
	return []byte(`{"version": 1, "rules": [` + strings.Join(list, ",") + `]}`)
}

func TestImportingRules(t *testing.T) {
	tests := []struct {
		name   string
		before []string
		file   []string
		merge  bool
		want   []string
	}{
		{"into a new folder", nil, []string{"a=one"}, false, []string{"one"}},
		{"merged into a new folder", nil, []string{"a=one"}, true, []string{"one"}},
		{"replaces all rules", []string{"a=one", "b=two"}, []string{"c=three"}, false, []string{"three"}},
		{"merged adds rules", []string{"a=one"}, []string{"b=two"}, true, []string{"one", "two"}},
		{"merged overwrites the same id", []string{"a=one", "b=two"}, []string{"b=three"}, true, []string{"one", "three"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			if tt.before != nil {
				if _, _, err := host.ImportRules(t.Context(), dir, rulesFile(tt.before...), false, nil); err != nil {
					t.Fatal(err)
				}
			}
			n, _, err := host.ImportRules(t.Context(), dir, rulesFile(tt.file...), tt.merge, nil)
			if err != nil || n != len(tt.want) {
				t.Fatalf("imported %d rules, %v; want %d", n, err, len(tt.want))
			}
			data := export(t, dir)
			for _, keyword := range []string{"one", "two", "three"} {
				want := strings.Contains(" "+strings.Join(tt.want, " ")+" ", " "+keyword+" ")
				if got := bytes.Contains(data, []byte("answer of "+keyword)); got != want {
					t.Errorf("the rule of %q is in force: %t, want %t", keyword, got, want)
				}
			}
		})
	}
}

func export(t *testing.T, dir string) []byte {
	t.Helper()
	data, err := host.ExportRules(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestAFaultyRulesFileChangesNothing(t *testing.T) {
	tests := []struct {
		name, file string
		merge      bool
		rule       string // that the error names
	}{
		{"no JSON", `{"version": 1, "rules": [`, false, ""},
		{"another version", `{"version": 99, "rules": []}`, false, ""},
		{"a rule over a limit, after a good one", strings.Replace(string(rulesFile("a=one", "b=two")), "answer of two", strings.Repeat("x", 300), 1), false, "b"},
		{"a rule over a limit, merged", strings.Replace(string(rulesFile("b=two")), "answer of two", strings.Repeat("x", 300), 1), true, "b"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			if _, _, err := host.ImportRules(t.Context(), dir, rulesFile("a=before"), false, nil); err != nil {
				t.Fatal(err)
			}
			before := export(t, dir)
			n, _, err := host.ImportRules(t.Context(), dir, []byte(tt.file), tt.merge, nil)
			fault, ok := errors.AsType[*autoreply.FileError](err)
			if !ok || n != 0 || fault.Rule != tt.rule {
				t.Errorf("got %d rules and %v, want a fault of rule %q", n, err, tt.rule)
			}
			if after := export(t, dir); !bytes.Equal(before, after) {
				t.Errorf("the rules became %s", after)
			}
		})
	}
}

func TestAFaultyRulesFileReplacesNoPicture(t *testing.T) {
	const good = `{"version": 1, "rules": [{"id": "sizes", "name": "Sizes", "trigger": "keyword", "keywords": ["size"], "replies": [{"text": "Here", "picture": "sizes.jpg"}]}]}`
	bad := strings.Replace(good, `"picture"`, `"buttons": [{"title": "More", "action": "rule", "rule": "nowhere"}], "picture"`, 1)
	before, after := sandbox.Photo(1).Content, sandbox.Photo(2).Content
	for _, merge := range []bool{false, true} {
		t.Run(fmt.Sprintf("merged: %t", merge), func(t *testing.T) {
			dir := t.TempDir()
			if _, _, err := host.ImportRules(t.Context(), dir, []byte(good), false, fstest.MapFS{"sizes.jpg": {Data: before}}); err != nil {
				t.Fatal(err)
			}
			_, _, err := host.ImportRules(t.Context(), dir, []byte(bad), merge, fstest.MapFS{"sizes.jpg": {Data: after}})
			if _, ok := errors.AsType[*autoreply.FileError](err); !ok {
				t.Errorf("got %v, want a fault of the file", err)
			}
			there, err := os.ReadFile(filepath.Join(dir, host.PicturesFolder, "sizes.jpg"))
			if err != nil || !bytes.Equal(there, before) {
				t.Errorf("the picture was replaced, %v", err)
			}
		})
	}
}

func TestExportedRulesCanBeImported(t *testing.T) {
	for _, rules := range [][]string{nil, {"a=one", "b=two"}} {
		dir, other := t.TempDir(), t.TempDir()
		openAndClose(t, dir)
		if rules != nil {
			if _, _, err := host.ImportRules(t.Context(), dir, rulesFile(rules...), false, nil); err != nil {
				t.Fatal(err)
			}
		}
		data := export(t, dir)
		n, _, err := host.ImportRules(t.Context(), other, data, false, nil)
		if err != nil || n != len(rules) || !bytes.Equal(export(t, other), data) {
			t.Errorf("%d rules came back, %v; want %d, the same", n, err, len(rules))
		}
	}
}

func TestTheShopsNameReachesTheCustomer(t *testing.T) {
	for name, tt := range map[string]struct{ shop, want string }{
		"its own":             {"Bell & Sons", "Bell & Sons at your service"},
		"the sandbox has one": {"", "Sandbox shop at your service"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			file := `{"version": 1, "rules": [{"name": "A", "trigger": "keyword", "keywords": ["hello"], "replies": [{"text": "{shop} at your service"}]}]}`
			if _, _, err := host.ImportRules(t.Context(), filepath.Join(dir, host.SandboxFolder), []byte(file), false, nil); err != nil {
				t.Fatal(err)
			}
			h, err := host.Open(t.Context(), host.Options{DataDir: dir, Sandbox: true, NetworkDelay: -1, Shop: tt.shop})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { h.Close() })
			if _, err := h.Sandbox().Write(t.Context(), emma, "hello"); err != nil {
				t.Fatal(err)
			}
			eventually(t, h, "she is answered", func() bool { return len(h.Sandbox().Inbox(emma)) == 1 })
			if got := h.Sandbox().Inbox(emma)[0].Text; got != tt.want {
				t.Errorf("she got %q, want %q", got, tt.want)
			}
		})
	}
}

// openAndClose makes a shop that nobody has touched yet.
func openAndClose(t *testing.T, dir string) {
	t.Helper()
	h, err := host.Open(t.Context(), host.Options{DataDir: dir})
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestNoShopIsMadeByAnExport(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "mistyped")
	if data, err := host.ExportRules(t.Context(), dir); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), dir) {
		t.Errorf("got %s and %v, want fs.ErrNotExist that names the folder", data, err)
	}
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the folder was made: %v", err)
	}
}

// older makes the file in dir look like one whose migrations are still to come.
func older(t *testing.T, dir string) {
	t.Helper()
	storetest.Exec(t, filepath.Join(dir, store.FileName), "DELETE FROM migration")
}

func TestRulesOfAnOlderFile(t *testing.T) {
	t.Run("are not exported, and the file stays as it is", func(t *testing.T) {
		dir := t.TempDir()
		openAndClose(t, dir)
		older(t, dir)
		if data, err := host.ExportRules(t.Context(), dir); err == nil || !strings.Contains(err.Error(), "older Shopbell") {
			t.Errorf("got %s and %v, want an error that says so", data, err)
		}
		if found, err := store.Inspect(t.Context(), filepath.Join(dir, store.FileName)); err != nil || len(found.Pending) == 0 {
			t.Errorf("the migrations were applied: %+v, %v", found, err)
		}
	})
	t.Run("are not imported under a desk that runs", func(t *testing.T) {
		dir := t.TempDir()
		h, err := host.Open(t.Context(), host.Options{DataDir: dir})
		if err != nil {
			t.Fatal(err)
		}
		defer h.Close()
		older(t, dir)
		if _, _, err := host.ImportRules(t.Context(), dir, rulesFile("a=one"), false, nil); !errors.Is(err, host.ErrInUse) {
			t.Errorf("got %v, want ErrInUse", err)
		}
		if found, err := store.Inspect(t.Context(), filepath.Join(dir, store.FileName)); err != nil || len(found.Pending) == 0 {
			t.Errorf("the migrations were applied: %+v, %v", found, err)
		}
	})
}

// storeRules puts a rules file in force past every check, as another version of
// Shopbell might.
func storeRules(t *testing.T, dir, file string) {
	t.Helper()
	db, err := store.Open(t.Context(), filepath.Join(dir, store.FileName), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	storetest.Update(t, db, func(tx *store.Tx) error {
		_, err := tx.SetRulebook([]byte(file), 0)
		return err
	})
}

func TestADeskOpensWithRulesItCannotUse(t *testing.T) {
	dir := t.TempDir()
	storeRules(t, dir, `{"version": 99}`)
	h, err := host.Open(t.Context(), host.Options{DataDir: dir})
	if err != nil {
		t.Fatalf("it does not open: %v", err)
	}
	t.Cleanup(func() { h.Close() })
	health := func() desk.Health {
		state, err := h.Health(t.Context(), h.Owner())
		if err != nil {
			t.Fatal(err)
		}
		return state
	}
	if !health().RulesBroken {
		t.Error("nobody is told")
	}
	if _, _, err := host.ImportRules(t.Context(), dir, rulesFile("a=one"), false, nil); err != nil {
		t.Fatal(err)
	}
	eventually(t, h, "good rules are taken up", func() bool { return !health().RulesBroken })
	storeRules(t, dir, `{"version": 99}`)
	eventually(t, h, "the next bad ones are told", func() bool { return health().RulesBroken })
}
