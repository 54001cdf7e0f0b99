package words

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Fold makes spellings of one word equal: letter case, compatibility forms
// ("ﬁ", full-width letters, combining accents), "ё" for "е", and what only says how
// an emoji is drawn left away. Accents stay.
func Fold(s string) string {
	if folded, ok := foldPlain(s); ok {
		return folded
	}
	// Folding can undo the composed form and composing can bring a capital back
	// ("ᵃ", "ℌ"), hence both around: Unicode's toNFKC_Casefold.
	s = norm.NFKC.String(s)
	s = cases.Fold().String(s)
	s = norm.NFKC.String(s)
	return strings.Map(func(r rune) rune {
		switch {
		case r == 'ё':
			return 'е'
		case r == keycap || unicode.Is(unicode.Variation_Selector, r):
			return -1
		}
		return r
	}, s)
}

// keycap draws the frame of a key around the digit before it.
const keycap = '\u20e3'

// foldPlain folds text of ASCII, the accented letters of western Europe and
// Russian, which is nearly all that customers write, about ten times as fast. ok is
// false for a text with anything else.
func foldPlain(s string) (folded string, ok bool) {
	same := true // most words come in small letters already and are not copied
	for _, r := range s {
		switch {
		case r < utf8.RuneSelf:
			same = same && (r < 'A' || r > 'Z')
		case 'а' <= r && r <= 'я', 'à' <= r && r <= 'ÿ':
		case 'А' <= r && r <= 'Я', r == 'ё', r == 'Ё', 'À' <= r && r <= 'Þ' && r != '×':
			same = false
		default:
			return "", false
		}
	}
	if same {
		return s, true
	}
	out := make([]byte, 0, len(s))
	for _, r := range s {
		switch {
		case 'A' <= r && r <= 'Z':
			r += 'a' - 'A'
		case 'А' <= r && r <= 'Я':
			r += 'а' - 'А'
		case r == 'ё' || r == 'Ё':
			r = 'е'
		case 'À' <= r && r <= 'Þ':
			r += 'à' - 'À'
		}
		out = utf8.AppendRune(out, r)
	}
	return string(out), true
}

// inWord reports whether a character belongs to a word, where begun is true to one
// that has begun: letters, digits, and behind these the marks that belong to them.
func inWord(r rune, begun bool) bool {
	if 'a' <= r && r <= 'z' || 'а' <= r && r <= 'я' {
		return true
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || begun && unicode.IsMark(r)
}

// Split cuts a text into its words, folded: runs of letters and digits with the
// marks that belong to them. None for a text without any.
func Split(s string) []string {
	s = Fold(s)
	var out []string
	for start, end := range spans(s) {
		out = append(out, s[start:end])
	}
	return out
}

// bare takes the accents off the Latin letters of a folded word: customers leave
// them away. Letters of other alphabets keep theirs ("й" is no "и").
func bare(folded string) string {
	plain := true
	for i := range len(folded) {
		if folded[i] >= utf8.RuneSelf {
			plain = false
			break
		}
	}
	if first, _ := utf8.DecodeRuneInString(folded); plain || 'а' <= first && first <= 'я' {
		return folded
	}
	out := make([]byte, 0, len(folded))
	latin := false
	for _, r := range norm.NFD.String(folded) {
		if latin && unicode.Is(unicode.Mn, r) {
			continue
		}
		latin = isLatin(r)
		out = utf8.AppendRune(out, r)
	}
	return norm.NFC.String(string(out))
}

func isLatin(r rune) bool {
	return 'a' <= r && r <= 'z' || r >= utf8.RuneSelf && unicode.Is(unicode.Latin, r)
}

func isCyrillic(r rune) bool {
	return 'а' <= r && r <= 'я' || r >= utf8.RuneSelf && unicode.Is(unicode.Cyrillic, r)
}

// lookAlikes pairs the letters that look the same in the two alphabets, small or
// capital: a Latin one and its Cyrillic double.
var lookAlikes = strings.Fields("aа cс eе oо pр xх yу kк mм tт bв hн iі")

var toCyrillic, toLatin = func() (map[rune]rune, map[rune]rune) {
	cyrillic, latin := make(map[rune]rune), make(map[rune]rune)
	for _, pair := range lookAlikes {
		p := []rune(pair)
		cyrillic[p[0]], latin[p[1]] = p[1], p[0]
	}
	return cyrillic, latin
}()

// unmix writes a word of both alphabets in the one that has most of its letters
// where the others all have a double there: "цeна" with a Latin "e". ok is false
// for a word of one alphabet, and for one that cannot be written so.
func unmix(word string) (unmixed string, ok bool) {
	cyrillic, latin := 0, 0
	for _, r := range word {
		switch {
		case isCyrillic(r):
			cyrillic++
		case isLatin(r):
			latin++
		}
	}
	if cyrillic == 0 || latin == 0 {
		return "", false
	}
	ways := []map[rune]rune{toCyrillic, toLatin}
	if latin > cyrillic {
		ways[0], ways[1] = ways[1], ways[0]
	}
	for _, way := range ways {
		foreign := isLatin
		if _, into := way['а']; into {
			foreign = isCyrillic
		}
		ok := true
		out := strings.Map(func(r rune) rune {
			if !foreign(r) {
				return r
			}
			double, has := way[r]
			ok = ok && has
			return double
		}, word)
		if ok {
			return out, true
		}
	}
	return "", false
}

// drawnOut returns the ways to read a word with letters drawn out: runs of three
// or more as one letter and as two, and a doubled last letter as one.
func drawnOut(word string) []string {
	if !doubled(word) {
		return nil
	}
	once, twice := shorten(word, 1), shorten(word, 2)
	var out []string
	if once != word && twice != word {
		out = append(out, once, twice)
	}
	last, size := utf8.DecodeLastRuneInString(twice)
	if before := twice[:len(twice)-size]; size > 0 && strings.HasSuffix(before, string(last)) {
		out = append(out, before)
	}
	return out
}

// doubled reports whether a letter stands twice in a row.
func doubled(word string) bool {
	before := rune(0)
	for _, r := range word {
		if r == before {
			return true
		}
		before = r
	}
	return false
}

// single leaves one letter of every run.
func single(word string) string {
	before := rune(-1)
	return strings.Map(func(r rune) rune {
		if r == before {
			return -1
		}
		before = r
		return r
	}, word)
}

// shorten leaves n letters of every run of three or more.
func shorten(word string, n int) string {
	if !doubled(word) {
		return word
	}
	runes := []rune(word)
	out := make([]rune, 0, len(runes))
	for i := 0; i < len(runes); {
		j := i
		for j < len(runes) && runes[j] == runes[i] {
			j++
		}
		keep := j - i
		if keep >= 3 {
			keep = n
		}
		out = append(out, runes[i:i+keep]...)
		i = j
	}
	return string(out)
}
