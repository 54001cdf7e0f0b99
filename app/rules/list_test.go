package rules

import (
	"bytes"
	"context"
	"io"
	"reflect"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/kit/kittest"
	"shopbell/app/locale"
	"shopbell/core/autoreply"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

// rows are the names in the list, each behind the heading of its group.
func (p *person) rows() (names []string) {
	for _, r := range p.screen.list.rows.Rows() {
		names = append(names, r.Name)
	}
	return names
}

func TestList(t *testing.T) {
	t.Run("rules stand under what draws them, with what they do", func(t *testing.T) {
		p := sit(t, boots(), 1208, nil)
		for _, line := range []string{
			"First contact", "Greeting with 2 buttons", "Keywords", "17 keywords · asks stock", "2 keywords", "1 keyword · switched off",
			"Time of day", "13:00–14:00, Mon–Fri", "Off hours", "Open 09:00–20:00",
		} {
			if !p.sees(line) {
				t.Errorf("%q is not shown", line)
			}
		}
	})
	t.Run("the search finds names, words and texts", func(t *testing.T) {
		for text, want := range map[string][]string{
			"returns": {"Returns"}, "ДОСТАВК": {"Returns", "Delivery time"}, "lunch": {"Lunch hour"}, "": {"Welcome", "Returns", "Delivery time", "Warranty", "Lunch hour", "Closed now"},
		} {
			p := sit(t, boots(), 1208, nil)
			p.screen.list.search.SetText(text)
			if got := p.rows(); !reflect.DeepEqual(got, want) {
				t.Errorf("%q finds %q, want %q", text, got, want)
			}
		}
		p := sit(t, boots(), 1208, nil)
		p.screen.list.search.SetText("xyz")
		if !p.sees("Nothing found. Try a keyword.") {
			t.Error("nothing is said where nothing is found")
		}
	})
	t.Run("a rule that can never answer has a sign, as has one that cannot be saved", func(t *testing.T) {
		file := boots()
		file.Rules[3].Keywords = nil
		p := sit(t, file, 1208, nil)
		p.pick("delivery")
		p.screen.change("", func(r *autoreply.Rule) { r.Replies[0].Text = "" })
		warned := map[string]string{}
		for _, r := range p.screen.list.rows.Rows() {
			if r.Warn != "" {
				warned[r.Name] = r.Warn
			}
		}
		if len(warned) != 2 || !strings.Contains(warned["Warranty"], "never answers") || !strings.Contains(warned["Delivery time"], "is empty") {
			t.Errorf("signs: %q", warned)
		}
	})
	t.Run("two rules that wait for one word have a sign that names the other one", func(t *testing.T) {
		file := boots()
		file.Rules[2].Keywords = append(file.Rules[2].Keywords, "Refund")
		p := sit(t, file, 1208, nil)
		warned := map[string]string{}
		for _, r := range p.screen.list.rows.Rows() {
			if r.Warn != "" {
				warned[r.Name] = r.Warn
			}
		}
		if len(warned) != 2 || !strings.Contains(warned["Returns"], "“Delivery time”") || !strings.Contains(warned["Delivery time"], "“refund” draws the rule “Returns”") {
			t.Errorf("signs: %q", warned)
		}
	})
	t.Run("the search finds ё by е", func(t *testing.T) {
		file := boots()
		file.Rules[2].Keywords = []string{"Ёлка"}
		p := sit(t, file, 1208, nil)
		p.screen.list.search.SetText("елк")
		if got := p.rows(); !reflect.DeepEqual(got, []string{"Delivery time"}) {
			t.Errorf("found are %q", got)
		}
	})
	t.Run("a rule is moved within its group and saved so", func(t *testing.T) {
		p := sit(t, boots(), 1208, nil)
		e := p.screen.editing
		p.screen.list.rows.OnMove(int(e.KeyOf("warranty")), int(e.KeyOf("returns")))
		p.screen.Save()
		if got := p.stored().File.Rules[1].Name; got != "Warranty" {
			t.Errorf("the second rule is %q", got)
		}
	})
	t.Run("a deleted rule comes back with Undo of the line that says so", func(t *testing.T) {
		p := sit(t, boots(), 1208, nil)
		p.pick("warranty")
		p.screen.menuUnder(p.screen.editor.more, p.screen.editor.menu())
		p.choose("Delete")
		if len(p.rows()) != 5 || !p.screen.Dirty() {
			t.Fatalf("rows %q", p.rows())
		}
		p.undo()
		if len(p.rows()) != 6 || p.screen.Dirty() {
			t.Errorf("rows %q", p.rows())
		}
	})
	t.Run("a copy has a name of its own and is off", func(t *testing.T) {
		p := sit(t, boots(), 1208, nil)
		p.pick("delivery")
		p.screen.menuUnder(p.screen.editor.more, p.screen.editor.menu())
		p.choose("Duplicate")
		if _, r, _ := p.screen.editing.Rule(); r.Name != "Delivery time (copy)" || r.Enabled {
			t.Errorf("the copy is %+v", r)
		}
		if long := p.screen.copyName(strings.Repeat("n", autoreply.MaxName)); units(long) > autoreply.MaxName {
			t.Errorf("a long name becomes one of %d", units(long))
		}
	})
	t.Run("in a small window the list and the rule take turns", func(t *testing.T) {
		p := sit(t, boots(), 704, nil)
		p.screen.Fit(false)
		if !p.sees("Find a rule") || p.sees("Schedule") {
			t.Fatal("the list is not alone")
		}
		p.pick("delivery")
		if p.sees("Find a rule") || !p.sees("Schedule") {
			t.Fatal("the rule is not alone")
		}
		p.screen.Back()
		if !p.sees("Find a rule") {
			t.Error("there is no way back")
		}
	})
	t.Run("without room for it the preview is a tab", func(t *testing.T) {
		p := sit(t, boots(), 844, nil)
		p.pick("delivery")
		if p.sees("Customer sees") {
			t.Fatal("the preview stands beside the rule")
		}
		p.screen.editor.tabs.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
		if !p.sees("Customer sees") {
			t.Error("the tab does not show it")
		}
	})
	t.Run("a shop without rules is told how to begin", func(t *testing.T) {
		p := sit(t, autoreply.File{}, 1208, nil)
		if !p.sees("Let Shopbell answer the usual questions") || !p.sees("No rules yet") {
			t.Error(p.texts())
		}
		p.press(p.screen.editor.pane, "New rule")
		if !p.sees("When the message has one of these words") {
			t.Error("a rule cannot be begun")
		}
	})
	t.Run("rules that cannot be loaded say so, and can be asked for again", func(t *testing.T) {
		p := sit(t, boots(), 1208, func(d *Deps) { d.Desk = broken{d.Desk} })
		if !p.sees("Try again") || p.sees("Find a rule") {
			t.Error(p.texts())
		}
	})
}

// broken is a desk whose rules cannot be had.
type broken struct{ Desk }

func (broken) Rules(_ context.Context, _ desk.Actor) (desk.RulesState, error) {
	return desk.RulesState{}, desk.Errorf(desk.Unavailable, "no network")
}

func TestFiles(t *testing.T) {
	bring := func(p *person, data string, how string) {
		p.chosen = []File{{Name: "shop.json", Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(data)), nil }}}
		p.screen.menuUnder(p.screen.list.travel, p.screen.files())
		p.choose(how)
	}
	t.Run("what is exported can be imported again, and changes nothing", func(t *testing.T) {
		p := sit(t, boots(), 1208, nil)
		p.screen.menuUnder(p.screen.list.travel, p.screen.files())
		p.choose("Export")
		if !bytes.Contains(p.saved[exportName], []byte("BT-SERRA-39")) {
			t.Fatalf("saved %q", p.saved)
		}
		bring(p, string(p.saved[exportName]), "Import in place")
		if p.screen.Dirty() {
			t.Error("the rules are others now")
		}
	})
	t.Run("an imported file is looked through before it is in force", func(t *testing.T) {
		p := sit(t, boots(), 1208, nil)
		bring(p, `{"version":1,"rules":[{"name":"Only","trigger":"keyword","keywords":["only"],"replies":[{"text":"One."}]}]}`, "Import in place")
		if got := p.rows(); len(got) != 1 || got[0] != "Only" || p.stored().Number != 1 {
			t.Fatalf("rows %q, revision %d", got, p.stored().Number)
		}
		p.screen.Save()
		if len(p.stored().File.Rules) != 1 {
			t.Error("it is not in force")
		}
	})
	t.Run("rules can be laid beside those there are", func(t *testing.T) {
		p := sit(t, boots(), 1208, nil)
		bring(p, `{"version":1,"rules":[{"name":"Only","trigger":"keyword","keywords":["only"],"replies":[{"text":"One."}]}]}`, "Import beside")
		if got := p.rows(); len(got) != 7 {
			t.Errorf("rows %q", got)
		}
	})
	t.Run("a fault of a file is named with its rule, its field and the limit", func(t *testing.T) {
		p := sit(t, boots(), 1208, nil)
		bring(p, `{"version":1,"rules":[{"name":"Long","trigger":"keyword","keywords":["x"],"replies":[{"text":"`+strings.Repeat("x", 257)+`"}]}]}`, "Import in place")
		if p.asked == nil {
			t.Fatal("nothing is said")
		}
		ask, _ := p.asked.(*kit.Ask)
		if got := strings.Join(kittest.Texts(ask), " "); !strings.Contains(got, "shop.json: “long”: reply 1, text: longer than 256 characters.") {
			t.Errorf("it says %q", got)
		}
		if p.screen.Dirty() {
			t.Error("something of it is taken over")
		}
	})
}

func TestTimes(t *testing.T) {
	t.Run("a choice of the schedule is the shop's own hours", func(t *testing.T) {
		p := sit(t, boots(), 1208, nil)
		p.pick("delivery")
		for at, want := range map[int][]autoreply.Window{
			workHours: {{From: "09:00", To: "20:00"}}, offHours: {{From: "20:00", To: "09:00"}}, always: nil,
		} {
			schedule := p.screen.editor.blocks[1].(*scheduleBlock)
			schedule.choose(at)
			if _, r, _ := p.screen.editing.Rule(); !reflect.DeepEqual(r.When, want) {
				t.Errorf("choice %d gives %v, want %v", at, r.When, want)
			}
		}
	})
	t.Run("own times are typed, and a wrong one keeps the rule from being saved", func(t *testing.T) {
		p := sit(t, boots(), 1208, nil)
		p.pick("lunch")
		p.into(p.field("13:00"))
		p.typing("25:00")
		p.screen.Save()
		if p.stored().Number != 1 || !p.sees("Write times as 08:00, at most 24:00") {
			t.Fatal("it is saved, or nothing is said")
		}
		p.into(p.field("25:00"))
		p.typing("22:00")
		if !p.sees("Passes midnight: it ends at 14:00 on the next day") {
			t.Error("nothing is said of midnight")
		}
		p.screen.Save()
		if got := p.stored().File.Rules[4].When[0].From; got != "22:00" {
			t.Errorf("stored is %q", got)
		}
	})
	t.Run("the shop's hours are set where a rule answers outside of them", func(t *testing.T) {
		p := sit(t, boots(), 1208, nil)
		p.pick("closed")
		p.into(p.field("20:00"))
		p.typing("21:30")
		p.into(p.field("Europe/Lisbon"))
		p.typing("Mars/Base")
		if !p.sees("Write a time zone such as Europe/Lisbon") {
			t.Error("a strange zone is taken")
		}
		p.into(p.field("Mars/Base"))
		p.typing("Europe/Madrid")
		p.screen.Save()
		if f := p.stored().File; f.Open[0].To != "21:30" || f.Timezone != "Europe/Madrid" {
			t.Errorf("stored: %v %q", f.Open, f.Timezone)
		}
	})
	t.Run("an interval is hours", func(t *testing.T) {
		p := sit(t, boots(), 1208, nil)
		p.pick("closed")
		for _, b := range p.screen.editor.blocks {
			if interval, ok := b.(*intervalBlock); ok {
				p.into(interval.hours)
			}
		}
		p.typing("1.5")
		p.screen.Save()
		if got := p.stored().File.Rules[5].MinInterval; got != "1h30m0s" {
			t.Errorf("stored is %q", got)
		}
	})
}

func TestTheShareAnsweredWithNoPerson(t *testing.T) {
	resolve := func(p *person) {
		for id := range chat.ConversationID(32) {
			p.desk.Edit(id, func(c *chat.Conversation) { c.State, c.ResolvedAt = chat.StateResolved, noon.AddDate(0, 0, -2) })
		}
	}
	t.Run("stands below the list", func(t *testing.T) {
		p := sit(t, clashing(), 1208, nil)
		p.asking()
		resolve(p)
		p.open(locale.English, 1208, nil)
		if said := p.texts(); !strings.Contains(said, "Answered automatically") || p.screen.list.alone.share.Text() != "52\u00a0%" {
			t.Errorf("it is %q in\n%s", p.screen.list.alone.share.Text(), said)
		}
	})
	t.Run("is a dash while nothing was resolved", func(t *testing.T) {
		p := sit(t, boots(), 1208, nil)
		if got := p.screen.list.alone.share.Text(); got != "–" || !p.screen.list.alone.run.Visible() {
			t.Errorf("it is %q", got)
		}
	})
	t.Run("is left out where it cannot be had, and the rules are there all the same", func(t *testing.T) {
		p := sit(t, boots(), 1208, nil)
		p.desk.FailNext("AnsweredAlone", context.DeadlineExceeded)
		p.open(locale.English, 1208, nil)
		if p.screen.list.alone.run.Visible() || !p.sees("Delivery time") {
			t.Errorf("the screen says:\n%s", p.texts())
		}
	})
}
