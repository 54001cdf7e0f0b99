package sound

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

// ramp gives n samples that rise, a few at a time.
type ramp struct{ at, n int }

func (r *ramp) Read(dst []float32) (int, error) {
	if r.at == r.n {
		return 0, io.EOF
	}
	n := min(len(dst), r.n-r.at, 7)
	for i := range dst[:n] {
		dst[i] = float32(r.at+i) / 100
	}
	r.at += n
	return n, nil
}

func TestBytesOf(t *testing.T) {
	t.Run("samples become floats of 32 bits, and are counted", func(t *testing.T) {
		b := &bytesOf{src: &ramp{n: 20}}
		content, err := io.ReadAll(b)
		if err != nil || len(content) != 80 || b.given.Load() != 20 {
			t.Fatalf("%d bytes of %d samples, %v", len(content), b.given.Load(), err)
		}
		if got := math.Float32frombits(binary.LittleEndian.Uint32(content[76:])); got != 0.19 {
			t.Errorf("the last is %v", got)
		}
	})
	t.Run("no room for a sample is an error, not the end", func(t *testing.T) {
		if _, err := (&bytesOf{src: &ramp{n: 1}}).Read(make([]byte, 3)); !errors.Is(err, io.ErrShortBuffer) {
			t.Errorf("got %v", err)
		}
	})
}

// sounding plays a sample in a millisecond, as synctest's clock has it.
type sounding struct {
	began  time.Time
	lasts  int
	source error
}

func (s *sounding) IsPlaying() bool { return s.played() < s.lasts }
func (s *sounding) Err() error      { return s.source }

func (s *sounding) played() int {
	return min(s.lasts, int(time.Since(s.began)/time.Millisecond))
}

func (s *sounding) BufferedSize() int { return (s.lasts - s.played()) * sampleSize }

type device struct{ err error }

func (d *device) Err() error { return d.err }

func TestFollow(t *testing.T) {
	fault := errors.New("fault")
	begin := func() (*sounding, *bytesOf) {
		from := &bytesOf{}
		from.given.Store(120)
		return &sounding{began: time.Now(), lasts: 120}, from
	}
	t.Run("it tells what was heard until all was", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			p, from := begin()
			var heard []int
			err := follow(t.Context(), p, &device{}, from, func(n int) { heard = append(heard, n) })
			if err != nil || !slices.Equal(heard, []int{50, 100, 120}) {
				t.Errorf("heard %v, %v", heard, err)
			}
		})
	})
	t.Run("it ends with its context", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			p, from := begin()
			ctx, cancel := context.WithTimeout(t.Context(), 70*time.Millisecond)
			defer cancel()
			began := time.Now()
			err := follow(ctx, p, &device{}, from, func(int) {})
			if !errors.Is(err, context.DeadlineExceeded) || time.Since(began) != 70*time.Millisecond {
				t.Errorf("%v after %v", err, time.Since(began))
			}
		})
	})
	t.Run("an output that is gone is none", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			p, from := begin()
			d := &device{}
			err := follow(t.Context(), p, d, from, func(int) { d.err = fault })
			if !errors.Is(err, ErrNoOutput) || !errors.Is(err, fault) {
				t.Errorf("got %v", err)
			}
		})
	})
	t.Run("what is wrong with the samples is told", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			p, from := begin()
			p.source = fault
			if err := follow(t.Context(), p, &device{}, from, func(int) {}); !errors.Is(err, fault) || errors.Is(err, ErrNoOutput) {
				t.Errorf("got %v", err)
			}
		})
	})
}
