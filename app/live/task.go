package live

import (
	"context"
	"time"
)

// LoadingAfter is how long a screen stays as it is before it shows that it
// loads (design guide, section 5).
const LoadingAfter = 300 * time.Millisecond

// Phase is what a screen shows of something it loads.
type Phase string

const (
	Pending Phase = "pending" // asked for a moment ago: draw nothing yet
	Loading Phase = "loading" // takes longer than LoadingAfter: draw placeholders
	Ready   Phase = "ready"   // Value is what the desk said last
	Empty   Phase = "empty"   // as Ready, and there is nothing in it
	Failed  Phase = "failed"  // Err, and no Value to show
	Stale   Phase = "stale"   // Err, and Value is from before
)

// State is a value on its way.
type State[T any] struct {
	Phase Phase
	Value T
	Err   error
}

// Task loads one value again and again; the latest load wins, earlier ones are
// cancelled and never shown. It belongs to the UI thread.
type Task[T any] struct {
	scope  *Scope
	show   func(State[T])
	empty  func(T) bool
	state  State[T]
	has    bool // state.Value was loaded
	round  uint64
	cancel context.CancelFunc
	busy   bool
	again  func(ctx context.Context) (T, error) // asked for while busy
}

// NewTask makes a task that calls show on each change of its state. empty tells
// Ready from Empty; nil means a value is never empty.
func NewTask[T any](s *Scope, empty func(T) bool, show func(State[T])) *Task[T] {
	if empty == nil {
		empty = func(T) bool { return false }
	}
	return &Task[T]{scope: s, show: show, empty: empty, cancel: func() {}, state: State[T]{Phase: Pending}}
}

// State returns what was shown last.
func (t *Task[T]) State() State[T] { return t.state }

// Load starts loading. A value that is shown stays until the new one is there.
func (t *Task[T]) Load(load func(ctx context.Context) (T, error)) {
	t.cancel()
	ctx, cancel := context.WithCancel(t.scope.ctx)
	t.cancel = cancel
	t.busy, t.again = true, nil
	t.round++
	round := t.round

	stopTimer := func() {}
	if !t.has {
		t.state = State[T]{Phase: Pending}
		stopTimer = t.scope.After(LoadingAfter, func() {
			if round == t.round {
				t.set(State[T]{Phase: Loading})
			}
		})
	}
	t.scope.spawn(ctx, func(ctx context.Context) {
		value, err := load(ctx)
		t.scope.post(func() {
			stopTimer()
			if round != t.round {
				return
			}
			cancel()
			t.busy = false
			t.arrived(value, err)
			if again := t.again; again != nil && round == t.round {
				t.Load(again)
			}
		})
	})
}

// Refresh is Load for a change that was heard of: a load under way is let
// finish, and then one more is made, however often Refresh was called. So a
// stream of changes faster than the desk answers still shows something.
func (t *Task[T]) Refresh(load func(ctx context.Context) (T, error)) {
	if t.busy {
		t.again = load
		return
	}
	t.Load(load)
}

// Forget drops the value, so that the next Load begins with Pending: what is
// asked for now has nothing to do with what was shown.
func (t *Task[T]) Forget() {
	t.cancel()
	t.round++
	t.busy, t.again, t.has = false, nil, false
	t.state = State[T]{Phase: Pending}
}

// Change puts a value derived from the present one in its place, for instance
// with one row replaced or a page added. A load under way still wins later.
func (t *Task[T]) Change(value T) {
	t.has = true
	t.set(t.ready(value))
}

func (t *Task[T]) arrived(value T, err error) {
	switch {
	case err == nil:
		t.has = true
		t.set(t.ready(value))
	case t.has:
		t.set(State[T]{Phase: Stale, Value: t.state.Value, Err: err})
	default:
		t.set(State[T]{Phase: Failed, Err: err})
	}
}

func (t *Task[T]) ready(value T) State[T] {
	if t.empty(value) {
		return State[T]{Phase: Empty, Value: value}
	}
	return State[T]{Phase: Ready, Value: value}
}

func (t *Task[T]) set(s State[T]) {
	t.state = s
	t.show(s)
}
