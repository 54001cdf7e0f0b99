package store_test

import (
	"cmp"
	"fmt"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"shopbell/core/chat"
	shopdesk "shopbell/core/desk"
	"shopbell/core/find"
	"shopbell/core/store"
)

// search looks for q with a large page.
func (d *desk) search(q shopdesk.SearchQuery) (f shopdesk.Found) {
	d.t.Helper()
	q.Limit = cmp.Or(q.Limit, shopdesk.MaxSearchPage)
	d.view(func(r *store.Reader) (err error) { f, err = r.Search(q); return err })
	return f
}

// indexAll lets the index read everything.
func (d *desk) indexAll() {
	d.t.Helper()
	for d.index(store.SearchBatch) {
	}
}

func (d *desk) index(batch int) bool {
	d.t.Helper()
	more, err := d.db.IndexSearch(d.Context(), batch)
	d.done(err)
	return more
}

// reopen closes the file as it is, and opens it.
func (d *desk) reopen() {
	d.t.Helper()
	d.done(d.db.Close())
	db, err := store.Open(d.Context(), d.path, store.Options{Now: func() time.Time { return d.now }})
	d.done(err)
	d.db = db
	d.Cleanup(func() { d.done(db.Close()) })
}

func searchIDs(f shopdesk.Found, kind shopdesk.HitKind) (list []int64) {
	for _, s := range f.Sections {
		for _, h := range s.Hits {
			if s.Kind == kind && kind == shopdesk.HitPerson {
				list = append(list, int64(h.Contact.ID))
			} else if s.Kind == kind {
				list = append(list, int64(h.Message))
			}
		}
	}
	return list
}

func TestSearch(t *testing.T) {
	d := newDesk(t)
	anna := d.customer()
	say := func(c chat.Contact, m chat.Message) chat.MessageID {
		m.At, m.Kind = d.now, cmp.Or(m.Kind, chat.KindText)
		return d.receive(c, store.NewMessage{Message: m}).ID
	}
	order := say(anna, chat.Message{Text: "Хочу оформить возврат: сапоги 38 малы"})
	form := say(d.customer(), chat.Message{Text: "Подскажите срок возврата"})
	file := say(anna, chat.Message{Kind: chat.KindDocument, Media: &chat.Media{Name: "vozvrat-0977.pdf", MIME: "application/pdf", State: chat.MediaWaiting}})
	note := say(anna, chat.Message{Kind: chat.KindNote, Text: "Возврат без чека"})
	gone := say(anna, chat.Message{Text: "возврат"})
	d.update(func(tx *store.Tx) error { return tx.AddRevoke(d.message(gone).WAMID, "wamid.gone", d.now) })
	edited := say(anna, chat.Message{Text: "возврат"})
	d.update(func(tx *store.Tx) error {
		return tx.AddEdit(d.message(edited).WAMID, "wamid.edit", "обмен", d.now)
	})

	for _, state := range []string{"at once", "from the index"} {
		t.Run(state, func(t *testing.T) {
			for _, tt := range []struct {
				name  string
				query shopdesk.SearchQuery
				kind  shopdesk.HitKind
				want  []chat.MessageID
			}{
				{"forms and beginnings are found, the newest first", shopdesk.SearchQuery{Text: "возвр"}, shopdesk.HitMessage, []chat.MessageID{form, order}},
				{"Latin letters are found", shopdesk.SearchQuery{Text: "vozvrat"}, shopdesk.HitMessage, []chat.MessageID{form, order}},
				{"names of files are found", shopdesk.SearchQuery{Text: "возврат"}, shopdesk.HitFile, []chat.MessageID{file}},
				{"notes are found", shopdesk.SearchQuery{Text: "возврат"}, shopdesk.HitNote, []chat.MessageID{note}},
				{"an edited message is found by its new text", shopdesk.SearchQuery{Text: "обмен"}, shopdesk.HitMessage, []chat.MessageID{edited}},
				{"all words count", shopdesk.SearchQuery{Text: "сапоги возврат"}, shopdesk.HitMessage, []chat.MessageID{order}},
				{"in the chats of one person only theirs are", shopdesk.SearchQuery{Text: "возврат", Person: anna.ID}, shopdesk.HitMessage, []chat.MessageID{order}},
				{"from a moment on only what is newer is", shopdesk.SearchQuery{Text: "возврат", From: d.message(note).At}, shopdesk.HitMessage, nil},
				{"before a moment only what is older is", shopdesk.SearchQuery{Text: "возврат", To: d.message(form).At}, shopdesk.HitMessage, []chat.MessageID{order}},
				{"another author wrote none", shopdesk.SearchQuery{Text: "возврат", Authors: []chat.Author{chat.AuthorRule}}, shopdesk.HitMessage, nil},
				{"another department has none", shopdesk.SearchQuery{Text: "возврат", Departments: []string{"Sales"}}, shopdesk.HitMessage, nil},
				{"resolved ones are none", shopdesk.SearchQuery{Text: "возврат", States: []chat.State{chat.StateResolved}}, shopdesk.HitMessage, nil},
			} {
				t.Run(tt.name, func(t *testing.T) {
					var want []int64
					for _, id := range tt.want {
						want = append(want, int64(id))
					}
					if got := searchIDs(d.search(tt.query), tt.kind); !slices.Equal(got, want) {
						t.Errorf("found %v, want %v", got, want)
					}
				})
			}
			t.Run("a filter says what each of its values has", func(t *testing.T) {
				got := d.search(shopdesk.SearchQuery{Text: "возврат", Kinds: []shopdesk.HitKind{shopdesk.HitNote}}).Counts
				want := shopdesk.HitCounts{
					Chats:       1,
					Kinds:       map[shopdesk.HitKind]int{shopdesk.HitMessage: 2, shopdesk.HitNote: 1, shopdesk.HitFile: 1},
					Authors:     map[chat.Author]int{chat.AuthorCustomer: 1},
					Departments: map[string]int{"": 1}, States: map[chat.State]int{chat.StateOpen: 1}, Labels: map[string]int{},
				}
				if diff := gocmp.Diff(want, got); diff != "" {
					t.Errorf("the counts differ (-want +got):\n%s", diff)
				}
			})
			t.Run("what was found otherwise than typed is named", func(t *testing.T) {
				if got, want := d.search(shopdesk.SearchQuery{Text: "возвра"}).Also, []string{"vozvrat", "возврата"}; !slices.Equal(got, want) {
					t.Errorf("also found are %q, want %q", got, want)
				}
			})
			t.Run("a person is found by a part of the number", func(t *testing.T) {
				f := d.search(shopdesk.SearchQuery{Text: "+351 910 000 001"})
				if got := searchIDs(f, shopdesk.HitPerson); !slices.Equal(got, []int64{int64(anna.ID)}) {
					t.Fatalf("found persons %v, want %d", got, anna.ID)
				}
				if s := f.Sections[0].Hits[0].Snippet; len(s.Found) != 1 || s.Text[s.Found[0].From:s.Found[0].To] != "351 910 000 001" {
					t.Errorf("the number is shown as %+v", s)
				}
			})
		})
		d.indexAll()
	}
	t.Run("pages follow one another", func(t *testing.T) {
		var got []int64
		q := shopdesk.SearchQuery{Text: "возврат", Kinds: []shopdesk.HitKind{shopdesk.HitMessage}, Limit: 1}
		for {
			f := d.search(q)
			got = append(got, searchIDs(f, shopdesk.HitMessage)...)
			if len(f.Sections) == 0 || f.Sections[0].Next == "" {
				break
			}
			q.After = f.Sections[0].Next
		}
		if want := []int64{int64(form), int64(order)}; !slices.Equal(got, want) {
			t.Errorf("in pages of one: %v, want %v", got, want)
		}
	})
}

// The index is read in steps of any size between everything that happens, the file is
// closed in between, and now and then it begins anew: a search always finds what a look
// at every message and every person finds.
func TestSearchFindsWhatIsThere(t *testing.T) {
	said := []string{"возврат", "Возврата", "vozvrat", "заказ 38", "заказы", "order", "orders", "обмен", "", "😀"}
	names := []string{"Возвратова Софья", "Order Ltd", "Zoë", "Ирина"}
	rapid.Check(t, func(rt *rapid.T) {
		d := newDesk(t)
		d.t = rt
		people := []chat.Contact{d.customer(), d.customer()}
		var told []chat.Message
		pick := func() chat.Message { return rapid.SampledFrom(told).Draw(rt, "message") }
		edits := 0
		steps := map[string]func(*rapid.T){
			"write": func(rt *rapid.T) {
				m := chat.Message{Kind: chat.KindText, At: d.now, Text: rapid.SampledFrom(said).Draw(rt, "text")}
				if rapid.Bool().Draw(rt, "file") {
					m.Kind, m.Media = chat.KindDocument, &chat.Media{Name: rapid.SampledFrom(said).Draw(rt, "name"), State: chat.MediaWaiting}
				}
				told = append(told, d.receive(rapid.SampledFrom(people).Draw(rt, "who"), store.NewMessage{Message: m}))
			},
			"edit": func(rt *rapid.T) {
				if len(told) == 0 {
					return
				}
				edits++
				text := rapid.SampledFrom(said).Draw(rt, "text")
				d.update(func(tx *store.Tx) error { return tx.AddEdit(pick().WAMID, fmt.Sprint("edit", edits), text, d.now) })
			},
			"revoke": func(rt *rapid.T) {
				if len(told) > 0 {
					d.update(func(tx *store.Tx) error { return tx.AddRevoke(pick().WAMID, "revoke", d.now) })
				}
			},
			"rename": func(rt *rapid.T) {
				c := rapid.SampledFrom(people).Draw(rt, "who")
				name := rapid.SampledFrom(names).Draw(rt, "name")
				d.update(func(tx *store.Tx) error {
					_, _, err := tx.KnowContact(store.Person{Phone: c.Phone, Name: name})
					return err
				})
			},
			"come":  func(*rapid.T) { people = append(people, d.customer()) },
			"index": func(rt *rapid.T) { d.index(rapid.IntRange(1, 4).Draw(rt, "batch")) },
			"kill": func(rt *rapid.T) {
				if rapid.IntRange(0, 3).Draw(rt, "really") == 0 { // it costs most
					d.reopen()
				}
			},
			"forget": func(*rapid.T) { d.done(d.db.ForgetSearch(d.Context())) },
			"look": func(rt *rapid.T) {
				f := d.search(shopdesk.SearchQuery{Text: "x1"})
				if f.Indexed < 100 {
					return // the old is not read yet, and it says so
				}
				for _, typed := range []string{"возвр", "vozvrat ", "зак 38", "заказ 3", "orde", "order ", "мен", "0000001", "софь"} {
					check(rt, d, typed)
				}
			},
		}
		rt.Repeat(steps)
		d.indexAll()
		if f := d.search(shopdesk.SearchQuery{Text: "x1"}); f.Indexed != 100 {
			rt.Errorf("after all was read it says that %d %% are", f.Indexed)
		}
		steps["look"](rt)
	})
}

// check holds a search against a look at everything.
func check(rt *rapid.T, d *desk, typed string) {
	var messages, people []int64
	d.view(func(r *store.Reader) error {
		for id := chat.MessageID(200); id > 0; id-- {
			m, err := r.Message(id)
			if err != nil {
				continue
			}
			texts := []string{m.Text}
			if m.Media != nil {
				texts = append(texts, m.Media.Name)
			}
			if m.RevokedAt.IsZero() && find.Parse(typed).In(find.Tokens(texts...)) {
				messages = append(messages, int64(id))
			}
		}
		for id := chat.ContactID(100); id > 0; id-- {
			c, err := r.Contact(id)
			if err == nil && find.People(typed).In(append(find.Tokens(c.Name), find.PhoneTokens(c.Phone)...)) {
				people = append(people, int64(id))
			}
		}
		return nil
	})
	f := d.search(shopdesk.SearchQuery{Text: typed})
	got := append(searchIDs(f, shopdesk.HitMessage), searchIDs(f, shopdesk.HitFile)...)
	slices.Sort(got)
	slices.Reverse(got)
	if !slices.Equal(got, messages) {
		rt.Fatalf("%q finds the messages %v, and there are %v", typed, got, messages)
	}
	q := shopdesk.SearchQuery{Text: typed, Kinds: []shopdesk.HitKind{shopdesk.HitPerson}}
	if got := searchIDs(d.search(q), shopdesk.HitPerson); !slices.Equal(got, people) {
		rt.Fatalf("%q finds the persons %v, and there are %v", typed, got, people)
	}
}
