package rulebench

import (
	_ "embed"
	"strings"
	"sync"

	"shopbell/core/autoreply/words"
)

// Two lists, written for Shopbell by hand. themes.txt has a kind of question
// (rules-file.md) at the beginning of each line and the words by which customers
// ask it, in all languages; stop.txt has the words that stand in questions about
// everything, and say nothing of what is asked.
var (
	//go:embed themes.txt
	themeFile string
	//go:embed stop.txt
	stopFile string
)

// themes is read once.
var themes = sync.OnceValue(func() themeIndex {
	var t themeIndex
	var keywords []words.Keyword
	for line := range strings.Lines(themeFile) {
		kind, list, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		for word := range strings.SplitSeq(list, ",") {
			keywords = append(keywords, words.Keyword{Text: strings.TrimSpace(word), Mode: words.Phrase})
			t.of = append(t.of, kind)
		}
	}
	t.index = words.Compile(keywords, nil)
	return t
})

// A stopList holds words by their roots.
type stopList struct{ keys map[string]bool }

// stopWords is read once.
var stopWords = sync.OnceValue(func() stopList {
	s := stopList{keys: make(map[string]bool)}
	for line := range strings.Lines(stopFile) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for _, r := range words.Roots(line) {
			s.keys[r.Key] = true
		}
	}
	return s
})
