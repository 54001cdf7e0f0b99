package words

// alike names each letter's sound by one of the letters that have it.
var alike = map[rune]rune{
	'о': 'а', 'е': 'и', 'э': 'и', 'ы': 'и', 'й': 'и', 'я': 'и',
	'б': 'п', 'в': 'ф', 'г': 'к', 'д': 'т', 'ж': 'ш', 'щ': 'ш', 'з': 'с',
	'v': 'b', 'w': 'b', 'z': 's', 'q': 'k', 'c': 'k', 'y': 'i', 'j': 'g',
}

// sounds is alike as a table: letters are compared very often.
var sounds = func() (out ['я' + 1]rune) {
	for r := range out {
		out[r] = rune(r)
	}
	for r, s := range alike {
		out[r] = s
	}
	return out
}()

func soundOf(r rune) rune {
	if int(r) < len(sounds) {
		return sounds[r]
	}
	return r
}

// isSilent reports whether a letter is often left away because it is not heard.
func isSilent(r rune) bool { return r == 'ь' || r == 'ъ' || r == 'h' }

// sound appends a word as it sounds to out. One slip in a word is one in its sounds
// at most.
func sound(out, word []rune) []rune {
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

// strikeOut calls file with a key for the word, of maxNear letters at most, and for
// each word that is left when up to n letters (0, 1 or 2) are struck out. A key is a
// polynomial of the letters, so that one without a letter costs no second look at
// the others. Words that share a key by accident are told apart by cost.
func strikeOut(word []rune, n int, file func(key uint64)) {
	var head [maxNear + 1]uint64 // the keys of the word's beginnings, by their letters
	for i, r := range word {
		head[i+1] = head[i]*keyBase + uint64(r)
	}
	last := len(word) - 1
	all := head[len(word)]
	file(all)
	if n == 0 {
		return
	}
	for i := range word {
		gone := head[i+1] - head[i]
		file(all - gone*powers[last-i])
		if n == 1 {
			continue
		}
		for j := i + 1; j < len(word); j++ {
			file(all - (head[j+1]-head[j]+gone*powers[j-1-i])*powers[last-j])
		}
	}
}

// keyBase is any large odd number; powers are its powers.
const keyBase = 0x9e3779b97f4a7c15

var powers = func() (out [maxNear]uint64) {
	out[0] = 1
	for i := 1; i < len(out); i++ {
		out[i] = out[i-1] * keyBase
	}
	return out
}()

// cost returns what it takes to make b, which was written, of a, in halves of a letter: optimal
// string alignment (a swap of neighbours counts once) with the costs of near.go.
// Both have at most maxNear letters. What is over the limit may be told as anything
// over it.
func cost(a, b []rune, limit int) int {
	if d := len(a) - len(b); max(d, -d)*halfSlip > limit || limit < slip+firstSlip && beginOtherwise(a, b) {
		return limit + 1
	}
	var rows [3][maxNear + 1]int
	before, last, row := &rows[0], &rows[1], &rows[2]
	var lacks [maxNear]int
	for j := range b {
		lacks[j] = missing(b, j)
		last[j+1] = last[j] + lacks[j]
	}
	leastBefore := 0
	for i := range a {
		gone := missing(a, i)
		if i == 0 {
			gone = beheaded(b)
		}
		row[0] = last[0] + gone
		least := row[0]
		for j := range b {
			c := min(last[j+1]+gone, row[j]+lacks[j], last[j]+change(a[i], b[j], i == 0 && j == 0))
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] && a[i] != b[j] {
				c = min(c, before[j-1]+slip)
			}
			row[j+1] = c
			least = min(least, c)
		}
		if least > limit && leastBefore > limit { // a swap skips one row
			return limit + 1
		}
		leastBefore = least
		before, last, row = last, row, before
	}
	return last[len(b)]
}

// beginOtherwise reports whether the first letters of two words make the one no cheap
// slip of the other: they sound different, were not swapped, and none was left out.
func beginOtherwise(a, b []rune) bool {
	return len(a) > 1 && len(b) > 0 && !soundAlike(a[0], b[0]) && a[1] != b[0]
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

// minBeheaded is the length from which on a word without its first letter is taken for
// what it was: "азмер". Shorter ones are mostly other words.
const minBeheaded = 5

// beheaded is the cost of the first letter that a word has not.
func beheaded(word []rune) int {
	if len(word) >= minBeheaded {
		return slip
	}
	return slip + firstSlip
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
