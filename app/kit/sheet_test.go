package kit

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/app/look"
)

func sampleSheet() *Sheet {
	body := NewAreaField(FieldWords{Label: "Text", Placeholder: "What the customer reads over the list"}, 3)
	body.SetLimit(1024)
	body.SetText("Which size do you take?")
	button := NewTextField(FieldWords{Label: "Word that opens the list"})
	button.SetLimit(20)
	button.SetText("Choose your size, please")
	button.Set(FindingBad, "4 too many")
	row := NewTextField(FieldWords{Placeholder: "Row 1"})
	row.SetLimit(24)
	about := NewTextField(FieldWords{Placeholder: "Words below it"})
	about.SetLimit(72)
	slot := NewFileSlot(nothing)
	slot.Set(FileSlotData{Icon: look.IconPicture, Name: "A picture", Info: "Choose it, or drop it here", Choose: "Choose"})
	wrong := NewFileSlot(nothing)
	wrong.Set(FileSlotData{Icon: look.IconAlert, Name: "prices.pdf", Info: "This header takes a picture", Bad: true, Choose: "Choose another"})
	s := NewSheet(SheetWords{Icon: look.IconList, Title: "List", For: "for João Ferreira", Cancel: "Cancel", Send: "Send", SendKeys: "Ctrl+Enter"},
		fyne.NewSize(480, 430), NewStack(12, body, button, NewColumns(8, 120, row, about), slot, wrong))
	s.Set("", "Something is too long")
	return s
}

func TestSheetPicture(t *testing.T) {
	golden(t, "sheet", 480, 430, func() fyne.CanvasObject { return sampleSheet() })
}

func TestSheet(t *testing.T) {
	open := func(t *testing.T) (*Sheet, *int) {
		start(t)
		s := sampleSheet()
		sent := 0
		s.OnSend = func() { sent++ }
		window(t, s, 480, 430)
		return s, &sent
	}
	enter := Chord{Key: fyne.KeyReturn, Mod: fyne.KeyModifierShortcutDefault}
	t.Run("Ctrl+Enter sends what may be sent", func(t *testing.T) {
		s, sent := open(t)
		s.Set("It leaves at once", "")
		if !s.Pressed(enter) || *sent != 1 {
			t.Errorf("sent %d times", *sent)
		}
		if s.Pressed(Chord{Key: fyne.KeyReturn}) {
			t.Error("Enter alone is taken")
		}
	})
	t.Run("Tab goes through the fields to Send, and each comes into sight", func(t *testing.T) {
		start(t)
		var fields []fyne.CanvasObject
		var sheet *Sheet
		for range 9 {
			f := NewTextField(FieldWords{Label: "Row"})
			f.OnFocus = func() { sheet.Reveal(f) }
			fields = append(fields, f)
		}
		sheet = NewSheet(SheetWords{Title: "List", Cancel: "Cancel", Send: "Send"}, fyne.NewSize(480, 300), NewStack(10, fields...))
		w := window(t, sheet, 480, 300)
		sheet.Set("", "")
		for i, o := range fields {
			f, ok := o.(*Field)
			if !ok {
				t.Fatal("no field")
			}
			if i == 0 {
				w.Canvas().Focus(f.Target())
			} else {
				w.Canvas().FocusNext()
			}
			if w.Canvas().Focused() != f.Target() {
				t.Fatalf("at step %d the focus is on %T", i, w.Canvas().Focused())
			}
			y := fyne.CurrentApp().Driver().AbsolutePositionForObject(f).Y
			if y < sheetHead || y+f.Size().Height > 300-sheetFoot {
				t.Errorf("field %d stands at %v", i, y)
			}
		}
		for _, want := range []*Button{sheet.cancel, sheet.send} {
			w.Canvas().FocusNext()
			if w.Canvas().Focused() != want {
				t.Errorf("then the focus is on %T", w.Canvas().Focused())
			}
		}
	})
	t.Run("nothing is sent while something is wrong", func(t *testing.T) {
		s, sent := open(t)
		s.Pressed(enter)
		test.Tap(s.send)
		if *sent != 0 || s.Barred() != "Something is too long" {
			t.Errorf("sent %d times, barred %q", *sent, s.Barred())
		}
	})
}

func TestFieldLimit(t *testing.T) {
	start(t)
	f := NewTextField(FieldWords{Label: "Title"})
	f.SetLimit(5)
	window(t, f, 300, 60)
	t.Run("counts as WhatsApp does", func(t *testing.T) {
		f.SetText("ab😀")
		if f.Over() > 0 || f.counter.text != "4 / 5" {
			t.Errorf("over by %d, counter %q", f.Over(), f.counter.text)
		}
	})
	t.Run("keeps what is too long whole and says by how much", func(t *testing.T) {
		f.SetText(strings.Repeat("😀", 4))
		if f.Over() != 3 || f.Text() != "😀😀😀😀" || f.counter.text != "8 / 5" || f.counter.token != look.ErrorText {
			t.Errorf("over by %d with %q, counter %q", f.Over(), f.Text(), f.counter.text)
		}
	})
	t.Run("many lines take Enter, one line does not", func(t *testing.T) {
		area := NewAreaField(FieldWords{}, 3)
		window(t, area, 300, 90)
		area.entry.TypedKey(key(fyne.KeyReturn))
		f.SetText("")
		f.entry.TypedKey(key(fyne.KeyReturn))
		if area.Text() != "\n" || f.Text() != "" {
			t.Errorf("the area holds %q, the field %q", area.Text(), f.Text())
		}
	})
}
