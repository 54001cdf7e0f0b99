package locale

import (
	"testing"
	"time"
)

func TestParseMoment(t *testing.T) {
	w := open(t, English)
	now := time.Date(2027, 11, 24, 14, 6, 0, 0, lisbon)
	for name, test := range map[string]struct{ system, date, clock, want string }{
		"a date with its year":                        {"", "24.12.2027", "8:00", "2027-12-24 08:00"},
		"a date of the year to come":                  {"", "3.1.", "08.30", "2028-01-03 08:30"},
		"29 February of a year to come that has it":   {"", "29.2.", "8:00", "2028-02-29 08:00"},
		"29 February of a year without it":            {"", "29.2.2027", "8:00", ""},
		"no date":                                     {"", "soon", "8:00", ""},
		"the day first in Britain":                    {"en-GB", "3/12/2027", "8:00", "2027-12-03 08:00"},
		"the day first where nothing is known":        {"", "3/12", "8:00", "2027-12-03 08:00"},
		"the day first in English of no region":       {"en", "3/12/2027", "8:00", "2027-12-03 08:00"},
		"the month first in the United States":        {"en-US", "3/12/2028", "8:00", "2028-03-12 08:00"},
		"the month first without a year":              {"en-US", "12/3", "8:00", "2027-12-03 08:00"},
		"dots and dashes mean the same everywhere":    {"en-US", "3.12.2027", "8:00", "2027-12-03 08:00"},
		"a day that is no month in the United States": {"en-US", "24/12/2027", "8:00", ""},
		"the day first in Portugal":                   {"pt-PT", "3/12/2027", "8:00", "2027-12-03 08:00"},
	} {
		t.Run(name, func(t *testing.T) {
			got, ok := w.In(test.system).ParseMoment(test.date, test.clock, now)
			if text := got.Format("2006-01-02 15:04"); ok != (test.want != "") || ok && text != test.want {
				t.Errorf("got %s and %t, want %q", text, ok, test.want)
			}
		})
	}
	t.Run("29 February without a year, where the next has none", func(t *testing.T) {
		if got, ok := w.ParseMoment("29.2.", "8:00", now.AddDate(-1, 0, 0)); ok {
			t.Errorf("it is taken for %s", got)
		}
	})
	t.Run("what is written for a person is read as the same day", func(t *testing.T) {
		for _, system := range []string{"", "en-US"} {
			in := w.In(system)
			if got, ok := in.ParseMoment(in.Typed(now), "14:06", now); !ok || !got.Equal(now) {
				t.Errorf("in %q %s is read as %s", system, in.Typed(now), got)
			}
		}
	})
	t.Run("other languages begin with the day in the United States too", func(t *testing.T) {
		if got := open(t, Russian).In("en-US").Typed(now); got != "24.11.2027" {
			t.Errorf("got %s", got)
		}
	})
}

func TestParseDay(t *testing.T) {
	w := open(t, English)
	now := time.Date(2027, 11, 24, 14, 6, 0, 0, lisbon)
	for name, test := range map[string]struct{ date, want string }{
		"a date with its year":                   {"24.12.2025", "2025-12-24"},
		"one without, of this year":              {"3.1.", "2027-01-03"},
		"one without, not over yet":              {"24.11.", "2027-11-24"},
		"one without that this year will have":   {"3/12", "2026-12-03"},
		"29 February of a year without":          {"29.2.2027", ""},
		"29 February, of the last year with one": {"29.02", "2024-02-29"},
		"no date":                                {"", ""},
	} {
		t.Run(name, func(t *testing.T) {
			got, ok := w.ParseDay(test.date, now)
			if ok != (test.want != "") || ok && got.Format(time.DateOnly) != test.want || !ok && !got.IsZero() {
				t.Errorf("got %v and %t, want %q", got, ok, test.want)
			}
		})
	}
}

func TestFullDay(t *testing.T) {
	day := time.Date(2026, 12, 24, 8, 0, 0, 0, lisbon)
	for language, want := range map[Language]string{
		English: "Thu, 24 December 2026", Portuguese: "qui, 24 de dezembro de 2026", Russian: "чт, 24 декабря 2026",
	} {
		if got := open(t, language).FullDay(day); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
