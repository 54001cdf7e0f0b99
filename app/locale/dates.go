package locale

import (
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/language"
)

// In returns the words with dates as people type them where a system locale ("en-US")
// is from: in the United States the month stands first. Every other place, and none,
// begins with the day.
func (w *Words) In(system string) *Words {
	out := *w
	region, sure := language.Make(system).Region()
	out.monthFirst = w.lang == English && sure == language.Exact && region.String() == "US"
	return &out
}

// Typed is a date as a person types it and ParseMoment reads it: "24.12.2026", or
// "12/24/2026" where the month stands first.
func (w *Words) Typed(t time.Time) string {
	layout := "02.01.2006"
	if w.monthFirst {
		layout = "01/02/2006"
	}
	return t.In(w.zone).Format(layout)
}

// FullDay names a day so that nobody takes its month for its day: "Thu, 24 December 2026".
func (w *Words) FullDay(t time.Time) string {
	local := t.In(w.zone)
	return w.T("time.full_day", Args{
		"Weekday": w.Weekday(local.Weekday()), "Day": local.Day(),
		"Month": w.T("month." + strconv.Itoa(int(local.Month()))), "Year": strconv.Itoa(local.Year()),
	})
}

// ParseMoment reads a date ("24.12.2026", "24.12." of the year to come, "2026-12-24",
// "24/12/2026", or "12/24/2026" where the month stands first) and a time of day ("8:00",
// "08.00") in the shop's zone; false where it cannot, or the year has no such day.
func (w *Words) ParseMoment(date, clock string, now time.Time) (time.Time, bool) {
	at, err := time.ParseInLocation("15:04", strings.ReplaceAll(strings.TrimSpace(clock), ".", ":"), w.zone)
	day, ok := w.readDate(date)
	if err != nil || !ok {
		return time.Time{}, false
	}
	if day.Year() != 0 {
		return w.on(day, day.Year(), at)
	}
	year := now.In(w.zone).Year()
	if time.Date(year, day.Month(), day.Day(), at.Hour(), at.Minute(), 0, 0, w.zone).Before(now) {
		year++
	}
	return w.on(day, year, at)
}

// on is a day in a year, at a time of day; false where that year has no 29 February.
func (w *Words) on(day time.Time, year int, clock time.Time) (time.Time, bool) {
	when := time.Date(year, day.Month(), day.Day(), clock.Hour(), clock.Minute(), 0, 0, w.zone)
	if when.Month() != day.Month() {
		return time.Time{}, false
	}
	return when, true
}

// ParseDay reads a date as ParseMoment does, one without its year as the last such day.
// It returns the beginning of that day in the shop's zone; the zero time with false.
func (w *Words) ParseDay(date string, now time.Time) (time.Time, bool) {
	day, ok := w.readDate(date)
	if !ok {
		return time.Time{}, false
	}
	if day.Year() != 0 {
		return w.on(day, day.Year(), time.Time{})
	}
	year := now.In(w.zone).Year()
	for {
		if when, ok := w.on(day, year, time.Time{}); ok && !when.After(now) {
			return when, true
		}
		year--
	}
}

// readDate reads a date; of year 0 where it has none.
func (w *Words) readDate(date string) (time.Time, bool) {
	slashed := []string{"2/1/2006", "2/1"}
	if w.monthFirst {
		slashed = []string{"1/2/2006", "1/2"}
	}
	for _, layout := range append([]string{"2.1.2006", "2.1.", "2.1", "2006-1-2"}, slashed...) {
		if day, err := time.ParseInLocation(layout, strings.TrimSpace(date), time.UTC); err == nil {
			return day, true
		}
	}
	return time.Time{}, false
}
