package rules

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/autoreply"
)

// readingBlock shows a rule whole to somebody who may not change it.
type readingBlock struct {
	*editor
	stack *kit.Stack
}

func newReading(e *editor) *readingBlock {
	b := &readingBlock{editor: e}
	_, r, _ := e.editing.Rule()
	b.stack = kit.NewStack(12, b.parts(r)...)
	return b
}

func (b *readingBlock) content() kit.Fitting { return b.stack }
func (b *readingBlock) sync(autoreply.Rule)  {}
func (b *readingBlock) settle()              {}

func (b *readingBlock) parts(r autoreply.Rule) []fyne.CanvasObject {
	w := b.Words
	var items []fyne.CanvasObject
	part := func(title string, lines ...string) {
		stack := []fyne.CanvasObject{kit.NewLine(title, kit.BodyBold, look.Text)}
		for _, line := range lines {
			stack = append(stack, kit.NewParagraph(line, kit.Body, look.Text2))
		}
		if len(items) > 0 {
			items = append(items, kit.NewDivider())
		}
		items = append(items, kit.NewStack(4, stack...))
	}
	if r.Trigger == autoreply.TriggerKeyword {
		part(w.T("rules.when_words"), strings.Join(r.Keywords, ", "))
	}
	when := w.T("rules.always")
	if len(r.When) > 0 {
		when = b.windows(r.When)
	}
	part(w.T("rules.schedule"), when)
	for i, v := range r.Replies {
		lines := []string{v.Text}
		if v.Picture != "" {
			lines = append(lines, w.T("rules.with_picture", locale.Args{"Name": v.Picture}))
		}
		for _, x := range v.Buttons {
			lines = append(lines, "["+x.Title+"] "+b.does(x))
		}
		part(w.T("rules.say")+" "+strconv.Itoa(i+1), lines...)
	}
	if s := r.Stock; s != nil {
		part(w.T("rules.low_stock"), s.SKU+" < "+strconv.Itoa(s.Below), s.Text)
	}
	if r.OrderText != "" {
		part(w.T("rules.order_text"), r.OrderText)
	}
	if r.Department != "" {
		part(w.T("rules.send_to"), r.Department)
	}
	return append(items, kit.NewDivider(), newCapBlock(b.editor).run)
}

// does says what a button does, with what it does it to.
func (b *readingBlock) does(x autoreply.Button) string {
	for _, a := range actions {
		if a.action == x.Action {
			return strings.TrimSpace(b.Words.T(a.name) + " " + b.ruleName(x.Rule) + x.SKU + x.URL)
		}
	}
	return ""
}

func (s *Screen) ruleName(id string) string {
	for _, r := range s.editing.File().Rules {
		if r.ID == id && id != "" {
			return s.nameOf(r)
		}
	}
	return ""
}
