package autoreply

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // Windows has no zone files, and a rules file that is valid on one machine is valid on all
)

// Opening hours of a shop that names none: off hours are 22:00 to 08:00
// (mission A2).
var defaultOpen = []span{{days: everyDay, from: 8 * 60, to: 22 * 60}}

// A span is a Window ready to be asked. Times are minutes of the local day; to
// is before from when the span passes midnight; they are never equal.
type span struct {
	days     [7]bool // by time.Weekday
	from, to int
}

var everyDay = [7]bool{true, true, true, true, true, true, true}

var weekdays = map[Day]time.Weekday{
	Sunday: time.Sunday, Monday: time.Monday, Tuesday: time.Tuesday, Wednesday: time.Wednesday,
	Thursday: time.Thursday, Friday: time.Friday, Saturday: time.Saturday,
}

const minutesOfDay = 24 * 60

// compile checks a window. Its problem, if any, is told with the field it is in.
func (w Window) compile() (s span, field, problem string) {
	s.days = everyDay
	if len(w.Days) > 0 {
		s.days = [7]bool{}
	}
	for i, d := range w.Days {
		weekday, ok := weekdays[d]
		if !ok {
			return s, fmt.Sprintf("days[%d]", i), fmt.Sprintf("%q is no day: write mon, tue, wed, thu, fri, sat or sun", d)
		}
		s.days[weekday] = true
	}
	var ok bool
	if s.from, ok = minuteOfDay(w.From); !ok || s.from == minutesOfDay {
		return s, "from", fmt.Sprintf("%q is no time of day: write it as 08:00, from 00:00 to 23:59", w.From)
	}
	if s.to, ok = minuteOfDay(w.To); !ok {
		return s, "to", fmt.Sprintf("%q is no time of day: write it as 22:00, at most 24:00", w.To)
	}
	if s.from == s.to {
		return s, "to", "is the same as from: for a whole day write from 00:00 to 24:00"
	}
	return s, "", ""
}

// minuteOfDay reads "HH:MM" up to "24:00".
func minuteOfDay(s string) (int, bool) {
	hh, mm, ok := strings.Cut(s, ":")
	if !ok || len(hh) != 2 || len(mm) != 2 {
		return 0, false
	}
	h, err := strconv.ParseUint(hh, 10, 8)
	if err != nil {
		return 0, false
	}
	m, err := strconv.ParseUint(mm, 10, 8)
	if err != nil || m > 59 {
		return 0, false
	}
	minute := int(h)*60 + int(m)
	return minute, minute <= minutesOfDay
}

// A clock is a moment as the shop's wall shows it. In the hour that a change to
// winter time repeats, a window holds both times; one that a change to summer
// time skips is not missed.
type clock struct {
	minute           int
	today, yesterday time.Weekday
	date, dateBefore int // as dateNumber has them
}

func clockAt(now time.Time, zone *time.Location) clock {
	local := now.In(zone)
	// Noon in UTC, because "the same time yesterday" may not exist in the zone.
	noon := time.Date(local.Year(), local.Month(), local.Day(), 12, 0, 0, 0, time.UTC)
	before := noon.AddDate(0, 0, -1)
	return clock{
		minute:     local.Hour()*60 + local.Minute(),
		today:      noon.Weekday(),
		yesterday:  before.Weekday(),
		date:       dateNumber(noon),
		dateBefore: dateNumber(before),
	}
}

// dateNumber is the date of t as a number: 20261225. Every message asks for it.
func dateNumber(t time.Time) int {
	year, month, day := t.Date()
	return year*1_00_00 + int(month)*1_00 + day
}

// began says on which day the span that holds c began: 0 today, -1 yesterday.
func (s span) began(c clock) (day int, holds bool) {
	passesMidnight := s.to < s.from
	switch {
	case !passesMidnight:
		return 0, s.days[c.today] && c.minute >= s.from && c.minute < s.to
	case s.days[c.today] && c.minute >= s.from:
		return 0, true
	default:
		return -1, s.days[c.yesterday] && c.minute < s.to
	}
}

// within reports whether one of the spans holds c; no spans always do.
func within(spans []span, c clock) bool {
	return len(spans) == 0 || slices.ContainsFunc(spans, func(s span) bool {
		_, holds := s.began(c)
		return holds
	})
}

// isOpen reports whether the shop is open at c. A holiday closes the whole
// date, and the night after it that would have belonged to it.
func isOpen(open []span, holidays map[int]bool, c clock) bool {
	if holidays[c.date] {
		return false
	}
	return slices.ContainsFunc(open, func(s span) bool {
		day, holds := s.began(c)
		return holds && (day == 0 || !holidays[c.dateBefore])
	})
}

// openingAhead bounds how far NextOpening looks: over any holidays but a closed shop's.
const openingAhead = 14 // days

// NextOpening returns when the shop opens next after now, in its own time zone; false
// where it does not within two weeks, as one that never closes.
func (b *Book) NextOpening(now time.Time) (next time.Time, ok bool) {
	local := now.In(b.zone)
	for day := range openingAhead {
		for _, s := range b.open {
			from := time.Date(local.Year(), local.Month(), local.Day()+day, 0, s.from, 0, 0, b.zone)
			opens := from.After(now) && isOpen(b.open, b.holidays, clockAt(from, b.zone)) &&
				!isOpen(b.open, b.holidays, clockAt(from.Add(-time.Minute), b.zone))
			if opens && (!ok || from.Before(next)) {
				next, ok = from, true
			}
		}
		if ok {
			return next, true
		}
	}
	return time.Time{}, false
}
