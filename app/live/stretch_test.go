package live_test

import (
	"errors"
	"testing"
	"time"

	"shopbell/app/live"
	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/desk/desktest"
)

// reader is a part of a chat of which a desk has more on both sides.
type reader struct {
	desk   *desktest.Fake
	loop   live.Loop
	held   []func() // what waits for its answer, where hold
	hold   bool
	loaded desk.ChatStretch
	failed []error
	*live.Stretch
}

const limit = 5

func newReader(t *testing.T) *reader {
	t.Helper()
	manual := live.NewManual(time.Unix(1_800_000_000, 0))
	r := &reader{desk: desktest.Sample(manual.Now), loop: manual.Loop()}
	spawn := r.loop.Spawn
	r.loop.Spawn = func(work func()) {
		if r.hold {
			r.held = append(r.held, func() { spawn(work) })
			return
		}
		spawn(work)
	}
	var middle chat.MessageID
	for i := range 10 * limit {
		if id := r.desk.CustomerWrites(1, "more"); i == 5*limit {
			middle = id
		}
	}
	var err error
	if r.loaded, err = r.desk.Around(t.Context(), desktest.Anna, 1, middle, limit); err != nil {
		t.Fatal(err)
	}
	scope := live.New(t.Context(), r.loop)
	t.Cleanup(scope.Close)
	r.Stretch = &live.Stretch{
		Scope: scope, Desk: r.desk, Who: desktest.Anna, Limit: limit,
		Loaded: func() desk.ChatStretch { return r.loaded },
		Join:   func(s desk.ChatStretch) { r.loaded = s },
		Failed: func(err error) { r.failed = append(r.failed, err) },
	}
	return r
}

// wants fails the test unless so many messages are loaded, without a gap.
func (r *reader) wants(t *testing.T, messages int) {
	t.Helper()
	all := r.loaded.Messages
	if len(all) != messages {
		t.Fatalf("%d messages are loaded, want %d", len(all), messages)
	}
	for i := 1; i < len(all); i++ {
		if all[i].ID != all[i-1].ID+1 {
			t.Fatalf("message %d follows %d", all[i].ID, all[i-1].ID)
		}
	}
}

func TestStretch(t *testing.T) {
	t.Run("grows by a page in front and behind, up to both ends", func(t *testing.T) {
		r := newReader(t)
		r.Older()
		r.wants(t, 2*limit)
		r.Newer()
		r.wants(t, 3*limit)
		for range 20 {
			r.Older()
			r.Newer()
		}
		all, err := r.desk.Chat(t.Context(), desktest.Anna, 1, 0, 500)
		if err != nil {
			t.Fatal(err)
		}
		if r.loaded.Older != 0 || r.loaded.Newer != 0 || len(r.loaded.Messages) != len(all.Messages) {
			t.Errorf("%d of %d messages are loaded", len(r.loaded.Messages), len(all.Messages))
		}
		calls := r.desk.Calls("Chat") + r.desk.Calls("After")
		r.Older()
		r.Newer()
		if r.desk.Calls("Chat")+r.desk.Calls("After") != calls {
			t.Error("the desk is asked for what lies beyond the ends")
		}
	})
	t.Run("asks for one page at a time", func(t *testing.T) {
		r := newReader(t)
		r.hold = true
		r.Older()
		r.Newer()
		r.Older()
		if len(r.held) != 1 || !r.Busy() {
			t.Fatalf("%d pages are on their way", len(r.held))
		}
		r.held[0]()
		r.wants(t, 2*limit)
		if r.Busy() {
			t.Error("it is busy when the page has come")
		}
	})
	t.Run("drops a page whose place was let go", func(t *testing.T) {
		for name, ask := range map[string]func(*reader){"before": (*reader).Older, "behind": (*reader).Newer} {
			r := newReader(t)
			r.hold = true
			ask(r)
			cut := r.loaded.Messages[1 : limit-1]
			r.loaded.Messages, r.loaded.Older, r.loaded.Newer = cut, cut[0].ID, cut[len(cut)-1].ID
			r.held[0]()
			if len(r.loaded.Messages) != len(cut) {
				t.Errorf("%s: %d messages are loaded", name, len(r.loaded.Messages))
			}
		}
	})
	t.Run("tells a failure, and asks again", func(t *testing.T) {
		r := newReader(t)
		no := errors.New("no")
		r.desk.FailNext("After", no)
		r.Newer()
		r.wants(t, limit)
		if len(r.failed) != 1 || !errors.Is(r.failed[0], no) {
			t.Errorf("told %v", r.failed)
		}
		r.Newer()
		r.wants(t, 2*limit)
	})
}
