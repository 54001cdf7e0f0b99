package chat

import (
	"cmp"
	"hash/maphash"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// SameReason says why two people look like one. Values cross the network.
type SameReason string

const (
	SameEmail     SameReason = "same_email"      // upper and lower case aside
	SamePhone     SameReason = "phone_variant"   // one number in two spellings
	SameAddress   SameReason = "same_address"    // street, house and town
	SameName      SameReason = "same_name"       // two words or more, in whatever script
	NearPhone     SameReason = "phone_near"      // up to 2 digits differ, and the first names are the same
	SameFirstName SameReason = "same_first_name" // beside another reason only
)

// weights say how much a reason tells. A pair is proposed from likely on: an address
// alone is shared by a family, and by everybody in an office.
var weights = map[SameReason]int{SameEmail: 6, SamePhone: 6, SameAddress: 3, SameName: 4, NearPhone: 3, SameFirstName: 1}

const likely = 4

// Likeness is what of a person tells whether they are another one too.
type Likeness struct {
	ID                          ContactID
	Name, Phone, Email, Address string
	FirstAt                     time.Time
}

// Pair are two people who may be one. A is the one known for longer.
type Pair struct {
	A, B    ContactID
	Reasons []SameReason // what tells most first
	Digits  int          // by how many the phones of NearPhone differ
}

// FindSame returns the pairs among people that may be one person, the likeliest
// first. It compares those only who share a trait, and leaves out traits that a crowd
// shares, so that it takes time in proportion to the number of people.
func FindSame(people []Likeness) []Pair {
	list := make([]traits, len(people))
	var marks []mark
	seed := maphash.MakeSeed()
	for i, p := range people {
		list[i] = traitsOf(p)
		for _, k := range list[i].keys() {
			marks = append(marks, mark{maphash.Comparable(seed, k), i})
		}
	}
	slices.SortFunc(marks, func(a, b mark) int { return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.who, b.who)) })
	type couple struct{ a, b int }
	seen := map[couple]bool{}
	var pairs []Pair
	for len(marks) > 0 {
		sharing := 1
		for sharing < len(marks) && marks[sharing].hash == marks[0].hash {
			sharing++
		}
		group := marks[:sharing]
		marks = marks[sharing:]
		if sharing > crowd {
			continue
		}
		for i, m := range group {
			for _, n := range group[i+1:] {
				c := couple{m.who, n.who}
				if seen[c] {
					continue
				}
				if p, ok := pairOf(&list[c.a], &list[c.b]); ok {
					seen[c] = true
					pairs = append(pairs, p)
				}
			}
		}
	}
	slices.SortFunc(pairs, func(a, b Pair) int {
		return cmp.Or(cmp.Compare(weight(b.Reasons), weight(a.Reasons)), cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
	})
	return pairs
}

// crowd is how many may share a trait that still tells something.
const crowd = 20

// mark is one trait of one person.
type mark struct {
	hash uint64
	who  int
}

func weight(reasons []SameReason) (sum int) {
	for _, r := range reasons {
		sum += weights[r]
	}
	return sum
}

// traits are a Likeness made comparable; empty ones tell nothing.
type traits struct {
	Likeness
	first, full          string // of the name, in Latin letters
	phone, email, street string
}

func traitsOf(p Likeness) traits {
	t := traits{Likeness: p, phone: PhoneKey(p.Phone), email: strings.ToLower(strings.TrimSpace(p.Email)), street: streetOf(p.Address)}
	if names := latinWords(p.Name); len(names) > 0 {
		t.first = names[0]
		if len(names) > 1 {
			slices.Sort(names)
			t.full = strings.Join(names, " ")
		}
	}
	return t
}

// key is a trait under which people are compared.
type key struct{ kind, value string }

// Digits of a phone that are the same whatever stands before them in a spelling of
// it, and digits below which a number is none.
const national, shortest = 9, 7

func (t traits) keys() (list []key) {
	for kind, value := range map[string]string{"email": t.email, "street": t.street, "full": t.full} {
		if value != "" {
			list = append(list, key{kind, value})
		}
	}
	if len(t.phone) < shortest {
		return list
	}
	tail := t.phone[max(0, len(t.phone)-national):]
	list = append(list, key{"tail", tail})
	if t.first == "" || len(tail) < national {
		return list
	}
	// Where at most two digits differ, two of four parts are the same.
	parts := []string{tail[1:3], tail[3:5], tail[5:7], tail[7:9]}
	for i := range parts {
		for j := i + 1; j < len(parts); j++ {
			list = append(list, key{"near" + string(rune('0'+i)) + string(rune('0'+j)), t.first + parts[i] + parts[j]})
		}
	}
	return list
}

// pairOf holds two people against one another.
func pairOf(a, b *traits) (p Pair, ok bool) {
	if b.FirstAt.Before(a.FirstAt) || b.FirstAt.Equal(a.FirstAt) && b.ID < a.ID {
		a, b = b, a
	}
	p.A, p.B = a.ID, b.ID
	if p.A == p.B {
		return p, false
	}
	sameFirst := a.first != "" && a.first == b.first
	digits, near := phonesDiffer(a.phone, b.phone)
	near = near && sameFirst
	if near {
		p.Digits = digits
	}
	for _, r := range []struct {
		reason SameReason
		holds  bool
	}{
		{SameEmail, a.email != "" && a.email == b.email},
		{SamePhone, phoneVariant(a.phone, b.phone)},
		{SameName, a.full != "" && a.full == b.full},
		{SameAddress, a.street != "" && a.street == b.street},
		{NearPhone, near},
		{SameFirstName, sameFirst && a.full != b.full},
	} {
		if r.holds {
			p.Reasons = append(p.Reasons, r.reason)
		}
	}
	return p, weight(p.Reasons) >= likely
}

// phoneVariant reports whether one number is the other without its country's code, or
// with the 8 that Russian callers dial in its place.
func phoneVariant(a, b string) bool {
	if len(a) < len(b) {
		a, b = b, a
	}
	if len(b) < shortest {
		return false
	}
	if len(a) == 11 && len(b) == 11 {
		return a[0] != b[0] && strings.Contains("78", a[:1]) && strings.Contains("78", b[:1]) && a[1:] == b[1:]
	}
	return len(b) >= national && strings.HasSuffix(a, strings.TrimPrefix(b, "0"))
}

// phonesDiffer returns in how many places two numbers of one length differ: 1 or 2.
func phonesDiffer(a, b string) (digits int, near bool) {
	if len(a) != len(b) || len(a) < national {
		return 0, false
	}
	for i := range len(a) {
		if a[i] != b[i] {
			digits++
		}
	}
	return digits, digits == 1 || digits == 2
}

// streetOf reduces an address to the words of three letters or more and the first
// number: floors, flats and short words are left out as often as they are written.
func streetOf(address string) string {
	var words []string
	house := ""
	for _, w := range latinWords(address) {
		switch {
		case strings.Trim(w, "0123456789") == "":
			house = cmp.Or(house, w)
		case utf8.RuneCountInString(w) >= 3:
			words = append(words, w)
		}
	}
	if house == "" || len(words) < 2 {
		return "" // a town alone, say
	}
	slices.Sort(words)
	return strings.Join(append(slices.Compact(words), house), " ")
}

// latinWords splits s into words in lower case, without accents, Cyrillic letters in
// Latin ones.
func latinWords(s string) []string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(s)) {
		latin, cyrillic := latinOf[r]
		switch {
		case cyrillic:
			b.WriteString(latin)
		case unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r), unicode.IsNumber(r):
			b.WriteRune(r)
		default:
			b.WriteByte(' ')
		}
	}
	return strings.Fields(b.String())
}

// latinOf writes Russian and Ukrainian letters as passports do. An й is и with a breve
// by then, ё and ї are е and і with two dots.
var latinOf = map[rune]string{
	'а': "a", 'б': "b", 'в': "v", 'г': "g", 'ґ': "g", 'д': "d", 'е': "e", 'є': "ie", 'ж': "zh", 'з': "z", 'и': "i", 'і': "i",
	'к': "k", 'л': "l", 'м': "m", 'н': "n", 'о': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u", 'ф': "f", 'х': "kh",
	'ц': "ts", 'ч': "ch", 'ш': "sh", 'щ': "shch", 'ъ': "", 'ы': "y", 'ь': "", 'э': "e", 'ю': "iu", 'я': "ia",
}
