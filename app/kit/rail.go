package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// Widths of the rail.
const (
	railWidth       float32 = 72
	railNarrowWidth float32 = 56 // without labels
	railInset       float32 = 4  // beside an item
)

// RailItem is one screen on the rail.
type RailItem struct {
	ID    string // given back when it is chosen
	Icon  look.IconName
	Label string // under the icon, or the tooltip where the rail is narrow
	Keys  string // added to the tooltip
}

// Rail is the bar at the window's left: the mark, the screens, and at the bottom
// settings and oneself. Screens are stops for Tab; each is a button.
type Rail struct {
	widget.BaseWidget
	onChoose func(id string)
	narrow   bool
	current  string
	items    []*railItem // top ones first, then bottom
	bottom   int         // how many of items stand at the bottom
	me       *railMe
	ground   *canvas.Rectangle
	line     *canvas.Rectangle // between the rail and the pane; seen in dark only
	mark     *canvas.Image
}

// NewRail makes a rail with the screens in top, and the items of bottom above
// one's own avatar. onChoose gets the ID of a tapped item, also of the current.
func NewRail(top, bottom []RailItem, onChoose func(id string)) *Rail {
	r := &Rail{onChoose: onChoose, bottom: len(bottom), ground: newRect(), line: newRect(), mark: &canvas.Image{FillMode: canvas.ImageFillContain}}
	for _, list := range [][]RailItem{top, bottom} {
		for _, it := range list {
			r.items = append(r.items, newRailItem(it, func() { r.onChoose(it.ID) }))
		}
	}
	r.me = newRailMe()
	r.ExtendBaseWidget(r)
	return r
}

// SetCurrent lights the item of the screen that is shown.
func (r *Rail) SetCurrent(id string) {
	r.current = id
	r.Refresh()
}

// SetNarrow takes the labels away and makes the rail narrower.
func (r *Rail) SetNarrow(narrow bool) {
	if narrow != r.narrow {
		r.narrow = narrow
		r.Refresh()
	}
}

// SetBadge sets the count in accent on an item; 0 removes it. An id that is not on the rail
// changes nothing.
func (r *Rail) SetBadge(id string, n int) {
	if it := r.item(id); it != nil && it.badge.count != n {
		it.badge.count = n
		it.Refresh()
	}
}

// SetDot sets the state that a small mark on an item shows, and what it says in
// words; DotHidden removes it. An id that is not on the rail changes nothing.
func (r *Rail) SetDot(id string, dot Dot, words string) {
	if it := r.item(id); it != nil && (it.dot != dot || it.state != words) {
		it.dot, it.state = dot, words
		it.Refresh()
	}
}

// SetMe shows oneself at the bottom. onTap may be nil.
func (r *Rail) SetMe(initials, status string, dot Dot, onTap func()) {
	r.me.face.person.Initials, r.me.status, r.me.dot, r.me.onTap = initials, status, dot, onTap
	r.me.tip = status
	r.me.Refresh()
}

func (r *Rail) item(id string) *railItem {
	for _, it := range r.items {
		if it.data.ID == id {
			return it
		}
	}
	return nil
}

// CreateRenderer implements fyne.Widget.
func (r *Rail) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{r.ground, r.line, r.mark}
	for _, it := range r.items {
		objects = append(objects, it)
	}
	return draw(r, r.measure, r.layout, r.paint, append(objects, r.me)...)
}

// measure gives the rail its width of the design, and more where a word has no
// room in it: in another language, or larger.
func (r *Rail) measure() fyne.Size {
	if r.narrow {
		return fyne.NewSize(railNarrowWidth, 200)
	}
	widest := Measure(r.me.status, Tiny)
	for _, it := range r.items {
		widest = max(widest, Measure(it.data.Label, TinyBold))
	}
	return fyne.NewSize(max(railWidth, ceil(widest)+2*railInset), 200)
}

func (r *Rail) layout(size fyne.Size) {
	box(r.ground, 0, 0, size.Width, size.Height)
	box(r.line, size.Width-1, 0, 1, size.Height)
	box(r.mark, px((size.Width-40)/2), 12, 40, 40)
	step, high, inset, gap := look.Grow(56, 15), look.Grow(52, 15), railInset, float32(7)
	if r.narrow {
		step, high, inset, gap = 48, 44, 6, 4
	}
	top := len(r.items) - r.bottom
	for i, it := range r.items[:top] {
		box(it, inset, 68+float32(i)*step, size.Width-2*inset, high)
	}
	meHigh := r.me.MinSize().Height
	y := size.Height - meHigh - 8
	box(r.me, inset, y, size.Width-2*inset, meHigh)
	for i, it := range r.items[top:] {
		box(it, inset, y-gap-float32(r.bottom-i)*step, size.Width-2*inset, high)
	}
}

func (r *Rail) paint() {
	fill(r.ground, look.Rail, 0)
	fill(r.line, look.RailBorder, 0)
	paintBell(r.mark)
	for _, it := range r.items {
		if now := it.data.ID == r.current; now != it.current || it.narrow != r.narrow {
			it.current, it.narrow = now, r.narrow
			it.Refresh()
		}
	}
	if r.me.narrow != r.narrow {
		r.me.narrow = r.narrow
		r.me.Refresh()
	}
}

type railItem struct {
	press
	data    RailItem
	current bool
	narrow  bool
	dot     Dot
	state   string // of the dot, in words

	ground, ring *canvas.Rectangle
	glyph        iconImage
	label        *inkLine
	badge        *badge
	halo, spot   *canvas.Circle
}

func newRailItem(data RailItem, onTap func()) *railItem {
	it := &railItem{
		data: data, ground: newRect(), ring: newRect(), glyph: newIcon(22), label: newInk(Tiny, look.RailText),
		badge: newBadge(), halo: &canvas.Circle{}, spot: &canvas.Circle{},
	}
	it.extend(it, onTap)
	return it
}

func (it *railItem) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{it.ground, it.ring, it.glyph.Image, it.label.box, it.halo, it.spot}
	return draw(it, func() fyne.Size { return fyne.NewSize(44, 44) }, it.layout, it.paint, append(objects, it.badge.objects()...)...)
}

func (it *railItem) layout(size fyne.Size) {
	box(it.ground, 0, 0, size.Width, size.Height)
	box(it.ring, 0, 0, size.Width, size.Height)
	mid := float32(17)
	if it.narrow {
		mid = size.Height / 2
	}
	x := px((size.Width - it.glyph.px) / 2)
	it.placeBadge(size.Width, x, mid)
	it.label.set(Cut(it.data.Label, size.Width, it.label.font), it.label.token)
	it.label.centre(size.Width/2, size.Height-14)
	box(it.halo, x+15, mid-9, 12, 12)
	box(it.spot, x+17, mid-7, 8, 8)
}

// placeBadge puts the icon at x and the count over its upper right corner. A count that
// is wide or large moves the icon to the left, and stands higher: no more of the icon is
// hidden than a count of the usual size hides.
func (it *railItem) placeBadge(width, x, mid float32) {
	badge := it.badge.size()
	at := min(x+16, width+railInset-badge.Width)
	if it.badge.count > 0 {
		x = max(-railInset, min(x, at-14))
	}
	it.glyph.mid(x, mid)
	it.badge.place(at, px(mid+3-badge.Height))
}

func (it *railItem) paint() {
	ground, text := look.Rail, look.RailText
	if it.current || it.hovered {
		ground = look.RailSoft
	}
	it.label.setFont(Tiny)
	if it.current {
		text = look.OnRail
		it.label.setFont(TinyBold)
	}
	fill(it.ground, ground, look.RadiusMedium)
	paintRing(it.ring, look.OnRail, look.RadiusMedium)
	show(it.ring, it.focused)
	it.glyph.set(it.data.Icon, text)
	it.label.set(it.data.Label, text)
	show(it.label.box, !it.narrow)
	it.badge.paint()
	fillCircle(it.halo, ground)
	fillCircle(it.spot, it.dot.token())
	show(it.halo, it.dot != DotHidden)
	show(it.spot, it.dot != DotHidden)
	it.tip = it.words()
}

// words is the tooltip: what is not written under the icon, or cut there.
func (it *railItem) words() string {
	tip := it.data.Label
	if it.state != "" {
		tip += ": " + it.state
	}
	switch {
	case it.data.Keys != "":
		return tip + "  " + it.data.Keys
	case it.state != "" || it.narrow || Measure(it.data.Label, it.label.font) > it.Size().Width:
		return tip
	}
	return ""
}

func (d Dot) token() look.Token {
	switch d {
	case DotOk:
		return look.DotOk
	case DotWarn:
		return look.DotWarn
	case DotError:
		return look.DotError
	}
	return look.DotNone
}

// railMe is oneself at the bottom of the rail.
type railMe struct {
	press
	face       *avatar
	status     string
	dot        Dot
	narrow     bool
	ring       *canvas.Rectangle
	label      *inkLine
	halo, spot *canvas.Circle
}

func newRailMe() *railMe {
	m := &railMe{face: newAvatar(), ring: newRect(), label: newInk(Tiny, look.OnRail), halo: &canvas.Circle{}, spot: &canvas.Circle{}}
	m.face.own = true
	m.extend(m, nil)
	return m
}

func (m *railMe) CreateRenderer() fyne.WidgetRenderer {
	objects := append(m.face.objects(), m.halo, m.spot, m.label.box, m.ring)
	return draw(m, m.measure, m.layout, m.paint, objects...)
}

func (m *railMe) measure() fyne.Size {
	if m.narrow {
		return fyne.NewSize(44, 44)
	}
	return fyne.NewSize(64, look.Grow(60, 15))
}

func (m *railMe) layout(size fyne.Size) {
	box(m.ring, 0, 0, size.Width, size.Height)
	x, y := px((size.Width-36)/2), float32(1)
	if m.narrow {
		y = 4
	}
	m.face.place(x, y)
	box(m.halo, x+26, y+26, 12, 12)
	box(m.spot, x+28, y+28, 8, 8)
	m.label.set(Cut(m.status, size.Width, Tiny), look.OnRail)
	m.label.centre(size.Width/2, y+48)
}

func (m *railMe) paint() {
	m.face.paint()
	fillCircle(m.halo, look.Rail)
	fillCircle(m.spot, m.dot.token())
	show(m.halo, m.dot != DotHidden)
	show(m.spot, m.dot != DotHidden)
	m.label.set(m.status, look.OnRail)
	show(m.label.box, !m.narrow)
	paintRing(m.ring, look.OnRail, look.RadiusMedium)
	show(m.ring, m.focused)
}
