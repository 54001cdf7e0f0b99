package host

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"sync"
	"sync/atomic"
	"time"

	"shopbell/core/autoreply"
	"shopbell/core/desk"
	"shopbell/core/staff"
	"shopbell/core/store"
)

// rulesEvery is how often a running desk looks whether another program (the
// command line) imported rules.
const rulesEvery = 250 * time.Millisecond

// errRefused is returned by loadRules for stored rules that this version cannot
// use.
var errRefused = errors.New("host: the stored rules cannot be used")

// rulesRead says what was read of the rules in the file.
type rulesRead struct {
	loading  sync.Mutex   // of who puts them in force
	revision atomic.Int64 // the last one read; written under loading
	broken   atomic.Bool  // it cannot be used: one before it is in force, or none
}

// openRules puts the rules of the file in force. A shop whose rules cannot be
// used opens all the same: people answer.
func (h *Host) openRules(ctx context.Context) error {
	err := h.loadRules(ctx)
	if errors.Is(err, errRefused) {
		h.log.Error("Nobody is answered automatically", "error", err)
		return nil
	}
	return err
}

// loadRules reads the rules of the file and puts them in force. After errRefused
// the ones before stay.
func (h *Host) loadRules(ctx context.Context) error {
	h.stored.loading.Lock()
	defer h.stored.loading.Unlock()
	var b store.Rulebook
	if err := h.db.View(ctx, func(r *store.Reader) (err error) {
		b, err = r.Rulebook()
		return err
	}); err != nil {
		return err
	}
	file, book, err := compiled(b)
	h.stored.revision.Store(b.Revision)
	if broken := err != nil; h.stored.broken.Swap(broken) != broken {
		h.feed.publish(desk.Event{Kind: desk.EventHealth})
	}
	if err != nil {
		return fmt.Errorf("%w: revision %d: %w", errRefused, b.Revision, err)
	}
	h.takePictures(file)
	h.rules.Store(book)
	return nil
}

func compiled(b store.Rulebook) (file autoreply.File, book *autoreply.Book, err error) {
	if b.Revision == 0 {
		return file, autoreply.Empty(), nil
	}
	if file, _, err = autoreply.Parse(b.File); err != nil {
		return file, nil, err
	}
	book, err = autoreply.Compile(file)
	return file, book, err
}

// watchRules takes up new rules, whoever stored them, until ctx ends.
func (h *Host) watchRules(ctx context.Context) error {
	return h.poll(ctx, rulesEvery, "Rules not loaded; the ones before stay in force", func(ctx context.Context) error {
		revision, err := h.db.RulesRevision(ctx)
		if err != nil || revision == h.stored.revision.Load() {
			return err
		}
		return h.loadRules(ctx)
	})
}

// imported is the audit entry of the command line, and of the first start.
var imported = staff.AuditEntry{Action: "rules.import", Subject: "rules", Allowed: true}

// ImportRules puts a rules file in force in a data folder, whether or not a desk
// has it open: a running desk takes it up at once. With merge it adds to the
// rules there are and overwrites those with the same id. All or nothing: an
// *autoreply.FileError names the rule, the field and the limit, and changes
// nothing. It makes the desk's file where there is none, and brings an older one
// up to date; ErrInUse where that is needed and another program has the folder.
// The pictures that the rules name are taken from beside, over older ones of the
// same names; beside may be nil where the shop has them all.
func ImportRules(ctx context.Context, dataDir string, data []byte, merge bool, beside fs.FS) (rules int, warnings []autoreply.Warning, err error) {
	file, warnings, err := autoreply.Parse(data)
	if err != nil {
		return 0, nil, err
	}
	err = change(ctx, dataDir, func(db *store.DB) error {
		// A fault is found before a picture is replaced, and pictures are there before
		// the rules that name them.
		if err := db.View(ctx, func(r *store.Reader) error { _, err := whole(r, file, merge); return err }); err != nil {
			return err
		}
		if err := importPictures(dataDir, file, beside); err != nil {
			return err
		}
		return db.Update(ctx, func(tx *store.Tx) error {
			result, err := whole(&tx.Reader, file, merge)
			if err != nil {
				return err
			}
			rules = len(result.Rules)
			_, err = storeRules(tx, result, imported)
			return err
		})
	})
	return rules, warnings, err
}

// whole is what the rules become by a file, checked.
func whole(r *store.Reader, file autoreply.File, merge bool) (result autoreply.File, err error) {
	if !merge {
		return checked(file)
	}
	if result, err = merged(r, file); err != nil {
		return result, err
	}
	return checked(result)
}

func merged(r *store.Reader, over autoreply.File) (autoreply.File, error) {
	b, err := r.Rulebook()
	if err != nil || b.Revision == 0 {
		return over, err
	}
	base, _, err := autoreply.Parse(b.File)
	if err != nil {
		return over, err
	}
	return base.Merge(over), nil
}

// storeRules stores a file that was checked, as the work of whom the entry names.
func storeRules(tx *store.Tx, f autoreply.File, entry staff.AuditEntry) (revision int64, err error) {
	data, err := f.Marshal()
	if err != nil {
		return 0, err
	}
	if revision, err = tx.SetRulebook(data, entry.Agent); err != nil {
		return 0, err
	}
	return revision, tx.Audit(entry)
}

// ExportRules returns the rules in force in a data folder as a rules file. A
// shop without rules gives an empty file that can be imported. It changes
// nothing, and may be called while a desk has the folder open. Errors:
// fs.ErrNotExist for a folder without a shop, store.ErrNewer, or one that says
// what to do about a file of an older Shopbell.
func ExportRules(ctx context.Context, dataDir string) (data []byte, err error) {
	found, err := standing(ctx, dataDir)
	if err != nil {
		return nil, err
	}
	if found.Rules.Revision == 0 {
		return autoreply.File{Version: 1}.Marshal()
	}
	return found.Rules.File, nil
}

// TryRules tells what the rules in force in a data folder would answer, and why. Of
// articles that t.Stock does not name the shop's own levels count.
// It changes nothing, and may be called while a desk has the folder open. Errors:
// those of ExportRules, *autoreply.FileError for rules that cannot be used, and
// *autoreply.TrialError.
func TryRules(ctx context.Context, dataDir string, t autoreply.Trial) (autoreply.Explanation, error) {
	data, err := ExportRules(ctx, dataDir)
	if err != nil {
		return autoreply.Explanation{}, err
	}
	file, _, err := autoreply.Parse(data)
	if err != nil {
		return autoreply.Explanation{}, err
	}
	book, err := autoreply.Compile(file)
	if err != nil {
		return autoreply.Explanation{}, err
	}
	articles, err := ListStock(ctx, dataDir, "")
	if err != nil {
		return autoreply.Explanation{}, err
	}
	levels := make(map[string]int, len(articles))
	for _, a := range articles {
		levels[desk.StockKey(a.SKU)] = a.Level
	}
	t.Stock = withLevels(t.Stock, file, func(sku string) (int, bool) {
		level, known := levels[desk.StockKey(sku)]
		return level, known
	})
	return book.Try(t)
}

// seedRules gives a new file its first rules.
func seedRules(ctx context.Context, db *store.DB, data []byte) error {
	return db.Update(ctx, func(tx *store.Tx) error {
		b, err := tx.Rulebook()
		if err != nil || b.Revision > 0 {
			return err
		}
		file, _, err := autoreply.Read(data, autoreply.File{}, false)
		if err != nil {
			return err
		}
		_, err = storeRules(tx, file, imported)
		return err
	})
}
