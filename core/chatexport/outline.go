package chatexport

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"
)

// An Outline is what one look through a file says of it.
type Outline struct {
	// Order is how its dates are to be read; OrderUnknown where they can be read both
	// ways, of which Sample is an example ("03/11"): a person must say.
	Order  Order
	Sample string
	// Authors are those who wrote, the busiest first. More than two are a group.
	Authors  []Author
	Messages int // entries with an author
	Bytes    int64
	Lines    int
}

// Author is one who wrote in a chat.
type Author struct {
	Name     string
	Messages int
}

// maxAuthors is how many are told apart in one file. WhatsApp's groups have 1,024
// members at most, and groups are left alone.
const maxAuthors = 1100

// ErrNoChat says that a file has no message in it: it is no exported chat.
var ErrNoChat = errors.New("chatexport: no message begins as in a chat that WhatsApp exported")

// Look reads a file once. The error is the reader's, or ErrNoChat.
func Look(r io.Reader) (Outline, error) {
	var o Outline
	authors := make(map[string]int)
	var dates dates
	s := newScanner(r)
	for {
		e, err := s.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return Outline{}, err
		}
		if e.Author != "" && (authors[e.Author] > 0 || len(authors) < maxAuthors) {
			authors[e.Author]++
			o.Messages++
		}
		if e.Kind != KindBlank && e.Kind != KindUnread {
			dates.add(e.stamp)
		}
	}
	if !s.any {
		return Outline{}, ErrNoChat
	}
	o.Bytes, o.Lines = s.at, s.line
	if !s.within {
		o.Lines--
	}
	for _, name := range slices.Sorted(maps.Keys(authors)) {
		o.Authors = append(o.Authors, Author{name, authors[name]})
	}
	slices.SortStableFunc(o.Authors, func(a, b Author) int { return cmp.Compare(b.Messages, a.Messages) })
	o.Order, o.Sample = dates.order(s.like)
	return o, nil
}

// IsGroup reports whether more than two people wrote.
func (o Outline) IsGroup() bool { return len(o.Authors) > 2 }

// dates gathers what tells days from months.
type dates struct {
	firstOver, secondOver int // numbers over 12, which are no months
	fitDay, fitMonth      votes
	sample                string
}

// votes follow the dates as one order reads them: a chat goes forward, so the right
// order has few steps back, and no leaps.
type votes struct {
	last time.Time
	back time.Duration // in all
}

func (v *votes) add(at time.Time) {
	if at.Before(v.last) {
		v.back += v.last.Sub(at)
	}
	v.last = at
}

func (d *dates) add(s stamp) {
	if s.date[0] > 12 {
		d.firstOver++
	}
	if s.date[1] > 12 {
		d.secondOver++
	}
	if s.date[0] > 12 || s.date[1] > 12 {
		return
	}
	if s.date[0] != s.date[1] && d.sample == "" {
		d.sample = fmt.Sprintf("%02d/%02d", s.date[0], s.date[1])
	}
	if at, reason := s.time(OrderDayMonth, time.UTC); reason == "" {
		d.fitDay.add(at)
	}
	if at, reason := s.time(OrderMonthDay, time.UTC); reason == "" {
		d.fitMonth.add(at)
	}
}

// clearlyBack is how much further back in time the wrong order must lead than the
// right one before it is called wrong: a chat's own lines may stand a few days out
// of order.
const clearlyBack = 20 * 24 * time.Hour

// order decides how the dates of a file are read. A number over 12 is a day; where
// none is, the order in which the chat goes forward; a date such as 05/05 is the same
// both ways.
func (d *dates) order(like shape) (o Order, sample string) {
	switch {
	case like.yearFirst:
		return OrderYearFirst, ""
	case d.firstOver != d.secondOver:
		if d.firstOver > d.secondOver {
			return OrderDayMonth, ""
		}
		return OrderMonthDay, ""
	case like.separator == '.':
		return OrderDayMonth, "" // no language writes the month first with full stops
	case d.sample == "":
		return OrderDayMonth, ""
	case d.fitMonth.back > d.fitDay.back+clearlyBack:
		return OrderDayMonth, ""
	case d.fitDay.back > d.fitMonth.back+clearlyBack:
		return OrderMonthDay, ""
	}
	return OrderUnknown, d.sample
}

// Read reads a file entry by entry, in the order of the file, which is that of the
// chat but for a few lines of WhatsApp's own. Dates are read in an order, of which
// OrderUnknown is taken as OrderDayMonth, and in the zone of the phone. A date that
// there is not so makes its entry KindUnread. An error of each ends the reading and is
// returned, as is the reader's; nil at the end of the file.
func Read(r io.Reader, o Order, zone *time.Location, each func(Entry) error) error {
	s := newScanner(r)
	for {
		e, err := s.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if e.Kind != KindBlank && e.Kind != KindUnread {
			at, reason := e.stamp.time(o, zone)
			if e.At = at; reason != "" {
				e = Entry{Offset: e.Offset, Bytes: e.Bytes, Line: e.Line, Lines: e.Lines, Kind: KindUnread, Reason: reason}
			}
		}
		if err := each(e); err != nil {
			return err
		}
	}
}

// Shop names the author who wrote in all chats, which are of two people each: the one
// whose phone they are from. ok is false where nobody or both did; then the names are
// the candidates, and a person must say.
func Shop(chats []Outline) (name string, candidates []string, ok bool) {
	in := make(map[string]int)
	for _, c := range chats {
		for _, a := range c.Authors {
			in[a.Name]++
		}
	}
	most := 0
	for _, n := range in {
		most = max(most, n)
	}
	for _, name := range slices.Sorted(maps.Keys(in)) {
		if in[name] == most {
			candidates = append(candidates, name)
		}
	}
	if len(candidates) == 1 && most == len(chats) {
		return candidates[0], candidates, true
	}
	return "", candidates, false
}

// Customer returns the author after whom a file is named, as in "WhatsApp Chat with
// Ana.txt"; "" where it is none, as of "_chat.txt".
func (o Outline) Customer(fileName string) string {
	name := withoutMarks(strings.TrimSuffix(strings.TrimSuffix(fileName, ".zip"), ".txt"))
	for _, a := range o.Authors {
		if rest, ok := strings.CutSuffix(name, a.Name); ok && (rest == "" || strings.HasSuffix(rest, " ")) {
			return a.Name
		}
	}
	return ""
}
