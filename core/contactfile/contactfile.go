// Package contactfile reads and writes people as other programs keep them: tables (CSV)
// and vCards. It decides from the content what a file is, finds columns by their words in
// English, Portuguese, Russian and Spanish, and by those of Google, Outlook and Apple,
// and says of each line that it could not take why.
//
// vCards are read here and by no library: one was tried that undoes the escapes of a
// value before it cuts it into parts, knows no quoted-printable, and passes over lines
// that it cannot read without a word.
package contactfile

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"shopbell/core/chat"
	"shopbell/core/table"
)

// Limits of a file; the shop's own. Pictures in vCards are counted, and not read.
const (
	MaxFile   = 64 << 20 // bytes
	MaxPeople = 100_000
	// MaxProblems is how many lines are told that were not taken. A file with more is
	// none of people.
	MaxProblems = 10_000
	// MaxIgnored is how many columns or properties are named that were passed over.
	MaxIgnored = 100
)

// Person is somebody in a file. Texts stand as they were written, however long.
type Person struct {
	// Phones are digits with the country's code, each once.
	Phones []string
	chat.Profile
	Labels []string
}

// Entry is a person who was read.
type Entry struct {
	Person
	Line int // where they begin, from 1; of people who stand in several lines the first
}

// Code says why a line, or a file, was not taken.
type Code string

// Of a line. The others are taken all the same.
const (
	NoPhone     Code = "no_phone"     // there is no phone number, by which a customer is known; Value is the name
	BadPhone    Code = "bad_phone"    // Value is no phone number, or lacks its country's code; the person's others are taken
	BadLanguage Code = "bad_language" // Value is no language that is known; the person is taken without it
	BrokenQuote Code = "broken_quote" // of a table: a quotation mark has no partner
	BrokenCard  Code = "broken_card"  // of a vCard: it has no end
	BadLine     Code = "bad_line"     // of a vCard: Value is no line of one; the card is taken without it
)

// Of a file.
const (
	TooLarge   Code = "too_large"   // over MaxFile
	TooMany    Code = "too_many"    // over MaxPeople
	TooFaulty  Code = "too_faulty"  // over MaxProblems
	NotText    Code = "not_text"    // neither a table nor vCards
	NoColumns  Code = "no_columns"  // a table in which no column is over phone numbers
	NobodyInIt Code = "nobody_here" // nothing stands under the columns, or there is no card
)

// Problem is one thing that was not taken.
type Problem struct {
	Line  int
	Code  Code
	Value string // what stands there, as table.Excerpt shows it
}

// FileError says why nothing of a file is taken.
type FileError struct {
	Code  Code
	Limit int // that is broken: bytes of TooLarge, people of TooMany, lines of TooFaulty; else 0
}

func (e *FileError) Error() string {
	if e.Limit > 0 {
		return fmt.Sprintf("contactfile: %s (limit %d)", e.Code, e.Limit)
	}
	return "contactfile: " + string(e.Code)
}

// Format is what a file is.
type Format string

// The formats.
const (
	CSV   Format = "csv"
	VCard Format = "vcf"
)

// File is a file that was read.
type File struct {
	Format   Format
	People   []Entry   // in the order of the file, nobody twice
	Problems []Problem // by line
	// Ignored names the columns, or the properties of cards, that hold something and of
	// which nothing was taken, in the order in which they were met; the first MaxIgnored.
	Ignored []string
}

// Read reads a file of people by its content. Numbers without a country's code are taken
// for those of region, as chat.Number does. Who stands in it twice, by any number, is
// one person: the first line counts, and later ones fill in what it lacks. The error is
// a *FileError, or that of ctx.
func Read(ctx context.Context, data []byte, region string) (*File, error) {
	if len(data) > MaxFile {
		return nil, &FileError{Code: TooLarge, Limit: MaxFile}
	}
	r := reader{ctx: ctx, region: region, of: map[string]int{}, ignored: map[string]bool{}}
	var err error
	if isVCard(data) {
		r.file.Format = VCard
		err = r.readCards(data)
	} else {
		r.file.Format = CSV
		err = r.readTable(data)
	}
	if err != nil {
		return nil, err
	}
	if len(r.file.People) == 0 && len(r.file.Problems) == 0 {
		return nil, &FileError{Code: NobodyInIt}
	}
	slices.SortStableFunc(r.file.Problems, func(a, b Problem) int { return a.Line - b.Line })
	return &r.file, nil
}

// reader collects what is read.
type reader struct {
	ctx     context.Context
	region  string
	file    File
	of      map[string]int // place in People by chat.PhoneKey
	ignored map[string]bool
	untold  bool // there were more than MaxProblems
}

// wrong returns why reading ends here, nil: it goes on.
func (r *reader) wrong() error {
	switch {
	case r.untold:
		return &FileError{Code: TooFaulty, Limit: MaxProblems}
	case len(r.file.People) > MaxPeople:
		return &FileError{Code: TooMany, Limit: MaxPeople}
	}
	return r.ctx.Err()
}

func (r *reader) fault(line int, code Code, value string) {
	if len(r.file.Problems) == MaxProblems {
		r.untold = true
		return
	}
	r.file.Problems = append(r.file.Problems, Problem{Line: line, Code: code, Value: table.Excerpt(value)})
}

// ignore notes that nothing is taken of what has a name.
func (r *reader) ignore(name string) {
	if name = table.Excerpt(name); len(r.ignored) < MaxIgnored && !r.ignored[name] {
		r.ignored[name] = true
		r.file.Ignored = append(r.file.Ignored, name)
	}
}

// add takes a person whose phones stand as they were written.
func (r *reader) add(line int, p Person) {
	written, bad := p.Phones, 0
	p.Phones = nil
	for _, w := range written {
		digits, err := chat.Number(w, r.region)
		if whole := strings.TrimPrefix(chat.Digits(w), "00"); err != nil && chat.WithCountry(w) && len(whole) >= leastDigits && len(whole) <= mostDigits {
			digits, err = whole, nil // a plan of numbers may be newer than the program
		}
		switch {
		case err != nil:
			bad++
			r.fault(line, BadPhone, w)
		case !slices.Contains(p.Phones, digits):
			p.Phones = append(p.Phones, digits)
		}
	}
	if p.Language != "" {
		code, known := languageCode(p.Language)
		if !known {
			r.fault(line, BadLanguage, p.Language)
		}
		p.Language = code
	}
	if len(p.Phones) == 0 {
		if bad == 0 {
			r.fault(line, NoPhone, p.Name)
		}
		return
	}
	if r.isOwnNumber(p) {
		p.Name = "" // programs that need a name write the number in its place
	}
	r.join(Entry{Person: p, Line: line})
}

// A whole number has at most 15 digits (E.164, section 6.1), which gives no least; the
// shortest in use have eight with their country's code.
const (
	leastDigits = 8
	mostDigits  = 15
)

// isOwnNumber reports whether a person's name is one of their numbers, however written.
func (r *reader) isOwnNumber(p Person) bool {
	if strings.Trim(p.Name, "+0123456789 ()-") != "" {
		return false
	}
	digits, err := chat.Number(p.Name, r.region)
	return err == nil && slices.Contains(p.Phones, digits)
}

// join adds a person, or what they know more of one who is there. A number stays with
// whom it stood first.
func (r *reader) join(e Entry) {
	at := len(r.file.People)
	var fresh []string
	for _, phone := range e.Phones {
		if known, met := r.of[chat.PhoneKey(phone)]; met {
			at = min(at, known)
		} else {
			fresh = append(fresh, phone)
		}
	}
	e.Phones = nil
	if at == len(r.file.People) {
		r.file.People = append(r.file.People, Entry{Line: e.Line})
	}
	fill(&r.file.People[at].Person, e.Person)
	for _, phone := range fresh {
		if _, met := r.of[chat.PhoneKey(phone)]; !met {
			r.of[chat.PhoneKey(phone)] = at
			r.file.People[at].Phones = append(r.file.People[at].Phones, phone)
		}
	}
}

// fill gives p what more knows and p does not, but for phones.
func fill(p *Person, more Person) {
	for _, f := range chat.ProfileFields() {
		if field := p.Field(f); *field == "" {
			*field = *more.Field(f)
		}
	}
	for _, label := range more.Labels {
		same := func(have string) bool { return strings.EqualFold(have, label) }
		// One too many is enough for the import to say so.
		if len(p.Labels) <= chat.MaxLabels && !slices.ContainsFunc(p.Labels, same) {
			p.Labels = append(p.Labels, label)
		}
	}
}
