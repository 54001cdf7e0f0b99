// Package outbox turns the rows of the outbox table into calls of the Graph
// API: each message at most once, in order for one recipient, within the limits
// of Meta and of the shop, and never after its send_before.
//
// The table is the truth. A row is claimed there (ready -> sending) before its
// message is written to the network, and its result is stored there before the
// recipient's next message is claimed. What is in memory is a mirror of the
// ready rows; a restart builds it again.
//
// What becomes of a message (see judge):
//
//	accepted                       -> sent
//	certainly not sent             -> ready again; its channel pauses
//	"later", said by Meta          -> ready again, after a wait
//	the account or the key refused -> ready again; its channel stops
//	refused for good               -> failed, with Meta's code
//	written, and no usable answer  -> unknown; it is never sent again by itself
//	past its send_before           -> expired
package outbox

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"sync/atomic"
	"time"

	"shopbell/core/chat"
	"shopbell/core/cloudapi"
	"shopbell/core/store"
)

// Ledger is where the rows live; *store.DB is one. Every method is one durable
// transaction: nil means stored, an error means that nothing changed. Sent, Back,
// Unknown and Failed are about a row in state sending; one that is not there any
// more (a status or a person settled it) is no error.
//
// A row that left the state "ready" comes back to it by OutboxBack only; what is
// to be sent once more is a new row. Safe for use by many goroutines.
type Ledger interface {
	// OutboxReady returns up to limit rows in state ready with an id over after, by id.
	OutboxReady(ctx context.Context, after int64, limit int) ([]store.OutboxRow, error)
	// OutboxClaim moves rows from ready to sending and returns the ids of those
	// that it moved; the others are not ready any more.
	OutboxClaim(ctx context.Context, ids []int64) ([]int64, error)
	// OutboxSent ends a row whose message the Graph API accepted.
	OutboxSent(ctx context.Context, id int64, a store.Acceptance) error
	// OutboxBack makes a row ready again.
	OutboxBack(ctx context.Context, id int64, notBefore time.Time, code int, text string) error
	// OutboxUnknown marks a row whose message may or may not have left.
	OutboxUnknown(ctx context.Context, id int64, why string) error
	// OutboxFailed ends a row whose message was refused for good.
	OutboxFailed(ctx context.Context, id int64, code int, text string) error
	// OutboxExpire ends every ready row whose send_before is not after now.
	OutboxExpire(ctx context.Context, now time.Time) (int, error)
	// OutboxRecover marks every row in state sending as unknown: at the start of
	// a run these are what a crash interrupted.
	OutboxRecover(ctx context.Context) (int, error)
	// OutboxRecent returns what left, or may have left, at since or later.
	OutboxRecent(ctx context.Context, since time.Time) ([]store.OutboxPast, error)
}

// Courier carries one message to Meta; *cloudapi.Client is one. Send must end
// soon after ctx does, and by a time limit of its own when ctx has none. Its
// error must be one that cloudapi.ClassOf can place: an error it cannot place
// makes the message unknown. Safe for use by many goroutines.
type Courier interface {
	Send(ctx context.Context, phoneNumberID string, body []byte) (cloudapi.Accepted, error)
}

// Options of a Sender. Ledger, Courier and Now are needed.
type Options struct {
	Ledger  Ledger
	Courier Courier
	Now     func() time.Time
	// Limits in force; the zero value lifts them all (see DefaultLimits).
	Limits Limits
	// Workers is how many messages may be on their way at once: claimed, being
	// sent, or being recorded. 0 means 64.
	Workers int
	// Grace is how long sends under way may take to end after Run's context has.
	// What has not ended then is cut off. 0 means 10 s.
	Grace time.Duration
	// Changed is called after the channels or the ledger error of State changed;
	// not for its counts. It must return at once and may call State. May be nil.
	Changed func()
	// Log gets what happens to channels, to the ledger, and unknown messages; ids
	// only, no texts or phones. Nil: nowhere.
	Log *slog.Logger
	// Rand returns numbers in [0, 1) for jitter; safe for use by many goroutines.
	// Nil: math/rand.
	Rand func() float64
}

const (
	defaultWorkers = 64
	defaultGrace   = 10 * time.Second
)

// Sender sends what the outbox holds. Wake, TryNow and State may be called by
// any goroutine, before, during and after Run.
type Sender struct {
	ledger  Ledger
	courier Courier
	now     func() time.Time
	limits  Limits
	workers int
	grace   time.Duration
	log     *slog.Logger
	rand    func() float64

	wake    chan struct{}
	tryNow  chan struct{}
	hearsay chan heard
	started atomic.Bool

	claiming atomic.Bool // Claim is answered
	offers   chan offer
	outcomes chan bool
	ended    chan struct{} // Run has ended
	board    board
}

// New returns a Sender that sends nothing until Run. It returns an error for an
// option that is missing or makes no sense.
func New(o Options) (*Sender, error) {
	var errs []error
	if o.Ledger == nil || o.Courier == nil || o.Now == nil {
		errs = append(errs, errors.New("outbox: Options need a Ledger, a Courier and Now"))
	}
	if o.Workers < 0 {
		errs = append(errs, fmt.Errorf("outbox: Workers is %d: give 1 or more, or 0 for %d", o.Workers, defaultWorkers))
	}
	if o.Grace < 0 {
		errs = append(errs, fmt.Errorf("outbox: Grace is %v: give a positive time, or 0 for %v", o.Grace, defaultGrace))
	}
	if err := errors.Join(append(errs, o.Limits.validate())...); err != nil {
		return nil, err
	}
	if o.Workers == 0 {
		o.Workers = defaultWorkers
	}
	if o.Grace == 0 {
		o.Grace = defaultGrace
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Rand == nil {
		o.Rand = rand.Float64
	}
	if o.Changed == nil {
		o.Changed = func() {}
	}
	return &Sender{
		ledger: o.Ledger, courier: o.Courier, now: o.Now, limits: o.Limits,
		workers: o.Workers, grace: o.Grace, log: o.Log, rand: o.Rand,
		wake:   make(chan struct{}, 1),
		tryNow: make(chan struct{}, 1), hearsay: make(chan heard, 1),
		offers: make(chan offer), outcomes: make(chan bool, 1), ended: make(chan struct{}),
		board: board{log: o.Log, changed: o.Changed},
	}, nil
}

// Wake says that rows may have been added: call it after the commit. It does not
// block, and many calls may be answered by one look.
func (s *Sender) Wake() { poke(s.wake) }

// TryNow forgets pauses, refusals and backoff, so that what waits is tried at
// once; a channel that was paused sends one message first. The limits stay. It
// does not block.
func (s *Sender) TryNow() { poke(s.tryNow) }

// heard is what somebody else's call told of a channel.
type heard struct {
	channel chat.ChannelID
	verdict verdict
}

// Heard takes the error of a call that was made of this channel beside the outbox.
// Where Meta refuses the key, the account or the number in it, the channel is
// refused as after a message; nothing else concerns the outbox, whose messages may
// fare better. It does not block; of several at once one counts.
func (s *Sender) Heard(channel chat.ChannelID, err error) {
	v := judge(err, 0, 0)
	if v.sign != signRefused {
		return
	}
	select {
	case s.hearsay <- heard{channel, v}:
	default: // one says the same already
	}
}

// State returns what stands at this moment.
func (s *Sender) State() State { return s.board.read() }

func poke(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default: // one is pending already
	}
}
