package kit

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// PhoneData is what is on a customer's phone.
type PhoneData struct {
	Name, About string         // the shop, and the small words under its name
	Messages    []PhoneMessage // of the chat, the oldest first
	// Locked shows the lock screen with the shop's last message instead of the chat.
	Locked bool
	// Clock and Date stand large on the lock screen; Now says when the message came.
	Clock, Date, Now string
	// Seen is how much of a message a lock screen shows, in UTF-16 units; what is
	// behind it is paler, and Hidden says so below. 0: all is seen.
	Seen   int
	Hidden string
}

// PhoneMessage is one message on a phone. The customer holds it: the shop's are at
// the left.
type PhoneMessage struct {
	Shop    bool
	Picture bool // there is one over the text
	// Source is what the phone's picture function is asked for; empty while the picture is not known.
	Source  string
	Text    string
	Marks   []Stretch // of Text, that stand out
	Time    string
	Buttons []PhoneButton
}

// PhoneButton is a button under a message.
type PhoneButton struct {
	Icon  look.IconName
	Title string
	// Tip is its tooltip, and Do what a press does; without Do it cannot be pressed.
	Tip string
	Do  func()
}

// Phone shows how a message looks on a customer's phone. It is as large as its
// MinSize, and in the middle of a wider place. A chat with more than it has room for
// scrolls, and stands at its end.
type Phone struct {
	widget.BaseWidget
	data PhoneData

	edge, body, screen *canvas.Rectangle
	head, headLine     *canvas.Rectangle
	back               iconImage
	disc               *canvas.Circle
	bell               *canvas.Image
	name, about        *inkLine
	clock, date        *inkLine
	chat               *phoneChat
	notice             *phoneNotice
	whole              *fyne.Container // of what has room, so that the wheel is the page's
	scroll             *container.Scroll
	clip               *container.ThemeOverride
}

// NewPhone makes a phone with nothing on it. picture is asked for pictures as
// Hooks.Picture is; nil: there are none.
func NewPhone(picture func(source string, width, height float32, show func(image.Image))) *Phone {
	p := &Phone{
		edge: newRect(), body: newRect(), screen: newRect(), head: newRect(), headLine: newRect(),
		back: newIcon(16), disc: &canvas.Circle{}, bell: &canvas.Image{FillMode: canvas.ImageFillContain},
		name: newInk(SmallBold, look.Text), about: newInk(Tiny, look.Text2),
		clock: newInk(Font{Type: look.Figure}, look.OnRail), date: newInk(Small, look.RailText),
		chat: newPhoneChat(Hooks{Picture: picture}), notice: newPhoneNotice(),
	}
	p.whole = plainContainer()
	p.scroll = container.NewVScroll(plainContainer())
	p.clip = container.NewThemeOverride(p.scroll, look.Bare())
	p.ExtendBaseWidget(p)
	return p
}

// Set shows something else.
func (p *Phone) Set(data PhoneData) {
	p.data = data
	p.chat.set(data.Messages)
	p.notice.set(data)
	p.Refresh()
}

// Sizes from the design guide's picture of the rules.
const (
	phoneWide   float32 = 260
	phoneHigh   float32 = 352
	phoneFrame  float32 = 6 // with its edge of 1
	phoneRadius float32 = 32
	phoneHead   float32 = 51
	phonePad    float32 = 10
	phoneDisc   float32 = 28
	// phoneFoot is what stays free at the lower end, where the corners are round.
	phoneFoot float32 = 12
	phoneLock float32 = 100 // the clock and the date over the notification
)

func phoneHeight() float32 { return look.Grow(phoneHigh, 160) }

// CreateRenderer implements fyne.Widget.
func (p *Phone) CreateRenderer() fyne.WidgetRenderer {
	return draw(p, func() fyne.Size { return fyne.NewSize(phoneWide, phoneHeight()) }, p.layout, p.paint,
		p.edge, p.body, p.screen, p.head, p.headLine, p.back.Image, p.disc, p.bell, p.name.box, p.about.box,
		p.clock.box, p.date.box, p.whole, p.clip)
}

func (p *Phone) layout(size fyne.Size) {
	wide, high := phoneWide, phoneHeight()
	from := px(max(0, size.Width-wide) / 2)
	box(p.edge, from, 0, wide, high)
	box(p.body, from+look.Hairline, look.Hairline, wide-2*look.Hairline, high-2*look.Hairline)
	left, inner := from+phoneFrame, wide-2*phoneFrame
	box(p.screen, left, phoneFrame, inner, high-2*phoneFrame)
	top := phoneFrame + p.layoutHead(left, inner)
	if p.data.Locked {
		top = phoneFrame + look.Grow(phoneLock, 54)
		mid := from + wide/2
		p.clock.centre(mid, phoneFrame+px((top-phoneFrame)*0.45))
		p.date.centre(mid, phoneFrame+px((top-phoneFrame)*0.72))
	}
	p.hold(left, top, inner, high-phoneFrame-phoneFoot-top)
}

// hold shows the chat or the notification in a place, as a whole where it has room.
func (p *Phone) hold(x, y, width, height float32) {
	var content fyne.CanvasObject = p.chat
	if p.data.Locked {
		content = p.notice
	}
	high := content.MinSize().Height
	fits := high <= height
	show(p.whole, fits)
	show(p.clip, !fits)
	if fits {
		p.scroll.Content = plainContainer()
		p.whole.Objects = []fyne.CanvasObject{content}
		box(p.whole, x, y, width, height)
		box(content, 0, 0, width, high)
		return
	}
	p.whole.Objects = nil
	p.scroll.Content = content
	box(p.clip, x, y, width, height)
	p.scroll.Refresh()
	p.scroll.ScrollToBottom()
	if p.data.Locked {
		p.scroll.ScrollToTop()
	}
}

// layoutHead places the chat's header and returns its height.
func (p *Phone) layoutHead(left, width float32) float32 {
	high := look.Grow(phoneHead, 31)
	box(p.head, left, phoneFrame, width, high)
	box(p.headLine, left, phoneFrame+high, width, look.Hairline)
	mid := phoneFrame + px(high*0.6)
	p.back.mid(left+11, mid)
	box(p.disc, left+36, mid-phoneDisc/2, phoneDisc, phoneDisc)
	const bell = 18
	box(p.bell, left+36+(phoneDisc-bell)/2, mid-bell/2, bell, bell)
	x := left + 36 + phoneDisc + 8
	room := left + width - phonePad - x
	p.name.set(Cut(p.data.Name, room, SmallBold), look.Text)
	p.name.mid(x, mid-px(Small.Line()/2))
	p.about.set(Cut(p.data.About, room, Tiny), look.Text2)
	p.about.mid(x, mid+px(Tiny.Line()/2))
	return high + look.Hairline
}

func (p *Phone) paint() {
	locked := p.data.Locked
	fill(p.edge, look.Control, phoneRadius)
	fill(p.body, look.Rail, phoneRadius-look.Hairline)
	ground := look.Bg
	if locked {
		ground = look.RailSoft
	}
	const inner = phoneRadius - phoneFrame
	fill(p.screen, ground, inner)
	fill(p.head, look.Surface, 0)
	p.head.TopLeftCornerRadius, p.head.TopRightCornerRadius = inner, inner
	fill(p.headLine, look.Border, 0)
	p.back.set(look.IconBack, look.Text2)
	fillCircle(p.disc, look.Primary)
	paintBell(p.bell)
	p.name.set(p.name.text, look.Text)
	p.about.set(p.about.text, look.Text2)
	p.clock.set(p.data.Clock, look.OnRail)
	p.date.set(p.data.Date, look.RailText)
	for _, o := range []fyne.CanvasObject{p.head, p.headLine, p.back.Image, p.disc, p.bell, p.name.box, p.about.box} {
		show(o, !locked)
	}
	show(p.clock.box, locked)
	show(p.date.box, locked)
	p.chat.Refresh()
	p.notice.Refresh()
}

// paintBell draws the shop's mark on a disc of Primary.
func paintBell(o *canvas.Image) {
	if res := look.Bell(look.BellBody, look.Rail, look.Accent); res != o.Resource {
		o.Resource = res
		o.Refresh()
	}
}
