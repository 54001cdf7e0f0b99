package store

import (
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"shopbell/core/chat"
	"shopbell/core/desk"
)

// ErrCursor is returned by List for a cursor that it did not make.
var ErrCursor = errors.New("store: not a cursor of this list")

// Listing chooses conversations.
type Listing int

const (
	ListAll Listing = iota // open: those that wait, longest first, then the others, newest first
	ListWaiting
	ListMine // open, and locked by or assigned to Agent; in the order of ListAll
	ListResolved
	ListClosing // wait, and Meta's window ends within desk.ClosingSoon; what ends first on top
)

// ListQuery asks for one page.
type ListQuery struct {
	Listing Listing
	Agent   int64
	Now     time.Time // a lock past it is none
	Words   []string  // folded; each the beginning of a word of the name
	Digits  string    // part of the phone, or the beginning of a word of the name
	After   string    // cursor; "" for the first page
	Limit   int
}

// A page is read from up to two indexes, one after the other: those that wait,
// then those that do not.
type section struct {
	tag, where, key, order, next string
}

var sections = map[Listing][]section{
	ListAll:      {waitingSection, answeredSection},
	ListMine:     {waitingSection, answeredSection},
	ListWaiting:  {waitingSection},
	ListClosing:  {closingSection},
	ListResolved: {{"r", "v.state = 'resolved'", "v.resolved_at", "v.resolved_at DESC, v.id DESC", "(v.resolved_at, v.id) < (?, ?)"}},
}

var (
	waitingSection = section{
		"w", "v.state = 'open' AND v.waiting_since IS NOT NULL", "v.waiting_since", "v.waiting_since, v.id", "(v.waiting_since, v.id) > (?, ?)",
	}
	answeredSection = section{
		"a", "v.state = 'open' AND v.waiting_since IS NULL", "v.last_at", "v.last_at DESC, v.id DESC", "(v.last_at, v.id) < (?, ?)",
	}
)

// closing is the condition that the window of who waits ends soon: after, until. Where
// a conversation is open, the customer's last message is in it.
const closing = "v.state = 'open' AND v.waiting_since IS NOT NULL AND v.last_inbound > ? AND v.last_inbound <= ?"

var closingSection = section{"c", closing, "v.last_inbound", "v.last_inbound, v.id", "(v.last_inbound, v.id) > (?, ?)"}

// closingSoon are the arguments of closing.
func closingSoon(now time.Time) []any {
	open := now.Add(-chat.MetaWindow)
	return []any{ms(open), ms(open.Add(desk.ClosingSoon))}
}

// mine are the ids of what is assigned to an agent or locked by them: agent,
// agent, now. The "> 0" let the partial indexes serve it.
const mine = `SELECT id FROM conversation WHERE assigned_to = ? AND assigned_to > 0 AND state = 'open'
	UNION SELECT id FROM conversation WHERE lock_holder = ? AND lock_holder > 0 AND lock_until > ?`

// List returns one page of conversations and the cursor of the next, "" on the
// last. ErrCursor.
func (r *Reader) List(q ListQuery) (page []chat.Conversation, next string, err error) {
	from, key, id, err := parseCursor(q)
	if err != nil {
		return nil, "", err
	}
	for i, s := range sections[q.Listing] {
		if i < from {
			continue
		}
		where, args := s.where, []any(nil)
		if q.Listing == ListClosing {
			args = closingSoon(q.Now)
		}
		if q.After != "" && i == from {
			where, args = where+" AND "+s.next, append(args, key, id)
		}
		if q.Listing == ListMine {
			where += " AND v.id IN (" + mine + ")"
			args = append(args, q.Agent, q.Agent, ms(q.Now))
		}
		for _, w := range q.Words {
			where, args = where+" AND instr(c.search, ?) > 0", append(args, " "+w)
		}
		if q.Digits != "" {
			where, args = where+" AND (instr(i.phone, ?) > 0 OR instr(c.search, ?) > 0)", append(args, q.Digits, " "+q.Digits)
		}
		args = append(args, q.Limit+1-len(page))
		err := r.rows("SELECT "+conversationColumns+", "+contactColumns+", a.name, "+s.key+" FROM conversation v"+contactOfRow+
			"LEFT JOIN agent a ON a.id = v.lock_holder WHERE "+where+
			" ORDER BY "+s.order+" LIMIT ?", args, func(rows *sql.Rows) error {
			if len(page) == q.Limit {
				next = cursor(page[q.Limit-1], q.Listing)
				return nil
			}
			v, err := scanRow(rows)
			page = append(page, v)
			return err
		})
		if err != nil || next != "" {
			return page, next, err
		}
	}
	return page, "", nil
}

func scanRow(rows *sql.Rows) (chat.Conversation, error) {
	var s conversationScan
	var c contactScan
	var holder sql.NullString
	var key int64
	if err := rows.Scan(append(append(s.dest(), c.dest()...), &holder, &key)...); err != nil {
		return chat.Conversation{}, err
	}
	v := s.conversation()
	v.Contact, v.Lock.HolderName = c.contact(), holder.String
	return v, nil
}

// cursor names the last row of a page. The row may stand in an earlier section
// than the one whose first row came one too many.
func cursor(v chat.Conversation, l Listing) string {
	s, at := waitingSection, v.WaitingSince
	switch {
	case l == ListResolved:
		s, at = sections[ListResolved][0], v.ResolvedAt
	case l == ListClosing:
		s, at = closingSection, v.LastInbound
	case v.WaitingSince.IsZero():
		s, at = answeredSection, v.LastAt
	}
	return fmt.Sprintf("%s:%d:%d", s.tag, ms(at), v.ID)
}

// parseCursor returns the section a page begins in, and after which row.
func parseCursor(q ListQuery) (from int, key, id int64, err error) {
	if q.After == "" {
		return 0, 0, 0, nil
	}
	part := strings.Split(q.After, ":")
	if len(part) == 3 {
		key, errKey := strconv.ParseInt(part[1], 10, 64)
		id, errID := strconv.ParseInt(part[2], 10, 64)
		for i, s := range sections[q.Listing] {
			if s.tag == part[0] && errKey == nil && errID == nil {
				return i, key, id, nil
			}
		}
	}
	return 0, 0, 0, fmt.Errorf("%w: %q", ErrCursor, q.After)
}

// Counts returns how many conversations each listing has. Each is counted in one
// index, and those of the agent in two, with no row in both: it is asked for at every
// change.
func (r *Reader) Counts(agent int64, now time.Time) (c desk.Counts, err error) {
	err = r.row(`SELECT
		(SELECT count(*) FROM conversation WHERE assigned_to = ?1 AND assigned_to > 0 AND state = 'open') +
		(SELECT count(*) FROM conversation WHERE lock_holder = ?1 AND lock_holder > 0 AND lock_until > ?2 AND assigned_to <> ?1 AND state = 'open'),
		(SELECT count(*) FROM conversation WHERE state = 'open' AND waiting_since IS NOT NULL),
		(SELECT count(*) FROM conversation WHERE state = 'open' AND waiting_since IS NULL),
		(SELECT count(*) FROM conversation WHERE state = 'resolved'),
		(SELECT count(*) FROM conversation v WHERE `+closing+`)`, append([]any{agent, ms(now)}, closingSoon(now)...),
		&c.Mine, &c.Waiting, &c.All, &c.Resolved, &c.Closing)
	c.All += c.Waiting
	return c, err
}
