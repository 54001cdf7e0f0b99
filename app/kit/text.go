package kit

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
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
	var w float32
	for _, r := range runsOf(s) {
		w += r.width(f)
	}
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
	if Measure(s, f) <= width {
		return s
	}
	ends := clusterEnds(s)
	low, high := -1, len(ends)-1 // the largest index whose prefix fits
	for low < high {
		mid := low + (high-low+1)/2
		if Measure(strings.TrimRightFunc(s[:ends[mid]], unicode.IsSpace)+ellipsis, f) <= width {
			low = mid
		} else {
			high = mid - 1
		}
	}
	if low < 0 {
		return ""
	}
	return strings.TrimRightFunc(s[:ends[low]], unicode.IsSpace) + ellipsis
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
// word alone is wider than a line. Nothing is lost but the white space at a
// line's end. An empty s gives one empty line.
func Wrap(s string, width float32, f Font) []string {
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

func wrapParagraph(s string, width float32, f Font) []string {
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
		visible := Measure(strings.TrimRightFunc(segment, unicode.IsSpace), f)
		if line != "" && lineWidth+visible > width {
			flush()
		}
		for visible > width { // one word wider than the line
			head := prefixWithin(segment, width, f)
			lines = append(lines, head)
			segment = segment[len(head):]
			visible = Measure(strings.TrimRightFunc(segment, unicode.IsSpace), f)
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
	ends := clusterEnds(s)
	n := 1
	for n+1 < len(ends) && Measure(s[:ends[n+1]], f) <= width {
		n++
	}
	return s[:ends[n]]
}

// run is a stretch of text drawn with one font: letters, or emoji.
type run struct {
	text  string
	emoji bool
}

// runsOf splits s between letters and emoji, never inside a cluster (skin tones,
// flags, families and keycaps stay whole). Characters that no font draws
// (control characters, stray variation selectors) are left out.
func runsOf(s string) []run {
	if plain(s) {
		return []run{{text: s}}
	}
	var runs []run
	state := -1
	for rest := s; rest != ""; {
		var cluster string
		cluster, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		isEmoji := emojiCluster(cluster)
		if !isEmoji {
			cluster = drawable(cluster)
		}
		if n := len(runs); n > 0 && runs[n-1].emoji == isEmoji {
			runs[n-1].text += cluster
		} else {
			runs = append(runs, run{cluster, isEmoji})
		}
	}
	return runs
}

// plain reports whether s surely holds neither emoji nor characters to leave out.
func plain(s string) bool {
	for _, r := range s {
		if r < ' ' || r >= 0x2000 && !harmless(r) || r == 0xAD || r >= 0x7F && r < 0xA0 || r == 0xA9 || r == 0xAE {
			return false
		}
	}
	return true
}

// harmless are the characters past U+2000 that shop people type all the time.
func harmless(r rune) bool {
	switch r {
	case '–', '—', '‘', '’', '“', '”', '„', '…', '•', '→', '€', '№':
		return true
	}
	return false
}

// drawable drops what would be drawn as a box: controls, and the invisible
// characters that steer emoji and direction. A tab becomes a space.
func drawable(cluster string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t', r == '\n', r == '\r':
			return ' '
		case unicode.IsControl(r), r == 0xAD, r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E,
			r >= 0x2060 && r <= 0x206F, r >= 0xFE00 && r <= 0xFE0F, r == 0xFEFF:
			return -1
		}
		return r
	}, cluster)
}

// emojiCluster reports whether a cluster is shown as a colour picture: it is in
// the emoji planes, is a flag, or asks for it with U+FE0F.
func emojiCluster(cluster string) bool {
	if strings.ContainsRune(cluster, 0xFE0F) {
		return true
	}
	if strings.ContainsRune(cluster, 0xFE0E) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(cluster)
	switch {
	case r >= 0x1F1E6 && r <= 0x1F1FF, r >= 0x1F300 && r <= 0x1FAFF, r == 0x1F004, r == 0x1F0CF, r >= 0x1F18E && r <= 0x1F19A:
		return true
	}
	return strings.ContainsRune("⌚⌛⏩⏪⏫⏬⏰⏳◽◾☔☕♈♉♊♋♌♍♎♏♐♑♒♓♿⚓⚡⚪⚫⚽⚾⛄⛅⛎⛔⛪⛲⛳⛵⛺⛽✅✊✋✨❌❎❓❔❕❗➕➖➗➰➿⬛⬜⭐⭕", r)
}

func (r run) source() fyne.Resource {
	if r.emoji {
		return look.EmojiFont()
	}
	return nil
}

func (r run) width(f Font) float32 {
	if src := r.source(); src != nil {
		size, _ := fyne.CurrentApp().Driver().RenderedTextSize(r.text, f.Type.Size(), f.style(), src)
		return size.Width
	}
	return fyne.MeasureText(r.text, f.Type.Size(), f.style()).Width
}

// inkLine draws one line of text inside a widget: a canvas.Text for each run.
// The objects are reused, so a changed string makes nothing new as a rule.
type inkLine struct {
	box   *fyne.Container // give this to the renderer
	font  Font
	text  string
	token look.Token
	runs  []run
	x     []float32 // where each run begins; one more for the end
	scale float32
}

func newInk(f Font, token look.Token) *inkLine {
	return &inkLine{box: plainContainer(), font: f, token: token}
}

// set changes text and colour and repaints what changed.
func (l *inkLine) set(text string, token look.Token) {
	if text != l.text || l.scale != look.Scale() || l.x == nil {
		l.text, l.scale = text, look.Scale()
		l.shape()
	}
	l.token = token
	l.paint()
}

func (l *inkLine) setFont(f Font) {
	if f != l.font {
		l.font, l.x = f, nil
	}
}

// shape measures the runs and gives each its canvas.Text.
func (l *inkLine) shape() {
	l.runs = runsOf(l.text)
	l.x = append(l.x[:0], 0)
	for len(l.box.Objects) < len(l.runs) {
		l.box.Objects = append(l.box.Objects, canvas.NewText("", nil))
	}
	for i, o := range l.box.Objects {
		show(o, i < len(l.runs))
	}
	end := float32(0)
	for i, r := range l.runs {
		t := l.part(i)
		t.Text, t.TextSize, t.TextStyle, t.FontSource = r.text, l.font.Type.Size(), l.font.style(), r.source()
		// A box higher than the text would centre it, a fraction of a pixel lower.
		size := t.MinSize()
		y := float32(0)
		if t.FontSource != nil { // its ascent is a pixel less, and it is not lifted
			y = 1 + l.font.lift()
		}
		box(t, px(end), y, size.Width, size.Height)
		end += size.Width
		l.x = append(l.x, end)
	}
	l.box.Resize(fyne.NewSize(end, l.font.Line()))
}

func (l *inkLine) paint() {
	c := look.Now().Of(l.token)
	for i := range l.runs {
		t := l.part(i)
		t.Color = c
		t.Refresh()
	}
}

func (l *inkLine) part(i int) *canvas.Text {
	t, _ := l.box.Objects[i].(*canvas.Text)
	return t
}

func (l *inkLine) width() float32 {
	if len(l.x) == 0 {
		return 0
	}
	return l.x[len(l.x)-1]
}

// at puts the line's left upper corner on a whole pixel.
func (l *inkLine) at(x, y float32) { l.box.Move(fyne.NewPos(px(x), px(y)-l.font.lift())) }

// mid puts the line's left edge at x and centres its height on y.
func (l *inkLine) mid(x, y float32) { l.at(x, floor(y-l.font.Line()/2+0.49)) }

// rightMid ends the line at x.
func (l *inkLine) rightMid(x, y float32) { l.mid(x-floor(l.width()), y) }

// centre centres the line on x and y.
func (l *inkLine) centre(x, y float32) { l.mid(floor(x-l.width()/2+0.35), y) }

// plainContainer holds objects that stand where they are put.
func plainContainer(objects ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Objects: objects}
}
