package store_test

import (
	"testing"

	"shopbell/core/chat"
	"shopbell/core/store"
	"shopbell/core/store/storetest"
)

func TestTheFirstPriceOfAMessageIsKeptWhenItComesBeforeTheMessageIsKnown(t *testing.T) {
	d := newDesk(t)
	l := d.answer(d.customer(), agentSays("yes"))
	d.claim(l)
	priced := func(s chat.Status, callback, category string) {
		d.update(func(tx *store.Tx) error {
			return tx.ApplyStatus(store.StatusReport{
				WAMID: "wamid.1", Callback: callback, Status: s, At: tx.Now(),
				Price: &store.Price{Model: "PMP", Type: "regular", Category: category, Billable: true},
			})
		})
	}
	priced(chat.StatusSent, "", "utility")
	if n := storetest.Count(t, d.path, "message_price"); n != 0 {
		t.Fatalf("%d prices of no message", n)
	}
	d.done(d.db.OutboxSent(t.Context(), l.row, store.Acceptance{WAMID: "wamid.1", At: d.now}))
	priced(chat.StatusDelivered, l.callback, "marketing")
	if n := storetest.Count(t, d.path, "message_price WHERE category = 'utility' AND billable = 1"); n != 1 {
		t.Errorf("the first price is kept %d times, want once", n)
	}
	if n := storetest.Count(t, d.path, "message_price"); n != 1 {
		t.Errorf("%d prices of one message", n)
	}
}
