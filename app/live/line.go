package live

import (
	"context"
	"time"
)

// Line is work that must not overtake itself, such as taking a lock and giving
// it back: each piece starts when the one before has returned, in the order they
// were given, also where they belong to different scopes. The zero Line is ready
// to use. It belongs to the UI thread.
type Line struct {
	last <-chan struct{} // closed when the piece given last has returned
}

// Do is Scope.Do in its turn. A piece whose scope closes before its turn comes
// gets an ended context.
func (l *Line) Do(s *Scope, work func(ctx context.Context) error, done func(err error)) {
	l.add(func(turn turn) bool { return s.do(s.ctx, turn.of(work), done) })
}

// Finish is Scope.Finish in its turn; limit counts from then.
func (l *Line) Finish(s *Scope, limit time.Duration, work func(ctx context.Context) error, done func(err error)) {
	l.add(func(turn turn) bool {
		return s.do(context.WithoutCancel(s.ctx), turn.of(within(limit, work)), done)
	})
}

// add gives a turn to what begin begins; begin reports whether it did.
func (l *Line) add(begin func(turn) bool) {
	over := make(chan struct{})
	if begin(turn{l.last, over}) {
		l.last = over
	}
}

// turn is the place of a piece of work in a line.
type turn struct {
	before <-chan struct{} // nil: nothing is before
	over   chan<- struct{}
}

func (t turn) of(work func(ctx context.Context) error) func(ctx context.Context) error {
	return func(ctx context.Context) error {
		defer close(t.over)
		if t.before != nil {
			<-t.before
		}
		return work(ctx)
	}
}
