package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"fyne.io/fyne/v2"

	"shopbell/app"
	"shopbell/app/kit"
	"shopbell/app/kit/kittest"
	"shopbell/app/live"
	"shopbell/bench/inbox/figures"
	"shopbell/bench/measure"
)

// patience is how long anything may take before it counts as not happening; a busy
// machine needs a minute to scroll.
const patience = 3 * time.Minute

// stage is the window as somebody who looks at it sees it: in frames. Its methods
// are called on the goroutine that drives; those that are not say so.
type stage struct {
	app  *app.App
	loop live.Loop

	frame func() // is called before each frame is painted; nil: nothing waits. UI thread
}

func newStage(a *app.App, loop live.Loop) *stage {
	s := &stage{app: a, loop: loop}
	loop.Post(func() {
		// An animation of nothing: its tick comes before each frame, and paints none.
		(&fyne.Animation{Duration: time.Hour, RepeatCount: fyne.AnimationRepeatForever, Tick: func(float32) {
			if s.frame != nil {
				s.frame()
			}
		}}).Start()
	})
	return s
}

// act does something on the UI thread and waits until what it asks for stands in the
// window and is painted.
func (s *stage) act(ctx context.Context, what string, do func(), shown func() bool) (t figures.Time, err error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var began time.Time
	var before, after time.Duration
	var errBefore, errAfter error
	done := make(chan struct{})
	s.loop.Post(func() {
		began = time.Now()
		before, errBefore = measure.FirstThread()
		do()
		s.frame = func() {
			if !shown() {
				return
			}
			s.frame = nil
			s.loop.Post(func() { // after the frame
				t.Took = time.Since(began)
				after, errAfter = measure.FirstThread()
				close(done)
			})
		}
	})
	select {
	case <-done:
		t.Worked = after - before
		return t, errors.Join(errBefore, errAfter)
	case <-ctx.Done():
		return figures.Time{}, errors.Join(fmt.Errorf("waited in vain for %s", what), ctx.Err())
	}
}

// each does something before each of n frames.
func (s *stage) each(ctx context.Context, what string, n int, do func()) error {
	_, err := s.act(ctx, what, func() {}, func() bool {
		do()
		n--
		return n <= 0
	})
	return err
}

// settle lets what follows an act, the lock's row say, come to rest.
func (s *stage) settle(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// list and thread are the widgets in sight; nil where there is none. UI thread.
func (s *stage) list() *kit.ChatList { return only[*kit.ChatList](s) }
func (s *stage) thread() *kit.Thread { return only[*kit.Thread](s) }

func only[T any](s *stage) (none T) {
	if all := kittest.Of[T](s.app.Window().Content()); len(all) > 0 {
		return all[0]
	}
	return none
}

// beat measures until it is stopped how long the UI thread does not listen: how
// long each of many calls, one after the other, waits for it.
func (s *stage) beat() (stop func() []figures.Time) {
	const every = 2 * time.Millisecond
	over, all := make(chan struct{}), make(chan []figures.Time)
	go func() {
		var waits []figures.Time
		for {
			asked := time.Now()
			heard := make(chan time.Time)
			s.loop.Post(func() { heard <- time.Now() })
			waits = append(waits, figures.Time{Took: (<-heard).Sub(asked)})
			select {
			case <-over:
				all <- waits
				return
			case <-time.After(every):
			}
		}
	}()
	return func() []figures.Time {
		close(over)
		return <-all
	}
}
