package look

import "math"

// Type is a text size of the design guide, in pixels at 100 %.
type Type float32

// The sizes that exist; there are no others.
const (
	Tiny   Type = 11 // time, hints, chips, table heads
	Small  Type = 12 // secondary, previews
	Body   Type = 13 // everything else; bold for names, card titles, buttons
	Title  Type = 16 // screen titles
	Large  Type = 20
	Figure Type = 28 // figures, the first start's title
)

// Size returns the text size of t at the present scale.
func (t Type) Size() float32 { return float32(t) * Scale() }

// Line returns the height of one line of t at the present scale, in whole
// pixels: 1.36 times the size (15, 16, 18, 22, 27 and 38 at 100 %).
func (t Type) Line() float32 { return round(float32(t) * 1.362 * Scale()) }

// Scale is the present text scale, 0.9 to 1.5.
func Scale() float32 { return present.Load().scale }

// Grow returns a height of the design guide at the present text scale. text is
// how much of the height is text; the rest (padding, borders) stays.
func Grow(height, text float32) float32 { return round(height + text*(Scale()-1)) }

// Spacing, radii and heights of the design guide that many widgets share.
const (
	RadiusSmall  float32 = 4  // tags, the tail corner of a bubble
	RadiusMedium float32 = 8  // buttons, inputs, rows in cards
	RadiusLarge  float32 = 12 // cards, bubbles, the composer

	Hairline  float32 = 1
	RingWidth float32 = 2 // keyboard focus
)

func round(v float32) float32 { return float32(math.Round(float64(v))) }
