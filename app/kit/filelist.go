package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// FileRow is one file or folder of a FileBox.
type FileRow struct {
	Icon          look.IconName
	Name          string
	Size, Changed string // as words; empty: not shown
	Picked        bool
}

// Widths of the columns beside the name, at a text size of 100 %.
const (
	fileSizeWide    float32 = 76
	fileChangedWide float32 = 108
	filePad         float32 = 12
)

func fileRowHeight() float32 { return look.Grow(34, 18) }

// fileColumns are where size and date end in a list as wide as given.
func fileColumns(width float32) (size, changed float32) {
	changed = width - filePad
	return changed - look.Grow(fileChangedWide, fileChangedWide), changed
}

// fileList is the list of a FileBox. It is one stop for Tab: arrows, Page, Home
// and End move the keyboard's place, Enter opens, Space picks.
type fileList struct {
	widget.List
	box    *FileBox
	count  int
	row    func(int) FileRow
	at     int // the keyboard's place; -1: none
	ringed bool
	shown  map[*fileLine]int
}

func newFileList(b *FileBox) *fileList {
	l := &fileList{box: b, at: -1, shown: map[*fileLine]int{}}
	l.HideSeparators = true
	l.Length = func() int { return l.count }
	l.CreateItem = func() fyne.CanvasObject { return newFileLine(l) }
	l.UpdateItem = l.update
	l.ExtendBaseWidget(l)
	return l
}

func (l *fileList) update(i widget.ListItemID, o fyne.CanvasObject) {
	line, ok := o.(*fileLine)
	if !ok || i >= l.count {
		return
	}
	if was, seen := l.shown[line]; !seen || was != i {
		line.hovered = false
		l.shown[line] = i
	}
	line.data, line.ringed = l.row(i), l.ringed && i == l.at
	line.Refresh()
}

func (l *fileList) set(count int, row func(int) FileRow, at int) {
	l.count, l.row, l.at = count, row, min(at, count-1)
	l.Refresh()
	if l.at >= 0 {
		l.ScrollTo(l.at)
	}
}

func (l *fileList) ring(on bool) {
	l.ringed = on
	for line, i := range l.shown {
		line.setRing(on && i == l.at)
	}
}

func (l *fileList) move(to int) {
	if l.count == 0 {
		return
	}
	l.at = min(max(to, 0), l.count-1)
	l.ScrollTo(l.at)
	l.ring(true)
	if l.box.OnMove != nil {
		l.box.OnMove(l.at)
	}
}

// pressed is a click: it picks, with Ctrl (or Cmd) one more.
func (l *fileList) pressed(line *fileLine, e *desktop.MouseEvent) {
	i, ok := l.shown[line]
	if !ok || i >= l.count || e.Button != desktop.MouseButtonPrimary {
		return
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(l); c != nil {
		c.Focus(l)
	}
	l.at = i
	l.ring(false)
	l.pick(i, e.Modifier&fyne.KeyModifierShortcutDefault != 0)
}

func (l *fileList) pick(i int, more bool) {
	if i >= 0 && i < l.count && l.box.OnPick != nil {
		l.box.OnPick(i, more)
	}
}

func (l *fileList) open(i int) {
	if i >= 0 && i < l.count && l.box.OnOpen != nil {
		l.box.OnOpen(i)
	}
}

// FocusGained implements fyne.Focusable.
func (l *fileList) FocusGained() {
	if l.at < 0 && l.count > 0 {
		l.move(0)
	}
	l.ring(true)
}

// FocusLost implements fyne.Focusable.
func (l *fileList) FocusLost() { l.ring(false) }

// TypedRune implements fyne.Focusable: letters go on with the filter.
func (l *fileList) TypedRune(r rune) {
	if r != ' ' {
		l.box.filter.SetText(l.box.filter.entry.Text + string(r))
	}
}

// TypedShortcut implements fyne.Shortcutable.
func (l *fileList) TypedShortcut(s fyne.Shortcut) {
	if _, all := s.(*fyne.ShortcutSelectAll); all {
		call(l.box.OnAll)
		return
	}
	if c, ok := s.(*desktop.CustomShortcut); !ok || !l.box.Pressed(Chord{Key: c.KeyName, Mod: c.Modifier}) {
		passShortcut(s)
	}
}

// TypedKey implements fyne.Focusable.
func (l *fileList) TypedKey(e *fyne.KeyEvent) {
	page := max(1, int(l.Size().Height/fileRowHeight())-1)
	if to, ok := stepped(e.Name, l.at, page, l.count-1); ok {
		l.move(to)
		return
	}
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		l.open(l.at)
	case fyne.KeySpace:
		l.pick(l.at, true)
	case fyne.KeyBackspace:
		l.erase()
	default:
		passKey(e)
	}
}

// erase takes the last letter of the filter away, or goes up where there is none.
func (l *fileList) erase() {
	text := []rune(l.box.filter.entry.Text)
	if len(text) == 0 {
		call(l.box.OnUp)
		return
	}
	l.box.filter.SetText(string(text[:len(text)-1]))
}

// fileLine draws one row. It has no Tapped, so that a second click is known at
// once.
type fileLine struct {
	widget.BaseWidget
	list            *fileList
	data            FileRow
	hovered, ringed bool

	ground              *canvas.Rectangle
	ring                bars
	glyph, check        iconImage
	name, size, changed *inkLine
}

func newFileLine(l *fileList) *fileLine {
	f := &fileLine{
		list: l, ground: newRect(), ring: newBars(), glyph: newIcon(18), check: newIcon(14),
		name: newInk(Body, look.Text), size: newInk(Small, look.Text2), changed: newInk(Small, look.Text2),
	}
	f.ExtendBaseWidget(f)
	return f
}

func (f *fileLine) setRing(on bool) {
	if on != f.ringed {
		f.ringed = on
		f.Refresh()
	}
}

// MouseDown implements desktop.Mouseable.
func (f *fileLine) MouseDown(e *desktop.MouseEvent) { f.list.pressed(f, e) }

// MouseUp implements desktop.Mouseable.
func (f *fileLine) MouseUp(*desktop.MouseEvent) {}

// DoubleTapped implements fyne.DoubleTappable.
func (f *fileLine) DoubleTapped(*fyne.PointEvent) {
	if i, ok := f.list.shown[f]; ok {
		f.list.open(i)
	}
}

// MouseIn implements desktop.Hoverable.
func (f *fileLine) MouseIn(*desktop.MouseEvent) { f.hover(true) }

// MouseMoved implements desktop.Hoverable.
func (f *fileLine) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (f *fileLine) MouseOut() { f.hover(false) }

func (f *fileLine) hover(on bool) {
	f.hovered = on
	f.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (f *fileLine) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{f.ground, f.glyph.Image, f.check.Image, f.name.box, f.size.box, f.changed.box}
	return draw(f, func() fyne.Size { return fyne.NewSize(120, fileRowHeight()) }, f.layout, f.paint, append(objects, f.ring.objects()...)...)
}

func (f *fileLine) layout(size fyne.Size) {
	box(f.ground, 0, 0, size.Width, size.Height)
	f.ring.place(0, 0, size.Width, size.Height, look.RingWidth)
	mid := size.Height / 2
	f.glyph.mid(filePad, mid)
	sizeEnd, changedEnd := fileColumns(size.Width)
	f.changed.rightMid(changedEnd, mid)
	f.size.rightMid(sizeEnd, mid)
	left := filePad + f.glyph.px + 8
	room := sizeEnd - look.Grow(fileSizeWide, fileSizeWide) - left
	if f.data.Picked {
		room -= f.check.px + 6
	}
	f.name.set(Cut(f.data.Name, max(0, room), f.name.font), f.name.token)
	f.name.mid(left, mid)
	f.check.mid(left+f.name.width()+6, mid)
}

func (f *fileLine) paint() {
	ground, font, check := look.Surface, Body, look.IconName("")
	switch {
	case f.data.Picked:
		ground, font, check = look.PrimarySoft, BodyBold, look.IconCheck
	case f.hovered:
		ground = look.Hover
	}
	fill(f.ground, ground, 0)
	f.ring.paint(look.Focus, f.ringed)
	f.glyph.set(f.data.Icon, look.Text2)
	f.check.set(check, look.Primary)
	f.name.setFont(font)
	f.name.set(f.data.Name, look.Text)
	f.size.set(f.data.Size, look.Text2)
	f.changed.set(f.data.Changed, look.Text2)
}
