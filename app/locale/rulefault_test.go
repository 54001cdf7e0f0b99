package locale

import (
	"strings"
	"testing"

	"shopbell/core/autoreply"
)

func TestRuleFault(t *testing.T) {
	codes := []autoreply.FaultCode{
		autoreply.FaultFile, autoreply.FaultVersion, autoreply.FaultUnknown, autoreply.FaultForm, autoreply.FaultMissing, autoreply.FaultTwice,
		autoreply.FaultStray, autoreply.FaultAlone, autoreply.FaultLong, autoreply.FaultMany, autoreply.FaultFew, autoreply.FaultLarge,
		autoreply.FaultNoRule, autoreply.FaultNoPicture, autoreply.FaultUnfilled,
	}
	for _, lang := range Languages() {
		w := open(t, lang)
		said := map[string]autoreply.FaultCode{}
		for _, code := range codes {
			line := w.RuleFault(&autoreply.FileError{Code: code, Limit: 7}, "")
			if other, twice := said[line]; twice || strings.Contains(line, "fault.") || strings.Contains(line, "<no value>") {
				t.Errorf("%s: %s is said as %q, as is %q", lang, code, line, other)
			}
			said[line] = code
		}
		for part, key := range fieldKeys {
			if words := w.ruleField(part + "[2]"); words == "" || strings.Contains(words, key) {
				t.Errorf("%s: the field %s is called %q", lang, part, words)
			}
		}
		for field, own := range ownFaults {
			if _, ok := w.find("fault.form"+own, Args{}); !ok {
				t.Errorf("%s: nothing is said of how %s is written", lang, field)
			}
		}
	}
	t.Run("names the rule, the field and the limit", func(t *testing.T) {
		w := open(t, English)
		got := w.RuleFault(&autoreply.FileError{Code: autoreply.FaultLong, Rule: "returns", Field: "replies[0].buttons[2].title", Limit: 20}, "Returns")
		if want := "“Returns”: reply 1, button 3, title: longer than 20 characters"; got != want {
			t.Errorf("got  %q\nwant %q", got, want)
		}
	})
	t.Run("says of a time how it is written", func(t *testing.T) {
		w := open(t, English)
		got := w.RuleFault(&autoreply.FileError{Code: autoreply.FaultForm, Field: "when[0].from"}, "")
		if want := "Time 1, from: write a time such as 08:00"; got != want {
			t.Errorf("got  %q\nwant %q", got, want)
		}
	})
	t.Run("says something of a code of a newer Shopbell", func(t *testing.T) {
		if got := open(t, English).RuleFault(&autoreply.FileError{Code: "new"}, ""); strings.Contains(got, "fault.") || got == "" {
			t.Errorf("it says %q", got)
		}
	})
}
