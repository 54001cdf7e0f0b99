// Package kittest lists what a window shows, as its painter walks it. It is for
// tests of screens; its functions belong to the UI thread.
package kittest

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
)

// Inside are the objects that o is made of, in the order of painting.
func Inside(o fyne.CanvasObject) []fyne.CanvasObject {
	switch o := o.(type) {
	case *fyne.Container:
		return o.Objects
	case fyne.Widget:
		return test.WidgetRenderer(o).Objects()
	}
	return nil
}

// Shown lists what is shown of o: itself, and all below it, in the order of
// painting. What is hidden is left out with everything inside.
func Shown(o fyne.CanvasObject) []fyne.CanvasObject {
	if !o.Visible() {
		return nil
	}
	all := []fyne.CanvasObject{o}
	for _, i := range Inside(o) {
		all = append(all, Shown(i)...)
	}
	return all
}

// Of lists what is shown of o and is a T: all fields, all that can be tapped.
func Of[T any](o fyne.CanvasObject) []T {
	var all []T
	for _, s := range Shown(o) {
		if t, ok := s.(T); ok {
			all = append(all, t)
		}
	}
	return all
}

// Texts lists the texts that are shown, each as it is painted: cut, or one line of
// several.
func Texts(o fyne.CanvasObject) []string {
	var all []string
	for _, text := range Of[*canvas.Text](o) {
		all = append(all, text.Text)
	}
	return all
}

// Tappable lists what can be tapped and shows a text, the outermost first.
func Tappable(o fyne.CanvasObject, text string) []fyne.Tappable {
	var all []fyne.Tappable
	for _, s := range Shown(o) {
		if tap, ok := s.(fyne.Tappable); ok && slices.Contains(Texts(s), text) {
			all = append(all, tap)
		}
	}
	return all
}
