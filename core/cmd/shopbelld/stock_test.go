package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestStockCommands(t *testing.T) {
	table := func(t *testing.T, content string) string {
		t.Helper()
		path := filepath.Join(t.TempDir(), "stock.csv")
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	list := func(t *testing.T, s shop, args ...string) string {
		t.Helper()
		status, out, errOut := s.command(t, append([]string{"stock", "list"}, args...)...)
		if status != 0 {
			t.Fatalf("status %d, %s", status, errOut)
		}
		_, articles, _ := strings.Cut(out, "\n")
		var short []string
		for line := range strings.Lines(articles) {
			short = append(short, strings.Join(strings.Fields(line)[:2], "="))
		}
		return strings.Join(short, " ")
	}

	t.Run("what is imported is listed", func(t *testing.T) {
		s := shop{dir: t.TempDir()}
		status, out, errOut := s.command(t, "stock", "import", table(t, "sku;stock;name\nBT-39;4;Boots\nSN-1;12;Sneakers\n"))
		if status != 0 || out != "2 articles changed.\n" || errOut != "" {
			t.Errorf("status %d, %q, %q", status, out, errOut)
		}
		if got := list(t, s); got != "BT-39=4 SN-1=12" {
			t.Errorf("listed are %s", got)
		}
		if got := list(t, s, "--search", "boot"); got != "BT-39=4" {
			t.Errorf("found are %s", got)
		}
	})

	t.Run("a second file adds to the first", func(t *testing.T) {
		s := shop{dir: t.TempDir()}
		for _, content := range []string{"sku;stock\nA;1\nB;2\n", "sku;stock\nB;3\n"} {
			if status, _, errOut := s.command(t, "stock", "import", table(t, content)); status != 0 {
				t.Fatal(errOut)
			}
		}
		if got := list(t, s); got != "A=1 B=3" {
			t.Errorf("listed are %s", got)
		}
	})

	t.Run("columns are named by their headers", func(t *testing.T) {
		s := shop{dir: t.TempDir()}
		file := table(t, "Ref;Total;Free\nA;9;1\n")
		if status, _, errOut := s.command(t, "stock", "import", file, "--sku", "ref", "--level", "free"); status != 0 {
			t.Fatal(errOut)
		}
		if got := list(t, s); got != "A=1" {
			t.Errorf("listed are %s", got)
		}
	})

	t.Run("a broken row is named by its line, and the others take effect", func(t *testing.T) {
		s := shop{dir: t.TempDir()}
		status, out, errOut := s.command(t, "stock", "import", table(t, "sku;stock\nA;1\nB;many\nC;3\n"))
		if status != exitFailed || out != "2 articles changed.\n" || !strings.Contains(errOut, `line 3: no_number in column "stock": "many"`) {
			t.Errorf("status %d, %q, %q", status, out, errOut)
		}
		if got := list(t, s); got != "A=1 C=3" {
			t.Errorf("listed are %s", got)
		}
	})

	for name, c := range map[string]struct{ content, says string }{
		"no column of levels": {"sku;price\nA;1\n", "--level"},
		"no table":            {"\x89PNG\x00\x00\x01\x00", "save it as CSV"},
		"no rows":             {"sku;stock\n", "no_rows"},
	} {
		t.Run("a file with "+name+" changes nothing", func(t *testing.T) {
			s := shop{dir: t.TempDir()}
			if status, _, errOut := s.command(t, "stock", "import", table(t, "sku;stock\nA;1\n")); status != 0 {
				t.Fatal(errOut)
			}
			status, _, errOut := s.command(t, "stock", "import", table(t, c.content))
			if status != exitFailed || !strings.Contains(errOut, "nothing was changed") || !strings.Contains(errOut, c.says) {
				t.Errorf("status %d, %s", status, errOut)
			}
			if got := list(t, s); got != "A=1" {
				t.Errorf("listed are %s", got)
			}
		})
	}

	t.Run("no shop is made by a list", func(t *testing.T) {
		s := shop{dir: filepath.Join(t.TempDir(), "mistyped")}
		if status, _, errOut := s.command(t, "stock", "list"); status != exitFailed || !strings.Contains(errOut, "there is no shop in") {
			t.Errorf("status %d, %s", status, errOut)
		}
		if _, err := os.Stat(s.dir); !os.IsNotExist(err) {
			t.Errorf("the folder was made: %v", err)
		}
	})
}
