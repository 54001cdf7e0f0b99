package kit

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"shopbell/app/kit/kittest"
	"shopbell/app/look"
)

func TestRailCounts(t *testing.T) {
	for _, percent := range []int{look.MinPercent, 100, 125, look.MaxPercent} {
		t.Run(fmt.Sprintf("leave most of the icon to see at %d %%", percent), func(t *testing.T) {
			startWith(t, look.Choice{Mode: look.Light, Percent: percent})
			for _, count := range []int{4, 12, 99, 250} {
				for _, narrow := range []bool{true, false} {
					r := sampleRail(narrow)
					r.SetBadge("inbox", count)
					window(t, r, r.MinSize().Width, 420)
					it := r.items[0]
					icon, at := it.glyph.Position(), it.badge.ground.Position()
					wide := icon.X + it.glyph.px - max(icon.X, at.X)
					high := at.Y + it.badge.size().Height - max(icon.Y, at.Y)
					if hidden := wide * high / (it.glyph.px * it.glyph.px); hidden > 0.4 || it.Position().X+icon.X < 0 || it.Position().X+at.X+it.badge.size().Width > r.Size().Width {
						t.Errorf("%d, narrow %v: %.0f %% of the icon at %v are hidden", count, narrow, 100*hidden, icon)
					}
				}
			}
		})
	}
}

// TestLongWords holds that words of another language at 150 % stand whole.
func TestLongWords(t *testing.T) {
	startWith(t, look.Choice{Mode: look.Light, Percent: 150})
	whole := func(t *testing.T, o fyne.CanvasObject, words ...string) {
		t.Helper()
		shown := kittest.Texts(o)
		for _, w := range words {
			if !slices.Contains(shown, w) {
				t.Errorf("%q is not among %q", w, shown)
			}
		}
	}
	t.Run("the rail widens for its words", func(t *testing.T) {
		r := NewRail([]RailItem{{ID: "a", Icon: look.IconChat, Label: "Чаты"}}, []RailItem{{ID: "b", Icon: look.IconGear, Label: "Настройки"}}, func(string) {})
		r.SetCurrent("b")
		r.SetMe("АК", "Без номера", DotOff, nothing)
		window(t, r, r.MinSize().Width, 600)
		whole(t, r, "Настройки", "Без номера")
		if r.SetNarrow(true); r.MinSize().Width != railNarrowWidth {
			t.Errorf("without words it is %v wide", r.MinSize().Width)
		}
	})
	t.Run("choices that have no room become smaller, and never touch", func(t *testing.T) {
		s := NewSegmented(func(int) {})
		s.SetItems([]string{"Мои 1", "Ждут 7", "Все 9", "Решённые"}, 2)
		window(t, s, s.MinSize().Width-8, s.MinSize().Height)
		for i := 1; i < len(s.inks); i++ {
			if end, next := s.inks[i-1].box.Position().X+s.inks[i-1].width(), s.inks[i].box.Position().X; next-end < 3 {
				t.Errorf("word %d begins %v after the one before", i, next-end)
			}
		}
		s.Resize(s.MinSize().AddWidthHeight(40, 0))
		if s.tight {
			t.Error("with room again they stay small")
		}
	})
	t.Run("a card breaks its title and its time, and keeps them inside", func(t *testing.T) {
		c := NewCard(CardData{Title: "Попробовать в песочнице", Text: "Коротко", Time: "10 минут, если ключи под рукой", Button: "Начать подключение"}, nothing)
		c.Fit(320)
		window(t, c, 320, c.MinSize().Height)
		for _, ink := range append(c.title.inks, c.time.inks...) {
			if right := ink.width() + cardPad + cardTime; ink.box.Visible() && right > 320 {
				t.Errorf("%q ends at %v", ink.text, right)
			}
		}
		whole(t, c, "Начать подключение")
	})
	t.Run("a list's title that has no room becomes smaller", func(t *testing.T) {
		p := NewPage(PageData{ListTitle: "Подключение WhatsApp"})
		window(t, p, 844, 700)
		whole(t, p, "Подключение WhatsApp")
	})
	t.Run("the steps of a list stand whole, the current one too", func(t *testing.T) {
		var steps []fyne.CanvasObject
		titles := []string{"Как приходят сообщения", "Como chegam as mensagens"}
		for i, title := range titles {
			s := NewStep(nothing)
			s.Set(StepData{Number: i + 1, Title: title, Current: i == 0})
			steps = append(steps, s)
		}
		p := NewPage(PageData{List: steps})
		window(t, p, 1208, 700)
		whole(t, p, titles...)
	})
	t.Run("a field's label stands whole, and its help becomes an icon that says it", func(t *testing.T) {
		f := NewField(FieldWords{Label: "ID номера телефона", Help: "Открыть страницу"})
		w := window(t, f, 260, f.MinSize().Height)
		whole(t, f, "ID номера телефона")
		if f.help.label.text != "" || f.help.tip != "Открыть страницу" {
			t.Errorf("the help shows %q and says %q", f.help.label.text, f.help.tip)
		}
		w.Resize(fyne.NewSize(500, f.MinSize().Height))
		whole(t, f, "ID номера телефона", "Открыть страницу")
	})
	t.Run("what stands beside a title keeps its first part whole", func(t *testing.T) {
		p := NewPage(PageData{Actions: []fyne.CanvasObject{NewButton("Сохранить и дальше", Plain, nothing)}})
		p.SetHeader("Ключи от Meta", "Шаг 1 из 4 · Сначала введите ключи от Meta")
		w := window(t, p, 1000, 700)
		whole(t, p, "Ключи от Meta", "Шаг 1 из 4")
		w.Resize(fyne.NewSize(860, 700))
		whole(t, p, "Ключи от Meta")
		if slices.ContainsFunc(kittest.Texts(p), func(text string) bool { return strings.HasPrefix(text, "Шаг") || text == ellipsis }) {
			t.Errorf("beside it stands a part: %q", kittest.Texts(p))
		}
	})
	t.Run("what has no room beside words goes below them", func(t *testing.T) {
		b := NewBar(NewStack(0, NewLine("Размер текста", Body, look.Text)), NewButton("90 % 100 % 110 % 125 % 150 %", Plain, nothing))
		b.Fit(420)
		whole(t, b, "Размер текста")
	})
}

func TestKeySheet(t *testing.T) {
	start(t)
	var lines []KeyLine
	for i := range 30 {
		lines = append(lines, KeyLine{Words: fmt.Sprint("Line ", i), Keys: "Ctrl+K"})
	}
	s := NewKeySheet("Keys", lines)
	l, _, _ := layered(t, NewGround(look.Bg), 500, 300)
	l.Dialog(s)
	for _, tt := range []struct {
		key  fyne.KeyName
		want float32
	}{
		{fyne.KeyUp, 0}, {fyne.KeyDown, sheetLine()}, {fyne.KeyHome, 0}, {fyne.KeyPageDown, s.scroll.Size().Height - sheetLine()},
		{fyne.KeyEnd, 30*sheetLine() - s.scroll.Size().Height},
	} {
		if used := l.Pressed(Chord{Key: tt.key}); !used || s.scroll.Offset.Y != tt.want {
			t.Errorf("after %s it stands at %v, want %v", tt.key, s.scroll.Offset.Y, tt.want)
		}
	}
	if l.Pressed(Chord{Key: fyne.KeyF6}) {
		t.Error("F6 has a meaning in it")
	}
}
