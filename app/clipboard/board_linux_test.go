//go:build window

package clipboard

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"testing"
	"time"
)

// bytesOf are n bytes without an order.
func bytesOf(n int) []byte {
	r := rand.NewChaCha8([32]byte{})
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(r.Uint64())
	}
	return b
}

func within(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancel)
	return ctx
}

func TestCopyAndPaste(t *testing.T) {
	var board Board
	if !Available() {
		t.Fatal("the display has no clipboard")
	}
	stays, err := connect(t.Context()) // a display begins anew when the last program leaves it
	if err != nil {
		t.Fatal(err)
	}
	defer stays.end()
	for name, size := range map[string]int{
		"a small picture":                      100,
		"one of just a part":                   part,
		"one of a byte more":                   part + 1,
		"one of whole parts":                   3 * part,
		"one larger than the server's largest": 20 << 20,
	} {
		t.Run(name+" comes back as it was", func(t *testing.T) {
			want := bytesOf(size)
			if err := board.Copy(within(t), want); err != nil {
				t.Fatal(err)
			}
			for range 2 {
				if got, err := board.Paste(within(t)); err != nil || !bytes.Equal(got, want) {
					t.Fatalf("%d bytes, %v", len(got), err)
				}
			}
		})
	}
	t.Run("what is copied last counts", func(t *testing.T) {
		for _, content := range []string{"one", "two"} {
			if err := board.Copy(within(t), []byte(content)); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := board.Paste(within(t)); err != nil || string(got) != "two" {
			t.Errorf("%q, %v", got, err)
		}
	})
	t.Run("an empty clipboard has no picture", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		if err := board.Copy(ctx, []byte("x")); err != nil {
			t.Fatal(err)
		}
		cancel()
		for {
			got, err := board.Paste(within(t))
			if err != nil {
				t.Fatal(err)
			}
			if got == nil {
				return // the server has noticed
			}
		}
	})
	t.Run("who does not answer keeps nobody longer than asked", func(t *testing.T) {
		mute, err := connect(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer mute.end()
		if err := mute.own(); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error)
		go func() {
			_, err := board.Paste(ctx)
			done <- err
		}()
		cancel()
		if err := <-done; !errors.Is(err, context.Canceled) && !errors.Is(err, ErrUnavailable) {
			t.Errorf("%v", err)
		}
	})
}
