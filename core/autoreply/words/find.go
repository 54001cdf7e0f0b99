package words

import (
	"slices"
	"strings"
)

// Gaps between the words of a keyword of several words, in words of the message.
const (
	maxGap       = 4 // in all
	maxBigGap    = 2 // that are no glue: "сколько [красные] [сапоги] стоят"
	maxLittleGap = 1 // where the keyword is glue alone: "how [very] much"
)

// Find returns the keywords that stand in a message, each once, in the order in
// which they begin there; where a keyword stands in it more than once, the place
// where it is plainest. The work grows with the message's length and no faster:
// what is done for one word is bounded.
func (x *Index) Find(text string) []Found {
	if len(x.terms) == 0 {
		return nil
	}
	s := search{index: x, text: text, units: x.read(text), hit: make([]uint64, len(x.terms)/64+1), at: make(map[int32]int)}
	for i := range s.units {
		for _, h := range s.units[i].hits {
			s.hit[h.term/64] |= 1 << (h.term % 64)
		}
	}
	for i := range s.units {
		for _, h := range s.units[i].hits {
			for _, u := range x.terms[h.term].uses {
				s.try(i, h, u)
			}
		}
	}
	slices.SortStableFunc(s.found, func(a, b Found) int { return a.Start - b.Start })
	return s.found
}

// A search is one message under way.
type search struct {
	index  *Index
	text   string
	units  []unit
	hit    []uint64      // by term, a bit where it hits a unit
	idioms []int         // by unit, the words of the word group it is in; nil until it is asked for
	votes  *[tongues]int // nil until it is asked for
	found  []Found
	at     map[int32]int // index in found by keyword
}

// try looks whether the keyword of a use stands at a unit which its term hits.
func (s *search) try(i int, h hit, u use) {
	k := &s.index.keywords[u.keyword]
	switch {
	case k.mode == Exact && !s.isExact(i, h):
	case k.anywhere:
		if k.mode == Exact || !s.isForeign(i, h.term) {
			s.note(u.keyword, []int{i}, h.how)
		}
	case !s.mayStand(k):
	case u.place == 0:
		s.tryFrom(k, u, i, h.how, k.spare)
	case u.place == 1 && k.spare && s.index.terms[k.terms[0]].glue:
		s.tryFrom(k, u, i, h.how, false)
	case u.place == 1 && len(k.terms) == 2 && k.mode == Forms && !k.little:
		// The other way round: "стоит сколько".
		for j := i + 1; j < len(s.units) && j <= i+1+maxLittleGap && !s.units[j].breaks; j++ {
			if how, ok := s.hitBy(j, k.terms[0]); ok {
				s.note(u.keyword, []int{i, j}, further(h.how, how))
				return
			}
			if !s.units[j].glue {
				return
			}
		}
	}
}

// mayStand reports whether the words of a keyword all stand in the message, wherever;
// it spares most of the keywords that begin alike the closer look.
func (s *search) mayStand(k *keyword) bool {
	missing := 0
	for _, t := range k.terms {
		if s.hit[t/64]&(1<<(t%64)) == 0 {
			missing++
		}
	}
	return missing == 0 || missing == 1 && k.spare
}

// tryFrom looks for the rest of a keyword after the word of it that unit i is, and
// where spare is true, for what is left of the rest without one of its glue words.
func (s *search) tryFrom(k *keyword, u use, i int, how How, spare bool) {
	rest := k.terms[u.place+1:]
	places, worst, ok := s.follow(k, rest, i, how)
	for n := 0; !ok && spare && n < len(rest)-1; n++ {
		if s.index.terms[rest[n]].glue {
			places, worst, ok = s.follow(k, slices.Concat(rest[:n], rest[n+1:]), i, how)
		}
	}
	if ok {
		s.note(u.keyword, places, worst)
	}
}

// follow looks for words of a keyword after the one that unit i is.
func (s *search) follow(k *keyword, rest []int32, i int, how How) (places []int, worst How, ok bool) {
	places = append(places, i)
	all, big := 0, 0 // the gaps so far
	for _, want := range rest {
		for i++; ; i++ {
			if i >= len(s.units) || s.units[i].breaks && k.mode == Forms {
				return nil, "", false
			}
			if h, hit := s.hitBy(i, want); hit && (k.mode != Exact || h == HowExact && s.units[i].whole) {
				how = further(how, h)
				break
			}
			all++
			if !s.units[i].glue {
				big++
			}
			if k.mode != Forms || all > maxGap || big > maxBigGap || k.little && (all > maxLittleGap || big > 0) {
				return nil, "", false
			}
		}
		places = append(places, i)
	}
	return places, how, true
}

// hitBy returns how a term hits a unit.
func (s *search) hitBy(i int, term int32) (How, bool) {
	for _, h := range s.units[i].hits {
		if h.term == term {
			return h.how, true
		}
	}
	return "", false
}

func (s *search) isExact(i int, h hit) bool { return h.how == HowExact && s.units[i].whole }

// isIdiom reports whether units are part of a longer word group that means
// something else: "how much" of "how much fun".
func (s *search) isIdiom(places []int) bool {
	if s.idioms == nil {
		s.idioms = make([]int, len(s.units))
		for i := range s.units {
			n := s.index.lexicon.idiom(s.units[i:])
			for j := i; j < i+n; j++ {
				s.idioms[j] = max(s.idioms[j], n)
			}
		}
	}
	return !slices.ContainsFunc(places, func(i int) bool { return s.idioms[i] <= len(places) })
}

// votesOf returns, by tongue, how many words are of it.
func votesOf(units []unit) (votes [tongues]int) {
	for i := range units {
		for t, f := range units[i].of {
			if f != 0 {
				votes[t]++
			}
		}
	}
	return votes
}

// minVotes is the number of words from which on a message has a language.
const minVotes = 2

// isForeign reports whether the message is in a language in which a unit's word is
// another one than the term, which shops are asked about in others only: "sale" of
// "el perro sale", where the keyword is English.
func (s *search) isForeign(i int, term int32) bool {
	asks := &s.index.terms[term].asks
	theirs := 0 // the most votes for a language of the term's
	if s.votes == nil {
		votes := votesOf(s.units)
		s.votes = &votes
	}
	for t, asked := range asks {
		if asked {
			theirs = max(theirs, s.votes[t])
		}
	}
	if theirs == 0 {
		return false
	}
	for t, f := range s.units[i].of {
		if f != 0 && !asks[t] && s.votes[t] >= minVotes && s.votes[t] > theirs {
			return true
		}
	}
	return false
}

// note keeps a keyword that stands at these units, unless they mean something else
// or it was found as plainly before.
func (s *search) note(keyword int32, places []int, how How) {
	if s.index.keywords[keyword].mode != Exact && s.isIdiom(places) {
		return
	}
	n, have := s.at[keyword]
	if have && rank[s.found[n].How] <= rank[how] {
		return
	}
	if !have {
		n = len(s.found)
		s.at[keyword] = n
		s.found = append(s.found, Found{})
	}
	f := Found{Keyword: int(keyword), Start: s.units[places[0]].start, How: how}
	for _, i := range places {
		u := &s.units[i]
		if u.end > f.End { // pieces of one run-on word end alike
			f.Words = append(f.Words, strings.Clone(s.text[u.start:u.end]))
			f.End = u.end
		}
	}
	s.found[n] = f
}

// further is the way that is further from the keyword.
func further(a, b How) How {
	if a != b && rank[b] > rank[a] { // mostly they are the same
		return b
	}
	return a
}
