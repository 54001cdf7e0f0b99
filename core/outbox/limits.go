package outbox

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"golang.org/x/time/rate"

	"shopbell/core/chat"
	"shopbell/core/store"
)

// Limits bound how fast messages leave, for each channel by itself. A zero
// NumberPerSecond, PairEvery or NewCustomerPerMinute lifts that limit.
type Limits struct {
	// NumberPerSecond bounds one number of the shop over all its recipients, and
	// NumberBurst (1 or more) is how many of these may leave at one moment.
	NumberPerSecond, NumberBurst int
	// One recipient gets a message every PairEvery on average, and up to
	// PairBurst (1 or more) in a row after a silence.
	PairEvery time.Duration
	PairBurst int
	// NewCustomerPerMinute bounds the messages within any 60 s to a customer whose
	// first message is less than 24 h old.
	NewCustomerPerMinute int
}

// DefaultLimits are Meta's 80 messages a second for a number, a message every
// 6 s to one recipient with 45 borrowed in advance (Cloud API, throughput and
// pair rate), and the shop's 5 a minute to a new customer (mission C7).
func DefaultLimits() Limits {
	return Limits{
		NumberPerSecond: 80, NumberBurst: 8,
		PairEvery: 6 * time.Second, PairBurst: 45,
		NewCustomerPerMinute: 5,
	}
}

const (
	newCustomerFor = 24 * time.Hour // mission C7
	// newCustomerSpan is the minute of mission C7 and a little more: what is
	// counted is when an acceptance was seen, and a stored time is rounded.
	newCustomerSpan = time.Minute + 10*time.Millisecond
	// sweepEvery is how often the state of recipients who are far from every
	// limit is forgotten.
	sweepEvery = 10 * time.Second
)

func (l Limits) validate() error {
	var errs []error
	if l.NumberPerSecond < 0 || l.NumberBurst < 0 || l.PairEvery < 0 || l.PairBurst < 0 || l.NewCustomerPerMinute < 0 {
		errs = append(errs, fmt.Errorf("outbox: negative limit in %+v: give 0 to lift one", l))
	}
	if l.NumberPerSecond > 0 && l.NumberBurst == 0 {
		errs = append(errs, errors.New("outbox: NumberBurst is 0: with NumberPerSecond it must be 1 or more"))
	}
	if l.PairEvery > 0 && l.PairBurst == 0 {
		errs = append(errs, errors.New("outbox: PairBurst is 0: with PairEvery it must be 1 or more"))
	}
	return errors.Join(errs...)
}

// memory is how far back a message can still matter to the limits.
func (l Limits) memory() time.Duration {
	span := l.PairEvery * time.Duration(l.PairBurst)
	if l.NumberPerSecond > 0 {
		span = max(span, time.Second*time.Duration(l.NumberBurst)/time.Duration(l.NumberPerSecond))
	}
	if l.NewCustomerPerMinute > 0 {
		span = max(span, newCustomerSpan)
	}
	return span
}

// allowance is what the limits still leave to one channel. Times given to its
// methods must not run backwards.
//
// The number's tokens are taken when a message departs. A recipient's are taken
// when Meta has, or may have, taken the message: as only one is under way to a
// recipient, nothing is allowed in between, and a message that was slow on the
// network counts from its end, so that the limits also hold where it arrives.
type allowance struct {
	limits Limits
	number *rate.Limiter // nil: lifted
	pairs  map[chat.ContactID]*pair
	swept  time.Time
}

// pair is what the limits remember of one recipient.
type pair struct {
	bucket *rate.Limiter // nil: lifted
	recent []time.Time   // the newest messages, oldest first; at most NewCustomerPerMinute
}

func newAllowance(l Limits) *allowance {
	a := &allowance{limits: l, pairs: map[chat.ContactID]*pair{}}
	if l.NumberPerSecond > 0 {
		a.number = rate.NewLimiter(rate.Limit(l.NumberPerSecond), l.NumberBurst)
	}
	return a
}

// free returns how many messages the number may send at now.
func (a *allowance) free(now time.Time) int {
	if a.number == nil {
		return math.MaxInt
	}
	return max(0, int(a.number.TokensAt(now)))
}

// nextFree returns when the number may send again: now, if it may.
func (a *allowance) nextFree(now time.Time) time.Time {
	if a.number == nil {
		return now
	}
	return whenToken(a.number, now)
}

// depart takes one of the number's tokens.
func (a *allowance) depart(now time.Time) {
	if a.number != nil {
		a.number.ReserveN(now, 1)
	}
}

// earliest returns when the recipient may get a message: now, if at once.
// firstAt is the recipient's first message ever; zero means long ago.
func (a *allowance) earliest(to chat.ContactID, firstAt, now time.Time) time.Time {
	p := a.pairs[to]
	if p == nil {
		return now
	}
	when := now
	if p.bucket != nil {
		when = whenToken(p.bucket, now)
	}
	if n := a.limits.NewCustomerPerMinute; n > 0 && len(p.recent) == n {
		free := p.recent[0].Add(newCustomerSpan)
		if known := firstAt.Add(newCustomerFor); free.After(known) {
			free = known
		}
		if free.After(when) {
			when = free
		}
	}
	return when
}

// arrived counts a message that Meta has, or may have, taken at the time at.
func (a *allowance) arrived(to chat.ContactID, at time.Time) {
	if a.limits.PairEvery == 0 && a.limits.NewCustomerPerMinute == 0 {
		return
	}
	p := a.remember(to)
	if p.bucket != nil {
		p.bucket.ReserveN(at, 1)
	}
	if n := a.limits.NewCustomerPerMinute; n > 0 {
		if len(p.recent) == n {
			p.recent = append(p.recent[:0], p.recent[1:]...)
		}
		p.recent = append(p.recent, at)
	}
	a.sweep(at)
}

// remember returns what is remembered of a recipient: of a new one, nothing.
func (a *allowance) remember(to chat.ContactID) *pair {
	p := a.pairs[to]
	if p == nil {
		p = &pair{}
		if a.limits.PairEvery > 0 {
			p.bucket = rate.NewLimiter(rate.Every(a.limits.PairEvery), a.limits.PairBurst)
		}
		a.pairs[to] = p
	}
	return p
}

// sweep forgets recipients to whom no limit applies any more.
func (a *allowance) sweep(now time.Time) {
	if now.Sub(a.swept) < sweepEvery {
		return
	}
	a.swept = now
	for to, p := range a.pairs {
		full := p.bucket == nil || p.bucket.TokensAt(now) >= float64(a.limits.PairBurst)
		quiet := len(p.recent) == 0 || now.Sub(p.recent[len(p.recent)-1]) >= newCustomerSpan
		if full && quiet {
			delete(a.pairs, to)
		}
	}
}

// restore counts what left in earlier runs since the given moment, which must
// lie Limits.memory ago. How much was allowed then is not known, so it is taken
// as nothing. A time that lies ahead of now (the clock was set back) counts as now.
func (a *allowance) restore(past []store.OutboxPast, since, now time.Time) {
	slices.SortFunc(past, func(x, y store.OutboxPast) int { return x.At.Compare(y.At) })
	if a.number != nil {
		a.number.ReserveN(since, a.limits.NumberBurst)
	}
	for _, m := range past {
		if a.limits.PairEvery > 0 && a.pairs[m.Contact] == nil {
			a.remember(m.Contact).bucket.ReserveN(since, a.limits.PairBurst)
		}
	}
	for _, m := range past {
		at := m.At
		if at.After(now) {
			at = now
		}
		a.depart(at)
		a.arrived(m.Contact, at)
	}
}

// whenToken returns when the bucket holds a whole token: now, if it does.
func whenToken(b *rate.Limiter, now time.Time) time.Time {
	tokens := b.TokensAt(now)
	if tokens >= 1 {
		return now
	}
	seconds := (1 - tokens) / float64(b.Limit())
	// A nanosecond more than computed, so that rounding never wakes us too early.
	return now.Add(time.Duration(math.Ceil(seconds*float64(time.Second))) + 1)
}

// earlier returns the earlier of two moments, of which zero means never.
func earlier(a, b time.Time) time.Time {
	if a.IsZero() || (!b.IsZero() && b.Before(a)) {
		return b
	}
	return a
}
