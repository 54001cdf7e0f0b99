package store

import (
	"database/sql"
	"time"

	"shopbell/core/chat"
	"shopbell/core/desk"
)

// Customer returns all that one look at a person needs; ErrNotFound. month is the
// beginning of the month that counts, and undoable is since when merges can be undone.
func (r *Reader) Customer(person chat.ContactID, month, undoable time.Time) (d desk.Customer, err error) {
	var s contactScan
	var optedOut, blocked, changed sql.NullInt64
	var last int64
	if err := r.row("SELECT "+contactColumns+`, c.own_name, c.language, c.email, c.street, c.about, c.opted_out_at, c.blocked_at, c.changed_at,
		c.changed_by, coalesce((SELECT name FROM agent WHERE id = c.changed_by), ''), c.last_at, c.orders,
		(SELECT count(*) FROM conversation WHERE contact_id = c.id),
		(SELECT count(*) FROM message WHERE contact_id = c.id AND kind = 'note'),
		(SELECT count(rating) FROM conversation WHERE contact_id = c.id),
		(SELECT coalesce(sum(rating), 0) FROM conversation WHERE contact_id = c.id)
		FROM contact c JOIN contact i ON i.id = c.id WHERE c.id = ? AND c.person_id IS NULL`, []any{person}, append(s.dest(),
		&d.Profile.Name, &d.Language, &d.Email, &d.Address, &d.About, &optedOut, &blocked, &changed,
		&d.ChangedBy, &d.ChangedByName, &last, &d.Orders, &d.Conversations, &d.Notes, &d.Ratings, &d.Scores)...); err != nil {
		return d, err
	}
	d.Contact, d.LastAt = s.contact(), timeOrZero(last)
	d.OptedOutAt, d.BlockedAt, d.ChangedAt = fromNull(optedOut), fromNull(blocked), fromNull(changed)
	if d.Labels, err = r.labelsOf(person); err != nil {
		return d, err
	}
	if d.Spent, err = r.spent(person); err != nil {
		return d, err
	}
	if err := r.row(`SELECT count(*), coalesce(sum(p.billable), 0) FROM message m LEFT JOIN message_price p ON p.message_id = m.id
		WHERE m.contact_id = ? AND m.accepted_at >= ?`, []any{person, ms(month)}, &d.MonthSent, &d.MonthBillable); err != nil {
		return d, err
	}
	if d.Chats, err = r.chatsOf(person); err != nil {
		return d, err
	}
	if d.Merges, err = r.mergesOf(person, undoable); err != nil {
		return d, err
	}
	d.Repeat, err = r.repeatOf(person)
	return d, err
}

// chatsOf returns where a person can be written to, the identity of who stayed first.
func (r *Reader) chatsOf(person chat.ContactID) (list []desk.CustomerChat, err error) {
	err = r.rows("SELECT id, phone, username, name FROM contact WHERE id = ?1 OR person_id = ?1 ORDER BY id <> ?1, id", []any{person},
		func(rows *sql.Rows) error {
			var c desk.CustomerChat
			err := rows.Scan(&c.Identity, &c.Phone, &c.Username, &c.ProfileName)
			list = append(list, c)
			return err
		})
	return list, err
}

// mergesOf returns the merges into a person, or into who was merged into them, that
// were made after a moment and not undone, newest first.
func (r *Reader) mergesOf(person chat.ContactID, after time.Time) (list []desk.MergeRecord, err error) {
	err = r.rows(`SELECT g.id, g.goes, CASE WHEN c.own_name <> '' THEN c.own_name WHEN c.name <> '' THEN c.name
			WHEN c.username <> '' THEN '@' || c.username ELSE c.phone END, g.at, g.agent_id, coalesce(a.name, '')
		FROM contact_merge g JOIN contact s ON s.id = g.stays JOIN contact c ON c.id = g.goes LEFT JOIN agent a ON a.id = g.agent_id
		WHERE g.undone_at IS NULL AND g.at > ?2 AND (s.id = ?1 OR s.person_id = ?1) ORDER BY g.id DESC`, []any{person, ms(after)},
		func(rows *sql.Rows) error {
			var m desk.MergeRecord
			var at int64
			err := rows.Scan(&m.ID, &m.Goes, &m.Name, &at, &m.By, &m.ByName)
			m.At = fromMS(at)
			m.Until = m.At.Add(desk.UndoMergeWithin)
			list = append(list, m)
			return err
		})
	return list, err
}

// repeatOf returns what a person's newest conversation repeats; nil for nothing.
func (r *Reader) repeatOf(person chat.ContactID) (*chat.Repeat, error) {
	var matters []chat.Matter
	err := r.rows("SELECT question, department, started_at, resolved_at FROM conversation WHERE contact_id = ?", []any{person},
		func(rows *sql.Rows) error {
			var m chat.Matter
			var started int64
			var resolved sql.NullInt64
			err := rows.Scan(&m.Question, &m.Department, &started, &resolved)
			m.StartedAt, m.ResolvedAt = fromMS(started), fromNull(resolved)
			matters = append(matters, m)
			return err
		})
	if repeat, repeats := chat.RepeatOf(matters); repeats {
		return &repeat, err
	}
	return nil, err
}

// ConversationsOf returns up to limit conversations of a person that are older than
// before (0: the newest), newest first, on all channels and in all identities.
func (r *Reader) ConversationsOf(person chat.ContactID, before chat.ConversationID, limit int) (list []chat.Conversation, err error) {
	if before == 0 {
		before = 1 << 62
	}
	err = r.rows("SELECT "+conversationColumns+", "+contactColumns+", a.name, v.id FROM conversation v"+contactOfRow+
		"LEFT JOIN agent a ON a.id = v.lock_holder WHERE v.contact_id = ? AND v.id < ? ORDER BY v.id DESC LIMIT ?",
		[]any{person, before, limit}, func(rows *sql.Rows) error {
			v, err := scanRow(rows)
			list = append(list, v)
			return err
		})
	return list, err
}

// likenesses returns what tells of all persons whether two are one.
func (r *Reader) likenesses() (list []chat.Likeness, err error) {
	err = r.rows(`SELECT id, CASE WHEN own_name <> '' THEN own_name ELSE name END, phone, email, street, first_at FROM contact
		WHERE person_id IS NULL`, nil, func(rows *sql.Rows) error {
		var l chat.Likeness
		var first int64
		err := rows.Scan(&l.ID, &l.Name, &l.Phone, &l.Email, &l.Address, &first)
		l.FirstAt = fromMS(first)
		list = append(list, l)
		return err
	})
	return list, err
}

// Duplicates returns up to limit pairs that may be one person, the likeliest first.
func (r *Reader) Duplicates(limit int) (list []desk.Duplicate, err error) {
	people, err := r.likenesses()
	if err != nil {
		return nil, err
	}
	for p := range chat.FindSame(people) {
		var apart bool
		if err := r.row("SELECT EXISTS (SELECT 1 FROM contact_apart WHERE a = min(?1, ?2) AND b = max(?1, ?2))", []any{p.A, p.B}, &apart); err != nil {
			return nil, err
		}
		if apart {
			continue
		}
		d := desk.Duplicate{Reasons: p.Reasons, Digits: p.Digits}
		if d.A, err = r.customerRow(p.A); err != nil {
			return nil, err
		}
		if d.B, err = r.customerRow(p.B); err != nil {
			return nil, err
		}
		if list = append(list, d); len(list) == limit {
			break
		}
	}
	return list, nil
}
