package sandbox

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"shopbell/core/autoreply"
	"shopbell/core/autoreply/packs"
	"shopbell/core/chat"
	"shopbell/core/cloudapi"
)

func newcomers(t *testing.T) crowd {
	t.Helper()
	c, err := loadCrowd()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestCrowd(t *testing.T) {
	c := newcomers(t)
	t.Run("each has a fictional phone of their own, which finds them again", func(t *testing.T) {
		cast, err := loadCast()
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, who := range cast.Customers {
			seen[who.Phone], seen[who.UserID] = true, true
		}
		for n := range int64(crowdSize) {
			who := c.member(n)
			if err := who.check(); err != nil || !fictional(who.Phone) || seen[who.Phone] || seen[who.UserID] {
				t.Fatalf("%+v: %v", who, err)
			}
			for _, address := range who.addresses() {
				seen[address] = true
				if found, ok := c.at(address); !ok || found != who {
					t.Fatalf("%s finds %+v, %t", address, found, ok)
				}
			}
		}
		if c.member(crowdSize) != c.member(0) {
			t.Error("the crowd does not begin anew")
		}
	})
	t.Run("an address outside of the crowd finds nobody", func(t *testing.T) {
		for _, address := range []string{"", "33639980999", "336399810000", "3363998100", "3363998+100", "447700901234", "FR.55500000000999"} {
			if who, ok := c.at(address); ok {
				t.Errorf("%q finds %+v", address, who)
			}
		}
	})
}

// What a pack covers, the newcomers ask in words that reach its rule.
func TestNewcomersAskWhatThePacksAnswer(t *testing.T) {
	rules := map[string]string{"delivery": "delivery", "price": "price", "size": "size", "returns": "returns", "payment": "price", "hours": ""}
	list, err := packs.All()
	if err != nil {
		t.Fatal(err)
	}
	noon := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	for language, of := range newcomers(t) {
		t.Run(language, func(t *testing.T) {
			at := slices.IndexFunc(list, func(p packs.Pack) bool { return p.Language == language })
			if at < 0 {
				t.Fatal("there is no pack")
			}
			f := list[at].File
			f.Rules = nil
			for _, r := range list[at].File.Rules {
				if r.Trigger == autoreply.TriggerKeyword {
					r.Enabled, r.Replies = true, []autoreply.Variant{{Text: r.Name}}
					f.Rules = append(f.Rules, r)
				}
			}
			book, err := autoreply.Compile(f)
			if err != nil {
				t.Fatal(err)
			}
			for topic, want := range rules {
				if len(of.Questions[topic]) < 3 {
					t.Errorf("%s is asked in %d wordings", topic, len(of.Questions[topic]))
				}
				for _, text := range of.Questions[topic] {
					d := book.Decide(book.Match(text), autoreply.Facts{Now: noon, MessageAt: noon, Kind: chat.KindText})
					got := ""
					if len(d.Replies) > 0 {
						got = d.Replies[0].RuleID
					}
					if got != want {
						t.Errorf("%q reaches %q, want %q", text, got, want)
					}
				}
			}
			for _, text := range of.Thanks {
				if d := book.Decide(book.Match(text), autoreply.Facts{Now: noon, MessageAt: noon, Kind: chat.KindText}); len(d.Replies) > 0 {
					t.Errorf("%q is answered", text)
				}
			}
		})
	}
}

func TestDoor(t *testing.T) {
	start := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	waiting := map[string][]string{"en": {"hello?"}, "pt": {"olá?"}, "ru": {"ау?"}}
	c := newcomers(t)
	// hour is who comes in an hour of the demo, and what they ask first.
	hour := func(t *testing.T, seed uint64, start time.Time) (came []string, asked map[string]int) {
		t.Helper()
		d := newDoor(c, waiting, seed, start)
		asked = map[string]int{}
		last := time.Duration(-1)
		for now := time.Duration(0); now < time.Hour; now += time.Second {
			p := d.next(now)
			if p == nil {
				continue
			}
			if gap := now - last; last >= 0 && (gap < 20*time.Second || gap > 30*time.Second) {
				t.Errorf("one comes %v after the other", gap)
			}
			last = now
			m, ok := p.next(d.rng, nil)
			if !ok {
				t.Errorf("%s comes and says nothing", p.customer.Name)
			}
			came = append(came, fmt.Sprintf("%v %s: %s%s", now, p.customer.Phone, m.line.Send, m.line.Text))
			asked[m.line.Send]++
			asked[p.customer.Language+" "+p.stories[0].Topic]++
			if len(d.inside) > crowdStays || d.inside[len(d.inside)-1] != p {
				t.Errorf("%d inside", len(d.inside))
			}
		}
		return came, asked
	}
	t.Run("newcomers come without end, one every 20 to 30 seconds, and few stay", func(t *testing.T) {
		if came, _ := hour(t, 1, start); len(came) < 120 || len(came) > 180 {
			t.Errorf("%d came in an hour", len(came))
		}
	})
	t.Run("every topic is asked in every language, and some ask by voice", func(t *testing.T) {
		_, asked := hour(t, 1, start)
		for language, of := range c {
			for topic := range of.Questions {
				if asked[language+" "+topic] == 0 {
					t.Errorf("nobody asks about %s in %s", topic, language)
				}
			}
		}
		if asked["voice"] == 0 || asked["voice"] > asked[""] {
			t.Errorf("%d ask by voice, %d in writing", asked["voice"], asked[""])
		}
	})
	t.Run("a seed repeats it, another one does not", func(t *testing.T) {
		first, _ := hour(t, 1, start)
		again, _ := hour(t, 1, start)
		other, _ := hour(t, 2, start)
		if !slices.Equal(first, again) || slices.Equal(first, other) {
			t.Error("the seed does not decide who asks what")
		}
	})
	t.Run("a demo that begins when another has ended lets in nobody twice", func(t *testing.T) {
		phones := map[string]bool{}
		for _, at := range []time.Time{start, start.Add(time.Hour)} {
			d := newDoor(c, waiting, 1, at)
			for now := time.Duration(0); now < time.Hour; now += time.Second {
				if p := d.next(now); p != nil {
					if phones[p.customer.Phone] {
						t.Errorf("%s comes twice", p.customer.Phone)
					}
					phones[p.customer.Phone] = true
				}
			}
		}
	})
}

// With a shop that answers nobody, the whole cast writes before the first newcomer.
func TestNewcomersComeAfterTheCast(t *testing.T) {
	w := open(t)
	cast, err := loadCast()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	before := map[string]bool{}
	var first *cloudapi.Message
	w.shop.told = func(it cloudapi.Item) { // under the shop's lock
		if m := it.Message; m != nil && first == nil {
			if _, ok := w.crowd.at(m.From.Phone); ok {
				first = m
				cancel()
			} else {
				before[m.From.UserID] = true
			}
		}
	}
	if err := w.Run(ctx, time.Millisecond); err != nil {
		t.Fatal(err)
	}
	w.shop.mu.Lock()
	defer w.shop.mu.Unlock()
	if len(before) != len(cast.Customers) {
		t.Errorf("%d of %d have written before a newcomer", len(before), len(cast.Customers))
	}
	if first.From.Name != w.crowd.member(w.started.Unix()/20).Name {
		t.Errorf("first comes %+v", first.From)
	}
}

func TestNewcomersOfAnEarlierRunCanBeAnswered(t *testing.T) {
	w := open(t)
	who := w.crowd.member(7)
	for _, to := range []Customer{{Phone: who.Phone}, {UserID: who.UserID}} {
		if _, err := w.answer(t, to, "Good morning"); err != nil {
			t.Errorf("%+v: %v", to, err)
		}
	}
	w.settle(t)
	if n := len(w.Inbox(who)); n != 2 {
		t.Errorf("%d messages arrived", n)
	}
	t.Run("until a day has passed", func(t *testing.T) {
		w.clock.move(25 * time.Hour)
		if _, err := w.answer(t, w.crowd.member(8), "Good morning"); code(err) != 131047 {
			t.Errorf("error = %v", err)
		}
	})
	t.Run("and who comes again is new", func(t *testing.T) {
		w.forget(who)
		if n := len(w.Inbox(who)); n != 0 {
			t.Errorf("%d messages are remembered", n)
		}
	})
}
