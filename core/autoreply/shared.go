package autoreply

import (
	"slices"
	"strings"
	"time"
)

// SharedKeyword is a keyword that two switched-on rules wait for at one time: which of
// them answers hangs on what else a message says, and on their order.
type SharedKeyword struct {
	Keyword       string // as the first one spells it
	First, Second string // ids, in the order of the file
}

// Shared returns each pair of such rules once, with the first keyword that they share. A
// rule for certain times goes before one for all, and shares nothing with it. A rule
// whose windows cannot be read has none of them.
func (f File) Shared() []SharedKeyword {
	type waiting struct {
		rule  int
		spans []span
	}
	byWord := map[string][]waiting{}
	told := map[[2]int]bool{}
	var out []SharedKeyword
	for i, r := range f.Rules {
		when, err := spans(r.When)
		if !r.Enabled || r.Trigger != TriggerKeyword || err != nil {
			continue
		}
		for _, spelled := range r.Keywords {
			word := strings.Join(wordsOf(spelled), " ")
			for _, other := range byWord[word] {
				if pair := [2]int{other.rule, i}; other.rule != i && !told[pair] && meet(other.spans, when) {
					told[pair] = true
					out = append(out, SharedKeyword{f.Rules[other.rule].spelling(word), f.Rules[other.rule].ID, r.ID})
				}
			}
			byWord[word] = append(byWord[word], waiting{i, when})
		}
	}
	return out
}

// spelling is a keyword as the rule spells it.
func (r Rule) spelling(folded string) string {
	i := slices.IndexFunc(r.Keywords, func(k string) bool { return strings.Join(wordsOf(k), " ") == folded })
	return r.Keywords[i]
}

// meet reports whether rules for these times are asked with one another: both for all
// times, or for windows that hold at one minute of the week.
func meet(a, b []span) bool {
	if len(a) == 0 || len(b) == 0 {
		return len(a) == len(b)
	}
	// Where two windows overlap, one of them begins within the other.
	return slices.ContainsFunc(slices.Concat(a, b), func(s span) bool {
		for day, begins := range s.days {
			c := clock{minute: s.from, today: time.Weekday(day), yesterday: time.Weekday((day + 6) % 7)}
			if begins && within(a, c) && within(b, c) {
				return true
			}
		}
		return false
	})
}
