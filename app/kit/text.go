package kit

import (
	"sort"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"github.com/rivo/uniseg"

	"shopbell/app/look"
)

// Font is a text size and weight.
type Font struct {
	Type look.Type
	Bold bool
}

// The fonts in use.
var (
	Tiny      = Font{Type: look.Tiny}
	TinyBold  = Font{Type: look.Tiny, Bold: true}
	Small     = Font{Type: look.Small}
	SmallBold = Font{Type: look.Small, Bold: true}
	Body      = Font{Type: look.Body}
	BodyBold  = Font{Type: look.Body, Bold: true}
	Heading   = Font{Type: look.Title, Bold: true}
)

func (f Font) style() fyne.TextStyle { return fyne.TextStyle{Bold: f.Bold} }

// Line returns the height of one line of f.
func (f Font) Line() float32 { return f.Type.Line() }

// lift is how far the text begins above its line. The design was drawn by a
// browser, which rounds ascent (1.069 of the size) and descent (0.293) up: the
// text of 12 px, with a line of 16, is 17 high.
func (f Font) lift() float32 {
	size := f.Type.Size()
	return max(0, ceil(1.069*size-0.49)+ceil(0.293*size-0.49)-f.Line())
}

// ellipsis ends a text that was cut.
const ellipsis = "…"

// Measure returns the width of s on one line, in pixels, not rounded.
func Measure(s string, f Font) float32 {
	key := widthKey{s, f, look.Scale()}
	if w, ok := widths.get(key); ok {
		return w
	}
	var w float32
	for _, r := range runsOf(s) {
		w += r.width(f)
	}
	widths.put(key, w)
	return w
}

// Cut returns s if it fits into width, else as many whole letters (grapheme
// clusters) of it as fit together with "…". Where not even "…" fits it returns "".
func Cut(s string, width float32, f Font) string {
	key := cutKey{s, width, f, look.Scale()}
	if cut, ok := cuts.get(key); ok {
		return cut
	}
	cut := cutUncached(s, width, f)
	cuts.put(key, cut)
	return cut
}

func cutUncached(s string, width float32, f Font) string {
	start := startWider(s, width, f)
	if start == s && Measure(s, f) <= width {
		return s
	}
	ends := clusterEnds(start)
	shortened := func(i int) string { return strings.TrimRightFunc(s[:ends[i]], unicode.IsSpace) + ellipsis }
	over := sort.Search(len(ends), func(i int) bool { return Measure(shortened(i), f) > width })
	if over == 0 {
		return ""
	}
	return shortened(over - 1)
}

// startWider returns a beginning of s, in whole clusters, that is wider than width; all
// of s where none is. Whoever cuts looks at that alone: a customer's text may have
// thousands of letters.
func startWider(s string, width float32, f Font) string {
	for most := int(width/(narrowest*f.Type.Size())) + 64; most < len(s); most *= 2 {
		g, end := uniseg.NewGraphemes(s), 0
		for n := 0; n < most && g.Next(); n++ {
			_, end = g.Positions()
		}
		if end == len(s) {
			break
		}
		if Measure(s[:end], f) > width {
			return s[:end]
		}
	}
	return s
}

// CutStart is Cut that keeps the end: of a path the folder one stands in.
func CutStart(s string, width float32, f Font) string {
	if Measure(s, f) <= width {
		return s
	}
	starts := clusterEnds(s)[1:]
	shortened := func(i int) string { return ellipsis + strings.TrimLeftFunc(s[starts[i]:], unicode.IsSpace) }
	fits := sort.Search(len(starts), func(i int) bool { return Measure(shortened(i), f) <= width })
	if fits == len(starts) {
		return ""
	}
	return shortened(fits)
}

// clusterEnds returns the byte offset behind each grapheme cluster; the first
// entry is 0, so that an empty prefix is a choice.
func clusterEnds(s string) []int {
	ends := []int{0}
	g := uniseg.NewGraphemes(s)
	for g.Next() {
		_, to := g.Positions()
		ends = append(ends, to)
	}
	return ends
}

// Wrap breaks s into lines no wider than width. It breaks where the Unicode line
// breaking rules allow it, at every newline, and inside a word only when the
// word alone is wider than a line. A width below 0 counts as 0. Nothing is lost but the white space at a
// line's end. An empty s gives one empty line.
func Wrap(s string, width float32, f Font) []string {
	width = max(0, width)
	key := cutKey{s, width, f, look.Scale()}
	if lines, ok := wraps.get(key); ok {
		return lines
	}
	var lines []string
	for para := range strings.SplitSeq(strings.ReplaceAll(s, "\r\n", "\n"), "\n") {
		lines = append(lines, wrapParagraph(para, width, f)...)
	}
	wraps.put(key, lines)
	return lines
}

// narrowest is what no letter but a few is narrower than, as a part of its size: a
// text with more of them than fit a line is more than one.
const narrowest float32 = 0.25

func wrapParagraph(s string, width float32, f Font) []string {
	if float32(len(s))*narrowest*f.Type.Size() <= width && Measure(s, f) <= width {
		return []string{strings.TrimRightFunc(s, unicode.IsSpace)}
	}
	var lines []string
	line, lineWidth := "", float32(0)
	flush := func() {
		lines = append(lines, strings.TrimRightFunc(line, unicode.IsSpace))
		line, lineWidth = "", 0
	}
	state := -1
	for rest := s; rest != ""; {
		var segment string
		segment, rest, _, state = uniseg.FirstLineSegmentInString(rest, state)
		word := strings.TrimRightFunc(segment, unicode.IsSpace)
		visible := Measure(startWider(word, width, f), f)
		if line != "" && lineWidth+visible > width {
			flush()
		}
		for visible > width { // one word wider than the line
			head := prefixWithin(word, width, f)
			lines = append(lines, head)
			segment, word = segment[len(head):], word[len(head):]
			visible = Measure(startWider(word, width, f), f)
		}
		line += segment
		lineWidth += Measure(segment, f)
	}
	if line != "" || len(lines) == 0 {
		flush()
	}
	return lines
}

// prefixWithin returns as many whole clusters of s as fit, at least one.
func prefixWithin(s string, width float32, f Font) string {
	s = startWider(s, width, f)
	ends := clusterEnds(s)[1:]
	over := sort.Search(len(ends), func(i int) bool { return Measure(s[:ends[i]], f) > width })
	return s[:ends[max(0, over-1)]]
}
