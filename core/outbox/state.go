package outbox

import (
	"cmp"
	"log/slog"
	"slices"
	"sync"
	"time"

	"shopbell/core/chat"
)

// Condition is how a channel stands with Meta.
type Condition string

const (
	OK      Condition = "ok"
	Slowed  Condition = "slowed"  // Meta asked the whole number to send more slowly
	Offline Condition = "offline" // no answer: the network or Meta is away
	Refused Condition = "refused" // the key, the account or the number is refused: a person must act
)

// State is what stands with the outbox at one moment.
type State struct {
	// Channels that have had an answer in this run, by id.
	Channels []ChannelState
	// Waiting is the number of rows that wait in memory. Of a very long queue
	// (over 50,000) it holds only the oldest.
	Waiting int
	// InFlight is the number of rows claimed: being sent, or being recorded.
	InFlight int
	// Ledger is why the outbox cannot be written or read at the moment, nil while
	// it can. Nothing is sent then; errors.Is(err, store.ErrFull) tells a full disk.
	Ledger error
}

// ChannelState is one channel of State.
type ChannelState struct {
	Channel   chat.ChannelID
	Condition Condition
	Code      int       // Meta's error code of Slowed and Refused, else 0
	Until     time.Time // the next try of a channel that is not OK; it may lie in the past while one is under way
}

// board is where the scheduler and the recorders write up the State. Safe for
// use by many goroutines.
type board struct {
	log     *slog.Logger
	changed func()

	mu    sync.Mutex
	state State
}

func (b *board) read() State {
	b.mu.Lock()
	defer b.mu.Unlock()
	s := b.state
	s.Channels = slices.Clone(s.Channels)
	return s
}

// count writes up the two counts; nobody is told.
func (b *board) count(waiting, inFlight int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.state.Waiting, b.state.InFlight = waiting, inFlight
}

// channel writes up one channel and tells when its condition or code changed.
func (b *board) channel(c ChannelState) {
	if !b.setChannel(c) {
		return
	}
	if c.Condition == OK {
		b.log.Info("Channel is open again", "channel", c.Channel)
	} else {
		b.log.Warn("Channel is held up", "channel", c.Channel, "condition", c.Condition, "code", c.Code)
	}
	b.changed()
}

func (b *board) setChannel(c ChannelState) (news bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	i, known := slices.BinarySearchFunc(b.state.Channels, c.Channel, func(s ChannelState, id chat.ChannelID) int {
		return cmp.Compare(s.Channel, id)
	})
	if !known {
		b.state.Channels = slices.Insert(b.state.Channels, i, c)
		return c.Condition != OK
	}
	was := b.state.Channels[i]
	b.state.Channels[i] = c
	return was.Condition != c.Condition || was.Code != c.Code
}

// ledger writes up how the ledger's last transaction ended and tells when that
// is news.
func (b *board) ledger(err error) {
	b.mu.Lock()
	was := b.state.Ledger
	b.state.Ledger = err
	b.mu.Unlock()
	switch {
	case err != nil && (was == nil || was.Error() != err.Error()):
		b.log.Error("Outbox cannot be stored", "error", err)
	case err == nil && was != nil:
		b.log.Info("Outbox can be stored again")
	default:
		return
	}
	b.changed()
}
