package find

import (
	"strings"

	"github.com/rivo/uniseg"
)

// Snippet is one line of a text around what was found in it. An ellipsis stands
// where it is cut.
type Snippet struct {
	Text  string
	Found []Span // in Text; none where only another field of the thing was found
}

// How much a Snippet holds, in characters as a reader counts them. A row shows some
// sixty, its beginning first; so what was found stands near that.
const (
	SnippetLength = 200
	far           = 44 // before the first word found, until something is cut
	before        = 28 // what is left then
)

const ellipsis = "…"

// Snippet returns the line of text around the first word of q. Characters of several
// runes are kept whole, and words where they are no longer than what stands before.
func (q Query) Snippet(text string) Snippet {
	line := strings.Join(strings.Fields(text), " ")
	spans := q.Spans(line)
	from, to := 0, len(line)
	if len(spans) > 0 && charactersBack(line, spans[0].From, far) > 0 {
		from = wordAfter(line, charactersBack(line, spans[0].From, before), spans[0].From)
	}
	if end := from + characters(line[from:], SnippetLength); end < to {
		to = end
		if space := strings.LastIndexByte(line[from:to], ' '); space > 0 && (len(spans) == 0 || from+space >= spans[0].To) {
			to = from + space
		}
	}
	s := Snippet{Text: line[from:to]}
	shift := -from
	if from > 0 {
		s.Text, shift = ellipsis+s.Text, shift+len(ellipsis)
	}
	if to < len(line) {
		s.Text += ellipsis
	}
	for _, span := range spans {
		if span.From < to {
			s.Found = append(s.Found, Span{span.From + shift, min(span.To, to) + shift})
		}
	}
	return s
}

// characters returns the length in bytes of the first n characters of s.
func characters(s string, n int) int {
	end, state := 0, -1
	for rest := s; rest != "" && n > 0; n-- {
		var seen string
		seen, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		end += len(seen)
	}
	return end
}

// charactersBack returns where the last n characters of s before a byte begin.
func charactersBack(s string, at, n int) int {
	var starts []int
	state := -1
	for i, rest := 0, s[:at]; rest != ""; {
		starts = append(starts, i)
		var seen string
		seen, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		i += len(seen)
	}
	if len(starts) <= n {
		return 0
	}
	return starts[len(starts)-n]
}

// wordAfter moves a cut to the next word's beginning, where there is one up to most.
func wordAfter(line string, cut, most int) int {
	if cut == 0 {
		return 0
	}
	if space := strings.IndexByte(line[cut:most], ' '); space >= 0 {
		return cut + space + 1
	}
	return cut
}
