package words

// How says in which way a keyword was recognised.
type How string

// The ways, the plainest first: where several lead to a keyword, the first of
// them is told.
const (
	HowExact    How = "exact"    // as the keyword is written, letter case and "ё" apart
	HowSpelling How = "spelling" // accents left away, letters drawn out ("priiice"), look-alike letters of the other alphabet
	HowForm     How = "form"     // another form of the word: "возвратом" for "возврат"
	HowFamily   How = "family"   // a word of the same family: "доставите" for "доставка"
	HowRunOn    How = "run_on"   // blanks left away, or one too many: "сколькостоит", "deli very"
	HowTypo     How = "typo"     // a slip: "досавка"
	HowLayout   How = "layout"   // typed with the other keyboard layout: "ljcnfdrf"
	HowTranslit How = "translit" // Russian in Latin letters: "dostavka"
)

// rank orders the ways as they stand above.
var rank = map[How]int{
	HowExact: 0, HowSpelling: 1, HowForm: 2, HowFamily: 3, HowRunOn: 4, HowTypo: 5, HowLayout: 6, HowTranslit: 7,
}

// Found is one keyword that stands in a message.
type Found struct {
	Keyword int // its index in what Compile was given
	// Start and End are the bytes of the message from the keyword's first word
	// to its last; what stands between the words of a keyword is within.
	Start, End int
	// Words are the keyword's words as the customer wrote them, in the order of
	// the message. Words that were written as one stand here once.
	Words []string
	// How is the way of the word that was furthest from the keyword.
	How How
}
