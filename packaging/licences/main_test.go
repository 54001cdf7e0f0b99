package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shopbell/assets/licences"
)

func TestEmbedded(t *testing.T) {
	all, err := collect(t.Context(), "../..")
	if err != nil {
		t.Fatal(err)
	}
	t.Run("every module of the build has its licences in the program", func(t *testing.T) {
		if diff := cmp.Diff(names(all), names(licences.All())); diff != "" {
			t.Errorf("run go generate ./assets/licences (-built in, +embedded):\n%s", diff)
		}
	})
	t.Run("the texts are those of the modules", func(t *testing.T) {
		file, err := os.ReadFile("../../assets/licences/licences.txt")
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(file, licences.Format(all)) {
			t.Error("licences.txt is not what the modules have: run go generate ./assets/licences")
		}
	})
	t.Run("they take less than a megabyte", func(t *testing.T) {
		if n := len(licences.Format(all)); n > 1_000_000 {
			t.Errorf("%d bytes: store them compressed", n)
		}
	})
	t.Run("what a module brings from elsewhere is among them", func(t *testing.T) {
		for _, part := range []string{"github.com/go-gl/glfw", "theme/font/LICENSE_Inter.txt", "harfbuzz/LICENSE"} {
			if all := strings.Join(names(licences.All()), "\n"); !strings.Contains(all, part) {
				t.Errorf("%s is not there:\n%s", part, all)
			}
		}
	})
}

func names(all []licences.Licence) []string {
	var list []string
	for _, l := range all {
		list = append(list, l.Of)
	}
	return list
}

func TestRead(t *testing.T) {
	module := func(t *testing.T, files ...string) string {
		t.Helper()
		root := t.TempDir()
		for _, f := range files {
			path := filepath.Join(root, filepath.FromSlash(f))
			if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte("text of "+f+" \r\n\n"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		return root
	}
	t.Run("takes what concerns the packages that are built in, and no other", func(t *testing.T) {
		root := module(t, "LICENSE", "NOTICE", "licence.go", "a/a.go", "a/LICENSE", "a/fonts/OFL.txt", "a/b/b.go", "a/b/LICENSE", "a/testdata/LICENSE", "a/.github/LICENSE", "c/c.go", "c/COPYING")
		got, err := read("m v1", used{root, map[string]bool{filepath.Join(root, "a"): true}})
		if err != nil {
			t.Fatal(err)
		}
		want := []string{"m v1", "m v1, NOTICE", "m v1, a/LICENSE", "m v1, a/fonts/OFL.txt"}
		if diff := cmp.Diff(want, names(got)); diff != "" || got[0].Text != "text of LICENSE" {
			t.Errorf("%q: %s", got[0].Text, diff)
		}
	})
	t.Run("a module without a licence is an error that names it", func(t *testing.T) {
		root := module(t, "a.go", "README.md")
		if _, err := read("m v1", used{root, map[string]bool{root: true}}); err == nil || !strings.Contains(err.Error(), "m v1") {
			t.Errorf("got %v", err)
		}
	})
}
