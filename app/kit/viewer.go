package kit

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// ViewerWords are the texts of a viewer that stay: the tooltips of its buttons.
type ViewerWords struct {
	Close, Older, Newer, In, Out, Fit, Full, Copy, Save, Open string
	// Zoom says how near one looks.
	Zoom func(percent int) string
}

// ViewerData is what a viewer shows beside the picture.
type ViewerData struct {
	Who, When, Caption string
	Older, Newer       bool // there is a picture before, and after
	// Message stands in the place of the picture: it is coming, or why it cannot be
	// shown. Progress, from 0 to 1, is shown with it where it is above 0. Again is the word
	// that asks for it once more; empty: it cannot be.
	Message  string
	Progress float32
	Again    string
	// NoCopy, NoSave and NoOpen say why that cannot be done; empty: it can.
	NoCopy, NoSave, NoOpen string
}

// Viewer shows a picture over the whole window, as near as the person wants to look.
type Viewer struct {
	widget.BaseWidget
	// OnSight is asked to draw what is in sight, at each change of that; Draw takes it.
	OnSight func(Sight)
	// OnStep goes to the picture before (-1) or after (1).
	OnStep func(by int)
	// OnCopy and OnSave come by key, too, also while that cannot be done: who has to know
	// why is told then.
	OnCopy, OnSave, OnClose, OnOpen, OnAgain func()

	words ViewerWords
	data  ViewerData
	glass glass
	asked Sight // what OnSight was asked for last
	drawn Sight // what the image shows; Width 0: nothing yet
	scale float32

	ground           *Ground
	picture          *canvas.Image
	bar, foot        *Ground
	lines            [2]*Divider
	who, when        *inkLine
	caption          *paragraph
	paper            *container.Scroll // of caption
	message          *paragraph
	progress         *Progress
	again            *Button
	older, newer     *Button
	out, in          *IconButton
	zoom             *Button
	copy, save, open *IconButton
	close            *IconButton
}

// Sizes of a viewer.
const (
	viewerBar     float32 = 56
	viewerPad     float32 = 16
	viewerCaption float32 = 120 // as high as the room for a caption grows
	viewerMessage float32 = 360
)

// NewViewer makes a viewer without a picture.
func NewViewer(words ViewerWords) *Viewer {
	v := &Viewer{
		words: words, scale: 1, ground: NewGround(look.Bg), bar: NewGround(look.Surface), foot: NewGround(look.Surface),
		picture: &canvas.Image{FillMode: canvas.ImageFillStretch, ScaleMode: canvas.ImageScaleFastest},
		lines:   [2]*Divider{NewDivider(), NewDivider()}, who: newInk(BodyBold, look.Text), when: newInk(Small, look.Text2),
		caption: newParagraph("", Body, look.Text, viewerMessage), message: newParagraph("", Body, look.Text2, viewerMessage), progress: NewProgress(),
	}
	v.paper = container.NewVScroll(v.caption)
	v.again = NewButton("", Plain, func() { call(v.OnAgain) })
	v.older = newStepButton(look.IconBack, words.Older, func() { v.step(-1) })
	v.newer = newStepButton(look.IconNext, words.Newer, func() { v.step(1) })
	v.out = NewIconButton(look.IconMinus, words.Out, func() { v.nearer(1 / zoomStep) })
	v.in = NewIconButton(look.IconPlus, words.In, func() { v.nearer(zoomStep) })
	v.zoom = NewButton("", Plain, v.toggle)
	v.zoom.SetSmall(true)
	v.copy = NewIconButton(look.IconCopy, words.Copy, func() { call(v.OnCopy) })
	v.save = NewIconButton(look.IconSave, words.Save, func() { call(v.OnSave) })
	v.open = NewIconButton(look.IconOpen, words.Open, func() { call(v.OnOpen) })
	v.close = NewIconButton(look.IconClose, words.Close, func() { call(v.OnClose) })
	v.ExtendBaseWidget(v)
	return v
}

// newStepButton makes one that is seen over any picture.
func newStepButton(icon look.IconName, tip string, onTap func()) *Button {
	b := NewButton("", Plain, onTap)
	b.SetIcon(icon, false)
	b.SetTip(tip)
	return b
}

// Set shows what stands beside the picture.
func (v *Viewer) Set(data ViewerData) {
	v.data = data
	v.copy.SetDisabled(data.NoCopy)
	v.save.SetDisabled(data.NoSave)
	v.open.SetDisabled(data.NoOpen)
	v.caption.text, v.message.text = data.Caption, data.Message
	v.progress.Set(data.Progress, false)
	v.again.SetText(data.Again)
	v.Refresh()
}

// Data is what Set was given last.
func (v *Viewer) Data() ViewerData { return v.data }

// SetPicture goes on to a picture of so many pixels, and shows all of it; 0: to none.
func (v *Viewer) SetPicture(width, height int) {
	v.asked, v.drawn = Sight{}, Sight{}
	v.picture.Image = nil
	v.glass.put(width, height)
	v.Refresh()
}

// Draw takes what OnSight was asked for. What comes late is shown where it belongs.
func (v *Viewer) Draw(img image.Image, s Sight) {
	v.drawn, v.picture.Image = s, img
	v.picture.Refresh()
	v.Refresh()
}

// Zoom is how many device pixels one pixel of the picture has.
func (v *Viewer) Zoom() float64 { return v.glass.zoom }

func (v *Viewer) step(by int) {
	if v.OnStep != nil && (by < 0 && v.data.Older || by > 0 && v.data.Newer) {
		v.OnStep(by)
	}
}

// nearer looks nearer by a factor, at the middle.
func (v *Viewer) nearer(by float64) { v.zoomTo(v.glass.zoom*by, 0, 0) }

func (v *Viewer) zoomTo(zoom, x, y float64) {
	v.glass.to(zoom, x, y)
	v.Refresh()
}

// toggle goes between all of the picture and its own size.
func (v *Viewer) toggle() {
	if v.glass.fitted {
		v.zoomTo(1, 0, 0)
	} else {
		v.zoomTo(0, 0, 0)
	}
}

// MinSize implements fyne.CanvasObject: it takes what room there is.
func (v *Viewer) MinSize() fyne.Size { return fyne.NewSize(320, 240) }

// CreateRenderer implements fyne.Widget.
func (v *Viewer) CreateRenderer() fyne.WidgetRenderer {
	return draw(v, v.MinSize, v.layout, v.paint, v.ground, v.picture, v.message, v.progress, v.again, v.older, v.newer,
		v.bar, v.lines[0], v.foot, v.lines[1], v.paper, v.who.box, v.when.box, v.out, v.zoom, v.in, v.copy, v.save, v.open, v.close)
}

func (v *Viewer) paint() {
	v.who.set(v.data.Who, look.Text)
	v.when.set(v.data.When, look.Text2)
	shown := v.data.Message == "" && v.glass.width > 0
	show(v.picture, shown && v.picture.Image != nil)
	show(v.message, v.data.Message != "")
	show(v.progress, v.data.Message != "" && v.data.Progress > 0)
	show(v.again, v.data.Message != "" && v.data.Again != "")
	show(v.older, v.data.Older)
	show(v.newer, v.data.Newer)
	captioned := v.data.Caption != ""
	for _, o := range []fyne.CanvasObject{v.foot, v.lines[1], v.paper} {
		show(o, captioned)
	}
	for _, o := range []fyne.CanvasObject{v.out, v.zoom, v.in} {
		show(o, shown)
	}
	v.zoom.SetText(v.words.Zoom(int(v.glass.zoom*100 + 0.5)))
	v.zoom.SetTip(v.words.Fit)
	if v.glass.fitted {
		v.zoom.SetTip(v.words.Full)
	}
}

func (v *Viewer) layout(size fyne.Size) {
	box(v.ground, 0, 0, size.Width, size.Height)
	bar := look.Grow(viewerBar, 36)
	box(v.bar, 0, 0, size.Width, bar)
	box(v.lines[0], 0, bar-1, size.Width, 1)
	right := placeRight([]fyne.CanvasObject{v.copy, v.save, v.open, v.close}, size.Width-viewerPad+6, bar/2, 4)
	right = placeRight([]fyne.CanvasObject{v.out, v.zoom, v.in}, right-12, bar/2, 4)
	room := max(0, right-viewerPad-8)
	v.who.set(Cut(v.data.Who, room, BodyBold), look.Text)
	v.who.mid(viewerPad, bar/2-Small.Line()/2-1)
	v.when.set(Cut(v.data.When, room, Small), look.Text2)
	v.when.mid(viewerPad, bar/2+Body.Line()/2)

	end := size.Height
	if v.data.Caption != "" {
		v.caption.width = size.Width - 2*viewerPad
		v.caption.Refresh()
		high := min(v.caption.MinSize().Height, viewerCaption)
		end -= high + 20
		box(v.foot, 0, end, size.Width, high+20)
		box(v.lines[1], 0, end, size.Width, 1)
		box(v.paper, viewerPad, end+10, v.caption.width, high)
		v.paper.Refresh()
	}
	v.place(bar, size.Width, end-bar)
	mid := bar + (end-bar)/2
	side := v.older.MinSize()
	box(v.older, 8, px(mid-side.Height/2), side.Width, side.Height)
	box(v.newer, size.Width-8-side.Width, px(mid-side.Height/2), side.Width, side.Height)
	v.layoutMessage(size.Width, mid)
}

// layoutMessage puts what stands in the place of the picture around its middle.
func (v *Viewer) layoutMessage(width, mid float32) {
	v.message.width = min(viewerMessage, width-2*(viewerPad+40))
	v.message.Refresh()
	left, high := px((width-v.message.width)/2), v.message.MinSize().Height
	box(v.message, left, px(mid-high), v.message.width, high)
	box(v.progress, left, px(mid+10), v.message.width, progressHigh)
	again := v.again.MinSize()
	box(v.again, left, px(mid+14), again.Width, again.Height)
}

// place puts the picture where it belongs, and asks for what is in sight now.
func (v *Viewer) place(top, width, height float32) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(v); c != nil {
		v.scale = c.Scale()
	}
	v.glass.setRoom(float64(width*v.scale), float64(height*v.scale))
	if v.glass.width == 0 || v.data.Message != "" {
		return
	}
	s, left, above := v.glass.sight()
	if v.drawn.Width > 0 {
		by := s.Zoom / v.drawn.Zoom
		device := func(px float64) float32 { return float32(px) / v.scale }
		v.picture.Move(fyne.NewPos(device(left+(v.drawn.X-s.X)*s.Zoom), top+device(above+(v.drawn.Y-s.Y)*s.Zoom)))
		v.picture.Resize(fyne.NewSize(device(float64(v.drawn.Width)*by), device(float64(v.drawn.Height)*by)))
	}
	if s != v.asked && v.OnSight != nil {
		v.asked = s
		v.OnSight(s)
	}
}

// Tapped implements fyne.Tappable: a tap beside the picture reaches nothing below.
func (v *Viewer) Tapped(*fyne.PointEvent) {}

// Scrolled implements fyne.Scrollable: the wheel looks nearer at where the pointer is.
func (v *Viewer) Scrolled(e *fyne.ScrollEvent) {
	by := zoomStep
	switch {
	case e.Scrolled.DY == 0:
		return
	case e.Scrolled.DY < 0:
		by = 1 / zoomStep
	}
	x, y := v.offMiddle(e.Position)
	v.zoomTo(v.glass.zoom*by, x, y)
}

// offMiddle is how far a place is from the middle of the room, in device pixels.
func (v *Viewer) offMiddle(at fyne.Position) (x, y float64) {
	bar := look.Grow(viewerBar, 36)
	return float64(at.X*v.scale) - v.glass.roomW/2, float64((at.Y-bar)*v.scale) - v.glass.roomH/2
}

// Dragged implements fyne.Draggable.
func (v *Viewer) Dragged(e *fyne.DragEvent) {
	v.glass.move(float64(e.Dragged.DX*v.scale), float64(e.Dragged.DY*v.scale))
	v.Refresh()
}

// DragEnd implements fyne.Draggable.
func (v *Viewer) DragEnd() {}

// Cursor implements desktop.Cursorable.
func (v *Viewer) Cursor() desktop.Cursor { return desktop.DefaultCursor }
