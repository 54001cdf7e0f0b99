package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// phoneNotice is the notification of the shop's last message on a lock screen. What
// the lock screen leaves away is paler, behind a mark.
type phoneNotice struct {
	widget.BaseWidget
	data   PhoneData
	text   string // of the message
	cut    int    // in bytes of text: what is seen
	ground *canvas.Rectangle
	disc   *canvas.Circle
	bell   *canvas.Image
	name   *inkLine
	now    *inkLine
	lines  *fyne.Container
	inks   []*inkLine
	pale   []*inkLine // the ends of lines, one each
	mark   *canvas.Rectangle
	hidden *paragraph
}

func newPhoneNotice() *phoneNotice {
	n := &phoneNotice{
		ground: newRect(), disc: &canvas.Circle{}, bell: &canvas.Image{FillMode: canvas.ImageFillContain},
		name: newInk(SmallBold, look.Text), now: newInk(Tiny, look.Text3), lines: plainContainer(), mark: newRect(),
		hidden: newParagraph("", Tiny, look.OnRail, noticeText),
	}
	n.ExtendBaseWidget(n)
	return n
}

const (
	noticeDisc float32 = 18
	noticeWide         = phoneWide - 2*phoneFrame - 2*phonePad
	noticeText         = noticeWide - 2*phonePad
)

func (n *phoneNotice) set(data PhoneData) {
	n.data, n.text = data, ""
	for _, m := range data.Messages {
		if m.Shop {
			n.text = strings.ReplaceAll(m.Text, "\r\n", "\n")
		}
	}
	n.cut = seenOf(n.text, data.Seen)
	n.hidden.text = ""
	if n.cut < len(n.text) {
		n.hidden.text = data.Hidden
	}
}

// seenOf returns the bytes of text that stand within a number of UTF-16 units, in
// whole letters; 0 units: all.
func seenOf(text string, limit int) int {
	if limit == 0 || units(text) <= limit {
		return len(text)
	}
	seen := 0
	for _, end := range clusterEnds(text) {
		if units(text[:end]) > limit {
			break
		}
		seen = end
	}
	return seen
}

// noticeLine is one line of the text: what is seen of it, and what is not.
type noticeLine struct{ seen, pale string }

// broken breaks the text into lines and tells each from what is not seen.
func (n *phoneNotice) broken() []noticeLine {
	var all []noticeLine
	at := 0
	for _, line := range Wrap(n.text, noticeText, Small) {
		at += max(0, strings.Index(n.text[at:], line)) // white space at a line's end is in no line
		seen := min(max(0, n.cut-at), len(line))
		all = append(all, noticeLine{line[:seen], line[seen:]})
		at += len(line)
	}
	return all
}

func (n *phoneNotice) CreateRenderer() fyne.WidgetRenderer {
	return draw(n, func() fyne.Size {
		h := n.cardHeight()
		if n.hidden.text != "" {
			h += 8 + n.hidden.MinSize().Height
		}
		return fyne.NewSize(0, h)
	}, n.layout, n.paint, n.ground, n.disc, n.bell, n.name.box, n.now.box, n.lines, n.mark, n.hidden)
}

func (n *phoneNotice) headHeight() float32 { return look.Grow(32, 16) }

func (n *phoneNotice) cardHeight() float32 {
	return n.headHeight() + float32(len(n.broken()))*Small.Line() + phonePad
}

func (n *phoneNotice) layout(fyne.Size) {
	left, high := phonePad, n.cardHeight()
	box(n.ground, left, 0, noticeWide, high)
	x, mid := left+phonePad, px(n.headHeight()/2)
	box(n.disc, x, mid-noticeDisc/2, noticeDisc, noticeDisc)
	const bell = 12
	box(n.bell, x+(noticeDisc-bell)/2, mid-bell/2, bell, bell)
	end := left + noticeWide - phonePad
	n.now.rightMid(end, mid)
	name := x + noticeDisc + 6
	n.name.set(Cut(n.data.Name, end-n.now.width()-8-name, SmallBold), look.Text)
	n.name.mid(name, mid)
	show(n.mark, false)
	for i, line := range n.broken() {
		y := n.headHeight() + float32(i)*Small.Line()
		n.inks[i].at(x, y)
		pale := x + n.inks[i].width()
		if line.pale != "" && !n.mark.Visible() {
			box(n.mark, px(pale)+1, y+1, 2, Small.Line()-2)
			show(n.mark, true)
			pale += 4
		}
		n.pale[i].at(pale, y)
	}
	box(n.hidden, x, high+8, noticeText, n.hidden.MinSize().Height)
}

func (n *phoneNotice) paint() {
	fill(n.ground, look.Surface, look.RadiusLarge)
	fillCircle(n.disc, look.Primary)
	paintBell(n.bell)
	fill(n.mark, look.Accent, 0)
	n.name.set(n.name.text, look.Text)
	n.now.set(n.data.Now, look.Text3)
	lines := n.broken()
	for len(n.inks) < len(lines) {
		seen, pale := newInk(Small, look.Text), newInk(Small, look.Text3)
		n.inks, n.pale = append(n.inks, seen), append(n.pale, pale)
		n.lines.Objects = append(n.lines.Objects, seen.box, pale.box)
	}
	for i := range n.inks {
		line := noticeLine{}
		if i < len(lines) {
			line = lines[i]
		}
		n.inks[i].set(line.seen, look.Text)
		n.pale[i].set(line.pale, look.Text3)
	}
	n.hidden.Refresh()
}
