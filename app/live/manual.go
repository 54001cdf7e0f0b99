package live

import (
	"sort"
	"sync"
	"time"
)

// Manual is a loop driven by hand, for tests and for pictures: work runs at
// once on the caller's goroutine, and time passes only in Advance. With it a
// screen is a plain synchronous program.
//
// A Feed would wait for events forever, so it gives none on a Manual loop: the
// test calls the screen's handler with a Batch instead.
type Manual struct {
	mu     sync.Mutex
	now    time.Time
	timers []*manualTimer
}

type manualTimer struct {
	at time.Time
	fn func()
}

// NewManual returns a loop whose clock stands at now.
func NewManual(now time.Time) *Manual { return &Manual{now: now} }

// Loop returns the loop to open scopes on.
func (m *Manual) Loop() Loop {
	return Loop{
		Spawn: func(work func()) { work() },
		Post:  func(fn func()) { fn() },
		After: m.after,
		Now:   m.Now,
	}
}

// Now is the clock.
func (m *Manual) Now() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.now
}

// Advance lets d pass and runs what becomes due, in order of time, each at its
// own moment. What those start is run too when it is due within d.
func (m *Manual) Advance(d time.Duration) {
	end := m.Now().Add(d)
	for {
		t := m.next(end)
		if t == nil {
			return
		}
		t.fn()
	}
}

// next takes the first timer due by end and sets the clock to its time, or sets
// the clock to end.
func (m *Manual) next(end time.Time) *manualTimer {
	m.mu.Lock()
	defer m.mu.Unlock()
	sort.SliceStable(m.timers, func(i, j int) bool { return m.timers[i].at.Before(m.timers[j].at) })
	if len(m.timers) == 0 || m.timers[0].at.After(end) {
		m.now = end
		return nil
	}
	t := m.timers[0]
	m.timers = m.timers[1:]
	m.now = t.at
	return t
}

func (m *Manual) after(d time.Duration, fn func()) func() {
	m.mu.Lock()
	defer m.mu.Unlock()
	t := &manualTimer{at: m.now.Add(d), fn: fn}
	m.timers = append(m.timers, t)
	return func() {
		m.mu.Lock()
		defer m.mu.Unlock()
		for i, other := range m.timers {
			if other == t {
				m.timers = append(m.timers[:i], m.timers[i+1:]...)
				return
			}
		}
	}
}
