package rules

import (
	"context"

	"shopbell/app/kit"
	"shopbell/app/live"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/desk"
)

// shopMeter stands over the list: how much of what customers asked in the last days
// is answered, by how many words, and whether more are needed (mission A5). Without questions there is none.
type shopMeter struct {
	*Screen
	run   *live.Task[desk.RuleBench]
	line  *kit.Paragraph
	bar   *kit.WordMeter
	stack *kit.Stack
}

func newShopMeter(s *Screen) *shopMeter {
	m := &shopMeter{
		Screen: s, line: kit.NewParagraph("", kit.Tiny, look.Text2),
		bar: kit.NewWordMeter(usualFrom, usualTo, meterWords, "15", "20", s.Words.N("bench.words", meterWords)),
	}
	m.stack = kit.NewStack(6, m.line, m.bar)
	m.stack.Hide()
	m.run = live.NewTask(s.Scope, func(r desk.RuleBench) bool { return r.Questions == 0 }, m.show)
	return m
}

// load asks how the rules in force would have done.
func (m *shopMeter) load() {
	m.run.Refresh(func(ctx context.Context) (desk.RuleBench, error) {
		return m.Desk.BenchRules(ctx, m.Who, nil, benchDays)
	})
}

func (m *shopMeter) show(is live.State[desk.RuleBench]) {
	if is.Phase != live.Ready {
		m.stack.Hide()
		m.list.pane.Refresh()
		return
	}
	words, questions := is.Value.Meter, is.Value.Questions
	said := m.Words.N("bench.shop_meter", len(words.Frequent), locale.Args{"Share": m.Words.Percent(words.Answered, questions)})
	m.line.Set(said + " " + m.Words.T(meterAdvice(words, questions)))
	m.bar.Set(len(words.Frequent))
	if enough(words, questions) {
		m.bar.Hide()
	} else {
		m.bar.Show()
	}
	m.stack.Show()
	m.list.pane.Refresh()
}
