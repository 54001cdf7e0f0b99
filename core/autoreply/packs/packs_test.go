package packs_test

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"shopbell/core/autoreply"
	"shopbell/core/autoreply/packs"
	"shopbell/core/chat"
)

func all(t *testing.T) []packs.Pack {
	t.Helper()
	list, err := packs.All()
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// each runs a test of the pack of each language.
func each(t *testing.T, test func(t *testing.T, p packs.Pack)) {
	t.Helper()
	for _, p := range all(t) {
		t.Run(p.Language, func(t *testing.T) { test(t, p) })
	}
}

func TestAPack(t *testing.T) {
	t.Run("there is one for each language, and it is a valid rules file", func(t *testing.T) {
		var languages []string
		for _, p := range all(t) {
			languages = append(languages, p.Language)
			data, err := p.File.Marshal()
			if err != nil {
				t.Fatal(err)
			}
			if _, _, err := autoreply.Read(data, autoreply.File{}, false); err != nil {
				t.Error(err)
			}
		}
		if !slices.Equal(languages, autoreply.Languages) {
			t.Errorf("packs for %v", languages)
		}
	})
	t.Run("is switched off whole", func(t *testing.T) {
		each(t, func(t *testing.T, p packs.Pack) {
			for _, r := range p.File.Rules {
				if r.Enabled {
					t.Errorf("%s is on", r.ID)
				}
			}
		})
	})
	t.Run("says each thing in the length that is read to its end", func(t *testing.T) {
		each(t, func(t *testing.T, p packs.Pack) {
			for _, r := range p.File.Rules {
				from, to := autoreply.Recommended(r.Trigger)
				for _, v := range r.Replies {
					if n := autoreply.Filled(v.Text); n < from || n > to {
						t.Errorf("%s has %d units, %d to %d are recommended", r.ID, n, from, to)
					}
					if late := autoreply.Late(v.Text); late != "" {
						t.Errorf("%s: %q stands behind the preview", r.ID, late)
					}
				}
			}
		})
	})
	t.Run("asks for ten to seventeen words of customers in each rule about a question", func(t *testing.T) {
		each(t, func(t *testing.T, p packs.Pack) {
			for _, r := range p.File.Rules {
				if n := len(r.Keywords); r.Trigger == autoreply.TriggerKeyword && (n < 10 || n > 17) {
					t.Errorf("%s has %d keywords", r.ID, n)
				}
			}
		})
	})
	t.Run("promises nothing that the shop has not filled in", func(t *testing.T) {
		each(t, func(t *testing.T, p packs.Pack) {
			open := 0
			for i, r := range p.File.Rules {
				f := p.File
				f.Rules = slices.Clone(f.Rules)
				f.Rules[i].Enabled = true
				_, err := autoreply.Compile(f)
				if unfilled := autoreply.Unfilled(r.Replies[0].Text) != ""; unfilled != (err != nil) {
					t.Errorf("%s: unfilled %v, switched on: %v", r.ID, unfilled, err)
				} else if unfilled {
					open++
				}
			}
			if open != 5 {
				t.Errorf("%d rules have something to fill in, want delivery, returns, price, size and the hours", open)
			}
		})
	})
	t.Run("warns of nothing but the places to fill in", func(t *testing.T) {
		each(t, func(t *testing.T, p packs.Pack) {
			data, err := p.File.Marshal()
			if err != nil {
				t.Fatal(err)
			}
			_, warnings, err := autoreply.Parse(data)
			if err != nil {
				t.Fatal(err)
			}
			for _, w := range warnings {
				if w.Field != "timezone" { // the shop's own is added with the shop's file
					t.Error(w)
				}
			}
		})
	})
}

// A phrasebook is what customers write, by the rule that they mean; "" are those
// who mean none.
type phrasebook map[string][]string

// What customers mean reaches its rule in at least 95 of 100 messages, and no other
// message reaches any: a rule that is written for every shop answers no stranger.
func TestWhatCustomersWriteReachesItsRule(t *testing.T) {
	const leastMeant = 95 // per cent
	each(t, func(t *testing.T, p packs.Pack) {
		data, err := os.ReadFile(filepath.Join("testdata", p.Language+".json"))
		if err != nil {
			t.Fatal(err)
		}
		var book phrasebook
		if err := json.Unmarshal(data, &book); err != nil {
			t.Fatal(err)
		}
		shop := switchedOn(t, p)
		meant, reached := 0, 0
		for _, id := range slices.Sorted(maps.Keys(book)) {
			for _, text := range book[id] {
				got := answering(shop, text)
				if id == "" && got != "" {
					t.Errorf("a stranger: %q reached %q", text, got)
				}
				if id == "" {
					continue
				}
				if meant++; got == id {
					reached++
				} else {
					t.Logf("missed: %q reached %q, not %q", text, got, id)
				}
			}
		}
		t.Logf("%d of %d reached their rule, %d strangers", reached, meant, len(book[""]))
		if reached*100 < meant*leastMeant {
			t.Errorf("%d of %d is under %d %%", reached, meant, leastMeant)
		}
		for _, r := range p.File.Rules {
			if r.Trigger == autoreply.TriggerKeyword && len(book[r.ID]) < 8 {
				t.Errorf("%s is tried with %d messages only", r.ID, len(book[r.ID]))
			}
		}
		if len(book[""]) < 15 {
			t.Errorf("%d strangers only", len(book[""]))
		}
	})
}

// switchedOn is a shop with the keyword rules of a pack.
func switchedOn(t *testing.T, p packs.Pack) *autoreply.Book {
	t.Helper()
	f := p.File
	f.Rules = nil
	for _, r := range p.File.Rules {
		if r.Trigger == autoreply.TriggerKeyword {
			r.Enabled, r.Replies = true, []autoreply.Variant{{Text: r.Name}}
			f.Rules = append(f.Rules, r)
		}
	}
	b, err := autoreply.Compile(f)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// answering is the rule that answers a message at noon, "" for none.
func answering(b *autoreply.Book, text string) string {
	noon := time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)
	d := b.Decide(b.Match(text), autoreply.Facts{Now: noon, Kind: chat.KindText})
	if len(d.Replies) == 0 {
		return ""
	}
	return d.Replies[0].RuleID
}

func TestHave(t *testing.T) {
	pack := all(t)[0] // English
	greeting, returns, closed := pack.File.Rules[0], pack.File.Rules[2], pack.File.Rules[6]
	half := (len(returns.Keywords) + 1) / 2
	const first, keyword, off = autoreply.TriggerFirstContact, autoreply.TriggerKeyword, autoreply.TriggerOffHours
	for _, c := range []struct {
		name string
		rule autoreply.Rule
		like string // the id in the pack; empty: none
	}{
		{"the same name is enough", autoreply.Rule{Name: strings.ToUpper(returns.Name), Trigger: keyword}, returns.ID},
		{"half of the keywords are enough, however they are spelled", autoreply.Rule{Name: "Ours", Trigger: keyword, Keywords: upper(returns.Keywords[:half])}, returns.ID},
		{"less than half is not", autoreply.Rule{Name: "Ours", Trigger: keyword, Keywords: returns.Keywords[:half-1]}, ""},
		{"unless it is the same kind of question", autoreply.Rule{Name: "Ours", Trigger: keyword, Kind: "returns", Keywords: append([]string{"zebra"}, returns.Keywords[:1]...)}, returns.ID},
		{"in mostly the same words: others may be another language's", autoreply.Rule{Name: "Ours", Trigger: keyword, Kind: "returns", Keywords: append([]string{"zebra", "giraffe"}, returns.Keywords[:1]...)}, ""},
		{"words of its own do not make a rule another one", autoreply.Rule{Name: "Ours", Trigger: keyword, Keywords: append([]string{"zebra", "giraffe"}, returns.Keywords...)}, returns.ID},
		{"a greeting is like any other, whatever its name", autoreply.Rule{Name: "Hello", Trigger: first}, greeting.ID},
		{"so is an off-hours reply", autoreply.Rule{Name: "Asleep", Trigger: off}, closed.ID},
		{"a keyword rule with the name of a greeting is none", autoreply.Rule{Name: greeting.Name, Trigger: keyword}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.rule.ID = "own"
			have := pack.Have(autoreply.File{Rules: []autoreply.Rule{{ID: "zebras", Name: "Zebras", Trigger: keyword}, c.rule}})
			got := map[string]string{}
			for id, own := range have {
				got[id] = own.ID
			}
			want := map[string]string{}
			if c.like != "" {
				want[c.like] = "own"
			}
			if !maps.Equal(got, want) {
				t.Errorf("the shop has %v, want %v", got, want)
			}
		})
	}
}

func upper(list []string) (out []string) {
	for _, s := range list {
		out = append(out, strings.ToUpper(s))
	}
	return out
}

func TestTakingRules(t *testing.T) {
	pack := all(t)[0]
	ids := func(rules []autoreply.Rule) (out []string) {
		for _, r := range rules {
			out = append(out, r.ID)
		}
		return out
	}
	t.Run("what a button leads to comes along", func(t *testing.T) {
		if got := ids(pack.Rules(autoreply.File{}, "price")); !slices.Equal(got, []string{"price", "stock"}) {
			t.Error(got)
		}
		if got := ids(pack.Rules(autoreply.File{}, "returns")); !slices.Equal(got, []string{"returns"}) {
			t.Error(got)
		}
	})
	t.Run("an id that the shop has is given to nobody else, and the buttons follow", func(t *testing.T) {
		shop := autoreply.File{Version: autoreply.Version, Rules: []autoreply.Rule{
			{ID: "stock", Name: "Our own", Trigger: autoreply.TriggerKeyword, Replies: []autoreply.Variant{{Text: "Yes."}}},
			{ID: "stock-2", Name: "Our other", Trigger: autoreply.TriggerKeyword, Replies: []autoreply.Variant{{Text: "No."}}},
		}}
		added := pack.Rules(shop, "greeting")
		if got := ids(added); !slices.Equal(got, []string{"greeting", "stock-3"}) {
			t.Fatal(got)
		}
		if got := added[0].Replies[0].Buttons[1].Rule; got != "stock-3" {
			t.Errorf("the button leads to %q", got)
		}
		shop.Rules = append(shop.Rules, added...)
		if _, err := autoreply.Compile(shop); err != nil {
			t.Error(err)
		}
	})
	t.Run("what the shop has already is not brought, and the buttons lead to its own", func(t *testing.T) {
		own := pack.File.Rules[5]
		own.ID = "ours"
		added := pack.Rules(autoreply.File{Rules: []autoreply.Rule{own}}, "greeting")
		if got := ids(added); !slices.Equal(got, []string{"greeting"}) || added[0].Replies[0].Buttons[1].Rule != "ours" {
			t.Errorf("added are %v, the button leads to %q", got, added[0].Replies[0].Buttons[1].Rule)
		}
	})
	t.Run("what the shop has and takes all the same is what the buttons lead to", func(t *testing.T) {
		own := pack.File.Rules[5]
		added := pack.Rules(autoreply.File{Rules: []autoreply.Rule{own}}, "greeting", "stock")
		if got := ids(added); !slices.Equal(got, []string{"greeting", "stock-2"}) || added[0].Replies[0].Buttons[1].Rule != "stock-2" {
			t.Errorf("added are %v, the button leads to %q", got, added[0].Replies[0].Buttons[1].Rule)
		}
	})
	t.Run("the pack stays as it was", func(t *testing.T) {
		added := pack.Rules(autoreply.File{Rules: []autoreply.Rule{{ID: "stock"}}}, "greeting", "stock")
		added[0].Replies[0].Text, added[1].Keywords[0] = "other", "other"
		fresh := all(t)[0]
		if pack.File.Rules[0].Replies[0].Text != fresh.File.Rules[0].Replies[0].Text ||
			pack.File.Rules[0].Replies[0].Buttons[1].Rule != "stock" || pack.File.Rules[5].Keywords[0] != fresh.File.Rules[5].Keywords[0] {
			t.Error("what was taken changes the pack")
		}
	})
	t.Run("a rule that no pack has is not taken", func(t *testing.T) {
		if got := pack.Rules(autoreply.File{}, "lunch"); len(got) != 0 {
			t.Error(ids(got))
		}
	})
}
