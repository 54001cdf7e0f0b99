package learn_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"shopbell/core/autoreply"
	"shopbell/core/chatexport"
	"shopbell/core/learn"
)

var start = time.Date(2025, 3, 3, 10, 0, 0, 0, time.UTC)

// said is an entry of a chat some minutes after start.
func said(minute int, author, text string) chatexport.Entry {
	return chatexport.Entry{Kind: chatexport.KindText, At: start.Add(time.Duration(minute) * time.Minute), Author: author, Text: text}
}

func TestQuestionsAndAnswers(t *testing.T) {
	brief := func(pairs []learn.Pair) string {
		var list []string
		for _, p := range pairs {
			list = append(list, strings.ReplaceAll(p.Question, "\n", "/")+"→"+strings.Join(p.Answers, "/"))
		}
		return strings.Join(list, " ")
	}
	picture := said(1, "Ana", "")
	picture.Kind = chatexport.KindOmitted
	caption := said(1, "Ana", "This one?")
	caption.Kind = chatexport.KindAttached
	for _, c := range []struct {
		name    string
		entries []chatexport.Entry
		want    string
	}{
		{"a question has its answer", []chatexport.Entry{said(0, "Ana", "Is it there?"), said(2, "Loja", "Yes")}, "Is it there?→Yes"},
		{"what a customer writes in a row is one question", []chatexport.Entry{said(0, "Ana", "Hi"), said(1, "Ana", "Is it there?"), said(2, "Loja", "Yes")}, "Hi/Is it there?→Yes"},
		{"what the shop writes in a row is one answer", []chatexport.Entry{said(0, "Ana", "Is it there?"), said(2, "Loja", "Hi"), said(3, "Loja", "Yes")}, "Is it there?→Hi/Yes"},
		{"after a pause a customer asks anew", []chatexport.Entry{said(0, "Ana", "Hi"), said(90, "Ana", "Is it there?")}, "Hi→ Is it there?→"},
		{"after an answer a customer asks anew", []chatexport.Entry{said(0, "Ana", "Hi"), said(1, "Loja", "Hi"), said(2, "Ana", "Is it there?")}, "Hi→Hi Is it there?→"},
		{"a day later it is no answer", []chatexport.Entry{said(0, "Ana", "Is it there?"), said(25*60, "Loja", "Yes")}, "Is it there?→"},
		{"what the shop writes later is about something else", []chatexport.Entry{said(0, "Ana", "Is it there?"), said(1, "Loja", "Yes"), said(60, "Loja", "New shoes!")}, "Is it there?→Yes"},
		{"what the shop writes first answers nothing", []chatexport.Entry{said(0, "Loja", "New shoes!"), said(1, "Ana", "How much?")}, "How much?→"},
		{"a picture alone asks nothing", []chatexport.Entry{picture, said(2, "Loja", "Nice")}, ""},
		{"a caption asks", []chatexport.Entry{caption, said(2, "Loja", "Yes")}, "This one?→Yes"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := brief(chatOf(c.entries...).Pairs()); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// talk is a question with its answer, of customer n.
func talk(n int, question string, answers ...string) learn.Pair {
	return learn.Pair{Customer: fmt.Sprintf("Customer %d", n), At: start.Add(time.Duration(n) * time.Hour), Question: question, Answers: answers}
}

// shopTalk is a small shop's year, in four languages.
func shopTalk() []learn.Pair {
	var pairs []learn.Pair
	add := func(question string, answers ...string) {
		pairs = append(pairs, talk(len(pairs), question, answers...))
	}
	const delivery, taxa = "Доставка по Лиссабону 2–3 дня, в Порту 3–5.", "Pode pagar por MB Way, cartão ou na entrega em dinheiro."
	for _, q := range []string{"Здравствуйте, сколько идёт доставка?", "доставка в Порту есть?", "когда доставка?", "А доставите завтра?", "сколько стоит доставка"} {
		add(q, "Здравствуйте!", delivery)
	}
	for _, q := range []string{"aceitam mbway?", "posso pagar com mbway?", "dá para pagar por mbway", "mbway funciona?"} {
		add(q, "Olá! "+taxa)
	}
	for _, q := range []string{"what are your opening hours?", "opening hours please", "are these the opening hours on sunday?"} {
		add(q, "We open from Monday to Saturday, 9 to 20.")
	}
	for _, q := range []string{"¿hacen grabados en el anillo?", "quiero un grabado", "el grabado cuánto tarda", "grabado láser?"} {
		add(q, "El grabado tarda una semana y es gratis.")
	}
	add("спасибо", "Здравствуйте!")
	add("ok", "Здравствуйте!")
	return pairs
}

func proposalWith(t *testing.T, f learn.Found, word string) learn.Proposal {
	t.Helper()
	for _, p := range f.Proposals {
		if slices.ContainsFunc(p.Rule.Keywords, func(k string) bool { return strings.Contains(k, word) }) {
			return p
		}
	}
	t.Fatalf("nothing is proposed for %q: %+v", word, f.Proposals)
	return learn.Proposal{}
}

func propose(t *testing.T, pairs []learn.Pair, rules ...autoreply.Rule) learn.Found {
	t.Helper()
	f, err := learn.Propose(pairs, autoreply.File{Rules: rules}, start.AddDate(1, 0, 0))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestWhatAShopsChatsPropose(t *testing.T) {
	found := propose(t, shopTalk())
	t.Run("each question that comes back, with the shop's own answer", func(t *testing.T) {
		for word, want := range map[string]struct {
			asked  int
			answer string
			kind   string
		}{
			"доставка": {5, "Доставка по Лиссабону 2–3 дня, в Порту 3–5.", "delivery"},
			"mbway":    {4, "Olá! Pode pagar por MB Way, cartão ou na entrega em dinheiro.", "payment"},
			"opening":  {3, "We open from Monday to Saturday, 9 to 20.", ""},
			"grabado":  {4, "El grabado tarda una semana y es gratis.", ""},
		} {
			p := proposalWith(t, found, word)
			if p.Asked != want.asked || p.Answer != want.answer || p.Rule.Kind != want.kind || p.Doubt != learn.DoubtNone {
				t.Errorf("%s: %+v", word, p)
			}
		}
	})
	t.Run("as rules that are valid and switched off", func(t *testing.T) {
		f := autoreply.File{Version: autoreply.Version}
		for _, p := range found.Proposals {
			if p.Rule.Enabled {
				t.Errorf("%s is on", p.Rule.Name)
			}
			if p.Doubt == learn.DoubtNone {
				f.Rules = append(f.Rules, p.Rule)
			}
		}
		if _, err := autoreply.Compile(f.Named()); err != nil || len(f.Rules) < 4 {
			t.Errorf("%d rules: %v", len(f.Rules), err)
		}
	})
	t.Run("the most asked first, and how much they answer together", func(t *testing.T) {
		if !slices.IsSortedFunc(found.Proposals, func(a, b learn.Proposal) int { return b.Asked - a.Asked }) {
			t.Error("not in order")
		}
		if n := found.Answered(func(int) bool { return true }); n != 16 || found.Questions != 18 {
			t.Errorf("%d of %d", n, found.Questions)
		}
		if n := found.Answered(func(int) bool { return false }); n != 0 {
			t.Errorf("none of them answer %d", n)
		}
	})
	t.Run("a greeting is no answer", func(t *testing.T) {
		for _, p := range found.Proposals {
			if p.Answer == "Здравствуйте!" {
				t.Errorf("%+v", p)
			}
		}
	})
	t.Run("the same chats propose the same", func(t *testing.T) {
		for range 5 {
			if again := propose(t, shopTalk()); fmt.Sprint(again) != fmt.Sprint(found) {
				t.Fatal("something else is proposed")
			}
		}
	})
}

func TestDoubts(t *testing.T) {
	ask := func(answers ...string) learn.Proposal {
		var pairs []learn.Pair
		for i, a := range answers {
			p := talk(i, "how long does the engraving take")
			if a != "" {
				p.Answers = []string{a}
			}
			pairs = append(pairs, p)
		}
		for i := range 20 {
			pairs = append(pairs, talk(100+i, "hello", "Hello, how can we help you?"))
		}
		return proposalWith(t, propose(t, pairs), "engraving")
	}
	long := strings.Repeat("The engraving takes a week. ", 10)
	for _, c := range []struct {
		name    string
		answers []string
		want    learn.Doubt
		answer  string
		differ  string
	}{
		{"the same answer with other numbers", []string{"It takes 3–5 days.", "It takes 3-5 days.", "It takes 7 days."}, learn.DoubtDiffer, "It takes 3-5 days.", "3-5 7"},
		{"one other number among many is a slip", append(slices.Repeat([]string{"It takes 3 days."}, 12), "It takes 30 days."), learn.DoubtNone, "It takes 3 days.", ""},
		{"each customer has a number of an order", []string{"Your order 101 takes a week.", "Your order 102 takes a week.", "Your order 103 takes a week."}, learn.DoubtPersonal, "Your order 103 takes a week.", ""},
		{"the customer's name", []string{"Dear Customer, it takes a week.", "Dear Customer, it takes a week.", "Dear Customer, it takes a week."}, learn.DoubtPersonal, "Dear Customer, it takes a week.", ""},
		{"an answer that was given once", []string{"It takes a week, sometimes more.", "Ask again on Monday please.", "My husband knows that better."}, learn.DoubtVaried, "It takes a week, sometimes more.", ""},
		{"no answer", []string{"", "", ""}, learn.DoubtSilent, "", ""},
		{"only little words", []string{"yes", "no idea", "ok"}, learn.DoubtSilent, "", ""},
		{"only what is said to everybody", slices.Repeat([]string{"Hello, how can we help you?"}, 3), learn.DoubtSilent, "", ""},
		{"nothing but a place for a name", slices.Repeat([]string{"{name} {name} {name}"}, 3), learn.DoubtUnfit, "{name} {name} {name}", ""},
		{"longer than a reply can be", slices.Repeat([]string{long}, 3), learn.DoubtLong, long, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := ask(c.answers...)
			if p.Doubt != c.want || p.Answer != c.answer || strings.Join(p.Differ, " ") != c.differ {
				t.Errorf("%+v", p)
			}
			if hasReply := len(p.Rule.Replies) > 0; hasReply != (c.answer != "" && c.want != learn.DoubtLong && c.want != learn.DoubtUnfit) {
				t.Errorf("the rule has a reply: %v", hasReply)
			}
		})
	}
	t.Run("an answer that one customer alone got", func(t *testing.T) {
		var pairs []learn.Pair
		for range 3 {
			pairs = append(pairs, talk(1, "how long does the engraving take", "For you it takes a week."))
		}
		if p := proposalWith(t, propose(t, pairs), "engraving"); p.Doubt != learn.DoubtVaried {
			t.Errorf("%+v", p)
		}
	})
}

func TestWhatTheShopAnswersAlreadyIsNotProposed(t *testing.T) {
	found := propose(t, shopTalk(), autoreply.Rule{
		ID: "delivery", Name: "Delivery", Trigger: autoreply.TriggerKeyword, Enabled: true,
		Keywords: []string{"доставка"}, Replies: []autoreply.Variant{{Text: "2–3"}},
	})
	for _, p := range found.Proposals {
		if slices.Contains(p.Rule.Keywords, "доставка") {
			t.Errorf("%+v", p)
		}
	}
	proposalWith(t, found, "mbway")
}

func TestRulesThatCannotBeReadAreRefused(t *testing.T) {
	_, err := learn.Propose(nil, autoreply.File{Rules: []autoreply.Rule{{ID: "x", Name: "x"}}}, start)
	if err == nil {
		t.Error("they are taken")
	}
}

// Whatever customers and shops write, what is proposed without a doubt is a rule that
// can be saved, and answers no more questions than there are.
func TestProposalsAreValid(t *testing.T) {
	word := rapid.SampledFrom([]string{"доставка", "размер", "delivery", "3", "entrega", "ok", "Ana", "5–7", "{name}", "grabado", "x", "🙂", "\n"})
	text := rapid.Custom(func(t *rapid.T) string { return strings.Join(rapid.SliceOfN(word, 1, 8).Draw(t, "words"), " ") })
	rapid.Check(t, func(t *rapid.T) {
		var pairs []learn.Pair
		for i := range rapid.IntRange(0, 30).Draw(t, "pairs") {
			pairs = append(pairs, talk(i%5, text.Draw(t, "question"), rapid.SliceOfN(text, 0, 3).Draw(t, "answers")...))
		}
		found, err := learn.Propose(pairs, autoreply.File{}, start.AddDate(1, 0, 0))
		if err != nil {
			t.Fatal(err)
		}
		f := autoreply.File{Version: autoreply.Version}
		for _, p := range found.Proposals {
			if p.Doubt == learn.DoubtNone {
				f.Rules = append(f.Rules, p.Rule)
			}
		}
		if _, err := autoreply.Compile(f.Named()); err != nil {
			t.Fatalf("%v of %+v", err, found)
		}
		if n := found.Answered(func(int) bool { return true }); n > len(pairs) {
			t.Fatalf("%d of %d questions", n, len(pairs))
		}
	})
}

func BenchmarkPropose(b *testing.B) {
	base := shopTalk()
	var pairs []learn.Pair
	for i := range 20_000 {
		p := base[i%len(base)]
		p.Customer = fmt.Sprint(i % 500)
		p.Answers = append(slices.Clone(p.Answers), fmt.Sprintf("We have said this to customer number %d of street w%d", i, i))
		pairs = append(pairs, p)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := learn.Propose(pairs, autoreply.File{}, start); err != nil {
			b.Fatal(err)
		}
	}
}
