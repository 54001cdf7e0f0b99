package desktest

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/rivo/uniseg"

	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/media"
)

// PutFile keeps a content and returns its name, for chat.Media.File of a message.
func (f *Fake) PutFile(content []byte) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.putFile(content)
}

// putFile keeps a content. The caller holds mu.
func (f *Fake) putFile(content []byte) string {
	sum := sha256.Sum256(content)
	name := hex.EncodeToString(sum[:])
	f.files[name] = content
	return name
}

// SetTemplates changes what Templates answers, on every channel.
func (f *Fake) SetTemplates(list ...chat.Template) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.templates = slices.Clone(list)
	slices.SortFunc(f.templates, func(a, b chat.Template) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Language, b.Language))
	})
}

// SetMedia changes the file of a message, as its fetching would.
func (f *Fake) SetMedia(id chat.MessageID, m chat.Media) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if message, err := f.findMessage(id); err == nil {
		message.Media = &m
		f.announce(desk.EventMessage, message.Conversation, id)
	}
}

// Attach keeps the contract of desk.Files.
func (f *Fake) Attach(ctx context.Context, _ desk.Actor, name string, content io.Reader) (desk.Attachment, error) {
	offered, err := io.ReadAll(io.LimitReader(content, media.MaxDocument+1))
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := cmp.Or(f.enter(ctx, "Attach"), err); err != nil {
		return desk.Attachment{}, err
	}
	if len(offered) > media.MaxDocument {
		return desk.Attachment{}, &desk.FileError{Code: chat.MediaTooLarge, Size: int64(len(offered)), Limit: media.MaxDocument}
	}
	r, err := media.MakeReady(name, bytes.NewReader(offered), int64(len(offered)))
	if err != nil {
		return desk.Attachment{}, err
	}
	a := r.Attachment
	if r.Picture == nil {
		a.Media.File = f.putFile(offered)
		return a, nil
	}
	a.Media.File = f.putFile(r.Picture)
	if a.Original != nil {
		a.Original.File = f.putFile(offered)
	}
	return a, nil
}

// content is an open file in memory.
type content struct{ *bytes.Reader }

func (content) Close() error { return nil }

// Open keeps the contract of desk.Files.
func (f *Fake) Open(ctx context.Context, _ desk.Actor, file string) (io.ReadSeekCloser, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "Open"); err != nil {
		return nil, err
	}
	b, ok := f.files[file]
	if !ok {
		return nil, desk.Errorf(desk.NotFound, "file %q", file)
	}
	return content{bytes.NewReader(b)}, nil
}

// Fetch keeps the contract of desk.Files; what waits waits until SetMedia.
func (f *Fake) Fetch(ctx context.Context, _ desk.Actor, id chat.MessageID) error {
	return f.changeMessage(ctx, "Fetch", id, func(_ *chat.Conversation, m *chat.Message) error {
		if m.Media == nil || m.Media.State == chat.MediaHere || m.Media.State == chat.MediaLost {
			return &desk.Error{Code: desk.Conflict}
		}
		again := *m.Media
		again.State, again.Code = chat.MediaWaiting, ""
		m.Media = &again
		return nil
	})
}

// reactFor is how long Meta takes a reaction to a message (Cloud API, section 3).
const reactFor = 30 * 24 * time.Hour

// React keeps the contract of desk.Files; a reaction is there at once.
func (f *Fake) React(ctx context.Context, who desk.Actor, id chat.MessageID, emoji string) error {
	return f.changeMessage(ctx, "React", id, func(c *chat.Conversation, m *chat.Message) error {
		switch {
		case !m.Inbound():
			return &desk.Error{Code: desk.Invalid, Field: "message"}
		case uniseg.GraphemeClusterCount(emoji) > 1:
			return &desk.Error{Code: desk.Invalid, Field: "reaction.emoji", Limit: 1}
		case f.Now().Sub(m.At) >= reactFor:
			return &desk.Error{Code: desk.Conflict}
		}
		if err := f.mayAnswer(c, who); err != nil {
			return err
		}
		m.Reactions = slices.DeleteFunc(slices.Clone(m.Reactions), func(r chat.Reaction) bool { return r.Author == chat.AuthorAgent })
		if emoji != "" {
			m.Reactions = append(m.Reactions, chat.Reaction{Emoji: emoji, Author: chat.AuthorAgent, At: f.Now()})
		}
		return nil
	})
}

// Templates keeps the contract of desk.Files.
func (f *Fake) Templates(ctx context.Context, _ desk.Actor, id chat.ConversationID, _ bool) ([]chat.Template, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "Templates"); err != nil {
		return nil, err
	}
	if _, err := f.find(id); err != nil {
		return nil, err
	}
	return slices.Clone(f.templates), nil
}

// compose makes the message of an answer. The caller holds mu.
func (f *Fake) compose(c *chat.Conversation, a desk.Answer) (chat.Message, error) {
	m := chat.Message{Kind: chat.KindText, Text: strings.TrimSpace(a.Text), Location: a.Location, List: a.List, Link: a.Link}
	limit, contents := chat.MaxText, 0
	for _, set := range []bool{a.File != nil, a.Location != nil, a.List != nil, a.Link != nil, a.Template != nil} {
		if set {
			contents++
		}
	}
	if contents > 1 {
		return m, &desk.Error{Code: desk.Invalid, Field: "answer"}
	}
	if err := f.quote(c, a, &m); err != nil {
		return m, err
	}
	textless, silent := false, false // may, and must, be without a text
	switch {
	case a.File != nil:
		kind, file, err := f.fileOf(*a.File)
		if err != nil {
			return m, err
		}
		m.Kind, m.Media, limit, textless = kind, file, chat.MaxCaption, true
		silent = kind == chat.KindAudio || kind == chat.KindSticker
	case a.Location != nil:
		m.Kind, textless, silent = chat.KindLocation, true, true
	case a.List != nil:
		m.Kind, limit = chat.KindList, chat.MaxInteractiveBody
	case a.Link != nil:
		m.Kind, limit = chat.KindLink, chat.MaxInteractiveBody
	case a.Template != nil:
		if m.Text != "" {
			return m, &desk.Error{Code: desk.Invalid, Field: "text"}
		}
		return m, f.fillIn(*a.Template, &m)
	}
	switch {
	case m.Text == "" && !textless, m.Text != "" && silent:
		return m, &desk.Error{Code: desk.Invalid, Field: "text"}
	case chat.Units(m.Text) > limit:
		return m, &desk.Error{Code: desk.Invalid, Field: "text", Limit: limit}
	}
	return m, nil
}

func (f *Fake) quote(c *chat.Conversation, a desk.Answer, m *chat.Message) error {
	if a.Quote == 0 {
		return nil
	}
	q, err := f.findMessage(a.Quote)
	if err != nil {
		return err
	}
	if q.Conversation != c.ID || !q.RevokedAt.IsZero() {
		return desk.Errorf(desk.NotFound, "message %d", a.Quote)
	}
	m.ReplyTo = cmp.Or(q.WAMID, "wamid")
	m.Quote = &chat.Quote{Message: q.ID, Author: q.Author, Kind: q.Kind, Text: q.Line(), At: q.At, Name: cmp.Or(q.AgentName, q.RuleName)}
	return nil
}

func (f *Fake) fileOf(ref desk.FileRef) (chat.Kind, *chat.Media, error) {
	b, ok := f.files[ref.File]
	if !ok {
		return "", nil, desk.Errorf(desk.NotFound, "file %q", ref.File)
	}
	kind, m, err := media.Inspect(ref.Name, bytes.NewReader(b), int64(len(b)))
	m.File, m.State = ref.File, chat.MediaHere
	return kind, &m, err
}

func (f *Fake) fillIn(ref desk.TemplateRef, m *chat.Message) error {
	at := slices.IndexFunc(f.templates, func(t chat.Template) bool { return t.Name == ref.Name && t.Language == ref.Language })
	switch {
	case at < 0:
		return desk.Errorf(desk.NotFound, "template %q", ref.Name)
	case f.templates[at].Status != chat.TemplateApproved:
		return &desk.Error{Code: desk.Invalid, Field: "template"}
	}
	use, text, err := f.templates[at].Fill(chat.TemplateUse{
		HeaderVariable: ref.Header, Body: ref.Body, Variables: ref.Variables, URLSuffix: ref.URLSuffix,
	})
	if e, ok := errors.AsType[*chat.FillError](err); ok {
		return &desk.Error{Code: desk.Invalid, Field: "template." + e.Part, Err: e}
	}
	m.Kind, m.Template, m.Text = chat.KindTemplate, &use, text
	if ref.HeaderFile != "" {
		_, m.Media, err = f.fileOf(desk.FileRef{File: ref.HeaderFile, Name: ref.HeaderName})
	}
	return err
}
