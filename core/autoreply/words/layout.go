package words

import (
	"strings"
	"unicode/utf8"
)

// The keys of the two layouts, one under the other.
const (
	latinKeys    = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
	cyrillicKeys = "йцукенгшщзхъфывапролджэячсмитьбюе"
)

// otherKey has for each letter and sign of the two layouts that of the other one; 0
// for all else.
var otherKey = func() (out ['ё' + 1]rune) {
	cyrillic := []rune(cyrillicKeys)
	for i, r := range latinKeys {
		out[r], out[cyrillic[i]] = cyrillic[i], r
	}
	return out
}()

// otherLayout returns what a word says when it was typed with the wrong keyboard
// layout, "" where it cannot be that.
func otherLayout(word string) string {
	out := make([]byte, 0, 2*len(word))
	for _, r := range word {
		if int(r) >= len(otherKey) || otherKey[r] == 0 || (r < utf8.RuneSelf) != (word[0] < utf8.RuneSelf) {
			return ""
		}
		out = utf8.AppendRune(out, otherKey[r])
	}
	return string(out)
}

// isSayable reports whether a word has a vowel: what comes out of the wrong layout
// mostly has none.
func isSayable(word string) bool {
	for _, r := range word {
		switch r {
		case 'a', 'e', 'i', 'o', 'u', 'y', 'а', 'е', 'и', 'о', 'у', 'ы', 'э', 'ю', 'я':
			return true
		}
	}
	return false
}

// romanised are Latin ways to write Russian letters, the longer before the
// shorter. "y" beside a vowel is mostly "й" or part of another letter, elsewhere "ы".
var romanised = strings.NewReplacer(
	"aya", "ая", "oya", "оя", "uya", "уя", "eya", "ея", "iya", "ия", "ayu", "аю", "oyu", "ою", "uyu", "ую", "eyu", "ею", "iyu", "ию",
	"aye", "ае", "oye", "ое", "uye", "уе", "iye", "ие", "yye", "ые",
	"shch", "щ", "sch", "щ", "sh", "ш", "ch", "ч", "zh", "ж", "kh", "х", "ts", "ц", "tz", "ц",
	"yu", "ю", "ju", "ю", "iu", "ю", "ya", "я", "ja", "я", "ia", "ия", "yo", "е", "jo", "е", "ye", "е", "je", "е",
	"ay", "ай", "ey", "ей", "oy", "ой", "uy", "уй", "iy", "ий", "yj", "ый", "yi", "ый", "ij", "ий",
	"a", "а", "b", "б", "c", "ц", "d", "д", "e", "е", "f", "ф", "g", "г", "h", "х", "i", "и", "j", "й", "k", "к",
	"l", "л", "m", "м", "n", "н", "o", "о", "p", "п", "q", "к", "r", "р", "s", "с", "t", "т", "u", "у", "v", "в",
	"w", "в", "x", "х", "y", "ы", "z", "з",
)

// cyrillised returns a word of Latin letters as the Russian that it may be, ""
// for other words. It is a guess: soft signs are missing, and the slips of
// near.go make up for what it gets wrong.
func cyrillised(word string) string {
	for _, r := range word {
		if r < 'a' || r > 'z' {
			return ""
		}
	}
	return romanised.Replace(word)
}
