package chatexport

import (
	"bufio"
	"errors"
	"io"
	"strings"
	"unicode/utf8"
)

// A scanner cuts a file into entries, whose dates stay as they are written.
type scanner struct {
	in     *bufio.Reader
	at     int64 // offset of the next piece
	line   int   // number of the line it is of
	within bool  // it goes on with a line that began before
	like   shape // of the messages; meaningless before the first
	any    bool  // there was a message

	held    Entry // under way
	holding bool
	text    strings.Builder // of held, without the beginning of a message
	ended   error
}

func newScanner(r io.Reader) *scanner {
	return &scanner{in: bufio.NewReaderSize(r, pieceSize), line: 1}
}

// pieceSize is how much of a line is looked at in one go. A beginning of a message
// is far shorter.
const pieceSize = 32 * 1024

// next returns the next entry and then io.EOF; any other error is the reader's.
func (s *scanner) next() (Entry, error) {
	for s.ended == nil {
		piece, err := s.in.ReadSlice('\n')
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			s.ended = err
		}
		if len(piece) == 0 {
			continue
		}
		if e, ok := s.add(string(piece)); ok {
			return e, nil
		}
	}
	if s.holding && errors.Is(s.ended, io.EOF) {
		return s.finish(), nil
	}
	return Entry{}, s.ended
}

// add takes up a line, or a piece of one. ok: an entry ended before it.
func (s *scanner) add(piece string) (before Entry, ok bool) {
	st, as, body, begins := header(piece)
	begins = begins && !s.within && (!s.any || as == s.like)
	lost := !begins && (!s.holding || s.held.Kind == KindBlank && strings.TrimSpace(piece) != "")
	if ok = s.holding && (begins || lost); ok {
		before = s.finish()
	}
	switch {
	case begins:
		s.any, s.like = true, as
		s.begin(Entry{Kind: KindText, stamp: st})
	case lost && strings.TrimSpace(piece) == "":
		s.begin(Entry{Kind: KindBlank})
	case lost:
		s.begin(Entry{Kind: KindUnread, Reason: ReasonLost})
	default:
		body = piece
	}
	s.take(piece, body)
	return before, ok
}

func (s *scanner) begin(e Entry) {
	e.Offset, e.Line = s.at, s.line
	s.held, s.holding = e, true
	s.text.Reset()
}

// take adds a piece to what is under way, and of it what is text.
func (s *scanner) take(piece, text string) {
	if !s.within {
		s.held.Lines++
	}
	s.held.Bytes += int64(len(piece))
	if s.held.Bytes > MaxEntry {
		s.held.Kind, s.held.Reason = KindUnread, ReasonLong
		s.text.Reset()
	} else {
		s.text.WriteString(text)
	}
	s.at += int64(len(piece))
	if s.within = !strings.HasSuffix(piece, "\n"); !s.within {
		s.line++
	}
}

// finish returns what was under way.
func (s *scanner) finish() Entry {
	e, text := s.held, s.text.String()
	s.held, s.holding = Entry{}, false
	if e.Kind != KindText {
		return e
	}
	if !utf8.ValidString(text) {
		e.Kind, e.Reason = KindUnread, ReasonText
		return e
	}
	e.Author, e.Text = authored(strings.ReplaceAll(text, "\r\n", "\n"))
	e.recognise()
	return e
}

// maxAuthor is the length in bytes from which on what stands before a colon is no
// name: WhatsApp takes 25 characters for a name, address books some more.
const maxAuthor = 400

// authored parts the name from the text. There is none in a line that WhatsApp
// wrote itself.
func authored(body string) (author, text string) {
	first, _, _ := strings.Cut(body, "\n")
	name, _, ok := strings.Cut(first+" ", ": ")
	if !ok || len(name) > maxAuthor || withoutMarks(name) == "" {
		return "", withoutMarks(body)
	}
	text = strings.TrimPrefix(body[len(name)+1:], " ")
	return withoutMarks(strings.TrimPrefix(withoutMarks(name), "~")), text
}
