package kit

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"shopbell/app/look"
)

func sampleGroups() []RuleGroup {
	return []RuleGroup{
		{Icon: look.IconWave, Title: "First contact", Aside: "hits, 7 days", Rows: []RuleRow{
			{Key: 1, Name: "Welcome", Text: "Greeting with 3 buttons", Count: "61", On: true}}},
		{Icon: look.IconKey, Title: "Keywords", Rows: []RuleRow{
			{Key: 2, Name: "Returns", Text: "17 keywords → Returns", Count: "48", On: true, Current: true, Unsaved: true},
			{Key: 3, Name: "Price and discounts for regular customers", Text: "6 keywords", Count: "12", On: true, Warn: "It never answers"},
			{Key: 4, Name: "Warranty", Text: "9 keywords · switched off", Count: "–"}}},
	}
}

func TestRulePictures(t *testing.T) {
	golden(t, "rule-list", 288, 300, func() fyne.CanvasObject {
		l := NewRuleList()
		l.SetGroups(sampleGroups())
		l.at = 3
		l.inner.ring(true)
		return wide(l, 288)
	})
	golden(t, "rule-editor", 560, 420, func() fyne.CanvasObject {
		words := NewWordBox("Add a word")
		words.SetWords([]string{"возврат", "вернуть", "обмен", "return", "refund", "exchange", "devolução", "не подошёл", "too small"})
		toggle := NewToggle("", nil)
		toggle.SetOn(true)
		numbers := NewNumbers(5, func(int) {})
		numbers.Set(3, 0, map[int]bool{2: true})
		area := NewAreaField(FieldWords{}, 3)
		area.SetLimit(256)
		area.SetText("Exchange and return within 14 days.")
		gauge, over := NewGauge(), NewGauge()
		data := GaugeData{Value: 170, Most: 256, From: 150, To: 200, Tick: 150, Good: true, Text: "150–200 is good. A notification on the phone shows the first 150: say there what matters."}
		gauge.Set(data)
		data.Value, data.Good = 270, false
		over.Set(data)
		sel := NewSelector(nil)
		sel.Set(look.IconStock, HueNone, "Check stock")
		dep := NewSelector(nil)
		dep.Set("", HuePlum, "Returns")
		dep.FocusGained()
		title := NewTextField(FieldWords{})
		title.SetText("Other size")
		title.SetLimit(20)
		save := NewButton("Save", Primary, nothing)
		save.SetKeys("Ctrl+S")
		return fit(NewStack(12, words, NewRun(8, Own(toggle), Own(numbers), Rest(NewLine("Variants take turns", Small, look.Text2), 100), Own(save)),
			area, gauge, over,
			NewRun(8, Own(NewGrip("", 36, nil)), Rest(title, 150), Wide(sel, 150), Own(dep), Own(NewIconButton(look.IconClose, "", nothing)))), 520)
	})
	golden(t, "ask", 500, 200, func() fyne.CanvasObject {
		return sheet(NewAsk("Save the changes?", "Two rules are changed and not saved. Customers are answered as before until you save.",
			Action{Text: "Save"}, Action{Text: "Discard"}, Action{Text: "Stay"}))
	})
}

func TestRuleList(t *testing.T) {
	type call struct{ key, before int }
	open := func(t *testing.T) (*RuleList, *[]call, *[]int) {
		t.Helper()
		start(t)
		l := NewRuleList()
		var moves []call
		var opened []int
		l.OnMove = func(key, before int) { moves = append(moves, call{key, before}) }
		l.OnOpen = func(key int) { opened = append(opened, key) }
		l.SetGroups(sampleGroups())
		window(t, l, 288, 400)
		return l, &moves, &opened
	}
	t.Run("the arrows walk over the groups and Enter opens", func(t *testing.T) {
		l, _, opened := open(t)
		l.inner.FocusGained()
		for _, k := range []fyne.KeyName{fyne.KeyHome, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn, fyne.KeyEnd, fyne.KeyReturn} {
			l.inner.TypedKey(key(k))
		}
		if !slices.Equal(*opened, []int{3, 4}) {
			t.Errorf("opened %v", *opened)
		}
	})
	t.Run("Alt and an arrow moves a row inside its group, and not out of it", func(t *testing.T) {
		l, moves, _ := open(t)
		l.at = 2
		for _, k := range []fyne.KeyName{fyne.KeyUp, fyne.KeyDown} {
			l.inner.TypedShortcut(&desktop.CustomShortcut{KeyName: k, Modifier: fyne.KeyModifierAlt})
		}
		l.at = 3
		l.inner.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyDown, Modifier: fyne.KeyModifierAlt})
		if want := []call{{2, 4}, {3, 0}}; !slices.Equal(*moves, want) {
			t.Errorf("moved %v, want %v", *moves, want)
		}
	})
	t.Run("a row dragged over another goes before it, and one dropped where it was stays", func(t *testing.T) {
		l, moves, _ := open(t)
		row := l.inner.rows[3] // Warranty, key 4
		pull := func(y float32) {
			row.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(60, y)}})
			row.DragEnd()
		}
		pull(-2*ruleRowHigh() + 3)
		pull(3)
		if want := []call{{4, 2}}; !slices.Equal(*moves, want) {
			t.Errorf("moved %v, want %v", *moves, want)
		}
	})
	t.Run("a row that becomes the current one comes into sight", func(t *testing.T) {
		l, _, _ := open(t)
		many := []RuleGroup{{Title: "Keywords"}}
		for key := 1; key <= 40; key++ {
			many[0].Rows = append(many[0].Rows, RuleRow{Key: key, Name: "Rule", Current: key == 38})
		}
		l.SetGroups(many)
		top := l.inner.rows[37].Position().Y
		if y := l.scroll.Offset.Y; top < y || top+ruleRowHigh() > y+l.scroll.Size().Height {
			t.Errorf("the row stands at %v, seen is from %v on", top, y)
		}
	})
	t.Run("Space and the switch switch, unless nothing can be changed", func(t *testing.T) {
		l, _, opened := open(t)
		var switched []bool
		l.OnSwitch = func(_ int, on bool) { switched = append(switched, on) }
		l.at = 4
		l.inner.TypedKey(key(fyne.KeySpace))
		l.inner.rows[0].Tapped(&fyne.PointEvent{Position: fyne.NewPos(20, 20)})
		l.SetFixed("Not yours")
		l.inner.TypedKey(key(fyne.KeySpace))
		if !slices.Equal(switched, []bool{true, false}) || len(*opened) != 0 {
			t.Errorf("switched %v, opened %v", switched, *opened)
		}
	})
}

func TestWordBox(t *testing.T) {
	open := func(t *testing.T) (*WordBox, *[]string) {
		t.Helper()
		start(t)
		b := NewWordBox("Add")
		var words []string
		b.OnAdd = func(text string) string {
			words = append(words, SplitWords(text)...)
			b.SetWords(words)
			return ""
		}
		b.OnRemove = func(i int) {
			words = slices.Delete(slices.Clone(words), i, i+1)
			b.SetWords(words)
		}
		window(t, b, 300, 100)
		return b, &words
	}
	typing := func(b *WordBox, text string) {
		for _, r := range text {
			b.entry.TypedRune(r)
		}
	}
	t.Run("Enter and a comma add what is typed", func(t *testing.T) {
		b, words := open(t)
		typing(b, "refund")
		b.entry.TypedKey(key(fyne.KeyReturn))
		typing(b, "not fit,")
		if !slices.Equal(*words, []string{"refund", "not fit"}) || b.Text() != "" {
			t.Errorf("words %q, typed %q", *words, b.Text())
		}
	})
	t.Run("a pasted list is split at its lines", func(t *testing.T) {
		b, words := open(t)
		clip := fyne.CurrentApp().Clipboard()
		clip.SetContent("refund\nnot fit\r\n; exchange,, ")
		b.entry.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clip})
		if !slices.Equal(*words, []string{"refund", "not fit", "exchange"}) {
			t.Errorf("words %q", *words)
		}
	})
	t.Run("Backspace in the empty place marks the last word first, then takes it out", func(t *testing.T) {
		b, words := open(t)
		typing(b, "a,b,")
		b.entry.TypedKey(key(fyne.KeyBackspace))
		if len(*words) != 2 {
			t.Fatalf("one key took a word: %q", *words)
		}
		b.entry.TypedKey(key(fyne.KeyBackspace))
		if !slices.Equal(*words, []string{"a"}) {
			t.Errorf("words %q", *words)
		}
	})
	t.Run("the cross takes a word out, and its letters do not", func(t *testing.T) {
		b, words := open(t)
		typing(b, "a,b,")
		b.Fit(300)
		chip := b.drawn[0]
		chip.Tapped(&fyne.PointEvent{Position: fyne.NewPos(4, 10)})
		if len(*words) != 2 {
			t.Fatal("the letters took it out")
		}
		chip.Tapped(&fyne.PointEvent{Position: fyne.NewPos(chip.Size().Width-10, 10)})
		if !slices.Equal(*words, []string{"b"}) {
			t.Errorf("words %q", *words)
		}
	})
}

func TestRun(t *testing.T) {
	t.Run("goes on in the next line where it has no room, and gives the rest away", func(t *testing.T) {
		start(t)
		a, b, c := NewLine("a", Body, look.Text), NewLine("b", Body, look.Text), NewLine("c", Body, look.Text)
		r := NewRun(10, Wide(a, 100), Rest(b, 50), Wide(c, 100))
		r.Fit(400)
		if b.Size().Width != 180 || c.Position().X != 300 {
			t.Errorf("the rest is %v, the last stands at %v", b.Size(), c.Position())
		}
		one := r.MinSize().Height
		r.Fit(200)
		if c.Position().Y <= b.Position().Y || r.MinSize().Height <= one {
			t.Errorf("it stays in one line: %v, %v", b.Position(), c.Position())
		}
	})
}

func TestNumbers(t *testing.T) {
	t.Run("the filled places can be chosen and the next, no further", func(t *testing.T) {
		start(t)
		var chosen []int
		n := NewNumbers(5, func(i int) { chosen = append(chosen, i) })
		n.Set(2, 1, nil)
		window(t, n, 200, 40)
		n.TypedKey(key(fyne.KeyLeft))
		n.TypedKey(key(fyne.KeyRight))
		n.Tapped(&fyne.PointEvent{Position: fyne.NewPos(150, 10)})
		if !slices.Equal(chosen, []int{0, 2}) {
			t.Errorf("chosen %v", chosen)
		}
	})
}

func TestGrip(t *testing.T) {
	t.Run("moves a row each time it is pulled by a row's height, and by keys", func(t *testing.T) {
		start(t)
		var moved []int
		g := NewGrip("", 30, func(by int) { moved = append(moved, by) })
		for _, dy := range []float32{20, 20, 25, -70} {
			g.Dragged(&fyne.DragEvent{Dragged: fyne.Delta{DY: dy}})
		}
		g.DragEnd()
		g.TypedKey(key(fyne.KeyUp))
		if !slices.Equal(moved, []int{1, 1, -1, -1, -1}) {
			t.Errorf("moved %v", moved)
		}
	})
}
