package host

import (
	"context"
	"errors"
	"time"

	"shopbell/core/autoreply"
	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/staff"
	"shopbell/core/store"
)

var _ desk.Rules = (*Host)(nil)

// Rules implements desk.Rules.
func (h *Host) Rules(ctx context.Context, who desk.Actor) (desk.RulesState, error) {
	if err := h.allow(ctx, who, staff.SeeRules, "rules.see", "rules"); err != nil {
		return desk.RulesState{}, err
	}
	return h.rulesAt(ctx, 0)
}

// RulesAt implements desk.Rules.
func (h *Host) RulesAt(ctx context.Context, who desk.Actor, number int64) (desk.RulesState, error) {
	if err := h.allow(ctx, who, staff.SeeRules, "rules.see", "rules"); err != nil {
		return desk.RulesState{}, err
	}
	if number <= 0 {
		return desk.RulesState{}, desk.Errorf(desk.NotFound, "revision %d of the rules", number)
	}
	return h.rulesAt(ctx, number)
}

// rulesAt reads a revision of the rules; 0 is the one in force.
func (h *Host) rulesAt(ctx context.Context, number int64) (state desk.RulesState, err error) {
	err = h.db.View(ctx, func(r *store.Reader) error {
		state, err = readRules(r, number)
		return err
	})
	h.showPictures(&state)
	return state, fault(err)
}

func readRules(r *store.Reader, number int64) (state desk.RulesState, err error) {
	var b store.Rulebook
	if number == 0 {
		b, err = r.Rulebook()
	} else {
		b, err = r.RulebookAt(number)
	}
	if err != nil {
		return state, err
	}
	if b.Revision == 0 {
		state.File = autoreply.File{Version: autoreply.Version}
		return state, nil
	}
	if state.File, state.Warnings, err = autoreply.Parse(b.File); err != nil {
		return state, &desk.Error{Code: desk.Conflict, Err: err}
	}
	list, err := r.RuleRevisions()
	for _, v := range list {
		if v.Revision == b.Revision {
			state.RulesRevision = revisionOf(v)
		}
	}
	return state, err
}

func revisionOf(v store.RuleRevision) desk.RulesRevision {
	return desk.RulesRevision{Number: v.Revision, By: v.By, ByName: v.Name, At: v.At}
}

// showPictures fills in what the desk has of the pictures that the rules name.
func (h *Host) showPictures(state *desk.RulesState) {
	state.Pictures = map[string]chat.Media{}
	ready := *h.pictures.Load()
	for _, use := range state.File.Pictures() {
		if m, ok := ready[use.Name]; ok {
			state.Pictures[use.Name] = m
		} else if m, err := h.takePicture(use.Name); err == nil {
			state.Pictures[use.Name] = m
		}
	}
}

// RulesHistory implements desk.Rules.
func (h *Host) RulesHistory(ctx context.Context, who desk.Actor) (list []desk.RulesRevision, err error) {
	if err := h.allow(ctx, who, staff.SeeRules, "rules.see", "rules"); err != nil {
		return nil, err
	}
	err = h.db.View(ctx, func(r *store.Reader) error {
		all, err := r.RuleRevisions()
		for _, v := range all {
			list = append(list, revisionOf(v))
		}
		return err
	})
	return list, fault(err)
}

// SaveRules implements desk.Rules.
func (h *Host) SaveRules(ctx context.Context, who desk.Actor, file autoreply.File, revision int64) (state desk.RulesState, err error) {
	if err := h.allow(ctx, who, staff.EditRules, "rules.save", "rules"); err != nil {
		return state, err
	}
	if file, err = checked(file); err != nil {
		return state, rulesFault(err)
	}
	if err := missingPicture(h.o.DataDir, file); err != nil {
		return state, rulesFault(err)
	}
	var saved int64
	err = h.db.Update(ctx, func(tx *store.Tx) error {
		now, err := tx.Rulebook()
		if err != nil {
			return err
		}
		if now.Revision != revision {
			return desk.Errorf(desk.Conflict, "the rules were made from revision %d, and %d is in force", revision, now.Revision)
		}
		saved, err = storeRules(tx, file, done(who, "rules.save", "rules"))
		return err
	})
	if err != nil {
		return desk.RulesState{}, rulesFault(err)
	}
	after := context.WithoutCancel(ctx) // they are saved, whoever still waits for it
	if err := h.loadRules(after); err != nil {
		return desk.RulesState{}, fault(err)
	}
	return h.rulesAt(after, saved)
}

// checked holds a file that a screen made against the format, and names what is new
// in it.
func checked(f autoreply.File) (autoreply.File, error) {
	data, err := f.Marshal()
	if err != nil {
		return f, err
	}
	f, _, err = autoreply.Read(data, autoreply.File{}, false)
	return f, err
}

// rulesFault gives a fault of a rules file or a trial its code, and any other error
// what fault gives it.
func rulesFault(err error) error {
	if e, ok := errors.AsType[*autoreply.FileError](err); ok {
		return &desk.Error{Code: desk.Invalid, Field: e.Field, Limit: e.Limit, Err: e}
	}
	if e, ok := errors.AsType[*autoreply.TrialError](err); ok {
		return &desk.Error{Code: desk.Invalid, Field: e.Field, Limit: e.Limit, Err: e}
	}
	return fault(err)
}

// TryRules implements desk.Rules.
func (h *Host) TryRules(ctx context.Context, who desk.Actor, file *autoreply.File, t autoreply.Trial) (autoreply.Explanation, error) {
	if err := h.allow(ctx, who, staff.SeeRules, "rules.try", "rules"); err != nil {
		return autoreply.Explanation{}, err
	}
	if file == nil {
		state, err := h.rulesAt(ctx, 0)
		if err != nil {
			return autoreply.Explanation{}, err
		}
		file = &state.File
	}
	draft, err := checked(*file)
	if err != nil {
		return autoreply.Explanation{}, rulesFault(err)
	}
	book, err := autoreply.Compile(draft)
	if err != nil {
		return autoreply.Explanation{}, rulesFault(err)
	}
	if t.At.IsZero() {
		t.At = h.now()
	}
	if t.Shop == "" {
		t.Shop = h.o.Shop
	}
	t.Stock = withLevels(t.Stock, draft, h.shelf.levels.Level)
	e, err := book.Try(t)
	return e, rulesFault(err)
}

// withLevels adds to the levels of a trial the shop's own of the other articles that
// f names.
func withLevels(given map[string]int, f autoreply.File, own func(sku string) (level int, known bool)) map[string]int {
	all, named := map[string]int{}, map[string]bool{}
	for sku, level := range given {
		all[sku], named[desk.StockKey(sku)] = level, true
	}
	for _, sku := range f.Articles() {
		if level, known := own(sku); known && !named[desk.StockKey(sku)] {
			all[sku] = level
		}
	}
	return all
}

// RuleHits implements desk.Rules.
func (h *Host) RuleHits(ctx context.Context, who desk.Actor, since time.Time) (hits map[string]int, err error) {
	if err := h.allow(ctx, who, staff.SeeRules, "rules.see", "rules"); err != nil {
		return nil, err
	}
	err = h.db.View(ctx, func(r *store.Reader) error {
		hits, err = r.RuleHits(since)
		return err
	})
	return hits, fault(err)
}

// AnsweredAlone implements desk.Rules.
func (h *Host) AnsweredAlone(ctx context.Context, who desk.Actor, since time.Time) (share desk.AloneShare, err error) {
	if err := h.allow(ctx, who, staff.SeeRules, "rules.see", "rules"); err != nil {
		return share, err
	}
	err = h.db.View(ctx, func(r *store.Reader) error {
		share.Resolved, share.Alone, err = r.AnsweredAlone(since, h.now())
		return err
	})
	return share, fault(err)
}

// ExportRules implements desk.Rules.
func (h *Host) ExportRules(ctx context.Context, who desk.Actor) ([]byte, error) {
	if err := h.allow(ctx, who, staff.SeeRules, "rules.export", "rules"); err != nil {
		return nil, err
	}
	state, err := h.rulesAt(ctx, 0)
	if err != nil {
		return nil, err
	}
	data, err := state.File.Marshal()
	return data, fault(err)
}

// ReadRules implements desk.Rules.
func (h *Host) ReadRules(ctx context.Context, who desk.Actor, data []byte, merge bool) (desk.RulesState, error) {
	if err := h.allow(ctx, who, staff.EditRules, "rules.import", "rules"); err != nil {
		return desk.RulesState{}, err
	}
	state, err := h.rulesAt(ctx, 0)
	if err != nil {
		return desk.RulesState{}, err
	}
	if state.File, state.Warnings, err = autoreply.Read(data, state.File, merge); err != nil {
		return desk.RulesState{}, rulesFault(err)
	}
	h.showPictures(&state)
	return state, nil
}
