package rules

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/app/kit"
	"shopbell/app/kit/kittest"
	"shopbell/app/live"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/autoreply"
	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/desk/desktest"
)

// monday is 14:05 in Lisbon on Monday, 24 November 2025.
var monday = time.Date(2025, 11, 24, 14, 5, 0, 0, time.UTC)

// trying is a screen with a shop's rules, and what drives it.
type trying struct {
	*Screen
	t     *testing.T
	desk  *desktest.Fake
	clock *live.Manual
	menu  []kit.MenuItem // the one opened last
	focus fyne.Focusable
}

const shopRules = `{"version": 1, "timezone": "Europe/Lisbon", "departments": ["Returns"], "holidays": ["2025-12-25"],
 "rules": [
  {"id": "welcome", "name": "Welcome", "trigger": "first_contact", "replies": [{"text": "Hello, {name}! How can we help?"}]},
  {"id": "returns", "name": "Returns", "trigger": "keyword", "keywords": ["возврат", "малы"], "department": "Returns", "replies": [
    {"text": "Here is {shop}, {name}: 14 days.", "buttons": [
      {"title": "Other size", "action": "rule", "rule": "sizes"}, {"title": "How many", "action": "stock", "sku": "BT-39"}, {"title": "A person", "action": "hand_over"}]},
    {"text": "Second wording."}]},
  {"id": "sizes", "name": "Sizes", "trigger": "keyword", "keywords": ["сапоги"], "replies": [{"text": "36 to 42."}]},
  {"id": "boots", "name": "Boots", "trigger": "keyword", "keywords": ["boots"], "stock": {"sku": "BT-39", "below": 5, "text": "Only {stock} left"}, "replies": [{"text": "Plenty: {stock}."}]},
  {"id": "guide", "name": "Guide", "trigger": "keyword", "keywords": ["guide"], "replies": [{"text": "Look here.", "buttons": [{"title": "Open it", "action": "link", "url": "https://example.com/guide"}]}]},
  {"id": "lunch", "name": "Lunch hour", "trigger": "keyword", "keywords": ["menu"], "when": [{"from": "11:30", "to": "13:00"}], "replies": [{"text": "Soup."}]},
  {"id": "closed", "name": "Closed now", "trigger": "off_hours", "replies": [{"text": "We open at 8."}]}]}`

func try(t *testing.T, lang locale.Language, mode look.Mode) *trying {
	t.Helper()
	if err := look.Apply(test.NewTempApp(t), look.Choice{Mode: mode}); err != nil {
		t.Fatal(err)
	}
	words, err := locale.New(lang, time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	file, _, err := autoreply.Read([]byte(shopRules), autoreply.File{}, false)
	if err != nil {
		t.Fatal(err)
	}
	x := &trying{t: t, desk: desktest.New(func() time.Time { return monday }), clock: live.NewManual(monday)}
	x.desk.PutRules(file)
	scope := live.New(t.Context(), x.clock.Loop())
	t.Cleanup(scope.Close)
	x.Screen = New(Deps{
		Desk: x.desk, Who: desktest.Anna, Words: words, Scope: scope, Shop: "Marola Shoes", Keys: Keys{Try: "Ctrl+T"},
		Say: func(string, bool) {}, SayUndo: func(string, func()) {}, Focus: func(f fyne.Focusable) { x.focus = f },
		Menu: func(_ fyne.Position, items []kit.MenuItem) { x.menu = items },
	})
	w := test.NewTempWindow(t, x.Content())
	w.SetPadded(false)
	w.Resize(fyne.NewSize(1208, 800))
	x.clock.Advance(time.Second)
	x.editing.Open(x.editing.KeyOf("returns"))
	return x
}

// ask types a message and presses Enter.
func (x *trying) ask(message string) {
	x.preview.trial.message.SetText(message)
	x.preview.trial.message.OnSubmit()
	x.clock.Advance(time.Second)
}

// answers are the titles of the cards, with what stands at their right.
func (x *trying) answers() (all []string) {
	for _, card := range kittest.Of[*kit.Outcome](x.preview.pane) {
		d := card.Data()
		all = append(all, strings.TrimSuffix(d.Title+" / "+d.Aside, " / "))
	}
	return all
}

// why is what the first card says.
func (x *trying) why() string {
	for _, card := range kittest.Of[*kit.Outcome](x.preview.pane) {
		return text(card.Data().Why)
	}
	return ""
}

// lines are what stands below the cards.
func (x *trying) lines() (all []string) {
	for _, list := range kittest.Of[*kit.Verdicts](x.preview.pane) {
		for _, l := range list.Lines() {
			all = append(all, strings.TrimPrefix(l.Name+": "+text(l.Said), ": "))
		}
	}
	return all
}

func (x *trying) says(line string) {
	x.t.Helper()
	if !slices.Contains(x.lines(), line) {
		x.t.Errorf("nothing says %q, but %q", line, x.lines())
	}
}

func (x *trying) answered(want ...string) {
	x.t.Helper()
	if got := x.answers(); !slices.Equal(got, want) {
		x.t.Errorf("answers %q, want %q", got, want)
	}
}

// choose opens the menu of a tag and chooses an item of it.
func (x *trying) choose(tag *kit.Condition, item string) {
	x.t.Helper()
	test.Tap(tag)
	for _, it := range x.menu {
		if it.Text == item {
			it.Do()
			x.clock.Advance(time.Second)
			return
		}
	}
	x.t.Fatalf("no %q in %+v", item, x.menu)
}

// stocks lets the desk have a level, and the screen hear of it.
func (x *trying) stocks(sku string, level int) {
	x.t.Helper()
	if err := x.desk.SetLevels(x.t.Context(), desktest.Anna, []desk.StockChange{{SKU: sku, Level: level}}); err != nil {
		x.t.Fatal(err)
	}
	x.Heard(live.Batch{Events: []desk.Event{{Kind: desk.EventStock}}})
	x.clock.Advance(time.Second)
}

// refuses checks what a field says of a value that it does not take.
func (x *trying) refuses(f *kit.Field, want string) {
	x.t.Helper()
	if finding, said := f.Status(); finding != kit.FindingBad || said != want {
		x.t.Errorf("it says %q, want %q", said, want)
	}
}

// tagged checks what a tag of the circumstances says.
func (x *trying) tagged(tag *kit.Condition, want string) {
	x.t.Helper()
	if got := tag.Text(); got != want {
		x.t.Errorf("the tag says %q, want %q", got, want)
	}
}

func (x *trying) tap(text string) {
	x.t.Helper()
	all := kittest.Tappable(x.preview.pane, text)
	if len(all) == 0 {
		x.t.Fatalf("no %q to press", text)
	}
	test.Tap(all[len(all)-1])
	x.clock.Advance(time.Second)
}

func TestTryIt(t *testing.T) {
	open := func(t *testing.T) *trying { return try(t, locale.English, look.Light) }
	t.Run("says which rule answers with which reply, why, where it goes, and why the others do not", func(t *testing.T) {
		x := open(t)
		x.ask("хочу возврат, сапоги малы")
		x.answered("Returns answers / variant 1")
		if got, want := x.why(), "“возврат” is a keyword; “малы” is a keyword. Score 2."; got != want {
			t.Errorf("why: %q, want %q", got, want)
		}
		x.says("goes to Returns: keyword возврат")
		x.says("the customer is answered")
		x.says("Mon 14:05 in the shop: open")
		x.says("Sizes: 1 word · Returns goes before it")
		x.says("Welcome: not the first message")
		x.says("Closed now: the shop is open")
		x.says("Guide: none of its words")
	})
	t.Run("says that another rule answers than the one on the phone, and leads there", func(t *testing.T) {
		x := open(t)
		x.ask("сапоги")
		other := x.preview.trial.results.other
		if got := other.said.Text(); !other.run.Visible() || got != "“Sizes” answers this message. The phone shows “Returns”, which is open." {
			t.Fatalf("it says %q", got)
		}
		x.tap("Open it")
		if _, r, _ := x.editing.Rule(); r.ID != "sizes" || other.run.Visible() || x.preview.shows.Text() != "What “Sizes” says" {
			t.Errorf("%q is open, over the phone stands %q", r.ID, x.preview.shows.Text())
		}
		x.answered("Sizes answers / variant 1")
	})
	t.Run("says nothing of the kind where the open rule answers too, or a button was pressed", func(t *testing.T) {
		x := open(t)
		x.tap("First message: no")
		x.ask("возврат")
		if x.preview.trial.results.other.run.Visible() {
			t.Error("it does of two replies")
		}
		x.tap("Other size")
		if x.preview.trial.results.other.run.Visible() {
			t.Error("it does of a button")
		}
	})
	t.Run("where nothing answers, what is said of one rule stands at that rule alone", func(t *testing.T) {
		x := open(t)
		x.editing.Change(x.editing.KeyOf("sizes"), "", func(r *autoreply.Rule) { r.Enabled = false })
		x.ask("сапоги")
		x.answered("No automatic reply")
		if got := x.why(); got != "No rule answers: people do" {
			t.Errorf("why: %q", got)
		}
		x.says("Sizes: switched off")
	})
	t.Run("a word form is told as one", func(t *testing.T) {
		x := open(t)
		x.ask("возвратом")
		if got, want := x.why(), "“возвратом” is a form of keyword возврат. Score 1."; got != want {
			t.Errorf("why: %q, want %q", got, want)
		}
	})
	t.Run("a first message shows the greeting and the answer", func(t *testing.T) {
		x := open(t)
		x.tap("First message: no")
		x.ask("возврат")
		x.answered("Welcome answers / variant 1", "Returns answers / variant 1")
		if got := x.why(); got != "It is the first message" {
			t.Errorf("why: %q", got)
		}
	})
	t.Run("a change of circumstances tries the same again", func(t *testing.T) {
		x := open(t)
		x.ask("возврат")
		for range 3 {
			x.tap(x.preview.trial.tags.before.Text())
		}
		x.tagged(x.preview.trial.tags.before, "3 of 3 sent")
		x.answered("No automatic reply")
		if got := x.why(); got != "3 automatic messages in 24 h are reached: a person answers now" {
			t.Errorf("why: %q", got)
		}
		x.tap("3 of 3 sent")
		x.answered("Returns answers / variant 1")
	})
	t.Run("a day and a time of day are tried by the shop's clock", func(t *testing.T) {
		x := open(t)
		x.ask("menu")
		x.answered("No automatic reply")
		x.says("Lunch hour: not at this time: 11:30–13:00")
		x.choose(x.preview.trial.tags.when, "Tue, 25 Nov")
		if x.focus != x.preview.trial.tags.clock.Target() || x.preview.trial.tags.clock.Text() != "14:05" {
			t.Errorf("the time of day is not asked for: %q", x.preview.trial.tags.clock.Text())
		}
		x.typed(x.preview.trial.tags.clock, "12:30")
		x.answered("Lunch hour answers / variant 1")
		x.says("Tue 12:30 in the shop: open")
		x.tagged(x.preview.trial.tags.when, "Tue 12:30")
	})
	t.Run("a holiday to come can be tried", func(t *testing.T) {
		x := open(t)
		x.choose(x.preview.trial.tags.when, "Thu, 25 Dec")
		x.ask("good day")
		x.answered("Closed now answers / variant 1")
		x.says("Thu 14:05 in the shop: closed")
	})
	t.Run("a time that is none is told, and the last result stays", func(t *testing.T) {
		x := open(t)
		x.choose(x.preview.trial.tags.when, "Tue, 25 Nov")
		x.ask("возврат")
		x.typed(x.preview.trial.tags.clock, "25:00")
		x.refuses(x.preview.trial.tags.clock, "Write the time as 14:05")
		x.answered("Returns answers / variant 1")
		x.typed(x.preview.trial.tags.clock, "9:05")
		x.says("Tue 09:05 in the shop: open")
	})
	t.Run("a stock level that is set counts", func(t *testing.T) {
		x := open(t)
		x.tap("Stock: as it is")
		x.typed(x.preview.trial.tags.level, "3")
		x.ask("boots")
		x.answered("Boots answers / text for low stock")
		if got := x.why(); !strings.Contains(got, "3 of BT-39 are left, low is below 5") {
			t.Errorf("why: %q", got)
		}
		x.typed(x.preview.trial.tags.level, "40")
		x.answered("Boots answers / variant 1")
		x.typed(x.preview.trial.tags.level, "many")
		x.refuses(x.preview.trial.tags.level, "Write a number from 0 to 99999")
		x.typed(x.preview.trial.tags.level, "")
		x.tagged(x.preview.trial.tags.stock, "Stock: as it is")
	})
	t.Run("a chat that stands in a department stays there where no rule moves it", func(t *testing.T) {
		x := open(t)
		x.choose(x.preview.trial.tags.department, "Returns")
		x.ask("guide")
		x.says("stays in Returns")
		x.choose(x.preview.trial.tags.department, "In no department")
		x.says("goes to no department")
	})
	t.Run("what is edited and not saved is tried, and again after each edit", func(t *testing.T) {
		x := open(t)
		x.ask("exchange")
		x.answered("No automatic reply")
		x.editing.Change(x.editing.KeyOf("returns"), "", func(r *autoreply.Rule) { r.Keywords = append(r.Keywords, "exchange") })
		x.clock.Advance(time.Second)
		x.answered("Returns answers / variant 1")
	})
	t.Run("a fault of the edited rule stands in the place of a result", func(t *testing.T) {
		x := open(t)
		x.ask("возврат")
		x.editing.Change(x.editing.KeyOf("returns"), "", func(r *autoreply.Rule) { r.Replies[0].Text = strings.Repeat("x", 257) })
		x.clock.Advance(time.Second)
		if got := x.preview.trial.results.broken.Text(); !strings.Contains(got, "256") || len(x.answers()) > 0 || len(x.lines()) > 0 {
			t.Errorf("it says %q, and shows %q %q", got, x.answers(), x.lines())
		}
		x.editing.Undo()
		x.clock.Advance(time.Second)
		x.answered("Returns answers / variant 1")
		if x.preview.trial.results.broken.Visible() {
			t.Error("the fault is still told")
		}
	})
	t.Run("a desk that fails says so", func(t *testing.T) {
		x := open(t)
		x.desk.FailNext("TryRules", &desk.Error{Code: desk.Unavailable, Err: errors.New("away")})
		x.ask("возврат")
		if got := x.preview.trial.results.broken.Text(); got != x.Words.Explain(&desk.Error{Code: desk.Unavailable}).String() || len(x.answers()) > 0 {
			t.Errorf("it says %q, and shows %q", got, x.answers())
		}
	})
	t.Run("a message that is too long for WhatsApp is told with the limit", func(t *testing.T) {
		x := open(t)
		x.ask(strings.Repeat("x", chat.MaxText+1))
		if got := x.preview.trial.results.broken.Text(); !strings.Contains(got, "4096") {
			t.Errorf("it says %q", got)
		}
	})
	t.Run("nothing to try asks for a message", func(t *testing.T) {
		x := open(t)
		x.ask("  ")
		if len(x.answers()) > 0 || x.focus != x.preview.trial.message.Target() {
			t.Errorf("it answers %q", x.answers())
		}
	})
}

// typed puts a text into a field, as a person does.
func (x *trying) typed(f *kit.Field, text string) {
	x.t.Helper()
	f.SetText(text)
	f.OnChanged()
	x.clock.Advance(time.Second)
}

// TestTryPressed presses the buttons under the reply that is edited.
func TestTryPressed(t *testing.T) {
	x := try(t, locale.English, look.Light)
	t.Run("a button that answers with a rule tries that rule", func(t *testing.T) {
		x.t = t
		x.tap("Other size")
		x.answered("Sizes answers / variant 1")
		x.says("Returns: the customer pressed a button")
	})
	t.Run("a button that asks for a level says that it is not known", func(t *testing.T) {
		x.t = t
		x.tap("How many")
		x.answered("“How many” draws no reply")
		if got := x.why(); !strings.Contains(got, "the stock of BT-39 is not known") {
			t.Errorf("why: %q", got)
		}
	})
	t.Run("a button that calls a person draws no reply", func(t *testing.T) {
		x.t = t
		x.tap("A person")
		x.answered("“A person” draws no reply")
		x.says("the customer waits for a person")
	})
	t.Run("an order button answers with the order text of its rule, also of one not saved", func(t *testing.T) {
		x.t = t
		x.editing.Add(autoreply.Rule{Name: "New", Enabled: true, Trigger: autoreply.TriggerKeyword, Keywords: []string{"new"}, OrderText: "Thank you.", Replies: []autoreply.Variant{
			{Text: "Buy it?", Buttons: []autoreply.Button{{Title: "I want it", Action: autoreply.ActionOrder}}}}})
		x.tap("I want it")
		x.answered("New answers / text for orders")
		x.says("goes to Sales")
	})
}
