package kit

import (
	"slices"

	"fyne.io/fyne/v2"

	"shopbell/app/look"
)

// EditTable is a table with one column of numbers, the first that ends at the
// right, whose cells are edited in their place. It is one stop for Tab: Up, Down,
// Home and End move the keyboard's place. A click on a row, or Enter, edits it;
// then Enter saves and Esc does not. It stores nothing: its hooks do, and any of
// them may be nil.
type EditTable struct {
	Table
	// OnEdit is called for a row that a person wants to edit: call Edit.
	OnEdit func(row int)
	// OnSave gets what was typed: call Done, or Complain.
	OnSave func(text string)
	// OnRemove is called for Delete on a row, and for the button beside its field.
	OnRemove func(row int)
	// OnMove is called with the row that the keyboard has come to.
	OnMove func(row fyne.CanvasObject)

	at     int // the keyboard's place
	field  *Field
	remove *IconButton
	status *Status
}

// NewEditTable makes a table without rows. remove is the tooltip of the button that
// takes a row away.
func NewEditTable(remove string, columns ...TableColumn) *EditTable {
	t := &EditTable{field: NewField(FieldWords{}), status: NewStatus(FindingNone, "")}
	t.init(columns)
	t.remove = NewIconButton(look.IconTrash, remove, func() { t.takeAway(t.open) })
	t.onTap = t.edit
	t.field.entry.onKey = t.fieldKey
	t.field.OnChanged = func() { t.say(FindingNone, "") }
	t.field.Hide()
	t.remove.Hide()
	t.ExtendBaseWidget(t)
	return t
}

// SetReadOnly says that rows are only looked at.
func (t *EditTable) SetReadOnly() {
	t.onTap = nil
	t.Refresh()
}

// SetRows replaces the rows; the owner fits it anew. What is being typed stays
// with its row, and is given up where that is gone.
func (t *EditTable) SetRows(rows []TableRow) {
	find := func(at int) int {
		if at < 0 || at >= len(t.rows) {
			return -1
		}
		return slices.IndexFunc(rows, func(r TableRow) bool { return r.Key == t.rows[at].Key })
	}
	at, open := find(t.at), find(t.open)
	if at < 0 {
		at = max(0, min(t.at, len(rows)-1))
	}
	gone := t.open >= 0 && open < 0
	ringed := t.ringed >= 0
	t.rows, t.at, t.open, t.ringed = rows, at, open, -1
	if ringed {
		t.ringed = at
	}
	if gone {
		t.Done()
	}
	t.Refresh()
}

// Editing is the row that is edited; -1: none.
func (t *EditTable) Editing() int { return t.open }

// Typed is what stands in the field.
func (t *EditTable) Typed() string { return t.field.Text() }

// Edit puts a field in the place of a row's number, and the keyboard into it.
func (t *EditTable) Edit(row int, text string) {
	t.open, t.at = row, row
	t.field.SetText(text)
	t.field.entry.CursorColumn = len([]rune(text))
	t.say(FindingNone, "")
	t.field.Show()
	show(t.remove, t.OnRemove != nil)
	t.Refresh()
	t.focus(t.field.Target())
}

// Complain says under the row what is wrong with what was typed; the owner fits
// it anew.
func (t *EditTable) Complain(text string) {
	t.say(FindingBad, text)
	t.focus(t.field.Target())
}

// Done takes the field away, and gives the keyboard back to the row where the
// field had it; the owner fits it anew.
func (t *EditTable) Done() {
	had := t.field.focused
	t.open = -1
	t.say(FindingNone, "")
	t.field.Hide()
	t.remove.Hide()
	t.Refresh()
	if had {
		t.focus(t)
	}
}

func (t *EditTable) say(f Finding, text string) {
	t.field.Set(f, "")
	t.status.Set(f, text)
	t.Refresh()
}

func (t *EditTable) focus(target fyne.Focusable) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(t); c != nil {
		c.Focus(target)
	}
}

func (t *EditTable) edit(row int) {
	if row >= 0 && row < len(t.rows) && row != t.open && t.onTap != nil && t.OnEdit != nil {
		t.OnEdit(row)
	}
}

func (t *EditTable) takeAway(row int) {
	if row >= 0 && row < len(t.rows) && t.onTap != nil && t.OnRemove != nil {
		t.OnRemove(row)
	}
}

func (t *EditTable) fieldKey(e *fyne.KeyEvent) bool {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		if t.OnSave != nil {
			t.OnSave(t.field.Text())
		}
	case fyne.KeyEscape:
		t.Done()
	default:
		return false
	}
	return true
}

// FocusGained implements fyne.Focusable.
func (t *EditTable) FocusGained() { t.move(t.at) }

// FocusLost implements fyne.Focusable.
func (t *EditTable) FocusLost() {
	t.ringed = -1
	t.Refresh()
}

// TypedRune implements fyne.Focusable.
func (t *EditTable) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (t *EditTable) TypedKey(e *fyne.KeyEvent) {
	if to, ok := stepped(e.Name, t.at, editPage, len(t.rows)-1); ok {
		t.move(to)
		return
	}
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		t.edit(t.at)
	case fyne.KeyDelete:
		t.takeAway(t.at)
	default:
		passKey(e)
	}
}

// editPage is how many rows PageUp and PageDown go on: what scrolls is the page around
// the table, so no height tells it.
const editPage = 10

func (t *EditTable) move(to int) {
	if len(t.rows) == 0 {
		return
	}
	t.at = min(max(to, 0), len(t.rows)-1)
	t.ringed = t.at
	t.Refresh()
	if t.OnMove != nil {
		t.OnMove(t.all[t.at])
	}
}

// Fit implements Fitting.
func (t *EditTable) Fit(width float32) {
	t.status.Fit(max(0, width-2*tablePad))
	t.below = 0
	if t.open >= 0 && t.status.Visible() {
		t.below = t.status.MinSize().Height + 6
	}
}

// CreateRenderer implements fyne.Widget.
func (t *EditTable) CreateRenderer() fyne.WidgetRenderer {
	return draw(t, func() fyne.Size { return fyne.NewSize(0, t.high()) }, t.layout, t.paint, t.heads, t.edge, t.lines, t.field, t.remove, t.status)
}

func (t *EditTable) layout(size fyne.Size) {
	t.Fit(size.Width)
	t.Table.layout(size)
	column := slices.IndexFunc(t.columns, func(c TableColumn) bool { return c.Right })
	if t.open < 0 || column < 0 {
		return
	}
	top, cell := t.top(t.open), t.cells(size.Width)[column]
	high := t.field.MinSize().Height
	box(t.field, cell.x, top+px((tableRow()-high)/2), cell.wide, high)
	side := t.remove.MinSize()
	box(t.remove, cell.x+cell.wide+4, top+px((tableRow()-side.Height)/2), side.Width, side.Height)
	box(t.status, tablePad, top+tableRow()+2, size.Width-2*tablePad, t.status.MinSize().Height)
}
