package autoreply

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestOpeningHours(t *testing.T) {
	const (
		usual    = `"open": [{"days": ["mon","tue","wed","thu","fri"], "from": "08:00", "to": "22:00"}]`
		lateBar  = `"open": [{"days": ["fri","sat"], "from": "20:00", "to": "02:00"}], "holidays": ["2026-12-25"]`
		twoParts = `"open": [{"from": "09:00", "to": "13:00"}, {"from": "14:00", "to": "24:00"}]`
		always   = `"open": [{"from": "00:00", "to": "24:00"}]`
		early    = `"open": [{"from": "01:30", "to": "03:30"}]`
	)
	tests := []struct {
		name, hours, zone, at string
		open                  bool
	}{
		{"from is open", usual, "Europe/Lisbon", "2026-11-25T08:00:00Z", true},
		{"the second before from is closed", usual, "Europe/Lisbon", "2026-11-25T07:59:59Z", false},
		{"the second before to is open", usual, "Europe/Lisbon", "2026-11-25T21:59:59Z", true},
		{"to is closed", usual, "Europe/Lisbon", "2026-11-25T22:00:00Z", false},
		{"a day that is not named is closed", usual, "Europe/Lisbon", "2026-11-28T12:00:00Z", false},
		{"the zone of the shop counts", usual, "Asia/Almaty", "2026-11-25T03:30:00Z", true},
		{"the weekday of the shop counts", usual, "Pacific/Auckland", "2026-11-29T20:00:00Z", true},

		{"with no hours 08:00 is open", "", "Europe/Lisbon", "2026-11-29T08:00:00Z", true},
		{"with no hours 22:00 is closed", "", "Europe/Lisbon", "2026-11-29T22:00:00Z", false},
		{"with no hours 07:59 is closed", "", "Europe/Lisbon", "2026-11-29T07:59:00Z", false},
		{"two windows leave the hour between them", twoParts, "Europe/Lisbon", "2026-11-25T13:30:00Z", false},
		{"24:00 is the end of the day", twoParts, "Europe/Lisbon", "2026-11-25T23:59:59Z", true},
		{"a whole day has no gap at midnight", always, "Europe/Lisbon", "2026-11-25T00:00:00Z", true},

		{"past midnight: Friday evening", lateBar, "Europe/Lisbon", "2026-11-27T23:00:00Z", true},
		{"past midnight: the night after Friday", lateBar, "Europe/Lisbon", "2026-11-28T01:59:00Z", true},
		{"past midnight: its end", lateBar, "Europe/Lisbon", "2026-11-28T02:00:00Z", false},
		{"past midnight: the night after Saturday, a Sunday", lateBar, "Europe/Lisbon", "2026-11-29T01:00:00Z", true},
		{"past midnight: the night after Sunday", lateBar, "Europe/Lisbon", "2026-11-30T01:00:00Z", false},
		{"past midnight: the night before Friday", lateBar, "Europe/Lisbon", "2026-11-27T01:00:00Z", false},

		{"a holiday is closed", lateBar, "Europe/Lisbon", "2026-12-25T21:00:00Z", false},
		{"so is the night that would have belonged to it", lateBar, "Europe/Lisbon", "2026-12-26T01:00:00Z", false},
		{"the evening after it is open", lateBar, "Europe/Lisbon", "2026-12-26T21:00:00Z", true},
		{"a holiday begins at the shop's midnight", lateBar, "Asia/Almaty", "2026-12-24T20:00:00Z", false},

		// Lisbon: summer time began on 2026-03-29 (01:00 became 02:00) and ended on 2026-10-25 (02:00 became 01:00).
		{"before summer time the hours are an hour later in UTC", usual, "Europe/Lisbon", "2026-03-27T07:30:00Z", false},
		{"in summer time they are earlier", usual, "Europe/Lisbon", "2026-03-30T07:30:00Z", true},
		{"a start in the skipped hour: before it", early, "Europe/Lisbon", "2026-03-29T00:59:00Z", false},
		{"a start in the skipped hour: right after it", early, "Europe/Lisbon", "2026-03-29T01:00:00Z", true},
		{"the repeated hour: its first 01:45", early, "Europe/Lisbon", "2026-10-25T00:45:00Z", true},
		{"the repeated hour: 01:15 comes back and is closed", early, "Europe/Lisbon", "2026-10-25T01:15:00Z", false},
		{"the repeated hour: its second 01:45", early, "Europe/Lisbon", "2026-10-25T01:45:00Z", true},
		// New York: summer time began on 2026-03-08 (02:00 became 03:00) and ended on 2026-11-01 (02:00 became 01:00).
		{"New York, the skipped hour: before it", early, "America/New_York", "2026-03-08T06:59:59Z", true},
		{"New York, the skipped hour: an end after it comes sooner", early, "America/New_York", "2026-03-08T07:29:59Z", true},
		{"New York, the skipped hour: the end", early, "America/New_York", "2026-03-08T07:30:00Z", false},
		{"New York, the repeated hour: its first 01:30", early, "America/New_York", "2026-11-01T05:30:00Z", true},
		{"New York, the repeated hour: 01:29 comes back and is closed", early, "America/New_York", "2026-11-01T06:29:59Z", false},
		{"New York, the repeated hour: its second 01:30", early, "America/New_York", "2026-11-01T06:30:00Z", true},
		{"New York, a night over the change: the Saturday's window ends an hour sooner", lateBar, "America/New_York", "2026-03-08T06:59:59Z", true},
		{"New York, a night over the change: its end", lateBar, "America/New_York", "2026-03-08T07:00:00Z", false},
		{"New York, a night over the repeated hour lasts until its second end", lateBar, "America/New_York", "2026-11-01T06:59:59Z", true},
		{"New York, a night over the repeated hour: its end", lateBar, "America/New_York", "2026-11-01T07:00:00Z", false},
		// São Paulo has had no summer time since 2019, Jakarta none since long before.
		{"São Paulo in January", usual, "America/Sao_Paulo", "2026-01-14T11:00:00Z", true},
		{"São Paulo in January, a second before", usual, "America/Sao_Paulo", "2026-01-14T10:59:59Z", false},
		{"São Paulo in July", usual, "America/Sao_Paulo", "2026-07-15T11:00:00Z", true},
		{"São Paulo in July, a second before", usual, "America/Sao_Paulo", "2026-07-15T10:59:59Z", false},
		{"São Paulo when it had summer time", usual, "America/Sao_Paulo", "2018-12-12T10:00:00Z", true},
		{"Jakarta", usual, "Asia/Jakarta", "2026-07-15T01:00:00Z", true},
		{"Jakarta, a second before", usual, "Asia/Jakarta", "2026-07-15T00:59:59Z", false},
		{"Jakarta, where the day began before that of UTC", lateBar, "Asia/Jakarta", "2026-11-27T18:59:59Z", true},
		// Beirut: summer time begins at midnight, so that 2026-03-29 has no 00:30.
		{"a midnight that does not exist: the evening before", lateBar, "Asia/Beirut", "2026-03-28T21:59:00Z", true},
		{"a midnight that does not exist: the night after it", lateBar, "Asia/Beirut", "2026-03-28T22:30:00Z", true},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			hours := tc.hours
			if hours != "" {
				hours = ", " + hours
			}
			b := book(t, `{"version": 1, "timezone": "`+tc.zone+`"`+hours+`, "rules": []}`)
			at, err := time.Parse(time.RFC3339, tc.at)
			if err != nil {
				t.Fatal(err)
			}
			if got := isOpen(b.open, b.holidays, clockAt(at, b.zone)); got != tc.open {
				t.Errorf("open at %v is %v, want %v", at.In(b.zone), got, tc.open)
			}
		})
	}
}

// A window and the one that takes over where it ends share the day between them.
func TestAWindowAndItsRestMakeTheWholeDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := rapid.IntRange(0, minutesOfDay-1).Draw(t, "from")
		to := rapid.IntRange(0, minutesOfDay-1).Filter(func(to int) bool { return to != from }).Draw(t, "to")
		zone, err := time.LoadLocation(rapid.SampledFrom([]string{"Europe/Lisbon", "Asia/Beirut", "America/New_York", "America/Sao_Paulo", "Asia/Jakarta", "Australia/Lord_Howe"}).Draw(t, "zone"))
		if err != nil {
			t.Fatal(err)
		}
		at := time.Unix(rapid.Int64Range(1.7e9, 1.9e9).Draw(t, "at"), 0)
		c := clockAt(at, zone)
		window, rest := span{days: everyDay, from: from, to: to}, span{days: everyDay, from: to, to: from}
		if within([]span{window}, c) == within([]span{rest}, c) {
			t.Fatalf("%v stands in both of %v and %v, or in neither", at.In(zone), window, rest)
		}
	})
}

func TestMinuteOfDay(t *testing.T) {
	for s, want := range map[string]int{"00:00": 0, "08:05": 485, "23:59": 1439, "24:00": 1440} {
		if got, ok := minuteOfDay(s); !ok || got != want {
			t.Errorf("%q is %d, %v, want %d", s, got, ok, want)
		}
	}
	for _, s := range []string{"", "8:00", "08:60", "24:01", "25:00", "+8:00", "08.00", "0800", "08:00 "} {
		if got, ok := minuteOfDay(s); ok {
			t.Errorf("%q is taken as %d", s, got)
		}
	}
}
