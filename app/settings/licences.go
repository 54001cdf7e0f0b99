package settings

import (
	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/look"
	"shopbell/assets/licences"
)

// licences is the card of what others made of that which is built in: a list that
// opens, and in it each licence below its name.
func (s *Screen) licences() fyne.CanvasObject {
	w := s.Words
	var rows []fyne.CanvasObject
	for _, l := range licences.All() {
		text := kit.NewParagraph("", kit.Tiny, look.Text2)
		rows = append(rows, kit.NewTextButton(l.Of, func() {
			if text.Visible() {
				text.Set("")
			} else {
				text.Set(l.Of + "\n\n" + l.Text) // whole: the name above may be cut
			}
			s.page.Refresh()
		}), text)
	}
	list := kit.NewStack(6, rows...)
	list.Hide()
	var open *kit.Button
	open = s.soft("settings.licences_show", func() {
		setVisible(list, !list.Visible())
		key := "settings.licences_show"
		if list.Visible() {
			key = "settings.licences_hide"
		}
		open.SetText(w.T(key))
		s.page.Refresh()
	})
	return kit.NewPanel(w.T("settings.licences"), "", kit.NewStack(10,
		kit.NewBar(kit.NewParagraph(w.T("settings.licences_about"), kit.Small, look.Text2), open), list))
}
