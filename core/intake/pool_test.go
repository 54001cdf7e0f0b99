package intake_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"shopbell/core/chat"
	"shopbell/core/store"
	"shopbell/core/store/storetest"
)

// somebody is customer number n, with both their names.
func somebody(n int) person {
	return person{phone: fmt.Sprintf("35191%07d", n), user: fmt.Sprintf("PT.%d", n)}
}

// allTexts returns everything that customers wrote, sorted.
func (w *world) allTexts() (all []string) {
	w.t.Helper()
	for _, texts := range w.chats() {
		all = append(all, texts...)
	}
	slices.Sort(all)
	return all
}

func TestAPoisonedItemIsParkedAloneAndCanBeReplayed(t *testing.T) {
	tests := []struct {
		name   string
		bodies func() [][]byte // in which one message says "poison", the others "good ..."
	}{
		{"in a webhook of its own", func() [][]byte {
			return [][]byte{
				webhook(t, text(somebody(1), "wamid.1", "good 1")),
				webhook(t, text(somebody(1), "wamid.2", "poison")),
				webhook(t, text(somebody(1), "wamid.3", "good 2")),
			}
		}},
		{"in one webhook with others", func() [][]byte {
			return [][]byte{webhook(t, text(somebody(1), "wamid.1", "good 1"),
				text(somebody(1), "wamid.2", "poison"), text(somebody(1), "wamid.3", "good 2"))}
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t, nil)
			cure := storetest.Poison(t, w.db.Path(), "message", "text", "poison")
			w.start()
			for _, body := range tt.bodies() {
				w.take(body)
			}
			w.settle()
			if got := w.allTexts(); !slices.Equal(got, []string{"good 1", "good 2"}) {
				t.Errorf("stored are %q, want both good ones", got)
			}
			parked := w.parked()
			if len(parked) != 1 || parked[0].Tries != 3 || !strings.Contains(parked[0].Error, "poisoned") {
				t.Fatalf("parked are %+v, want one item after 3 tries with its error", parked)
			}

			replay := func() {
				storetest.Update(t, w.db, func(tx *store.Tx) error { return tx.Replay(w.parked()[0].ID) })
				w.settle()
			}
			replay() // too early: it is parked again
			if again := w.parked(); len(again) != 1 || again[0].Item != parked[0].Item {
				t.Fatalf("after a replay in vain parked are %+v", again)
			}
			cure()
			replay()
			if got := w.allTexts(); !slices.Equal(got, []string{"good 1", "good 2", "poison"}) || len(w.parked()) != 0 {
				t.Errorf("after the replay stored are %q, and %d parked", got, len(w.parked()))
			}
		})
	}
}

func TestWhatCannotEvenBeParkedStaysInTheQueueAndHoldsNobodyUp(t *testing.T) {
	w := newWorld(t, nil)
	cure := storetest.Poison(t, w.db.Path(), "webhook_parked", "tries", "1")
	w.take(webhook(t, text(somebody(1), "wamid.1", "before")))
	w.take([]byte("no webhook"))
	w.take(webhook(t, text(somebody(1), "wamid.2", "after")))
	w.start()
	w.until("the good webhooks are still queued", func() bool { return w.queued() == 1 })
	if got := w.allTexts(); !slices.Equal(got, []string{"after", "before"}) {
		t.Errorf("stored are %q", got)
	}
	cure()
	w.settle()
	if parked := w.parked(); len(parked) != 1 || parked[0].Item != -1 {
		t.Errorf("parked are %+v, want the body as a whole", parked)
	}
}

func TestOneWebhookMayCarryAThousandUpdates(t *testing.T) {
	w := newWorld(t, nil)
	var changes []map[string]any
	for i := range 1000 {
		changes = append(changes, text(somebody(i%97), fmt.Sprintf("wamid.%d", i), fmt.Sprintf("%04d", i)))
	}
	w.start()
	body := webhook(t, changes...)
	w.take(body)
	w.take(body) // Meta sends it again
	w.settle()
	chats := w.chats()
	total := 0
	for id, texts := range chats {
		total += len(texts)
		if !slices.IsSorted(texts) {
			t.Errorf("contact %d wrote in the order %q", id, texts)
		}
	}
	if len(chats) != 97 || total != 1000 {
		t.Errorf("%d customers wrote %d messages, want 97 and 1000", len(chats), total)
	}
}

// story is what one customer writes: texts in order, each under the names that
// the network shows in it. At first only one of the two names is known, then
// both come together, and from then on any.
func story(rng *rand.Rand, customer, length int) (bodies [][]map[string]any) {
	both := somebody(customer)
	shown := []person{{phone: both.phone}, {user: both.user}}
	first := shown[rng.IntN(2)]
	link := rng.IntN(length / 2)
	for i := range length {
		p := first
		switch {
		case i == link:
			p = both
		case i > link:
			p = append(shown, both)[rng.IntN(3)]
		}
		change := text(p, fmt.Sprintf("wamid.%d.%d", customer, i), fmt.Sprintf("%d/%03d", customer, i))
		if n := len(bodies); n > 0 && rng.IntN(4) == 0 {
			bodies[n-1] = append(bodies[n-1], change) // several in one webhook
			continue
		}
		bodies = append(bodies, []map[string]any{change})
	}
	return bodies
}

// checkStories holds the file against what the customers wrote.
func (w *world) checkStories(customers, length int) {
	w.t.Helper()
	chats := w.chats()
	if len(chats) != customers {
		w.t.Errorf("there are %d contacts of %d customers", len(chats), customers)
	}
	seen := map[string]chat.ContactID{}
	for id, texts := range chats {
		whose, _, _ := strings.Cut(texts[0], "/")
		if other, twice := seen[whose]; twice {
			w.t.Errorf("customer %s is contact %d and %d", whose, other, id)
		}
		seen[whose] = id
		for i, got := range texts {
			if want := fmt.Sprintf("%s/%03d", whose, i); got != want {
				w.t.Fatalf("text %d of contact %d is %q, want %q in %q", i, id, got, want, texts)
			}
		}
		if len(texts) != length {
			w.t.Errorf("customer %s wrote %d texts, want %d", whose, len(texts), length)
		}
	}
}

// tell lets all customers write at once, each for themselves in order. Their
// webhooks come once more now and then.
func (w *world) tell(seed uint64, customers, length int) {
	var writing sync.WaitGroup
	for c := range customers {
		writing.Go(func() {
			rng := rand.New(rand.NewPCG(seed, uint64(c)))
			for _, changes := range story(rng, c, length) {
				body := webhook(w.t, changes...)
				for range 1 + rng.IntN(5)/4 {
					if code := w.post(body); code != 200 {
						w.t.Errorf("answered %d", code)
					}
				}
			}
		})
	}
	writing.Wait()
}

func TestEachPersonsMessagesStayInOrderWhateverNamesTheyCarry(t *testing.T) {
	const customers, length = 60, 24
	for seed := range uint64(2) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			w := newWorld(t, nil)
			w.start()
			w.tell(seed, customers, length)
			w.settle()
			w.checkStories(customers, length)
		})
	}
	t.Run("when all of them wait before the pool starts", func(t *testing.T) {
		w := newWorld(t, nil)
		w.tell(7, customers, length)
		w.start()
		w.settle()
		w.checkStories(customers, length)
	})
}

// answering are rules with one keyword.
const answering = `{"version": 1, "rules": [{"name": "Price", "trigger": "keyword", "match": "exact", "keywords": ["price"], "replies": [{"text": "3 euros"}]}]}`

func TestRestartsInTheMiddleLoseNothingAndDoubleNothing(t *testing.T) {
	const customers, length = 40, 12
	w := newWorld(t, []byte(answering))
	told := make(chan struct{})
	go func() {
		defer close(told)
		w.tell(11, customers, length)
		for c := range customers {
			w.post(webhook(t, text(somebody(c), fmt.Sprintf("wamid.price.%d", c), fmt.Sprintf("%d/%03d price", c, length))))
		}
	}()
	rng := rand.New(rand.NewPCG(5, 5))
	for restarts := 0; ; restarts++ {
		stop := w.start()
		most := w.queued()
		enough := rng.IntN(20)
		w.until("nothing is worked off", func() bool {
			n := w.queued()
			most = max(most, n)
			return most-n >= enough || n == 0
		})
		stop()
		select {
		case <-told:
			if w.queued() > 0 {
				continue
			}
		default:
			continue
		}
		if restarts < 3 {
			t.Errorf("only %d restarts", restarts)
		}
		break
	}
	for c, texts := range w.chats() {
		if n := len(texts); n != length+1 || !strings.HasSuffix(texts[n-1], "price") || !slices.IsSorted(texts) {
			t.Errorf("contact %d wrote %q", c, texts)
		}
	}
	rows, err := w.db.OutboxReady(t.Context(), 0, 10_000)
	if err != nil || len(rows) != customers {
		t.Errorf("%d answers are on their way (%v), want one for each of %d customers", len(rows), err, customers)
	}
	answered := map[chat.ContactID]bool{}
	for _, r := range rows {
		if answered[r.Contact] {
			t.Errorf("contact %d is answered twice", r.Contact)
		}
		answered[r.Contact] = true
	}
}
