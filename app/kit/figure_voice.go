package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// Sizes of a voice note in a bubble.
const (
	voiceDisc    float32 = 32
	barWidth     float32 = 3
	barStep      float32 = 5
	barHigh      float32 = 22
	barLow       float32 = 3
	voiceBars            = 34 // the most that are drawn
	voiceLeast   float32 = 130
	lengthGap    float32 = 8
	voiceLengths float32 = 66 // room for the length
	speedWide    float32 = 40 // so that it does not move as the speed changes
)

func (v Voice) bars() int { return min(len(v.Peaks), voiceBars) }

func (v Voice) shape(limit float32, _ bool) contentShape {
	wide := voiceDisc + tileGap + barStep*float32(v.bars()) + lengthGap + voiceLengths
	s := plainShape(min(limit, max(wide, voiceLeast)), voiceDisc, 3)
	if v.Plays {
		s.besideTime = speedWide + timeGap
	}
	return s
}

func (v Voice) figure(h Hooks) figure {
	f := &voiceFigure{
		disc: &canvas.Circle{}, glyph: newIcon(14), length: newInk(TinyBold, look.Text2), bars: plainContainer(),
		seek: newSeekBar(h), speed: newChip(),
	}
	f.spot = newHotspot(voiceDisc/2, h, func() { h.act(f.data.pressed()) })
	f.faster = newHotspot(look.RadiusMedium, h, func() { h.act(ActSpeed) })
	return f
}

// pressed is what the round button does.
func (v Voice) pressed() Act {
	if v.Plays && v.Ready != ReadyWaiting {
		return ActPlay
	}
	return v.Ready.pressed()
}

// icon is what the round button shows.
func (v Voice) icon() look.IconName {
	switch v.Ready {
	case ReadyWaiting:
		return look.IconSave
	case ReadyFetching:
		return look.IconArrowDown
	case ReadyGone:
		return look.IconAlert
	}
	if v.Playing {
		return look.IconPause
	}
	return look.IconPlay
}

// voiceFigure draws a voice note: a disc that plays or opens it, how loud it is,
// how much was heard and how long it is; and, on the line of the time, how fast it
// plays.
type voiceFigure struct {
	data   Voice
	disc   *canvas.Circle
	glyph  iconImage
	bars   *fyne.Container
	seek   *seekBar
	length *inkLine
	spot   *hotspot
	speed  *chip
	faster *hotspot
}

func (f *voiceFigure) objects() []fyne.CanvasObject {
	all := []fyne.CanvasObject{f.disc, f.glyph.Image, f.bars, f.seek, f.length.box, f.spot}
	return append(append(all, f.speed.objects()...), f.faster)
}

func (f *voiceFigure) set(c Content, side Side) {
	v, ok := c.(Voice)
	if !ok {
		return
	}
	f.data = v
	ground, glyph := look.Primary, look.OnPrimary
	switch {
	case v.Ready == ReadyGone:
		ground, glyph = look.Fill, look.Text2
	case side == Ours:
		ground, glyph = look.Surface, look.Primary
	}
	fillCircle(f.disc, ground)
	f.glyph.set(v.icon(), glyph)
	f.length.set(v.Length, look.Text2)
	f.spot.SetTip(v.Tip)
	show(f.spot, v.Ready == ReadyHere || v.Ready == ReadyWaiting)
	show(f.seek, v.Plays && v.bars() > 0)
	f.paintBars()
	f.speed.text = v.Speed
	f.speed.paint()
	f.speed.setVisible(v.Speed != "")
	f.faster.SetTip(v.SpeedTip)
	show(f.faster, v.Speed != "")
}

// paintBars gives what was heard another colour.
func (f *voiceFigure) paintBars() {
	n := f.data.bars()
	for len(f.bars.Objects) < n {
		f.bars.Objects = append(f.bars.Objects, newRect())
	}
	for i, o := range f.bars.Objects {
		show(o, i < n)
		token := look.Control
		if float32(i)+0.5 < f.data.Played*float32(n) {
			token = look.Primary
		}
		if r, ok := o.(*canvas.Rectangle); ok {
			fill(r, token, barWidth/2)
		}
	}
}

func (f *voiceFigure) place(x, y, w, h float32) {
	box(f.disc, x, y, voiceDisc, voiceDisc)
	box(f.spot, x, y, voiceDisc, voiceDisc)
	f.glyph.mid(x+(voiceDisc-f.glyph.px)/2, y+h/2)
	left := x + voiceDisc + tileGap
	end := x + w - lengthGap - f.length.width()
	box(f.seek, left, y, max(0, min(end-left, barStep*float32(f.data.bars()))), h)
	for i, o := range f.bars.Objects {
		if i >= len(f.data.Peaks) {
			break
		}
		high := max(barLow, px(barHigh*float32(f.data.Peaks[i])/255))
		box(o, left, px(y+(h-high)/2), barWidth, high)
		show(o, left+barWidth <= end)
		left += barStep
	}
	f.length.mid(min(left-2+lengthGap, end+lengthGap), y+h/2+1)
}

// placeBesideTime puts the speed at the left of what stands there.
func (f *voiceFigure) placeBesideTime(right, mid float32) {
	high := f.speed.size().Height
	top := px(mid - high/2)
	f.speed.placeWide(right-speedWide, top, speedWide)
	box(f.faster, right-speedWide, top, speedWide, high)
}

// seekBar lies over the bars: a tap goes to that place.
type seekBar struct {
	widget.BaseWidget
	hooks Hooks
}

func newSeekBar(h Hooks) *seekBar {
	s := &seekBar{hooks: h}
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer implements fyne.Widget.
func (s *seekBar) CreateRenderer() fyne.WidgetRenderer {
	return drawNothing(s, func() fyne.Size { return fyne.Size{} })
}

// Tapped implements fyne.Tappable.
func (s *seekBar) Tapped(e *fyne.PointEvent) {
	if wide := s.Size().Width; s.hooks.Seek != nil && wide > 0 {
		s.hooks.Seek(min(1, max(0, e.Position.X/wide)))
	}
}

// TappedSecondary implements fyne.SecondaryTappable.
func (s *seekBar) TappedSecondary(e *fyne.PointEvent) {
	if s.hooks.Menu != nil {
		s.hooks.Menu(e.AbsolutePosition)
	}
}

// Cursor implements desktop.Cursorable.
func (s *seekBar) Cursor() desktop.Cursor { return desktop.PointerCursor }
