package locale

import (
	"fmt"
	"strconv"
	"time"
)

// Zone is the time zone in which all times are said.
func (w *Words) Zone() *time.Location { return w.zone }

// Clock is the time of day, "14:05".
func (w *Words) Clock(t time.Time) string { return t.In(w.zone).Format("15:04") }

// Wait says how long somebody has waited, in whole minutes that are over: "<1 min",
// "1 min", "18 min", "2 h 5 min", "3 days".
func (w *Words) Wait(d time.Duration) string {
	minutes := int(d / time.Minute)
	hours := minutes / 60
	switch {
	case minutes < 1:
		return w.T("time.under_minute")
	case minutes < 60:
		return w.N("time.minutes", minutes)
	case hours >= 48:
		return w.N("time.days", hours/24)
	case hours >= 10 || minutes%60 == 0:
		return w.N("time.hours", hours)
	}
	return w.T("time.hours_minutes", Args{"Hours": hours, "Minutes": minutes % 60})
}

// Countdown shows what is left of minutes, "6:12", rounded up so that it ends
// with "0:00" at the moment itself and not a second before.
func (w *Words) Countdown(d time.Duration) string {
	s := int((max(0, d) + time.Second - 1) / time.Second)
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}

// Elapsed shows how much of a sound was heard, "0:17": whole seconds only.
func (w *Words) Elapsed(d time.Duration) string {
	s := int(max(0, d) / time.Second)
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}

// Deadline names a moment ahead: "14:05" today, "tomorrow 14:05", else
// "24 Nov 14:05".
func (w *Words) Deadline(t, now time.Time) string {
	switch w.daysBetween(now, t) {
	case 0:
		return w.Clock(t)
	case 1:
		return w.T("time.tomorrow", Args{"Clock": w.Clock(t)})
	}
	return w.Stamp(t)
}

// Recent names a moment gone by in a list: "14:05" today, "Yesterday", else
// "24 Nov".
func (w *Words) Recent(t, now time.Time) string {
	switch w.daysBetween(t, now) {
	case 0:
		return w.Clock(t)
	case 1:
		return w.T("time.yesterday")
	}
	return w.shortDate(t)
}

// Moment names a moment gone by with its time of day: "14:05" today,
// "yesterday 14:05", else "24 Nov 14:05".
func (w *Words) Moment(t, now time.Time) string {
	switch w.daysBetween(t, now) {
	case 0:
		return w.Clock(t)
	case 1:
		return w.T("time.yesterday_clock", Args{"Clock": w.Clock(t)})
	}
	return w.Stamp(t)
}

// Stamp names a moment so that it can be read at any time: "24 Nov 14:05".
func (w *Words) Stamp(t time.Time) string {
	return w.T("time.date_clock", Args{"Date": w.shortDate(t), "Clock": w.Clock(t)})
}

// FileDate says when a file was changed: as Recent does this year, else
// "3 May 2025".
func (w *Words) FileDate(t, now time.Time) string {
	if t.In(w.zone).Year() == now.In(w.zone).Year() {
		return w.Recent(t, now)
	}
	return w.date(t, now)
}

// Since says since when somebody is known: "since March 2025", "first chat today".
// Empty for the zero time.
func (w *Words) Since(t, now time.Time) string {
	switch {
	case t.IsZero():
		return ""
	case w.SameDay(t, now):
		return w.T("time.since_today")
	}
	local := t.In(w.zone)
	return w.T("time.since", Args{"Month": w.T("month." + strconv.Itoa(int(local.Month()))), "Year": local.Year()})
}

// Day is the line between two days of a chat: "Today, 24 November",
// "21 November", "3 May 2025" for another year.
func (w *Words) Day(t, now time.Time) string {
	date := w.date(t, now)
	switch w.daysBetween(t, now) {
	case 0:
		return w.T("time.today_date", Args{"Date": date})
	case 1:
		return w.T("time.yesterday_date", Args{"Date": date})
	}
	return date
}

// SameDay reports whether both moments lie on one day of the shop.
func (w *Words) SameDay(a, b time.Time) bool { return w.daysBetween(a, b) == 0 }

func (w *Words) date(t, now time.Time) string {
	local := t.In(w.zone)
	args := Args{"Day": local.Day(), "Month": w.T("month." + strconv.Itoa(int(local.Month()))), "Year": local.Year()}
	if local.Year() == now.In(w.zone).Year() {
		return w.T("time.date", args)
	}
	return w.T("time.date_year", args)
}

func (w *Words) shortDate(t time.Time) string {
	local := t.In(w.zone)
	return w.T("time.short_date", Args{"Day": local.Day(), "Month": w.T("month_short." + strconv.Itoa(int(local.Month())))})
}

// daysBetween counts midnights of the shop from a to b. It counts calendar days,
// not 24 hours: a day of 23 or 25 hours (summer time) is one day.
func (w *Words) daysBetween(a, b time.Time) int {
	day := func(t time.Time) time.Time {
		y, m, d := t.In(w.zone).Date()
		return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	}
	return int(day(b).Sub(day(a)) / (24 * time.Hour))
}

// Weekday is a day of the week in short: "Tue".
func (w *Words) Weekday(d time.Weekday) string { return w.T("weekday_short." + strconv.Itoa(int(d))) }
