package locale

import (
	"fmt"
	"time"
)

// Percent is the share that n is of all, rounded to whole percents: "22 %". A share
// of nothing is "–" (kpi.md).
func (w *Words) Percent(n, all int) string {
	if all == 0 {
		return "–"
	}
	return fmt.Sprintf("%d\u00a0%%", (100*n+all/2)/all)
}

// Seconds is how long something took, in tenths of a second: "0.8 s".
func (w *Words) Seconds(d time.Duration) string {
	return w.T("took.seconds", Args{"N": w.decimal(fmt.Sprintf("%.1f", d.Seconds()))})
}
