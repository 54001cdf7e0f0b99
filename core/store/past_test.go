package store_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	shopdesk "shopbell/core/desk"
	"shopbell/core/learn"
	"shopbell/core/store"
	"shopbell/core/store/storetest"
)

// phoneDay is when the chats of the phone begin.
var phoneDay = time.Date(2025, 3, 14, 10, 0, 0, 0, time.UTC)

// pastTalk is a past chat of n messages, four in each minute.
func pastTalk(n int) (list []learn.Message) {
	for i := range n {
		list = append(list, learn.Message{
			At: phoneDay.Add(time.Duration(i/4) * time.Minute), Place: i % 4, Shop: i%2 == 1, Text: fmt.Sprintf("message %d", i),
		})
	}
	return list
}

// keepPast keeps messages in one unit, and returns how many are new.
func (d *desk) keepPast(mark string, list []learn.Message) (added int) {
	d.t.Helper()
	d.update(func(tx *store.Tx) (err error) { _, added, err = tx.KeepPast(mark, list); return err })
	return added
}

// pastChats reads all that is kept, chat by chat.
func (d *desk) pastChats() (all [][]learn.Message) {
	d.t.Helper()
	id := int64(0)
	for {
		var list []learn.Message
		d.view(func(r *store.Reader) (err error) { id, list, err = r.PastChat(id); return err })
		if id == 0 {
			return all
		}
		all = append(all, list)
	}
}

func (d *desk) past() (p shopdesk.PastReport) {
	d.t.Helper()
	d.view(func(r *store.Reader) (err error) { p, err = r.Past(); return err })
	return p
}

func TestPastChatsAreKept(t *testing.T) {
	t.Run("in the order in which they were written", func(t *testing.T) {
		d := newDesk(t)
		talk := pastTalk(10)
		d.keepPast("one", talk[5:])
		d.keepPast("two", talk[:1])
		d.keepPast("one", talk[:5])
		if diff := cmp.Diff([][]learn.Message{talk, talk[:1]}, d.pastChats()); diff != "" {
			t.Error(diff)
		}
		want := shopdesk.PastReport{Chats: 2, Messages: 11, From: phoneDay, To: phoneDay.Add(2 * time.Minute)}
		if got := d.past(); got != want {
			t.Errorf("kept are %+v, want %+v", got, want)
		}
	})
	t.Run("a message that is there stays as it is", func(t *testing.T) {
		d := newDesk(t)
		d.keepPast("one", pastTalk(2))
		edited := pastTalk(2)
		edited[0].Text = "another"
		if n := d.keepPast("one", edited); n != 0 || d.pastChats()[0][0].Text != "message 0" {
			t.Errorf("%d messages are new, the first is %q", n, d.pastChats()[0][0].Text)
		}
	})
	t.Run("they are erased without a rest", func(t *testing.T) {
		d := newDesk(t)
		d.keepPast("one", pastTalk(10))
		d.update((*store.Tx).ForgetPast)
		if got := d.past(); got != (shopdesk.PastReport{}) || len(d.pastChats()) != 0 || storetest.Count(t, d.path, "past_message") != 0 {
			t.Errorf("after it %+v is kept", got)
		}
	})
	t.Run("they are no messages of the shop", func(t *testing.T) {
		d := newDesk(t)
		d.keepPast("one", pastTalk(10))
		if n := storetest.Count(t, d.path, "message") + storetest.Count(t, d.path, "conversation") + storetest.Count(t, d.path, "outbox"); n != 0 {
			t.Errorf("there are %d rows among them", n)
		}
		if list := d.questions(phoneDay.AddDate(-1, 0, 0), d.now); len(list) != 0 {
			t.Errorf("the desk's own questions are %+v", list)
		}
	})
}

func TestExportsOfAChatAddUp(t *testing.T) {
	talk := pastTalk(40)
	d := newDesk(t)
	rapid.Check(t, func(rt *rapid.T) {
		d.t = rt
		d.update((*store.Tx).ForgetPast)
		d.keepPast("another", talk[:3])
		kept := map[int]bool{}
		for range rapid.IntRange(1, 6).Draw(rt, "exports") {
			from := rapid.IntRange(0, len(talk)).Draw(rt, "from")
			to := rapid.IntRange(from, len(talk)).Draw(rt, "to")
			fresh := 0
			for i := from; i < to; i++ {
				if !kept[i] {
					kept[i] = true
					fresh++
				}
			}
			added := 0
			for batch := range slices.Chunk(talk[from:to], rapid.IntRange(1, 15).Draw(rt, "batch")) {
				added += d.keepPast("one", batch)
			}
			if added != fresh {
				rt.Fatalf("%d messages are new, want %d", added, fresh)
			}
		}
		want := [][]learn.Message{talk[:3]}
		if len(kept) > 0 {
			want = append(want, nil)
			for i, m := range talk {
				if kept[i] {
					want[1] = append(want[1], m)
				}
			}
		}
		if diff := cmp.Diff(want, d.pastChats()); diff != "" {
			rt.Fatal(diff)
		}
		if got := d.past(); got.Chats != len(want) || got.Messages != len(kept)+3 {
			rt.Fatalf("kept are %+v, want %d messages", got, len(kept)+3)
		}
	})
}

// BenchmarkKeepPast keeps one batch, as large as a desk takes: so long a customer's
// message waits at most.
func BenchmarkKeepPast(b *testing.B) {
	d := newDesk(b)
	talk := pastTalk(shopdesk.MaxPast)
	for i := 0; b.Loop(); i++ {
		if d.keepPast(fmt.Sprint(i), talk) != len(talk) {
			b.Fatal("they were there")
		}
	}
}

// BenchmarkForgetPast erases 50,000 messages.
func BenchmarkForgetPast(b *testing.B) {
	d := newDesk(b)
	for b.Loop() {
		b.StopTimer()
		for i := range 10 {
			d.keepPast(fmt.Sprint(i), pastTalk(5000))
		}
		b.StartTimer()
		d.update((*store.Tx).ForgetPast)
	}
}
