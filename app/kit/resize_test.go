package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/app/look"
)

// Fyne lays everything out when the text size changes, before it is painted anew:
// a text has more lines then than were painted.
func TestAnotherTextSizeIsLaidOutBeforeItIsPainted(t *testing.T) {
	const text = "Some words that just so fill the width they have got here"
	pick := NewPick(func(bool) {})
	pick.Set(PickData{Title: "Name", Quote: text})
	said := newPhoneBubble(Hooks{})
	said.data = PhoneMessage{Text: text, Time: "14:01"}
	banner := NewBanner()
	banner.Set(BannerSame, text)
	for name, o := range map[string]fyne.Widget{
		"a banner":         banner,
		"a switch":         NewSwitch("Name", text, nil),
		"a card to choose": NewOptionCard(look.IconNote, "Name", text, nothing),
		"a toast":          newToast(Toast{Text: text}),
		"what is ticked":   pick,
		"a phone's bubble": said,
	} {
		t.Run(name, func(t *testing.T) {
			app := start(t)
			switch o := o.(type) {
			case Fitting:
				o.Fit(Measure(text, Small) + 2*wayPad + switchRoom)
			case *toast:
				o.fit(Measure(text, Body) + 2*toastPad + 1)
			}
			r := test.WidgetRenderer(o)
			r.Layout(o.MinSize())
			if err := look.Apply(app, look.Choice{Mode: look.Light, Percent: 150}); err != nil {
				t.Fatal(err)
			}
			before := o.MinSize().Height
			r.Layout(o.MinSize())
			o.Refresh()
			if after := o.MinSize().Height; after != before {
				t.Errorf("painted it is %v high, laid out %v", after, before)
			}
		})
	}
}
