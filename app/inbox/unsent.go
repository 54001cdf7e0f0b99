package inbox

import (
	"context"
	"crypto/rand"
	"maps"

	"shopbell/app/live"
	"shopbell/core/chat"
)

// unsent is what of a chat outlives leaving it: the order of the calls that
// change it, and what goes with an answer that is not sent yet. Its text is the
// desk's to keep.
type unsent struct {
	line    live.Line
	with    load    // goes with the next message
	forms   forms   // filled in and not sent
	sending *answer // on its way to the desk; nil: none
	open    *talk   // the chat as it is open now; nil: it is not
	tokens  map[identity]string
}

// identity is what makes a message the same one when it is tried again.
type identity struct {
	key   string // of the attachment
	file  string // as it is or scaled
	text  string
	quote chat.MessageID
	at    int64 // when it is to leave; 0: now
}

// name gives each part its token, the one it had where it was tried before: the
// desk may have it, though its answer was lost.
func (u *unsent) name(parts []*part) {
	if u.tokens == nil {
		u.tokens = map[identity]string{}
	}
	for _, p := range parts {
		id := p.identity()
		if u.tokens[id] == "" {
			u.tokens[id] = rand.Text()
		}
		p.token = u.tokens[id]
	}
}

// retyped says that the person types: the same text once more is another message.
func (u *unsent) retyped() {
	maps.DeleteFunc(u.tokens, func(id identity, _ string) bool { return id.text != "" })
}

// returned takes off what of an answer has left.
func (u *unsent) returned(a *answer) {
	u.sending = nil
	u.with.sent(a.parts)
	for _, p := range a.parts {
		if p.left {
			delete(u.tokens, p.identity())
		}
	}
}

// unsents are those of all chats that were opened since the program started.
// They belong to the UI thread.
type unsents map[chat.ConversationID]*unsent

// of is the one of a chat, the same each time.
func (all unsents) of(id chat.ConversationID) *unsent {
	if all[id] == nil {
		all[id] = new(unsent)
	}
	return all[id]
}

// takeOver goes on with what the screen before this one has left unfinished: the
// scope that would have told of it is closed.
func (s *Screen) takeOver(all unsents) {
	for id, u := range all {
		s.unsent[id] = u
		if a := u.sending; a != nil {
			// In its turn: after the answer has left, or was refused.
			u.line.Do(s.Scope, func(context.Context) error { return nil }, func(error) {
				u.returned(a)
				s.changed()
			})
		}
		for _, a := range u.with.files {
			if !a.ready && a.problem == nil {
				s.prepare(a, s.changed)
			}
		}
	}
}
