// Package find decides what a person's search finds in a text: words in any of
// their forms, begun words, and Russian in Latin letters. The index in the file and a
// look at the text itself ask the same Query, so that both find the same.
package find

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"shopbell/core/autoreply/words"
	"shopbell/core/chat"
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
func Parse(typed string) Query { return parse(typed, MinLetters) }

// parse takes a last word of least letters or more.
func parse(typed string, least int) Query {
	terms := words.Terms(typed)
	var q Query
	for i, t := range terms {
		last := i == len(terms)-1 && t.End == len(typed)
		word := t.Forms[0]
		if last && utf8.RuneCountInString(word) < least {
			continue
		}
		w := Word{Typed: word, Whole: slices.Clone(t.Forms)}
		if last {
			w.Begun = []string{word}
		}
		for n, form := range t.Forms {
			for _, other := range words.OtherLetters(form) {
				for _, term := range words.Terms(other) {
					w.add(term.Forms)
				}
				if last && n == 0 && utf8.RuneCountInString(other) >= least {
					w.Begun = append(w.Begun, other)
				}
			}
		}
		q.words = append(q.words, w)
	}
	return q
}

// add finds the word by more forms.
func (w *Word) add(forms []string) {
	for _, f := range forms {
		if !slices.Contains(w.Whole, f) {
			w.Whole = append(w.Whole, f)
		}
	}
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

// Phone returns the digits of what may be a part of a phone number: three digits or
// more, and what is written between them; "" for anything else.
func Phone(typed string) string {
	if strings.Trim(typed, "0123456789 +-()./") != "" {
		return ""
	}
	if d := chat.Digits(typed); len(d) >= minDigits {
		return d
	}
	return ""
}

const minDigits = 3

// People is Parse for names and numbers: each word is the beginning of one, a single
// letter behind others, too, and what may be a part of a phone number is one word.
func People(typed string) Query {
	if digits := Phone(typed); digits != "" {
		return Parse(digits)
	}
	if len(Parse(typed).words) == 0 {
		return Query{}
	}
	q := parse(typed, 1)
	for i := range q.words {
		w := &q.words[i]
		if len(w.Begun) == 0 {
			w.Begun = []string{w.Typed}
		}
	}
	return q
}

// Begins reports whether each word of typed begins a word of text: how short lists are
// searched, as one types. It is true where nothing is typed.
func Begins(typed, text string) bool {
	all := words.Plain(text)
	return !slices.ContainsFunc(words.Plain(typed), func(w string) bool {
		return !slices.ContainsFunc(all, func(word string) bool { return strings.HasPrefix(word, w) })
	})
}

// PhoneTokens returns what a phone number is found by: any run of three digits or
// more within it begins one of them.
func PhoneTokens(phone string) []string {
	var out []string
	for d := chat.Digits(phone); len(d) >= minDigits; d = d[1:] {
		out = append(out, d)
	}
	return out
}

// Also returns up to most words of snippets that were found without being typed as
// they stand: the most frequent first. The word that most likely is meant by one begun
// is not among them.
func (q Query) Also(snippets []Snippet, most int) []string {
	count := map[string]int{}
	for _, s := range snippets {
		for _, span := range s.Found {
			for _, t := range words.Terms(s.Text[span.From:span.To]) {
				count[t.Forms[0]]++
			}
		}
	}
	found := slices.SortedFunc(maps.Keys(count), func(a, b string) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
	})
	for _, w := range q.words {
		if i := slices.IndexFunc(found, func(s string) bool {
			return s == w.Typed || len(w.Begun) > 0 && strings.HasPrefix(s, w.Typed)
		}); i >= 0 {
			found = slices.Delete(found, i, i+1)
		}
	}
	return found[:min(most, len(found))]
}
