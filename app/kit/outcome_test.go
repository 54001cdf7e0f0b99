package kit

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/app/look"
)

func sampleOutcome() OutcomeData {
	return OutcomeData{
		Good: true, Title: "Returns answers", Aside: "variant 1",
		Why: []Piece{{Text: "“"}, {"вернуть", true}, {Text: "” is a form of keyword "}, {"возврат", true}, {Text: "; “"}, {"малы", true}, {Text: "” is a keyword. Score 2."}},
	}
}

func sampleVerdicts() []Verdict {
	return []Verdict{
		{Icon: look.IconRoute, Said: []Piece{{Text: "goes to "}, {"Returns", true}, {Text: ": keyword "}, {"возврат", true}}},
		{Name: "Sizes", Said: []Piece{{Text: "1 word · "}, {"Returns", true}, {Text: " goes before it"}}},
		{Name: "Welcome", Said: []Piece{{Text: "not the first message"}}},
		{Name: "A rule with a rather long name of its own", Said: []Piece{{Text: "the customer got one a short while ago"}}},
	}
}

func TestTrialPictures(t *testing.T) {
	golden(t, "trial", 335, 420, func() fyne.CanvasObject {
		why := NewOutcome()
		why.Set(sampleOutcome())
		whole := NewOutcome()
		d := sampleOutcome()
		d.Title, d.Why, d.Text, d.Buttons = "Welcome answers", []Piece{{Text: "it is the first message"}}, "Hello! How can we help you today?", []string{"Delivery", "Talk to a person"}
		whole.Set(d)
		none := NewOutcome()
		none.Set(OutcomeData{Title: "No automatic reply", Why: []Piece{{Text: "3 automatic messages in 24 h are reached: a person answers now"}}})
		list := NewVerdicts()
		list.Set(sampleVerdicts())
		first, when := NewCondition("", nothing), NewCondition("", nothing)
		first.Set("First message: no")
		when.Set("Tue 14:01")
		c := NewStack(10, NewBar(first, when), why, whole, none, list)
		c.Fit(311)
		return sheet(wide(c, 311))
	})
}

func textOf(lines [][]Piece) string {
	var all []string
	for _, line := range lines {
		text := ""
		for _, p := range line {
			if p.Bold {
				text += "*" + p.Text + "*"
			} else {
				text += p.Text
			}
		}
		all = append(all, text)
	}
	return strings.Join(all, "|")
}

func TestWrapPieces(t *testing.T) {
	start(t)
	room := func(s string) float32 { return ceil(Measure(s, Font{Type: look.Small, Bold: true})) }
	for _, tt := range []struct {
		name   string
		pieces []Piece
		width  float32
		want   string
	}{
		{"what fits is one line", []Piece{{"one ", false}, {"two", true}}, 500, "one *two*"},
		{"a line ends between words, in the middle of a bold part too", []Piece{{"one ", false}, {"two three", true}, {" four", false}}, room("one two "), "one *two*|*three*|four"},
		{"a mark stays with the bold word before it", []Piece{{"aaaa bbbb ", false}, {"cccc", true}, {";", false}}, room("aaaa bbbb cc"), "aaaa bbbb|*cccc*;"},
		{"nothing of a word wider than the line is lost", []Piece{{"x ", false}, {"mmmmmm", true}}, room("mmmm"), "x|*mmmm*|*mm*"},
		{"nothing is no line", nil, 100, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := textOf(wrapPieces(tt.pieces, tt.width, look.Small)); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

func TestTrialWidgets(t *testing.T) {
	start(t)
	t.Run("a card that shows less than before leaves nothing behind", func(t *testing.T) {
		o := NewOutcome()
		d := sampleOutcome()
		d.Text, d.Buttons = "Hello", []string{"Yes"}
		o.Set(d)
		o.Fit(311)
		window(t, o, 311, o.MinSize().Height)
		tall := o.MinSize().Height
		d.Text, d.Buttons = "", nil
		o.Set(d)
		if o.MinSize().Height >= tall || o.strip.Visible() {
			t.Errorf("%v high after %v, strip shown: %v", o.MinSize().Height, tall, o.strip.Visible())
		}
	})
	t.Run("what has no room beside its name goes below it", func(t *testing.T) {
		v := NewVerdicts()
		v.Set(sampleVerdicts()[2:])
		v.Fit(250)
		if got, want := v.MinSize().Height, v.shape(v.lines[0]).height+v.shape(v.lines[1]).height; got != want || v.shape(v.lines[1]).beside || !v.shape(v.lines[0]).beside {
			t.Errorf("%v high, want %v", got, want)
		}
	})
	t.Run("a circumstance is changed by mouse and keyboard", func(t *testing.T) {
		count := 0
		c := NewCondition("Change it", func() { count++ })
		c.Set("First message: no")
		window(t, c, 0, 0)
		test.Tap(c)
		c.TypedKey(key(fyne.KeyReturn))
		if count != 2 {
			t.Errorf("pressed %d times", count)
		}
	})
}
