package desktest

import (
	"context"
	"time"

	"shopbell/core/autoreply"
	"shopbell/core/desk"
)

func (b *bench) benchingRules() {
	ctx := b.Context()
	b.saveRules(answering("alpha", "in force"))
	b.Write(b.T, 0, "is there bravo?")
	b.Forward(time.Hour)
	draft := answering("bravo", "a draft")
	for hits, file := range map[int]*autoreply.File{0: nil, 1: &draft} {
		r, err := b.Desk.BenchRules(ctx, b.Pedro, file, 7)
		b.want(err, "", "running the rules")
		if r.Questions != 1 || r.Answered != hits || len(r.Rules) != 1 || r.Rules[0].Hits != hits || r.To.Sub(r.From).Hours() < 6*24 {
			b.Errorf("the report is %+v, want %d hits", r, hits)
		}
	}
	_, err := b.Desk.BenchRules(ctx, b.Pedro, nil, 8)
	b.want(err, desk.Invalid, "a period that is not known")
	bad := answering("alpha", "")
	_, err = b.Desk.BenchRules(ctx, b.Pedro, &bad, 30)
	b.want(err, desk.Invalid, "an empty reply")
	ended, end := context.WithCancel(ctx)
	end()
	_, err = b.Desk.BenchRules(ended, b.Pedro, nil, 90)
	b.want(err, desk.Unavailable, "a call that is over")
}
