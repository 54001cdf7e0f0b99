package inbox

import (
	"strings"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/look"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

// typedLink is a link button as it was typed.
type typedLink struct{ text, title, url string }

// linkForm asks for a text with a button under it that opens a page.
type linkForm struct {
	Deps
	typed            *typedLink
	text, title, url *kit.Field
}

// chooseLink opens the form of a link button.
func (p *chatPane) chooseLink() {
	p.with(func(t *talk) {
		p.openForm(look.IconLink, p.Words.T("form.link"), fyne.NewSize(480, 416), &linkForm{Deps: p.Deps, typed: &t.forms.link})
	})
}

func (f *linkForm) content(s *formSheet) (kit.Fitting, fyne.Focusable) {
	f.text = s.field(kit.NewAreaField(kit.FieldWords{Label: f.Words.T("form.text")}, 4), chat.MaxInteractiveBody, &f.typed.text)
	f.title = s.field(s.label("form.link_title"), chat.MaxLinkTitle, &f.typed.title)
	f.url = s.field(kit.NewField(kit.FieldWords{Label: f.Words.T("form.link_url"), Placeholder: "https://"}), 0, &f.typed.url)
	return kit.NewStack(10, f.text, f.title, f.url), f.text.Target()
}

func (f *linkForm) check() string {
	over := f.tooLong(f.text, f.title)
	u := webAddress(f.typed.url)
	right := u != nil && u.Scheme == "https"
	f.url.Set(kit.FindingNone, "")
	if !right && f.typed.url != "" {
		f.url.Set(kit.FindingBad, f.Words.T("form.link_wrong"))
	}
	switch {
	case over:
		return f.Words.T("form.wrong")
	case strings.TrimSpace(f.typed.text) == "" || strings.TrimSpace(f.typed.title) == "" || f.typed.url == "":
		return f.Words.T("template.fill")
	case !right:
		return f.Words.T("form.wrong")
	}
	return ""
}

func (f *linkForm) answer() desk.Answer {
	return desk.Answer{
		Text: strings.TrimSpace(f.typed.text),
		Link: &chat.Link{Title: strings.TrimSpace(f.typed.title), URL: f.typed.url},
	}
}

func (f *linkForm) sent() (back func(), err error) {
	return emptied(f.typed, func(t typedLink) bool { return t == typedLink{} }), nil
}
