package cloudapi

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

// slow gives one byte after each pause.
type slow struct{ pauses []time.Duration }

func (s *slow) Read(p []byte) (int, error) {
	time.Sleep(s.pauses[0])
	s.pauses = s.pauses[1:]
	return copy(p, "x"), nil
}

func TestPace(t *testing.T) {
	const limit = time.Minute
	pauses := []time.Duration{59 * time.Second, 59 * time.Second, 59 * time.Second, time.Hour}
	t.Run("a slow transfer goes on, one that stands still ends", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			p := newPace(t.Context(), limit)
			defer p.stop()
			from := &slow{pauses}
			for range 3 {
				if _, err := p.read(from, make([]byte, 8)); err != nil || p.ctx.Err() != nil {
					t.Fatalf("ended on the way: %v, %v", err, context.Cause(p.ctx))
				}
			}
			if _, err := p.read(from, make([]byte, 8)); err != nil {
				t.Fatal(err)
			}
			if p.ctx.Err() == nil || !errors.Is(p.cause(p.ctx.Err()), errStalled) {
				t.Errorf("after an hour without a byte: %v", context.Cause(p.ctx))
			}
		})
	})
	t.Run("an end from outside is not called a standstill", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		p := newPace(ctx, limit)
		cancel()
		if err := p.cause(ctx.Err()); errors.Is(err, errStalled) || !errors.Is(err, context.Canceled) {
			t.Errorf("cause = %v", err)
		}
		p.stop()
		p.stop()
	})
}
