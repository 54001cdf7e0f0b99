package chat_test

import (
	"fmt"
	"iter"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"shopbell/core/chat"
)

func TestPeopleWhoMayBeOneAreProposedWithTheReason(t *testing.T) {
	for name, tt := range map[string]struct {
		a, b    chat.Likeness
		reasons []chat.SameReason
		digits  int
	}{
		"address, phone and first name in two scripts": {
			a:       chat.Likeness{Name: "Марина Волкова", Phone: "351912555014", Address: "Rua da Prata 112, 2º, Lisboa"},
			b:       chat.Likeness{Name: "Marina V.", Phone: "351912555041", Address: "rua da prata 112 Lisboa"},
			reasons: []chat.SameReason{chat.SameAddress, chat.NearPhone, chat.SameFirstName}, digits: 2,
		},
		"one e-mail address in capitals": {
			a: chat.Likeness{Email: "Ana@Example.com"}, b: chat.Likeness{Email: "ana@example.com "}, reasons: []chat.SameReason{chat.SameEmail},
		},
		"a number without the country's code": {
			a: chat.Likeness{Phone: "351912555014"}, b: chat.Likeness{Phone: "912555014"}, reasons: []chat.SameReason{chat.SamePhone},
		},
		"a Russian number as it is dialled": {
			a: chat.Likeness{Phone: "79161234567"}, b: chat.Likeness{Phone: "89161234567"}, reasons: []chat.SameReason{chat.SamePhone},
		},
		"a full name in another order and without accents": {
			a: chat.Likeness{Name: "Inês Carvalho"}, b: chat.Likeness{Name: "CARVALHO, Ines"}, reasons: []chat.SameReason{chat.SameName},
		},
		"a near phone and the first name": {
			a: chat.Likeness{Name: "Ana", Phone: "351912555014"}, b: chat.Likeness{Name: "Ana Lima", Phone: "351912555015"},
			reasons: []chat.SameReason{chat.NearPhone, chat.SameFirstName}, digits: 1,
		},
		"nobody for a first name alone": {a: chat.Likeness{Name: "Maria"}, b: chat.Likeness{Name: "Maria Lima"}},
		"nobody for an address alone": {
			a: chat.Likeness{Name: "Ana", Address: "Rua da Prata 112, Lisboa"}, b: chat.Likeness{Name: "Rui", Address: "Rua da Prata 112, Lisboa"},
		},
		"nobody for another house": {
			a: chat.Likeness{Name: "Ana", Address: "Rua da Prata 112, Lisboa"}, b: chat.Likeness{Name: "Ana", Address: "Rua da Prata 114, Lisboa"},
		},
		"nobody for three digits": {
			a: chat.Likeness{Name: "Ana", Phone: "351912555014"}, b: chat.Likeness{Name: "Ana", Phone: "351912555123"},
		},
		"nobody for nothing known": {},
	} {
		t.Run(name, func(t *testing.T) {
			tt.a.ID, tt.b.ID = 7, 3
			tt.a.FirstAt, tt.b.FirstAt = time.Unix(1, 0), time.Unix(2, 0)
			var want []chat.Pair
			if tt.reasons != nil {
				want = []chat.Pair{{A: 7, B: 3, Reasons: tt.reasons, Digits: tt.digits}}
			}
			for _, people := range [][]chat.Likeness{{tt.a, tt.b}, {tt.b, tt.a}} {
				if diff := cmp.Diff(want, slices.Collect(chat.FindSame(people))); diff != "" {
					t.Error(diff)
				}
			}
		})
	}
}

func TestWhatACrowdSharesIsNoReason(t *testing.T) {
	var people []chat.Likeness
	for i := range 1000 {
		people = append(people, chat.Likeness{ID: chat.ContactID(i), Name: "Maria Silva", Email: fmt.Sprintf("m%d@example.com", i/2)})
	}
	got := slices.Collect(chat.FindSame(people))
	if len(got) != 500 || !slices.Equal(got[0].Reasons, []chat.SameReason{chat.SameEmail, chat.SameName}) {
		t.Errorf("%d pairs, the first %+v; want the 500 who share an e-mail address", len(got), got[:1])
	}
}

// BenchmarkFindSame looks through 100,000 people.
func BenchmarkFindSame(b *testing.B) {
	names := []string{"Maria Silva", "João Ferreira", "Марина Волкова", "Ana", "Rui Tavares", "Олег Савин"}
	people := make([]chat.Likeness, 100_000)
	for i := range people {
		people[i] = chat.Likeness{
			ID: chat.ContactID(i), Name: names[i%len(names)] + fmt.Sprint(i%977), Phone: fmt.Sprintf("3519%08d", i*7919%100_000_000),
			Address: fmt.Sprintf("Rua da Prata %d, Lisboa %d", i%500, i),
		}
	}
	for b.Loop() {
		next, stop := iter.Pull(chat.FindSame(people))
		next()
		stop()
	}
}
