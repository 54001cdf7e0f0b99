package kit

import (
	"image"
	"reflect"
	"slices"

	"fyne.io/fyne/v2"
)

// Content is what a message carries besides its text: a Picture, a File, a
// Voice, a Sticker, a Place, Contacts, an Order, an Ad or Listing.
type Content interface {
	// shape is how large it is where limit pixels lie between the paddings of a
	// bubble. captioned: the message has a text, too.
	shape(limit float32, captioned bool) contentShape
	// figure makes what draws it; the figure serves for any content of its type.
	figure(Hooks) figure
	same(Content) bool
}

// contentShape is the room of a content and how it stands in a bubble.
type contentShape struct {
	width, height     float32
	padX              float32 // beside the content
	padText           float32 // beside text, foot and time
	padTop, padBottom float32
	gap               float32 // to what stands below
	under             bool    // stands under the text, not over it
	beside            bool    // the text stands at its right
	bare              bool    // no bubble around it
	besideTime        float32 // what it needs on the line of the time, beside that
}

// figure draws a content. Its objects stand in the coordinates of the bubble.
type figure interface {
	objects() []fyne.CanvasObject
	// set takes a content of the figure's type and paints it.
	set(c Content, side Side)
	place(x, y, w, h float32)
}

// Hooks is what a bubble calls; any may be nil.
type Hooks struct {
	// Menu gets the absolute position of a secondary tap.
	Menu func(at fyne.Position)
	// Act gets what the person does with the content.
	Act func(Act)
	// Hover is told when the pointer comes to what can be pressed in the bubble, and
	// when it leaves that.
	Hover func(on bool)
	// Seek gets the place in a voice note that was tapped, from 0 to 1.
	Seek func(part float32)
	// Contact gets the place of the contact whose button was tapped, from 0.
	Contact func(place int)
	// Quoted is called for a tap on the quoted message.
	Quoted func()
	// Picture is asked for the picture of a Source, to fill width by height. It calls
	// show on the UI goroutine: at once, or later, or never where there is none.
	Picture func(source string, width, height float32, show func(image.Image))
}

func (h Hooks) act(a Act) {
	if h.Act != nil {
		h.Act(a)
	}
}

func sameContent(a, b Content) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	return a.same(b)
}

// sameType reports whether a figure of b can draw a.
func sameType(a, b Content) bool { return reflect.TypeOf(a) == reflect.TypeOf(b) }

// Ready is how far the file of a message is.
type Ready uint8

// The states of a file.
const (
	ReadyHere     Ready = iota
	ReadyWaiting        // a tap fetches it now
	ReadyFetching       // it is coming
	ReadyGone           // it cannot be had
)

// pressed is what a tap on the file does.
func (r Ready) pressed() Act {
	if r == ReadyWaiting {
		return ActFetch
	}
	return ActOpen
}

// Picture is a photo or a video.
type Picture struct {
	Source   string // what Hooks.Picture is asked for; empty: there is nothing to show
	Video    bool
	Length   string // of a video: "0:24"
	Ready    Ready
	Progress float32 // 0 to 1, of ReadyFetching
}

// File is a document.
type File struct {
	Type  string // up to four letters: "PDF"
	Hue   Hue
	Name  string
	Info  string // "2 pages · 184 KB"
	Ready Ready
	// OpenTip, SaveTip and FetchTip are the tooltips of the buttons; those that
	// are empty are left out.
	OpenTip, SaveTip, FetchTip string
}

// Voice is a voice note or another sound.
type Voice struct {
	Peaks  []uint8 // how loud it is, stretch by stretch; empty while it is not known
	Length string  // "0:42"; "0:17 / 0:42" once a part was heard
	Ready  Ready
	Tip    string // of the round button
	// Plays: the round button plays it, and a tap on the peaks goes to that place;
	// else it is opened.
	Plays   bool
	Playing bool
	Played  float32 // 0 to 1: how much was heard
	Speed   string  // "1.5×"; empty: there is nothing to choose now
	// SpeedTip is the tooltip of the speed.
	SpeedTip string
}

// Sticker is a picture without a bubble.
type Sticker struct {
	Source string
	Ready  Ready
}

// Place is a point on the map. Open is the word that opens it.
type Place struct {
	Title, Detail, Open string
}

// Contacts are people whom the customer passes on.
type Contacts struct{ People []Contact }

// Contact is one person.
type Contact struct {
	Person       Person
	Name, Detail string
	Do           string // on a button under them, which calls Hooks.Contact; empty: there is none
}

// Order is what a customer put together.
type Order struct {
	Title, Count string
	Lines        []OrderLine
	SumTitle     string
	Sum          string // empty where it cannot be said: several currencies
}

// OrderLine is one article.
type OrderLine struct{ Name, Quantity, Price string }

// Ad is the advertisement through which a customer came.
type Ad struct {
	Label, Title, Detail string
	Free                 string // "Replies are free …"; empty where they are not
	OpenTip              string // empty: it cannot be opened
}

// Listing are the rows of a list of ours.
type Listing struct{ Rows []ListingRow }

// ListingRow is one choice of a Listing.
type ListingRow struct {
	Title, Detail string
	Chosen        bool
}

func (p Picture) same(c Content) bool { return c == Content(p) }
func (f File) same(c Content) bool    { return c == Content(f) }
func (s Sticker) same(c Content) bool { return c == Content(s) }
func (p Place) same(c Content) bool   { return c == Content(p) }
func (a Ad) same(c Content) bool      { return c == Content(a) }

func (v Voice) same(c Content) bool {
	o, ok := c.(Voice)
	return ok && slices.Equal(v.Peaks, o.Peaks) && v.Length == o.Length && v.Ready == o.Ready && v.Tip == o.Tip &&
		v.Plays == o.Plays && v.Playing == o.Playing && v.Played == o.Played && v.Speed == o.Speed && v.SpeedTip == o.SpeedTip
}

func (c Contacts) same(o Content) bool {
	other, ok := o.(Contacts)
	return ok && slices.Equal(c.People, other.People)
}

func (o Order) same(c Content) bool {
	other, ok := c.(Order)
	return ok && slices.Equal(o.Lines, other.Lines) &&
		o.Title == other.Title && o.Count == other.Count && o.SumTitle == other.SumTitle && o.Sum == other.Sum
}

func (o Listing) same(c Content) bool {
	other, ok := c.(Listing)
	return ok && slices.Equal(o.Rows, other.Rows)
}
