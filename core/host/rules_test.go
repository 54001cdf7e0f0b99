package host_test

import (
	"bytes"
	"errors"
	"maps"
	"strings"
	"testing"

	"shopbell/core/autoreply"
	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/sandbox"
	"shopbell/core/staff"
	"shopbell/core/store"
	"shopbell/core/store/storetest"
)

// keyword is a rule that answers one word.
func keyword(word string, v autoreply.Variant) autoreply.Rule {
	return autoreply.Rule{
		ID: word, Name: word, Trigger: autoreply.TriggerKeyword, Enabled: true, Match: autoreply.MatchExact,
		Keywords: []string{word}, Replies: []autoreply.Variant{v},
	}
}

// save puts rules in force as Anna and returns once they are.
func (s *shop) save(rules ...autoreply.Rule) desk.RulesState {
	s.t.Helper()
	now, err := s.Rules(s.t.Context(), s.anna)
	s.is(err, "", "reading the rules")
	state, err := s.SaveRules(s.t.Context(), s.anna, autoreply.File{Version: autoreply.Version, Rules: rules}, now.Number)
	if err != nil {
		s.t.Fatal(err)
	}
	return state
}

// got returns the last message that a customer has, once there are n.
func (s *shop) got(c sandbox.Customer, n int) (last sandbox.Delivered) {
	s.t.Helper()
	s.until("the customer is answered", func() bool {
		inbox := s.Sandbox().Inbox(c)
		if len(inbox) < n {
			return false
		}
		last = inbox[n-1]
		return true
	})
	return last
}

func TestWhoMayDoWhatWithRules(t *testing.T) {
	s := openShop(t, rulesFile("a=one"))
	ctx := t.Context()
	calls := map[string]func(desk.Actor) error{
		"see":     func(who desk.Actor) error { _, err := s.Rules(ctx, who); return err },
		"history": func(who desk.Actor) error { _, err := s.RulesHistory(ctx, who); return err },
		"at":      func(who desk.Actor) error { _, err := s.RulesAt(ctx, who, 1); return err },
		"try": func(who desk.Actor) error {
			_, err := s.TryRules(ctx, who, nil, autoreply.Trial{Message: "one"})
			return err
		},
		"hits":   func(who desk.Actor) error { _, err := s.RuleHits(ctx, who, s.time()); return err },
		"alone":  func(who desk.Actor) error { _, err := s.AnsweredAlone(ctx, who, s.time()); return err },
		"first":  func(who desk.Actor) error { _, err := s.FirstQuestions(ctx, who, nil); return err },
		"bench":  func(who desk.Actor) error { _, err := s.BenchRules(ctx, who, nil, 30); return err },
		"export": func(who desk.Actor) error { _, err := s.ExportRules(ctx, who); return err },
		"read":   func(who desk.Actor) error { _, err := s.ReadRules(ctx, who, rulesFile("b=two"), false); return err },
		"picture": func(who desk.Actor) error {
			_, err := s.AddPicture(ctx, who, "a.jpg", bytes.NewReader(sandbox.Photo(1).Content))
			return err
		},
		"save": func(who desk.Actor) error {
			now, err := s.Rules(ctx, s.anna)
			if err != nil {
				return err
			}
			_, err = s.SaveRules(ctx, who, now.File, now.Number)
			return err
		},
	}
	edits := map[string]bool{"read": true, "picture": true, "save": true}
	for name, call := range calls {
		s.is(call(s.olga), desk.Forbidden, "an analyst: "+name)
		want := desk.Code("")
		if edits[name] {
			want = desk.Forbidden
		}
		s.is(call(s.pedro), want, "an operator: "+name)
		s.is(call(s.anna), "", "an administrator: "+name)
	}
}

func TestSavedRulesAnswerTheNextCustomer(t *testing.T) {
	s := openShop(t, rulesFile("a=one"))
	s.save(keyword("alpha", autoreply.Variant{Text: "first"}))
	s.hear(emma, "alpha")
	if m := s.got(emma, 1); m.Text != "first" {
		t.Errorf("she got %+v", m)
	}
	s.until("the hit is counted", func() bool {
		hits, err := s.RuleHits(t.Context(), s.pedro, s.time().AddDate(0, 0, -7))
		return err == nil && maps.Equal(hits, map[string]int{"alpha": 1})
	})
}

func TestAPictureOfARuleReachesTheCustomer(t *testing.T) {
	s := openShop(t, rulesFile("a=one"))
	photo := sandbox.Photo(1)
	name, err := s.AddPicture(t.Context(), s.anna, "sizes.jpg", bytes.NewReader(photo.Content))
	s.is(err, "", "adding a picture")
	state := s.save(
		keyword("alpha", autoreply.Variant{Text: "our sizes", Picture: name}),
		keyword("bravo", autoreply.Variant{Text: "choose", Picture: name, Buttons: []autoreply.Button{{Title: "A person", Action: autoreply.ActionHandOver}}}),
		keyword("charlie", autoreply.Variant{Text: "our site", Picture: name, Buttons: []autoreply.Button{{Title: "Open", Action: autoreply.ActionLink, URL: "https://shop.example"}}}),
	)
	want := s.content(state.Pictures[name].File)
	var rows []chat.ConversationID
	for i, tt := range []struct {
		word string
		kind chat.Kind
		text string
	}{{"alpha", chat.KindImage, "our sizes"}, {"bravo", chat.KindInteractive, "choose"}, {"charlie", chat.KindLink, "our site"}} {
		rows = append(rows, s.hear(emma, tt.word))
		m := s.got(emma, i+1)
		if m.Text != tt.text || m.File == nil || !bytes.Equal(m.File.Content, want) {
			t.Errorf("%s: she got %+v", tt.word, m)
		}
		if (tt.kind == chat.KindLink) != (m.Link != nil) || tt.kind == chat.KindInteractive && len(m.Buttons) == 0 {
			t.Errorf("%s: she got %+v", tt.word, m)
		}
		list := s.chat(rows[i])
		if last := list[len(list)-1]; last.Kind != tt.kind || last.Media == nil || last.Media.File != state.Pictures[name].File {
			t.Errorf("%s: the chat shows %+v", tt.word, last)
		}
	}
	if n := len(s.Sandbox().Files(true)); n != 1 {
		t.Errorf("Meta was given the picture %d times", n)
	}
}

func TestAPictureWhoseNameIsTakenGetsOneThatRulesMayUse(t *testing.T) {
	s := openShop(t, rulesFile("a=one"))
	name := strings.Repeat("я", autoreply.MaxPicture-len(".jpg")) + ".jpg"
	taken := map[string]bool{}
	for n := range 3 {
		got, err := s.AddPicture(t.Context(), s.anna, name, bytes.NewReader(sandbox.Photo(uint64(n)).Content))
		s.is(err, "", "adding a picture")
		if taken[got] || autoreply.CheckPictureName(got) != nil {
			t.Errorf("picture %d is called %q", n, got)
		}
		taken[got] = true
	}
	if !taken[name] {
		t.Errorf("none of %v has the name it was given", taken)
	}
}

func TestAStockLevelChangesTheReply(t *testing.T) {
	s := openShop(t, rulesFile("a=one"))
	r := keyword("boots", autoreply.Variant{Text: "all sizes"})
	r.Stock = &autoreply.Stock{SKU: "BT-1", Below: 10, Text: "only {stock} left"}
	s.save(r)
	try := func(stock map[string]int) string {
		e, err := s.TryRules(t.Context(), s.pedro, nil, autoreply.Trial{Message: "boots", Stock: stock})
		if err != nil || len(e.Decision.Replies) != 1 {
			t.Fatalf("%+v, %v", e, err)
		}
		return e.Decision.Replies[0].Text
	}
	if got := try(nil); got != "all sizes" {
		t.Errorf("with no level it is %q", got)
	}
	s.is(s.SetLevels(t.Context(), s.anna, []desk.StockChange{{SKU: "bt-1", Level: 4}}), "", "setting a level")
	if got := try(nil); got != "only 4 left" {
		t.Errorf("with the shop's level it is %q", got)
	}
	if got := try(map[string]int{"Bt-1": 40}); got != "all sizes" {
		t.Errorf("with another level it is %q", got)
	}
	s.hear(emma, "boots")
	if m := s.got(emma, 1); m.Text != "only 4 left" {
		t.Errorf("she got %+v", m)
	}
}

func TestTheTrailSaysWhoSavedRules(t *testing.T) {
	s := openShop(t, rulesFile("a=one"))
	state := s.save(keyword("alpha", autoreply.Variant{Text: "t"}))
	if state.By != s.anna.Agent || state.ByName != "Anna" || state.At.IsZero() {
		t.Errorf("last changed by %+v", state.RulesRevision)
	}
	if _, err := s.SaveRules(t.Context(), s.pedro, state.File, state.Number); err == nil {
		t.Fatal("an operator saved rules")
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(t.Context(), s.file(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	storetest.View(t, db, func(r *store.Reader) error {
		trail, err := r.AuditTrail(2)
		want := []staff.AuditEntry{{Agent: s.pedro.Agent, Allowed: false}, {Agent: s.anna.Agent, Allowed: true}}
		for i, e := range trail {
			if e.Action != "rules.save" || e.Subject != "rules" || e.Agent != want[i].Agent || e.Allowed != want[i].Allowed {
				t.Errorf("entry %d is %+v", i, e)
			}
		}
		return err
	})
}

func TestRulesOfANewerShopbellAreNotShown(t *testing.T) {
	s := openShop(t, rulesFile("a=one"))
	storeRules(t, s.dir, `{"version": 99}`)
	_, err := s.Rules(t.Context(), s.anna)
	s.is(err, desk.Conflict, "reading them")
	if _, ok := errors.AsType[*autoreply.FileError](err); !ok {
		t.Errorf("the reason is not told: %v", err)
	}
}
