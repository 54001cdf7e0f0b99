package intake

import (
	"slices"
	"testing"
	"testing/synctest"

	"pgregory.net/rapid"

	"shopbell/core/chat"
	"shopbell/core/cloudapi"
	"shopbell/core/store"
	"shopbell/core/store/storetest"
)

func phone(s string) chat.Alias { return chat.Alias{Kind: chat.AliasPhone, Value: s} }

// apart returns two aliases that are at two workers, both busy.
func apart(t *testing.T, a *affinity) (first, second chat.Alias) {
	t.Helper()
	first = phone("0")
	at := a.enter([]chat.Alias{first})
	for n := range 100 {
		second = phone(string(rune('a' + n)))
		keys := []chat.Alias{second}
		if a.enter(keys) != at {
			return first, second
		}
		a.leave(keys)
	}
	t.Fatal("a hundred people have one worker")
	return first, second
}

func TestItemsOfOnePersonGoWhereTheirFirstOneIs(t *testing.T) {
	a := newAffinity(16)
	both := []chat.Alias{phone("1"), {Kind: chat.AliasUser, Value: "PT.1"}}
	want := a.enter(both)
	for _, keys := range [][]chat.Alias{both[:1], both[1:], both} {
		if got := a.enter(keys); got != want {
			t.Errorf("an item with %v goes to worker %d, want %d", keys, got, want)
		}
	}
}

func TestWhatIsAboutNobodyGoesToTheFirstWorker(t *testing.T) {
	a := newAffinity(16)
	if got := a.enter(nil); got != 0 {
		t.Errorf("went to worker %d", got)
	}
	a.leave(nil)
}

func TestSweepForgetsWhoIsNotUnderWay(t *testing.T) {
	a := newAffinity(16)
	busy, idle := []chat.Alias{phone("1")}, []chat.Alias{phone("2")}
	a.enter(busy)
	a.enter(busy)
	a.leave(busy)
	a.enter(idle)
	a.leave(idle)
	if len(a.keys) != 2 {
		t.Fatalf("%d keys before the sweep, want both", len(a.keys))
	}
	a.sweep()
	if len(a.keys) != 1 || a.keys[busy[0]] == nil {
		t.Errorf("after the sweep %v are known, want %v only", a.keys, busy)
	}
}

func TestAPersonWhoseAliasesAreAtTwoWorkersWaitsForOneToEnd(t *testing.T) {
	for _, tt := range []struct {
		name string
		ends func(first, second chat.Alias) (ended, goesOn chat.Alias)
	}{
		{"the first", func(first, second chat.Alias) (ended, goesOn chat.Alias) { return first, second }},
		{"the second", func(first, second chat.Alias) (ended, goesOn chat.Alias) { return second, first }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				a := newAffinity(16)
				first, second := apart(t, a)
				a.enter([]chat.Alias{first}) // it has two under way
				entered := make(chan int, 1)
				go func() { entered <- a.enter([]chat.Alias{first, second}) }()
				ended, goesOn := tt.ends(first, second)
				for a.busy(ended) > 0 {
					synctest.Wait()
					if len(entered) > 0 {
						t.Fatalf("it went to worker %d while both were under way", <-entered)
					}
					a.leave([]chat.Alias{ended})
				}
				synctest.Wait()
				if want := a.keys[goesOn].worker; len(entered) != 1 || <-entered != want {
					t.Errorf("it did not go to worker %d, where the other goes on", want)
				}
			})
		})
	}
}

func (a *affinity) busy(k chat.Alias) int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.keys[k].busy
}

func TestNoAliasIsAtTwoWorkersAtOnce(t *testing.T) {
	aliases := []chat.Alias{phone("1"), phone("2"), phone("3"), phone("4"), phone("5")}
	rapid.Check(t, func(t *rapid.T) {
		a := newAffinity(4)
		type item struct {
			keys   []chat.Alias
			worker int
		}
		var underWay []item
		t.Repeat(map[string]func(*rapid.T){
			"enter": func(t *rapid.T) {
				keys := rapid.SliceOfNDistinct(rapid.SampledFrom(aliases), 1, 3, rapid.ID).Draw(t, "keys")
				at := map[int]bool{}
				for _, i := range underWay {
					if slices.ContainsFunc(keys, func(k chat.Alias) bool { return slices.Contains(i.keys, k) }) {
						at[i.worker] = true
					}
				}
				if len(at) > 1 {
					return // it would wait
				}
				worker := a.enter(keys)
				if len(at) == 1 && !at[worker] {
					t.Fatalf("%v went to worker %d, and its aliases are under way at %v", keys, worker, at)
				}
				underWay = append(underWay, item{keys, worker})
			},
			"leave": func(t *rapid.T) {
				if len(underWay) == 0 {
					return
				}
				n := rapid.IntRange(0, len(underWay)-1).Draw(t, "which")
				a.leave(underWay[n].keys)
				underWay = slices.Delete(underWay, n, n+1)
			},
			"sweep": func(*rapid.T) { a.sweep() },
		})
	})
}

// An item under way shows an alias that was nobody's when it was looked up.
// Meanwhile the alias was joined to a contact. The contact's next item shows
// another alias, and must not overtake it.
func TestAnItemIsNotOvertakenWhenItsAliasWasJoinedMeanwhile(t *testing.T) {
	db := storetest.Open(t, store.Options{})
	p := store.Person{Phone: "351912000001", UserID: "PT.1"}
	a := newAffinity(1000)
	late := a.enter([]chat.Alias{p.Aliases()[1]})
	storetest.Update(t, db, func(tx *store.Tx) error {
		_, _, err := tx.KnowContact(p)
		return err
	})
	a.sweep()
	next := &job{item: cloudapi.Item{Message: &cloudapi.Message{From: cloudapi.Party{Phone: p.Phone}}}}
	storetest.View(t, db, func(r *store.Reader) error { return keysOf(r, []*job{next}) })
	if got := a.enter(next.keys); got != late {
		t.Errorf("with the keys %v it goes to worker %d, past the one at %d", next.keys, got, late)
	}
}

func TestANoticeOfANewNumberBelongsToTheOldAndTheNew(t *testing.T) {
	db := storetest.Open(t, store.Options{})
	j := &job{item: cloudapi.Item{Message: &cloudapi.Message{
		From: cloudapi.Party{Phone: "351912000001"}, Change: &cloudapi.IdentityChange{OldPhone: "351912000001", NewPhone: "351912000002"},
	}}}
	storetest.View(t, db, func(r *store.Reader) error { return keysOf(r, []*job{j}) })
	if want := []chat.Alias{phone("351912000001"), phone("351912000002")}; !slices.Equal(j.keys, want) {
		t.Errorf("the keys are %v, want %v", j.keys, want)
	}
}
