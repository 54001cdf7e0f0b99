package kit

import (
	"fmt"
	"image/color"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"
)

// listOf shows n rows in a pane that has room for eight.
func listOf(t *testing.T, n int) (*ChatList, *[]int) {
	t.Helper()
	l := NewChatList()
	var opened []int
	l.OnOpen = func(i int) { opened = append(opened, i) }
	rows := make([]RowData, n)
	for i := range rows {
		rows[i] = RowData{Person: Person{"CU", uint64(i)}, Name: fmt.Sprint("customer ", i), Time: "14:00", Preview: "hello"}
	}
	l.SetRows(rows)
	window(t, l, 320, 8*RowHeight())
	return l, &opened
}

// ringed returns the index of the row that has the keyboard's ring, or -1.
func ringed(l *ChatList) int {
	for row, i := range l.inner.shown {
		if row.ringed && row.Visible() {
			return i
		}
	}
	return -1
}

func rowAt(l *ChatList, index int) *Row {
	for row, i := range l.inner.shown {
		if i == index {
			return row
		}
	}
	return nil
}

func TestChatList(t *testing.T) {
	start(t)
	t.Run("arrows move the place and open nothing, Enter opens", func(t *testing.T) {
		l, opened := listOf(t, 30)
		l.Target().FocusGained()
		if ringed(l) != 0 {
			t.Fatalf("the ring is on %d, want 0", ringed(l))
		}
		for _, k := range []fyne.KeyName{fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyUp} {
			l.Target().TypedKey(key(k))
		}
		if len(*opened) != 0 || ringed(l) != 2 {
			t.Errorf("opened %v, ring on %d", *opened, ringed(l))
		}
		l.Target().TypedKey(key(fyne.KeyReturn))
		if diff := cmp.Diff([]int{2}, *opened); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("the place stays inside the list and in sight", func(t *testing.T) {
		l, _ := listOf(t, 30)
		l.Target().FocusGained()
		l.Target().TypedKey(key(fyne.KeyUp))
		if ringed(l) != 0 {
			t.Errorf("above the first row the ring is on %d", ringed(l))
		}
		l.Target().TypedKey(key(fyne.KeyEnd))
		l.Target().TypedKey(key(fyne.KeyDown))
		if ringed(l) != 29 {
			t.Errorf("below the last row the ring is on %d", ringed(l))
		}
	})
	t.Run("losing the focus takes the ring away", func(t *testing.T) {
		l, _ := listOf(t, 3)
		l.Target().FocusGained()
		l.Target().FocusLost()
		if ringed(l) != -1 {
			t.Errorf("the ring is on %d", ringed(l))
		}
	})
	t.Run("a click opens each time and shows no ring", func(t *testing.T) {
		l, opened := listOf(t, 3)
		m := &mouse{root: l.wrapped}
		for range 2 {
			m.press(onRow(1))
			m.release(onRow(1))
		}
		if diff := cmp.Diff([]int{1, 1}, *opened); diff != "" || ringed(l) != -1 {
			t.Errorf("ring on %d, %s", ringed(l), diff)
		}
	})
	t.Run("a placeholder is not opened", func(t *testing.T) {
		l, opened := listOf(t, 1)
		l.SetRows([]RowData{{Loading: true}})
		m := &mouse{root: l.wrapped}
		m.press(onRow(0))
		m.release(onRow(0))
		l.Target().TypedKey(key(fyne.KeyReturn))
		if len(*opened) != 0 {
			t.Errorf("opened %v", *opened)
		}
	})
	t.Run("the end of the list asks for more", func(t *testing.T) {
		l, _ := listOf(t, 30)
		asked := 0
		l.OnNearEnd = func() { asked++ }
		l.inner.Refresh()
		if asked != 0 {
			t.Errorf("asked %d times at the top", asked)
		}
		l.ScrollTo(29)
		if asked == 0 {
			t.Error("not asked at the end")
		}
	})
	t.Run("a long list asks for no more rows than it shows", func(t *testing.T) {
		l, _ := listOf(t, 5)
		asked := map[int]bool{}
		l.ShowRows(10_000, func(i int) RowData {
			asked[i] = true
			return RowData{Name: fmt.Sprint("customer ", i)}
		})
		l.ScrollTo(7000)
		l.Renew()
		if len(asked) > 30 {
			t.Errorf("asked for %d rows, of which 8 are in sight", len(asked))
		}
	})
	t.Run("what became of a row is drawn with the next look at it", func(t *testing.T) {
		l, _ := listOf(t, 5)
		before, rows := rowAt(l, 1).data, l.Rows()
		l.SetRows(rows)
		rows[0] = RowData{Name: "Olga", Unread: 2}
		l.Renew()
		if got := rowAt(l, 0).data.Name; got != "Olga" {
			t.Errorf("row 0 shows %q", got)
		}
		if got := rowAt(l, 1).data; got != before {
			t.Errorf("row 1 became %+v", got)
		}
	})
	t.Run("a shorter list takes the place along", func(t *testing.T) {
		l, opened := listOf(t, 5)
		l.ScrollTo(4)
		l.SetRows(l.Rows()[:2])
		l.Target().TypedKey(key(fyne.KeyReturn))
		if diff := cmp.Diff([]int{1}, *opened); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("a row that is used again loses its hover", func(t *testing.T) {
		l, _ := listOf(t, 30)
		row := rowAt(l, 0)
		row.MouseIn(&desktop.MouseEvent{})
		l.inner.update(20, row)
		if row.hovered {
			t.Error("row 20 shows the hover of row 0")
		}
	})
	t.Run("unknown keys go to the hook", func(t *testing.T) {
		l, _ := listOf(t, 3)
		got := hook(t)
		l.Target().TypedKey(key(fyne.KeyEscape))
		if diff := cmp.Diff([]Chord{{Key: fyne.KeyEscape}}, *got); diff != "" {
			t.Error(diff)
		}
	})
}

func TestRow(t *testing.T) {
	start(t)
	crowded := RowData{
		Name: "Beatriz", Time: "13:50", Preview: "x", Wait: ToneLate, WaitText: "1 h 16 min",
		Department: "Quality and complaints", DepartmentHue: HueInfo, LockedBy: "Alexandra", Unread: 120,
	}
	for _, width := range []float32{320, 268} {
		t.Run(fmt.Sprintf("chips do not overlap at %v", width), func(t *testing.T) {
			r := NewRow()
			r.Set(crowded)
			window(t, r, width, RowHeight())
			wait := r.wait.ground.Position().X + r.wait.ground.Size().Width
			dep := r.department.ground.Position().X
			depEnd := dep + r.department.ground.Size().Width
			badge := r.unread.ground.Position().X
			lock := r.lockIcon.Position().X
			if dep < wait || lock < depEnd || lock+r.lockIcon.px > badge {
				t.Errorf("wait ends %v, tag %v to %v, lock %v, badge %v", wait, dep, depEnd, lock, badge)
			}
			if r.lock.box.Visible() && r.lock.box.Position().X+r.lock.width() > badge {
				t.Errorf("the holder's name runs into the badge")
			}
		})
	}
	t.Run("what is empty is not shown", func(t *testing.T) {
		r := NewRow()
		r.Set(RowData{Name: "Rui", Preview: "x"})
		window(t, r, 320, RowHeight())
		for name, o := range map[string]fyne.CanvasObject{
			"wait": r.wait.ground, "department": r.department.ground, "badge": r.unread.ground,
			"lock": r.lockIcon.Image, "preview icon": r.previewIcon.Image, "strip": r.strip,
		} {
			if o.Visible() {
				t.Errorf("%s is shown", name)
			}
		}
	})
	t.Run("an avatar is seen on the ground of every row", func(t *testing.T) {
		r := NewRow()
		window(t, r, 320, RowHeight())
		for seed := range uint64(len(avatarHues)) {
			for _, selected := range []bool{true, false} {
				r.Set(RowData{Person: Person{"RT", seed}, Name: "Rui", Selected: selected})
				if r.face.ground.FillColor == r.ground.FillColor {
					t.Errorf("seed %d, selected %v: both are %v", seed, selected, r.ground.FillColor)
				}
			}
		}
	})
	t.Run("a row that was a placeholder shows everything", func(t *testing.T) {
		r := NewRow()
		window(t, r, 320, RowHeight())
		r.Set(crowded)
		if !r.name.box.Visible() || !r.unread.ground.Visible() || r.blocks[0].Visible() {
			t.Errorf("name %v, badge %v, block %v", r.name.box.Visible(), r.unread.ground.Visible(), r.blocks[0].Visible())
		}
	})
}

func TestSearchField(t *testing.T) {
	start(t)
	s := NewSearchField("Search", "Ctrl+K")
	var typed []string
	submitted := 0
	s.OnChanged = func(text string) { typed = append(typed, text) }
	s.OnSubmit = func() { submitted++ }
	window(t, s, 259, 32)

	t.Run("each letter is told", func(t *testing.T) {
		test.Type(s.Target(), "an")
		if diff := cmp.Diff([]string{"a", "an"}, typed); diff != "" || s.entry.Text != "an" {
			t.Errorf("text %q, %s", s.entry.Text, diff)
		}
	})
	t.Run("a text that was set is gone on with", func(t *testing.T) {
		s.SetText("João")
		test.Type(s.Target(), " an")
		if s.entry.Text != "João an" {
			t.Errorf("text %q", s.entry.Text)
		}
	})
	t.Run("a text that has no room stays inside", func(t *testing.T) {
		long := NewSearchField("Search", "")
		w := window(t, container.NewWithoutLayout(long), 400, 32)
		long.Resize(fyne.NewSize(120, 32))
		beside := func() color.Color { return w.Canvas().Capture().At(200, 16) }
		empty := beside()
		long.SetText(strings.Repeat("▉", 40))
		if got := beside(); got != empty {
			t.Errorf("beside the field it is %v, was %v", got, empty)
		}
	})
	t.Run("Enter and Down go on to the list", func(t *testing.T) {
		s.Target().TypedKey(key(fyne.KeyReturn))
		s.Target().TypedKey(key(fyne.KeyDown))
		if submitted != 2 {
			t.Errorf("submitted %d times", submitted)
		}
	})
	t.Run("Esc empties it first and is passed on then", func(t *testing.T) {
		got := hook(t)
		s.Target().TypedKey(key(fyne.KeyEscape))
		if s.entry.Text != "" || len(*got) != 0 {
			t.Errorf("text %q, passed on %v", s.entry.Text, *got)
		}
		s.Target().TypedKey(key(fyne.KeyEscape))
		if diff := cmp.Diff([]Chord{{Key: fyne.KeyEscape}}, *got); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("chords go to the hook, editing stays in the field", func(t *testing.T) {
		got := hook(t)
		s.SetText("two words")
		field, ok := s.Target().(fyne.Shortcutable)
		if !ok {
			t.Fatal("the field takes no shortcuts")
		}
		field.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyE, Modifier: fyne.KeyModifierControl})
		field.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyLeft, Modifier: fyne.KeyModifierAlt})
		field.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyLeft, Modifier: fyne.KeyModifierControl})
		field.TypedShortcut(&fyne.ShortcutSelectAll{})
		want := []Chord{{fyne.KeyE, fyne.KeyModifierControl}, {fyne.KeyLeft, fyne.KeyModifierAlt}}
		if diff := cmp.Diff(want, *got); diff != "" || s.entry.SelectedText() != "two words" {
			t.Errorf("selected %q, %s", s.entry.SelectedText(), diff)
		}
	})
	t.Run("the key cap goes while the field has the focus", func(t *testing.T) {
		s.SetText("")
		s.Target().FocusGained()
		if s.keys.label.box.Visible() || !s.ring.Visible() {
			t.Errorf("key cap %v, ring %v", s.keys.label.box.Visible(), s.ring.Visible())
		}
		s.Target().FocusLost()
		if !s.keys.label.box.Visible() || s.ring.Visible() {
			t.Errorf("afterwards: key cap %v, ring %v", s.keys.label.box.Visible(), s.ring.Visible())
		}
	})
}
