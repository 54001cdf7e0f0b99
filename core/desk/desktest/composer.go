package desktest

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/staff"
)

// composer is what a Fake keeps for who writes, besides messages and drafts.
type composer struct {
	notes   map[draftKey]desk.Draft
	replies []desk.QuickReply
	lastID  desk.QuickReplyID
	held    map[chat.MessageID]time.Time // messages that have not left, and until when
	opening time.Time
}

func newComposer() composer {
	return composer{notes: map[draftKey]desk.Draft{}, held: map[chat.MessageID]time.Time{}}
}

// AddNote keeps the contract of desk.Notes.
func (f *Fake) AddNote(ctx context.Context, who desk.Actor, id chat.ConversationID, text, token string) (chat.MessageID, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "AddNote"); err != nil {
		return 0, err
	}
	text = strings.TrimSpace(text)
	if n := chat.Units(text); n == 0 || n > desk.MaxNote {
		return 0, &desk.Error{Code: desk.Invalid, Field: "text", Limit: desk.MaxNote}
	}
	c, err := f.find(id)
	if err != nil {
		return 0, err
	}
	key := sendKey(id, token)
	if sent, ok := f.sent[key]; ok && token != "" {
		return sent, nil
	}
	before := *c
	m := f.add(c, chat.Message{Author: chat.AuthorAgent, AgentID: int64(who.Agent), AgentName: who.Name, Kind: chat.KindNote, Text: text, At: f.Now()})
	*c = before
	delete(f.composer.notes, draftKey{who.Agent, id})
	f.sent[key] = m.ID
	return m.ID, nil
}

// RemoveNote keeps the contract of desk.Notes.
func (f *Fake) RemoveNote(ctx context.Context, who desk.Actor, id chat.MessageID) (d desk.Draft, err error) {
	err = f.changeMessage(ctx, "RemoveNote", id, func(c *chat.Conversation, m *chat.Message) error {
		switch {
		case m.Kind != chat.KindNote:
			return &desk.Error{Code: desk.NotFound}
		case m.AgentID != int64(who.Agent), f.Now().Sub(m.Arrived) > desk.NoteUndo:
			return &desk.Error{Code: desk.Conflict}
		}
		d = beginDraft(f.composer.notes, draftKey{who.Agent, c.ID}, m.Text, f.Now())
		f.remove(c, id)
		return nil
	})
	return d, err
}

// remove forgets a message. The caller holds mu.
func (f *Fake) remove(c *chat.Conversation, id chat.MessageID) {
	f.messages[c.ID] = slices.DeleteFunc(f.messages[c.ID], func(m chat.Message) bool { return m.ID == id })
}

// NoteDraft keeps the contract of desk.Notes.
func (f *Fake) NoteDraft(ctx context.Context, who desk.Actor, id chat.ConversationID) (desk.Draft, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.composer.notes[draftKey{who.Agent, id}], f.enter(ctx, "NoteDraft")
}

// SaveNoteDraft keeps the contract of desk.Notes.
func (f *Fake) SaveNoteDraft(ctx context.Context, who desk.Actor, id chat.ConversationID, text string) error {
	return f.saveDraft(ctx, "SaveNoteDraft", f.composer.notes, draftKey{who.Agent, id}, text)
}

// saveDraft keeps a draft among those of its kind.
func (f *Fake) saveDraft(ctx context.Context, method string, drafts map[draftKey]desk.Draft, key draftKey, text string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, method); err != nil {
		return err
	}
	if text == "" {
		delete(drafts, key)
		return nil
	}
	if _, err := f.find(key.in); err != nil {
		return err
	}
	drafts[key] = desk.Draft{Text: text, At: f.Now()}
	return nil
}

// QuickReplies keeps the contract of desk.QuickReplies.
func (f *Fake) QuickReplies(ctx context.Context, _ desk.Actor) ([]desk.QuickReply, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.composer.replies), f.enter(ctx, "QuickReplies")
}

// ShopName keeps the contract of desk.QuickReplies.
func (f *Fake) ShopName(ctx context.Context, _ desk.Actor) (string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return "Bell & Sons", f.enter(ctx, "ShopName")
}

// SaveQuickReply keeps the contract of desk.QuickReplies.
func (f *Fake) SaveQuickReply(ctx context.Context, who desk.Actor, q desk.QuickReply) (desk.QuickReplyID, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "SaveQuickReply"); err != nil {
		return 0, err
	}
	if !who.Role.May(staff.EditQuickReplies) {
		return 0, &desk.Error{Code: desk.Forbidden}
	}
	q.Shortcut, q.Title, q.Text = strings.TrimSpace(q.Shortcut), strings.TrimSpace(q.Title), strings.TrimSpace(q.Text)
	for _, part := range []struct {
		field, text string
		limit       int
	}{{"shortcut", q.Shortcut, desk.MaxShortcut}, {"title", q.Title, desk.MaxQuickTitle}, {"text", q.Text, chat.MaxText}} {
		if n := chat.Units(part.text); n == 0 || n > part.limit || part.field == "shortcut" && strings.ContainsAny(part.text, " \t\n") {
			return 0, &desk.Error{Code: desk.Invalid, Field: part.field, Limit: part.limit}
		}
	}
	all := f.composer.replies
	at := slices.IndexFunc(all, func(other desk.QuickReply) bool { return other.ID == q.ID })
	switch {
	case slices.ContainsFunc(all, func(other desk.QuickReply) bool {
		return other.ID != q.ID && strings.EqualFold(other.Shortcut, q.Shortcut)
	}):
		return 0, &desk.Error{Code: desk.Conflict}
	case q.ID == 0:
		f.composer.lastID++
		q.ID, q.Version = f.composer.lastID, q.Stamp()
		all = append(all, q)
	case at < 0:
		return 0, &desk.Error{Code: desk.NotFound}
	case q.Version != "" && q.Version != all[at].Version:
		return 0, &desk.Error{Code: desk.Conflict, Field: "version"}
	default:
		q.Version = q.Stamp()
		all[at] = q
	}
	slices.SortFunc(all, func(a, b desk.QuickReply) int {
		return cmp.Compare(strings.ToLower(a.Shortcut), strings.ToLower(b.Shortcut))
	})
	f.composer.replies = all
	f.announce(desk.EventQuickReplies, 0, 0)
	return q.ID, nil
}

// DeleteQuickReply keeps the contract of desk.QuickReplies.
func (f *Fake) DeleteQuickReply(ctx context.Context, who desk.Actor, id desk.QuickReplyID) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "DeleteQuickReply"); err != nil {
		return err
	}
	if !who.Role.May(staff.EditQuickReplies) {
		return &desk.Error{Code: desk.Forbidden}
	}
	before := len(f.composer.replies)
	f.composer.replies = slices.DeleteFunc(f.composer.replies, func(q desk.QuickReply) bool { return q.ID == id })
	if len(f.composer.replies) == before {
		return &desk.Error{Code: desk.NotFound}
	}
	f.announce(desk.EventQuickReplies, 0, 0)
	return nil
}
