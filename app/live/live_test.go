package live

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"shopbell/core/desk"
)

// uiLoop is a loop with real goroutines and timers whose UI thread is one more
// goroutine, as Fyne's is. In a synctest bubble its time is the bubble's.
func uiLoop(t *testing.T) (loop Loop, onUI func(fn func())) {
	queue := make(chan func(), 64)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for fn := range queue {
			fn()
		}
	}()
	t.Cleanup(func() { close(queue); <-done })
	loop = Fyne(time.Now)
	loop.Post = func(fn func()) { queue <- fn }
	return loop, func(fn func()) {
		ran := make(chan struct{})
		queue <- func() { fn(); close(ran) }
		<-ran
	}
}

func TestTask(t *testing.T) {
	failure := errors.New("no desk")
	slow := func(d time.Duration, value string, err error) func(context.Context) (string, error) {
		return func(ctx context.Context) (string, error) {
			select {
			case <-time.After(d):
				return value, err
			case <-ctx.Done():
				return "", ctx.Err()
			}
		}
	}
	type load = func(context.Context) (string, error)
	tests := map[string]struct {
		loads []load // each is started when the one before has 100 ms behind it
		want  []State[string]
	}{
		"a quick load never shows that it loads": {
			loads: []load{slow(LoadingAfter-time.Millisecond, "a", nil)},
			want:  []State[string]{{Phase: Ready, Value: "a"}},
		},
		"a slow load shows it after 300 ms": {
			loads: []load{slow(time.Second, "a", nil)},
			want:  []State[string]{{Phase: Loading}, {Phase: Ready, Value: "a"}},
		},
		"nothing in it is empty": {
			loads: []load{slow(0, "", nil)},
			want:  []State[string]{{Phase: Empty}},
		},
		"a failure with nothing shown before has no value": {
			loads: []load{slow(0, "", failure)},
			want:  []State[string]{{Phase: Failed, Err: failure}},
		},
		"a failure after a success keeps the value as stale": {
			loads: []load{slow(0, "a", nil), slow(0, "", failure)},
			want:  []State[string]{{Phase: Ready, Value: "a"}, {Phase: Stale, Value: "a", Err: failure}},
		},
		"the latest load wins over a slower one before it": {
			loads: []load{slow(time.Hour, "old", nil), slow(0, "new", nil)},
			want:  []State[string]{{Phase: Ready, Value: "new"}},
		},
		"a reload keeps what is shown until the new value is there": {
			loads: []load{slow(0, "a", nil), slow(time.Second, "b", nil)},
			want:  []State[string]{{Phase: Ready, Value: "a"}, {Phase: Ready, Value: "b"}},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				loop, onUI := uiLoop(t)
				scope := New(t.Context(), loop)
				var got []State[string]
				task := NewTask(scope, func(s string) bool { return s == "" }, func(s State[string]) { got = append(got, s) })
				for _, load := range test.loads {
					onUI(func() { task.Load(load) })
					time.Sleep(100 * time.Millisecond)
				}
				time.Sleep(time.Minute)
				onUI(scope.Close)
				scope.Wait()
				sameError := cmp.Comparer(func(a, b error) bool { return errors.Is(a, b) })
				if diff := cmp.Diff(test.want, got, sameError); diff != "" {
					t.Errorf("shown (-want +got):\n%s", diff)
				}
			})
		})
	}
}

func TestTaskRefresh(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		loop, onUI := uiLoop(t)
		scope := New(t.Context(), loop)
		started, shown := 0, 0
		task := NewTask(scope, nil, func(State[int]) { shown++ })
		load := func(context.Context) (int, error) {
			started++
			time.Sleep(200 * time.Millisecond)
			return started, nil
		}
		for range 10 { // a change each 50 ms, a load each 200 ms
			onUI(func() { task.Refresh(load) })
			time.Sleep(50 * time.Millisecond)
		}
		time.Sleep(time.Minute)
		onUI(scope.Close)
		scope.Wait()
		if started != 4 || shown != 4 {
			t.Errorf("10 changes in half a second: loaded %d times and shown %d times, want 4 and 4", started, shown)
		}
	})
}

func TestScope(t *testing.T) {
	t.Run("after Close neither work nor timers reach the screen", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			loop, onUI := uiLoop(t)
			scope := New(t.Context(), loop)
			reached := 0
			onUI(func() {
				inner := scope.Inside()
				inner.Do(func(ctx context.Context) error { <-ctx.Done(); return nil }, func(error) { reached++ })
				inner.After(time.Second, func() { reached++ })
				inner.Every(time.Second, func(time.Time) { reached++ })
				scope.Close()
			})
			scope.Wait()
			time.Sleep(time.Minute)
			onUI(func() {
				if reached != 0 {
					t.Errorf("the screen was called %d times", reached)
				}
			})
		})
	})
	t.Run("Finish goes on when the scope closes", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			loop, onUI := uiLoop(t)
			scope := New(t.Context(), loop)
			finished := false
			onUI(func() {
				scope.Finish(time.Minute, func(ctx context.Context) error {
					time.Sleep(time.Second)
					finished = ctx.Err() == nil
					return nil
				}, func(error) { t.Error("done was called after Close") })
				scope.Close()
			})
			scope.Wait()
			if !finished {
				t.Error("the work was given up")
			}
		})
	})
	t.Run("Every ticks until it is stopped", func(t *testing.T) {
		loop := NewManual(time.Unix(0, 0))
		scope := New(t.Context(), loop.Loop())
		ticks := 0
		stop := scope.Every(time.Second, func(time.Time) { ticks++ })
		loop.Advance(3500 * time.Millisecond)
		stop()
		loop.Advance(time.Minute)
		if ticks != 3 {
			t.Errorf("ticked %d times, want 3", ticks)
		}
	})
}

func TestFeed(t *testing.T) {
	event := func(seq uint64) desk.Event { return desk.Event{Seq: seq, Kind: desk.EventMessage} }
	t.Run("a burst is one batch and the first batch asks to load", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			loop, onUI := uiLoop(t)
			scope := New(t.Context(), loop)
			events := make(chan desk.Event, 8)
			var got []Batch
			onUI(func() {
				scope.Feed(func(context.Context) <-chan desk.Event { return events }, func(b Batch) { got = append(got, b) })
			})
			events <- event(7)
			events <- event(8)
			time.Sleep(time.Second)
			events <- event(9)
			time.Sleep(time.Second)
			onUI(scope.Close)
			close(events)
			scope.Wait()
			want := []Batch{{Reload: true}, {Events: []desk.Event{event(7), event(8)}}, {Events: []desk.Event{event(9)}}}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("batches (-want +got):\n%s", diff)
			}
		})
	})
	t.Run("a gap in the numbers asks to load again", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			loop, onUI := uiLoop(t)
			scope := New(t.Context(), loop)
			events := make(chan desk.Event, 8)
			var got []bool
			onUI(func() {
				scope.Feed(func(context.Context) <-chan desk.Event { return events }, func(b Batch) { got = append(got, b.Reload) })
			})
			events <- event(1)
			events <- event(3)
			time.Sleep(time.Second)
			onUI(scope.Close)
			close(events)
			scope.Wait()
			if diff := cmp.Diff([]bool{true, true}, got); diff != "" {
				t.Errorf("reloads (-want +got):\n%s", diff)
			}
		})
	})
	t.Run("a closed stream is subscribed to again and loaded again", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			loop, onUI := uiLoop(t)
			scope := New(t.Context(), loop)
			reloads := 0
			onUI(func() {
				scope.Feed(func(ctx context.Context) <-chan desk.Event {
					ch := make(chan desk.Event)
					if ctx.Err() == nil {
						time.AfterFunc(time.Hour, func() { close(ch) })
					}
					return ch
				}, func(b Batch) { reloads++ })
			})
			time.Sleep(150 * time.Minute)
			onUI(func() {
				if reloads != 3 {
					t.Errorf("asked to load %d times in 2.5 hours of a stream that ends each hour, want 3", reloads)
				}
				scope.Close()
			})
			scope.Wait()
		})
	})
}

func TestDebounce(t *testing.T) {
	loop := NewManual(time.Unix(0, 0))
	scope := New(t.Context(), loop.Loop())
	calls := 0
	d := NewDebounce(scope, 200*time.Millisecond, func() { calls++ })

	d.Trigger()
	loop.Advance(150 * time.Millisecond)
	d.Trigger()
	loop.Advance(150 * time.Millisecond)
	if calls != 0 {
		t.Fatalf("called %d times while it was still being triggered", calls)
	}
	loop.Advance(50 * time.Millisecond)
	if calls != 1 {
		t.Fatalf("called %d times after the wait, want once", calls)
	}
	d.Flush()
	if calls != 1 {
		t.Fatal("Flush called it with nothing asked for")
	}
	d.Trigger()
	d.Flush()
	loop.Advance(time.Hour)
	if calls != 2 {
		t.Fatalf("called %d times after Flush, want 2", calls)
	}
}
