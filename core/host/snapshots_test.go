package host

import (
	"path/filepath"
	"testing"
	"time"

	"shopbell/core/sandbox"
	"shopbell/core/secrets"
	"shopbell/core/store"
)

func TestSnapshots(t *testing.T) {
	h, err := Open(t.Context(), Options{DataDir: t.TempDir(), Sandbox: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := h.Close(); err != nil {
			t.Error(err)
		}
	}()
	if last, err := h.LastSnapshot(t.Context()); err != nil || !last.At.IsZero() {
		t.Errorf("before the first: %+v, %v", last, err)
	}
	taken, err := h.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if last, err := h.LastSnapshot(t.Context()); err != nil || last != taken || filepath.Base(filepath.Dir(last.Path)) != SnapshotFolder {
		t.Errorf("last = %+v, %v, taken %+v", last, err, taken)
	}
	found, err := store.Inspect(t.Context(), taken.Path)
	if err != nil || found.Rules.Revision == 0 {
		t.Errorf("the copy holds %+v, %v", found, err)
	}
}

func TestAShopIsQuietWhileNobodyWrites(t *testing.T) {
	h, err := Open(t.Context(), Options{DataDir: t.TempDir(), Sandbox: true, NetworkDelay: -1})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := h.Close(); err != nil {
			t.Error(err)
		}
	}()
	quiet := func(when string, want bool) {
		t.Helper()
		if got, err := h.quiet(t.Context()); err != nil || got != want {
			t.Errorf("%s: quiet %t, %v", when, got, err)
		}
	}
	quiet("before the first message", true)
	if _, err := h.Sandbox().Write(t.Context(), sandbox.Customer{Phone: "447700900199", Name: "Ann"}, "Hello"); err != nil {
		t.Fatal(err)
	}
	quiet("after a message", false)
}

func TestARealShopIsCopiedByItself(t *testing.T) {
	h, err := Open(t.Context(), Options{DataDir: t.TempDir(), Secrets: &secrets.Memory{}})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := h.Close(); err != nil {
			t.Error(err)
		}
	}()
	for {
		last, err := h.LastSnapshot(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if !last.At.IsZero() {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
}
