package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Caret is where the next letter goes, in runes of the value.
func (f *Field) Caret() int { return f.entry.CursorTextOffset() }

// Select marks a stretch of the value: what is typed next replaces it. The field must
// have the keyboard.
func (f *Field) Select(s Stretch) {
	e := &f.entry.Entry
	f.SelectAll()
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft}) // lets go of what was marked before
	starts := rowStarts(e)
	e.CursorRow, e.CursorColumn = rowOf(starts, s.From)
	shift := &fyne.KeyEvent{Name: desktop.KeyShiftLeft}
	e.KeyDown(shift)
	e.CursorRow, e.CursorColumn = rowOf(starts, s.To-1)
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	e.KeyUp(shift)
}

// SetMarks lays a ground of its own under stretches of the value. While the value has
// more lines than are in sight there is none: what scrolls cannot be told from outside.
func (f *Field) SetMarks(marks []Stretch) {
	f.marks = marks
	f.Refresh()
}

// rowStarts are the runes at which the lines of an entry begin, as it has broken them.
func rowStarts(e *widget.Entry) (starts []int) {
	row, column := e.CursorRow, e.CursorColumn
	for e.CursorRow, e.CursorColumn = 0, 0; ; e.CursorRow++ {
		at := e.CursorTextOffset()
		if e.CursorRow > 0 && at <= starts[len(starts)-1] {
			break
		}
		starts = append(starts, at)
	}
	e.CursorRow, e.CursorColumn = row, column
	return starts
}

// rowOf is the line and the column of a rune.
func rowOf(starts []int, at int) (row, column int) {
	for row+1 < len(starts) && starts[row+1] <= at {
		row++
	}
	return row, at - starts[row]
}

// underMarks are the bounds of the marks in a box that stands at a point.
func (f *Field) underMarks(x, y float32) (all []bounds) {
	if len(f.marks) == 0 {
		return nil
	}
	e := &f.entry.Entry
	starts := rowStarts(e)
	if len(starts) > f.lines {
		return nil
	}
	row, column := e.CursorRow, e.CursorColumn
	for _, m := range f.marks {
		first, from := rowOf(starts, m.From)
		last, to := rowOf(starts, m.To-1)
		for r := first; r <= last; r++ {
			left, right := 0, to+1
			if r == first {
				left = from
			}
			if r < last {
				right = starts[r+1] - starts[r]
			}
			e.CursorRow, e.CursorColumn = r, left
			at := e.CursorPosition()
			e.CursorColumn = right
			all = append(all, bounds{x + at.X, y + at.Y, e.CursorPosition().X - at.X, Body.Line()})
		}
	}
	e.CursorRow, e.CursorColumn = row, column
	return all
}

// MouseUp implements desktop.Mouseable: a click that marked nothing is told to the owner.
func (e *entry) MouseUp(m *desktop.MouseEvent) {
	e.Entry.MouseUp(m)
	if e.onClick != nil && m.Button == desktop.MouseButtonPrimary && e.SelectedText() == "" {
		e.onClick()
	}
}
