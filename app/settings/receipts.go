package settings

import (
	"context"

	"shopbell/app/kit"
)

// receipts is the switch of what customers see of their being read.
func (s *Screen) receipts() *kit.Switch {
	line := s.shops(s.Words.T("settings.receipts"), s.Words.T("settings.receipts_about"), func(ctx context.Context, on bool) error {
		return s.Shop.SetReceipts(ctx, s.Who, on)
	})
	var on bool
	s.Scope.Do(func(ctx context.Context) (err error) {
		on, err = s.Shop.Receipts(ctx, s.Who)
		return err
	}, func(err error) { s.stands(line, on, err) })
	return line
}

// shops is a switch that is the shop's and not this computer's: the desk is asked how
// it stands (stands), until then it cannot be moved, and it moves back where the desk
// refuses.
func (s *Screen) shops(title, about string, set func(ctx context.Context, on bool) error) *kit.Switch {
	var line *kit.Switch
	line = kit.NewSwitch(title, about, func(on bool) {
		s.Scope.Do(func(ctx context.Context) error { return set(ctx, on) }, func(err error) {
			if err != nil {
				line.SetOn(!on)
				s.Say(s.Words.Explain(err).String(), false)
			}
		})
	})
	line.SetDisabled(s.Words.T("settings.loading"))
	return line
}

// stands shows how a switch of the shop stands, or why nobody knows.
func (s *Screen) stands(line *kit.Switch, on bool, err error) {
	if err != nil {
		line.SetDisabled(s.Words.Explain(err).String())
		return
	}
	line.SetDisabled("")
	line.SetOn(on)
}
