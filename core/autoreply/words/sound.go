package words

// alike names each letter's sound by one of the letters that have it.
var alike = map[rune]rune{
	'о': 'а', 'е': 'и', 'э': 'и', 'ы': 'и', 'й': 'и', 'я': 'и',
	'б': 'п', 'в': 'ф', 'г': 'к', 'д': 'т', 'ж': 'ш', 'щ': 'ш', 'з': 'с',
	'v': 'b', 'w': 'b', 'z': 's', 'q': 'k', 'c': 'k', 'y': 'i', 'j': 'g',
}

func soundOf(r rune) rune {
	if s, ok := alike[r]; ok {
		return s
	}
	return r
}

// isSilent reports whether a letter is often left away because it is not heard.
func isSilent(r rune) bool { return r == 'ь' || r == 'ъ' || r == 'h' }

// sound writes a word by its sounds. One slip in a word is one in its sounds at most.
func sound(word []rune) []rune {
	out := make([]rune, 0, len(word))
	for _, r := range word {
		if !isSilent(r) {
			out = append(out, soundOf(r))
		}
	}
	return out
}

// soundAlike reports whether one letter is easily written for the other. "c" has
// two sounds and is filed under one of them.
func soundAlike(a, b rune) bool {
	return soundOf(a) == soundOf(b) || a == 'c' && soundOf(b) == 's' || b == 'c' && soundOf(a) == 's'
}

// strikeOut calls file with a key for the word and for each word that is left
// when up to n letters (0, 1 or 2) are struck out.
func strikeOut(word []rune, n int, file func(key uint64)) {
	file(keyWithout(word, -1, -1))
	if n == 0 {
		return
	}
	for i := range word {
		file(keyWithout(word, i, -1))
		if n == 1 {
			continue
		}
		for j := i + 1; j < len(word); j++ {
			file(keyWithout(word, i, j))
		}
	}
}

// keyWithout is the FNV-1a hash of a word without its letters i and j. Words that
// share a key by accident are told apart by cost.
func keyWithout(word []rune, i, j int) uint64 {
	h := uint64(14695981039346656037)
	for k, r := range word {
		if k != i && k != j {
			h = (h ^ uint64(r)) * 1099511628211
		}
	}
	return h
}

// cost returns what it takes to make b of a, in halves of a letter: optimal
// string alignment (a swap of neighbours counts once) with the costs of near.go.
// Both have at most maxNear letters.
func cost(a, b []rune) int {
	var rows [3][maxNear + 1]int
	before, last, row := &rows[0], &rows[1], &rows[2]
	for j := range b {
		last[j+1] = last[j] + missing(b, j)
	}
	for i := range a {
		row[0] = last[0] + missing(a, i)
		for j := range b {
			c := min(last[j+1]+missing(a, i), row[j]+missing(b, j), last[j]+change(a[i], b[j], i == 0 && j == 0))
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] && a[i] != b[j] {
				c = min(c, before[j-1]+slip)
			}
			row[j+1] = c
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}

// missing is the cost of a word's letter that the other word has not.
func missing(word []rune, i int) int {
	switch {
	case i == 0:
		return slip + firstSlip
	case isSilent(word[i]), word[i] == word[i-1]:
		return halfSlip
	}
	return slip
}

func change(a, b rune, first bool) int {
	switch {
	case a == b:
		return 0
	case soundAlike(a, b):
		return halfSlip
	case first:
		return slip + firstSlip
	}
	return slip
}
