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
// shop's, and each is changed by itself. The words can be changed while it is off, too.
func (s *Screen) rating() fyne.CanvasObject {
	w := s.Words
	line := s.shops(w.T("settings.rating"), w.T("settings.rating_about"), func(ctx context.Context, on bool) error {
		return s.Shop.SetRatings(ctx, s.Who, on)
	})
	field := kit.NewTextField(kit.FieldWords{Label: w.T("settings.rating_text")})
	var save *kit.Button
	known, text := false, "" // as the desk had it last
	keep := func() {
		if !known || save.IsBusy() || field.Text() == text {
			return
		}
		if chat.Units(field.Text()) > chat.MaxInteractiveBody {
			field.Set(kit.FindingBad, w.T("settings.rating_long", locale.Args{"Limit": chat.MaxInteractiveBody}))
			s.page.Refresh()
			s.Focus(field.Target())
			return
		}
		save.SetBusy(true)
		typed := field.Text()
		var q desk.RatingQuestion
		s.Scope.Do(func(ctx context.Context) (err error) {
			if err = s.Shop.SetRatingText(ctx, s.Who, typed); err == nil {
				q, err = s.Shop.RatingQuestion(ctx, s.Who)
			}
			return err
		}, func(err error) {
			save.SetBusy(false)
			if err != nil {
				s.Say(w.Explain(err).String(), false)
				return
			}
			text = q.Text
			if field.Text() == typed {
				field.SetText(text) // without its blanks; an empty one is ours again
			}
			s.Say(w.T("settings.rating_saved"), true)
		})
	}
	field.OnSubmit = keep
	field.OnChanged = func() {
		if finding, _ := field.Status(); finding != kit.FindingNone {
			field.Set(kit.FindingNone, "")
			s.page.Refresh()
		}
	}
	save = s.soft("settings.rating_save", keep)
	save.SetDisabled(w.T("settings.loading"))
	var q desk.RatingQuestion
	s.Scope.Do(func(ctx context.Context) (err error) {
		q, err = s.Shop.RatingQuestion(ctx, s.Who)
		return err
	}, func(err error) {
		s.stands(line, q.On, err)
		if err != nil {
			save.SetDisabled(w.Explain(err).String())
			return
		}
		known, text = true, q.Text
		save.SetDisabled("")
		if field.Text() == "" { // else somebody types already
			field.SetText(text)
		}
	})
	return kit.NewStack(8, line, field, kit.NewBar(kit.NewParagraph(w.T("settings.rating_hint"), kit.Tiny, look.Text2), save))
}
