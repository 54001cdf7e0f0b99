package inbox

import (
	"context"
	"io"
	"net/url"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/core/chat"
)

// Outside is the computer around Shopbell. Its functions are called on the UI
// thread and return at once.
type Outside interface {
	// Show opens content in the program the system has for name. It calls done when
	// that was asked for, or with why it could not be.
	Show(name string, open func(context.Context) (io.ReadCloser, error), done func(error))
	// Save asks where to keep content, and keeps it there. done is not called when the
	// person thinks better of it.
	Save(name string, open func(context.Context) (io.ReadCloser, error), done func(error))
	// Choose asks for files to send. done is called once, with none when the person
	// thinks better of it, and before the next key is typed.
	Choose(done func([]Offer))
	// Browse opens a web address in the browser.
	Browse(address *url.URL) error
}

// Offer is a file on this computer that a person wants to send.
type Offer struct {
	Name string
	Open func() (io.ReadCloser, error)
}

// didAt does what a person asked for at what a message carries.
func (t *talk) didAt(m chat.Message, act kit.Act) {
	switch act {
	case kit.ActSave:
		t.saveFile(m)
	case kit.ActFetch:
		t.fetch(m.ID)
	case kit.ActMore:
		t.Say(t.Words.T("chat.strange_kind", locale.Args{"Kind": m.RawKind}), nil)
	case kit.ActQuoted:
		t.findQuoted(m)
	case kit.ActPlay:
		t.player.toggle(m)
	case kit.ActSpeed:
		t.player.faster()
	case kit.ActBack:
		t.player.step(m, -playerStep)
	case kit.ActForward:
		t.player.step(m, playerStep)
	}
}

// fetch asks for a file now; that it comes is told by events.
func (t *talk) fetch(id chat.MessageID) {
	t.do(func(ctx context.Context) error { return t.Desk.Fetch(ctx, t.Who, id) }, nil)
}

// openContent shows the file, the place or the ad of a message outside.
func (t *talk) openContent(m chat.Message) {
	switch {
	case m.Media != nil && !mayOpen(m.Media.MIME):
		t.Say(t.Words.T("file.not_opened"), nil)
	case m.Media != nil:
		t.Outside.Show(openName(m), t.opener(m.Media.File), t.outside)
	case m.Location != nil:
		t.browse(mapAddress(*m.Location))
	case m.Referral != nil:
		t.browse(m.Referral.URL)
	}
}

func (t *talk) browse(address string) {
	if u := webAddress(address); u != nil {
		t.outside(t.Outside.Browse(u))
	}
}

// webAddress parses an address that may be opened: one of the web, and nothing
// that starts a program. It is nil for all others.
func webAddress(s string) *url.URL {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return nil
	}
	return u
}

func (t *talk) saveFile(m chat.Message) {
	if m.Media == nil || m.Media.State != chat.MediaHere {
		return
	}
	t.Outside.Save(fileName(m), t.opener(m.Media.File), func(err error) {
		t.outside(err)
		if err == nil {
			t.Done(t.Words.T("file.saved"))
		}
	})
}

func (t *talk) opener(file string) func(context.Context) (io.ReadCloser, error) {
	return func(ctx context.Context) (io.ReadCloser, error) { return t.Desk.Open(ctx, t.Who, file) }
}

// outside tells of what this computer refused.
func (t *talk) outside(err error) {
	if err != nil && !t.Scope.Closed() {
		t.Say(t.Words.T("file.outside_failed"), nil)
	}
}
