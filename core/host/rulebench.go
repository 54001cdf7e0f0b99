package host

import (
	"context"
	"slices"
	"time"

	"shopbell/core/autoreply"
	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/rulebench"
	"shopbell/core/staff"
	"shopbell/core/store"
)

// benchPage is how many questions are read at once: the file is not held for the
// whole run.
const benchPage = 2000

// BenchRules implements desk.Rules.
func (h *Host) BenchRules(ctx context.Context, who desk.Actor, file *autoreply.File, days int) (desk.RuleBench, error) {
	if err := h.allow(ctx, who, staff.SeeRules, "rules.bench", "rules"); err != nil {
		return desk.RuleBench{}, err
	}
	if !slices.Contains(desk.BenchDays, days) {
		return desk.RuleBench{}, &desk.Error{Code: desk.Invalid, Field: "days", Limit: slices.Max(desk.BenchDays)}
	}
	if file == nil {
		state, err := h.rulesAt(ctx, 0)
		if err != nil {
			return desk.RuleBench{}, err
		}
		file = &state.File
	}
	draft, err := checked(*file)
	if err != nil {
		return desk.RuleBench{}, rulesFault(err)
	}
	began, now := time.Now(), h.now()
	bench, err := rulebench.New(draft, rulebench.Facts{Now: now, Stock: h.shelf.levels.Level})
	if err != nil {
		return desk.RuleBench{}, rulesFault(err)
	}
	from := now.AddDate(0, 0, -days)
	if err := h.eachQuestion(ctx, from, now, bench.Ask); err != nil {
		return desk.RuleBench{}, fault(err)
	}
	return desk.RuleBench{Report: bench.Report(), From: from, To: now, Took: time.Since(began)}, nil
}

// eachQuestion hands over the first message of each conversation of a period. It
// looks after ctx between two.
func (h *Host) eachQuestion(ctx context.Context, from, to time.Time, ask func(rulebench.Question)) error {
	after := chat.ConversationID(0)
	for {
		var page []rulebench.Question
		if err := h.db.View(ctx, func(r *store.Reader) (err error) {
			page, err = r.Questions(from, to, after, benchPage)
			return err
		}); err != nil {
			return err
		}
		for _, q := range page {
			if err := ctx.Err(); err != nil {
				return err
			}
			ask(q)
		}
		if len(page) < benchPage {
			return nil
		}
		after = page[len(page)-1].Conversation
	}
}
