package store

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"shopbell/core/chat"
	"shopbell/core/desk"
)

// CustomerQuery is a desk.CustomerQuery with what was searched for made comparable.
type CustomerQuery struct {
	desk.CustomerQuery
	Now    time.Time
	Words  []string // folded
	Digits string   // part of a phone, or the beginning of a word
}

// A page is read from up to two indexes, one after the other, each by its key and id.
type customerSection struct {
	where, key string
	down       bool
}

var customerSections = map[desk.CustomerSort][]customerSection{
	desk.SortLastContact: {{"1", "c.last_at", true}},
	desk.SortName:        {{"c.search > ''", "c.search", false}, {"c.search = ''", "c.search", false}},
	desk.SortOrders:      {{"c.orders > 0", "c.orders", true}, {"c.orders = 0", "c.last_at", true}},
	desk.SortSpent:       {{"c.spent > 0", "c.spent", true}, {"c.spent = 0", "c.last_at", true}},
	desk.SortAdded:       {{"1", "c.id", false}},
}

// sectionsOf returns the sections of an order in which they are read. ok is false for
// an order that there is not.
func sectionsOf(q CustomerQuery) (list []customerSection, ok bool) {
	sort := q.Sort
	if sort == "" {
		sort = desk.SortLastContact
	}
	list, ok = customerSections[sort]
	if q.Reverse {
		list = slices.Clone(list)
		slices.Reverse(list)
		for i := range list {
			list[i].down = !list[i].down
		}
	}
	return list, ok
}

// searches reports whether words or digits are looked for.
func (q CustomerQuery) searches() bool { return len(q.Words) > 0 || q.Digits != "" }

// few is how many customers are looked up one by one and sorted, in place of walking
// through all in their order until a page is full.
const few = 2000

// condition is what all rows of a query fulfil, and the index that tells it.
func (r *Reader) condition(q CustomerQuery) (where, index string, args []any, err error) {
	parts := []string{"c.person_id IS NULL"}
	and := func(part string, a ...any) {
		parts = append(parts, part)
		args = append(args, a...)
	}
	// The plus keeps the order in which the index has the customers.
	for _, l := range q.Labels {
		and("+c.id IN (SELECT l.contact_id FROM contact_label l JOIN label b ON b.id = l.label_id WHERE b.key = ?)", strings.ToLower(l))
	}
	if q.Department != "" {
		and("+c.id IN (SELECT v.contact_id FROM conversation v WHERE v.department = ? AND v.department <> '')", q.Department)
	}
	if q.Language != "" {
		and("c.language = ?", q.Language)
	}
	if q.WroteWithin > 0 {
		and("c.wrote_at >= ?", ms(q.Now.Add(-q.WroteWithin)))
	}
	if q.SpentAtLeast > 0 {
		and("c.spent >= ?", q.SpentAtLeast)
	}
	if q.NoOrder {
		and("c.orders = 0")
	}
	for _, w := range q.Words {
		where, a, err := r.named(w)
		if err != nil {
			return "", "", nil, err
		}
		and("("+where+")", a...)
	}
	if d := q.Digits; d != "" {
		where, a, err := r.named(d)
		if err != nil {
			return "", "", nil, err
		}
		and("("+where+` OR instr(c.phone, ?) > 0
			OR c.id IN (SELECT o.person_id FROM contact o WHERE o.person_id IS NOT NULL AND instr(o.phone, ?) > 0))`, append(a, d, d)...)
	}
	index = "INDEXED BY contact_last"
	if q.searches() {
		index = "INDEXED BY contact_name"
	}
	return strings.Join(parts, " AND "), index, args, nil
}

// named is the condition that a word begins one of a name, of a label or of an order's
// number. Labels and orders are part of it only where one begins so.
func (r *Reader) named(word string) (where string, args []any, err error) {
	where, args = "instr(c.search, ?) > 0", []any{" " + word}
	for _, other := range []struct {
		of   string
		args []any
	}{
		{"contact_label l JOIN label b ON b.id = l.label_id WHERE instr(b.search, ?) > 0", []any{" " + word}},
		{"purchase l WHERE l.number_key >= ? AND l.number_key < ? AND l.number_key <> ''", []any{word, word + "\U0010FFFF"}},
	} {
		var any bool
		if err := r.row("SELECT EXISTS (SELECT 1 FROM "+other.of+")", other.args, &any); err != nil {
			return "", nil, err
		}
		if any {
			where, args = where+" OR c.id IN (SELECT l.contact_id FROM "+other.of+")", append(args, other.args...)
		}
	}
	return where, args, nil
}

const customerColumns = contactColumns + `, c.language, c.last_at, c.orders, c.spent, (SELECT group_concat(name, char(31)) FROM
	(SELECT b.name FROM label b WHERE b.id IN (SELECT l.label_id FROM contact_label l WHERE l.contact_id = c.id) ORDER BY b.key))`

// customerScan collects the columns of customerColumns.
type customerScan struct {
	contactScan
	row    desk.CustomerRow
	last   int64
	labels sql.NullString
}

func (s *customerScan) dest() []any {
	return append(s.contactScan.dest(), &s.row.Language, &s.last, &s.row.Orders, &s.row.Spent, &s.labels)
}

func (s *customerScan) customer() desk.CustomerRow {
	s.row.Contact, s.row.LastAt = s.contact(), timeOrZero(s.last)
	if s.labels.Valid {
		s.row.Labels = strings.Split(s.labels.String, "\x1f")
	}
	return s.row
}

// timeOrZero reads 0 as the zero time.
func timeOrZero(v int64) time.Time { return fromNull(sql.NullInt64{Int64: v, Valid: v != 0}) }

// Customers returns one page of customers. ErrCursor; an order that there is not is
// the caller's to refuse.
func (r *Reader) Customers(q CustomerQuery) (page desk.CustomerPage, err error) {
	sections, _ := sectionsOf(q)
	from, key, id, err := customerCursor(q.After, sections)
	if err != nil {
		return page, err
	}
	if page.Currency, err = r.Currency(); err != nil {
		return page, err
	}
	where, index, args, err := r.condition(q)
	if err != nil {
		return page, err
	}
	if q.searches() {
		if index, where, args, err = r.narrow(index, where, args); err != nil {
			return page, err
		}
	}
	if q.After == "" {
		if err := r.row("SELECT count(*) FROM contact WHERE person_id IS NULL", nil, &page.Total); err != nil {
			return page, err
		}
		page.Shown = page.Total
		if len(args) > 0 || q.NoOrder {
			if err := r.row("SELECT count(*) FROM contact c "+index+" WHERE "+where, args, &page.Shown); err != nil {
				return page, err
			}
		}
	}
	last := ""
	for i := from; i < len(sections) && page.Next == ""; i++ {
		s := sections[i]
		direction, beyond := "", ">"
		if s.down {
			direction, beyond = " DESC", "<"
		}
		of, values := where+" AND "+s.where, slices.Clone(args)
		if q.After != "" && i == from {
			of, values = of+" AND ("+s.key+", c.id) "+beyond+" (?, ?)", append(values, key, id)
		}
		values = append(values, q.Limit+1-len(page.Rows))
		if err := r.rows("SELECT "+customerColumns+", "+s.key+" FROM contact c JOIN contact i ON i.id = c.id WHERE "+of+
			" ORDER BY "+s.key+direction+", c.id"+direction+" LIMIT ?", values, func(rows *sql.Rows) error {
			if len(page.Rows) == q.Limit {
				page.Next = last
				return nil
			}
			var c customerScan
			var key string
			if err := rows.Scan(append(c.dest(), &key)...); err != nil {
				return err
			}
			row := c.customer()
			page.Rows, last = append(page.Rows, row), fmt.Sprintf("%d:%d:%s", i, row.Contact.ID, key)
			return nil
		}); err != nil {
			return page, err
		}
	}
	return page, nil
}

// narrow names the customers whom a condition finds, where they are few.
func (r *Reader) narrow(index, where string, args []any) (newIndex, newWhere string, newArgs []any, err error) {
	found, err := r.ids("SELECT c.id FROM contact c "+index+" WHERE "+where+" LIMIT ?", append(slices.Clone(args), few+1)...)
	if err != nil || len(found) > few {
		return index, where, args, err
	}
	ids, err := json.Marshal(found)
	return "", "c.person_id IS NULL AND c.id IN (SELECT value FROM json_each(?))", []any{string(ids)}, err
}

// customerCursor returns the section that a page begins in, and after which row.
func customerCursor(after string, sections []customerSection) (from int, key any, id int64, err error) {
	if after == "" {
		return 0, nil, 0, nil
	}
	part := strings.SplitN(after, ":", 3)
	if len(part) == 3 {
		from, errFrom := strconv.Atoi(part[0])
		id, errID := strconv.ParseInt(part[1], 10, 64)
		if errFrom == nil && errID == nil && from >= 0 && from < len(sections) {
			if sections[from].key == "c.search" {
				return from, part[2], id, nil
			}
			if n, err := strconv.ParseInt(part[2], 10, 64); err == nil {
				return from, n, id, nil
			}
		}
	}
	return 0, nil, 0, fmt.Errorf("%w: %q", ErrCursor, after)
}

// customerRow returns one person as the list shows them; ErrNotFound.
func (r *Reader) customerRow(person chat.ContactID) (desk.CustomerRow, error) {
	var s customerScan
	err := r.row("SELECT "+customerColumns+" FROM contact c JOIN contact i ON i.id = c.id WHERE c.id = ?", []any{person}, s.dest()...)
	return s.customer(), err
}

// Labels lists the labels that a customer has, by name.
func (r *Reader) Labels() (list []desk.Label, err error) {
	err = r.rows(`SELECT b.name, count(DISTINCT l.contact_id) FROM label b JOIN contact_label l ON l.label_id = b.id
		GROUP BY b.id ORDER BY b.key`, nil, func(rows *sql.Rows) error {
		var l desk.Label
		err := rows.Scan(&l.Name, &l.Customers)
		list = append(list, l)
		return err
	})
	return list, err
}
