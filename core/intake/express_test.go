package intake_test

import (
	"fmt"
	"slices"
	"testing"

	"shopbell/core/store/storetest"
)

func TestAtRestAWebhookIsWorkedOffWhereItIsStored(t *testing.T) {
	w := newWorld(t, []byte(answering))
	w.start()
	for n := 0; ; n++ {
		if n == 10_000 {
			t.Fatal("every one of 10,000 webhooks, one after the other, was queued")
		}
		before := w.queueing.Load()
		w.take(webhook(t, text(somebody(n), fmt.Sprintf("wamid.%d", n), "price")))
		if w.queueing.Load() != before {
			w.settle()
			continue
		}
		// Nothing was queued, so that all of it stands there now.
		rows, err := w.db.OutboxReady(t.Context(), 0, 20_000)
		if err != nil || len(rows) != n+1 || len(w.allTexts()) != n+1 || w.queued() != 0 {
			t.Errorf("%d messages, %d answers (%v), %d queued; want %d, %[5]d, 0", len(w.allTexts()), len(rows), err, w.queued(), n+1)
		}
		return
	}
}

func TestWhatFailsWhereItIsStoredGoesTheUsualWay(t *testing.T) {
	w := newWorld(t, nil)
	cure := storetest.Poison(t, w.db.Path(), "message", "text", "poison")
	w.start()
	const again = "Webhook not worked off at once: it is tried again"
	for n := 0; w.log.count(again) == 0; n++ {
		if n == 10_000 {
			t.Fatal("none of 10,000 webhooks, one after the other, was tried at once")
		}
		w.take(webhook(t, text(somebody(1), fmt.Sprintf("wamid.%d", n), "poison")))
		w.settle()
	}
	parked := w.parked()
	if texts := w.allTexts(); len(parked) == 0 || parked[0].Tries != 3 || len(texts) != 0 {
		t.Errorf("parked are %+v, stored %q; want it parked after 3 tries and nothing stored", parked, texts)
	}
	cure()
	w.take(webhook(t, text(somebody(1), "wamid.good", "good")))
	w.settle()
	if texts := w.allTexts(); !slices.Equal(texts, []string{"good"}) {
		t.Errorf("after the cure stored are %q", texts)
	}
}

func TestAWebhookThatIsNotPlainGoesTheUsualWay(t *testing.T) {
	long := make([]byte, 40<<10)
	for i := range long {
		long[i] = 'a'
	}
	bodies := map[string][]byte{
		"several items": webhook(t, text(somebody(1), "wamid.1", "one"), text(somebody(1), "wamid.2", "two")),
		"not readable":  []byte("no webhook"),
		"no item":       webhook(t),
		"a large one":   webhook(t, text(somebody(1), "wamid.1", string(long))),
	}
	for name, body := range bodies {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, nil)
			w.start()
			for range 20 { // the pool is at rest at most of them
				before := w.queueing.Load()
				w.take(body)
				if w.queueing.Load() == before {
					t.Fatal("it was not queued")
				}
				w.settle()
			}
		})
	}
}
