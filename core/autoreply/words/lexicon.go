package words

import (
	"embed"
	"strings"
	"sync"
	"unicode/utf8"
)

// The lexicon is what this package knows of the languages beyond their endings,
// one file for each, written for Shopbell by hand:
//
//	[families]  a line is a family: words that ask about the same thing ("доставка"
//	            and "довезёте"). "достав*" is every word that begins so and has at most
//	            maxTail letters more; the longest beginning wins, a word written out
//	            wins over all.
//	[others]    words that look like a shop's and are none ("сцена", "ценный"): each is
//	            a family of its own, whatever its stem.
//	[common]    the most usual words; those with one stem are one family, and none of a
//	            line above. A word that the lexicon knows is no slip of another. More of
//	            them stand in common/, and words of any subject but shops in wider/.
//	[glue]      little words that customers run together with others ("какаяцена").
//	            A very short one with "+" makes a run-on alone ("myorder"); the others
//	            begin words of their own too ("detalla").
//	idioms/     word groups in which a word means something else ("in order to"), by
//	            ";". "*" is any one word.
//
//go:embed lexicon/*.txt lexicon/common/*.txt lexicon/wider/*.txt lexicon/idioms/*.txt
var lexiconFiles embed.FS

// A family numbers a line of a lexicon; 0 is none.
type family int32

// senses are the families of one word, by tongue.
type senses [tongues]family

// known reports whether the word is one of any language.
func (s senses) known() bool { return s != senses{} }

// meets reports whether two words have a family in common.
func (s senses) meets(o senses) bool {
	for t := range s {
		if s[t] != 0 && s[t] == o[t] {
			return true
		}
	}
	return false
}

// maxTail is how many letters longer than a beginning in the lexicon a word can
// be.
const (
	maxTail = 8
)

type lexicon struct {
	words   map[string]*entry
	heads   map[string]senses // beginnings, without their "*"
	stems   [tongues]map[string]family
	members map[family][]string        // the words written out, of families only
	usual   [tongues]map[string]family // by stem, the families of words that are in no line of [families]
	longest int                        // letters of the longest little word
	idioms  map[string][]idiom         // whose first word is a beginning, by headKey letters of that
	last    family
}

// An entry is all that the lexicon says of one word, so that a message's word is
// looked up once: with so many words, what a look-up costs is the way to the memory.
type entry struct {
	number int       // among the entries, from 0
	of     senses    // of the lines that the word is written in
	glue   tongueSet // in which it is a little word
	alone  bool      // of glue, with "+"
	idioms []idiom   // that begin with it

	// What sense says, worked out when it is asked for the first time: most words of
	// most messages are here, and their stems are half the work.
	once    sync.Once
	reading *reading
}

// families returns those of the lines that the word is written in; none for a word
// that the lexicon has not.
func (e *entry) families() senses {
	if e == nil {
		return senses{}
	}
	return e.of
}

// little returns the languages in which the word is a little one.
func (e *entry) little() tongueSet {
	if e == nil {
		return 0
	}
	return e.glue
}

// isAlone reports whether the word makes a run-on alone.
func (e *entry) isAlone() bool { return e != nil && e.alone }

// entry returns that of a word, which it makes where there is none.
func (x *lexicon) entry(word string) *entry {
	e := x.words[word]
	if e == nil {
		e = &entry{number: len(x.words)}
		x.words[word] = e
	}
	return e
}

// theLexicon is read once, when the first book is compiled.
var theLexicon = sync.OnceValue(func() *lexicon {
	x := &lexicon{
		words: make(map[string]*entry), heads: make(map[string]senses), members: make(map[family][]string),
		idioms: make(map[string][]idiom),
	}
	for t, l := range Languages {
		x.stems[t], x.usual[t] = make(map[string]family), make(map[string]family)
		// Every language has its own file, a test looks; Indonesian has no common or wider one.
		for _, file := range []struct{ folder, section string }{{"", ""}, {"common/", "[common]\n"}, {"wider/", "[common]\n"}, {"idioms/", "[idioms]\n"}} {
			if data, err := lexiconFiles.ReadFile("lexicon/" + file.folder + string(l) + ".txt"); err == nil {
				x.read(tongue(t), file.section+string(data))
			}
		}
	}
	return x
})

func (x *lexicon) read(t tongue, data string) {
	section := ""
	for line := range strings.Lines(data) {
		line, _, _ = strings.Cut(line, "#")
		fields := strings.Fields(bare(Fold(line)))
		switch {
		case len(fields) == 0:
		case strings.HasPrefix(fields[0], "["):
			section = fields[0]
		case section == "[families]":
			x.addFamily(t, fields)
		case section == "[idioms]":
			x.addIdioms(strings.Split(bare(Fold(line)), ";"))
		case section == "[others]":
			for _, word := range fields {
				x.claim(t, x.next(), word)
			}
		default:
			for _, word := range fields {
				if section == "[glue]" {
					var alone bool
					if word, alone = strings.CutSuffix(word, "+"); alone {
						x.entry(word).alone = true
					}
					x.entry(word).glue |= 1 << t
					x.longest = max(x.longest, utf8.RuneCountInString(word))
				}
				x.addUsual(t, word)
			}
		}
	}
}

// asks returns the languages in which a word is of a family that shops are asked
// about, and not of the usual words alone.
func (x *lexicon) asks(of senses) (out [tongues]bool) {
	for t, f := range of {
		out[t] = len(x.members[f]) > 0
	}
	return out
}

// next numbers a family.
func (x *lexicon) next() family {
	x.last++
	return x.last
}

func (x *lexicon) addFamily(t tongue, members []string) {
	f := x.next()
	for _, word := range members {
		x.claim(t, f, word)
		if !strings.HasSuffix(word, "*") {
			x.members[f] = append(x.members[f], word)
		}
	}
}

// addUsual takes in a usual word, unless it stands in the file with others. It is a
// word of its own, even where a family has its stem: "меня" is no form of "меню".
func (x *lexicon) addUsual(t tongue, word string) {
	of := x.words[word].families()
	if x.byHead(word, &of); of[t] != 0 {
		return
	}
	st := stem(t, word)
	f := x.usual[t][st]
	if f == 0 {
		f = x.next()
		x.usual[t][st] = f
	}
	x.claim(t, f, word)
}

// claim gives a word or a beginning to a family; a test looks that none stands in
// two lines of a file. A stem belongs to the first that has it.
func (x *lexicon) claim(t tongue, f family, word string) {
	head, isHead := strings.CutSuffix(word, "*")
	if isHead {
		s := x.heads[head]
		s[t] = f
		x.heads[head] = s
	} else {
		x.entry(word).of[t] = f
	}
	if first, last := alphabet(word); isHead || t < first || t >= last {
		return
	}
	if st := stem(t, word); x.stems[t][st] == 0 {
		x.stems[t][st] = f
	}
}

// A reading is a bare word with what the lexicon says of it.
type reading struct {
	word    string
	entry   *entry // nil for a word that the lexicon has not
	of      senses
	stems   stems // in the languages that know the word, in all that it can be of where none does
	written bool  // it is known as it is written, not by its stem alone
}

// reading reads a bare word. It is known as written, by itself or else by its longest
// beginning, or where no language knows it so by its stem. The reading is shared and
// not to be changed.
func (x *lexicon) reading(word string) *reading {
	e := x.words[word]
	if e == nil {
		return x.sense(word, nil)
	}
	e.once.Do(func() { e.reading = x.sense(word, e) })
	return e.reading
}

// sense works out what reading returns.
func (x *lexicon) sense(word string, e *entry) *reading {
	r := &reading{word: word, entry: e}
	r.of, r.stems, r.written = x.senses(word, e.families())
	return r
}

// senses returns the families of a word that is written in lines of these, and its
// stems.
func (x *lexicon) senses(word string, lines senses) (out senses, st stems, written bool) {
	out = lines
	first, last := alphabet(word)
	if first == last { // "куртка42" is no form of a word
		return out, st, out.known()
	}
	heads := x.byHead(word, &out)
	written = out.known()
	for t := first; t < last; t++ {
		if !written || out[t] != 0 {
			st[t] = stem(t, word)
		}
		// A form of a word goes before a beginning that is no longer: "displays".
		if f := x.stems[t][st[t]]; len(x.members[f]) > 0 && heads[t] > 0 && heads[t] <= len(st[t]) {
			out[t] = f
		}
	}
	if written {
		return out, st, true
	}
	for t := first; t < last; t++ {
		out[t] = x.stems[t][st[t]]
	}
	if out.known() {
		for t := first; t < last; t++ {
			if out[t] == 0 {
				st[t] = ""
			}
		}
	}
	return out, st, false
}

// byHead adds the families of a word's longest beginnings, and returns how long each
// is that it added, in bytes.
func (x *lexicon) byHead(word string, out *senses) (heads [tongues]int) {
	letters := 0
	for i := len(word); i > 0 && letters <= maxTail; letters++ {
		if s, ok := x.heads[word[:i]]; ok {
			for t := range out {
				if out[t] == 0 && s[t] != 0 {
					out[t], heads[t] = s[t], i
				}
			}
		}
		_, size := utf8.DecodeLastRuneInString(word[:i])
		i -= size
	}
	return heads
}
