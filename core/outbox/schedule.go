package outbox

import (
	"container/heap"
	"time"

	"shopbell/core/chat"
	"shopbell/core/store"
)

// entry is one row in the mirror.
type entry struct {
	row       store.OutboxRow
	notBefore time.Time
	later     int // how often Meta answered "later" in this run
	to        *recipient
	pass      pass
}

// late reports whether the row must not be sent any more.
func (e *entry) late(now time.Time) bool { return !now.Before(e.row.SendBefore) }

// recipient is one person on one channel: a line of rows, first in first out, of
// which the first alone may be under way.
type recipient struct {
	key      recipientKey
	way      *channel
	line     []*entry // never empty while the schedule knows the recipient
	underway bool     // line[0] was picked, and is not done yet
	due      time.Time
}

type recipientKey struct {
	channel chat.ChannelID
	contact chat.ContactID
}

// channel is one number of the shop.
type channel struct {
	id        chat.ChannelID
	gate      gate
	allowance *allowance
	ready     queue // recipients who may go as far as is known, oldest row first
}

func (c *channel) state() ChannelState {
	return ChannelState{Channel: c.id, Condition: c.gate.condition, Code: c.gate.code, Until: c.gate.until}
}

// schedule is the mirror of the ready rows and decides which of them goes when.
// It does no I/O and is not safe for use by many goroutines: the sender's loop
// owns it.
//
// A recipient stands in exactly one place: in its channel's ready queue, in the
// waiting queue, or in none while its first row is under way. A picked row ends
// its way by exactly one of done and again.
type schedule struct {
	limits     Limits
	channels   map[chat.ChannelID]*channel
	recipients map[recipientKey]*recipient
	waiting    queue // recipients who must wait for a limit or after an error, first due first
	rows       int   // in the mirror, those under way included
	underway   int
	last       int64 // the highest id ever added
	lapsed     bool  // rows were dropped for their send_before: the ledger must be told
	// deadline is no later than the first send_before in the mirror, rows under
	// way left out; zero while there is none. swept is when lapse last looked.
	deadline, swept time.Time
}

// lapseEvery bounds how often lapse looks through the whole mirror.
const lapseEvery = time.Second

func newSchedule(l Limits) *schedule {
	return &schedule{
		limits:     l,
		channels:   map[chat.ChannelID]*channel{},
		recipients: map[recipientKey]*recipient{},
		waiting:    queue{before: func(a, b *recipient) bool { return a.due.Before(b.due) }},
	}
}

// channel returns the channel with the given id, a new one if need be.
func (s *schedule) channel(id chat.ChannelID) *channel {
	c := s.channels[id]
	if c == nil {
		c = &channel{
			id: id, gate: gate{condition: OK}, allowance: newAllowance(s.limits),
			ready: queue{before: func(a, b *recipient) bool { return a.line[0].row.ID < b.line[0].row.ID }},
		}
		s.channels[id] = c
	}
	return c
}

// restore counts what earlier runs sent since a moment, Limits.memory ago.
func (s *schedule) restore(past []store.OutboxPast, since, now time.Time) {
	byChannel := map[chat.ChannelID][]store.OutboxPast{}
	for _, m := range past {
		byChannel[m.Channel] = append(byChannel[m.Channel], m)
	}
	for id, past := range byChannel {
		s.channel(id).allowance.restore(past, since, now)
	}
}

// add takes a row into the mirror. Rows come by ascending id.
func (s *schedule) add(row store.OutboxRow) {
	if r := s.append(row); len(r.line) == 1 {
		heap.Push(&r.way.ready, r)
	}
}

// addUnderway takes a row into the mirror that was claimed already; its
// recipient has no other there.
func (s *schedule) addUnderway(row store.OutboxRow) *entry {
	r := s.append(row)
	r.underway = true
	s.underway++
	return r.line[0]
}

// append puts a row at the end of its recipient's line.
func (s *schedule) append(row store.OutboxRow) *recipient {
	s.last = row.ID
	key := recipientKey{row.Channel, row.Contact}
	r := s.recipients[key]
	if r == nil {
		r = &recipient{key: key, way: s.channel(row.Channel)}
		s.recipients[key] = r
	}
	r.line = append(r.line, &entry{row: row, notBefore: row.NotBefore, to: r})
	s.rows++
	s.deadline = earlier(s.deadline, row.SendBefore)
	return r
}

// ripen makes recipients ready whose wait is over.
func (s *schedule) ripen(now time.Time) {
	for s.waiting.Len() > 0 && !s.waiting.first().due.After(now) {
		r := heap.Pop(&s.waiting).(*recipient)
		heap.Push(&r.way.ready, r)
	}
}

// pick returns up to room rows that may go at now and marks them as under way.
// Each must depart, or be done or again, before the next pick: the limits are
// counted at departure.
func (s *schedule) pick(now time.Time, room int) []*entry {
	var picked []*entry
	for _, c := range s.channels {
		picked = s.pickFrom(c, now, picked, min(room, len(picked)+min(c.gate.admits(now), c.allowance.free(now), room)))
	}
	return picked
}

// pickFrom adds rows of one channel to picked until that holds full rows.
func (s *schedule) pickFrom(c *channel, now time.Time, picked []*entry, full int) []*entry {
	for len(picked) < full && c.ready.Len() > 0 {
		r := heap.Pop(&c.ready).(*recipient)
		e := r.line[0]
		due := c.allowance.earliest(r.key.contact, e.row.NewCustomer, now)
		if e.notBefore.After(due) {
			due = e.notBefore
		}
		switch {
		case e.late(now):
			s.lapsed = true
			s.shift(r)
		case due.After(now):
			r.due = due
			heap.Push(&s.waiting, r)
		default:
			r.underway = true
			s.underway++
			picked = append(picked, e)
		}
	}
	return picked
}

// depart counts a picked and claimed row that is being written to the network.
func (s *schedule) depart(e *entry, now time.Time) {
	e.pass = e.to.way.gate.depart()
	e.to.way.allowance.depart(now)
}

// answered takes the answer to a row that departed, given at the time at. The
// row stays under way until its result is stored.
func (s *schedule) answered(e *entry, v verdict, at time.Time, jitter float64) {
	if v.fate == fateSent || v.fate == fateUnknown {
		e.to.way.allowance.arrived(e.to.key.contact, at)
	}
	if v.fate == fateAgain && v.sign == signGood {
		e.later++
	}
	e.to.way.gate.answered(e.pass, v, at, jitter)
}

// done takes a row that is under way out of the mirror.
func (s *schedule) done(e *entry) {
	e.to.underway = false
	s.underway--
	s.shift(e.to)
}

// again puts a row that is under way back to the head of its recipient's line.
func (s *schedule) again(e *entry, notBefore time.Time) {
	e.notBefore = notBefore
	e.to.underway = false
	s.underway--
	s.deadline = earlier(s.deadline, e.row.SendBefore)
	heap.Push(&e.to.way.ready, e.to)
}

// shift drops the first row of a recipient who stands in no queue, and queues
// the recipient for the next one.
func (s *schedule) shift(r *recipient) {
	s.rows--
	r.line[0] = nil
	r.line = r.line[1:]
	if len(r.line) == 0 {
		delete(s.recipients, r.key)
		return
	}
	heap.Push(&r.way.ready, r)
}

// lapse drops the rows that are past their send_before, those under way left
// out. It does nothing before nextLapse.
func (s *schedule) lapse(now time.Time) {
	if next := s.nextLapse(); next.IsZero() || now.Before(next) {
		return
	}
	s.swept = now
	s.deadline = time.Time{}
	for key, r := range s.recipients {
		kept := r.line[:0]
		for i, e := range r.line {
			switch {
			case i == 0 && r.underway:
			case e.late(now):
				s.lapsed = true
				s.rows--
				continue
			default:
				s.deadline = earlier(s.deadline, e.row.SendBefore)
			}
			kept = append(kept, e)
		}
		clear(r.line[len(kept):])
		if r.line = kept; len(kept) == 0 {
			delete(s.recipients, key)
		}
	}
	s.requeue()
}

// nextLapse returns when lapse has something to look for; zero: never.
func (s *schedule) nextLapse() time.Time {
	if !s.deadline.IsZero() && s.deadline.Sub(s.swept) < lapseEvery {
		return s.swept.Add(lapseEvery)
	}
	return s.deadline
}

// hurry forgets every wait that is not a limit.
func (s *schedule) hurry() {
	for _, c := range s.channels {
		c.gate.hurry()
	}
	for _, r := range s.recipients {
		r.line[0].notBefore = time.Time{}
	}
	s.requeue()
}

// requeue makes every recipient who is not under way ready; pick sends those who
// must wait back to the waiting queue.
func (s *schedule) requeue() {
	s.waiting.items = nil
	for _, c := range s.channels {
		c.ready.items = nil
	}
	for _, r := range s.recipients {
		if !r.underway {
			r.way.ready.items = append(r.way.ready.items, r)
		}
	}
	for _, c := range s.channels {
		heap.Init(&c.ready)
	}
}

// next returns when there may be something to do that no event announces; zero:
// never.
func (s *schedule) next(now time.Time) time.Time {
	next := s.nextLapse()
	if s.waiting.Len() > 0 {
		next = earlier(next, s.waiting.first().due)
	}
	for _, c := range s.channels {
		switch {
		case c.ready.Len() == 0:
		case c.gate.admits(now) == 0:
			next = earlier(next, c.gate.opens(now))
		case c.allowance.free(now) == 0:
			next = earlier(next, c.allowance.nextFree(now))
		}
	}
	return next
}
