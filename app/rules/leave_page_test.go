package rules

import (
	"slices"
	"testing"

	"shopbell/app/kit"
)

func TestEscapeLeavesThePagesOverTheRules(t *testing.T) {
	for name, enter := range map[string]func(*Screen){
		"the bench": func(s *Screen) { s.bench.open() }, "learning": (*Screen).openLearning,
	} {
		t.Run(name, func(t *testing.T) {
			p := sit(t, boots(), 1208, nil)
			enter(p.screen)
			if p.screen.page == nil {
				t.Fatal("the page is not shown")
			}
			p.screen.Escape()
			if p.screen.page != nil || !p.sees("Find a rule") {
				t.Errorf("the page says:\n%s", p.texts())
			}
		})
	}
	t.Run("and no open rule", func(t *testing.T) {
		p := sit(t, boots(), 1208, nil)
		p.pick("delivery")
		p.screen.Escape()
		if p.screen.Place().Rule != "delivery" {
			t.Error("the rule is closed")
		}
	})
}

func TestNewOffersWhatIsWrittenAlready(t *testing.T) {
	p := sit(t, boots(), 1208, nil)
	for name, items := range map[string][]kit.MenuItem{"New": p.screen.kinds(), "Import and export": p.screen.files()} {
		for _, word := range []string{"Start with a pack", "Learn from the phone"} {
			if !slices.ContainsFunc(items, func(i kit.MenuItem) bool { return i.Text == word && i.Do != nil }) {
				t.Errorf("%s does not offer %q", name, word)
			}
		}
	}
}
