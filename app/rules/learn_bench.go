package rules

import (
	"context"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/core/autoreply"
	"shopbell/core/desk"
)

// newSource chooses what the bench runs over: this desk's chats, or those of the phone.
func newSource(b *bench) *kit.Segmented {
	source := kit.NewSegmented(func(i int) {
		b.phone = i == 1
		b.load()
	})
	source.SetLoose(true)
	return source
}

// showSource brings the choice up to date. It is there once the desk has chats of the
// phone; they have no periods.
func (b *bench) showSource() {
	b.source.Hide()
	b.period.Show()
	kept := b.learning.kept.State().Value
	if kept.Chats == 0 && !b.phone {
		return
	}
	current := 0
	if b.phone {
		current = 1
		b.period.Hide()
	}
	b.source.SetItems([]string{b.Words.T("learn.this_desk"), b.Words.T("learn.period") + " " + b.Words.Count(kept.Messages)}, current)
	b.source.Show()
}

// ask runs a rules file over what is chosen.
func (b *bench) ask(file autoreply.File) func(context.Context) (desk.RuleBench, error) {
	days := b.days
	if b.phone {
		return func(ctx context.Context) (desk.RuleBench, error) { return b.Desk.BenchPast(ctx, b.Who, &file) }
	}
	return func(ctx context.Context) (desk.RuleBench, error) { return b.Desk.BenchRules(ctx, b.Who, &file, days) }
}

// ranOver is the key of what the rules ran over.
func (b *bench) ranOver() string {
	if b.phone {
		return "learn.ran"
	}
	return "bench.ran"
}

// periodAsked says how many questions there were.
func (b *bench) periodAsked(n int) string {
	if b.phone {
		return b.Words.N("learn.of", n)
	}
	return b.Words.N("bench.of", n, locale.Args{"Days": b.Words.N("bench.of_days", b.days)})
}

// periodNever heads what answered nothing.
func (b *bench) periodNever() string {
	if b.phone {
		return b.Words.T("learn.never")
	}
	return b.Words.N("bench.never_in", b.days)
}

// bench runs all rules over the phone's chats.
func (l *learning) bench() {
	l.close()
	l.Screen.bench.phone = true
	l.Screen.bench.open()
}
