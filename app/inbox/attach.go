package inbox

import (
	"context"
	"errors"
	"io"
	"slices"
	"strconv"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

// load is what goes with the next message: the one it answers, and files.
type load struct {
	quoted chat.Message // ID 0: nothing is quoted
	files  []*attachment
	count  int // of attachments ever made, for their keys
}

// attachment is a file on its way into the next message.
type attachment struct {
	key      string
	offer    Offer
	ready    bool
	problem  error // why it is not taken
	original bool  // send it as it was offered, not scaled
	desk.Attachment
}

// leaves is the file that will be sent: the scaled one, or the one that was offered.
func (a *attachment) leaves() chat.Media {
	if a.original && a.Original != nil {
		return *a.Original
	}
	return a.Media
}

// ref is what the desk is told to send.
func (a *attachment) ref() *desk.FileRef {
	return &desk.FileRef{File: a.leaves().File, Name: a.offer.Name}
}

// captioned reports whether a text can go with it (Cloud API: audio and stickers
// have no caption).
func (a *attachment) captioned() bool {
	return a.Kind == chat.KindImage || a.Kind == chat.KindVideo || a.Kind == chat.KindDocument
}

// quote makes the next message an answer to m.
func (t *talk) quote(m chat.Message) {
	t.with.quoted = m
	t.changed()
}

// unload takes one file away, or with "" the quoted message.
func (t *talk) unload(key string) {
	if key == "" {
		t.with.quoted = chat.Message{}
	}
	t.with.files = slices.DeleteFunc(t.with.files, func(a *attachment) bool { return a.key == key })
	t.changed()
}

// attach puts files into the next message.
func (t *talk) attach(offers []Offer) {
	for _, o := range offers {
		t.with.count++
		a := &attachment{key: strconv.Itoa(t.with.count), offer: o}
		t.with.files = append(t.with.files, a)
		t.prepare(a, t.changed)
	}
	t.acted = true
	t.changed()
}

// prepare gives a file to the desk, which says how it can be sent. It goes on when
// the chat is left.
func (d Deps) prepare(a *attachment, changed func()) {
	d.prepareFrom(a, func(context.Context) (io.ReadCloser, error) { return a.offer.Open() }, changed)
}

// prepareFrom is prepare of a content from anywhere.
func (d Deps) prepareFrom(a *attachment, open func(context.Context) (io.ReadCloser, error), changed func()) {
	var taken desk.Attachment
	d.Scope.Do(func(ctx context.Context) error {
		content, err := open(ctx)
		if err != nil {
			return err
		}
		defer content.Close()
		taken, err = d.Desk.Attach(ctx, d.Who, a.offer.Name, content)
		return err
	}, func(err error) {
		if err != nil {
			a.problem = err
		} else {
			a.Attachment, a.ready = taken, true
		}
		changed()
	})
}

// refusedFile says why a file is not taken, with its size and the limit.
func (d Deps) refusedFile(err error) string {
	e, ok := errors.AsType[*desk.FileError](err)
	if !ok {
		return d.Words.Explain(err).String()
	}
	return d.Words.FileFault(e.Code, e.Size, e.Limit)
}

// chooseOriginal goes between the scaled picture and the one that was offered.
func (t *talk) chooseOriginal(key string) {
	for _, a := range t.with.files {
		if a.key == key {
			a.original = !a.original
		}
	}
	t.changed()
}

// tray is the load as the composer shows it.
func (t *talk) tray() (kit.Quote, []kit.TrayFile) {
	var q kit.Quote
	if m := t.with.quoted; m.ID != 0 {
		q = kit.Quote{Title: t.authorOf(m.Author, m.AgentName), Text: shortened(m.Line())}
		if q.Text == "" {
			q.Text = t.kindWord(m.Kind, m.Media != nil && m.Media.Voice)
		}
	}
	var files []kit.TrayFile
	for _, a := range t.with.files {
		files = append(files, t.trayFile(a))
	}
	return q, files
}

func (t *talk) trayFile(a *attachment) kit.TrayFile {
	f := kit.TrayFile{Key: a.key, Icon: look.IconPaperclip, Name: a.offer.Name}
	switch {
	case a.problem != nil:
		f.Icon, f.Info, f.Bad = look.IconAlert, t.refusedFile(a.problem), true
	case !a.ready:
		f.Icon, f.Info = look.IconLoader, t.Words.T("attach.preparing")
	default:
		f.Icon = kindIcon(a.Kind)
		if a.Original != nil {
			f.Choice = t.Words.T("attach.original", locale.Args{"Size": t.Words.Size(a.Original.Size)})
			if a.original {
				f.Choice = t.Words.T("attach.scaled", locale.Args{"Size": t.Words.Size(a.Media.Size)})
			}
		}
		f.Info = locale.Dotted(t.kindWord(a.Kind, a.Media.Voice), t.Words.Size(a.leaves().Size), pixels(a.leaves()))
	}
	return f
}

// pixels is how large a picture is to the eye; empty where that is not known.
func pixels(m chat.Media) string {
	if m.Width == 0 || m.Height == 0 {
		return ""
	}
	return strconv.Itoa(m.Width) + " × " + strconv.Itoa(m.Height)
}

func kindIcon(k chat.Kind) look.IconName {
	switch k {
	case chat.KindImage, chat.KindSticker:
		return look.IconPicture
	case chat.KindVideo:
		return look.IconVideo
	case chat.KindAudio:
		return look.IconMic
	}
	return look.IconPaperclip
}

// loaded says whether what goes with the text may leave, and how long the text
// may be.
func (l *load) state() (kit.Load, int) {
	if len(l.files) == 0 {
		return kit.LoadNone, chat.MaxText
	}
	limit := chat.MaxText
	for _, a := range l.files {
		if a.problem != nil || !a.ready {
			return kit.LoadComing, limit
		}
		if a.captioned() {
			limit = chat.MaxCaption
		}
	}
	return kit.LoadReady, limit
}

// parts are the messages that text and load make: one for each file, the text as
// the caption of the first that takes one, else as a message of its own at the
// end. The first carries the quote.
func (l *load) parts(text string) []*part {
	var all []*part
	for _, a := range l.files {
		p := &part{file: a, answer: desk.Answer{File: a.ref()}}
		if text != "" && a.captioned() {
			p.answer.Text, p.text, text = text, true, ""
		}
		all = append(all, p)
	}
	if text != "" {
		all = append(all, &part{text: true, answer: desk.Answer{Text: text}})
	}
	if len(all) > 0 {
		all[0].answer.Quote = l.quoted.ID
	}
	return all
}

// part is one message of an answer.
type part struct {
	answer desk.Answer
	file   *attachment // nil for a text alone
	text   bool        // it carries what was typed
	token  string
	left   bool           // the desk has it
	id     chat.MessageID // what the desk calls it then
}

func (p *part) identity() identity {
	id := identity{text: p.answer.Text, quote: p.answer.Quote}
	if !p.answer.At.IsZero() {
		id.at = p.answer.At.Unix()
	}
	if p.file != nil {
		id.key, id.file = p.file.key, p.answer.File.File
	}
	return id
}

// sent takes out what has left.
func (l *load) sent(parts []*part) {
	for i, p := range parts {
		if !p.left {
			continue
		}
		l.files = slices.DeleteFunc(l.files, func(a *attachment) bool { return a == p.file })
		if i == 0 {
			l.quoted = chat.Message{}
		}
	}
}
