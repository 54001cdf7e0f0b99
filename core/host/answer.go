package host

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"shopbell/core/chat"
	"shopbell/core/cloudapi"
	"shopbell/core/desk"
	"shopbell/core/media"
	"shopbell/core/staff"
	"shopbell/core/store"
)

// templateFor is how long a template may wait to leave: it needs no open window,
// and what it says is old after a day.
const templateFor = 24 * time.Hour

// Send implements desk.Inbox.
func (h *Host) Send(ctx context.Context, who desk.Actor, id chat.ConversationID, a desk.Answer, token string) (m chat.MessageID, err error) {
	if err := h.allow(ctx, who, staff.Answer, "conversation.send", subjectOf(id)); err != nil {
		return 0, err
	}
	composed, err := h.compose(a)
	if err != nil {
		return 0, fault(err)
	}
	var news *receipt
	err = h.act(ctx, who, id, "conversation.send", func(tx *store.Tx, v *chat.Conversation) (bool, error) {
		if token != "" {
			if m, err = tx.MessageByToken(id, token); err == nil || !errors.Is(err, store.ErrNotFound) {
				return false, err
			}
		}
		if _, err := seize(tx, who, v); err != nil {
			return false, err
		}
		message := composed
		if err := complete(tx, *v, a, &message); err != nil {
			return false, err
		}
		message.AgentID = int64(who.Agent)
		out, err := letter(tx, *v, message)
		if err != nil {
			return false, err
		}
		out.Token = token
		if err := postpone(out, a, tx.Now()); err != nil {
			return false, err
		}
		if v.LastAt.After(out.At) {
			out.At = v.LastAt // this computer's clock is behind Meta's: an answer stands after its question
		}
		if err := tx.AddOutgoing(out); err != nil {
			return false, err
		}
		m = out.ID
		if !a.KeepDraft {
			if err := tx.SaveDraft(who.Agent, id, ""); err != nil {
				return false, err
			}
		}
		if news, err = readUpTo(tx, v, 0); err != nil {
			return false, err
		}
		if out.Scheduled {
			v.Unread = 0
			return true, tx.SaveConversation(*v) // the customer waits until it leaves
		}
		v.LastAt = out.At
		return true, answered(tx, v, who)
	})
	if err == nil {
		h.receipts.answered(id)
		h.tell(news)
	}
	return m, err
}

// compose makes the message of an answer as far as that needs no chat.
func (h *Host) compose(a desk.Answer) (chat.Message, error) {
	m := chat.Message{Author: chat.AuthorAgent, Kind: chat.KindText, Text: strings.TrimSpace(a.Text), Answers: true}
	contents := 0
	for kind, set := range map[chat.Kind]bool{
		chat.KindDocument: a.File != nil, chat.KindLocation: a.Location != nil, chat.KindList: a.List != nil,
		chat.KindLink: a.Link != nil, chat.KindTemplate: a.Template != nil,
	} {
		if set {
			m.Kind = kind
			contents++
		}
	}
	switch {
	case contents > 1:
		return m, invalid("answer", errors.New("a message has one content: send several"))
	case m.Kind == chat.KindTemplate && m.Text != "":
		return m, invalid("text", errors.New("a template brings its own text"))
	}
	m.Location, m.List, m.Link = a.Location, a.List, a.Link
	var err error
	switch {
	case a.File != nil:
		m.Kind, m.Media, err = h.fileOf(*a.File)
	case a.Template != nil && a.Template.HeaderFile != "":
		_, m.Media, err = h.fileOf(desk.FileRef{File: a.Template.HeaderFile, Name: a.Template.HeaderName})
	}
	return m, err
}

// fileOf looks at a file that Attach has stored: it says itself what it is.
func (h *Host) fileOf(ref desk.FileRef) (chat.Kind, *chat.Media, error) {
	content, err := h.folder.Open(ref.File)
	if err != nil {
		return "", nil, err
	}
	defer content.Close()
	info, err := content.Stat()
	if err != nil {
		return "", nil, err
	}
	kind, m, err := media.Inspect(ref.Name, content, info.Size())
	m.File, m.State = ref.File, chat.MediaHere
	return kind, &m, err
}

// complete fills in what a message takes from its chat and its channel.
func complete(tx *store.Tx, v chat.Conversation, a desk.Answer, m *chat.Message) error {
	m.Conversation, m.Contact, m.At = v.ID, v.Contact.ID, tx.Now()
	if a.Quote != 0 {
		quoted, err := tx.Message(a.Quote)
		if err != nil {
			return err
		}
		in, err := tx.Conversation(quoted.Conversation)
		if err != nil {
			return err
		}
		if in.Contact.Identity != v.Contact.Identity || in.Channel != v.Channel || quoted.WAMID == "" {
			return desk.Errorf(desk.NotFound, "message %d is not in the customer's chat", a.Quote)
		}
		if !quoted.RevokedAt.IsZero() {
			return desk.Errorf(desk.NotFound, "message %d was taken back by its author: it is not quoted any more", a.Quote)
		}
		m.ReplyTo = quoted.WAMID
	}
	if a.Template == nil {
		return nil
	}
	channel, err := tx.ChannelOf(v.Channel)
	if err != nil {
		return err
	}
	t, err := template(tx, channel.WABAID, *a.Template)
	if err != nil {
		return err
	}
	if format := t.Header.Format; needsFile(format) != (m.Media != nil) || m.Media != nil && string(headerKind(*m.Media)) != format {
		return invalid("template.header", fmt.Errorf("the header of the template has the format %q", format))
	}
	use, text, err := t.Fill(chat.TemplateUse{
		HeaderVariable: a.Template.Header, Body: a.Template.Body, Variables: a.Template.Variables, URLSuffix: a.Template.URLSuffix,
	})
	if e, ok := errors.AsType[*chat.FillError](err); ok {
		return invalid("template."+e.Part, e)
	}
	m.Template, m.Text = &use, text
	return err
}

// template finds one that may be sent. NotFound, Invalid.
func template(tx *store.Tx, waba string, ref desk.TemplateRef) (chat.Template, error) {
	list, err := tx.Templates(waba)
	if err != nil {
		return chat.Template{}, err
	}
	for _, t := range list {
		if t.Name != ref.Name || t.Language != ref.Language {
			continue
		}
		if t.Status != chat.TemplateApproved {
			return t, invalid("template", fmt.Errorf("the template is %s: only an approved one can be sent", t.Status))
		}
		return t, nil
	}
	return chat.Template{}, desk.Errorf(desk.NotFound, "template %q in %q", ref.Name, ref.Language)
}

// needsFile reports whether a template's header of that format is a file.
func needsFile(format string) bool {
	return format == string(chat.KindImage) || format == string(chat.KindVideo) || format == string(chat.KindDocument)
}

// headerKind is how a file stands above a template.
func headerKind(m chat.Media) chat.Kind {
	switch top, _, _ := strings.Cut(m.MIME, "/"); top {
	case "image":
		return chat.KindImage
	case "video":
		return chat.KindVideo
	}
	return chat.KindDocument
}

// letter is a person's message on its way: it may leave until Meta's window
// ends, a template for a day. WindowClosed for all but a template.
func letter(tx *store.Tx, v chat.Conversation, m chat.Message) (*store.Outgoing, error) {
	window := chat.WindowOf(v.LastInbound)
	before := window.MetaUntil
	switch {
	case m.Kind == chat.KindTemplate:
		before = tx.Now().Add(templateFor)
	case !window.Open(tx.Now()):
		return nil, desk.Errorf(desk.WindowClosed, "the reply window of conversation %d ended at %s", v.ID, window.MetaUntil)
	}
	return &store.Outgoing{
		NewMessage: store.NewMessage{Channel: v.Channel, Message: m},
		SendBefore: before,
		Encode: func(callback string) ([]byte, error) {
			body, err := outgoing(m, v.Contact.Address, callback).Encode()
			if e, ok := errors.AsType[*cloudapi.InvalidError](err); ok {
				return nil, &desk.Error{Code: desk.Invalid, Field: e.Field, Limit: e.Limit, Err: e}
			}
			return body, err
		},
	}, nil
}

// outgoing puts a message of a person's into the words of the Graph API.
func outgoing(m chat.Message, to chat.Address, callback string) cloudapi.Outgoing {
	o := cloudapi.Outgoing{To: to, Text: m.Text, ReplyTo: m.ReplyTo, Opaque: callback}
	switch {
	case m.Kind == chat.KindReaction:
		o.Reaction = &cloudapi.Reaction{WAMID: m.ReplyTo, Emoji: m.Text}
		o.Text, o.ReplyTo = "", ""
	case m.Kind == chat.KindTemplate && m.Template != nil:
		o.Template, o.Text = templateOf(*m.Template, m.Media), ""
	case m.Kind.HasMedia() && m.Media != nil:
		o.Media = fileIn(m.Kind, *m.Media)
	default:
		o.Buttons, o.Location, o.List, o.Link = m.Buttons, m.Location, m.List, m.Link
		if m.Media != nil { // an automatic reply that is sent again
			o.Header = &cloudapi.Header{Media: fileIn(chat.KindImage, *m.Media)}
		}
	}
	return o
}

func fileIn(kind chat.Kind, m chat.Media) *cloudapi.Media {
	return &cloudapi.Media{Kind: kind, File: m.File, Name: m.Name, Voice: m.Voice}
}

// templateOf is a template as the Graph API takes it: the variables without the
// text.
func templateOf(u chat.TemplateUse, file *chat.Media) *cloudapi.Template {
	t := &cloudapi.Template{Name: u.Name, Language: u.Language, Body: u.Body, Named: u.Variables}
	switch {
	case file != nil:
		t.Header = &cloudapi.Header{Media: fileIn(headerKind(*file), *file)}
	case u.HeaderVariable != "":
		t.Header = &cloudapi.Header{Text: u.HeaderVariable, Variable: u.HeaderName}
	}
	for i := range u.Buttons {
		if suffix := u.URLSuffix[i]; suffix != "" {
			t.Buttons = append(t.Buttons, cloudapi.TemplateButton{Index: i, Suffix: suffix})
		}
	}
	return t
}

func invalid(field string, err error) *desk.Error {
	return &desk.Error{Code: desk.Invalid, Field: field, Err: err}
}
