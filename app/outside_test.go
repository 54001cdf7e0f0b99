package app

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
)

func TestSafeName(t *testing.T) {
	for _, tt := range []struct{ name, given, want string }{
		{"a name stays", "invoice 1048.pdf", "invoice 1048.pdf"},
		{"a path becomes a name", "../../etc/passwd", "_.._etc_passwd"},
		{"a path of Windows, too", `C:\autoexec.bat`, "C__autoexec.bat"},
		{"a hidden file is none", ".bashrc", "bashrc"},
		{"control characters go", "a\x00b\n.pdf", "a_b_.pdf"},
		{"nothing gets a name", "...", "file"},
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

func TestCopyToReportsWhatCannotBeRead(t *testing.T) {
	broken := errors.New("broken")
	err := copyTo(t.Context(), filepath.Join(t.TempDir(), "a"), func(context.Context) (io.ReadCloser, error) { return nil, broken })
	if !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}
