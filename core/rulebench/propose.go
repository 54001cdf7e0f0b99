package rulebench

import (
	"cmp"
	"maps"
	"slices"
	"unicode"
	"unicode/utf8"

	"shopbell/core/autoreply"
	"shopbell/core/autoreply/words"
)

// What makes a word worth proposing.
const (
	minChats      = 3   // questions that hold it
	minPart       = 200 // and one of so many questions
	minLetters    = 3
	maxCandidates = 80 // words that are looked into, the most frequent
)

// A nearness is a word by its root, in questions that a rule answers.
type nearness struct {
	root string
	rule int
}

// noteNear keeps which words stand in questions that a rule answers.
func (b *Bench) noteNear(text string, rule int) {
	for key := range telling(text) {
		b.near[nearness{key, rule}]++
	}
}

// telling returns the words of a question that may tell what it is about, by root.
func telling(text string) map[string][]words.Root {
	out := make(map[string][]words.Root)
	for _, r := range words.Roots(text) {
		if tells(r) {
			out[r.Key] = append(out[r.Key], r)
		}
	}
	return out
}

// tells reports whether a word can be a keyword of its own: it is no number, and no
// word that stands in questions about everything.
func tells(r words.Root) bool {
	if r.Little || stopWords().keys[r.Key] || utf8.RuneCountInString(r.Word) < minLetters {
		return false
	}
	for _, letter := range r.Word {
		if unicode.IsLetter(letter) {
			return true
		}
	}
	return false
}

// A root is a word of the questions that nothing answers, in all its forms.
type root struct {
	key    string
	chats  int
	forms  map[string]int
	beside map[string]int // questions in which another root follows it
}

// A candidate is a keyword that may be proposed.
type candidate struct {
	text  string
	roots []string
	chats []int // the questions that it answers, into Bench.open
	theme string
}

// proposals returns what may be added to the rules, and how many questions the
// first FirstLift of them answer together.
func (b *Bench) proposals() (list []Proposal, gain int) {
	least := max(minChats, b.questions/minPart)
	groups := grouped(b.answering(candidatesOf(b.roots(), least), least))
	slices.SortStableFunc(groups, func(x, y group) int { return cmp.Compare(y.chats(), x.chats()) })
	groups = groups[:min(len(groups), MaxProposals)]
	first, themes := make(map[int]bool), b.themed()
	for i, g := range groups {
		p := Proposal{Chats: g.chats(), Into: b.nearest(g, themes), Kind: autoreply.KindOther}
		if g.theme != "" {
			p.Kind = g.theme
		}
		for _, c := range g.members {
			p.Words = append(p.Words, c.text)
		}
		list = append(list, p)
		if i < FirstLift {
			maps.Copy(first, g.covered)
		}
	}
	return list, len(first)
}

// roots counts the words of the questions that nothing answers.
func (b *Bench) roots() map[string]*root {
	roots := make(map[string]*root)
	for _, text := range b.open {
		before := ""
		seen, pairs := make(map[string]bool), make(map[[2]string]bool)
		for _, r := range words.Roots(text) {
			if !tells(r) {
				if !r.Little {
					before = ""
				}
				continue
			}
			x := roots[r.Key]
			if x == nil {
				x = &root{key: r.Key, forms: make(map[string]int), beside: make(map[string]int)}
				roots[r.Key] = x
			}
			x.forms[r.Word]++
			if !seen[r.Key] {
				seen[r.Key] = true
				x.chats++
			}
			if pair := [2]string{before, r.Key}; before != "" && before != r.Key && !pairs[pair] {
				pairs[pair] = true
				roots[before].beside[r.Key]++
			}
			before = r.Key
		}
	}
	return roots
}

// candidatesOf picks the frequent words, the most frequent first. A word that
// mostly stands beside the same other one is proposed together with it: "gift card".
func candidatesOf(roots map[string]*root, least int) []candidate {
	var frequent []*root
	for _, x := range roots {
		if x.chats >= least {
			frequent = append(frequent, x)
		}
	}
	slices.SortFunc(frequent, func(x, y *root) int { return cmp.Or(cmp.Compare(y.chats, x.chats), cmp.Compare(x.key, y.key)) })
	var out []candidate
	have := make(map[string]bool)
	for _, x := range frequent[:min(len(frequent), maxCandidates)] {
		c := candidate{text: x.form(), roots: []string{x.key}}
		if y, after := partner(x, frequent, least); y != nil {
			two := []*root{x, y}
			if !after {
				two[0], two[1] = y, x
			}
			c = candidate{text: two[0].form() + " " + two[1].form(), roots: []string{two[0].key, two[1].key}}
		}
		if !have[c.text] {
			have[c.text] = true
			out = append(out, c)
		}
	}
	return out
}

// form is how customers write the word most often.
func (x *root) form() string { return mostOften(x.forms, cmp.Compare[string]) }

// partner returns the word that stands beside x in two of three of its questions,
// and whether it stands after it; nil where there is none.
func partner(x *root, frequent []*root, least int) (best *root, after bool) {
	most := 0
	for _, y := range frequent {
		follows, leads := x.beside[y.key], y.beside[x.key]
		if n := follows + leads; y != x && n > most && n >= least && n*3 >= x.chats*2 {
			best, most, after = y, n, follows >= leads
		}
	}
	return best, after
}

// answering keeps the candidates that would answer enough questions were they
// keywords, and which: what a proposal promises is what the rules would do.
func (b *Bench) answering(list []candidate, least int) []candidate {
	keywords := make([]words.Keyword, len(list))
	for i := range list {
		keywords[i] = words.Keyword{Text: list[i].text, Mode: words.Forms}
		list[i].theme = themeOf(list[i].text)
	}
	index := words.Compile(keywords, nil)
	for q, text := range b.open {
		for _, f := range index.Find(text) {
			list[f.Keyword].chats = append(list[f.Keyword].chats, q)
		}
	}
	list = slices.DeleteFunc(list, func(c candidate) bool { return len(c.chats) < least })
	slices.SortStableFunc(list, func(x, y candidate) int { return cmp.Compare(len(y.chats), len(x.chats)) })
	return list
}
