package autoreply

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func bookOf(t tester, hours string) *Book {
	t.Helper()
	if hours != "" {
		hours = ", " + hours
	}
	f, _, err := Parse([]byte(`{"version": 1, "timezone": "Europe/Lisbon", "rules": []` + hours + `}`))
	if err != nil {
		t.Fatal(err)
	}
	book, err := Compile(f)
	if err != nil {
		t.Fatal(err)
	}
	return book
}

type tester interface {
	Helper()
	Fatal(args ...any)
}

func TestNextOpening(t *testing.T) {
	const (
		week     = `"open": [{"days": ["mon","tue","wed","thu","fri"], "from": "09:00", "to": "18:00"}], "holidays": ["2026-12-25", "2026-12-28"]`
		twoParts = `"open": [{"from": "09:00", "to": "13:00"}, {"from": "14:00", "to": "24:00"}]`
		always   = `"open": [{"from": "00:00", "to": "24:00"}]`
		joined   = `"open": [{"from": "08:00", "to": "12:00"}, {"from": "12:00", "to": "20:00"}]`
	)
	for _, tt := range []struct {
		name, hours, at, want string
	}{
		{"before the day begins", week, "2026-11-25T07:00:00Z", "2026-11-25T09:00:00Z"},
		{"while it is open: the next day", week, "2026-11-25T12:00:00Z", "2026-11-26T09:00:00Z"},
		{"at the opening itself: the next one", week, "2026-11-25T09:00:00Z", "2026-11-26T09:00:00Z"},
		{"over a weekend", week, "2026-11-27T20:00:00Z", "2026-11-30T09:00:00Z"},
		{"over holidays and a weekend", week, "2026-12-24T20:00:00Z", "2026-12-29T09:00:00Z"},
		{"after a break at noon", twoParts, "2026-11-25T13:10:00Z", "2026-11-25T14:00:00Z"},
		{"windows that touch are one", joined, "2026-11-25T09:00:00Z", "2026-11-26T08:00:00Z"},
		{"in summer time", week, "2026-07-01T20:00:00Z", "2026-07-02T08:00:00Z"},
		{"a shop that names no hours opens at eight", "", "2026-11-25T23:00:00Z", "2026-11-26T08:00:00Z"},
		{"one that never closes does not open", always, "2026-11-25T12:00:00Z", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			at, err := time.Parse(time.RFC3339, tt.at)
			if err != nil {
				t.Fatal(err)
			}
			got, ok := bookOf(t, tt.hours).NextOpening(at)
			if ok != (tt.want != "") || ok && got.UTC().Format(time.RFC3339) != tt.want {
				t.Errorf("it opens at %s (%t), want %q", got.UTC().Format(time.RFC3339), ok, tt.want)
			}
		})
	}
}

func TestAtItsNextOpeningAShopIsOpenAndJustWasNot(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := rapid.IntRange(0, 23).Draw(t, "from")
		to := rapid.IntRange(0, 23).Filter(func(n int) bool { return n != from }).Draw(t, "to")
		clock := func(h int) string { return time.Date(2026, 1, 1, h, 0, 0, 0, time.UTC).Format("15:04") }
		book := bookOf(t, `"open": [{"from": "`+clock(from)+`", "to": "`+clock(to)+`"}]`)
		now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(rapid.IntRange(0, 365*24*60).Draw(t, "minutes")) * time.Minute)
		next, ok := book.NextOpening(now)
		open := func(at time.Time) bool { return isOpen(book.open, book.holidays, clockAt(at, book.zone)) }
		if !ok || !next.After(now) || next.Sub(now) > 49*time.Hour || !open(next) || open(next.Add(-time.Minute)) {
			t.Fatalf("from %s it opens at %s (%t)", now, next, ok)
		}
	})
}
