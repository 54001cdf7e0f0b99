package words

import (
	"slices"
	"unicode/utf8"
)

// Limits of taking a run-on word apart, in letters, so that the work on one word
// is bounded: longer words are taken for no run-on.
const (
	minRunOn = 6
	maxRunOn = 40
	// minPiece is the length of the shortest keyword in a run-on.
	minPiece = 3
)

// A cut is a piece of a run-on word, in bytes.
type cut struct{ from, to int }

// runOn takes a bare word apart into little words of one language and keywords:
// "какаяцена" into "какая" and "цена". Every letter belongs to a piece and one piece at least is of
// a keyword, in any of its forms; the other keywords stand as they are written.
// One letter alone stands neither first nor last, and beside the keyword there is a
// piece of three letters or one that the lexicon lets begin: "сцена", "detalla",
// "доплата" and "ramona" are words of their own, "вналичии" is none. It returns nil
// for a word that is not made so.
func (x *Index) runOn(word string) []cut {
	n := utf8.RuneCountInString(word)
	if n < minRunOn || n > maxRunOn {
		return nil
	}
	at := make([]int, 0, n+1) // the byte at which each letter begins
	for i := range word {
		at = append(at, i)
	}
	at = append(at, len(word))
	cuts := x.runOnOf(word, at, anyTongue)
	if cuts == nil {
		return nil
	}
	first, last := alphabet(word)
	for t := first; t < last; t++ {
		if cuts := x.runOnOf(word, at, 1<<t); cuts != nil {
			return cuts
		}
	}
	if first == last { // with digits in it
		return cuts
	}
	return nil
}

// runOnOf is runOn with little words of the tongues alone; at has the byte at which
// each letter begins.
func (x *Index) runOnOf(word string, at []int, of tongueSet) []cut {
	n := len(at) - 1
	front := x.fromFront(word, at, of)
	back := x.fromBack(word, at, of)
	for length := min(n-1, x.longest+maxTail); length >= minPiece; length-- {
		for i := 0; i+length <= n; i++ {
			j := i + length
			if front[i] < 0 || back[j] < 0 {
				continue
			}
			cuts := pieces(at, front, back, i, j)
			piece := word[at[i]:at[j]]
			if x.standsBeside(word, cuts, piece) && x.isKeyword(piece, length) {
				return cuts
			}
		}
	}
	return nil
}

// standsBeside reports whether the other pieces are enough for a run-on: one of them
// is of minPiece letters, or the first may stand alone.
func (x *Index) standsBeside(word string, cuts []cut, keyword string) bool {
	if x.lexicon.words[word[:cuts[0].to]].isAlone() {
		return true
	}
	return slices.ContainsFunc(cuts, func(c cut) bool {
		other := word[c.from:c.to]
		return other != keyword && utf8.RuneCountInString(other) >= minPiece
	})
}

// maxCutOff is how many letters shorter than a keyword a form of it may be in a
// run-on: the stem of a long one is soon part of some other word.
const maxCutOff = 2

// isKeyword reports whether a piece is a form of a keyword.
func (x *Index) isKeyword(piece string, letters int) bool {
	r := x.readingOf(piece)
	hits := x.hitsOf(piece, r)
	return slices.ContainsFunc(hits, func(h hit) bool {
		return utf8.RuneCountInString(x.terms[h.term].bare) <= letters+maxCutOff
	})
}

// addRunOns files a keyword of several words as one word, and of one of more than two
// also each word with the next: "гдевы находитесь".
func (x *Index) addRunOns(terms []int32) {
	for i := range len(terms) - 1 {
		pair := terms[i : i+2]
		word := x.terms[pair[0]].bare + x.terms[pair[1]].bare
		if r := x.lexicon.reading(word); !r.of.known() && utf8.RuneCountInString(word) >= minJoined {
			x.addRunOn(pair)
		}
	}
	x.addRunOn(terms)
}

// addRunOn files words as one word.
func (x *Index) addRunOn(terms []int32) {
	word := ""
	var cuts []cut
	for _, n := range terms {
		from := len(word)
		word += x.terms[n].bare
		cuts = append(cuts, cut{from, len(word)})
	}
	x.runOns[word] = cuts
}

// isPiece reports whether a piece can stand beside a keyword.
func (x *Index) isPiece(piece string, letters int, of tongueSet) bool {
	return x.lexicon.words[piece].little()&of != 0 || letters >= minPiece && len(x.byBare[piece]) > 0
}

// fromFront returns for each number of letters from the front where the last of
// the pieces that they make begins: -1 where they make none, 0 for no letters.
func (x *Index) fromFront(word string, at []int, of tongueSet) []int {
	reach := max(x.lexicon.longest, x.longest)
	front := make([]int, len(at))
	for i := 1; i < len(at); i++ {
		front[i] = -1
		for j := max(0, i-reach); j < i && front[i] < 0; j++ {
			letter := j == 0 && i == 1 && !x.lexicon.words[word[:at[1]]].isAlone()
			if !letter && front[j] >= 0 && x.isPiece(word[at[j]:at[i]], i-j, of) {
				front[i] = j
			}
		}
	}
	return front
}

// fromBack is fromFront from the other end: where the first piece ends.
func (x *Index) fromBack(word string, at []int, of tongueSet) []int {
	reach := max(x.lexicon.longest, x.longest)
	n := len(at) - 1
	back := make([]int, len(at))
	back[n] = n
	for i := n - 1; i >= 0; i-- {
		back[i] = -1
		for j := min(n, i+reach); j > i && back[i] < 0; j-- {
			if letter := j == n && i == n-1; !letter && back[j] >= 0 && x.isPiece(word[at[i]:at[j]], j-i, of) {
				back[i] = j
			}
		}
	}
	return back
}

// pieces lists the pieces before the letters i to j, these, and those after them.
func pieces(at, front, back []int, i, j int) []cut {
	var out []cut
	for k := i; k > 0; k = front[k] {
		out = append(out, cut{at[front[k]], at[k]})
	}
	slices.Reverse(out)
	out = append(out, cut{at[i], at[j]})
	for k := j; k < len(at)-1; k = back[k] {
		out = append(out, cut{at[k], at[back[k]]})
	}
	return out
}
