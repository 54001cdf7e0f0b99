package chatexport

import (
	_ "embed"
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"
)

// What WhatsApp writes in place of a message, by kind, in the languages that are
// known. The forms tell most of it apart in any language: a phone puts a mark in
// front of its own words, or brackets around them.
//
//go:embed phrases.txt
var phraseFile string

// A phrasebook is what of phrases.txt a text is compared with. No phrase is of two
// kinds: a test looks.
type phrasebook struct {
	whole  map[string]Kind
	begins []beginningOf
}

type beginningOf struct {
	text string
	kind Kind
}

// phrases are read when a chat is: a start of the program needs none.
var phrases = sync.OnceValue(func() phrasebook { return readPhrases(phraseFile) })

func readPhrases(file string) phrasebook {
	book := phrasebook{whole: make(map[string]Kind)}
	var kind Kind
	for line := range strings.Lines(file) {
		line = strings.TrimSpace(line)
		switch text, begins := strings.CutSuffix(line, "*"); {
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "["):
			kind = Kind(strings.Trim(line, "[]"))
		case begins:
			book.begins = append(book.begins, beginningOf{plain(text), kind})
		default:
			book.whole[plain(text)] = kind
		}
	}
	return book
}

// longestPhrase is the length in bytes from which on a text is no phrase.
const longestPhrase = 240

// kind returns the kind of phrase that a text is, "" for none. A call's length may
// follow its words, and not much more.
func (p phrasebook) kind(text string) Kind {
	if len(text) > longestPhrase {
		return ""
	}
	text = plain(text)
	if k, ok := p.whole[text]; ok {
		return k
	}
	for _, b := range p.begins {
		if strings.HasPrefix(text, b.text) && utf8.RuneCountInString(text) < 2*utf8.RuneCountInString(b.text)+20 {
			return b.kind
		}
	}
	return ""
}

// plain is a text as phrases are compared: small letters, no marks, no full stop.
func plain(s string) string {
	return strings.ToLower(strings.Trim(withoutMarks(s), " .<>\u00a0\u202f"))
}

// editedKind is the section of phrases.txt for the note behind an edited message.
const editedKind Kind = "edited"

var (
	// "<attached: 00000012-PHOTO-2025-03-14.jpg>", the word in any language.
	attachedTag = regexp.MustCompile(`^(.*?)\s*<[^<>:]{2,40}:\s*([^<>/\\]{1,200}\.[0-9A-Za-z]{1,8})>$`)
	// "IMG-20250314-WA0003.jpg (file attached)"
	attachedNote = regexp.MustCompile(`^([^/\\\n]{1,200}\.[0-9A-Za-z]{1,8}) \(([^()\n]{3,60})\)$`)
	// The name that a phone gives to a file.
	phoneFile = regexp.MustCompile(`^(IMG|VID|AUD|PTT|STK|DOC)-\d{8}-WA\d+\.`)
	// "<Media omitted>", the words in any language.
	omittedTag = regexp.MustCompile(`^<[\pL\pM][\pL\pM '’.-]{3,60}>$`)
)

// recognise says what kind a message is, and takes off what is not its text.
func (e *Entry) recognise() {
	marked := strings.HasPrefix(e.Text, "\u200e")
	e.takeEdited()
	e.Text = withoutMarks(e.Text)
	if e.Author != "" && e.takeAttached(marked) {
		e.Kind = KindAttached
		return
	}
	switch said := phrases().kind(e.Text); {
	case said == KindCall:
		e.Kind = KindCall
	case e.Author == "":
		e.Kind = KindSystem
	case said == KindDeleted, said == KindOmitted, said == KindViewOnce:
		e.Kind = said
	case e.Text == "":
		e.Kind = KindViewOnce
	case strings.HasPrefix(e.Text, "<") && omittedTag.MatchString(e.Text):
		e.Kind = KindOmitted
	case marked:
		e.Kind = KindSystem
	}
	switch e.Kind {
	case KindOmitted, KindDeleted, KindViewOnce:
		e.Text = ""
	case KindSystem:
		e.Author = ""
	}
}

// takeEdited takes the note off a message that was edited.
func (e *Entry) takeEdited() {
	text := withoutMarks(e.Text)
	open := strings.LastIndexByte(text, '<')
	if open >= 0 && strings.HasSuffix(text, ">") && phrases().kind(text[open:]) == editedKind {
		e.Text, e.Edited = withoutMarks(text[:open]), true
	}
}

// takeAttached takes the name of a file off its caption. marked: a mark of WhatsApp
// stands before the text.
func (e *Entry) takeAttached(marked bool) bool {
	if strings.HasSuffix(e.Text, ">") {
		before, last := "", e.Text
		if at := strings.LastIndexByte(e.Text, '\n') + 1; at > 0 {
			before, last = e.Text[:at], e.Text[at:]
		}
		if m := attachedTag.FindStringSubmatch(last); m != nil {
			e.File, e.Text = m[2], strings.TrimSpace(before+m[1])
			return true
		}
	}
	first, rest, _ := strings.Cut(e.Text, "\n")
	if first = strings.TrimSpace(first); !strings.HasSuffix(first, ")") {
		return false
	}
	m := attachedNote.FindStringSubmatch(first)
	if len(m) == 0 || !marked && !phoneFile.MatchString(m[1]) && phrases().kind(m[2]) != KindAttached {
		return false
	}
	e.File, e.Text = m[1], rest
	return true
}
