package chat

import (
	"cmp"
	"hash/maphash"
	"iter"
	"maps"
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

// telling are the reasons with how much each tells, what tells most first. A pair is
// proposed from likely on: an address alone is shared by a family, and by everybody in
// an office.
var telling = [...]struct {
	reason SameReason
	weight int
}{{SameEmail, 6}, {SamePhone, 6}, {SameName, 4}, {SameAddress, 3}, {NearPhone, 3}, {SameFirstName, 1}}

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
// shares, so that it takes time in proportion to the number of people (BenchmarkFindSame:
// under a second for 100,000). All of it is done when the first pair is asked for.
func FindSame(people []Likeness) iter.Seq[Pair] {
	return func(yield func(Pair) bool) {
		list := make([]traits, len(people))
		for i, p := range people {
			list[i] = traitsOf(p)
		}
		groups := likelyCouples(list)
		for _, weight := range slices.Backward(slices.Sorted(maps.Keys(groups))) {
			// The end of a long list is never asked for.
			couples := groups[weight]
			slices.SortFunc(couples, func(x, y couple) int {
				return cmp.Or(cmp.Compare(list[x.a].ID, list[y.a].ID), cmp.Compare(list[x.b].ID, list[y.b].ID))
			})
			for _, c := range couples {
				if !yield(pairOf(&list[c.a], &list[c.b])) {
					return
				}
			}
		}
	}
}

// couple are places in a list of people; a is known for longer.
type couple struct{ a, b int32 }

// likelyCouples returns who may be one, by how much tells so.
func likelyCouples(list []traits) map[int][]couple {
	// A mark is one trait of one person: 32 bits of its hash, and their place. Two traits
	// that share those bits by chance are told apart when people are compared.
	var marks []uint64
	seed := maphash.MakeSeed()
	for i := range list {
		list[i].keys(func(k key) { marks = append(marks, maphash.Comparable(seed, k)<<32|uint64(i)) })
	}
	slices.Sort(marks)
	var met []uint64 // couples as one number, to compare each once
	for len(marks) > 0 {
		sharing := 1
		for sharing < len(marks) && marks[sharing]>>32 == marks[0]>>32 {
			sharing++
		}
		group := marks[:sharing]
		marks = marks[sharing:]
		if sharing > crowd {
			continue
		}
		for i, m := range group {
			for _, n := range group[i+1:] {
				met = append(met, m<<32|n&(1<<32-1))
			}
		}
	}
	slices.Sort(met)
	groups := map[int][]couple{}
	for _, both := range slices.Compact(met) {
		c := couple{int32(both >> 32), int32(both & (1<<32 - 1))}
		reasons, _ := compare(&list[c.a], &list[c.b])
		weight := reasons.weight()
		if weight < likely {
			continue
		}
		if list[c.b].before(&list[c.a]) {
			c.a, c.b = c.b, c.a
		}
		groups[weight] = append(groups[weight], c)
	}
	return groups
}

// crowd is how many may share a trait that still tells something.
const crowd = 20

// reasons tell which of telling hold.
type reasons [len(telling)]bool

func (r reasons) weight() (sum int) {
	for i, holds := range r {
		if holds {
			sum += telling[i].weight
		}
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

// before reports whether t is known for longer than other.
func (t *traits) before(other *traits) bool {
	return cmp.Or(t.FirstAt.Compare(other.FirstAt), cmp.Compare(t.ID, other.ID)) < 0
}

// key is a trait under which people are compared.
type key struct {
	kind   keyKind
	value  string
	digits [4]byte // of nearPhones: two parts of the phone
}

type keyKind int

const (
	sameEmails keyKind = iota
	sameStreets
	sameNames
	sameTails
	nearPhones // the first of as many kinds as there are pairs of parts
)

// Digits of a phone that are the same whatever stands before them in a spelling of
// it, and digits below which a number is none.
const national, shortest = 9, 7

// keys calls add with each trait of a person.
func (t *traits) keys(add func(key)) {
	for kind, value := range [...]string{sameEmails: t.email, sameStreets: t.street, sameNames: t.full} {
		if value != "" {
			add(key{kind: keyKind(kind), value: value})
		}
	}
	if len(t.phone) < shortest {
		return
	}
	tail := t.phone[max(0, len(t.phone)-national):]
	add(key{kind: sameTails, value: tail})
	if t.first == "" || len(tail) < national {
		return
	}
	// Where at most two digits differ, two of four parts are the same.
	kind := nearPhones
	for i := 1; i < national; i += 2 {
		for j := i + 2; j < national; j += 2 {
			add(key{kind: kind, value: t.first, digits: [...]byte{tail[i], tail[i+1], tail[j], tail[j+1]}})
			kind++
		}
	}
}

// compare holds two people against one another. digits are those by which near phones
// differ.
func compare(a, b *traits) (r reasons, digits int) {
	sameFirst := a.first != "" && a.first == b.first
	near := false
	if sameFirst {
		digits, near = phonesDiffer(a.phone, b.phone)
	}
	if !near {
		digits = 0
	}
	return reasons{
		a.email != "" && a.email == b.email,
		phoneVariant(a.phone, b.phone),
		a.full != "" && a.full == b.full,
		a.street != "" && a.street == b.street,
		near,
		sameFirst && a.full != b.full,
	}, digits
}

// pairOf says of two people, the first of whom is known for longer, why they may be one.
func pairOf(a, b *traits) Pair {
	holding, digits := compare(a, b)
	p := Pair{A: a.ID, B: b.ID, Digits: digits}
	for i, holds := range holding {
		if holds {
			p.Reasons = append(p.Reasons, telling[i].reason)
		}
	}
	return p
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
	b.Grow(len(s))
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
