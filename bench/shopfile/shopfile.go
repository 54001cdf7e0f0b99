// Package shopfile makes shop files of a given size, as a shop fills them in two
// years, for measurements: many short conversations and a few very long ones, in
// four languages and three scripts, in the order of time, through core/store.
package shopfile

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync/atomic"
	"time"

	"shopbell/core/chat"
	"shopbell/core/staff"
	"shopbell/core/store"
)

// LongestName is the contact whose chat is the longest (Size.Longest). It is open.
const LongestName = "Leonor Comprida"

// leastLongest is how many messages the longest chat has in a small file, where they
// are enough: so many that it has older pages there, too.
const leastLongest = 600

// Channel is the shop's number. The phone is of the range that is kept free for
// fiction (+1 555 01xx).
var Channel = chat.Channel{
	PhoneNumberID: "100000000000017", WABAID: "200000000000017", DisplayPhone: "+1 555-010-0017", Name: "Marola Shoes",
}

// span is what the file tells of, up to its end.
const span = 2 * 365 * 24 * time.Hour

// unit is how much of the shop's time is stored in one unit: what the store dates
// itself, such as a contact's first day, is exact to that.
const unit = 2 * time.Hour

// Size is how much is put into a file, and from which seed its chances are drawn.
type Size struct {
	Conversations, Messages int
	Seed                    uint64
}

// Longest is how many messages the longest chat has: a fiftieth of all, or some
// more in a small file.
func (s Size) Longest() int { return minMessages + min(s.spare(), s.share(0)) }

// minMessages is how many a conversation has at least: a question, and what came of
// it.
const minMessages = 2

// Fill makes the file at path, where there must be none yet, and puts as many
// conversations and messages into it as s says, filed for searches as a desk has
// them. What is written ends at end. The same s and end give the same rows, the
// file's own random key aside. told, where it is not nil, is called now and then with
// how many messages there are. After an error the file is not of use.
func Fill(ctx context.Context, path string, s Size, end time.Time, told func(messages int)) (err error) {
	if s.Conversations < 1 || s.Messages < minMessages*s.Conversations {
		return fmt.Errorf("shopfile: %d messages in %d conversations: there must be %d in each, and one conversation",
			s.Messages, s.Conversations, minMessages)
	}
	var clock atomic.Int64 // milliseconds; the store asks on a goroutine of its own
	end = end.UTC().Truncate(time.Second)
	clock.Store(end.Add(-span).UnixMilli())
	db, err := store.Open(ctx, path, store.Options{Now: func() time.Time { return time.UnixMilli(clock.Load()).UTC() }})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	f := &filler{rng: rand.New(rand.NewPCG(s.Seed, 0)), end: end}
	if err := db.Update(ctx, f.open); err != nil {
		return err
	}
	f.plan(s)
	for {
		at, more := f.next()
		if !more {
			return index(ctx, db)
		}
		clock.Store(at.UnixMilli())
		if err := db.Update(ctx, func(tx *store.Tx) error { return f.write(tx, at.Add(unit)) }); err != nil {
			return err
		}
		if told != nil {
			told(f.written)
		}
	}
}

// indexBatch is how much is filed for searches at once: nobody waits meanwhile.
const indexBatch = 5000

// index files all for searches, as a desk has done that was open for a while.
func index(ctx context.Context, db *store.DB) error {
	for {
		more, err := db.IndexSearch(ctx, indexBatch)
		if err != nil || !more {
			return err
		}
	}
}

// open refuses a file that is in use, and makes the shop: its number, and who works
// there.
func (f *filler) open(tx *store.Tx) (err error) {
	if known, err := tx.FirstChannel(); !errors.Is(err, store.ErrNotFound) {
		return errors.Join(err, fmt.Errorf("shopfile: the file has the shop of %s already: fill a new one", known.DisplayPhone))
	}
	if f.channel, err = tx.KnowChannel(Channel); err != nil {
		return err
	}
	for _, a := range []staff.Agent{{Name: "Marta Reis", Role: staff.Administrator}, {Name: "Pedro Sá", Role: staff.Operator}, {Name: "Ольга Кім", Role: staff.Operator}} {
		a, err := tx.AddAgent(a.Name, a.Role)
		if err != nil {
			return err
		}
		f.agents = append(f.agents, a)
	}
	return nil
}
