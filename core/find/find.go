// Package find decides what a person's search finds in a text: words in any of
// their forms, begun words, and Russian in Latin letters. The index in the file and a
// look at the text itself ask the same Query, so that both find the same.
package find

import (
	"slices"
	"strings"
	"unicode/utf8"

	"shopbell/core/autoreply/words"
)

// MinLetters is how much of a word must be typed before it is looked for as the
// beginning of others: one letter begins half of all words.
const MinLetters = 2

// A Query is what a person types, ready to be compared. It finds texts with all of
// its words, in any order. The zero value has none and finds nothing. It never
// changes: any number of goroutines may use one.
type Query struct {
	words []Word
}

// A Word is one word of a Query: found where a form of a text's word is one of
// Whole, or begins with one of Begun. Begun is empty for all but the last word.
type Word struct {
	Typed        string // folded
	Whole, Begun []string
}

// Parse reads what a person typed. The last word is one begun unless a space stands
// behind it; a single letter is none yet.
func Parse(typed string) Query {
	terms := words.Terms(typed)
	var q Query
	for i, t := range terms {
		last := i == len(terms)-1 && t.End == len(typed)
		word := t.Forms[0]
		if last && utf8.RuneCountInString(word) < MinLetters {
			continue
		}
		w := Word{Typed: word, Whole: t.Forms}
		if last {
			w.Begun = []string{word}
		}
		for _, other := range words.OtherLetters(word) {
			for _, term := range words.Terms(other) {
				w.Whole = append(w.Whole, term.Forms...)
			}
			if last && utf8.RuneCountInString(other) >= MinLetters {
				w.Begun = append(w.Begun, other)
			}
		}
		q.words = append(q.words, w)
	}
	return q
}

// Beginnings returns q with each word taken as the beginning of one: names and
// numbers are looked for so.
func (q Query) Beginnings() Query {
	var out Query
	for _, w := range q.words {
		w.Begun = append([]string{w.Typed}, w.Begun...)
		out.words = append(out.words, w)
	}
	return out
}

// Words returns the words of q; none where nothing can be looked for.
func (q Query) Words() []Word { return q.words }

// Tokens returns what a text is found by: the forms of its words, each once.
func Tokens(texts ...string) []string {
	seen := map[string]bool{}
	var out []string
	for _, text := range texts {
		for _, t := range words.Terms(text) {
			for _, f := range t.Forms {
				if !seen[f] {
					seen[f] = true
					out = append(out, f)
				}
			}
		}
	}
	return out
}

// In reports whether q finds a thing with these tokens.
func (q Query) In(tokens []string) bool {
	for _, w := range q.words {
		if !slices.ContainsFunc(tokens, w.is) {
			return false
		}
	}
	return len(q.words) > 0
}

func (w *Word) is(form string) bool {
	return slices.Contains(w.Whole, form) || slices.ContainsFunc(w.Begun, func(b string) bool { return strings.HasPrefix(form, b) })
}

// A Span is a stretch of a text, in bytes.
type Span struct{ From, To int }

// Spans returns where words of q stand in a text, in order; none overlap.
func (q Query) Spans(text string) []Span {
	var out []Span
	for _, t := range words.Terms(text) {
		if len(out) > 0 && out[len(out)-1].To > t.Start {
			continue // of one run that folds into two words
		}
		if slices.ContainsFunc(q.words, func(w Word) bool { return slices.ContainsFunc(t.Forms, w.is) }) {
			out = append(out, Span{t.Start, t.End})
		}
	}
	return out
}
