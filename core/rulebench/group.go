package rulebench

import (
	"slices"

	"shopbell/core/autoreply"
	"shopbell/core/autoreply/words"
)

// A group is keywords about one thing.
type group struct {
	theme   string
	members []candidate
	covered map[int]bool // the questions that they answer
}

func (g group) chats() int { return len(g.covered) }

// grouped brings keywords together: those of one theme, and those of which one
// mostly stands in the questions of the other. The list has the most frequent first.
// A word that answers no question which the others of its group do not is left out.
func grouped(list []candidate) []group {
	var groups []group
	for _, c := range list {
		at := slices.IndexFunc(groups, func(g group) bool { return g.takes(c) })
		if at < 0 {
			at = len(groups)
			groups = append(groups, group{theme: c.theme, covered: make(map[int]bool)})
		}
		g := &groups[at]
		if len(g.members) == MaxGroupWords {
			continue
		}
		more := false
		for _, q := range c.chats {
			more = more || !g.covered[q]
			g.covered[q] = true
		}
		if more {
			g.members = append(g.members, c)
		}
		if g.theme == "" {
			g.theme = c.theme
		}
	}
	return groups
}

// takes reports whether a keyword belongs to the group.
func (g group) takes(c candidate) bool {
	if g.theme != "" && c.theme != "" {
		return g.theme == c.theme
	}
	shared := 0
	for _, q := range c.chats {
		if g.covered[q] {
			shared++
		}
	}
	return 2*shared >= len(c.chats)
}

// nearest returns the id of the rule that the words of a group belong into: one of
// their theme, else the one whose questions hold most of them; "" where there is
// none. themes are what themed returns.
func (b *Bench) nearest(g group, themes []map[string]int) string {
	best, most := -1, 0
	for i := range b.rules {
		if n := themes[i][g.theme]; b.canTake(i, g) && n > most {
			best, most = i, n
		}
	}
	if best >= 0 {
		return b.rules[best].ID
	}
	all := 0
	for i := range b.rules {
		n := 0
		for _, c := range g.members {
			for _, key := range c.roots {
				n += b.near[nearness{key, i}]
			}
		}
		all += n
		if b.canTake(i, g) && n > most {
			best, most = i, n
		}
	}
	if best < 0 || most < minChats || 2*most < all {
		return ""
	}
	return b.rules[best].ID
}

// canTake reports whether a rule would answer what the group's words ask: it is on
// at all times, knows forms, and has room.
func (b *Bench) canTake(rule int, g group) bool {
	r := &b.rules[rule]
	return r.Enabled && r.Trigger == autoreply.TriggerKeyword && len(r.When) == 0 && len(r.Replies) > 0 &&
		(r.Match == "" || r.Match == autoreply.MatchForms) && len(r.Keywords)+len(g.members) <= autoreply.MaxKeywords
}

// themed counts what of each rule is about each theme: its kind, and its keywords.
func (b *Bench) themed() []map[string]int {
	out := make([]map[string]int, len(b.rules))
	for i, r := range b.rules {
		out[i] = map[string]int{r.Kind: 1}
		for _, k := range r.Keywords {
			out[i][themeOf(k)]++
		}
		delete(out[i], "")
	}
	return out
}

// themeOf returns the kind of question that a keyword asks, "" where it is of none
// that is known.
func themeOf(text string) string {
	t := themes()
	if found := t.index.Find(text); len(found) > 0 {
		return t.of[found[0].Keyword]
	}
	return ""
}

// A themeIndex finds the kinds of question in a text.
type themeIndex struct {
	index *words.Index
	of    []string // by keyword
}
