// Package kit holds Shopbell's own widgets. Fyne's cannot be given the design's
// sizes, colours and corners, so these are drawn from rectangles, texts and
// pictures.
//
// A widget shows plain data (strings, times already put into words, enums) and
// only calls back: it decides nothing, keeps no customer data beyond what it
// shows, and knows no package of the core. All of it belongs to Fyne's UI
// goroutine. Colours and sizes are read from app/look in Refresh, so a change of
// theme needs a Refresh only; a change of text size or language needs the
// content built anew.
//
// The sizes in this package are pixels at a text size of 100 % and come from the
// design guide. Texts, icons and lines stand on whole pixels, or they blur.
package kit

import (
	"math"

	"fyne.io/fyne/v2"
)

// Hue is a colour family of the design, for departments, avatars and cards.
type Hue uint8

// The families.
const (
	HueNone Hue = iota
	HueInfo
	HuePlum
	HuePrimary
	HueOk
	HueWarn
	HueError
	HueAccent
)

// DepartmentHue returns the colour of the nth department of a shop, counted from
// zero in the order in which they were made.
func DepartmentHue(n int) Hue {
	order := [...]Hue{HueInfo, HuePlum, HuePrimary, HueOk, HueWarn, HueError}
	if n < 0 {
		return HueNone
	}
	return order[n%len(order)]
}

// Dot is the state that the small round mark on one's own avatar shows.
type Dot uint8

// The states.
const (
	DotHidden Dot = iota
	DotOk
	DotWarn
	DotError
	DotOff
)

// Action is something that a person may do, in words, and what it calls.
type Action struct {
	Text string
	Do   func()
}

func px(v float32) float32    { return float32(math.Round(float64(v))) }
func ceil(v float32) float32  { return float32(math.Ceil(float64(v))) }
func floor(v float32) float32 { return float32(math.Floor(float64(v))) }

// box moves and resizes in one go.
func box(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}

// show sets the visibility of o, touching it only for a change.
func show(o fyne.CanvasObject, visible bool) {
	switch {
	case visible && !o.Visible():
		o.Show()
	case !visible && o.Visible():
		o.Hide()
	}
}
