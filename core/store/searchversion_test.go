package store_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"strings"
	"testing"

	"shopbell/core/autoreply/words"
	"shopbell/core/chat"
	shopdesk "shopbell/core/desk"
	"shopbell/core/find"
	"shopbell/core/store"
)

// searchForms is what the words of testdata/search_words.txt are found by, of each
// version of the index from the second on. A line that was here stays as it is.
var searchForms = map[int]string{
	2: "20123e1ea2b299de9aefec7db3a9262730149c507e0e9bc1d6edb20d17c3e7ac",
	3: "509a05e284c3e697257abcae223afe406cb91151590d34db6035645987f058e8",
}

// An index holds what find.Tokens and words.Plain made of the words when they were said.
// Where these make something else of a word now, shops that are there already would not
// find it any more, unless their index is made anew.
func TestSearchVersion(t *testing.T) {
	raw, err := os.ReadFile("testdata/search_words.txt")
	if err != nil {
		t.Fatal(err)
	}
	hash := sha256.New()
	for word := range strings.FieldsSeq(string(raw)) {
		fmt.Fprintf(hash, "%s: %q %q %q\n", word, find.Tokens(word), words.Plain(word), find.PhoneTokens(word))
	}
	got := hex.EncodeToString(hash.Sum(nil))
	if got != searchForms[store.SearchVersion] {
		t.Errorf("the words are found by other forms now, of the hash %s: raise searchVersion, and add it to searchForms", got)
	}
	for version, forms := range searchForms {
		if version != store.SearchVersion && forms == got {
			t.Errorf("version %d has the same forms: searchVersion need not be raised", version)
		}
	}
}

// What another version folded is folded again, so that lists find what searches find.
func TestFoldedAgain(t *testing.T) {
	t.Run("of what was found before", func(t *testing.T) { foldedAgain(t, true) })
	t.Run("where nothing was read yet", func(t *testing.T) { foldedAgain(t, false) })
}

func foldedAgain(t *testing.T, indexed bool) {
	d := newDesk(t)
	one, other := d.customer(), d.customer()
	d.write(one, 0)
	d.update(func(tx *store.Tx) error {
		if err := tx.SaveProfile(one.ID, chat.Profile{Name: "José Ёлкин"}, 0); err != nil {
			return err
		}
		if err := tx.SetLabels(other.ID, []string{"Ação"}, 0); err != nil {
			return err
		}
		_, err := tx.AddOrder(other.ID, shopdesk.OrderDraft{Number: "№ Ä17", Title: "Boots"}, 0)
		return err
	})
	if indexed {
		d.indexAll()
	}
	d.done(d.db.UnfoldSearch(d.Context()))
	d.done(d.db.ForgetSearch(d.Context()))
	d.indexAll()
	for _, tt := range []struct {
		typed string
		want  chat.ContactID
	}{{"jose", one.ID}, {"JOSÉ елк", one.ID}, {"acao", other.ID}, {"a17", other.ID}} {
		t.Run(fmt.Sprintf("%q finds among customers", tt.typed), func(t *testing.T) {
			d.view(func(r *store.Reader) error {
				page, err := r.Customers(store.CustomerQuery{CustomerQuery: shopdesk.CustomerQuery{Limit: 10}, Words: words.Plain(tt.typed), Now: d.now})
				if err == nil && (len(page.Rows) != 1 || page.Rows[0].Contact.ID != tt.want) {
					t.Errorf("found are %+v", page.Rows)
				}
				return err
			})
		})
	}
	t.Run("and in the inbox", func(t *testing.T) {
		d.view(func(r *store.Reader) error {
			rows, _, err := r.List(store.ListQuery{Listing: store.ListAll, Now: d.now, Words: words.Plain("Jose"), Limit: 10})
			if err == nil && len(rows) != 1 {
				t.Errorf("found are %+v", rows)
			}
			return err
		})
	})
}
