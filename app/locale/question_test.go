package locale

import (
	"testing"

	"shopbell/core/chat"
)

func TestKindsOfQuestionsHaveNames(t *testing.T) {
	for _, lang := range Languages() {
		w := open(t, lang)
		seen := map[string]bool{}
		for _, kind := range QuestionKinds() {
			name := w.Question(kind)
			if name == kind || seen[name] {
				t.Errorf("%s: %q is called %q", lang, kind, name)
			}
			seen[name] = true
		}
		if got := w.Question(""); got != w.Question("other") {
			t.Errorf("%s: no kind is called %q", lang, got)
		}
		for _, own := range []string{"Warranty", "size.small", "a b"} {
			if got := w.Question(own); got != own {
				t.Errorf("%s: the shop's own %q is called %q", lang, own, got)
			}
		}
	}
}

func TestALineTellsOfTheRating(t *testing.T) {
	w := open(t, English)
	for want, m := range map[string]chat.Message{
		"Rating asked · Anna solved it":                          {AgentName: "Anna", Status: chat.StatusRead},
		"Rating asked · 5 of 5 · Anna solved it":                 {AgentName: "Anna", Data: map[string]string{"score": "5"}, Status: chat.StatusRead},
		"Rating asked · 1 of 5 · the customer said it is solved": {Data: map[string]string{"score": "1"}, Status: chat.StatusSent},
		"The customer was not asked for a rating":                {AgentName: "Anna", Status: chat.StatusFailed},
	} {
		if got := w.RatingLine(m); got != want {
			t.Errorf("told is %q, want %q", got, want)
		}
	}
}
