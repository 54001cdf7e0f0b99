package kit

import (
	"testing"

	"fyne.io/fyne/v2"
)

func TestWhatStandsOut(t *testing.T) {
	golden(t, "marks", 300, 150, func() fyne.CanvasObject {
		area := NewAreaField(FieldWords{}, 3)
		area.SetText("Доставка за [? 2–5 дней] по стране, и [? две недели] за границу.")
		area.SetMarks([]Stretch{{12, 24}, {38, 52}})
		return fit(area, 260)
	})
	t.Run("has a ground on each line that it goes on to, and none elsewhere", func(t *testing.T) {
		start(t)
		all := underLines("aa bb cc dd", []Stretch{{3, 8}}, []string{"aa bb", "cc dd"}, Small, 10, 20)
		wide := func(text string) float32 { return Measure(text, Small) }
		want := []bounds{
			{10 + wide("aa "), 20, wide("aa bb") - wide("aa "), Small.Line()},
			{10, 20 + Small.Line(), wide("cc"), Small.Line()},
		}
		if len(all) != 2 || all[0] != want[0] || all[1] != want[1] {
			t.Errorf("they lie at %v, want %v", all, want)
		}
	})
	t.Run("has none in a field with more lines than are seen", func(t *testing.T) {
		start(t)
		area := NewAreaField(FieldWords{}, 2)
		window(t, area, 260, 100)
		area.SetText("[? a]\nb")
		area.SetMarks([]Stretch{{0, 5}})
		if n := len(area.underMarks(0, 0)); n != 1 {
			t.Fatalf("%d grounds", n)
		}
		area.SetText("[? a]\nb\nc")
		if n := len(area.underMarks(0, 0)); n != 0 {
			t.Errorf("%d grounds", n)
		}
	})
	t.Run("is marked whole across lines, and replaced by what is typed", func(t *testing.T) {
		start(t)
		area := NewAreaField(FieldWords{}, 3)
		w := window(t, area, 260, 100)
		area.SetText("one\n[? two\nthree] four")
		w.Canvas().Focus(area.Target())
		area.Select(Stretch{4, 17})
		if got := area.entry.SelectedText(); got != "[? two\nthree]" {
			t.Fatalf("marked is %q", got)
		}
		area.entry.TypedRune('x')
		if area.Text() != "one\nx four" || area.Caret() != 5 {
			t.Errorf("the text is %q, the caret at %d", area.Text(), area.Caret())
		}
	})
}
