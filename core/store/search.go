package store

import (
	"cmp"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/find"
)

// Limits of one search, so that it ends soon whatever is looked for.
const (
	searchDirect = 1000  // new and changed things of a kind that are looked at themselves
	searchLooked = 5_000 // messages with the words that are held against the filters
	besidesAll   = 5     // persons, and orders, in a search for other kinds too
)

// Search looks for what q says, the newest first; its limit is set. ErrCursor;
// ErrNotFound for a person who is not there.
func (r *Reader) Search(q desk.SearchQuery) (f desk.Found, err error) {
	s := search{Reader: r, q: q, before: math.MaxInt64, match: find.Parse(q.Text)}
	if s.state, err = r.searchState(); err != nil {
		return f, err
	}
	if s.state.stale() { // it is about to be made anew
		if s.state, err = r.freshSearch(); err != nil {
			return f, err
		}
	}
	if q.After != "" {
		if s.before, err = strconv.ParseInt(q.After, 10, 64); err != nil {
			return f, fmt.Errorf("%w: %q", ErrCursor, q.After)
		}
	}
	if q.Person != 0 {
		if s.q.Person, err = r.Person(q.Person); err != nil {
			return f, err
		}
	}
	f.Counts = desk.HitCounts{
		Kinds: map[desk.HitKind]int{}, Authors: map[chat.Author]int{}, Departments: map[string]int{},
		States: map[chat.State]int{}, Labels: map[string]int{},
	}
	for _, part := range []func(*desk.Found) error{s.people, s.orders, s.messages} {
		if err := part(&f); err != nil {
			return f, err
		}
	}
	var snippets []find.Snippet
	for _, section := range f.Sections {
		for _, h := range section.Hits {
			snippets = append(snippets, h.Snippet)
		}
	}
	f.Also = s.match.Also(snippets, desk.MaxAlso)
	f.Indexed, err = r.searchedShare(s.state)
	return f, err
}

// search is one Search under way.
type search struct {
	*Reader
	q      desk.SearchQuery
	state  searchState
	before int64 // id
	match  find.Query
}

// wants reports whether hits of a kind are asked for. Later pages are of one kind.
func (s *search) wants(k desk.HitKind) bool {
	return len(s.q.Kinds) == 0 || slices.Contains(s.q.Kinds, k)
}

// counts reports whether things of kinds are counted, though they may not be asked for.
func (s *search) counts(kinds ...desk.HitKind) bool {
	return s.q.After == "" || slices.ContainsFunc(kinds, s.wants)
}

// terms writes a query in the words of FTS5. A token has no sign that means anything
// there, so that quotes are enough.
func terms(q find.Query) string {
	var all []string
	for _, w := range q.Words() {
		var ways []string
		for _, form := range w.Whole {
			ways = append(ways, `"`+form+`"`)
		}
		for _, begun := range w.Begun {
			ways = append(ways, `"`+begun+`"*`)
		}
		all = append(all, "("+strings.Join(ways, " OR ")+")")
	}
	return strings.Join(all, " AND ")
}

// notIndexed are the ids of things of a kind that are not in the index as they are now:
// from which one on all are new, the kind, and before which one.
func notIndexed(k searched) string {
	return "SELECT id FROM " + k.table() + " WHERE id >= ?1 AND id < ?3 UNION SELECT id FROM search_queue WHERE kind = ?2 AND id < ?3 ORDER BY id DESC LIMIT ?4"
}

// direct returns the ids of what is not in the index as it is now and has the words,
// the newest first.
func (s *search) direct(k searched, match find.Query) ([]int64, error) {
	ids, err := s.ids(notIndexed(k), s.state.mark(k), k, s.before, searchDirect)
	if err != nil {
		return nil, err
	}
	return s.matching(k, match, ids)
}

// matching returns those of ids that have the words.
func (s *search) matching(k searched, match find.Query, ids []int64) ([]int64, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	tokens, err := s.searchTokens(k, ids)
	return slices.DeleteFunc(ids, func(id int64) bool { return !match.In(tokens[id]) }), err
}

// indexed is the condition that thing f of a kind is in the index as it is now, with
// the words: these, from which id on, and before which.
func indexed(k searched) string {
	return "search_" + string(k) + " MATCH :words AND f.rowid >= :oldest AND f.rowid < :before AND NOT EXISTS (SELECT 1 FROM search_queue q WHERE q.kind = '" +
		string(k) + "' AND q.id = f.rowid)"
}

// inIndex are the arguments of indexed.
func (s *search) inIndex(k searched, match find.Query, oldest int64) []any {
	return []any{sql.Named("words", terms(match)), sql.Named("oldest", oldest), sql.Named("before", min(s.state.mark(k), s.before))}
}

// few returns the ids of persons, or orders, the newest first: one more than are
// counted.
func (s *search) few(k searched, match find.Query) ([]int64, error) {
	if len(match.Words()) == 0 {
		return nil, nil
	}
	direct, err := s.direct(k, match)
	if err != nil {
		return nil, err
	}
	ids, err := s.ids("SELECT f.rowid FROM search_"+string(k)+" f WHERE "+indexed(k)+" ORDER BY f.rowid DESC LIMIT :most",
		append(s.inIndex(k, match, 0), sql.Named("most", desk.SearchCounted+1))...)
	ids = append(ids, direct...)
	slices.SortFunc(ids, func(a, b int64) int { return cmp.Compare(b, a) })
	return ids, err
}

// candidate is a message with the words, and what the filters ask of it.
type candidate struct {
	id         int64
	kind       desk.HitKind
	author     chat.Author
	contact    chat.ContactID
	department string
	state      chat.State
	labelled   bool // with one of the labels of the query
}

// candidateColumns are of a message m and its conversation v.
const candidateColumns = `m.id, m.kind, m.author, m.contact_id, v.department, v.state, :labels <> '[]' AND EXISTS (SELECT 1 FROM contact_label l
	JOIN label b ON b.id = l.label_id WHERE l.contact_id = m.contact_id AND b.name IN (SELECT value FROM json_each(:labels)))`

// written is the condition of when.
const written = "m.at >= :from AND m.at < :to AND m.revoked_at IS NULL"

// filters are the arguments of these.
func (s *search) filters() ([]any, error) {
	labels, err := json.Marshal(append([]string{}, s.q.Labels...))
	from, to := int64(math.MinInt64), int64(math.MaxInt64)
	if !s.q.From.IsZero() {
		from = ms(s.q.From)
	}
	if !s.q.To.IsZero() {
		to = ms(s.q.To)
	}
	return []any{sql.Named("labels", string(labels)), sql.Named("from", from), sql.Named("to", to)}, err
}

func scanCandidate(rows *sql.Rows) (c candidate, err error) {
	var kind chat.Kind
	err = rows.Scan(&c.id, &kind, &c.author, &c.contact, &c.department, &c.state, &c.labelled)
	switch {
	case kind == chat.KindNote:
		c.kind = desk.HitNote
	case kind.HasMedia():
		c.kind = desk.HitFile
	default:
		c.kind = desk.HitMessage
	}
	return c, err
}

// each calls do with every message that has the words, the newest first, until do
// returns errEnough or there are no more. It returns the last one that it has looked
// at, 0 where there are no more.
func (s *search) each(do func(candidate) error) (last int64, err error) {
	filters, err := s.filters()
	if err != nil {
		return 0, err
	}
	if s.q.Person != 0 {
		return s.eachOfPerson(filters, do)
	}
	ids, err := s.direct(searchMessage, s.match)
	if err != nil {
		return 0, err
	}
	direct, err := s.candidates(ids, filters)
	if err != nil {
		return 0, err
	}
	next := func(until int64) error {
		for len(direct) > 0 && direct[0].id > until {
			c := direct[0]
			direct = direct[1:]
			if err := do(c); err != nil {
				return err
			}
		}
		return nil
	}
	from, err := s.oldest()
	if err != nil {
		return 0, err
	}
	args := slices.Concat(filters, s.inIndex(searchMessage, s.match, from))
	err = s.rows("SELECT "+candidateColumns+` FROM search_message f CROSS JOIN message m ON m.id = f.rowid
		JOIN conversation v ON v.id = m.conversation_id WHERE `+indexed(searchMessage)+" AND "+written+" ORDER BY f.rowid DESC",
		args, func(rows *sql.Rows) error {
			c, err := scanCandidate(rows)
			if err != nil {
				return err
			}
			if err := next(c.id); err != nil {
				return err
			}
			return do(c)
		})
	if err != nil {
		return 0, err
	}
	return 0, next(0)
}

// eachOfPerson is each in the chats of one person: their messages are looked at
// themselves, because the index would have to give what everybody wrote.
func (s *search) eachOfPerson(filters []any, do func(candidate) error) (last int64, err error) {
	ids, err := s.ids("SELECT id FROM message WHERE contact_id = ? AND id < ? ORDER BY id DESC LIMIT ?", s.q.Person, s.before, searchDirect)
	if err != nil {
		return 0, err
	}
	if len(ids) == searchDirect {
		last = ids[searchDirect-1]
	}
	if ids, err = s.matching(searchMessage, s.match, ids); err != nil {
		return 0, err
	}
	list, err := s.candidates(ids, filters)
	if err != nil {
		return 0, err
	}
	for _, c := range list {
		if err := do(c); err != nil {
			return 0, err
		}
	}
	return last, nil
}

// candidates returns those of messages that were written in time, the newest first.
func (s *search) candidates(ids []int64, filters []any) (list []candidate, err error) {
	if len(ids) == 0 {
		return nil, nil
	}
	keys, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	err = s.rows("SELECT "+candidateColumns+` FROM message m JOIN conversation v ON v.id = m.conversation_id
		WHERE m.id IN (SELECT value FROM json_each(:ids)) AND `+written+" ORDER BY m.id DESC",
		append(filters, sql.Named("ids", string(keys))), func(rows *sql.Rows) error {
			c, err := scanCandidate(rows)
			list = append(list, c)
			return err
		})
	return list, err
}

// oldest returns an id before which nothing was written at q.From or later. Ids grow
// with the time of storing, and nothing is stored before it was written, but for the
// sender's clock.
func (s *search) oldest() (int64, error) {
	if s.q.From.IsZero() {
		return 0, nil
	}
	low, high := int64(0), s.state.mark(searchMessage)
	for low < high {
		middle := low + (high-low)/2
		var id, arrived int64
		err := s.row("SELECT id, arrived_at FROM message WHERE id >= ? ORDER BY id LIMIT 1", []any{middle}, &id, &arrived)
		switch {
		case errors.Is(err, ErrNotFound), err == nil && (id >= high || fromMS(arrived).Add(wrongClock).After(s.q.From)):
			high = middle
		case err != nil:
			return 0, err
		default:
			low = id + 1
		}
	}
	return low, nil
}

// wrongClock is how far a sender's clock may be ahead of ours.
const wrongClock = 24 * time.Hour
