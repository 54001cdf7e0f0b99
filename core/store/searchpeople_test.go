package store_test

import (
	"slices"
	"testing"

	"shopbell/core/chat"
	shopdesk "shopbell/core/desk"
	"shopbell/core/store"
)

// People and orders are found by what the shop knows of them, as it is now.
func TestSearchOfPeople(t *testing.T) {
	for _, indexed := range []bool{false, true} {
		name := "at once"
		if indexed {
			name = "from the index"
		}
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			one, other := d.customer(), d.customer()
			d.write(one, 0)
			settle := func() {
				if indexed {
					d.indexAll()
				}
			}
			people := func(typed string, want ...chat.ContactID) {
				t.Helper()
				settle()
				var ids []int64
				for _, id := range want {
					ids = append(ids, int64(id))
				}
				q := shopdesk.SearchQuery{Text: typed, Kinds: []shopdesk.HitKind{shopdesk.HitPerson}}
				if got := searchIDs(d.search(q), shopdesk.HitPerson); !slices.Equal(got, ids) {
					t.Errorf("%q finds the persons %v, want %v", typed, got, ids)
				}
			}
			settle()
			d.update(func(tx *store.Tx) error {
				return tx.SaveProfile(one.ID, chat.Profile{Name: "Возвратова Софья"}, 0)
			})
			people("софья", one.ID)
			people("customer", other.ID, one.ID)
			d.update(func(tx *store.Tx) error { return tx.SetLabels(other.ID, []string{"Возврат 38"}, 0) })
			people("возвр", other.ID, one.ID)
			d.update(func(tx *store.Tx) error { return tx.SetLabels(other.ID, nil, 0) })
			people("возвр", one.ID)

			d.update(func(tx *store.Tx) error {
				_, err := tx.AddOrder(one.ID, shopdesk.OrderDraft{Number: "#0977", Title: "Сапоги", Money: shopdesk.Money{Minor: 5000, Currency: "EUR"}, Paid: true}, 0)
				return err
			})
			settle()
			f := d.search(shopdesk.SearchQuery{Text: "0977"})
			if len(f.Sections) != 1 || f.Sections[0].Kind != shopdesk.HitOrder || f.Counts.Kinds[shopdesk.HitOrder] != 1 {
				t.Fatalf("an order's number finds %+v", f)
			}
			if h := f.Sections[0].Hits[0]; h.Contact.ID != one.ID || !h.Paid || h.Snippet.Text != "#0977 Сапоги" {
				t.Errorf("the order is shown as %+v", h)
			}

			var merge shopdesk.MergeID
			d.update(func(tx *store.Tx) (err error) {
				merge, err = tx.Merge(shopdesk.MergeChoice{Stays: other.ID, Goes: one.ID}, 0)
				return err
			})
			people("софья", other.ID)
			people("351910000001", other.ID)
			d.update(func(tx *store.Tx) error { return tx.UndoMerge(merge, opening, 0) })
			people("софья", one.ID)
			people("351910000001", one.ID)
		})
	}
}

// A search chooses messages by the labels of their customers, and counts them.
func TestSearchByLabel(t *testing.T) {
	d := newDesk(t)
	one, other := d.customer(), d.customer()
	say := func(c chat.Contact) int64 {
		return int64(d.receive(c, store.NewMessage{Message: chat.Message{Kind: chat.KindText, Text: "возврат", At: d.now}}).ID)
	}
	first, second := say(one), say(other)
	d.update(func(tx *store.Tx) error { return tx.SetLabels(one.ID, []string{"VIP"}, 0) })
	f := d.search(shopdesk.SearchQuery{Text: "возврат", Labels: []string{"VIP"}})
	if got := searchIDs(f, shopdesk.HitMessage); !slices.Equal(got, []int64{first}) {
		t.Errorf("of customers with the label %v are found, want %d", got, first)
	}
	if n := d.search(shopdesk.SearchQuery{Text: "возврат"}).Counts.Labels["VIP"]; n != 1 {
		t.Errorf("the label has %d messages, want 1 beside %d", n, second)
	}
}
