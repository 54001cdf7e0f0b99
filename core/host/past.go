package host

import (
	"context"
	"fmt"
	"time"

	"shopbell/core/autoreply"
	"shopbell/core/desk"
	"shopbell/core/learn"
	"shopbell/core/rulebench"
	"shopbell/core/staff"
	"shopbell/core/store"
)

var _ desk.PastChats = (*Host)(nil)

// pastSubject stands in the audit for all past chats.
const pastSubject = "past"

// PastChats implements desk.PastChats.
func (h *Host) PastChats(ctx context.Context, who desk.Actor) (kept desk.PastReport, err error) {
	if err := h.allow(ctx, who, staff.SeeRules, "past.see", pastSubject); err != nil {
		return kept, err
	}
	err = h.db.View(ctx, func(r *store.Reader) error {
		kept, err = r.Past()
		return err
	})
	return kept, fault(err)
}

// KeepPast implements desk.PastChats.
func (h *Host) KeepPast(ctx context.Context, who desk.Actor, chat string, messages []learn.Message) (added int, err error) {
	if err := h.allow(ctx, who, staff.EditRules, "past.keep", pastSubject); err != nil {
		return 0, err
	}
	if err := desk.CheckPast(chat, messages); err != nil {
		return 0, err
	}
	err = h.db.Update(ctx, func(tx *store.Tx) error {
		id, n, err := tx.KeepPast(chat, messages)
		if added = n; err != nil || n == 0 {
			return err
		}
		return tx.Audit(done(who, "past.keep", fmt.Sprintf("%s:%d", pastSubject, id)))
	})
	if err != nil {
		return 0, fault(err)
	}
	return added, nil
}

// ForgetPast implements desk.PastChats.
func (h *Host) ForgetPast(ctx context.Context, who desk.Actor) (was desk.PastReport, err error) {
	if err := h.allow(ctx, who, staff.EditRules, "past.forget", pastSubject); err != nil {
		return was, err
	}
	err = h.db.Update(ctx, func(tx *store.Tx) error {
		if was, err = tx.Past(); err != nil || was.Chats == 0 {
			return err
		}
		if err := tx.ForgetPast(); err != nil {
			return err
		}
		return tx.Audit(done(who, "past.forget", pastSubject))
	})
	if err != nil {
		return desk.PastReport{}, fault(err)
	}
	return was, nil
}

// BenchPast implements desk.PastChats.
func (h *Host) BenchPast(ctx context.Context, who desk.Actor, file *autoreply.File) (desk.RuleBench, error) {
	if err := h.allow(ctx, who, staff.SeeRules, "rules.bench", pastSubject); err != nil {
		return desk.RuleBench{}, err
	}
	var from, to time.Time
	r, err := h.bench(ctx, file, func(draft autoreply.File, ask func(rulebench.Question)) error {
		zone, err := time.LoadLocation(draft.Timezone)
		if err != nil {
			return err
		}
		return h.eachPast(ctx, func(chat []learn.Message) {
			for _, q := range learn.Questions(chat, zone) {
				if from.IsZero() || q.At.Before(from) {
					from = q.At
				}
				if q.At.After(to) {
					to = q.At
				}
				ask(q)
			}
		})
	})
	if err != nil {
		return desk.RuleBench{}, err
	}
	r.From, r.To = from, to
	return r, nil
}

// eachPast hands over the past chats. It looks after ctx between two.
func (h *Host) eachPast(ctx context.Context, read func([]learn.Message)) error {
	after := int64(0)
	for {
		var list []learn.Message
		if err := h.db.View(ctx, func(r *store.Reader) (err error) {
			after, list, err = r.PastChat(after)
			return err
		}); err != nil || after == 0 {
			return err
		}
		read(list)
	}
}
