package host_test

import (
	"context"
	"testing"
	"time"

	"shopbell/core/autoreply"
	"shopbell/core/desk"
)

func TestABenchAsksWhatCustomersWrote(t *testing.T) {
	s := openShop(t, rulesFile("a=one"))
	s.save(keyword("alpha", autoreply.Variant{Text: "one"}))
	s.hear(emma, "is there alpha?")
	s.got(emma, 1)
	s.forward(time.Hour)
	draft := autoreply.File{Version: autoreply.Version, Rules: []autoreply.Rule{keyword("bravo", autoreply.Variant{Text: "two"})}}
	var stored desk.RuleBench
	s.until("the answer is counted", func() bool {
		r, err := s.BenchRules(t.Context(), s.pedro, nil, 7)
		stored = r
		return err == nil && r.Answered == 1
	})
	if stored.Questions != 1 || len(stored.Rules) != 1 || stored.Rules[0].Hits != 1 {
		t.Errorf("of the rules in force it says %+v", stored)
	}
	edited, err := s.BenchRules(t.Context(), s.pedro, &draft, 7)
	s.is(err, "", "running what is edited")
	if edited.Questions != 1 || edited.Answered != 0 || edited.Rules[0].ID != "bravo" {
		t.Errorf("of what is edited it says %+v", edited)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	_, err = s.BenchRules(ended, s.anna, nil, 7)
	s.is(err, desk.Unavailable, "a run that is called off")
}
