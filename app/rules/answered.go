package rules

import (
	"context"

	"shopbell/app/kit"
	"shopbell/app/live"
	"shopbell/app/look"
	"shopbell/core/desk"
)

// aloneDays is over how many days the foot of the list counts, and aloneGoal the
// share, in percent, that a shop wants (mission A11).
const (
	aloneDays = 30
	aloneGoal = 70
)

// answered stands below the list: the share of conversations that needed no person.
type answered struct {
	*Screen
	task  *live.Task[desk.AloneShare]
	share *kit.Line
	run   *kit.Run
}

func newAnswered(s *Screen) *answered {
	a := &answered{Screen: s, share: kit.NewLine("–", kit.SmallBold, look.Text)}
	about := kit.NewParagraph(s.Words.N("rules.answered_alone", aloneDays), kit.Small, look.Text2)
	a.run = kit.NewRun(0, kit.Own(kit.NewIconMark(look.IconBolt)), kit.Rest(about, 120), kit.Own(a.share))
	a.run.Hide()
	a.task = live.NewTask(s.Scope, nil, a.show)
	return a
}

func (a *answered) load() {
	since := a.Scope.Now().AddDate(0, 0, -aloneDays)
	a.task.Refresh(func(ctx context.Context) (desk.AloneShare, error) { return a.Desk.AnsweredAlone(ctx, a.Who, since) })
}

// show shows the share, "–" of nothing; it is left out where it cannot be had.
func (a *answered) show(is live.State[desk.AloneShare]) {
	visible(a.run, is.Phase == live.Ready || is.Phase == live.Stale)
	share := is.Value
	token := look.Text
	if share.Resolved > 0 && 100*share.Alone >= aloneGoal*share.Resolved {
		token = look.OkText
	}
	a.share.Set(a.Words.Percent(share.Alone, share.Resolved))
	a.share.SetToken(token)
	a.list.pane.Refresh()
}
