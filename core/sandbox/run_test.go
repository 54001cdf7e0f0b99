package sandbox

import (
	"context"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"shopbell/core/chat"
	"shopbell/core/cloudapi"
)

// A desk that answers everybody with a button sees all customers come, press,
// and go on with their stories.
func TestRun(t *testing.T) {
	w := open(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	type sender struct {
		to chat.Address
		id string
	}
	inbound := make(chan sender, 1000)
	people := map[string]bool{}
	presses, messages := 0, 0
	w.shop.told = func(it cloudapi.Item) { // under the shop's lock
		m := it.Message
		if m == nil {
			return
		}
		messages++
		if m.Button != nil {
			presses++
		}
		to := chat.Address{Kind: chat.AliasPhone, Value: m.From.Phone}
		if m.From.Phone == "" {
			to = chat.Address{Kind: chat.AliasUser, Value: m.From.UserID}
		}
		people[to.Value] = true
		if messages == 120 {
			cancel()
			close(inbound)
		} else if messages < 120 {
			inbound <- sender{to, m.ID}
		}
	}
	var answering sync.WaitGroup
	answering.Go(func() {
		for from := range inbound {
			body, err := cloudapi.Outgoing{To: from.to, Text: "An answer", ReplyTo: from.id, Buttons: []chat.Button{{ID: "more", Title: "More"}}}.Encode()
			if err != nil {
				t.Error(err)
				return
			}
			if _, err := w.client.Send(context.WithoutCancel(ctx), keys.PhoneNumberID, body); err != nil && code(err) != 131056 {
				t.Error(err)
			}
		}
	})
	if err := w.Run(ctx, time.Millisecond); err != nil {
		t.Fatal(err)
	}
	answering.Wait()
	w.shop.mu.Lock()
	defer w.shop.mu.Unlock()
	if len(people) < 10 || presses == 0 || presses == messages {
		t.Errorf("%d customers, %d presses of %d messages", len(people), presses, messages)
	}
}

func TestRunRefusesNoPace(t *testing.T) {
	w := open(t)
	if err := w.Run(t.Context(), 0); err == nil {
		t.Error("a pace of nothing was taken")
	}
}

func somebody() *persona {
	return &persona{
		stories: []story{
			{Turns: [][]line{{{Text: "a1"}}, {{Text: "a2"}}}},
			{Turns: [][]line{{{Text: "b1"}}, {{Text: "b2"}}}},
		},
		waiting: []string{"hello?"},
	}
}

func TestPersona(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	plain := []Delivered{{WAMID: "w", Text: "answer"}}
	says := func(t *testing.T, p *persona, news []Delivered, want string) {
		t.Helper()
		m, ok := p.next(rng, news)
		if said := ok && m.emoji == ""; m.line.Text != want || said != (want != "") {
			t.Errorf("says %+v (%t), want %q", m, ok, want)
		}
	}
	t.Run("who is answered goes on, and comes back with another matter", func(t *testing.T) {
		p := somebody()
		says(t, p, nil, "a1")
		says(t, p, plain, "a2")
		says(t, p, plain, "") // "you are welcome": nothing to say, but perhaps an emoji
		says(t, p, nil, "b1")
		says(t, p, plain, "b2")
		says(t, p, nil, "a1")
		if p.seen != 3 {
			t.Errorf("%d messages read", p.seen)
		}
	})
	t.Run("who is not answered asks once, and later comes with another matter", func(t *testing.T) {
		p := somebody()
		says(t, p, nil, "a1")
		for visit := 1; visit < forgotten; visit++ {
			want := ""
			if visit == patience {
				want = "hello?"
			}
			says(t, p, nil, want)
		}
		says(t, p, nil, "b1")
	})
	t.Run("who is offered buttons presses one of the last message, or writes", func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
			offered := []chat.Button{{ID: "x", Title: "X"}, {ID: "y", Title: "Y"}}
			p := somebody()
			p.turn = 1
			m, ok := p.next(rng, []Delivered{{WAMID: "old", Buttons: []chat.Button{{ID: "z"}}}, {WAMID: "new", Buttons: offered}})
			switch {
			case !ok:
				t.Fatal("says nothing")
			case m.press != nil:
				if m.under != "new" || m.line.Text != "" || *m.press != offered[0] && *m.press != offered[1] {
					t.Fatalf("move = %+v", m)
				}
			case m.line.Text != "a2":
				t.Fatalf("move = %+v", m)
			}
		})
	})
	t.Run("who is answered after the goodbye thanks with an emoji, or says nothing", func(t *testing.T) {
		thanks := 0
		for range 100 {
			m, ok := somebody().next(rng, plain)
			if ok != (m.emoji != "") || ok && m.under != "w" {
				t.Fatalf("move = %+v, %t", m, ok)
			}
			if ok {
				thanks++
			}
		}
		if thanks == 0 || thanks == 100 {
			t.Errorf("%d of 100 thank", thanks)
		}
	})
	t.Run("who is asked how it was gives a score, mostly a good one, or says nothing", func(t *testing.T) {
		given := map[int]int{}
		for range 300 {
			p := somebody() // after the goodbye
			m, ok := p.next(rng, []Delivered{{WAMID: "q", List: chat.RatingList()}})
			if !ok {
				given[0]++
				continue
			}
			score, is := chat.ChosenScore(m.choose.ID)
			if !is || m.under != "q" {
				t.Fatalf("move = %+v", m)
			}
			given[score]++
		}
		if given[0] == 0 || given[1] == 0 || given[5] <= given[1] {
			t.Errorf("the scores are %v", given)
		}
	})
	t.Run("who is offered a list chooses one of its rows, or writes", func(t *testing.T) {
		list := &chat.List{Sections: []chat.ListSection{{Rows: []chat.ListRow{{ID: "r1"}}}, {Rows: []chat.ListRow{{ID: "r2"}}}}}
		chosen := map[string]bool{}
		for range 100 {
			p := somebody()
			p.turn = 1
			m, _ := p.next(rng, []Delivered{{WAMID: "new", List: list}})
			if m.choose != nil {
				chosen[m.choose.ID] = true
			} else if m.line.Text != "a2" {
				t.Fatalf("move = %+v", m)
			}
		}
		if len(chosen) != 2 {
			t.Errorf("chosen = %v", chosen)
		}
	})
}
