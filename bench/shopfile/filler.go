package shopfile

import (
	"container/heap"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"shopbell/core/chat"
	"shopbell/core/staff"
	"shopbell/core/store"
)

// outcome is how a conversation stands when its messages are through.
type outcome int

const (
	resolved outcome = iota
	answered
	waiting
)

// returning is the share of conversations that begin with a customer who was there
// before; of the others each is the share that has an outcome. Of those of the last
// days more still wait than of the earlier ones.
const (
	returning  = 0.3
	isAnswered = 0.3
	isWaiting  = 0.004
	waitsStill = 0.4
	lastDays   = 3 * 24 * time.Hour
)

// comesBack is how long after resolving a customer begins another matter: later
// than the time within which the store takes up the last one.
const comesBack = chat.TakeUpAgain + unit

// filler holds what is not written yet.
type filler struct {
	rng     *rand.Rand
	end     time.Time
	channel chat.Channel
	agents  []staff.Agent

	planned []*talk  // not begun, the next one first
	running talks    // begun
	gone    []parted // resolved, in the order of time
	people  int      // contacts so far
	written int      // messages so far
	ids     int      // of Meta's so far
}

// parted is a customer who may come back.
type parted struct {
	who person
	at  time.Time // when their matter was resolved
}

// talk is one conversation.
type talk struct {
	person
	at      time.Time // of the next message
	left    int       // messages
	gap     time.Duration
	outcome outcome

	conv         chat.Conversation
	begun        bool
	turn         chat.Author // who wrote last
	theirs, ours string      // wamid of the last message of either side
	dirty        bool
}

// talks is a heap: the one that goes on first is on top.
type talks []*talk

func (t talks) Len() int { return len(t) }
func (t talks) Less(i, j int) bool {
	if !t[i].at.Equal(t[j].at) {
		return t[i].at.Before(t[j].at)
	}
	return t[i].conv.ID < t[j].conv.ID
}
func (t talks) Swap(i, j int) { t[i], t[j] = t[j], t[i] }
func (t *talks) Push(x any)   { *t = append(*t, x.(*talk)) }
func (t *talks) Pop() any {
	last := (*t)[len(*t)-1]
	*t = (*t)[:len(*t)-1]
	return last
}

// plan makes all conversations, in the order in which they begin.
func (f *filler) plan(s Size) {
	lengths := f.lengths(s)
	begins := make([]time.Time, len(lengths))
	for i := range begins {
		begins[i] = f.opens(float64(i) / float64(len(begins)))
	}
	slices.SortFunc(begins, time.Time.Compare)
	for i, n := range lengths {
		t := &talk{at: begins[i], left: n, gap: f.pause(), outcome: f.outcome(begins[i])}
		if long(i) {
			// Spread over all the time there is: it never comes to an end.
			t.outcome, t.gap = answered, f.end.Sub(t.at)/time.Duration(n)
		}
		f.planned = append(f.planned, t)
	}
	f.planned[0].person = person{name: LongestName, phone: "351910000000", speech: &speeches[0]}
}

// lengths draws how many messages each conversation has. The first are the long
// ones: the longest, three of a five-hundredth of all messages, twenty of a
// five-thousandth. Of the others most are short, half of them of 7 or fewer where
// there are ten messages to a conversation.
func (f *filler) lengths(s Size) []int {
	lengths, weights := make([]int, s.Conversations), make([]float64, s.Conversations)
	spare, sum := s.spare(), 0.0
	for i := range lengths {
		lengths[i] = minMessages
		if long(i) {
			more := min(spare, s.share(i))
			lengths[i] += more
			spare -= more
			continue
		}
		weights[i] = min(f.rng.ExpFloat64(), 6)
		sum += weights[i]
	}
	rest := spare
	for i, w := range weights {
		if sum > 0 {
			more := int(float64(spare) * w / sum)
			lengths[i] += more
			rest -= more
		}
	}
	for i := len(lengths) - 1; rest > 0; i = (i + len(lengths) - 1) % len(lengths) {
		lengths[i]++ // what rounding left
		rest--
	}
	return lengths
}

// long reports whether the i-th conversation is one of the long ones.
func long(i int) bool { return i < 24 }

// share is how many messages more than the least the i-th conversation has, of the
// long ones, where there are as many.
func (s Size) share(i int) int {
	switch {
	case i == 0:
		return max(s.Messages/50, leastLongest)
	case i < 4:
		return s.Messages / 500
	}
	return s.Messages / 5000
}

// spare is how many messages there are beside the least of each conversation.
func (s Size) spare() int { return s.Messages - minMessages*s.Conversations }

// opens returns when the conversation begins that stands at a part of the file's
// time: in the hours in which people write.
func (f *filler) opens(part float64) time.Time {
	day := f.end.Add(-span).Add(time.Duration(part * float64(span))).Truncate(24 * time.Hour)
	at := day.Add(time.Duration(7+f.rng.Float64()*15) * time.Hour).Add(time.Duration(f.rng.IntN(3600)) * time.Second)
	return earliest(at, f.end.Add(-time.Minute))
}

func earliest(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// pause draws how long after a message the next one of the conversation comes.
func (f *filler) pause() time.Duration {
	return time.Minute + time.Duration(f.rng.ExpFloat64()*float64(20*time.Minute))
}

// outcome draws how a conversation ends that began at a moment.
func (f *filler) outcome(began time.Time) outcome {
	waits := isWaiting
	if f.end.Sub(began) < lastDays {
		waits = waitsStill
	}
	switch p := f.rng.Float64(); {
	case p < waits:
		return waiting
	case p < waits+isAnswered:
		return answered
	}
	return resolved
}

// next returns when the next message is written, and whether there is one.
func (f *filler) next() (time.Time, bool) {
	if len(f.planned) > 0 && (len(f.running) == 0 || f.planned[0].at.Before(f.running[0].at)) {
		return f.planned[0].at, true
	}
	if len(f.running) > 0 {
		return f.running[0].at, true
	}
	return time.Time{}, false
}

// write stores what is written before a moment.
func (f *filler) write(tx *store.Tx, before time.Time) error {
	var dirty []*talk
	for at, more := f.next(); more && at.Before(before); at, more = f.next() {
		if len(f.planned) > 0 && f.planned[0].at.Equal(at) {
			t := f.planned[0]
			f.planned = f.planned[1:]
			if err := f.begin(tx, t); err != nil {
				return err
			}
			heap.Push(&f.running, t)
			continue
		}
		t := f.running[0]
		if err := f.say(tx, t); err != nil {
			return err
		}
		if !t.dirty {
			t.dirty, dirty = true, append(dirty, t)
		}
		if t.left == 0 {
			heap.Pop(&f.running)
			f.part(t)
			continue
		}
		t.at = f.later(t)
		heap.Fix(&f.running, 0)
	}
	for _, t := range dirty {
		t.dirty = false
		if err := tx.SaveConversation(t.conv); err != nil {
			return err
		}
	}
	return nil
}

// later returns when a conversation goes on, so that what is left of it comes
// before the end.
func (f *filler) later(t *talk) time.Time {
	gap := time.Duration(f.rng.ExpFloat64() * float64(t.gap))
	return t.at.Add(min(gap, f.end.Sub(t.at)/time.Duration(t.left+1))).Truncate(time.Second)
}

// begin gives a conversation its customer.
func (f *filler) begin(tx *store.Tx, t *talk) error {
	switch {
	case t.speech != nil:
	case len(f.gone) > 0 && t.at.Sub(f.gone[0].at) > comesBack && f.rng.Float64() < returning:
		t.person = f.gone[0].who
		f.gone = f.gone[1:]
	default:
		t.person = f.newcomer()
	}
	who, _, err := tx.KnowContact(store.Person{Phone: t.phone, Name: t.name})
	if err != nil {
		return err
	}
	t.conv, err = tx.TakeUp(f.channel.ID, who)
	return err
}

// newcomer draws a person who was not there before.
func (f *filler) newcomer() person {
	f.people++
	s := &speeches[f.rng.IntN(len(speeches))]
	return person{
		name:   pick(f, s.first) + " " + pick(f, s.last),
		phone:  fmt.Sprintf("%s%07d", s.prefix, f.people),
		speech: s,
	}
}

// part ends a conversation as it was planned.
func (f *filler) part(t *talk) {
	if t.outcome != resolved {
		return
	}
	t.conv.State, t.conv.ResolvedAt, t.conv.WaitingSince, t.conv.Unread = chat.StateResolved, t.at, time.Time{}, 0
	f.gone = append(f.gone, parted{t.person, t.at})
}

func pick[T any](f *filler, of []T) T { return of[f.rng.IntN(len(of))] }
