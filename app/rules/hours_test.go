package rules

import (
	"fmt"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"shopbell/core/autoreply"
)

func TestClosed(t *testing.T) {
	workdays := days[:5]
	for _, c := range []struct {
		name string
		open []autoreply.Window
		want []autoreply.Window
	}{
		{"the night of a shop open each day is one window", []autoreply.Window{{From: "08:00", To: "22:00"}}, []autoreply.Window{{From: "22:00", To: "08:00"}}},
		{"the break at noon is one, too", []autoreply.Window{{From: "08:00", To: "12:00"}, {From: "13:00", To: "20:00"}},
			[]autoreply.Window{{From: "12:00", To: "13:00"}, {From: "20:00", To: "08:00"}}},
		{"a shop open until midnight is closed from then", []autoreply.Window{{From: "09:00", To: "24:00"}}, []autoreply.Window{{From: "00:00", To: "09:00"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, ok := closed(c.open); !ok || !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %v (%v), want %v", got, ok, c.want)
			}
		})
	}
	t.Run("nothing is left of a shop that is always open, or of times that cannot be read", func(t *testing.T) {
		for _, list := range [][]autoreply.Window{{{From: "00:00", To: "24:00"}}, {{From: "8", To: "22:00"}}, {{From: "08:00", To: "08:00"}}} {
			if got, ok := closed(list); ok {
				t.Errorf("%v leaves %v", list, got)
			}
		}
	})
	t.Run("each minute of the week is either open or closed, and a rules file takes both", func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			var list []autoreply.Window
			for i := range rapid.IntRange(1, 4).Draw(t, "windows") {
				from := rapid.IntRange(0, dayMinutes-1).Draw(t, fmt.Sprint("from", i))
				to := rapid.IntRange(0, dayMinutes).Filter(func(to int) bool { return to != from }).Draw(t, fmt.Sprint("to", i))
				w := autoreply.Window{From: clock(from), To: clock(to)}
				if rapid.Bool().Draw(t, fmt.Sprint("workdays", i)) {
					w.Days = workdays
				}
				list = append(list, w)
			}
			inside, ok := covered(list)
			rest, left := closed(list)
			if !ok || !left {
				return
			}
			outside, ok := covered(rest)
			if !ok {
				t.Fatalf("%v cannot be read", rest)
			}
			for m := range inside {
				if inside[m] == outside[m] {
					t.Fatalf("minute %d of the week is open: %v, and closed: %v (%v, %v)", m, inside[m], outside[m], list, rest)
				}
			}
			if _, err := autoreply.Compile(autoreply.File{Version: autoreply.Version, Open: rest}); err != nil {
				t.Fatal(err)
			}
		})
	})
}
