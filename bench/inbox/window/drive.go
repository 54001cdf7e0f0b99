package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"shopbell/app/kit"
	"shopbell/app/kit/kittest"
	"shopbell/bench/inbox/figures"
	"shopbell/bench/measure"
	"shopbell/bench/shopfile"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

// plan is how much is measured.
type plan struct {
	size  shopfile.Size
	short bool
}

// often returns how often an act is repeated.
func (p plan) often(n int) int {
	if p.short {
		return n / 10
	}
	return n
}

const (
	rest      = 60 * time.Millisecond // between two acts
	wheel     = -60                   // a step of the wheel, in pixels of the design
	pageSteps = 1e6                   // over any chat
)

// drive does one thing after the other in the window and measures each.
func drive(ctx context.Context, s *stage, began time.Time, p plan) (figures.Outcome, error) {
	o := figures.Outcome{Took: map[figures.Act][]figures.Time{}}
	_, err := s.act(ctx, "the list", func() {}, s.listed)
	start := figures.Time{Took: time.Since(began)}
	if err == nil {
		start.Worked, err = measure.FirstThread()
	}
	if err != nil {
		return o, err
	}
	o.Took[figures.Start] = []figures.Time{start}
	for _, step := range []func(context.Context, *stage, plan, *figures.Outcome) error{open, longest, filter, search, scrollList, scrollChat} {
		if err := s.settle(ctx, time.Second); err != nil {
			return o, err
		}
		if err := step(ctx, s, p, &o); err != nil {
			return o, err
		}
	}
	memory, err := measure.MemoryOf(os.Getpid())
	if err != nil {
		return o, err
	}
	o.Memory, o.Peak = memory.Now, memory.Peak
	o.Painter, err = measure.PainterOf(os.Getpid())
	return o, err
}

// listed reports whether the list shows people. UI thread.
func (s *stage) listed() bool {
	if !s.app.Working() {
		return false
	}
	rows := s.list().Rows()
	return len(rows) > 0 && !rows[0].Loading
}

// goTo opens a chat and waits until its messages are painted.
func (s *stage) goTo(ctx context.Context, id chat.ConversationID) (figures.Time, error) {
	return s.act(ctx, fmt.Sprintf("chat %d", id), func() { s.app.Open(id) }, func() bool {
		t := s.thread()
		return s.app.OpenChat() == id && t != nil && len(t.Entries()) > 0
	})
}

// open opens chats here and there in the file.
func open(ctx context.Context, s *stage, p plan, o *figures.Outcome) error {
	rng := rand.New(rand.NewPCG(1, 1))
	for range p.often(200) {
		took, err := s.goTo(ctx, chat.ConversationID(1+rng.IntN(p.size.Conversations)))
		if err != nil {
			return err
		}
		o.Took[figures.Open] = append(o.Took[figures.Open], took)
		if err := s.settle(ctx, rest); err != nil {
			return err
		}
	}
	return nil
}

// longest opens the longest chat, in turn with another one, and reads back in it.
func longest(ctx context.Context, s *stage, p plan, o *figures.Outcome) error {
	id, other, err := s.find(ctx)
	if err != nil {
		return err
	}
	pages := (p.size.Longest() - figures.PageSize) / figures.PageSize // older ones, full
	for range p.often(20) {
		if _, err := s.goTo(ctx, other); err != nil {
			return err
		}
		if err := s.settle(ctx, rest); err != nil {
			return err
		}
		took, err := s.goTo(ctx, id)
		if err != nil {
			return err
		}
		o.Took[figures.Longest] = append(o.Took[figures.Longest], took)
		if err := s.older(ctx, min(nearPages, pages), figures.Older, o); err != nil {
			return err
		}
	}
	return s.older(ctx, min(p.often(100), pages-nearPages), figures.Far, o)
}

// nearPages is how many pages of older messages count as near.
const nearPages = 5

// older goes to the top of the open chat again and again.
func (s *stage) older(ctx context.Context, pages int, act figures.Act, o *figures.Outcome) error {
	for range pages {
		if err := s.settle(ctx, rest); err != nil {
			return err
		}
		var was string // the first message
		took, err := s.act(ctx, "older messages", func() {
			was = s.firstMessage()
			s.thread().Page(-pageSteps)
		}, func() bool { return s.firstMessage() != was })
		if err != nil {
			return err
		}
		o.Took[act] = append(o.Took[act], took)
	}
	return nil
}

// firstMessage is the key of the first message in the open chat; days stand before some.
// UI thread.
func (s *stage) firstMessage() string {
	for _, e := range s.thread().Entries() {
		if m, ok := e.(kit.Message); ok {
			return m.Key()
		}
	}
	return ""
}

// find returns the longest chat, and another one.
func (s *stage) find(ctx context.Context) (id, other chat.ConversationID, err error) {
	d, who := s.seat()
	page, err := d.List(ctx, who, desk.ListQuery{Filter: desk.FilterAll, Search: shopfile.LongestName})
	if err != nil {
		return 0, 0, err
	}
	if len(page.Rows) != 1 {
		return 0, 0, fmt.Errorf("there are %d open chats of %s, want one", len(page.Rows), shopfile.LongestName)
	}
	id = page.Rows[0].ID
	return id, id + 1, nil
}

func (s *stage) seat() (d desk.Service, who desk.Actor) {
	done := make(chan struct{})
	s.loop.Post(func() {
		d, who = s.app.Desk()
		close(done)
	})
	<-done
	return d, who
}

// filter goes from what is resolved to all that is open, and back.
func filter(ctx context.Context, s *stage, p plan, o *figures.Outcome) error {
	keys := []fyne.KeyName{fyne.Key4, fyne.Key3}
	for i := range p.often(60) {
		var was kit.RowData // the first; there are people of whom some are in one part only
		took, err := s.act(ctx, "another part of the list", func() {
			was = s.list().Rows()[0]
			s.app.Press(keys[i%len(keys)], fyne.KeyModifierAlt)
		}, func() bool { return s.listed() && s.list().Rows()[0].Person != was.Person })
		if err != nil {
			return err
		}
		o.Took[figures.Filter] = append(o.Took[figures.Filter], took)
		if err := s.settle(ctx, rest); err != nil {
			return err
		}
	}
	return nil
}

// search looks for words that are rare, usual and nowhere, for beginnings of words
// and for numbers of orders.
func search(ctx context.Context, s *stage, p plan, o *figures.Outcome) error {
	rng := rand.New(rand.NewPCG(2, 2))
	words := []string{
		"encomenda", "botas castanhas", "mochila fecho", "заказ", "сапоги обмен", "поставщик", "αποστολή", "τιμολόγιο εταιρ", "الطلب",
		"invoice", "Leonor", "wolframite", "rese", "отлож",
	}
	d, who := s.seat()
	for i := range p.often(200) {
		text := words[i%len(words)]
		if i%3 == 0 {
			text = strconv.Itoa(10_000 + rng.IntN(90_000))
		}
		began := time.Now()
		if _, err := d.Find(ctx, who, desk.SearchQuery{Text: text}); err != nil {
			return fmt.Errorf("search for %s: %w", text, err)
		}
		o.Took[figures.Search] = append(o.Took[figures.Search], figures.Time{Took: time.Since(began)})
	}
	return nil
}

// scrollList turns the wheel over the list, through page after page of it.
func scrollList(ctx context.Context, s *stage, p plan, o *figures.Outcome) (err error) {
	stop := s.beat()
	err = s.each(ctx, "the list to scroll", p.often(400), func() { turn(s.list(), 4*wheel) })
	o.Took[figures.List] = stop()
	return err
}

// scrollChat turns it over the longest chat, back through what is loaded and on.
func scrollChat(ctx context.Context, s *stage, p plan, o *figures.Outcome) (err error) {
	stop := s.beat()
	err = s.each(ctx, "the chat to scroll", p.often(400), func() { turn(s.thread(), -2*wheel) })
	o.Took[figures.Chat] = stop()
	return err
}

// turn turns the wheel over what scrolls in o, down for negative pixels. UI thread.
func turn(o fyne.CanvasObject, pixels float32) {
	for _, scroll := range kittest.Of[*container.Scroll](o) {
		scroll.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, pixels)})
	}
}
