package rulebench

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"shopbell/core/autoreply"
	"shopbell/core/chat"
)

// A conflict is what is counted of two rules, the upper one of the file first.
type conflict struct {
	rules       [2]int
	chats       int
	wins        [2]int
	shared      [2]map[string]bool
	said        map[saying]int
	departments map[string]int
	last        []chat.ConversationID
}

// A saying is what drew the two rules of a conflict, and their scores.
type saying struct {
	words [2]string
	score [2]int
}

// clash notes a question that several rules could answer, the first of which does.
func (b *Bench) clash(q Question, in []autoreply.Contender) {
	for i, x := range in {
		for _, y := range in[i+1:] {
			b.clashOf(q, x, y, i == 0)
		}
	}
}

func (b *Bench) clashOf(q Question, x, y autoreply.Contender, answers bool) {
	pair := [2]autoreply.Contender{x, y}
	winner := 0
	if b.byID[x.RuleID] > b.byID[y.RuleID] {
		pair[0], pair[1], winner = y, x, 1
	}
	key := [2]int{b.byID[pair[0].RuleID], b.byID[pair[1].RuleID]}
	c := b.conflicts[key]
	if c == nil {
		c = &conflict{
			rules: key, said: make(map[saying]int), departments: make(map[string]int),
			shared: [2]map[string]bool{make(map[string]bool), make(map[string]bool)},
		}
		b.conflicts[key] = c
	}
	c.chats++
	if answers {
		c.wins[winner]++
	}
	for _, f := range pair[0].Found {
		for _, g := range pair[1].Found {
			if f.Start == g.Start && f.End == g.End {
				c.shared[0][f.Keyword], c.shared[1][g.Keyword] = true, true
			}
		}
	}
	c.said[saying{words: [2]string{wordsIn(pair[0]), wordsIn(pair[1])}, score: [2]int{pair[0].Score, pair[1].Score}}]++
	if q.Person && q.Department != "" {
		c.departments[q.Department]++
	}
	if q.Conversation == 0 {
		return
	}
	if c.last = append(c.last, q.Conversation); len(c.last) > 2*MaxChats {
		c.last = slices.Delete(c.last, 0, MaxChats)
	}
}

// wordsIn are the words of a message that drew a rule, each place once.
func wordsIn(c autoreply.Contender) string {
	var said []string
	end := -1
	for _, f := range c.Found {
		if f.Start >= end {
			said, end = append(said, strings.ToLower(strings.Join(f.Words, " "))), f.End
		}
	}
	return strings.Join(said, ", ")
}

func (b *Bench) conflictList() []Conflict {
	all := slices.Collect(maps.Values(b.conflicts))
	slices.SortFunc(all, func(x, y *conflict) int {
		return cmp.Or(cmp.Compare(y.chats, x.chats), slices.Compare(x.rules[:], y.rules[:]))
	})
	out := make([]Conflict, 0, min(len(all), MaxConflicts))
	for _, c := range all[:min(len(all), MaxConflicts)] {
		out = append(out, b.shown(c))
	}
	return out
}

// shown turns what was counted into a line of the report.
func (b *Bench) shown(c *conflict) Conflict {
	said := mostOften(c.said, func(x, y saying) int {
		return cmp.Or(slices.Compare(x.words[:], y.words[:]), slices.Compare(x.score[:], y.score[:]))
	})
	out := Conflict{
		Rules: [2]string{b.rules[c.rules[0]].ID, b.rules[c.rules[1]].ID}, Chats: c.chats, Wins: c.wins,
		Shared: [2][]string{slices.Sorted(maps.Keys(c.shared[0])), slices.Sorted(maps.Keys(c.shared[1]))},
		Said:   said.words, Score: said.score,
		Conversations: slices.Clone(c.last[max(0, len(c.last)-MaxChats):]),
	}
	slices.Reverse(out.Conversations)
	departments := [2]string{b.rules[c.rules[0]].Department, b.rules[c.rules[1]].Department}
	if out.Wins[1] > out.Wins[0] {
		for _, two := range []*[2]string{&out.Rules, &out.Said, &departments} {
			two[0], two[1] = two[1], two[0]
		}
		out.Wins[0], out.Wins[1] = out.Wins[1], out.Wins[0]
		out.Score[0], out.Score[1] = out.Score[1], out.Score[0]
		out.Shared[0], out.Shared[1] = out.Shared[1], out.Shared[0]
	}
	for name, n := range c.departments {
		out.Departments = append(out.Departments, Department{Name: name, Chats: n})
	}
	slices.SortFunc(out.Departments, func(x, y Department) int {
		return cmp.Or(cmp.Compare(y.Chats, x.Chats), cmp.Compare(x.Name, y.Name))
	})
	if c.departments[departments[1]] > c.departments[departments[0]] {
		out.Keep = 1
	}
	return out
}

// mostOften returns the key that was counted most often, the first of several.
func mostOften[K comparable](counts map[K]int, order func(a, b K) int) (best K) {
	most := 0
	for k, n := range counts {
		if n > most || n == most && order(k, best) < 0 {
			best, most = k, n
		}
	}
	return best
}
