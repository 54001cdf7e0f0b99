package rulebench_test

import (
	"fmt"
	"slices"
	"testing"

	"shopbell/core/autoreply"
	"shopbell/core/rulebench"
)

func TestProposals(t *testing.T) {
	price := keyword("price", "цена", "price")
	price.Kind = "price"
	f := file(keyword("delivery", "доставка", "delivery", "курьер"), price)
	find := func(t *testing.T, r rulebench.Report, word string) rulebench.Proposal {
		t.Helper()
		i := slices.IndexFunc(r.Proposals, func(p rulebench.Proposal) bool { return slices.Contains(p.Words, word) })
		if i < 0 {
			t.Fatalf("%q is not proposed: %+v", word, r.Proposals)
		}
		return r.Proposals[i]
	}
	t.Run("forms of a word are one, in the form that is most frequent", func(t *testing.T) {
		r := run(t, f, "есть непромокаемые?", "мне нужны непромокаемые", "ищу непромокаемую")
		if p := find(t, r, "непромокаемые"); p.Chats != 3 || len(p.Words) != 1 || p.Into != "" || p.Kind != autoreply.KindOther || len(r.Proposals) != 1 {
			t.Errorf("the proposals are %+v", r.Proposals)
		}
	})
	t.Run("words of one kind go together, whatever the language", func(t *testing.T) {
		r := run(t, f, slices.Concat(times(4, "можно картой?"), []string{"aceitam mbway?", "mbway dá?", "pago por mbway"}, times(5, "есть скидка"), times(3, "tem desconto?"))...)
		if p := find(t, r, "картой"); p.Chats != 7 || !slices.Contains(p.Words, "mbway") || p.Into != "" || p.Kind != "payment" {
			t.Errorf("payment is %+v", p)
		}
		if p := find(t, r, "скидка"); p.Chats != 8 || !slices.Contains(p.Words, "desconto") || p.Into != "price" {
			t.Errorf("discounts are %+v", p)
		}
		if r.Lifted != 15 {
			t.Errorf("%d of 15 would be answered", r.Lifted)
		}
	})
	t.Run("words that stand together are proposed together", func(t *testing.T) {
		r := run(t, f, "нужна подарочная карта", "есть подарочная карта?", "подарочные карты продаёте?")
		if p := r.Proposals[0]; len(r.Proposals) != 1 || !slices.Equal(p.Words, []string{"подарочная карта"}) || p.Chats != 3 {
			t.Errorf("the proposals are %+v", r.Proposals)
		}
	})
	t.Run("a word of questions that a rule answers goes into that rule", func(t *testing.T) {
		r := run(t, f, slices.Concat(times(4, "доставка до постамата"), []string{"постамат рядом?", "где ближайший постамат", "в постамат отправите"})...)
		if p := find(t, r, "постамат"); p.Into != "delivery" || p.Chats != 3 {
			t.Errorf("the proposal is %+v", p)
		}
	})
	t.Run("words that mean nothing by themselves are not proposed", func(t *testing.T) {
		var texts []string
		for range 9 {
			texts = append(texts, "Здравствуйте, подскажите пожалуйста", "hello, can you tell me please", "olá, bom dia, tudo bem?",
				"hola, buenos días, ¿me puede decir?", "halo kak, permisi mau tanya", "42", "+++")
		}
		if r := run(t, f, texts...); r.Proposals != nil {
			t.Errorf("the proposals are %+v", r.Proposals)
		}
	})
	t.Run("what two customers ask is not proposed", func(t *testing.T) {
		if r := run(t, f, "шнурки", "шнурки"); r.Proposals != nil {
			t.Errorf("the proposals are %+v", r.Proposals)
		}
	})
	t.Run("an answered question proposes nothing", func(t *testing.T) {
		if r := run(t, f, times(5, "доставка обуви")...); r.Proposals != nil {
			t.Errorf("the proposals are %+v", r.Proposals)
		}
	})
	t.Run("a rule that has no room, its hours or another way to compare takes none", func(t *testing.T) {
		for name, change := range map[string]func(*autoreply.Rule){
			"exact": func(r *autoreply.Rule) { r.Match = autoreply.MatchExact },
			"timed": func(r *autoreply.Rule) { r.When = []autoreply.Window{{From: "09:00", To: "12:00"}} },
			"off":   func(r *autoreply.Rule) { r.Enabled = false },
			"full": func(r *autoreply.Rule) {
				for i := range autoreply.MaxKeywords - 2 {
					r.Keywords = append(r.Keywords, fmt.Sprintf("слово%d", i))
				}
			},
		} {
			other := price
			change(&other)
			if p := find(t, run(t, file(other), times(3, "скидка")...), "скидка"); p.Into != "" {
				t.Errorf("%s: the proposal goes into %q", name, p.Into)
			}
		}
	})
	t.Run("what is added answers what was promised", func(t *testing.T) {
		texts := slices.Concat(times(4, "можно картой?"), times(3, "оплата картой"), times(3, "самовывоз есть?"), times(6, "дарственная надпись"))
		r := run(t, f, texts...)
		g := f
		for i, p := range r.Proposals[:min(len(r.Proposals), rulebench.FirstLift)] {
			g.Rules = append(g.Rules, keyword(fmt.Sprintf("new%d", i), p.Words...))
		}
		if after := run(t, g, texts...); after.Answered != r.Lifted || r.Lifted <= r.Answered {
			t.Errorf("%d are answered, %d were promised, %d before", after.Answered, r.Lifted, r.Answered)
		}
	})
}
