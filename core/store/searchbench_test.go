package store_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"shopbell/core/chat"
	shopdesk "shopbell/core/desk"
	"shopbell/core/store"
	"shopbell/core/store/storetest"
)

// searchSizes are the messages in the files of the benchmarks; -short takes the first.
var searchSizes = []int{100_000, 1_000_000}

// chatter is what customers write in the benchmarks: usual words, of which some are in
// every tenth message and some in one of thousands.
type chatter struct {
	random *rand.Rand
	words  []string
}

func newChatter() *chatter {
	c := &chatter{random: rand.New(rand.NewPCG(1, 2))}
	usual := strings.Fields(`привет здравствуйте хочу заказать размер сапоги возврат доставка когда цена сколько стоит можно оплата
		курьер адрес спасибо пожалуйста завтра сегодня есть нет другой цвет hello order price when delivery obrigada tamanho entrega`)
	c.words = append(c.words, usual...)
	syllables := strings.Fields("ка ло ми ру те по ша ве ни го да зо лу пе ро си ту фа ха цу")
	for len(c.words) < 5000 {
		var b strings.Builder
		for range 2 + c.random.IntN(3) {
			b.WriteString(syllables[c.random.IntN(len(syllables))])
		}
		c.words = append(c.words, b.String())
	}
	return c
}

func (c *chatter) say() string {
	out := make([]string, 3+c.random.IntN(9))
	for i := range out {
		// The square makes the first words frequent.
		r := c.random.Float64()
		out[i] = c.words[int(r*r*r*float64(len(c.words)))]
	}
	return strings.Join(out, " ")
}

// spoken makes a file with n messages, all of them in the index.
func spoken(b *testing.B, n int) *store.DB {
	b.Helper()
	now := opening
	db := storetest.Open(b, store.Options{Now: func() time.Time { return now }})
	c := newChatter()
	const each = 1000
	for i := 0; i < n; i += each {
		storetest.Update(b, db, func(tx *store.Tx) error {
			channel, err := tx.KnowChannel(chat.Channel{PhoneNumberID: "1"})
			if err != nil {
				return err
			}
			for j := range each {
				now = now.Add(20 * time.Second)
				k := (i + j) / 10
				contact, _, err := tx.KnowContact(store.Person{Phone: fmt.Sprintf("3519%08d", k), Name: fmt.Sprintf("Customer %d", k)})
				if err != nil {
					return err
				}
				v, err := tx.TakeUp(channel.ID, contact)
				if err != nil {
					return err
				}
				if err := tx.AddMessage(&store.NewMessage{Channel: channel.ID, Message: chat.Message{
					Conversation: v.ID, Contact: contact.ID, Author: chat.AuthorCustomer, Kind: chat.KindText, Text: c.say(), At: now,
				}}); err != nil {
					return err
				}
			}
			return nil
		})
	}
	for {
		more, err := db.IndexSearch(b.Context(), 5000)
		if err != nil {
			b.Fatal(err)
		}
		if !more {
			return db
		}
	}
}

func BenchmarkSearch(b *testing.B) {
	for _, n := range searchSizes {
		if testing.Short() && n > searchSizes[0] {
			continue
		}
		db := spoken(b, n)
		for _, tt := range []struct {
			name  string
			query shopdesk.SearchQuery
		}{
			{"two letters of a frequent word", shopdesk.SearchQuery{Text: "во"}},
			{"a frequent word", shopdesk.SearchQuery{Text: "возврат"}},
			{"two frequent words", shopdesk.SearchQuery{Text: "возврат сапо"}},
			{"a rare word", shopdesk.SearchQuery{Text: "лумивего"}},
			{"a filter that nothing passes", shopdesk.SearchQuery{Text: "возврат", Departments: []string{"Sales"}}},
			{"the last 30 days", shopdesk.SearchQuery{Text: "возврат", From: opening.Add(time.Duration(n)*20*time.Second - 30*24*time.Hour)}},
			{"a week long ago", shopdesk.SearchQuery{
				Text: "возврат", From: opening.Add(30 * 24 * time.Hour), To: opening.Add(37 * 24 * time.Hour),
			}},
			{"one person", shopdesk.SearchQuery{Text: "возврат", Person: 77}},
			{"a number", shopdesk.SearchQuery{Text: "5190000"}},
		} {
			b.Run(fmt.Sprintf("%d/%s", n, tt.name), func(b *testing.B) {
				tt.query.Limit = shopdesk.SearchPage
				for b.Loop() {
					err := db.View(b.Context(), func(r *store.Reader) error {
						_, err := r.Search(tt.query)
						return err
					})
					if err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// BenchmarkIndexSearch is what a message costs that is filed in batches, and how long
// the writer is kept by each.
func BenchmarkIndexSearch(b *testing.B) {
	for _, batch := range []int{20, store.SearchBatch, 500} {
		b.Run(fmt.Sprintf("batch=%d", batch), func(b *testing.B) {
			db := spoken(b, 20_000)
			b.ResetTimer()
			for b.Loop() {
				if more, err := db.IndexSearch(b.Context(), batch); err != nil {
					b.Fatal(err)
				} else if !more {
					b.StopTimer()
					if err := db.ForgetSearch(b.Context()); err != nil {
						b.Fatal(err)
					}
					b.StartTimer()
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(batch), "µs/message")
		})
	}
}
