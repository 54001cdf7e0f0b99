package kit

import (
	"testing"

	"fyne.io/fyne/v2"
)

func samplePick(d PickData) *Pick {
	t := NewPick(func(bool) {})
	t.Set(d)
	return t
}

func TestPickPicture(t *testing.T) {
	golden(t, "pick", 420, 330, func() fyne.CanvasObject {
		focused := samplePick(PickData{Title: "Refund time", Aside: "asked 41 times", About: "деньги, reembolso, refund", Quote: "The money is back within 3–5 days.", Note: "Your answers differ: 3–5 and 7 days. Pick one."})
		focused.FocusGained()
		return fit(NewStack(14,
			samplePick(PickData{Title: "Delivery", Aside: "15 words", On: true,
				Quote: "Delivery takes [? 2–5 working days] and costs [? 5 €]; orders from [? 50 €] travel free. About a parcel on its way: send us your order number."}),
			focused,
			samplePick(PickData{Title: "In stock, with a name that is far too long for the line that it has got here", Aside: "12 words", On: true, Fixed: "A button of Delivery leads here"}),
			samplePick(PickData{Title: "Off hours", Fixed: "not now"})), 396)
	})
}

func TestPick(t *testing.T) {
	start(t)
	var told []bool
	k := NewPick(func(on bool) { told = append(told, on) })
	k.Set(PickData{Title: "Delivery", On: true})
	window(t, k, 300, 40)
	t.Run("a press takes the tick away and says so", func(t *testing.T) {
		k.Tapped(nil)
		if k.On() || len(told) != 1 || told[0] {
			t.Errorf("on %v, told %v", k.On(), told)
		}
	})
	t.Run("setting it does not call back", func(t *testing.T) {
		k.Set(PickData{Title: "Delivery", On: true})
		if !k.On() || len(told) != 1 {
			t.Errorf("on %v, told %v", k.On(), told)
		}
	})
	t.Run("one that is fixed stays as it is", func(t *testing.T) {
		k.Set(PickData{Title: "Delivery", On: true, Fixed: "a button leads here"})
		k.Tapped(nil)
		if !k.On() || len(told) != 1 {
			t.Errorf("on %v, told %v", k.On(), told)
		}
	})
}
