package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// Tray holds what goes with the next message: the message it answers, and files.
// Empty it has no height.
type Tray struct {
	widget.BaseWidget
	// OnRemove is called for a file, and with "" for the quoted message.
	OnRemove func(key string)
	// OnChoice is called for the word beside a file.
	OnChoice func(key string)

	words TrayWords
	quote Quote
	files []TrayFile

	ground, strip *canvas.Rectangle
	title, text   *inkLine
	unquote       *IconButton
	box           *fyne.Container
	rows          []*trayRow
}

// trayRow shows one file.
type trayRow struct {
	ground     *canvas.Rectangle
	icon       iconImage
	name, info *inkLine
	choice     *Link
	remove     *IconButton
}

const trayGap float32 = 6

// NewTray makes an empty tray.
func NewTray(words TrayWords) *Tray {
	t := &Tray{
		words: words, ground: newRect(), strip: newRect(),
		title: newInk(TinyBold, look.PrimaryText), text: newInk(Small, look.Text2), box: plainContainer(),
	}
	t.unquote = NewIconButton(look.IconClose, words.Remove+"  Esc", func() { t.removed("") })
	t.ExtendBaseWidget(t)
	return t
}

// Set shows a quoted message (with an empty Title: none) and files.
func (t *Tray) Set(q Quote, files []TrayFile) {
	t.quote, t.files = q, files
	t.Refresh()
}

// Files are those shown.
func (t *Tray) Files() []TrayFile { return t.files }

// Quote is the quoted message shown; its Title is empty where there is none.
func (t *Tray) Quote() Quote { return t.quote }

func (t *Tray) removed(key string) {
	if t.OnRemove != nil {
		t.OnRemove(key)
	}
}

// CreateRenderer implements fyne.Widget.
func (t *Tray) CreateRenderer() fyne.WidgetRenderer {
	return draw(t, t.measure, t.layout, t.paint, t.ground, t.strip, t.title.box, t.text.box, t.unquote, t.box)
}

func trayRowHeight() float32 { return 10 + Body.Line() + Tiny.Line() }

func (t *Tray) measure() fyne.Size {
	high := float32(0)
	if t.quote.Title != "" {
		high = quoteHeight(1)
	}
	for range t.files {
		if high > 0 {
			high += trayGap
		}
		high += trayRowHeight()
	}
	return fyne.NewSize(120, high)
}

func (t *Tray) layout(size fyne.Size) {
	y := float32(0)
	if t.quote.Title != "" {
		high := quoteHeight(1)
		box(t.ground, 0, 0, size.Width, high)
		box(t.strip, 0, 0, 3, high)
		room := size.Width - quoteIndent - 40
		t.title.set(Cut(t.quote.Title, room, TinyBold), look.PrimaryText)
		t.title.at(quoteIndent, 4)
		t.text.set(Cut(firstLine(t.quote.Text), room, Small), look.Text2)
		t.text.at(quoteIndent, 4+Tiny.Line())
		side := t.unquote.MinSize()
		box(t.unquote, size.Width-side.Width-4, px((high-side.Height)/2), side.Width, side.Height)
		y = high + trayGap
	}
	for i, f := range t.files {
		t.rows[i].place(f, y, size.Width, trayRowHeight())
		y += trayRowHeight() + trayGap
	}
}

func (r *trayRow) place(f TrayFile, y, width, high float32) {
	box(r.ground, 0, y, width, high)
	r.icon.mid(10, y+high/2)
	side := r.remove.MinSize()
	right := width - side.Width - 4
	box(r.remove, right, px(y+(high-side.Height)/2), side.Width, side.Height)
	if f.Choice != "" {
		size := r.choice.MinSize()
		right -= size.Width + 8
		box(r.choice, right, px(y+(high-size.Height)/2), size.Width, size.Height)
	}
	room := right - 36 - 8
	r.name.set(Cut(f.Name, room, BodyBold), look.Text)
	r.name.at(36, y+5)
	r.info.set(Cut(f.Info, room, Tiny), r.info.token)
	r.info.at(36, y+5+Body.Line())
}

func firstLine(s string) string {
	lines := Wrap(s, 1e6, Small)
	return lines[0]
}

func (t *Tray) paint() {
	quoted := t.quote.Title != ""
	for _, o := range []fyne.CanvasObject{t.ground, t.strip, t.title.box, t.text.box, t.unquote} {
		show(o, quoted)
	}
	fill(t.ground, look.Fill, look.RadiusSmall)
	fill(t.strip, look.Primary, 1)
	t.title.set(t.quote.Title, look.PrimaryText)
	t.text.set(t.quote.Text, look.Text2)
	for len(t.rows) < len(t.files) {
		t.addRow()
	}
	for i, r := range t.rows {
		on := i < len(t.files)
		for _, o := range r.objects() {
			show(o, on)
		}
		if on {
			r.paint(t.files[i])
		}
	}
}

func (t *Tray) addRow() {
	i := len(t.rows)
	r := &trayRow{ground: newRect(), icon: newIcon(18), name: newInk(BodyBold, look.Text), info: newInk(Tiny, look.Text2)}
	r.remove = NewIconButton(look.IconClose, t.words.Remove, func() { t.removed(t.files[i].Key) })
	r.choice = newLink("", SmallBold, look.PrimaryText, func() {
		if t.OnChoice != nil {
			t.OnChoice(t.files[i].Key)
		}
	})
	t.rows = append(t.rows, r)
	t.box.Objects = append(t.box.Objects, r.objects()...)
}

func (r *trayRow) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.icon.Image, r.name.box, r.info.box, r.choice, r.remove}
}

func (r *trayRow) paint(f TrayFile) {
	ground, info, icon := look.Fill, look.Text2, look.Text2
	if f.Bad {
		ground, info, icon = look.ErrorSoft, look.ErrorText, look.ErrorText
	}
	fill(r.ground, ground, look.RadiusMedium)
	r.icon.set(f.Icon, icon)
	r.name.set(f.Name, look.Text)
	r.info.set(f.Info, info)
	r.choice.set(f.Choice, look.PrimaryText)
	show(r.choice, f.Choice != "")
}
