package live

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

func TestLine(t *testing.T) {
	t.Run("each piece waits for the one before, in whatever scope", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			loop, onUI := uiLoop(t)
			outer := New(t.Context(), loop)
			inner := outer.Inside()
			var line Line
			var got []string
			takes := func(d time.Duration, name string) func(context.Context) error {
				return func(context.Context) error {
					time.Sleep(d)
					got = append(got, name)
					return nil
				}
			}
			heard := func(error) {}
			onUI(func() {
				line.Do(inner, takes(time.Second, "slow"), heard)
				line.Finish(outer, time.Minute, takes(time.Millisecond, "quick"), heard)
				line.Do(inner, takes(0, "last"), heard)
				inner.Close()
			})
			outer.Wait()
			if !slices.Equal(got, []string{"slow", "quick", "last"}) {
				t.Errorf("done in the order %v", got)
			}
		})
	})
	t.Run("a limit counts from its turn", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			loop, onUI := uiLoop(t)
			scope := New(t.Context(), loop)
			var line Line
			var failed error
			onUI(func() {
				line.Do(scope, func(context.Context) error { time.Sleep(time.Hour); return nil }, func(error) {})
				line.Finish(scope, time.Second, func(ctx context.Context) error { return ctx.Err() }, func(err error) { failed = err })
			})
			scope.Wait()
			onUI(func() {
				if failed != nil {
					t.Errorf("it got %v", failed)
				}
			})
		})
	})
	t.Run("what a closed scope does not begin holds nobody up", func(t *testing.T) {
		loop := NewManual(time.Unix(0, 0)).Loop()
		open, closed := New(t.Context(), loop), New(t.Context(), loop)
		closed.Close()
		var line Line
		began, ran := false, false
		line.Do(closed, func(context.Context) error { began = true; return nil }, func(error) {})
		line.Do(open, func(context.Context) error { ran = true; return nil }, func(error) {})
		if began || !ran {
			t.Errorf("the closed scope began: %v; the open one ran: %v", began, ran)
		}
	})
}
