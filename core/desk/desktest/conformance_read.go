package desktest

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"shopbell/core/chat"
	"shopbell/core/desk"
)

func (b *bench) counts(want desk.Counts) {
	b.Helper()
	got, err := b.Desk.Counts(b.Context(), b.Anna)
	if err != nil || got != want {
		b.Errorf("the counts are %+v (%v), want %+v", got, err, want)
	}
}

func (b *bench) draft(who desk.Actor, id chat.ConversationID, want string) {
	b.Helper()
	d, err := b.Desk.Draft(b.Context(), who, id)
	if err != nil || d.Text != want || d.At.IsZero() != (want == "") {
		b.Errorf("%s has the draft %+v (%v) in conversation %d, want %q", who.Name, d, err, id, want)
	}
}

func (b *bench) drafts() {
	ctx := b.Context()
	one, other := b.Write(b.T, 0, "hello"), b.Write(b.T, 1, "hello")
	for _, d := range []struct {
		who  desk.Actor
		id   chat.ConversationID
		text string
	}{{b.Anna, one, "a"}, {b.Anna, other, "b"}, {b.Pedro, one, "c"}, {b.Anna, one, "aa"}, {b.Pedro, one, ""}, {b.Pedro, other, ""}} {
		b.want(b.Desk.SaveDraft(ctx, d.who, d.id, d.text), "", "saving "+d.text)
	}
	b.draft(b.Anna, one, "aa")
	b.draft(b.Anna, other, "b")
	b.draft(b.Pedro, one, "")
	b.want(b.Desk.SaveDraft(ctx, b.Anna, other+1000, "x"), desk.NotFound, "a draft in no conversation")
}

func (b *bench) badInput() {
	ctx := b.Context()
	id := b.Write(b.T, 0, "hello")
	send := func(id chat.ConversationID, text string) error {
		_, err := b.Desk.Send(ctx, b.Anna, id, desk.Answer{Text: text}, "")
		return err
	}
	list := func(q desk.ListQuery) error {
		_, err := b.Desk.List(ctx, b.Anna, q)
		return err
	}
	long := send(id, strings.Repeat("👍", chat.MaxText/2)+"x")
	_, none := b.Desk.Chat(ctx, b.Anna, id+1000, 0, 0)
	_, most := b.Desk.Chat(ctx, b.Anna, id, 0, 501)
	_, row := b.Desk.Conversation(ctx, b.Anna, id+1000)
	_, message := b.Desk.Message(ctx, b.Anna, 100_000)
	for _, tt := range []struct {
		name string
		err  error
		want desk.Code
	}{
		{"a text of the largest length", send(id, strings.Repeat("👍", chat.MaxText/2)), ""},
		{"a text of one unit more", long, desk.Invalid},
		{"a blank text", send(id, " \n"), desk.Invalid},
		{"a text to nobody", send(id+1000, "x"), desk.NotFound},
		{"a filter that is none", list(desk.ListQuery{Filter: "odd"}), desk.Invalid},
		{"a cursor that is none", list(desk.ListQuery{Filter: desk.FilterAll, After: "x:y"}), desk.Invalid},
		{"a page too large", list(desk.ListQuery{Filter: desk.FilterAll, Limit: 201}), desk.Invalid},
		{"a page of the largest size", list(desk.ListQuery{Filter: desk.FilterAll, Limit: 200}), ""},
		{"a stretch too long", most, desk.Invalid},
		{"a chat of nobody", none, desk.NotFound},
		{"a row of nobody", row, desk.NotFound},
		{"a message that is not there", message, desk.NotFound},
	} {
		b.want(tt.err, tt.want, tt.name)
	}
	if e, ok := errors.AsType[*desk.Error](long); !ok || e.Field != "text" || e.Limit != chat.MaxText {
		b.Errorf("a text too long is refused with %+v", e)
	}
}

func (b *bench) list() {
	ctx := b.Context()
	var ids []chat.ConversationID
	for n := range 7 {
		ids = append(ids, b.Write(b.T, n, "hello"))
		b.Forward(2 * time.Second)
	}
	// 0 and 4 are answered, 4 last; 2 and 5 are resolved, 2 last.
	for _, n := range []int{0, 4} {
		b.send(b.Anna, ids[n], "yes")
		b.Forward(2 * time.Second)
	}
	for _, n := range []int{5, 2} {
		b.want(b.Desk.Resolve(ctx, b.Anna, ids[n]), "", "resolving")
		b.Forward(2 * time.Second)
	}
	b.counts(desk.Counts{Mine: 2, Waiting: 3, All: 5, Resolved: 2})
	for filter, order := range map[desk.Filter][]int{
		desk.FilterAll: {1, 3, 6, 4, 0}, desk.FilterWaiting: {1, 3, 6}, desk.FilterMine: {4, 0}, desk.FilterResolved: {2, 5},
	} {
		for limit := range 7 {
			var got []int
			q := desk.ListQuery{Filter: filter, Limit: limit}
			for {
				page, err := b.Desk.List(ctx, b.Anna, q)
				b.want(err, "", "listing "+string(filter))
				for _, v := range page.Rows {
					got = append(got, slices.Index(ids, v.ID))
				}
				if q.After = page.Next; q.After == "" || err != nil {
					break
				}
			}
			if !slices.Equal(got, order) {
				b.Errorf("%s in pages of %d lists customers %v, want %v", filter, limit, got, order)
			}
		}
	}
}

func (b *bench) search() {
	b.Write(b.T, 0, "hello")
	phone := b.row(b.Write(b.T, 1, "hello")).Contact.Phone
	b.Write(b.T, 2, "hello")
	a, other := b.Name(0), b.Name(1)
	last := func(name string) string { return name[strings.LastIndex(name, " ")+1:] }
	for _, tt := range []struct {
		search string
		want   int
	}{
		{"", 3},
		{"custom", 3},
		{"CUSTOMER", 3},
		{"ustomer", 0},
		{last(a), 1},
		{last(a) + " cust", 1},
		{last(a) + " " + last(other), 0},
		{phone, 1},
		{"+" + phone[:3] + " " + phone[3:], 1},
		{"%", 3},
	} {
		page, err := b.Desk.List(b.Context(), b.Anna, desk.ListQuery{Filter: desk.FilterAll, Search: tt.search})
		if err != nil || len(page.Rows) != tt.want {
			b.Errorf("a search for %q finds %d rows (%v), want %d", tt.search, len(page.Rows), err, tt.want)
		}
	}
}

func (b *bench) chat() {
	var id chat.ConversationID
	want := []string{"1", "2", "3", "4", "5"}
	for _, text := range want {
		id = b.Write(b.T, 0, text)
	}
	for limit := 1; limit <= 6; limit++ {
		var got []string
		for before := chat.MessageID(0); ; {
			page, err := b.Desk.Chat(b.Context(), b.Anna, id, before, limit)
			b.want(err, "", "reading a chat")
			var texts []string
			for _, m := range page.Messages {
				texts = append(texts, m.Text)
			}
			got = append(texts, got...)
			if before = page.Older; before == 0 || len(page.Messages) > limit || page.Conversation.ID != id {
				break
			}
		}
		if !slices.Equal(got, want) {
			b.Errorf("in pages of %d the chat is %q, want %q", limit, got, want)
		}
	}
}

func (b *bench) events() {
	id := b.Write(b.T, 0, "hello")
	ctx, cancel := context.WithCancel(b.Context())
	events := b.Desk.Subscribe(ctx)
	m := b.send(b.Anna, id, "yes")
	var seq uint64
	for e := range events {
		if seq != 0 && e.Seq != seq+1 {
			b.Errorf("event %d came after %d", e.Seq, seq)
		}
		if seq = e.Seq; e.Kind == desk.EventMessage && e.Message == m && e.Conversation == id {
			break
		}
	}
	cancel()
	for range events { // ends because it is closed
	}
	if _, open := <-b.Desk.Subscribe(ctx); open {
		b.Error("a subscription under an ended context is open")
	}
}
