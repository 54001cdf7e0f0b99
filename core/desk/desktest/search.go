package desktest

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strconv"

	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/find"
)

// SetIndexed makes searches say that so much is indexed, in percent; all of it is found
// all the same.
func (f *Fake) SetIndexed(percent int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.unindexed = 100 - percent
}

// Find keeps the contract of desk.Search. It knows no orders and no labels.
func (f *Fake) Find(ctx context.Context, _ desk.Actor, q desk.SearchQuery) (desk.Found, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "Find"); err != nil {
		return desk.Found{}, err
	}
	if err := q.Check(); err != nil {
		return desk.Found{}, err
	}
	before, err := strconv.ParseInt(cmp.Or(q.After, strconv.Itoa(1<<62)), 10, 64)
	if err != nil {
		return desk.Found{}, &desk.Error{Code: desk.Invalid, Field: "after", Err: err}
	}
	out := desk.Found{Indexed: 100 - f.unindexed, Counts: desk.HitCounts{
		Kinds: map[desk.HitKind]int{}, Authors: map[chat.Author]int{}, Departments: map[string]int{},
		States: map[chat.State]int{}, Labels: map[string]int{},
	}}
	chats := map[chat.ContactID]bool{}
	byKind := map[desk.HitKind][]desk.Hit{desk.HitPerson: f.findPeople(q)}
	out.Counts.Kinds[desk.HitPerson] = len(byKind[desk.HitPerson])
	for _, h := range f.findMessages(q) {
		if missed := count(&out.Counts, q, h); missed == 0 {
			chats[h.Contact.ID] = true
			byKind[h.Kind] = append(byKind[h.Kind], h)
		}
	}
	out.Counts.Chats = len(chats)
	maps.DeleteFunc(out.Counts.Kinds, func(_ desk.HitKind, n int) bool { return n == 0 })
	var snippets []find.Snippet
	for _, kind := range desk.HitKinds {
		page := slices.DeleteFunc(byKind[kind], func(h desk.Hit) bool { return idOf(h) >= before })
		if len(page) == 0 || !chosen(q.Kinds, kind) {
			continue
		}
		section := desk.Section{Kind: kind}
		if limit := cmp.Or(q.Limit, desk.SearchPage); len(page) > limit {
			page = page[:limit]
			section.Next = strconv.FormatInt(idOf(page[limit-1]), 10)
		}
		section.Hits = page
		for _, h := range page {
			snippets = append(snippets, h.Snippet)
		}
		out.Sections = append(out.Sections, section)
	}
	out.Also = find.Parse(q.Text).Also(snippets, desk.MaxAlso)
	return out, nil
}

func idOf(h desk.Hit) int64 {
	if h.Kind == desk.HitPerson {
		return int64(h.Contact.ID)
	}
	return int64(h.Message)
}

func chosen[T comparable](of []T, v T) bool { return len(of) == 0 || slices.Contains(of, v) }

// count counts a hit for each filter that alone would let it in, and returns how many
// keep it out.
func count(n *desk.HitCounts, q desk.SearchQuery, h desk.Hit) (missed int) {
	kept := []bool{chosen(q.Kinds, h.Kind), chosen(q.Authors, h.Author), chosen(q.Departments, h.Department), chosen(q.States, h.State)}
	for _, in := range kept {
		if !in {
			missed++
		}
	}
	alone := func(i int) bool { return missed == 0 || missed == 1 && !kept[i] }
	if alone(0) {
		n.Kinds[h.Kind]++
	}
	if alone(1) {
		n.Authors[h.Author]++
	}
	if alone(2) {
		n.Departments[h.Department]++
	}
	if alone(3) {
		n.States[h.State]++
	}
	return missed
}

// findMessages returns all messages with the words, the newest first.
func (f *Fake) findMessages(q desk.SearchQuery) (hits []desk.Hit) {
	match := find.Parse(q.Text)
	for id, list := range f.messages {
		c := f.convs[id]
		for _, m := range list {
			if q.Person != 0 && c.Contact.ID != q.Person || !q.From.IsZero() && m.At.Before(q.From) || !q.To.IsZero() && !m.At.Before(q.To) ||
				!m.RevokedAt.IsZero() || m.Kind == chat.KindSystem || m.Kind == chat.KindReaction {
				continue
			}
			h := desk.Hit{
				Kind: desk.HitMessage, Message: m.ID, Conversation: id, Contact: c.Contact, Department: c.Department, State: c.State, At: m.At,
				Author: m.Author, AgentName: m.AgentName, RuleName: m.RuleName, MessageKind: m.Kind, Field: desk.FieldText, Snippet: match.Snippet(m.Text),
			}
			texts := []string{m.Text}
			if m.Kind == chat.KindNote {
				h.Kind = desk.HitNote
			}
			if m.Media != nil {
				h.Kind, h.Size, h.Voice = desk.HitFile, m.Media.Size, m.Media.Voice
				texts = append(texts, m.Media.Name)
				if s := match.Snippet(m.Media.Name); len(s.Found) > len(h.Snippet.Found) {
					h.Field, h.Snippet = desk.FieldFile, s
				}
			}
			if match.In(find.Tokens(texts...)) {
				hits = append(hits, h)
			}
		}
	}
	slices.SortFunc(hits, func(a, b desk.Hit) int { return cmp.Compare(b.Message, a.Message) })
	return hits
}

// findPeople returns all persons who are found, the newest first.
func (f *Fake) findPeople(q desk.SearchQuery) (hits []desk.Hit) {
	match := find.People(q.Text)
	seen := map[chat.ContactID]bool{}
	for id, c := range f.convs {
		p := c.Contact
		if q.Person != 0 || seen[p.ID] || !match.In(append(find.Tokens(p.Name, p.Username), find.PhoneTokens(p.Phone)...)) {
			continue
		}
		seen[p.ID] = true
		h := desk.Hit{
			Kind: desk.HitPerson, Conversation: id, Contact: p, Department: c.Department, State: c.State, At: p.FirstAt,
			Field: desk.FieldText, Snippet: match.Snippet(p.Name),
		}
		if len(h.Snippet.Found) == 0 {
			h.Field, h.Snippet = desk.FieldPhone, find.Snippet{Text: chat.FormatPhone(p.Phone)}
		}
		hits = append(hits, h)
	}
	slices.SortFunc(hits, func(a, b desk.Hit) int { return cmp.Compare(b.Contact.ID, a.Contact.ID) })
	return hits
}

// Around keeps the contract of desk.Search.
func (f *Fake) Around(ctx context.Context, _ desk.Actor, id chat.ConversationID, message chat.MessageID, limit int) (desk.ChatStretch, error) {
	return f.stretch(ctx, "Around", id, message, limit, true)
}

// After keeps the contract of desk.Search.
func (f *Fake) After(ctx context.Context, _ desk.Actor, id chat.ConversationID, message chat.MessageID, limit int) (desk.ChatStretch, error) {
	return f.stretch(ctx, "After", id, message, limit, false)
}

func (f *Fake) stretch(ctx context.Context, method string, id chat.ConversationID, message chat.MessageID, limit int, around bool) (page desk.ChatStretch, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, method); err != nil {
		return page, err
	}
	c, err := f.find(id)
	if err != nil {
		return page, err
	}
	if limit < 0 || limit > 500 {
		return page, &desk.Error{Code: desk.Invalid, Field: "limit", Limit: 500}
	}
	all := f.messages[id]
	at := slices.IndexFunc(all, func(m chat.Message) bool { return m.ID == message })
	if at < 0 {
		return page, desk.Errorf(desk.NotFound, "message %d in conversation %d", message, id)
	}
	limit = cmp.Or(limit, 60)
	from := at + 1
	if around {
		from = max(0, min(at-(limit-1)/2, len(all)-limit))
	}
	to := min(len(all), from+limit)
	page.Conversation, page.Messages = *c, slices.Clone(all[from:to])
	if around && from > 0 {
		page.Older = all[from].ID
	}
	if to < len(all) && to > from {
		page.Newer = all[to-1].ID
	}
	return page, nil
}
