package sandbox

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"
)

// Run lets the customers of stories.json write to the shop, about one message
// every pace, until ctx ends; it returns nil then. They go on with their story
// when they are answered, press buttons that are offered, send photos, voice
// notes and places now and then, grow impatient, and come back with another
// matter. After two turns for each of them newcomers come too, one every 20 to 30
// seconds without end, and not faster than pace; the last few of them stay. pace
// must be positive. One Run at a time.
func (s *Sandbox) Run(ctx context.Context, pace time.Duration) error {
	if pace <= 0 {
		return fmt.Errorf("sandbox: pace %v: want more than zero", pace)
	}
	cast, err := loadCast()
	if err != nil {
		return err
	}
	rng := rand.New(rand.NewPCG(s.o.Seed, 1)) // its own: faults must not change the stories
	people := make([]*persona, len(cast.Customers))
	for i, c := range cast.Customers {
		stories := cast.of(c.Language)
		people[i] = &persona{customer: c, stories: stories, at: rng.IntN(len(stories)), waiting: cast.Waiting[c.Language], seen: len(s.Inbox(c))}
	}
	door := newDoor(s.crowd, cast.Waiting, s.o.Seed, s.started)
	now := time.Duration(0) // of the door
	for turn := 0; ctx.Err() == nil; turn++ {
		who, m := s.choose(rng, slices.Concat(people, door.inside))
		if who != nil {
			if err := s.act(ctx, who, m, rng.Uint64()); err != nil {
				return err
			}
		}
		if turn >= castTurns*len(people) {
			if p := door.next(now); p != nil {
				s.forget(p.customer)
				m, _ := p.next(door.rng, nil) // nobody comes without a question
				if err := s.act(ctx, p, m, door.rng.Uint64()); err != nil {
					return err
				}
			}
		}
		pause := time.Duration((0.5 + rng.Float64()) * float64(pace))
		now += pause
		wait(ctx, pause)
	}
	return nil
}

// act lets somebody make a move. The end of ctx is no error, and neither is a shop
// that has blocked them.
func (s *Sandbox) act(ctx context.Context, who *persona, m move, number uint64) error {
	_, err := s.Say(ctx, who.customer, m.said(number))
	if err != nil && !errors.Is(err, ErrBlocked) && ctx.Err() == nil {
		return err
	}
	return nil
}

// choose asks customers in random order for their next move, those who have
// just been answered first. It returns nil when nobody has anything to say now.
func (s *Sandbox) choose(rng *rand.Rand, people []*persona) (*persona, move) {
	var answered, others []*persona
	news := map[*persona][]Delivered{}
	for _, i := range rng.Perm(len(people)) {
		p := people[i]
		if inbox := s.Inbox(p.customer); len(inbox) > p.seen {
			news[p] = inbox[p.seen:]
			answered = append(answered, p)
		} else {
			others = append(others, p)
		}
	}
	if rng.Float64() < newTurn {
		answered, others = others, answered
	}
	for _, p := range append(answered, others...) {
		if m, ok := p.next(rng, news[p]); ok {
			return p, m
		}
	}
	return nil, move{}
}
