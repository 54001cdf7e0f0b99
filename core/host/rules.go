package host

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"shopbell/core/autoreply"
	"shopbell/core/staff"
	"shopbell/core/store"
)

// rulesEvery is how often a running desk looks whether another program (the
// command line) imported rules.
const rulesEvery = 250 * time.Millisecond

// openRules puts the rules of the file in force.
func (h *Host) openRules(ctx context.Context) error {
	_, err := h.loadRules(ctx)
	return err
}

func (h *Host) loadRules(ctx context.Context) (revision int64, err error) {
	var b store.Rulebook
	if err := h.db.View(ctx, func(r *store.Reader) error {
		b, err = r.Rulebook()
		return err
	}); err != nil {
		return 0, err
	}
	if b.Revision == 0 {
		h.rules.Store(autoreply.Empty())
		return 0, nil
	}
	file, _, err := autoreply.Parse(b.File)
	if err != nil {
		return b.Revision, fmt.Errorf("host: rules revision %d: %w", b.Revision, err)
	}
	book, err := autoreply.Compile(file)
	if err != nil {
		return b.Revision, fmt.Errorf("host: rules revision %d: %w", b.Revision, err)
	}
	h.rules.Store(book)
	return b.Revision, nil
}

// watchRules takes up new rules, whoever stored them.
func (h *Host) watchRules(ctx context.Context) error {
	tick := time.NewTicker(rulesEvery)
	defer tick.Stop()
	known, err := h.db.RulesRevision(ctx)
	if err != nil {
		return err
	}
	if _, err := h.loadRules(ctx); err != nil {
		return err
	}
	for {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return nil
		}
		revision, err := h.db.RulesRevision(ctx)
		if err == nil && revision != known {
			known = revision
			_, err = h.loadRules(ctx)
		}
		if err != nil && ctx.Err() == nil {
			h.log.Error("Rules not loaded; the ones before stay in force", "error", err)
		}
	}
}

// ImportRules puts a rules file in force in a data folder, whether or not a desk
// has it open: a running desk takes it up at once. With merge it adds to the
// rules there are and overwrites those with the same id. All or nothing: an
// *autoreply.FileError names the rule, the field and the limit, and changes
// nothing. It makes the desk's file where there is none.
func ImportRules(ctx context.Context, dataDir string, data []byte, merge bool) (rules int, warnings []autoreply.Warning, err error) {
	file, warnings, err := autoreply.Parse(data)
	if err != nil {
		return 0, nil, err
	}
	db, err := store.Open(ctx, filepath.Join(dataDir, store.FileName), store.Options{})
	if err != nil {
		return 0, nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	err = db.Update(ctx, func(tx *store.Tx) error {
		result := file
		if merge {
			if result, err = merged(tx, file); err != nil {
				return err
			}
		}
		rules = len(result.Rules)
		return storeRules(tx, result)
	})
	return rules, warnings, err
}

func merged(tx *store.Tx, over autoreply.File) (autoreply.File, error) {
	b, err := tx.Rulebook()
	if err != nil || b.Revision == 0 {
		return over, err
	}
	base, _, err := autoreply.Parse(b.File)
	if err != nil {
		return over, err
	}
	return base.Merge(over), nil
}

// storeRules checks the whole once more (a merge may break what each part kept)
// and stores it.
func storeRules(tx *store.Tx, f autoreply.File) error {
	data, err := f.Marshal()
	if err != nil {
		return err
	}
	if _, _, err := autoreply.Parse(data); err != nil {
		return err
	}
	if _, err := autoreply.Compile(f); err != nil {
		return err
	}
	if _, err = tx.SetRulebook(data, 0); err != nil {
		return err
	}
	return tx.Audit(staff.AuditEntry{Action: "rules.import", Subject: "rules", Allowed: true})
}

// ExportRules returns the rules in force in a data folder as a rules file. A
// shop without rules gives an empty file that can be imported.
func ExportRules(ctx context.Context, dataDir string) (data []byte, err error) {
	db, err := store.Open(ctx, filepath.Join(dataDir, store.FileName), store.Options{})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	var b store.Rulebook
	if err := db.View(ctx, func(r *store.Reader) error {
		b, err = r.Rulebook()
		return err
	}); err != nil {
		return nil, err
	}
	if b.Revision > 0 {
		return b.File, nil
	}
	return autoreply.File{Version: 1}.Marshal()
}

// seedRules gives a new file its first rules.
func seedRules(ctx context.Context, db *store.DB, data []byte) error {
	return db.Update(ctx, func(tx *store.Tx) error {
		b, err := tx.Rulebook()
		if err != nil || b.Revision > 0 {
			return err
		}
		file, _, err := autoreply.Parse(data)
		if err != nil {
			return err
		}
		return storeRules(tx, file)
	})
}
