package locale

import (
	"testing"
	"time"
)

func TestShares(t *testing.T) {
	w := open(t, Russian)
	for want, n := range map[string][2]int{"22\u00a0%": {316, 1412}, "0\u00a0%": {0, 5}, "100\u00a0%": {5, 5}, "1\u00a0%": {1, 200}, "–": {0, 0}} {
		if got := w.Percent(n[0], n[1]); got != want {
			t.Errorf("%d of %d is %q, want %q", n[0], n[1], got, want)
		}
	}
	if got := w.Seconds(840 * time.Millisecond); got != "0,8\u00a0с" {
		t.Errorf("840 ms took %q", got)
	}
}
