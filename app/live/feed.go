package live

import (
	"context"
	"time"

	"shopbell/core/desk"
)

const (
	// collectFor is how long events are gathered before a screen hears of them,
	// so that a burst of a hundred messages is one redraw.
	collectFor = 75 * time.Millisecond
	// resubscribeAfter keeps a desk that refuses subscriptions from being asked
	// in a tight loop.
	resubscribeAfter = time.Second
)

// Batch is what happened since the batch before.
type Batch struct {
	// Reload says that events were lost or that nothing was shown yet: load all
	// that is on the screen again. Events may be empty then.
	Reload bool
	Events []desk.Event
}

// Has reports whether an event of the kind is in the batch, or all may have
// changed.
func (b Batch) Has(kind desk.EventKind) bool {
	if b.Reload {
		return true
	}
	for _, e := range b.Events {
		if e.Kind == kind {
			return true
		}
	}
	return false
}

// Source is where events come from: desk.Service.Subscribe.
type Source func(ctx context.Context) <-chan desk.Event

// Feed calls handle with collected events until the scope closes. The first
// batch says Reload and comes once the subscription stands, so that a screen
// that loads then misses nothing. A closed stream or a gap in Event.Seq leads
// to another batch with Reload.
func (s *Scope) Feed(source Source, handle func(Batch)) {
	if s.loop.Attend == nil {
		return
	}
	s.start(s.ctx, s.loop.Attend, func(ctx context.Context) {
		for ctx.Err() == nil {
			events := source(ctx)
			s.post(func() { handle(Batch{Reload: true}) })
			s.collect(events, handle)
			s.pause(ctx, resubscribeAfter)
		}
	})
}

// collect hands events over in batches until the stream is closed.
func (s *Scope) collect(events <-chan desk.Event, handle func(Batch)) {
	var last uint64
	for first := range events {
		batch := Batch{Events: []desk.Event{first}}
		batch.Reload = last != 0 && first.Seq != last+1
		last = first.Seq
		due := make(chan struct{})
		stop := s.loop.After(collectFor, func() { close(due) })
		for open := true; open; {
			select {
			case e, ok := <-events:
				if !ok {
					open = false
					break
				}
				batch.Reload = batch.Reload || e.Seq != last+1
				last = e.Seq
				batch.Events = append(batch.Events, e)
			case <-due:
				open = false
			}
		}
		stop()
		s.post(func() { handle(batch) })
	}
}

func (s *Scope) pause(ctx context.Context, d time.Duration) {
	over := make(chan struct{})
	stop := s.loop.After(d, func() { close(over) })
	defer stop()
	select {
	case <-over:
	case <-ctx.Done():
	}
}
