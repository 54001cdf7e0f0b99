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
)

// patience is how long anything may take before it counts as not happening.
const patience = 60 * time.Second

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
// window and is painted. It returns when that was begun and when it was through.
func (s *stage) act(ctx context.Context, what string, do func(), shown func() bool) (began, painted time.Time, err error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	done := make(chan struct{})
	s.loop.Post(func() {
		began = time.Now()
		do()
		s.frame = func() {
			if !shown() {
				return
			}
			s.frame = nil
			s.loop.Post(func() { // after the frame
				painted = time.Now()
				close(done)
			})
		}
	})
	select {
	case <-done:
		return began, painted, nil
	case <-ctx.Done():
		return began, painted, errors.Join(fmt.Errorf("waited in vain for %s", what), ctx.Err())
	}
}

// took is act for who wants to know how long it takes.
func (s *stage) took(ctx context.Context, what string, do func(), shown func() bool) (time.Duration, error) {
	began, painted, err := s.act(ctx, what, do, shown)
	return painted.Sub(began), err
}

// each does something before each of n frames.
func (s *stage) each(ctx context.Context, what string, n int, do func()) error {
	_, _, err := s.act(ctx, what, func() {}, func() bool {
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
func (s *stage) beat() (stop func() []time.Duration) {
	const every = 2 * time.Millisecond
	over, all := make(chan struct{}), make(chan []time.Duration)
	go func() {
		var waits []time.Duration
		for {
			asked := time.Now()
			heard := make(chan time.Time)
			s.loop.Post(func() { heard <- time.Now() })
			waits = append(waits, (<-heard).Sub(asked))
			select {
			case <-over:
				all <- waits
				return
			case <-time.After(every):
			}
		}
	}()
	return func() []time.Duration {
		close(over)
		return <-all
	}
}
