package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// KeyLine is one line of a KeySheet.
type KeyLine struct{ Words, Keys string }

// KeySheet lists shortcuts under a title. Where the window is lower than the list
// it scrolls: by wheel, and in a dialog by Up, Down, Page, Home and End.
type KeySheet struct {
	widget.BaseWidget
	title  *inkLine
	lines  []KeyLine
	words  []*inkLine
	caps   []*keyCap
	sheet  *fyne.Container
	scroll *container.Scroll
	clip   *container.ThemeOverride
}

// NewKeySheet makes a list.
func NewKeySheet(title string, lines []KeyLine) *KeySheet {
	s := &KeySheet{title: newInk(Heading, look.Text), lines: lines, sheet: plainContainer()}
	s.title.text = title
	for _, l := range lines {
		words, keys := newInk(Body, look.Text), newKeyCapMark(l.Keys)
		s.words, s.caps = append(s.words, words), append(s.caps, keys)
		s.sheet.Add(words.box)
		s.sheet.Objects = append(s.sheet.Objects, keys.objects()...)
	}
	s.scroll = container.NewVScroll(s.sheet)
	s.clip = container.NewThemeOverride(s.scroll, look.Bare())
	s.ExtendBaseWidget(s)
	return s
}

const (
	sheetTitle float32 = 12 // under the title
	sheetGap   float32 = 24 // between words and keys
	sheetEdge  float32 = 10 // for the scroll bar
)

func sheetLine() float32 { return look.Grow(30, 18) }

// CreateRenderer implements fyne.Widget.
func (s *KeySheet) CreateRenderer() fyne.WidgetRenderer {
	return draw(s, s.measure, s.layout, s.paint, s.title.box, s.clip)
}

func (s *KeySheet) measure() fyne.Size {
	w := float32(0)
	for i, l := range s.lines {
		w = max(w, ceil(Measure(l.Words, Body))+sheetGap+s.caps[i].size().Width)
	}
	return fyne.NewSize(w+sheetEdge, Heading.Line()+sheetTitle+sheetLine()*float32(len(s.lines)))
}

func (s *KeySheet) layout(size fyne.Size) {
	s.title.at(0, 0)
	top := Heading.Line() + sheetTitle
	box(s.clip, 0, top, size.Width, size.Height-top)
	for i, l := range s.lines {
		mid := sheetLine() * (float32(i) + 0.5)
		keys := s.caps[i].size()
		right := size.Width - sheetEdge - keys.Width
		s.caps[i].place(px(right), px(mid-keys.Height/2))
		s.words[i].set(Cut(l.Words, max(0, right-sheetGap), Body), look.Text)
		s.words[i].mid(0, mid)
	}
	settle(s.scroll, s.sheet, fyne.NewSize(size.Width, sheetLine()*float32(len(s.lines))))
}

func (s *KeySheet) paint() {
	s.title.set(s.title.text, look.Text)
	for i, l := range s.lines {
		s.words[i].set(l.Words, look.Text)
		s.caps[i].paint()
	}
}

// Pressed scrolls with the keys that go up and down.
func (s *KeySheet) Pressed(c Chord) bool {
	page := s.scroll.Size().Height - sheetLine()
	y := s.scroll.Offset.Y
	switch c.Key {
	case fyne.KeyDown:
		y += sheetLine()
	case fyne.KeyUp:
		y -= sheetLine()
	case fyne.KeyPageDown, fyne.KeySpace:
		y += page
	case fyne.KeyPageUp:
		y -= page
	case fyne.KeyHome:
		y = 0
	case fyne.KeyEnd:
		y = s.sheet.Size().Height
	default:
		return false
	}
	s.scroll.ScrollToOffset(fyne.NewPos(0, y))
	return true
}
