package outbox

import (
	"time"

	"shopbell/core/store"
)

// A row usually takes two transactions before it leaves: the one that adds it
// and the one that claims it, with a look at the table between them. Where
// nothing stands in its way it is claimed in the transaction that adds it, which
// spares a quiet shop's customer half of the wait. Whatever is not plain (rows
// that wait already, a claim under way, a gate that is shut) goes the usual way.

// offer is the rows that a commit is about to add.
type offer struct {
	rows  []store.OutboxRow
	reply chan []int64 // the ids that leave with the commit
}

// Claim answers store.Options.Claim. It waits for the sender's loop, which waits
// for nobody; it claims nothing before Run has begun and after it has ended.
func (s *Sender) Claim(rows []store.OutboxRow) store.Claim {
	if !s.claiming.Load() {
		return store.Claim{}
	}
	o := offer{rows: rows, reply: make(chan []int64, 1)}
	select {
	case s.offers <- o:
	case <-s.ended:
		return store.Claim{}
	}
	ids := <-o.reply
	if len(ids) == 0 {
		return store.Claim{}
	}
	return store.Claim{IDs: ids, Known: true, Done: func(stored bool) { s.outcomes <- stored }}
}

// onOffer chooses rows to leave with their commit. Until its outcome is known
// nothing else is claimed or loaded: the rows are not in the table yet, and
// their ids are given again where the commit fails.
func (l *loop) onOffer(o offer) {
	now := l.now()
	var ids []int64
	if !l.ending() && !now.Before(l.resume) && !l.claiming && l.abreast(o) {
		ids = l.sched.admit(o.rows, now, l.workers-l.sched.underway)
	}
	if len(ids) > 0 {
		l.claiming = true
		l.offered, l.leaving = o.rows, ids
	}
	o.reply <- ids
}

// abreast reports whether the mirror holds every row that was added before those
// of o. Were one missing, it would never be looked for: the look begins after the
// highest id in the mirror.
func (l *loop) abreast(o offer) bool {
	behind := l.more || l.loading || len(l.wake) > 0 || l.sched.last > 0 && o.rows[0].ID != l.sched.last+1
	return !behind && l.sched.rows+len(o.rows) <= mirrorRows
}

// onOutcome takes the rows of a commit into the mirror and sends those that were
// claimed with it.
func (l *loop) onOutcome(stored bool) {
	l.claiming = false
	rows, leaving := l.offered, l.leaving
	l.offered, l.leaving = nil, nil
	if !stored {
		return
	}
	now := l.now()
	for _, row := range rows {
		if len(leaving) == 0 || leaving[0] != row.ID {
			l.sched.add(row)
			continue
		}
		leaving = leaving[1:]
		l.leave(l.sched.addUnderway(row), now)
	}
}

// admit returns the ids of those rows that may go at now, up to room of them:
// the first of a recipient who has none in the mirror, on a channel where nobody
// waits for his turn.
func (s *schedule) admit(rows []store.OutboxRow, now time.Time, room int) []int64 {
	var ids []int64
	seen := map[recipientKey]bool{}
	free := map[*channel]int{}
	for _, row := range rows {
		key := recipientKey{row.Channel, row.Contact}
		c := s.channel(row.Channel)
		if _, known := free[c]; !known {
			free[c] = min(c.gate.admits(now), c.allowance.free(now))
		}
		first := !seen[key] && s.recipients[key] == nil
		seen[key] = true
		if !first || len(ids) >= room || free[c] <= 0 || c.ready.Len() > 0 ||
			!now.Before(row.SendBefore) || c.allowance.earliest(row.Contact, row.NewCustomer, now).After(now) {
			continue
		}
		free[c]--
		ids = append(ids, row.ID)
	}
	return ids
}
