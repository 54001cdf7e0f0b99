package host

import (
	"context"
	"errors"
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
	to := h.now()
	from := to.AddDate(0, 0, -days)
	r, err := h.bench(ctx, file, func(_ autoreply.File, ask func(rulebench.Question)) error { return h.eachQuestion(ctx, from, to, ask) })
	if err != nil {
		return desk.RuleBench{}, err
	}
	r.From, r.To = from, to
	return r, nil
}

// bench asks a rules file, that in force where it is nil, what each hands over.
func (h *Host) bench(ctx context.Context, file *autoreply.File, each func(autoreply.File, func(rulebench.Question)) error) (desk.RuleBench, error) {
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
	began := time.Now()
	bench, err := rulebench.New(draft, rulebench.Facts{Now: h.now(), Stock: h.shelf.levels.Level})
	if err != nil {
		return desk.RuleBench{}, rulesFault(err)
	}
	if err := each(draft, bench.Ask); err != nil {
		return desk.RuleBench{}, fault(err)
	}
	return desk.RuleBench{Report: bench.Report(), Took: time.Since(began)}, nil
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

// FirstQuestions implements desk.Rules.
func (h *Host) FirstQuestions(ctx context.Context, who desk.Actor, ids []chat.ConversationID) (list []desk.FirstQuestion, err error) {
	if err := h.allow(ctx, who, staff.SeeConversations, "rules.bench", "rules"); err != nil {
		return nil, err
	}
	if len(ids) > rulebench.MaxChats {
		return nil, &desk.Error{Code: desk.Invalid, Field: "ids", Limit: rulebench.MaxChats}
	}
	err = h.db.View(ctx, func(r *store.Reader) error {
		for _, id := range ids {
			v, m, err := r.FirstQuestion(id)
			switch {
			case errors.Is(err, store.ErrNotFound):
			case err != nil:
				return err
			default:
				list = append(list, desk.FirstQuestion{Conversation: id, Contact: v.Contact, At: m.At, Kind: m.Kind, Text: m.Text})
			}
		}
		return nil
	})
	return list, fault(err)
}
