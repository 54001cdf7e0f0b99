package chat

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

var statuses = []Status{
	StatusNone, StatusScheduled, StatusQueued, StatusSent, StatusDelivered, StatusRead, StatusPlayed, StatusFailed, StatusUnknown, StatusExpired,
}

func TestClimb(t *testing.T) {
	climbs := map[Status][]Status{ // what each status gives way to
		StatusNone:      {},
		StatusScheduled: {StatusSent, StatusDelivered, StatusRead, StatusPlayed, StatusExpired},
		StatusQueued:    {StatusSent, StatusDelivered, StatusRead, StatusPlayed, StatusFailed, StatusUnknown, StatusExpired},
		StatusSent:      {StatusDelivered, StatusRead, StatusPlayed, StatusFailed},
		StatusDelivered: {StatusRead, StatusPlayed},
		StatusRead:      {StatusPlayed},
		StatusPlayed:    {},
		StatusFailed:    {StatusDelivered, StatusRead, StatusPlayed},
		StatusUnknown:   {StatusSent, StatusDelivered, StatusRead, StatusPlayed, StatusFailed},
		StatusExpired:   {StatusSent, StatusDelivered, StatusRead, StatusPlayed},
	}
	for _, from := range statuses {
		t.Run("from "+string(from), func(t *testing.T) {
			for _, to := range append(statuses, "warning") {
				got, changed := from.Climb(to)
				want := from
				if slices.Contains(climbs[from], to) {
					want = to
				}
				if got != want || changed != (want != from) {
					t.Errorf("%q then %q is %q (change: %t), want %q", from, to, got, changed, want)
				}
			}
		})
	}
}

// height is how far a message has come for sure; beside the ladder it is 0.
func height(s Status) int {
	return slices.Index([]Status{"", StatusSent, StatusDelivered, StatusRead, StatusPlayed}, s)
}

func TestWhateverComesInWhateverOrderAMessageNeverGoesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		reports := rapid.SliceOf(rapid.SampledFrom(statuses)).Draw(t, "reports")
		now, highest := StatusQueued, 0
		for i, r := range reports {
			next, changed := now.Climb(r)
			if changed != (next != now) {
				t.Fatalf("report %d: %q to %q, and change is %t", i, now, next, changed)
			}
			if height(now) > 0 && height(next) < height(now) && (now != StatusSent || next != StatusFailed) {
				t.Fatalf("report %d (%q) took %q back to %q", i, r, now, next)
			}
			if highest = max(highest, height(r)); highest > height(StatusSent) && height(next) != highest {
				t.Fatalf("after %q the status is %q, though more was reported", reports[:i+1], next)
			}
			now = next
		}
	})
}

func TestTheOrderOfDeliveryReportsDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		reports := rapid.SliceOfN(rapid.SampledFrom([]Status{StatusSent, StatusDelivered, StatusRead, StatusPlayed}), 1, 8).Draw(t, "reports")
		last := func(list []Status) Status {
			s := StatusQueued
			for _, r := range list {
				s, _ = s.Climb(r)
			}
			return s
		}
		shuffled := rapid.Permutation(reports).Draw(t, "shuffled")
		if a, b := last(reports), last(shuffled); a != b {
			t.Fatalf("%q gives %q, and %q gives %q", reports, a, shuffled, b)
		}
	})
}
