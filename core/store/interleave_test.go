package store_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"shopbell/core/chat"
	"shopbell/core/store"
)

// play is one conversation in which anything may happen in any order, beside
// what the test knows of it.
type play struct {
	*desk
	rt       *rapid.T
	customer chat.Contact
	letters  []*tracked
	asked    []question
	turn     int // counts what the customer and the shop said
}

type question struct {
	at   time.Time
	turn int
}

// tracked is a letter and what the world did with its present attempt.
type tracked struct {
	letter
	attempt  int
	wamid    string // what Meta calls this attempt
	tied     bool   // the desk has seen wamid together with the letter
	told     []chat.Status
	answered int // turn in which it was sent, for the last time
	was      chat.Status
}

// height is how far a message has come for sure; failed and the like are 0.
func height(s chat.Status) int {
	return map[chat.Status]int{chat.StatusSent: 1, chat.StatusDelivered: 2, chat.StatusRead: 3, chat.StatusPlayed: 4}[s]
}

// pick chooses one of the letters; there is one from the beginning.
func (p *play) pick() *tracked {
	return rapid.SampledFrom(p.letters).Draw(p.rt, "letter")
}

func (p *play) track(l letter, attempt int) *tracked {
	p.turn++
	return &tracked{letter: l, attempt: attempt, wamid: fmt.Sprintf("wamid.%d.%d", l.message, attempt), answered: p.turn, was: chat.StatusQueued}
}

// claimed claims a letter's row if it is ready, and reports whether it did.
func (p *play) claimed(l *tracked) bool {
	ids, err := p.db.OutboxClaim(p.Context(), []int64{l.row})
	p.done(err)
	return len(ids) == 1
}

func (p *play) actions() map[string]func(*rapid.T) {
	return map[string]func(*rapid.T){
		"the customer writes": func(t *rapid.T) {
			ago := time.Duration(rapid.SampledFrom([]int{0, 0, 0, 10, 300}).Draw(t, "ago")) * time.Second
			m := p.write(p.customer, ago)
			p.turn++
			p.asked = append(p.asked, question{at: m.At, turn: p.turn})
		},
		"an agent answers": func(*rapid.T) {
			p.letters = append(p.letters, p.track(p.answer(p.customer, agentSays("yes")), 1))
		},
		"the sender is told": func(t *rapid.T) {
			l := p.pick()
			if !p.claimed(l) {
				return
			}
			switch rapid.SampledFrom([]string{"accepted", "accepted", "refused", "put back", "no answer", "crash"}).Draw(t, "what") {
			case "accepted":
				if rapid.Bool().Draw(t, "a status is faster") {
					p.tell(t, l)
				}
				waiting, unknown := p.outbox()
				p.done(p.db.OutboxSent(p.Context(), l.row, store.Acceptance{WAMID: l.wamid, At: p.now}))
				if left, still := p.outbox(); left < waiting || still < unknown {
					l.told = append(l.told, chat.StatusSent)
				}
				l.tied = true
			case "refused":
				p.done(p.db.OutboxFailed(p.Context(), l.row, 131026, "no"))
			case "put back":
				p.done(p.db.OutboxBack(p.Context(), l.row, p.now, 131056, "later"))
			case "no answer":
				p.done(p.db.OutboxUnknown(p.Context(), l.row, "no answer"))
			case "crash":
				_, err := p.db.OutboxRecover(p.Context())
				p.done(err)
			}
		},
		"Meta reports": func(t *rapid.T) { p.tell(t, p.pick()) },
		"Meta reports about an attempt of old": func(t *rapid.T) {
			if l := p.pick(); l.attempt > 1 {
				p.report(fmt.Sprintf("wamid.%d.%d", l.message, l.attempt-1), "", p.drawStatus(t))
			}
		},
		"a person settles": func(t *rapid.T) {
			l := p.pick()
			if p.message(l.message).Status == chat.StatusUnknown {
				left := rapid.Bool().Draw(t, "left")
				p.update(func(tx *store.Tx) error { return tx.SettleUnknown(l.message, left) })
			}
		},
		"a person sends again": func(*rapid.T) {
			l := p.pick()
			if s := p.message(l.message).Status; s == chat.StatusFailed || s == chat.StatusExpired {
				*l = *p.track(p.again(l.letter), l.attempt+1)
			}
		},
		"time runs out": func(*rapid.T) {
			p.now = p.now.Add(2 * time.Minute)
			_, err := p.db.OutboxExpire(p.Context(), p.now)
			p.done(err)
		},
		"": p.check,
	}
}

func (p *play) drawStatus(t *rapid.T) chat.Status {
	return rapid.SampledFrom([]chat.Status{
		chat.StatusSent, chat.StatusDelivered, chat.StatusRead, chat.StatusPlayed, chat.StatusFailed,
	}).Draw(t, "status")
}

// tell reports a status of a letter, with the callback data or without.
func (p *play) tell(t *rapid.T, l *tracked) {
	s := p.drawStatus(t)
	callback := ""
	if rapid.Bool().Draw(t, "with callback data") {
		callback, l.tied = l.callback, true
	}
	p.report(l.wamid, callback, s)
	l.told = append(l.told, s)
}

// check compares the file with the slow and obvious way to the same things.
func (p *play) check(t *rapid.T) {
	conversations := map[chat.ConversationID]bool{}
	alive := 0 // the last turn in which an answer was sent that is not lost
	for _, l := range p.letters {
		m := p.message(l.message)
		conversations[m.Conversation] = true
		if height(m.Status) < height(l.was) && (l.was != chat.StatusSent || m.Status != chat.StatusFailed) {
			t.Fatalf("letter %d went from %q back to %q", l.message, l.was, m.Status)
		}
		l.was = m.Status
		highest := 0
		for _, s := range l.told {
			highest = max(highest, height(s))
		}
		if l.tied && highest > 1 && height(m.Status) != highest {
			t.Fatalf("letter %d is %q, though Meta reported %q", l.message, m.Status, l.told)
		}
		if l.tied && len(l.told) > 0 {
			ids, err := p.db.OutboxClaim(p.Context(), []int64{l.row})
			p.done(err)
			if len(ids) > 0 || m.Status == chat.StatusQueued || m.Status == chat.StatusUnknown {
				t.Fatalf("letter %d is %q and its row could be claimed (%d), though Meta reported %q", l.message, m.Status, len(ids), l.told)
			}
		}
		if m.Status != chat.StatusFailed && m.Status != chat.StatusExpired {
			alive = max(alive, l.answered)
		}
	}
	var since time.Time
	for _, q := range p.asked {
		if q.turn > alive && (since.IsZero() || q.at.Before(since)) {
			since = q.at
		}
	}
	v := chat.Conversation{}
	p.view(func(r *store.Reader) (err error) { v, err = r.LatestConversation(p.channel.ID, p.customer); return err })
	if !v.WaitingSince.Equal(since) {
		t.Fatalf("waits since %s, want %s: %d questions, the last answer that stands was in turn %d", v.WaitingSince, since, len(p.asked), alive)
	}
	if len(conversations) > 1 {
		t.Fatalf("%d conversations of one matter", len(conversations))
	}
}

func TestWhateverHappensInWhateverOrderTheConversationIsRight(t *testing.T) {
	d := newDesk(t)
	d.step = 300 * time.Millisecond // several things in one second, which is what a chat is ordered by
	rapid.Check(t, func(rt *rapid.T) {
		d.t = rt
		defer func() { d.t = t }()
		p := &play{desk: d, rt: rt, customer: d.customer()}
		p.turn++
		p.asked = []question{{at: p.write(p.customer, 0).At, turn: p.turn}}
		p.letters = []*tracked{p.track(p.answer(p.customer, agentSays("hello")), 1)}
		rt.Repeat(p.actions())
	})
}
