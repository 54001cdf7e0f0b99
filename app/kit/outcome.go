package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// OutcomeData is what a trial of the rules came to.
type OutcomeData struct {
	Good  bool // something answers
	Title string
	Aside string  // at the right of the title: "variant 1"
	Why   []Piece // may be long
	// Text is what is answered, and Buttons the titles under it; empty where that is
	// seen elsewhere.
	Text    string
	Buttons []string
}

// Outcome is the card of what a trial of the rules came to.
type Outcome struct {
	widget.BaseWidget
	data    OutcomeData
	width   float32
	frame   frame
	sign    iconImage
	title   *pieceInks
	aside   *inkLine
	why     *pieceInks
	strip   *Ground
	text    *pieceInks
	buttons *pieceInks
}

// NewOutcome makes an empty card.
func NewOutcome() *Outcome {
	o := &Outcome{
		width: 300, frame: newFrame(), sign: newIcon(16), title: newPieceInks(), aside: newInk(Tiny, look.Text2),
		why: newPieceInks(), strip: NewGround(look.Border), text: newPieceInks(), buttons: newPieceInks(),
	}
	o.ExtendBaseWidget(o)
	return o
}

// Set shows something else; the owner fits it anew.
func (o *Outcome) Set(data OutcomeData) {
	o.data = data
	o.Refresh()
}

// Data is what is shown.
func (o *Outcome) Data() OutcomeData { return o.data }

// Fit implements Fitting.
func (o *Outcome) Fit(width float32) {
	o.width = width
	o.Refresh()
}

const (
	outcomePad   float32 = 13
	outcomeHead  float32 = 30 // to the first line below the title
	outcomeEnd   float32 = 9
	outcomeStrip float32 = 10 // from the strip to what was answered
)

// outcomeShape is where the parts of a card stand.
type outcomeShape struct {
	title, why, text, buttons       [][]Piece
	whyTop, textTop, buttonsTop, to float32
}

func (o *Outcome) shape() (s outcomeShape) {
	d, room := o.data, o.width-2*outcomePad
	aside := float32(0)
	if d.Aside != "" {
		aside = ceil(Measure(d.Aside, Tiny)) + 8
	}
	s.title = wrapPieces([]Piece{{Text: d.Title, Bold: true}}, room-o.sign.px-8-aside, look.Body)
	s.whyTop = look.Grow(outcomeHead, 18) + float32(max(0, len(s.title)-1))*Body.Line()
	s.why = wrapPieces(d.Why, room, look.Small)
	s.textTop = s.whyTop + float32(len(s.why))*Small.Line()
	s.to = s.textTop
	if d.Text == "" && len(d.Buttons) == 0 {
		return s
	}
	s.textTop += 6
	for _, line := range Wrap(d.Text, room-outcomeStrip, Small) {
		s.text = append(s.text, []Piece{{Text: line}})
	}
	s.buttonsTop = s.textTop + float32(len(s.text))*Small.Line()
	var titles []Piece
	for i, title := range d.Buttons {
		if i > 0 {
			titles = append(titles, Piece{Text: "  ·  "})
		}
		titles = append(titles, Piece{Text: title, Bold: true})
	}
	s.buttons = wrapPieces(titles, room-outcomeStrip, look.Small)
	s.to = s.buttonsTop + float32(len(s.buttons))*Small.Line()
	return s
}

// CreateRenderer implements fyne.Widget.
func (o *Outcome) CreateRenderer() fyne.WidgetRenderer {
	return draw(o, func() fyne.Size { return fyne.NewSize(0, o.shape().to+outcomeEnd) }, o.layout, o.paint,
		o.frame.outer, o.frame.inner, o.sign.Image, o.title.box, o.aside.box, o.why.box, o.strip, o.text.box, o.buttons.box)
}

func (o *Outcome) layout(size fyne.Size) {
	s := o.shape()
	o.frame.place(0, 0, size.Width, size.Height)
	mid := look.Grow(18, 12)
	o.sign.mid(outcomePad, mid)
	o.aside.rightMid(size.Width-outcomePad, mid)
	o.title.place(s.title, look.Body, look.Text, outcomePad+o.sign.px+8, floor(mid-Body.Line()/2+0.49))
	o.why.place(s.why, look.Small, look.Text2, outcomePad, s.whyTop)
	left := outcomePad + outcomeStrip
	o.text.place(s.text, look.Small, look.Text, left, s.textTop)
	o.buttons.place(s.buttons, look.Small, look.PrimaryText, left, s.buttonsTop)
	show(o.strip, s.to > s.whyTop+float32(len(s.why))*Small.Line())
	box(o.strip, outcomePad, s.textTop, 3, max(0, s.to-s.textTop))
}

func (o *Outcome) paint() {
	edge, sign, token := look.Border, look.IconAlert, look.WarnText
	if o.data.Good {
		edge, sign, token = look.Ok, look.IconDone, look.OkText
	}
	o.frame.paint(look.Surface, edge, look.RadiusLarge)
	o.sign.set(sign, token)
	o.aside.set(o.data.Aside, look.Text2)
	o.strip.Refresh()
}
