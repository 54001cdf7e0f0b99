package rules

import (
	"fmt"
	"slices"
	"strings"

	"shopbell/core/autoreply"
)

// days are those of a week in the order of the screen.
var days = []autoreply.Day{
	autoreply.Monday, autoreply.Tuesday, autoreply.Wednesday, autoreply.Thursday, autoreply.Friday, autoreply.Saturday, autoreply.Sunday,
}

// dayWords are the keys of their words.
var dayWords = []string{"rules.mon", "rules.tue", "rules.wed", "rules.thu", "rules.fri", "rules.sat", "rules.sun"}

// usualOpen are the hours of a shop that names none (mission A2).
var usualOpen = []autoreply.Window{{From: "08:00", To: "22:00"}}

// open returns when a shop is open.
func open(f autoreply.File) []autoreply.Window {
	if len(f.Open) == 0 {
		return usualOpen
	}
	return f.Open
}

const (
	dayMinutes  = 24 * 60
	weekMinutes = 7 * dayMinutes
)

// minute reads "HH:MM", up to 24:00.
func minute(s string) (int, bool) {
	var h, m int
	if len(s) != 5 {
		return 0, false
	}
	if n, err := fmt.Sscanf(s, "%2d:%2d", &h, &m); n != 2 || err != nil || h < 0 || m < 0 || m > 59 || 60*h+m > dayMinutes {
		return 0, false
	}
	return 60*h + m, true
}

func clock(minute int) string { return fmt.Sprintf("%02d:%02d", minute/60, minute%60) }

// covered tells of each minute of a week, from Monday, whether one of the windows
// has it. Not ok where one is not written as it must be.
func covered(list []autoreply.Window) (week [weekMinutes]bool, ok bool) {
	for _, w := range list {
		from, good := minute(w.From)
		to, also := minute(w.To)
		if !good || !also || from == to {
			return week, false
		}
		if to < from {
			to += dayMinutes
		}
		for d, day := range days {
			if len(w.Days) > 0 && !slices.Contains(w.Days, day) {
				continue
			}
			for m := from; m < to; m++ {
				week[(d*dayMinutes+m)%weekMinutes] = true
			}
		}
	}
	return week, true
}

// closed returns the windows of all times that are in none of a list. A stretch
// that passes midnight stays one window where it ends on the next day; a longer one
// is parted at midnight. Not ok where a window of the list is not written as it must
// be, or nothing is left.
func closed(list []autoreply.Window) (rest []autoreply.Window, ok bool) {
	week, ok := covered(list)
	if !ok {
		return nil, false
	}
	if !slices.Contains(week[:], false) {
		return nil, false
	}
	if !slices.Contains(week[:], true) {
		return []autoreply.Window{{From: "00:00", To: "24:00"}}, true
	}
	start := slices.Index(week[:], true) // no stretch that is left begins before it
	for at := 0; at < weekMinutes; {
		from := start + at
		if week[from%weekMinutes] {
			at++
			continue
		}
		for at < weekMinutes && !week[(start+at)%weekMinutes] {
			at++
		}
		rest = join(rest, from, start+at)
	}
	return tidy(rest), true
}

// join adds a stretch of the week's minutes as windows.
func join(rest []autoreply.Window, from, to int) []autoreply.Window {
	for from < to {
		midnight := (from/dayMinutes + 1) * dayMinutes
		end := min(to, midnight)
		if to > midnight && to-midnight < dayMinutes && to-midnight < from%dayMinutes {
			end = to // it ends on the next day, before the time it began
		}
		w := autoreply.Window{Days: []autoreply.Day{days[from/dayMinutes%7]}, From: clock(from % dayMinutes), To: clock(end % dayMinutes)}
		if end%dayMinutes == 0 {
			w.To = "24:00"
		}
		rest = append(rest, w)
		from = end
	}
	return rest
}

// tidy puts the days of windows with the same times together.
func tidy(list []autoreply.Window) []autoreply.Window {
	var out []autoreply.Window
	for _, w := range list {
		i := slices.IndexFunc(out, func(o autoreply.Window) bool { return o.From == w.From && o.To == w.To })
		if i < 0 {
			out = append(out, w)
			continue
		}
		out[i].Days = append(out[i].Days, w.Days...)
	}
	for i := range out {
		slices.SortFunc(out[i].Days, func(a, b autoreply.Day) int { return slices.Index(days, a) - slices.Index(days, b) })
		if len(out[i].Days) == len(days) {
			out[i].Days = nil
		}
	}
	return out
}

// sameTimes reports whether two lists of windows hold the same times.
func sameTimes(a, b []autoreply.Window) bool {
	x, okX := covered(a)
	y, okY := covered(b)
	return okX && okY && x == y
}

// windows says windows in one line: "13:00–14:00, Mon–Fri".
func (s *Screen) windows(list []autoreply.Window) string {
	var parts []string
	for _, w := range list {
		part := w.From + "–" + w.To
		if len(w.Days) > 0 && len(w.Days) < len(days) {
			part += ", " + s.dayList(w.Days)
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, "; ")
}

// dayList says days: "Mon–Fri, Sun".
func (s *Screen) dayList(list []autoreply.Day) string {
	var parts []string
	for i := 0; i < len(days); i++ {
		if !slices.Contains(list, days[i]) {
			continue
		}
		last := i
		for last+1 < len(days) && slices.Contains(list, days[last+1]) {
			last++
		}
		switch word := s.Words.T(dayWords[i]); {
		case last > i+1:
			parts = append(parts, word+"–"+s.Words.T(dayWords[last]))
			i = last
		default:
			parts = append(parts, word)
		}
	}
	return strings.Join(parts, ", ")
}
