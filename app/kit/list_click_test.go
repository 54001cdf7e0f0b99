package kit

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/google/go-cmp/cmp"

	"shopbell/app/kit/kittest"
)

// mouse clicks as Fyne's driver of the desktop does: what hears the mouse hears
// press and release; what is tapped, is when both hit it.
type mouse struct {
	root    fyne.CanvasObject
	pressed fyne.CanvasObject
}

func (m *mouse) press(at fyne.Position) {
	m.pressed = under(m.root, at)
	if o, ok := m.pressed.(desktop.Mouseable); ok {
		o.MouseDown(primaryAt(at))
	}
}

func (m *mouse) release(at fyne.Position) {
	o := under(m.root, at)
	if hears, ok := o.(desktop.Mouseable); ok {
		hears.MouseUp(primaryAt(at))
	}
	if tapped, ok := o.(fyne.Tappable); ok && o == m.pressed {
		tapped.Tapped(&fyne.PointEvent{AbsolutePosition: at})
	}
}

func primaryAt(at fyne.Position) *desktop.MouseEvent {
	return &desktop.MouseEvent{Button: desktop.MouseButtonPrimary, PointEvent: fyne.PointEvent{AbsolutePosition: at}}
}

// onRow is a place on a row of a list that is not scrolled.
func onRow(index int) fyne.Position { return fyne.NewPos(100, RowHeight()*(float32(index)+0.5)) }

// under is the innermost object at a position that a click is for.
func under(o fyne.CanvasObject, at fyne.Position) (hit fyne.CanvasObject) {
	at = at.Subtract(o.Position())
	if size := o.Size(); !o.Visible() || at.X < 0 || at.Y < 0 || at.X >= size.Width || at.Y >= size.Height {
		return nil
	}
	switch o.(type) {
	case fyne.Tappable, desktop.Mouseable:
		hit = o
	}
	for _, i := range kittest.Inside(o) {
		if deeper := under(i, at); deeper != nil {
			hit = deeper
		}
	}
	return hit
}

// The list is drawn anew at any time: a customer writes, somebody answers. What a
// person has pressed is what they get.
func TestClickWhileTheListChanges(t *testing.T) {
	start(t)
	people := func(seeds ...uint64) (rows []RowData) {
		for _, s := range seeds {
			rows = append(rows, RowData{Person: Person{"XX", s}, Name: fmt.Sprint("customer ", s)})
		}
		return rows
	}
	onSecond := onRow(1)
	for name, c := range map[string]struct {
		between func(l *ChatList)
		release fyne.Position
		want    []uint64
	}{
		"nothing changes":                                {func(*ChatList) {}, onSecond, []uint64{2}},
		"the list is drawn anew":                         {func(l *ChatList) { l.SetRows(people(1, 2, 3)) }, onSecond, []uint64{2}},
		"a customer comes in above":                      {func(l *ChatList) { l.SetRows(people(9, 1, 2, 3)) }, onSecond, []uint64{2}},
		"a customer above has his answer":                {func(l *ChatList) { l.SetRows(people(2, 3)) }, onSecond, []uint64{2}},
		"the last one has moved up from under the mouse": {func(l *ChatList) { l.SetRows(people(2)) }, onSecond, []uint64{2}},
		"all rows are made anew":                         {func(l *ChatList) { l.SetRows(nil); l.SetRows(people(1, 2, 3)) }, onSecond, []uint64{2}},
		"the customer goes":                              {func(l *ChatList) { l.SetRows(people(1, 3)) }, onSecond, nil},
		"the hand trembles":                              {func(*ChatList) {}, onSecond.AddXY(4, 4), []uint64{2}},
		"the mouse is taken to another row":              {func(*ChatList) {}, onSecond.AddXY(0, RowHeight()), nil},
	} {
		t.Run(name, func(t *testing.T) {
			l := NewChatList()
			var opened []uint64
			l.OnOpen = func(i int) { opened = append(opened, l.Rows()[i].Person.Seed) }
			l.SetRows(people(1, 2, 3))
			m := &mouse{root: window(t, l, 320, 8*RowHeight()).Content()}
			m.press(onSecond)
			c.between(l)
			m.release(c.release)
			if !slices.Equal(opened, c.want) {
				t.Error(cmp.Diff(c.want, opened))
			}
		})
	}
}
