package tour

import (
	"strings"
	"testing"
	"time"

	"shopbell/app/live"
)

// driven is Window under a name that is none of its methods.
type driven = Window

// closed is a window that a person closes as soon as it is shown.
type closed struct{ driven }

func (closed) Run() error { return nil }
func (closed) Quit()      {}

func TestShow(t *testing.T) {
	t.Run("fails where the window is closed before the tour is over", func(t *testing.T) {
		loop := live.Fyne(time.Now)
		loop.Post = func(func()) {} // its thread has ended
		var out strings.Builder
		err := Show(t.Context(), Options{App: closed{}, Loop: loop, Told: strings.NewReader("")}, &out)
		if err == nil || !strings.Contains(err.Error(), "closed before") || out.Len() != 0 {
			t.Errorf("got %v and wrote %q", err, out.String())
		}
	})
	for _, tt := range []struct {
		name    string
		summary Summary
		want    string // part of the error; empty: none
	}{
		{"succeeds where nothing was lost", Summary{MessagesIn: 5, Automatic: 3}, ""},
		{"fails where messages were lost", Summary{MessagesIn: 5, Lost: 2}, "2 messages were lost"},
		{"fails where nobody wrote", Summary{}, "no customer wrote"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var out strings.Builder
			err := tt.summary.report(&out)
			if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v", err)
			}
			if !strings.Contains(out.String(), `"messages_in":`) || !strings.Contains(out.String(), "answers out") {
				t.Errorf("wrote %q", out.String())
			}
		})
	}
}
