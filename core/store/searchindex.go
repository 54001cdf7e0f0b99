package store

import (
	"context"
	"database/sql"
	"math"
	"slices"
	"strings"

	"shopbell/core/chat"
)

// searchVersion counts up when find.Tokens, words.Plain or what a thing is found by
// change (TestSearchVersion): then everything is read anew.
const searchVersion = 3

// SearchBatch is a good size for IndexSearch: a customer's message that comes meanwhile
// hardly waits for it (BenchmarkIndexSearch).
const SearchBatch = 100

// searched is a kind of thing that searches find. Its name is that of its table, and
// in the queue.
type searched string

const (
	searchMessage  searched = "message"
	searchPerson   searched = "person"
	searchPurchase searched = "purchase"
)

var allSearched = []searched{searchMessage, searchPerson, searchPurchase}

// table is where things of the kind stand.
func (k searched) table() string {
	if k == searchPerson {
		return "contact"
	}
	return string(k)
}

// searchState is how far the index is: what is below a mark is read, messages from low
// on.
type searchState struct {
	version, low int64
	marks        [3]int64 // in the order of allSearched
}

func (s searchState) mark(k searched) int64 { return s.marks[slices.Index(allSearched, k)] }

// searchState is what is kept of that.
func (r *Reader) searchState() (s searchState, err error) {
	err = r.row("SELECT version, low, high, person, purchase FROM search_state", nil,
		&s.version, &s.low, &s.marks[0], &s.marks[1], &s.marks[2])
	return s, err
}

// stale reports whether something was read by another version.
func (s searchState) stale() bool {
	nothing := s.low == s.marks[0] && s.marks[1] == 1 && s.marks[2] == 1
	return s.version != searchVersion && !nothing
}

// freshSearch is the state in which nothing is read.
func (r *Reader) freshSearch() (searchState, error) {
	s := searchState{version: searchVersion, marks: [3]int64{1, 1, 1}}
	err := r.row("SELECT coalesce(max(id), 0) + 1 FROM message", nil, &s.low)
	s.marks[0] = s.low
	return s, err
}

func (tx *Tx) saveSearchState(s searchState) error {
	_, err := tx.exec("UPDATE search_state SET version = ?, low = ?, high = ?, person = ?, purchase = ?",
		s.version, s.low, s.marks[0], s.marks[1], s.marks[2])
	return err
}

// A filing is what one thing is found by; without tokens it is not found.
type filing struct {
	id      int64
	changes int64 // of its row in the queue; 0 where it has none
	tokens  []string
}

// searchWork is one batch: read from a snapshot, with nobody waiting, and then stored.
type searchWork struct {
	batch    int
	was, now searchState
	filings  map[searched][]filing
}

// IndexSearch reads up to batch messages, persons and orders of what searches do not
// have yet: first what changed, then what is new, then what is old, the newest first.
// It returns whether there may be more. What it has stored it does not do again,
// whenever the program ends. One caller at a time.
func (db *DB) IndexSearch(ctx context.Context, batch int) (more bool, err error) {
	w := searchWork{batch: batch, filings: map[searched][]filing{}}
	if err := db.View(ctx, func(r *Reader) error { return r.searchWork(&w) }); err != nil {
		return false, err
	}
	if w.was.version != searchVersion {
		return true, db.Update(ctx, func(tx *Tx) error { return tx.resetSearch() })
	}
	if w.was == w.now && len(w.filings) == 0 {
		return false, nil
	}
	return true, db.Update(ctx, func(tx *Tx) error { return tx.fileSearch(w) })
}

// searchWork finds the next batch and makes the tokens.
func (r *Reader) searchWork(w *searchWork) (err error) {
	if w.was, err = r.searchState(); err != nil || w.was.version != searchVersion {
		return err
	}
	w.now = w.was
	for _, k := range allSearched {
		if err := r.changedWork(w, k); err != nil {
			return err
		}
	}
	if len(w.filings) > 0 {
		return nil
	}
	for i, k := range allSearched {
		ids, err := r.ids("SELECT id FROM "+k.table()+" WHERE id >= ? ORDER BY id LIMIT ?", w.was.marks[i], w.batch)
		if err != nil {
			return err
		}
		if len(ids) == 0 {
			continue
		}
		if w.filings[k], err = r.filings(k, ids); err != nil {
			return err
		}
		w.now.marks[i] = ids[len(ids)-1] + 1
	}
	if len(w.filings) > 0 || w.was.low <= 1 {
		return nil
	}
	return r.oldWork(w)
}

// oldWork finds messages of before there was a search.
func (r *Reader) oldWork(w *searchWork) error {
	ids, err := r.ids("SELECT id FROM message WHERE id < ? ORDER BY id DESC LIMIT ?", w.was.low, w.batch)
	if err != nil {
		return err
	}
	slices.Reverse(ids) // the index takes ascending ids in one go
	w.now.low = 1
	if len(ids) == w.batch {
		w.now.low = ids[0]
	}
	w.filings[searchMessage], err = r.filings(searchMessage, ids)
	return err
}

// changedWork finds what is queued of a kind.
func (r *Reader) changedWork(w *searchWork, k searched) error {
	changes := map[int64]int64{}
	var ids []int64
	err := r.rows("SELECT id, changes FROM search_queue WHERE kind = ? ORDER BY id LIMIT ?", []any{k, w.batch}, func(rows *sql.Rows) error {
		var id, n int64
		err := rows.Scan(&id, &n)
		changes[id], ids = n, append(ids, id)
		return err
	})
	if err != nil || len(ids) == 0 {
		return err
	}
	list, err := r.filings(k, ids)
	for i, f := range list {
		list[i].changes = changes[f.id]
	}
	w.filings[k] = list
	return err
}

// filings returns one for each id, empty for what is not there.
func (r *Reader) filings(k searched, ids []int64) ([]filing, error) {
	tokens, err := r.searchTokens(k, ids)
	out := make([]filing, len(ids))
	for i, id := range ids {
		out[i] = filing{id: id, tokens: tokens[id]}
	}
	return out, err
}

// fileSearch stores a batch. It does nothing where the index moved on since.
func (tx *Tx) fileSearch(w searchWork) error {
	if now, err := tx.searchState(); err != nil || now != w.was {
		return err
	}
	for _, k := range allSearched {
		for _, f := range w.filings[k] {
			if err := tx.file(k, f); err != nil {
				return err
			}
			if err := tx.refold(k, f); err != nil {
				return err
			}
		}
	}
	return tx.saveSearchState(w.now)
}

func (tx *Tx) file(k searched, f filing) error {
	var err error
	switch {
	case len(f.tokens) > 0:
		_, err = tx.exec("INSERT OR REPLACE INTO search_"+string(k)+" (rowid, tokens) VALUES (?, ?)", f.id, strings.Join(f.tokens, " "))
	case f.changes > 0:
		_, err = tx.exec("DELETE FROM search_"+string(k)+" WHERE rowid = ?", f.id)
	}
	if err != nil || f.changes == 0 {
		return err
	}
	_, err = tx.exec("DELETE FROM search_queue WHERE kind = ? AND id = ? AND changes = ?", k, f.id, f.changes)
	return err
}

// refold brings up to date what lists compare of a thing that is read for the first time
// with this version; a change has done so itself.
func (tx *Tx) refold(k searched, f filing) error {
	if f.changes > 0 || len(f.tokens) == 0 {
		return nil
	}
	switch k {
	case searchPerson:
		return tx.reindex(chat.ContactID(f.id))
	case searchPurchase:
		var number string
		if err := tx.row("SELECT number FROM purchase WHERE id = ?", []any{f.id}, &number); err != nil {
			return err
		}
		_, err := tx.exec("UPDATE purchase SET number_key = ?1 WHERE id = ?2 AND number_key <> ?1", numberKey(number), f.id)
		return err
	}
	return nil
}

// refoldLabels is refold of labels, of which there are few.
func (tx *Tx) refoldLabels() error {
	folded := map[int64]string{}
	err := tx.rows("SELECT id, name FROM label", nil, func(rows *sql.Rows) error {
		var id int64
		var name string
		err := rows.Scan(&id, &name)
		folded[id] = searchWords(name)
		return err
	})
	for id, search := range folded {
		if err == nil {
			_, err = tx.exec("UPDATE label SET search = ?1 WHERE id = ?2 AND search <> ?1", search, id)
		}
	}
	return err
}

// resetSearch empties the index, to be made anew from the newest message on.
func (tx *Tx) resetSearch() error {
	for _, k := range allSearched {
		if _, err := tx.exec("INSERT INTO search_" + string(k) + " (search_" + string(k) + ") VALUES ('delete-all')"); err != nil {
			return err
		}
	}
	if _, err := tx.exec("DELETE FROM search_queue"); err != nil {
		return err
	}
	if err := tx.refoldLabels(); err != nil {
		return err
	}
	s, err := tx.freshSearch()
	if err != nil {
		return err
	}
	return tx.saveSearchState(s)
}

// searchedShare returns how much of all there is can be found, in percent. What is new
// is looked at itself, up to a limit.
func (r *Reader) searchedShare(s searchState) (int, error) {
	missing, all := s.low-1, int64(0)
	for i, k := range allSearched {
		var last int64
		if err := r.row("SELECT coalesce(max(id), 0) FROM "+k.table(), nil, &last); err != nil {
			return 0, err
		}
		missing, all = missing+max(0, last-s.marks[i]+1-searchDirect), all+last
	}
	if missing <= 0 {
		return 100, nil
	}
	return min(99, max(0, int(math.Floor(100*float64(all-missing)/float64(all))))), nil
}
