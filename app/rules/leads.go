package rules

import (
	"slices"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/core/autoreply"
)

// leads says what a customer misses who presses a button whose rule is switched off or
// gone; no words: nothing.
func (s *Screen) leads(b autoreply.Button, file autoreply.File) (kit.Finding, string) {
	if b.Action != autoreply.ActionRule || b.Rule == "" {
		return kit.FindingNone, ""
	}
	i := slices.IndexFunc(file.Rules, func(r autoreply.Rule) bool { return r.ID == b.Rule })
	switch {
	case i < 0:
		return kit.FindingBad, s.Words.T("rules.leads_gone")
	case !file.Rules[i].Enabled:
		return kit.FindingWarn, s.Words.T("rules.leads_off", locale.Args{"Rule": s.nameOf(file.Rules[i])})
	}
	return kit.FindingNone, ""
}

// misled names the first button of a rule that leads nowhere; empty: all do, or nobody
// sees them, because the rule is off itself.
func (s *Screen) misled(r autoreply.Rule, file autoreply.File) string {
	if !r.Enabled {
		return ""
	}
	for _, v := range r.Replies {
		for _, b := range v.Buttons {
			if _, what := s.leads(b, file); what != "" {
				return s.Words.T("rules.leads_of", locale.Args{"Button": b.Title, "What": what})
			}
		}
	}
	return ""
}
