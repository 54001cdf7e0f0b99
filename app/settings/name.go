package settings

import (
	"context"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/desk"
)

// you is the card of who sits at this desk: the name that others see.
func (s *Screen) you() fyne.CanvasObject {
	w := s.Words
	field := kit.NewTextField(kit.FieldWords{Label: w.T("settings.name")})
	field.SetText(s.Who.Name)
	var save *kit.Button
	keep := func() {
		if save.IsBusy() || field.Text() == s.Who.Name {
			return
		}
		save.SetBusy(true)
		var name string
		s.Scope.Do(func(ctx context.Context) (err error) {
			name, err = s.Shop.SetOwnName(ctx, s.Who, field.Text())
			return err
		}, func(err error) {
			save.SetBusy(false)
			switch {
			case desk.CodeOf(err) == desk.Invalid:
				field.Set(kit.FindingBad, w.T("settings.name_fault", locale.Args{"Limit": desk.MaxAgentName}))
				s.page.Refresh()
				s.Focus(field.Target())
			case err != nil:
				s.Say(w.Explain(err).String(), false)
			default:
				s.Say(w.T("settings.name_saved", locale.Args{"Name": name}), true)
				s.Named(name)
			}
		})
	}
	field.OnSubmit = keep
	field.OnChanged = func() {
		if finding, _ := field.Status(); finding != kit.FindingNone {
			field.Set(kit.FindingNone, "")
			s.page.Refresh()
		}
	}
	save = s.soft("settings.name_save", keep)
	return kit.NewPanel(w.T("settings.you"), "", kit.NewStack(8, field,
		kit.NewBar(kit.NewParagraph(w.T("settings.name_about"), kit.Tiny, look.Text2), save)))
}
