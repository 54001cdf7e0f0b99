package host_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"shopbell/core/desk"
	"shopbell/core/host"
	"shopbell/core/secrets"
	"shopbell/core/tunnel"
)

// noted is a place for keys that notes how often it was asked: a real one may wait
// for a person.
type noted struct {
	secrets.Memory
	asked atomic.Int64
}

func (k *noted) Get(name string) (desk.Secret, error) {
	k.asked.Add(1)
	return k.Memory.Get(name)
}

// A person leaves the sandbox for a shop that another Shopbell has, and tries again
// and again until that one is closed.
func TestAFolderInUseIsTriedAgain(t *testing.T) {
	dir := t.TempDir()
	first, err := host.Open(t.Context(), host.Options{DataDir: dir, Secrets: &secrets.Memory{}})
	if err != nil {
		t.Fatal(err)
	}
	keys := &noted{}
	again := host.Options{DataDir: dir, Secrets: keys, Tunnels: func(desk.Arrival, func(bool)) tunnel.Tunnel {
		t.Error("a way was opened")
		return nil
	}}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for range 20 {
		sandbox, err := host.Open(ctx, host.Options{DataDir: dir, Sandbox: true, Pace: time.Millisecond})
		if err != nil {
			t.Fatal(err)
		}
		if err := sandbox.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := host.Open(ctx, again); !errors.Is(err, host.ErrInUse) {
			t.Fatalf("got %v, want ErrInUse", err)
		}
	}
	if keys.asked.Load() > 0 {
		t.Error("the keyring was asked for a shop that cannot be opened")
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	last, err := host.Open(ctx, again)
	if err != nil {
		t.Fatalf("once it is free: %v", err)
	}
	if err := last.Close(); err != nil {
		t.Error(err)
	}
}
