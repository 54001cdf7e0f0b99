package settings

import (
	"context"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

// rating is whether customers are asked how it was, and with what words. Both are the
// shop's. The words can be changed while it is off, too.
func (s *Screen) rating() fyne.CanvasObject {
	w := s.Words
	var now desk.RatingQuestion // as the desk has it
	field := kit.NewTextField(kit.FieldWords{Label: w.T("settings.rating_text")})
	var save *kit.Button
	set := func(q desk.RatingQuestion, done func(), failed func()) {
		s.Scope.Do(func(ctx context.Context) (err error) {
			if err = s.Shop.SetRatingQuestion(ctx, s.Who, q); err == nil {
				q, err = s.Shop.RatingQuestion(ctx, s.Who)
			}
			return err
		}, func(err error) {
			if err != nil {
				failed()
				s.Say(w.Explain(err).String(), false)
				return
			}
			now = q
			done()
		})
	}
	var line *kit.Switch
	line = kit.NewSwitch(w.T("settings.rating"), w.T("settings.rating_about"), func(on bool) {
		set(desk.RatingQuestion{On: on, Text: now.Text}, func() {}, func() { line.SetOn(!on) })
	})
	keep := func() {
		if save.IsBusy() || field.Text() == now.Text {
			return
		}
		if chat.Units(field.Text()) > chat.MaxInteractiveBody {
			field.Set(kit.FindingBad, w.T("settings.rating_long", locale.Args{"Limit": chat.MaxInteractiveBody}))
			s.page.Refresh()
			s.Focus(field.Target())
			return
		}
		save.SetBusy(true)
		set(desk.RatingQuestion{On: now.On, Text: field.Text()}, func() {
			save.SetBusy(false)
			field.SetText(now.Text) // without its blanks; an empty one is ours again
			s.Say(w.T("settings.rating_saved"), true)
		}, func() { save.SetBusy(false) })
	}
	field.OnSubmit = keep
	field.OnChanged = func() {
		if finding, _ := field.Status(); finding != kit.FindingNone {
			field.Set(kit.FindingNone, "")
			s.page.Refresh()
		}
	}
	save = s.soft("settings.rating_save", keep)
	s.Scope.Do(func(ctx context.Context) (err error) {
		now, err = s.Shop.RatingQuestion(ctx, s.Who)
		return err
	}, func(err error) {
		if err != nil {
			line.SetDisabled(w.Explain(err).String())
			save.SetDisabled(w.Explain(err).String())
			return
		}
		line.SetOn(now.On)
		field.SetText(now.Text)
	})
	return kit.NewStack(8, line, field, kit.NewBar(kit.NewParagraph(w.T("settings.rating_hint"), kit.Tiny, look.Text2), save))
}
