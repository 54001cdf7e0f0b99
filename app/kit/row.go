package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// RowHeight is the height of a row of the chat list: 74 at a text size of
// 100 %, 96 at 150 % (design guide section 8).
func RowHeight() float32 { return look.Grow(74, 44) }

// RowData is what a row of the chat list shows. Empty fields show nothing and
// leave no gap.
type RowData struct {
	Person      Person
	Name        string
	Time        string
	Preview     string
	PreviewIcon look.IconName // before the preview: IconChecks, IconBolt ...
	Quiet       bool          // nothing new from the customer: the preview is paler

	Wait          Tone // ToneOk, ToneWarn, ToneLate; ToneNone: nobody waits
	WaitText      string
	Department    string
	DepartmentHue Hue
	LockedBy      string // who holds the chat: "You", "Pedro"; empty: nobody
	GoesAt        string // when a scheduled answer leaves; empty: none is
	Unread        int

	Selected bool // the chat that is open
	Loading  bool // a placeholder; all else is ignored
}

// Row is one row of the chat list. What the mouse does on it is the list's matter.
type Row struct {
	widget.BaseWidget
	list            *keyList // nil: it stands alone
	data            RowData
	hovered, ringed bool

	ground, strip, line *canvas.Rectangle
	ring                bars
	face                *avatar
	name, time, preview *inkLine
	previewIcon         iconImage
	wait                *chip
	department          *tag
	lockIcon            iconImage
	lock                *inkLine
	goesIcon            iconImage
	goes                *inkLine
	unread              *badge
	blocks              [2]*canvas.Rectangle // the placeholder's
}

// NewRow makes a placeholder; Set fills it.
func NewRow() *Row {
	r := &Row{
		data:   RowData{Loading: true},
		ground: newRect(), strip: newRect(), line: newRect(), ring: newBars(),
		face: newAvatar(),
		name: newInk(BodyBold, look.Text), time: newInk(Tiny, look.Text3), preview: newInk(Small, look.Text),
		previewIcon: newIcon(14), wait: newChip(), department: newTag(),
		lockIcon: newIcon(12), lock: newInk(Tiny, look.Text2), goesIcon: newIcon(12), goes: newInk(Tiny, look.Text2), unread: newBadge(),
		blocks: [2]*canvas.Rectangle{newRect(), newRect()},
	}
	r.ExtendBaseWidget(r)
	return r
}

// Set shows data; nothing is drawn anew when it is what is shown already.
func (r *Row) Set(data RowData) {
	if data != r.data {
		r.data = data
		r.Refresh()
	}
}

// setRing shows the keyboard's place. A row that is reused for other data must
// lose its hover, too.
func (r *Row) setRing(on bool) {
	if on != r.ringed {
		r.ringed = on
		r.Refresh()
	}
}

// MouseDown implements desktop.Mouseable.
func (r *Row) MouseDown(e *desktop.MouseEvent) {
	if r.list != nil && !r.data.Loading {
		r.list.pressedOn(r.data.Person, e)
	}
}

// MouseUp implements desktop.Mouseable.
func (r *Row) MouseUp(e *desktop.MouseEvent) {
	if r.list != nil {
		r.list.MouseUp(e)
	}
}

// MouseIn implements desktop.Hoverable.
func (r *Row) MouseIn(*desktop.MouseEvent) { r.setHover(true) }

// MouseMoved implements desktop.Hoverable.
func (r *Row) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (r *Row) MouseOut() { r.setHover(false) }

func (r *Row) setHover(on bool) {
	if on != r.hovered {
		r.hovered = on
		r.Refresh()
	}
}

// CreateRenderer implements fyne.Widget.
func (r *Row) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{
		r.ground, r.strip, r.line, r.blocks[0], r.blocks[1],
		r.name.box, r.time.box, r.previewIcon.Image, r.preview.box, r.lockIcon.Image, r.lock.box, r.goesIcon.Image, r.goes.box,
	}
	for _, m := range []mark{r.face, r.wait, r.department, r.unread} {
		objects = append(objects, m.objects()...)
	}
	return draw(r, func() fyne.Size { return fyne.NewSize(200, RowHeight()) }, r.layout, r.paint, append(objects, r.ring.objects()...)...)
}

// Where things stand in a row.
const (
	rowPad    = 12
	rowIndent = 58 // where the texts begin
)

func (r *Row) layout(size fyne.Size) {
	box(r.ground, 0, 0, size.Width, size.Height)
	box(r.line, 0, size.Height-1, size.Width, 1)
	box(r.strip, 0, 0, 3, size.Height-1)
	r.ring.place(0, 0, size.Width, size.Height-1, look.RingWidth)
	r.face.place(rowPad, 9)
	if r.data.Loading {
		box(r.blocks[0], rowIndent, 21, px((size.Width-rowIndent)*0.47), 8)
		box(r.blocks[1], rowIndent, 41, px((size.Width-rowIndent)*0.78), 8)
		return
	}
	right := size.Width - rowPad
	nameMid := 9 + px(Body.Line()/2)
	previewMid := nameMid + px((Body.Line()+Small.Line())/2) + 2
	chipMid := size.Height - 16
	if r.data.Wait == ToneNone {
		chipMid-- // the line is as high as a tag, not as a chip
	}

	r.time.rightMid(right, nameMid+1)
	room := right - r.time.width() - 8 - rowIndent
	r.name.set(Cut(r.data.Name, room, BodyBold), look.Text)
	r.name.mid(rowIndent, nameMid)

	x := float32(rowIndent)
	if r.data.PreviewIcon != "" {
		r.previewIcon.mid(x, previewMid)
		x += r.previewIcon.px + 4
	}
	r.preview.set(Cut(r.data.Preview, right-x, Small), r.preview.token)
	r.preview.mid(x, previewMid)
	r.layoutChips(right, chipMid)
}

// layoutChips puts wait, department, lock and what is scheduled in a row and gives up
// from the right what has no room: the moment of what is scheduled first, then the lock's
// word; then the department's name is cut.
func (r *Row) layoutChips(right, mid float32) {
	x := float32(rowIndent)
	if r.data.Unread > 0 {
		s := r.unread.size()
		r.unread.place(right-s.Width, px(mid-s.Height/2))
		right -= s.Width + 8
	}
	if r.data.Wait != ToneNone {
		s := r.wait.size()
		r.wait.place(x, px(mid-s.Height/2))
		x += s.Width + 6
	}
	lockWidth := float32(0)
	if r.data.LockedBy != "" {
		lockWidth = r.lockIcon.px + 4 + ceil(Measure(r.data.LockedBy, Tiny)) + 6
		if r.data.Department != "" && x+r.department.size().Width+6+lockWidth > right {
			lockWidth = r.lockIcon.px + 6
		}
	}
	if r.data.Department != "" {
		r.department.text = Cut(r.data.Department, right-x-lockWidth-28, Tiny)
		r.department.paint()
		s := r.department.size()
		r.department.place(x, px(mid-s.Height/2))
		x += s.Width + 6
	}
	show(r.lock.box, lockWidth > r.lockIcon.px+6)
	r.lockIcon.mid(x, mid)
	r.lock.set(Cut(r.data.LockedBy, max(0, right-x-r.lockIcon.px-4), Tiny), look.Text2)
	r.lock.mid(x+r.lockIcon.px+4, mid+1)
	r.layoutGoes(x+lockWidth, right, mid)
}

// layoutGoes puts the mark of what is scheduled where there is room for it.
func (r *Row) layoutGoes(x, right, mid float32) {
	words := x + r.goesIcon.px + 4
	show(r.goesIcon.Image, r.data.GoesAt != "" && x+r.goesIcon.px <= right)
	show(r.goes.box, r.data.GoesAt != "" && words+r.goes.width() <= right)
	r.goesIcon.mid(x, mid)
	r.goes.mid(words, mid+1)
}

func (r *Row) paint() {
	d := r.data
	ground := look.Panel
	switch {
	case d.Selected && !d.Loading:
		ground = look.PrimarySoft
	case r.hovered && !d.Loading:
		ground = look.Hover
	}
	fill(r.ground, ground, 0)
	fill(r.line, look.Border, 0)
	fill(r.strip, look.Primary, 0)
	show(r.strip, d.Selected && !d.Loading)
	r.ring.paint(look.Focus, r.ringed)
	for _, b := range r.blocks {
		fill(b, look.Fill, 4)
		show(b, d.Loading)
	}
	shown := !d.Loading
	for _, ink := range []*inkLine{r.name, r.time, r.preview} {
		show(ink.box, shown)
	}
	r.face.setVisible(true)
	r.wait.setVisible(shown && d.Wait != ToneNone)
	r.department.setVisible(shown && d.Department != "")
	r.unread.setVisible(shown)
	if d.Loading {
		fillCircle(r.face.ground, look.Fill)
		show(r.face.label.box, false)
		show(r.lock.box, false)
		show(r.lockIcon.Image, false)
		show(r.goesIcon.Image, false)
		show(r.goes.box, false)
		show(r.previewIcon.Image, false)
		return
	}
	r.face.person, r.face.raised = d.Person, d.Selected
	r.face.paint()
	r.name.set(d.Name, look.Text)
	r.time.set(d.Time, look.Text3)
	preview := look.Text
	if d.Quiet {
		preview = look.Text2
	}
	r.preview.set(d.Preview, preview)
	r.previewIcon.set(d.PreviewIcon, look.Text2)
	r.wait.tone, r.wait.icon, r.wait.text = d.Wait, look.IconClock, d.WaitText
	if d.Wait != ToneNone {
		r.wait.paint()
	}
	r.department.hue, r.department.raised = d.DepartmentHue, d.Selected
	if d.Department != "" {
		r.department.text = d.Department
		r.department.paint()
	}
	r.unread.count = d.Unread
	r.unread.paint()
	lock := look.IconName("")
	if d.LockedBy != "" {
		lock = look.IconLock
	}
	r.lockIcon.set(lock, look.Text2)
	r.lock.set(d.LockedBy, look.Text2)
	show(r.lock.box, d.LockedBy != "")
	r.goesIcon.set(look.IconSend, look.Text2)
	r.goes.set(d.GoesAt, look.Text2)
	show(r.goesIcon.Image, d.GoesAt != "")
	show(r.goes.box, d.GoesAt != "")
}
