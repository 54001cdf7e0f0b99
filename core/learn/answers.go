package learn

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"

	"shopbell/core/autoreply"
	"shopbell/core/autoreply/words"
	"shopbell/core/chat"
)

// What makes a message of the shop an answer.
const (
	minWords = 3 // under that it is "yes", "thank you"
	// likeness is the share of words that two messages must have in common to be one
	// answer, numbers aside.
	likeness = 0.7
	// minGiven and minPeople are how often an answer must have been given, and to how
	// many, to be proposed without a doubt.
	minGiven  = 2
	minPeople = 2
	// minShare is the part of the answers to a question that must be this one, per cent.
	minShare = 25
	// slip: numbers that stand in fewer than one of so many uses are a slip.
	slip = 10
)

// A wording is messages of the shop that are the same, numbers aside.
type wording struct {
	words map[string]bool
	uses  []use
}

// A use is one message, in the pair it stands in.
type use struct {
	pair    int
	text    string
	numbers string // in it, in their order
}

// answers are all of the shop's, and which of them each pair has.
type answers struct {
	pairs  []Pair
	all    []*wording
	ofPair [][]int // into all
}

func newAnswers(pairs []Pair) *answers {
	a := &answers{pairs: pairs, ofPair: make([][]int, len(pairs))}
	known := make(map[string]int)
	for i, p := range pairs {
		for _, text := range p.Answers {
			list := withoutNumbers(text)
			if len(list) < minWords {
				continue
			}
			key := strings.Join(list, " ")
			n, ok := known[key]
			if !ok {
				n = len(a.all)
				known[key] = n
				w := &wording{words: make(map[string]bool, len(list))}
				for _, word := range list {
					w.words[word] = true
				}
				a.all = append(a.all, w)
			}
			a.all[n].uses = append(a.all[n].uses, use{pair: i, text: text, numbers: numbersOf(text)})
			if !slices.Contains(a.ofPair[i], n) {
				a.ofPair[i] = append(a.ofPair[i], n)
			}
		}
	}
	return a
}

// alike reports whether two wordings have most words in common.
func (w *wording) alike(o *wording) bool {
	common := 0
	for word := range o.words {
		if w.words[word] {
			common++
		}
	}
	return float64(common) >= likeness*float64(len(w.words)+len(o.words)-common)
}

// An answer is wordings that are alike: what the shop says to one thing.
type answer struct {
	like            *wording // the most frequent
	within, without []use    // to the questions of a proposal, and to others
}

// maxWordings is how many wordings are compared with one another, the most frequent
// to a question: what is said once among so many is no answer to all.
const maxWordings = 300

// to returns the answers to some questions.
func (a *answers) to(asked map[int]bool) []*answer {
	times := make(map[int]int) // by wording
	for q := range asked {
		for _, n := range a.ofPair[q] {
			times[n]++
		}
	}
	order := slices.SortedFunc(maps.Keys(times), func(x, y int) int { return cmp.Or(cmp.Compare(times[y], times[x]), cmp.Compare(x, y)) })
	var list []*answer
	for _, n := range order[:min(len(order), maxWordings)] {
		w := a.all[n]
		i := slices.IndexFunc(list, func(o *answer) bool { return o.like.alike(w) })
		if i < 0 {
			i = len(list)
			list = append(list, &answer{like: w})
		}
		for _, u := range w.uses {
			if asked[u.pair] {
				list[i].within = append(list[i].within, u)
			} else {
				list[i].without = append(list[i].without, u)
			}
		}
	}
	return list
}

// choose sets the answer of a proposal to what the shop said most often to its
// questions, and the doubt that is left.
func (a *answers) choose(p *Proposal) {
	asked := make(map[int]bool, len(p.questions))
	answered := 0
	for _, q := range p.questions {
		asked[q] = true
		if len(a.ofPair[q]) > 0 {
			answered++
		}
	}
	var best *answer
	for _, x := range a.to(asked) {
		within, without := pairsOf(x.within), pairsOf(x.without)
		// Said as often to other questions, it is a greeting or the like.
		if within > p.Given && without*len(asked) < within*max(1, len(a.pairs)-len(asked)) {
			best, p.Given = x, within
		}
	}
	if best == nil {
		p.Doubt = DoubtSilent
		return
	}
	// In the order of the pairs: of two as frequent the later one is taken.
	slices.SortStableFunc(best.within, func(x, y use) int { return cmp.Compare(x.pair, y.pair) })
	byNumbers := tally(best.within, func(u use) string { return u.numbers })
	same := slices.DeleteFunc(slices.Clone(best.within), func(u use) bool { return u.numbers != byNumbers[0].value })
	p.Answer = tally(same, func(u use) string { return u.text })[0].value
	// One slip among many is none.
	byNumbers = slices.DeleteFunc(byNumbers, func(c count) bool { return c.uses*slip < len(best.within) })
	if p.Doubt = a.doubt(p, best.within, byNumbers, answered); p.Doubt == DoubtDiffer {
		for _, c := range byNumbers {
			p.Differ = append(p.Differ, c.value)
		}
	}
}

// doubt is what speaks against an answer.
func (a *answers) doubt(p *Proposal, uses []use, byNumbers []count, answered int) Doubt {
	if autoreply.Filled(p.Answer) > autoreply.MaxText {
		return DoubtLong
	}
	people := make(map[string]bool)
	for _, u := range uses {
		people[a.pairs[u.pair].Customer] = true
		if holdsName(p.Answer, a.pairs[u.pair].Customer) {
			return DoubtPersonal
		}
	}
	switch {
	case len(byNumbers) > 2 && 2*len(byNumbers) > len(uses):
		return DoubtPersonal // nearly each customer got other numbers: of orders, of parcels
	case len(byNumbers) > 1:
		return DoubtDiffer
	case p.Given < minGiven, len(people) < minPeople, 100*p.Given < minShare*answered:
		return DoubtVaried
	}
	return DoubtNone
}

// pairsOf counts the pairs in which uses stand.
func pairsOf(uses []use) int {
	pairs := make(map[int]bool)
	for _, u := range uses {
		pairs[u.pair] = true
	}
	return len(pairs)
}

// A count is how often a value stands among uses.
type count struct {
	value string
	uses  int
}

// tally counts uses by a value, the most frequent first; of two as frequent the one
// that was used later.
func tally(uses []use, of func(use) string) []count {
	var list []count
	for _, u := range slices.Backward(uses) {
		i := slices.IndexFunc(list, func(c count) bool { return c.value == of(u) })
		if i < 0 {
			i = len(list)
			list = append(list, count{value: of(u)})
		}
		list[i].uses++
	}
	slices.SortStableFunc(list, func(x, y count) int { return cmp.Compare(y.uses, x.uses) })
	return list
}

// number is a number in a text, with what belongs to it: "3–5", "14:00", "1.500,50".
var number = regexp.MustCompile(`\d+(?:\s?[-–—]\s?\d+|[.,:/]\d+)*`)

var oneDash = strings.NewReplacer("–", "-", "—", "-", " ", "", "\u00a0", "")

func numbersOf(text string) string {
	found := number.FindAllString(text, -1)
	for i := range found {
		found[i] = oneDash.Replace(found[i])
	}
	return strings.Join(found, ", ")
}

// withoutNumbers are the words of a text, folded.
func withoutNumbers(text string) []string {
	return words.Split(number.ReplaceAllString(text, " "))
}

// holdsName reports whether a customer's name, or a part of it, stands in a text.
func holdsName(text, customer string) bool {
	in := words.Split(text)
	for _, part := range words.Split(customer) {
		if chat.Units(part) >= 3 && number.FindString(part) == "" && slices.Contains(in, part) {
			return true
		}
	}
	return false
}
