package chatexport

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Order is how the numbers of a date stand.
type Order string

// The orders. OrderUnknown: nothing in the file says which of the next two.
const (
	OrderUnknown   Order = ""
	OrderDayMonth  Order = "day_month"  // 14.03.2025
	OrderMonthDay  Order = "month_day"  // 3/14/25
	OrderYearFirst Order = "year_first" // 2025-03-14
)

// A shape is what the beginnings of all messages of a file have in common: a phone
// writes them all one way. A line of another shape is text of a message.
type shape struct {
	bracket   bool // "[14.03.25, 14:01:22] " and not "14.03.25, 14:01 - "
	separator rune // between the numbers of a date
	yearFirst bool
	seconds   bool
}

// A stamp is the beginning of a message, as it is written.
type stamp struct {
	date                 [3]int // in the order of the file
	yearDigits           int
	hour, minute, second int
	half                 half
}

// A half is the half of the day of a twelve-hour clock.
type half int

const (
	wholeDay half = iota // a clock of 24 hours
	morning
	afternoon
)

// Years of other calendars that phones write: Thailand's is 543 ahead, Iran's 621 or
// 622 behind.
const (
	firstYear      = 2009 // of WhatsApp
	lastYear       = 2199
	buddhistAhead  = 543
	firstIranian   = 1380
	lastIranian    = 1500
	centuryOfShort = 2000
)

// time returns the moment in a zone; a reason where there is none.
func (s stamp) time(o Order, zone *time.Location) (time.Time, Reason) {
	year, month, day := s.date[2], s.date[1], s.date[0]
	switch o {
	case OrderYearFirst:
		year, month, day = s.date[0], s.date[1], s.date[2]
	case OrderMonthDay:
		month, day = s.date[0], s.date[1]
	}
	if s.yearDigits == 2 {
		year += centuryOfShort
	}
	switch {
	case year >= firstYear+buddhistAhead && year <= lastYear+buddhistAhead:
		year -= buddhistAhead
	case year >= firstIranian && year <= lastIranian:
		return time.Time{}, ReasonCalendar
	}
	hour := s.hour
	switch {
	case s.half == morning && hour == 12:
		hour = 0
	case s.half == afternoon && hour < 12:
		hour += 12
	}
	at := time.Date(year, time.Month(month), day, hour, s.minute, s.second, 0, zone)
	isDate := month >= 1 && month <= 12 && day >= 1 && at.Day() == day
	if !isDate || year < firstYear || year > lastYear {
		return time.Time{}, ReasonDate
	}
	return at, ""
}

// isMark reports whether r is one of the invisible marks that WhatsApp puts into
// lines for writing from the right.
func isMark(r rune) bool {
	return r == '\u200e' || r == '\u200f' || r == '\u061c' || r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' || r == '\ufeff'
}

// withoutMarks takes the marks out and the blanks off both ends.
func withoutMarks(s string) string {
	if !strings.ContainsFunc(s, isMark) {
		return strings.TrimSpace(s)
	}
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if isMark(r) {
			return -1
		}
		return r
	}, s))
}

// A cursor reads a line from its beginning. Marks are passed over.
type cursor struct{ rest string }

func (c *cursor) peek() rune {
	for c.rest != "" {
		r, size := utf8.DecodeRuneInString(c.rest)
		if !isMark(r) {
			return r
		}
		c.rest = c.rest[size:]
	}
	return 0
}

func (c *cursor) take(r rune) bool {
	if c.peek() != r {
		return false
	}
	c.rest = c.rest[utf8.RuneLen(r):]
	return true
}

// blanks passes over blanks of any width.
func (c *cursor) blanks() (any bool) {
	for unicode.IsSpace(c.peek()) {
		c.take(c.peek())
		any = true
	}
	return any
}

// number reads one of least to most digits, of any script.
func (c *cursor) number(least, most int) (n, digits int, ok bool) {
	for {
		d := digitOf(c.peek())
		if d < 0 {
			return n, digits, digits >= least
		}
		if digits++; digits > most {
			return 0, digits, false
		}
		n = 10*n + d
		c.take(c.peek())
	}
}

// digitOf returns the value of a digit of a script that phones write dates in, -1
// for any other letter.
func digitOf(r rune) int {
	if r < utf8.RuneSelf {
		if '0' <= r && r <= '9' {
			return int(r - '0')
		}
		return -1
	}
	for _, zero := range []rune{'٠', '۰', '०', '০'} {
		if r >= zero && r <= zero+9 {
			return int(r - zero)
		}
	}
	return -1
}

// word takes the longest of words that stands here, whatever its case and its
// blanks. A letter may not follow it.
func (c *cursor) word(words map[string]half) (which half, ok bool) {
	if digitOf(c.peek()) >= 0 {
		return 0, false
	}
	longest := 0
	for word, h := range words {
		n := beginning(c.rest, word)
		if n <= longest {
			continue
		}
		if after, _ := utf8.DecodeRuneInString(c.rest[n:]); unicode.IsLetter(after) {
			continue
		}
		longest, which = n, h
	}
	c.rest = c.rest[longest:]
	return which, longest > 0
}

// beginning returns how many bytes of text word is the beginning of, 0 where it is
// not. A blank of the word is one of any width.
func beginning(text, word string) int {
	n := 0
	for _, want := range word {
		r, size := utf8.DecodeRuneInString(text[n:])
		if r != want && unicode.ToLower(r) != unicode.ToLower(want) && (want != ' ' || !unicode.IsSpace(r)) {
			return 0
		}
		n += size
	}
	return n
}
