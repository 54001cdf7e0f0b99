package inbox

import (
	"image"
	"time"

	"shopbell/app/kit"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

// Viewer shows chats to somebody who only looks, as the inbox shows them: nothing can
// be done in them. It belongs to the UI thread.
type Viewer struct {
	Deps
	talk     *talk
	pictures *pictures
}

// NewViewer makes one; d.Scope is that of the screen which shows the chats.
func NewViewer(d Deps) *Viewer {
	v := &Viewer{Deps: d, pictures: newPictures(d)}
	v.forget(chat.Conversation{})
	return v
}

func (v *Viewer) forget(c chat.Conversation) {
	v.talk = &talk{Deps: v.Deps, id: c.ID, conv: c, scope: v.Scope, changed: func() {}, measures: measures{known: map[string]measured{}}}
	v.talk.player = newPlayer(v.talk)
}

// Entries are the messages of a page.
func (v *Viewer) Entries(page desk.ChatPage, now time.Time) []kit.Entry {
	if page.Conversation.ID != v.talk.id {
		v.forget(page.Conversation)
	}
	v.talk.conv, v.talk.messages = page.Conversation, page.Messages
	all := v.talk.entries(now)
	for i, e := range all {
		if m, ok := e.(kit.Message); ok {
			m.Actions = nil
			all[i] = m
		}
	}
	return all
}

// Picture shows a picture of a message, in pixels of the screen.
func (v *Viewer) Picture(file string, width, height float32, show func(image.Image)) {
	v.pictures.show(file, int(width), int(height), show)
}
