// Package live carries data from the desk to the widgets. It is the only caller
// of fyne.Do: a screen asks a Scope to work off the UI thread and gets the
// result back on it, so screen state needs no lock.
//
// The thread rule: every function a screen hands over as "show", "done",
// "handle" or to After and Every runs on the UI thread; every function handed
// over as "work" or "load" runs off it and must not touch a widget.
package live

import (
	"context"
	"sync"
	"time"

	"fyne.io/fyne/v2"
)

// Loop is what a Scope runs on. The zero value cannot be used: take Fyne for
// the running program and Manual.Loop for tests.
type Loop struct {
	// Spawn runs work off the UI thread.
	Spawn func(work func())
	// Attend runs a loop that lasts as long as its scope, off the UI thread; nil
	// means that there are none: a Feed gives no events.
	Attend func(loop func())
	// Post runs fn on the UI thread, soon, in the order of the calls. It may be
	// called from any goroutine.
	Post func(fn func())
	// After runs fn (on no particular goroutine) once d has passed. The returned
	// function calls it off, and may be called when it is too late.
	After func(d time.Duration, fn func()) (stop func())
	// Now is the clock.
	Now func() time.Time
}

// Fyne is the loop of the running program.
func Fyne(now func() time.Time) Loop {
	return Loop{
		Spawn:  func(work func()) { go work() },
		Attend: func(loop func()) { go loop() },
		Post:   fyne.Do,
		After: func(d time.Duration, fn func()) func() {
			t := time.AfterFunc(d, fn)
			return func() { t.Stop() }
		},
		Now: now,
	}
}

// Scope is the lifetime of something on the screen: the whole app, one screen,
// one open chat. After Close no function of its screen is called any more and
// the contexts of its work are cancelled; a closed scope starts no work.
//
// New, Close and all methods belong to the UI thread.
type Scope struct {
	loop   Loop
	ctx    context.Context
	cancel context.CancelFunc
	work   *sync.WaitGroup // shared with the scopes inside
}

// New opens a scope that ends with ctx or with Close, whichever comes first.
func New(ctx context.Context, loop Loop) *Scope {
	ctx, cancel := context.WithCancel(ctx)
	return &Scope{loop: loop, ctx: ctx, cancel: cancel, work: new(sync.WaitGroup)}
}

// Inside opens a scope that ends with s or with its own Close.
func (s *Scope) Inside() *Scope {
	ctx, cancel := context.WithCancel(s.ctx)
	return &Scope{loop: s.loop, ctx: ctx, cancel: cancel, work: s.work}
}

// Close ends the scope. Closing twice is no error.
func (s *Scope) Close() { s.cancel() }

// Wait returns when all work started by this scope and those around and inside
// it has returned. It is for the end of the program, after Close, so that the
// desk is not closed under a running call. It may be called off the UI thread.
func (s *Scope) Wait() { s.work.Wait() }

// Closed reports whether the scope has ended.
func (s *Scope) Closed() bool { return s.ctx.Err() != nil }

// Now is the clock all screens read.
func (s *Scope) Now() time.Time { return s.loop.Now() }

// Do works off the UI thread and then calls done on it with the outcome. The
// context ends with the scope; done is not called after that.
func (s *Scope) Do(work func(ctx context.Context) error, done func(err error)) {
	s.do(s.ctx, work, done)
}

// Finish is Do for work that must not be given up when the scope closes, such
// as saving a draft while the chat is being left. It gets at most limit.
func (s *Scope) Finish(limit time.Duration, work func(ctx context.Context) error, done func(err error)) {
	s.do(context.WithoutCancel(s.ctx), within(limit, work), done)
}

// within bounds work.
func within(limit time.Duration, work func(ctx context.Context) error) func(ctx context.Context) error {
	return func(ctx context.Context) error {
		ctx, cancel := context.WithTimeout(ctx, limit)
		defer cancel()
		return work(ctx)
	}
}

// do works and tells the outcome. It reports whether it began.
func (s *Scope) do(ctx context.Context, work func(ctx context.Context) error, done func(err error)) bool {
	return s.spawn(ctx, func(ctx context.Context) {
		err := work(ctx)
		s.post(func() { done(err) })
	})
}

// After calls fn once d has passed. The returned function calls it off: fn is
// certainly not called after stop was called.
func (s *Scope) After(d time.Duration, fn func()) (stop func()) {
	stopped := false // UI thread
	stopTimer := s.loop.After(d, func() {
		s.post(func() {
			if !stopped {
				fn()
			}
		})
	})
	return func() {
		stopped = true
		stopTimer()
	}
}

// Every calls fn each d until the scope closes or stop is called. A slow fn is
// not called twice in a row for what it missed.
func (s *Scope) Every(d time.Duration, fn func(now time.Time)) (stop func()) {
	stopped := false
	var stopTimer func()
	var tick func()
	tick = func() {
		fn(s.loop.Now())
		if !stopped && !s.Closed() {
			stopTimer = s.After(d, tick)
		}
	}
	stopTimer = s.After(d, tick)
	return func() {
		stopped = true
		stopTimer()
	}
}

func (s *Scope) spawn(ctx context.Context, work func(ctx context.Context)) bool {
	return s.start(ctx, s.loop.Spawn, work)
}

// start runs work unless the scope has ended, and reports whether it does.
func (s *Scope) start(ctx context.Context, run func(func()), work func(ctx context.Context)) bool {
	if s.Closed() {
		return false
	}
	s.work.Add(1)
	run(func() {
		defer s.work.Done()
		work(ctx)
	})
	return true
}

// post runs fn on the UI thread unless the scope has ended by then.
func (s *Scope) post(fn func()) {
	s.loop.Post(func() {
		if !s.Closed() {
			fn()
		}
	})
}
