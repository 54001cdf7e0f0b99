package inbox

import (
	"bytes"
	"io"
)

// jpegBegins is how a JPEG begins; a PNG is what else comes from the clipboard.
var jpegBegins = []byte{0xFF, 0xD8}

// paste puts the picture that is on the clipboard into the next message, as a file that
// was chosen. It is asked for where there is no text to paste.
func (p *chatPane) paste() {
	t := p.talk
	switch {
	case t == nil:
		return
	case t.note.on:
		p.Say(p.Words.T("paste.note"), nil)
		return
	case p.Clipboard == nil:
		p.Say(p.Words.T("paste.unavailable"), nil)
		return
	case !p.mayWriteOrSay():
		return
	}
	p.Clipboard.Paste(func(picture []byte, err error) {
		switch {
		case p.Scope.Closed():
		case err != nil:
			p.Say(p.Words.T("paste.failed"), nil)
		case len(picture) == 0:
			p.Say(p.Words.T("paste.nothing"), nil)
		default:
			t.attach([]Offer{p.pasted(picture)})
		}
	})
}

// pasted is a picture from the clipboard as a file.
func (d Deps) pasted(picture []byte) Offer {
	ending := ".png"
	if bytes.HasPrefix(picture, jpegBegins) {
		ending = ".jpg"
	}
	return Offer{
		Name: d.Words.T("paste.name") + ending,
		Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(picture)), nil },
	}
}
