package rules

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"shopbell/app/kit"
	"shopbell/app/kit/kittest"
	"shopbell/app/locale"
	"shopbell/core/autoreply"
	"shopbell/core/chat"
	"shopbell/core/staff"
)

// clashing is the shop of boots with a second rule for sizes.
func clashing() autoreply.File {
	f := boots()
	f.Rules = append(f.Rules, autoreply.Rule{
		ID: "sizes", Name: "Sizes", Trigger: autoreply.TriggerKeyword, Enabled: true, Keywords: []string{"размер", "малы", "tamanho"},
		Replies: []autoreply.Variant{{Text: "From 36 to 45."}},
	})
	return f
}

// chats puts one chat on the desk for each text, some days old; people answered
// those that no rule of boots answers.
func (p *person) chats(department string, texts ...string) {
	for i, text := range texts {
		id := p.desk.Add(chat.Conversation{Contact: chat.Contact{Name: "Customer " + string(rune('A'+i%26))}, Department: department, StartedAt: noon.AddDate(0, 0, -3)})
		p.desk.Say(id, chat.Message{Author: chat.AuthorCustomer, Kind: chat.KindText, Text: text, At: noon.AddDate(0, 0, -3)})
		if department != "" {
			p.desk.Say(id, chat.Message{Author: chat.AuthorAgent, Kind: chat.KindText, Text: "yes", At: noon.AddDate(0, 0, -3).Add(time.Hour)})
		} else {
			p.desk.Say(id, chat.Message{Author: chat.AuthorRule, RuleID: "delivery", Kind: chat.KindText, Text: "days", Answers: true, At: noon.AddDate(0, 0, -3)})
		}
	}
}

// asking is a month of questions.
func (p *person) asking() {
	p.chats("", slices.Repeat([]string{"сколько идёт доставка?", "is there delivery to Porto?"}, 8)...)
	p.chats("Returns", slices.Repeat([]string{"сапоги малы", "ботинки малы"}, 3)...)
	p.chats("Sales", "можно картой?", "оплата картой", "картой можно оплатить", "aceita mbway?", "mbway dá?", "pago por mbway")
	p.chats("Sales", "самовывоз есть?", "где самовывоз", "самовывозом можно")
}

// bench opens the page.
func (p *person) bench(file autoreply.File) {
	p.Helper()
	if file.Version != 0 {
		p.desk.PutRules(file)
		p.open(locale.English, 1208, nil)
	}
	p.screen.bench.open()
	p.loop.Advance(0)
}

func TestBench(t *testing.T) {
	open := func(t *testing.T) *person {
		p := sit(t, clashing(), 1208, nil)
		p.asking()
		p.bench(autoreply.File{})
		return p
	}
	rules := func(p *person) map[string]autoreply.Rule {
		all := map[string]autoreply.Rule{}
		for _, r := range p.screen.editing.File().Rules {
			all[r.ID] = r
		}
		return all
	}
	t.Run("says what the rules would have answered, the busiest first", func(t *testing.T) {
		p := open(t)
		for _, want := range []string{"Ran over 31 past chats in 0.0\u00a0s", "22 · 71\u00a0%", "9 · 29\u00a0%", "71\u00a0%", "mbway, картой", "самовывоз"} {
			if !p.sees(want) {
				t.Errorf("it does not say %q:\n%s", want, p.texts())
			}
		}
		rows := kittest.Of[*kit.HitTable](p.screen.Content())[0].Rows()
		if rows[0].Hits != "31" || rows[1].Name != "Delivery time" || rows[1].Hits != "16" || rows[1].Solved != "100\u00a0%" {
			t.Errorf("the rows are %+v", rows)
		}
	})
	t.Run("a rule that is switched off is told apart from one that answered nothing", func(t *testing.T) {
		p := open(t)
		notes := map[string]string{}
		for _, row := range kittest.Of[*kit.HitTable](p.screen.Content())[0].Rows() {
			notes[row.Name] = row.Note
		}
		if notes["Warranty"] != "Off" || notes["Lunch hour"] != "Never hit" {
			t.Errorf("the notes are %q", notes)
		}
	})
	t.Run("Add puts the words into their rule, not saved, and opens it", func(t *testing.T) {
		p := open(t)
		var adds []*kit.Link
		for _, l := range kittest.Of[*kit.Link](p.screen.Content()) {
			if slices.Contains(kittest.Texts(l), "Add") {
				adds = append(adds, l)
			}
		}
		adds[1].Tapped(nil)
		_, r, ok := p.screen.editing.Rule()
		if !ok || r.ID != "delivery" || !slices.Contains(r.Keywords, "самовывоз") || !p.screen.Dirty() || p.screen.bench.shown {
			t.Errorf("the open rule is %+v, dirty %t, the bench shown %t", r, p.screen.Dirty(), p.screen.bench.shown)
		}
		if slices.Contains(p.stored().File.Rules[2].Keywords, "самовывоз") {
			t.Error("it is saved")
		}
	})
	t.Run("Add all makes the new rule too, runs anew with it, and can be taken back", func(t *testing.T) {
		p := open(t)
		p.press(p.screen.Content(), "Add all")
		p.loop.Advance(0)
		if !p.sees("31 · 100\u00a0%") || rules(p)["картой"].Name != "" && !p.screen.Dirty() {
			t.Errorf("after it the page says:\n%s", p.texts())
		}
		p.undo()
		p.loop.Advance(0)
		if !p.sees("22 · 71\u00a0%") || p.screen.Dirty() {
			t.Errorf("after the undoing the page says:\n%s", p.texts())
		}
	})
	t.Run("Keep in one takes the word out of the other", func(t *testing.T) {
		p := open(t)
		p.press(p.screen.Content(), "Keep in Returns only")
		p.loop.Advance(0)
		if all := rules(p); slices.Contains(all["sizes"].Keywords, "малы") || !slices.Contains(all["returns"].Keywords, "малы") || !p.sees("No question draws two rules.") {
			t.Errorf("sizes has %v, returns has %v", all["sizes"].Keywords, all["returns"].Keywords)
		}
	})
	t.Run("a change that is taken back by its key is run anew too", func(t *testing.T) {
		p := open(t)
		p.press(p.screen.Content(), "Keep in Returns only")
		p.loop.Advance(0)
		p.screen.Undo()
		p.loop.Advance(0)
		if p.sees("No question draws two rules.") || p.screen.Dirty() {
			t.Errorf("after the undoing the page says:\n%s", p.texts())
		}
	})
	t.Run("Switch on and Tidy up change rules that answered nothing", func(t *testing.T) {
		p := open(t)
		p.press(p.screen.Content(), "Switch on")
		p.loop.Advance(0)
		p.press(p.screen.Content(), "Tidy up")
		p.loop.Advance(0)
		all := rules(p)
		if !all["warranty"].Enabled || !slices.Equal(all["returns"].Keywords, []string{"малы"}) || len(all["lunch"].Keywords) != 1 {
			t.Errorf("warranty is on: %t, returns has %v, lunch has %v", all["warranty"].Enabled, all["returns"].Keywords, all["lunch"].Keywords)
		}
	})
	t.Run("the period is chosen, and one without chats says so", func(t *testing.T) {
		p := open(t)
		p.press(p.screen.Content(), "Last 30 days")
		p.choose("Last 7 days")
		p.loop.Advance(0)
		if !p.sees("Ran over 31 past chats") || !p.sees("31 first questions of 7 days") {
			t.Errorf("the page says:\n%s", p.texts())
		}
		q := sit(t, boots(), 1208, nil)
		q.bench(autoreply.File{})
		if !q.sees("No questions in this period") {
			t.Errorf("the page says:\n%s", q.texts())
		}
	})
	t.Run("a rule's row opens it", func(t *testing.T) {
		p := open(t)
		p.press(kittest.Of[*kit.HitTable](p.screen.Content())[0], "Delivery time")
		if _, r, _ := p.screen.editing.Rule(); r.ID != "delivery" || p.screen.bench.shown {
			t.Errorf("%q is open, the bench shown %t", r.ID, p.screen.bench.shown)
		}
	})
	t.Run("Back returns to the rules", func(t *testing.T) {
		p := open(t)
		p.screen.Back()
		if p.screen.bench.shown || !p.screen.root.Visible() {
			t.Error("the bench is shown")
		}
	})
	t.Run("a run that fails says why", func(t *testing.T) {
		p := sit(t, boots(), 1208, nil)
		p.desk.FailNext("BenchRules", context.DeadlineExceeded)
		p.bench(autoreply.File{})
		if !p.sees("The rules could not be run") {
			t.Errorf("the page says:\n%s", p.texts())
		}
	})
	t.Run("who may not change rules reads only", func(t *testing.T) {
		p := sit(t, clashing(), 1208, as(staff.Operator))
		p.asking()
		p.bench(autoreply.File{})
		p.press(p.screen.Content(), "Add all")
		p.press(p.screen.Content(), "Keep in Returns only")
		p.press(p.screen.Content(), "Tidy up")
		if p.screen.editing.Dirty() {
			t.Error("an operator changed rules")
		}
	})
	t.Run("the report is kept as a table", func(t *testing.T) {
		p := open(t)
		p.press(p.screen.Content(), "Export")
		got := string(p.saved["rule-bench-2026-11-24.csv"])
		for _, want := range []string{"\ufeffRule,First questions,Share of questions,Solved\n", "Delivery time,16,0.5161,1.0000\n", "\"mbway, картой\",6,0.1935,Mbway\n"} {
			if !strings.Contains(got, want) {
				t.Errorf("the file has no %q:\n%s", want, got)
			}
		}
	})
}

func TestTheMeterOfTheShop(t *testing.T) {
	t.Run("stands over the list with what the rules in force answer", func(t *testing.T) {
		p := sit(t, clashing(), 1208, nil)
		p.asking()
		p.open(locale.English, 1208, nil)
		if said := strings.ReplaceAll(p.texts(), "\n", " "); !strings.Contains(said, "3 of your words answer 71\u00a0% of first questions in 30 days.") {
			t.Errorf("the screen says:\n%s", said)
		}
	})
	t.Run("asks for no more words where they answer more than is usual", func(t *testing.T) {
		p := sit(t, clashing(), 1208, nil)
		p.asking()
		p.open(locale.English, 1208, nil)
		for _, where := range []string{"list", "bench"} {
			if len(kittest.Of[*kit.WordMeter](p.screen.Content())) != 0 || !p.sees("is good") {
				t.Errorf("the %s says:\n%s", where, p.texts())
			}
			p.bench(autoreply.File{})
		}
	})
	t.Run("says how many words are typical where they answer less", func(t *testing.T) {
		p := sit(t, clashing(), 1208, nil)
		p.asking()
		p.chats("Sales", slices.Repeat([]string{"можно картой?"}, 20)...)
		p.open(locale.English, 1208, nil)
		for _, where := range []string{"list", "bench"} {
			if len(kittest.Of[*kit.WordMeter](p.screen.Content())) != 1 || !p.sees("15–20 frequent words") {
				t.Errorf("the %s says:\n%s", where, p.texts())
			}
			p.bench(autoreply.File{})
		}
	})
	t.Run("is left out while nobody asked anything", func(t *testing.T) {
		p := sit(t, clashing(), 1208, nil)
		if len(kittest.Of[*kit.WordMeter](p.screen.Content())) != 0 {
			t.Error("a meter is shown")
		}
	})
	t.Run("is left out where it cannot be had, and the rules are there all the same", func(t *testing.T) {
		p := sit(t, clashing(), 1208, nil)
		p.asking()
		p.desk.FailNext("BenchRules", context.DeadlineExceeded)
		p.open(locale.English, 1208, nil)
		if len(kittest.Of[*kit.WordMeter](p.screen.Content())) != 0 || !p.sees("Delivery time") {
			t.Errorf("the screen says:\n%s", p.texts())
		}
	})
}

func TestTheBenchSpeaksOfUnsavedChangesWhereThereAreSome(t *testing.T) {
	const unsaved = "Changes not saved yet"
	p := sit(t, clashing(), 1208, nil)
	p.asking()
	p.bench(autoreply.File{})
	if text := p.texts(); !strings.Contains(text, "Nothing was sent.") || strings.Contains(text, unsaved) {
		t.Errorf("with all saved it says:\n%s", text)
	}
	p.screen.bench.change("delivery", func(r *autoreply.Rule) { r.Keywords = append(r.Keywords, "ship") })
	p.loop.Advance(0)
	if !p.sees(unsaved) {
		t.Errorf("with a change it says:\n%s", p.texts())
	}
	p.screen.Save()
	p.loop.Advance(0)
	if p.sees(unsaved) {
		t.Errorf("once it is saved it says:\n%s", p.texts())
	}
}
