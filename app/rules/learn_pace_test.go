package rules

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
)

func TestPace(t *testing.T) {
	// steps lets a reading take one step after the other until pass ends it.
	steps := func(ctx context.Context, p *pace) (taken *int, ended chan error, next chan struct{}) {
		taken, ended, next = new(int), make(chan error, 1), make(chan struct{})
		go func() {
			for {
				if err := p.pass(ctx); err != nil {
					ended <- err
					return
				}
				*taken++
				select {
				case <-next:
				case <-ctx.Done():
				}
			}
		}()
		synctest.Wait()
		return taken, ended, next
	}
	t.Run("what is held up goes on where it was", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			p := &pace{}
			taken, ended, next := steps(t.Context(), p)
			p.hold(true)
			p.hold(true)
			next <- struct{}{}
			synctest.Wait()
			if *taken != 1 || !p.isHeld() {
				t.Errorf("%d steps while it is held up", *taken)
			}
			p.hold(false)
			synctest.Wait()
			if *taken != 2 || p.isHeld() {
				t.Errorf("%d steps once it may go on", *taken)
			}
			p.stop()
			next <- struct{}{}
			if err := <-ended; !errors.Is(err, errStopped) {
				t.Errorf("it ended with %v", err)
			}
		})
	})
	t.Run("what is held up can be stopped", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			p := &pace{}
			p.hold(true)
			_, ended, _ := steps(t.Context(), p)
			p.stop()
			if err := <-ended; !errors.Is(err, errStopped) {
				t.Errorf("it ended with %v", err)
			}
		})
	})
	t.Run("what is held up ends with the screen", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			p := &pace{}
			p.hold(true)
			ctx, closed := context.WithCancel(t.Context())
			_, ended, _ := steps(ctx, p)
			closed()
			if err := <-ended; !errors.Is(err, context.Canceled) {
				t.Errorf("it ended with %v", err)
			}
		})
	})
	t.Run("a part of the stage is done", func(t *testing.T) {
		for _, c := range []struct {
			name string
			at   progress
			want float32
		}{
			{"before the first file", progress{}, 0},
			{"in the middle of the second of four files", progress{file: 2, files: 4, bytes: 50, size: 100}, 0.375},
			{"where a file says that it is smaller than it is", progress{file: 1, files: 1, bytes: 300, size: 100}, 1},
			{"in the middle of all texts", progress{stage: stageRead, bytes: 50, size: 100}, 0.5},
			{"when half is kept", progress{stage: stageKeep, messages: 5, all: 10}, 0.5},
			{"when there is nothing to keep", progress{stage: stageKeep}, 0},
		} {
			if got := c.at.part(); got != c.want {
				t.Errorf("%s it is %v, want %v", c.name, got, c.want)
			}
		}
	})
}
