package rules

import (
	"context"
	"time"

	"shopbell/app/locale"
	"shopbell/core/autoreply"
	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/learn"
	"shopbell/core/rulebench"
)

// phoneDays is the period of the bench that is no period: the chats of the phone.
const phoneDays = 0

// benchPast runs rules over questions of the phone's chats, on this computer: the desk
// never has them. What became of them in fact is not known.
func benchPast(ctx context.Context, file autoreply.File, past []learn.Pair, now time.Time) (desk.RuleBench, error) {
	out := desk.RuleBench{From: now, To: now}
	b, err := rulebench.New(file, rulebench.Facts{Now: now})
	if err != nil {
		return out, err
	}
	for _, p := range past {
		if err := ctx.Err(); err != nil {
			return out, err
		}
		if p.At.Before(out.From) {
			out.From = p.At
		}
		b.Ask(rulebench.Question{At: p.At, Kind: chat.KindText, Text: p.Question})
	}
	out.Report = b.Report()
	for i := range out.Conflicts {
		out.Conflicts[i].Conversations = nil // they are in no inbox
	}
	return out, nil
}

// periodName is what the bench runs over.
func (b *bench) periodName() string {
	if b.days == phoneDays {
		return b.Words.T("learn.period")
	}
	return b.Words.N("bench.days", b.days)
}

// periodAsked says how many questions there were.
func (b *bench) periodAsked(n int) string {
	if b.days == phoneDays {
		return b.Words.N("learn.of", n)
	}
	return b.Words.N("bench.of", n, locale.Args{"Days": b.Words.N("bench.of_days", b.days)})
}

// periodNever heads what answered nothing.
func (b *bench) periodNever() string {
	if b.days == phoneDays {
		return b.Words.T("learn.never")
	}
	return b.Words.N("bench.never_in", b.days)
}

// bench runs all rules over the chats that were read.
func (l *learning) bench() {
	l.close()
	l.Screen.bench.days = phoneDays
	l.Screen.bench.open()
}
