package host

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/staff"
	"shopbell/core/store"
)

// AddNote implements desk.Notes.
func (h *Host) AddNote(ctx context.Context, who desk.Actor, id chat.ConversationID, text, token string) (m chat.MessageID, err error) {
	text = strings.TrimSpace(text)
	if n := chat.Units(text); n == 0 || n > desk.MaxNote {
		return 0, tooLong("text", desk.MaxNote, n)
	}
	err = h.act(ctx, who, id, "conversation.note", func(tx *store.Tx, v *chat.Conversation) (bool, error) {
		if token != "" {
			if m, err = tx.MessageByToken(id, token); err == nil || !errors.Is(err, store.ErrNotFound) {
				return false, err
			}
		}
		note := store.NewMessage{Channel: v.Channel, Token: token, Message: chat.Message{
			Conversation: id, Contact: v.Contact.ID, Author: chat.AuthorAgent, AgentID: int64(who.Agent), Kind: chat.KindNote, Text: text, At: tx.Now(),
		}}
		if v.LastAt.After(note.At) {
			note.At = v.LastAt // this computer's clock is behind Meta's
		}
		if err := tx.AddMessage(&note); err != nil {
			return false, err
		}
		m = note.ID
		return true, tx.SaveNoteDraft(who.Agent, id, "")
	})
	return m, err
}

// tooLong is what is wrong with a text of n units, where that is too much or nothing.
func tooLong(field string, limit, n int) *desk.Error {
	return &desk.Error{Code: desk.Invalid, Field: field, Limit: limit, Err: fmt.Errorf("%d units: write 1 to %d", n, limit)}
}

// RemoveNote implements desk.Notes.
func (h *Host) RemoveNote(ctx context.Context, who desk.Actor, id chat.MessageID) (d desk.Draft, err error) {
	err = h.onMessage(ctx, who, id, "conversation.note_removed", func(tx *store.Tx, _ *chat.Conversation, m chat.Message) error {
		switch {
		case m.Kind != chat.KindNote:
			return desk.Errorf(desk.NotFound, "message %d is no note", id)
		case m.AgentID != int64(who.Agent), tx.Now().Sub(m.Arrived) > desk.NoteUndo:
			return desk.Errorf(desk.Conflict, "note %d is of agent %d, of %s: only one's own is taken back, and soon", id, m.AgentID, m.Arrived)
		}
		if err := tx.RemoveMessage(m); err != nil {
			return err
		}
		if err := tx.BeginNoteDraft(who.Agent, m.Conversation, m.Text); err != nil {
			return err
		}
		d.Text, d.At, err = tx.NoteDraft(who.Agent, m.Conversation)
		return err
	})
	return d, err
}

// onMessage runs a change of one message by a person, as act does for one of a
// conversation. NotFound.
func (h *Host) onMessage(ctx context.Context, who desk.Actor, id chat.MessageID, action string,
	change func(*store.Tx, *chat.Conversation, chat.Message) error,
) error {
	m, err := h.Message(ctx, who, id)
	if err != nil {
		return err
	}
	return h.act(ctx, who, m.Conversation, action, func(tx *store.Tx, v *chat.Conversation) (bool, error) {
		if m, err = tx.Message(id); err != nil {
			return false, err
		}
		return true, change(tx, v, m)
	})
}

// NoteDraft implements desk.Notes.
func (h *Host) NoteDraft(ctx context.Context, who desk.Actor, id chat.ConversationID) (d desk.Draft, err error) {
	if err := h.allow(ctx, who, staff.Answer, "draft.see", subjectOf(id)); err != nil {
		return d, err
	}
	err = h.db.View(ctx, func(r *store.Reader) error {
		d.Text, d.At, err = r.NoteDraft(who.Agent, id)
		return err
	})
	return d, fault(err)
}

// SaveNoteDraft implements desk.Notes.
func (h *Host) SaveNoteDraft(ctx context.Context, who desk.Actor, id chat.ConversationID, text string) error {
	if err := h.allow(ctx, who, staff.Answer, "draft.save", subjectOf(id)); err != nil {
		return err
	}
	return fault(h.db.Update(ctx, func(tx *store.Tx) error { return tx.SaveNoteDraft(who.Agent, id, text) }))
}
