package settings

import (
	"context"

	"shopbell/app/kit"
)

// receipts is the switch of what customers see of their being read. It is the
// shop's and not this computer's, so the desk is asked how it stands, and it moves
// back where the desk refuses.
func (s *Screen) receipts() *kit.Switch {
	w := s.Words
	var line *kit.Switch
	line = kit.NewSwitch(w.T("settings.receipts"), w.T("settings.receipts_about"), func(on bool) {
		s.Scope.Do(func(ctx context.Context) error { return s.Shop.SetReceipts(ctx, s.Who, on) }, func(err error) {
			if err != nil {
				line.SetOn(!on)
				s.Say(w.Explain(err).String(), false)
			}
		})
	})
	var on bool
	s.Scope.Do(func(ctx context.Context) (err error) {
		on, err = s.Shop.Receipts(ctx, s.Who)
		return err
	}, func(err error) {
		if err != nil {
			line.SetDisabled(w.Explain(err).String())
			return
		}
		line.SetOn(on)
	})
	return line
}
