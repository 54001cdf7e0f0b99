package locale

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"shopbell/core/chat"
)

type refusalRow struct {
	class  chat.RefusalClass
	reason string
	retry  bool
	codes  []int
}

// Every code of Meta's page of error codes, with the words it gets and whether
// the message can go through once the advice is followed.
var refusalRows = []refusalRow{
	{chat.RefusalRetry, "busy", true, []int{1, 2, 131000, 131016, 133004}},
	{chat.RefusalRetry, "calls", true, []int{4, 80007}},
	{chat.RefusalRetry, "rate", true, []int{130429}},
	{chat.RefusalRetry, "maintenance", true, []int{131057}},
	{chat.RefusalPair, "pace", true, []int{131056}},
	{chat.RefusalSlow, "held", true, []int{133016}},
	{chat.RefusalDay, "later", false, []int{131049}},
	{chat.RefusalTemplateNeeded, "window", false, []int{131047}},
	{chat.RefusalRecipient, "unreachable", false, []int{131026}},
	{chat.RefusalRecipient, "opted_out", false, []int{131050}},
	{chat.RefusalRecipient, "experiment", false, []int{130472}},
	{chat.RefusalRecipient, "not_allowed", true, []int{131030}},
	{chat.RefusalRecipient, "own_number", false, []int{131021}},
	{chat.RefusalRecipient, "phone_needed", false, []int{131062}},
	{chat.RefusalParameters, "rejected", false, []int{100, 131008, 131009, 135000}},
	{chat.RefusalParameters, "kind", false, []int{131051}},
	{chat.RefusalParameters, "too_large", false, []int{131052}},
	{chat.RefusalParameters, "media", false, []int{131053}},
	{chat.RefusalTemplate, "template_blanks", false, []int{132000, 132012}},
	{chat.RefusalTemplate, "template_missing", false, []int{132001}},
	{chat.RefusalTemplate, "template_long", false, []int{132005}},
	{chat.RefusalTemplate, "template_policy", false, []int{132007}},
	{chat.RefusalTemplate, "template_paused", false, []int{132015}},
	{chat.RefusalTemplate, "template_disabled", false, []int{132016}},
	{chat.RefusalTemplate, "template_form", false, []int{132068, 132069}},
	{chat.RefusalTemplate, "template", false, []int{131064}},
	{chat.RefusalAccount, "payment", true, []int{131042}},
	{chat.RefusalAccount, "account", true, []int{131031}},
	{chat.RefusalAccount, "policy", true, []int{368}},
	{chat.RefusalAccount, "spam", true, []int{131048}},
	{chat.RefusalAccount, "country", true, []int{130497}},
	{chat.RefusalAccount, "name", true, []int{131037}},
	{chat.RefusalAccount, "number", true, []int{131045}},
	{chat.RefusalRegistration, "number", true, []int{133010}},
	{chat.RefusalRegistration, "pin", true, []int{133005}},
	{chat.RefusalRegistration, "verify", true, []int{133006}},
	{chat.RefusalRegistration, "pins", true, []int{133008, 133009}},
	{chat.RefusalRegistration, "number_wait", true, []int{133015}},
	{chat.RefusalToken, "key", true, []int{190}},
	{chat.RefusalToken, "permission", true, []int{3, 10, 131005, 200, 250, 299}},
	{"", "unknown", true, []int{0, -1, 300, 999999}},
}

func TestRefusal(t *testing.T) {
	for _, lang := range Languages() {
		t.Run("every code has a class, words and advice in "+string(lang), func(t *testing.T) {
			w := open(t, lang)
			screen := Args{"Connection": w.T("rail.connection")}
			for _, row := range refusalRows {
				for _, code := range row.codes {
					got := w.Refusal(code, "")
					want := Refusal{
						What: w.T("graph." + row.reason), Do: w.T("graph."+row.reason+".next", screen),
						Retry: row.retry, Class: row.class, More: got.More,
					}
					if got != want {
						t.Errorf("%d: got %+v, want %+v", code, got, want)
					}
				}
			}
		})
		t.Run("classes differ in what they say and advise in "+string(lang), func(t *testing.T) {
			w := open(t, lang)
			said := map[string]chat.RefusalClass{}
			for class, reason := range classReasons {
				line := w.T("graph."+reason) + " " + w.T("graph."+reason+".next")
				if other, twice := said[line]; twice {
					t.Errorf("%q and %q are both told as %q", class, other, line)
				}
				said[line] = class
			}
			if len(said) != 12 {
				t.Errorf("%d classes have words, want 11 and the unknown one", len(said))
			}
		})
		t.Run("a sentence ends like one and names no code in "+string(lang), func(t *testing.T) {
			w := open(t, lang)
			number := regexp.MustCompile(`\d{3}`)
			for _, row := range refusalRows {
				r := w.Refusal(row.codes[0], "Meta’s own words")
				for _, s := range []string{r.What, r.Do} {
					if !strings.HasSuffix(s, ".") || strings.HasPrefix(s, "graph.") || number.MatchString(s) || strings.Contains(s, "Meta’s own") {
						t.Errorf("%s is told as %q", row.reason, s)
					}
				}
			}
		})
	}
	t.Run("no words of a refusal are never said", func(t *testing.T) {
		for key := range catalogue(t, English) {
			reason, isRefusal := strings.CutPrefix(strings.TrimSuffix(key, ".next"), "graph.")
			said := slices.ContainsFunc(refusalRows, func(row refusalRow) bool { return row.reason == reason })
			if isRefusal && !said {
				t.Errorf("%q is in the catalogue and no code has it", key)
			}
		}
	})
	w := open(t, English)
	for name, test := range map[string]struct {
		code int
		text string
		want string
	}{
		"a code stands before Meta's words":            {131047, "Re-engagement message", "131047: Re-engagement message"},
		"a code in Meta's words is not said twice":     {131047, "Graph error 131047: Re-engagement", "Graph error 131047: Re-engagement"},
		"a code without words stands alone":            {131047, " ", "131047"},
		"words without a code stand alone":             {0, "no answer", "no answer"},
		"without code and words there is nothing else": {0, "", ""},
	} {
		t.Run("under More "+name, func(t *testing.T) {
			if got := w.Refusal(test.code, test.text).More; got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
	t.Run("a refused key sends to the screen by the name it has in the rail", func(t *testing.T) {
		w := open(t, Russian)
		if got := w.Refusal(190, "").Do; !strings.Contains(got, "«"+w.T("rail.connection")+"»") {
			t.Errorf("got %q", got)
		}
	})
	t.Run("what happened and what to do make one line", func(t *testing.T) {
		if got := w.Refusal(131016, "").String(); got != "WhatsApp was busy. Try again in a minute." {
			t.Errorf("got %q", got)
		}
	})
}

func TestAccountRefused(t *testing.T) {
	for code, want := range map[int]bool{
		131042: true, 131031: true, 368: true, 133010: true, 131045: true,
		190: false, 0: false, 200: false, 131026: false, 131016: false, 999999: false,
	} {
		if got := AccountRefused(code); got != want {
			t.Errorf("AccountRefused(%d) = %v", code, got)
		}
	}
}
