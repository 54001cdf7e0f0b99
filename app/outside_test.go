package app

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
)

func TestSafeName(t *testing.T) {
	for _, tt := range []struct{ name, given, want string }{
		{"a name stays", "invoice 1048.pdf", "invoice 1048.pdf"},
		{"a path becomes a name", "../../etc/passwd", "_.._etc_passwd"},
		{"a path of Windows, too", `C:\autoexec.bat`, "C__autoexec.bat"},
		{"a hidden file is none", ".bashrc", "bashrc"},
		{"control characters go", "a\x00b\n.pdf", "a_b_.pdf"},
		{"nothing gets a name", "...", "file"},
		{"an ending cannot be turned around", "invoice\u202efdp.exe", "invoicefdp.exe"},
		{"letters that are not seen go", "bill\u200b\u2066.pdf", "bill.pdf"},
		{"a device is none", "nul.txt", "_nul.txt"},
		{"a device with two endings, too", "COM1.tar.gz", "_COM1.tar.gz"},
		{"a long name keeps its ending", strings.Repeat("щ", 300) + ".pdf", strings.Repeat("щ", 88) + ".pdf"},
		{"a long ending is none", "a." + strings.Repeat("x", 300), "a." + strings.Repeat("x", 178)},
		{"half a letter goes", "a\xffb.pdf", "ab.pdf"},
		{"letters of all scripts stay", "счёт.pdf", "счёт.pdf"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := safeName(tt.given); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestFolderOfOpenedFiles(t *testing.T) {
	var f folder
	if err := f.remove(); err != nil {
		t.Fatalf("removing nothing: %v", err)
	}
	first, err := f.add()
	if err != nil {
		t.Fatal(err)
	}
	second, err := f.add()
	if err != nil {
		t.Fatal(err)
	}
	open := func(context.Context) (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader([]byte("x"))), nil }
	path := filepath.Join(first, "a.txt")
	if err := copyTo(t.Context(), path, open); err != nil || first == second {
		t.Fatalf("%v; %q and %q", err, first, second)
	}
	if err := f.remove(); err != nil {
		t.Fatal(err)
	}
	for _, gone := range []string{path, first, second} {
		if _, err := os.Stat(gone); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s is still there: %v", gone, err)
		}
	}
}

func TestKeeping(t *testing.T) {
	broken := errors.New("broken")
	whole := func(context.Context) (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader("new")), nil
	}
	torn := func(context.Context) (io.ReadCloser, error) {
		return io.NopCloser(io.MultiReader(strings.NewReader("ne"), iotest.ErrReader(broken))), nil
	}
	type keep func(context.Context, string, func(context.Context) (io.ReadCloser, error)) error
	for _, tt := range []struct {
		name    string
		there   bool // there is a file of the name
		keep    keep
		content func(context.Context) (io.ReadCloser, error)
		want    string // in the file afterwards; empty: there is none
		err     error
	}{
		{"a new file is written", false, copyTo, whole, "new", nil},
		{"what is there is not overwritten unasked", true, copyTo, whole, "old", os.ErrExist},
		{"a new file that breaks off is taken away", false, copyTo, torn, "", broken},
		{"what is there is replaced where that was wished", true, replaceWith, whole, "new", nil},
		{"what is there stays where the new breaks off", true, replaceWith, torn, "old", broken},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "a.txt")
			if tt.there {
				if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if err := tt.keep(t.Context(), path, tt.content); !errors.Is(err, tt.err) {
				t.Errorf("got %v, want %v", err, tt.err)
			}
			got, _ := os.ReadFile(path)
			left, err := os.ReadDir(dir)
			if err != nil || string(got) != tt.want || len(left) > 1 {
				t.Errorf("%v: holds %q, want %q, among %d files", err, got, tt.want, len(left))
			}
		})
	}
}
