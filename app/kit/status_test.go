package kit

import (
	"testing"

	"fyne.io/fyne/v2"

	"shopbell/app/look"
)

func TestAStatusStandsWhileTheTextGrows(t *testing.T) {
	start(t)
	s := NewStatus(FindingNone, "Greetings and off-hours replies do not count as answers")
	s.Fit(330)
	window(t, s, 330, 100)
	// Fyne lays out what is shown before its owner builds it anew.
	if err := look.Apply(fyne.CurrentApp(), look.Choice{Mode: look.Light, Percent: 150}); err != nil {
		t.Fatal(err)
	}
	if lines := len(s.wrapped()); lines < 2 {
		t.Errorf("%d lines", lines)
	}
}
