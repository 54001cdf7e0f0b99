package settings

import (
	"slices"
	"strings"
	"testing"

	"shopbell/app/locale"
)

func TestLicences(t *testing.T) {
	const module = "github.com/alecthomas/kong v1.17.0"
	s := open(t, &computer{}, locale.English, 1208, func(d *Deps) { d.Part = About })
	shows := func(text string) bool {
		return slices.ContainsFunc(s.texts(), func(shown string) bool { return strings.Contains(shown, text) })
	}
	if shows(module) {
		t.Fatal("the list is open from the beginning")
	}
	tap(t, s, "Show")
	if !shows(module) || !shows("fyne.io/fyne/v2") || shows("Alec Thomas") {
		t.Fatal("the list does not open, or shows the texts at once")
	}
	tap(t, s, module)
	if !shows("Alec Thomas") {
		t.Error("the licence does not open")
	}
	tap(t, s, module)
	if shows("Alec Thomas") {
		t.Error("the licence does not close")
	}
	tap(t, s, "Hide")
	if shows(module) {
		t.Error("the list does not close")
	}
}
