package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// FileBoxWords are the texts of a FileBox that stay. An empty FileName makes a box
// in which files are chosen; with it one is named.
type FileBoxWords struct {
	Title, Filter, Up, Cancel string
	Name, Size, Changed       string
	FileName                  string
}

// FileColumn is one by which files are sorted.
type FileColumn uint8

// The columns.
const (
	FileName FileColumn = iota
	FileSize
	FileChanged
)

// FilePlace is a folder that is one tap away.
type FilePlace struct {
	Icon look.IconName
	Text string
}

// FileBox is the dialog in which a person finds a file or a folder: places at the
// left, the folder's content at the right. It decides nothing; any hook may be nil.
type FileBox struct {
	widget.BaseWidget
	OnPlace  func(index int)
	OnUp     func()
	OnFilter func(text string)
	OnSort   func(FileColumn)
	OnPick   func(index int, more bool) // more: the others stay picked
	OnMove   func(index int)            // the keyboard's place has moved
	OnOpen   func(index int)
	OnAll    func()
	OnName   func(text string)
	OnDone   func()
	OnCancel func()

	words    FileBoxWords
	ground   frame
	side     *canvas.Rectangle // behind the places
	icon     iconImage
	head     *inkLine
	close    *IconButton
	lines    [4]*Divider
	places   []*filePlace
	sidebar  *fyne.Container
	up       *IconButton
	folder   string
	path     *inkLine
	filter   *SearchField
	heads    [3]*fileHead
	list     *fileList
	wrapped  *container.ThemeOverride
	status   *Status
	name     *Field // nil where files are chosen
	note     *inkLine
	cancel   *Button
	done     *Button
	noteText string
}

// NewFileBox makes an empty box.
func NewFileBox(words FileBoxWords) *FileBox {
	b := &FileBox{
		words: words, ground: newFrame(), side: newRect(), icon: newIcon(18), head: newInk(Heading, look.Text),
		lines: [4]*Divider{NewDivider(), NewDivider(), NewDivider(), NewDivider()}, sidebar: plainContainer(),
		path: newInk(BodyBold, look.Text), filter: NewSearchField(words.Filter, ""), status: NewStatus(FindingNone, ""),
		note: newInk(Small, look.Text2),
	}
	b.close = NewIconButton(look.IconClose, words.Cancel+"  Esc", func() { call(b.OnCancel) })
	b.up = NewIconButton(look.IconArrowUp, words.Up+"  Alt+↑", func() { call(b.OnUp) })
	b.cancel = NewButton(words.Cancel, Plain, func() { call(b.OnCancel) })
	b.done = NewButton("", Primary, func() { call(b.OnDone) })
	for i, text := range []string{words.Name, words.Size, words.Changed} {
		b.heads[i] = newFileHead(text, i > 0, func() {
			if b.OnSort != nil {
				b.OnSort(FileColumn(i))
			}
		})
	}
	b.list = newFileList(b)
	b.wrapped = container.NewThemeOverride(b.list, look.Bare())
	b.filter.OnChanged = func(text string) {
		if b.OnFilter != nil {
			b.OnFilter(text)
		}
	}
	b.filter.OnSubmit = func() { b.focus(b.list) }
	if words.FileName != "" {
		b.name = NewTextField(FieldWords{Label: words.FileName})
		b.name.OnChanged = func() {
			if b.OnName != nil {
				b.OnName(b.name.Text())
			}
		}
		b.name.OnSubmit = func() { b.done.Tapped(nil) }
	}
	b.ExtendBaseWidget(b)
	return b
}

// Target is what takes the focus first: the name where there is one, else the list.
func (b *FileBox) Target() fyne.Focusable {
	if b.name != nil {
		return b.name.Target()
	}
	return b.list
}

// List is the list's stop for Tab.
func (b *FileBox) List() fyne.Focusable { return b.list }

func (b *FileBox) focus(f fyne.Focusable) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(b); c != nil {
		c.Focus(f)
	}
}

// BoxChords are those that a box gets while it is on top.
func BoxChords() []Chord { return []Chord{{Key: fyne.KeyUp, Mod: fyne.KeyModifierAlt}} }

// Pressed takes the keys that the box has wherever the focus is in it.
func (b *FileBox) Pressed(c Chord) bool {
	if c != BoxChords()[0] {
		return false
	}
	call(b.OnUp)
	return true
}

// Tapped implements fyne.Tappable: a tap between the parts reaches nothing below.
func (b *FileBox) Tapped(*fyne.PointEvent) {}

// SetPlaces shows the places, the one with the current index lit; -1 for none.
func (b *FileBox) SetPlaces(places []FilePlace, current int) {
	b.places = reuse(b.sidebar, b.places, len(places), func(i int) *filePlace {
		return newFilePlace(func() {
			if b.OnPlace != nil {
				b.OnPlace(i)
			}
		})
	}, func(i int, p *filePlace) {
		p.data, p.current = places[i], i == current
		p.Refresh()
	})
	b.Refresh()
}

// SetFolder shows the path of the folder, its beginning cut where it is long. The
// filter is emptied without a call back. top: there is nothing above it.
func (b *FileBox) SetFolder(path string, top bool) {
	b.folder = path
	b.up.setOff(top, "")
	hook := b.OnFilter
	b.OnFilter = nil
	b.filter.SetText("")
	b.OnFilter = hook
	b.Refresh()
}

// SetRows shows as many files and folders as count says, with the keyboard's place
// at an index; -1: none. row is asked for those that are seen, until the next call.
func (b *FileBox) SetRows(count int, row func(index int) FileRow, at int) {
	b.list.set(count, row, at)
}

// Rows are all that can be scrolled to.
func (b *FileBox) Rows() []FileRow {
	rows := make([]FileRow, b.list.count)
	for i := range rows {
		rows[i] = b.list.row(i)
	}
	return rows
}

// SetSorted marks the column that the rows are sorted by.
func (b *FileBox) SetSorted(by FileColumn, down bool) {
	for i, h := range b.heads {
		h.sorted, h.down = FileColumn(i) == by, down
		h.Refresh()
	}
}

// SetMessage says what the person has to know of the folder or the file; empty:
// nothing.
func (b *FileBox) SetMessage(f Finding, text string) {
	b.status.Set(f, text)
	b.Refresh()
}

// Message is what SetMessage said last.
func (b *FileBox) Message() string { return b.status.Text() }

// SetName puts a name into the field of a box that has one.
func (b *FileBox) SetName(name string) {
	if b.name != nil {
		b.name.SetText(name)
	}
}

// SetDone writes the word on the button, and takes it out of use with a reason.
// note stands beside it.
func (b *FileBox) SetDone(text, reason, note string) {
	b.done.SetText(text)
	b.done.SetDisabled(reason)
	b.noteText = note
	if reason != "" {
		b.noteText = reason
	}
	b.Refresh()
}

// Done does what the button does.
func (b *FileBox) Done() { b.done.Tapped(nil) }

// CreateRenderer implements fyne.Widget.
func (b *FileBox) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{
		b.ground.outer, b.ground.inner, b.side, b.icon.Image, b.head.box, b.close,
		b.sidebar, b.up, b.path.box, b.filter,
	}
	for _, h := range b.heads {
		objects = append(objects, h)
	}
	objects = append(objects, b.wrapped, b.status)
	if b.name != nil {
		objects = append(objects, b.name)
	}
	for _, l := range b.lines {
		objects = append(objects, l)
	}
	return draw(b, b.measure, b.layout, b.paint, append(objects, b.note.box, b.cancel, b.done)...)
}

func (b *FileBox) paint() {
	b.ground.paint(look.Surface, look.Border, look.RadiusLarge)
	fill(b.side, look.Panel, 0)
	icon := look.IconPaperclip
	if b.name != nil {
		icon = look.IconSave
	}
	b.icon.set(icon, look.Primary)
	b.head.set(b.words.Title, look.Text)
	b.path.set(b.folder, look.Text)
	b.note.set(b.noteText, look.Text2)
}

func (b *FileBox) measure() fyne.Size { return fyne.NewSize(look.Grow(780, 260), look.Grow(540, 160)) }

// filePadSide is the room at the sides of what stands right of the places.
const filePadSide float32 = 14

func (b *FileBox) layout(size fyne.Size) {
	head, foot, side := look.Grow(48, 18), look.Grow(56, 18), look.Grow(176, 120)
	b.ground.place(0, 0, size.Width, size.Height)
	b.layoutHead(size.Width, head)
	bottom := size.Height - foot
	box(b.side, 1, head+1, side-1, bottom-head-1)
	box(b.lines[1], side, head+1, 1, bottom-head-1)
	box(b.sidebar, 1, head+7, side-1, bottom-head-8)
	high := look.Grow(34, 18)
	for i, p := range b.places {
		box(p, 6, float32(i)*high, side-13, high)
	}
	b.layoutFoot(size, bottom, foot)

	left, right := side+filePadSide, size.Width-filePadSide
	top := head + 12
	search := fyne.NewSize(min(look.Grow(190, 90), (right-left)/2), b.filter.MinSize().Height)
	box(b.filter, right-search.Width, top, search.Width, search.Height)
	up := b.up.MinSize()
	box(b.up, side+6, top, up.Width, up.Height)
	x := side + 6 + up.Width + 6
	b.path.set(CutStart(b.folder, right-search.Width-12-x, BodyBold), look.Text)
	b.path.mid(x, top+search.Height/2)

	top += search.Height + 8
	b.layoutHeads(side+1, size.Width-1, top)
	top += look.Grow(28, 16)
	box(b.lines[2], side+1, top-1, size.Width-side-2, 1)
	end := bottom
	if b.name != nil {
		h := b.name.MinSize().Height
		end -= h + 12
		box(b.name, left, end, right-left, h)
		end -= 10
	}
	if b.status.Visible() {
		b.status.Fit(right - left)
		h := b.status.MinSize().Height
		end -= h + 8
		box(b.status, left, end, right-left, h)
		end -= 8
	}
	box(b.wrapped, side+1, top, size.Width-side-2, max(0, end-top-1))
}

func (b *FileBox) layoutHead(width, high float32) {
	b.icon.mid(16, high/2)
	b.head.mid(42, high/2)
	m := b.close.MinSize()
	box(b.close, width-m.Width-8, px((high-m.Height)/2), m.Width, m.Height)
	box(b.lines[0], 1, high, width-2, 1)
}

func (b *FileBox) layoutHeads(left, right, top float32) {
	sizeEnd, changedEnd := fileColumns(right - left)
	high := look.Grow(28, 16)
	sizeWide := look.Grow(fileSizeWide, fileSizeWide)
	box(b.heads[FileName], left+filePad-4, top, sizeEnd-sizeWide-filePad, high)
	box(b.heads[FileSize], left+sizeEnd-sizeWide+4, top, sizeWide, high)
	box(b.heads[FileChanged], left+sizeEnd+8, top, changedEnd-sizeEnd-4, high)
}

func (b *FileBox) layoutFoot(size fyne.Size, top, high float32) {
	box(b.lines[3], 1, top, size.Width-2, 1)
	done, cancel := b.done.MinSize(), b.cancel.MinSize()
	y := top + px((high-done.Height)/2)
	right := size.Width - 16 - done.Width
	box(b.done, right, y, done.Width, done.Height)
	right -= 8 + cancel.Width
	box(b.cancel, right, y, cancel.Width, cancel.Height)
	b.note.set(Cut(b.noteText, right-16-16, Small), look.Text2)
	b.note.mid(16, top+high/2)
}
