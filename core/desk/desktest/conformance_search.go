package desktest

import (
	"slices"
	"strings"

	"shopbell/core/chat"
	"shopbell/core/desk"
)

func (b *bench) find(q desk.SearchQuery) desk.Found {
	b.Helper()
	f, err := b.Desk.Find(b.Context(), b.Anna, q)
	b.want(err, "", "searching for "+q.Text)
	return f
}

// hits are the conversations of the hits of a kind, in their order.
func hits(f desk.Found, kind desk.HitKind) (ids []chat.ConversationID) {
	for _, s := range f.Sections {
		for _, h := range s.Hits {
			if s.Kind == kind {
				ids = append(ids, h.Conversation)
			}
		}
	}
	return ids
}

func (b *bench) finding() {
	one, other := b.Write(b.T, 0, "Хочу оформить возврат"), b.Write(b.T, 1, "vozvrat, please: 38")
	b.Write(b.T, 2, "hello")
	for _, tt := range []struct {
		text string
		kind desk.HitKind
		want []chat.ConversationID
	}{
		{"возвра", desk.HitMessage, []chat.ConversationID{other, one}},
		{"возвратами", desk.HitMessage, []chat.ConversationID{other, one}},
		{"vozvrat 38", desk.HitMessage, []chat.ConversationID{other}},
		{"оформить vozvrat", desk.HitMessage, []chat.ConversationID{one}},
		{"шапка", desk.HitMessage, nil},
		{b.Name(0), desk.HitPerson, []chat.ConversationID{one}},
		{b.row(other).Contact.Phone, desk.HitPerson, []chat.ConversationID{other}},
	} {
		if got := hits(b.find(desk.SearchQuery{Text: tt.text}), tt.kind); !slices.Equal(got, tt.want) {
			b.Errorf("a search for %q finds the %s hits of %v, want %v", tt.text, tt.kind, got, tt.want)
		}
	}
	f := b.find(desk.SearchQuery{Text: "возвра"})
	if s := f.Sections[0].Hits[1].Snippet; len(s.Found) != 1 || s.Text[s.Found[0].From:s.Found[0].To] != "возврат" {
		b.Errorf("the snippet is %+v", s)
	}
	if f.Counts.Chats != 2 || f.Counts.Authors[chat.AuthorCustomer] != 2 || f.Counts.States[chat.StateOpen] != 2 || f.Indexed != 100 {
		b.Errorf("the counts are %+v, %d %% indexed", f.Counts, f.Indexed)
	}
	b.want(b.Desk.Resolve(b.Context(), b.Anna, one), "", "resolving")
	open := desk.SearchQuery{Text: "возвра", States: []chat.State{chat.StateOpen}}
	if got := hits(b.find(open), desk.HitMessage); !slices.Equal(got, []chat.ConversationID{other}) {
		b.Errorf("among the open ones are %v, want %d", got, other)
	}
	page := desk.SearchQuery{Text: "возвра", Kinds: []desk.HitKind{desk.HitMessage}, Limit: 1}
	first := b.find(page)
	page.After = first.Sections[0].Next
	if got := hits(b.find(page), desk.HitMessage); !slices.Equal(got, []chat.ConversationID{one}) {
		b.Errorf("on the second page are %v, want %d", got, one)
	}
}

func (b *bench) badSearches() {
	for _, tt := range []struct {
		name string
		q    desk.SearchQuery
		want desk.Code
	}{
		{"one letter", desk.SearchQuery{Text: "в"}, desk.Invalid},
		{"signs", desk.SearchQuery{Text: `"*() OR`}, ""},
		{"no word", desk.SearchQuery{Text: "?!"}, desk.Invalid},
		{"too many words", desk.SearchQuery{Text: strings.Repeat("da ", desk.MaxSearchWords+1)}, desk.Invalid},
		{"a page too large", desk.SearchQuery{Text: "da", Limit: desk.MaxSearchPage + 1}, desk.Invalid},
		{"a kind that there is not", desk.SearchQuery{Text: "da", Kinds: []desk.HitKind{"odd"}}, desk.Invalid},
		{"a cursor of all kinds", desk.SearchQuery{Text: "da", After: "3"}, desk.Invalid},
		{"a cursor that is none", desk.SearchQuery{Text: "da", Kinds: []desk.HitKind{desk.HitNote}, After: "x"}, desk.Invalid},
	} {
		_, err := b.Desk.Find(b.Context(), b.Anna, tt.q)
		b.want(err, tt.want, tt.name)
	}
}

// around reads a chat from its middle to both ends.
func (b *bench) around() {
	ctx := b.Context()
	var id chat.ConversationID
	want := []string{"1", "2", "3", "4", "5", "6", "7"}
	for _, text := range want {
		id = b.Write(b.T, 0, text)
	}
	all, err := b.Desk.Chat(ctx, b.Anna, id, 0, 0)
	b.want(err, "", "reading a chat")
	middle := all.Messages[3].ID
	for limit := 1; limit <= 8; limit++ {
		page, err := b.Desk.Around(ctx, b.Anna, id, middle, limit)
		b.want(err, "", "reading around a message")
		if !slices.ContainsFunc(page.Messages, func(m chat.Message) bool { return m.ID == middle }) || len(page.Messages) != min(limit, len(want)) {
			b.Errorf("around a message in a page of %d are %d", limit, len(page.Messages))
		}
		got := texts(page.Messages)
		for older := page.Older; older != 0; {
			before, err := b.Desk.Chat(ctx, b.Anna, id, older, limit)
			b.want(err, "", "reading what came before")
			got, older = append(texts(before.Messages), got...), before.Older
		}
		for newer := page.Newer; newer != 0; {
			after, err := b.Desk.After(ctx, b.Anna, id, newer, limit)
			b.want(err, "", "reading what came after")
			got, newer = append(got, texts(after.Messages)...), after.Newer
		}
		if !slices.Equal(got, want) {
			b.Errorf("in pages of %d the chat is %q, want %q", limit, got, want)
		}
	}
	other := b.Write(b.T, 1, "hello")
	_, err = b.Desk.Around(ctx, b.Anna, other, middle, 0)
	b.want(err, desk.NotFound, "a message of another chat")
	_, err = b.Desk.Around(ctx, b.Anna, id, middle, 501)
	b.want(err, desk.Invalid, "a stretch too long")
}

func texts(list []chat.Message) []string {
	out := make([]string, len(list))
	for i, m := range list {
		out[i] = m.Text
	}
	return out
}
