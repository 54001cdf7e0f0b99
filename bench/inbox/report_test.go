package main

import (
	"slices"
	"testing"
	"time"

	"shopbell/bench/inbox/figures"
)

// measured is a shop in which each act took as long as given, ten times.
func measured(memory float64, took time.Duration) *shop {
	o := figures.Outcome{Memory: memory, Took: map[figures.Act][]figures.Time{}}
	for _, g := range goals {
		o.Took[g.act] = slices.Repeat([]figures.Time{{Took: took}}, 10)
	}
	return &shop{outcome: []figures.Outcome{o}}
}

func TestAGoalIsMissed(t *testing.T) {
	const ms = time.Millisecond
	one := func(s *shop, act figures.Act, took ...time.Duration) *shop {
		s.outcome[0].Took[act] = nil
		for _, t := range took {
			s.outcome[0].Took[act] = append(s.outcome[0].Took[act], figures.Time{Took: t})
		}
		return s
	}
	for _, c := range []struct {
		name         string
		small, large *shop
		want         int
	}{
		{"not where all is within it", measured(100, 20*ms), measured(200, 22*ms), 0},
		{"by an act over it in more than 5 of 100 times", measured(100, 20*ms), one(measured(200, 20*ms), figures.Open, 20*ms, 20*ms, 101*ms), 1},
		{"by one time at which the UI thread does not listen", measured(100, 0), one(measured(200, 0), figures.List, append(make([]time.Duration, 99), 51*ms)...), 1},
		{"by growing by half", measured(100, 40*ms), one(measured(200, 40*ms), figures.Open, 60*ms), 1},
		{"not by growing by half within a frame", measured(100, 10*ms), one(measured(200, 10*ms), figures.Open, 20*ms), 0},
		{"not by what a small shop cannot do", one(measured(100, 20*ms), figures.Far), measured(200, 20*ms), 0},
		{"by too much memory", measured(100, 20*ms), measured(300, 20*ms), 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := reportOf(c.small, c.large).missed(); got != c.want {
				t.Errorf("%d goals are missed, want %d", got, c.want)
			}
		})
	}
}

func TestWhatPaintsIsOfTheRoundWhoseMemoryIsTold(t *testing.T) {
	large := measured(200, 0)
	large.outcome[0].Painter, large.outcome[0].Peak = 90, 300
	more := measured(250, 0).outcome[0]
	more.Painter, more.Peak = 80, 260
	large.outcome = append(large.outcome, more)
	if r := reportOf(measured(100, 0), large); r.MiB != 250 || r.PainterMiB != 80 || r.PeakMiB != 300 {
		t.Errorf("%v MiB, of which %v paint, at most %v", r.MiB, r.PainterMiB, r.PeakMiB)
	}
}
