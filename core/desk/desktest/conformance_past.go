package desktest

import (
	"context"
	"slices"
	"strings"
	"time"

	"shopbell/core/autoreply"
	"shopbell/core/chatexport"
	"shopbell/core/desk"
	"shopbell/core/learn"
)

// pastDay is when the chats of the phone begin.
var pastDay = time.Date(2025, 3, 14, 10, 0, 0, 0, time.UTC)

// asked is a question of a past chat with its answer, some minutes after pastDay.
func asked(minute int, question, answer string) []learn.Message {
	at := pastDay.Add(time.Duration(minute) * time.Minute)
	return []learn.Message{{At: at, Text: question}, {At: at, Place: 1, Shop: true, Text: answer}}
}

func (b *bench) keeps(chat string, want int, messages ...learn.Message) {
	b.Helper()
	added, err := b.Desk.KeepPast(b.Context(), b.Anna, chat, messages)
	b.want(err, "", "keeping a past chat")
	if added != want {
		b.Errorf("%d of %d messages are new, want %d", added, len(messages), want)
	}
}

func (b *bench) keptPast(want desk.PastReport) {
	b.Helper()
	got, err := b.Desk.PastChats(b.Context(), b.Pedro)
	b.want(err, "", "asking what is kept")
	if got != want {
		b.Errorf("kept are %+v, want %+v", got, want)
	}
}

func (b *bench) keepingPast() {
	b.keptPast(desk.PastReport{})
	first := asked(0, "is there alpha?", "yes")
	b.keeps("one", 2, first...)
	b.keeps("one", 0, first...)
	b.keeps("one", 2, slices.Concat(first, asked(60, "and bravo?", "no"))...)
	b.keeps("two", 2, first...)
	b.keeps("three", 0)
	all := desk.PastReport{Chats: 2, Messages: 6, From: pastDay, To: pastDay.Add(time.Hour)}
	b.keptPast(all)
	was, err := b.Desk.ForgetPast(b.Context(), b.Anna)
	b.want(err, "", "erasing")
	if was != all {
		b.Errorf("erased are %+v, want %+v", was, all)
	}
	b.keptPast(desk.PastReport{})
	was, err = b.Desk.ForgetPast(b.Context(), b.Anna)
	b.want(err, "", "erasing what is not")
	if was != (desk.PastReport{}) {
		b.Errorf("there was %+v", was)
	}
	b.keeps("one", 2, first...)
}

func (b *bench) badPast() {
	fits := learn.Message{At: pastDay, Text: "hello"}
	for _, c := range []struct {
		chat, field string
		message     learn.Message
		more        int
	}{
		{"", "chat", fits, 0},
		{strings.Repeat("x", desk.MaxPastMark+1), "chat", fits, 0},
		{"one", "messages", fits, desk.MaxPast},
		{"one", "text", learn.Message{At: pastDay, Text: strings.Repeat("x", chatexport.MaxEntry+1)}, 0},
		{"one", "place", learn.Message{At: pastDay, Place: -1}, 0},
		{"one", "at", learn.Message{Text: "hello"}, 0},
	} {
		list := append(slices.Repeat([]learn.Message{fits}, c.more), fits, c.message)
		_, err := b.Desk.KeepPast(b.Context(), b.Anna, c.chat, list)
		b.wantField(err, c.field, "a past chat")
	}
	b.keptPast(desk.PastReport{})
}

func (b *bench) benchingPast() {
	ctx := b.Context()
	b.saveRules(answering("alpha", "in force"))
	empty, err := b.Desk.BenchPast(ctx, b.Pedro, nil)
	b.want(err, "", "running the rules over nothing")
	if empty.Questions != 0 || !empty.From.IsZero() || !empty.To.IsZero() {
		b.Errorf("the report of nothing is %+v", empty)
	}
	b.keeps("one", 6, slices.Concat(asked(0, "is there alpha?", "yes"), asked(5, "is there bravo?", "no"), asked(60, "thanks", ""))...)
	draft := answering("bravo", "a draft")
	for _, file := range []*autoreply.File{nil, &draft} {
		r, err := b.Desk.BenchPast(ctx, b.Pedro, file)
		b.want(err, "", "running the rules")
		// In March the clocks of Lisbon are those of UTC.
		if r.Questions != 3 || r.Answered != 1 || r.Rules[0].Hits != 1 || !r.From.Equal(pastDay) || !r.To.Equal(pastDay.Add(time.Hour)) {
			b.Errorf("the report is %+v", r)
		}
	}
	own, err := b.Desk.BenchRules(ctx, b.Pedro, nil, 90)
	b.want(err, "", "running the rules over the desk's own chats")
	if own.Questions != 0 {
		b.Errorf("%d questions of the phone are the desk's", own.Questions)
	}
	b.counts(desk.Counts{})
	ended, end := context.WithCancel(ctx)
	end()
	_, err = b.Desk.BenchPast(ended, b.Pedro, nil)
	b.want(err, desk.Unavailable, "a call that is over")
}
