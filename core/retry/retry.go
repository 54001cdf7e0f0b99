// Package retry is the pause between two tries, for the loops that work off a
// table: what cannot be done now is looked at again later, or the program ends.
package retry

import (
	"context"
	"time"
)

// Wait pauses for d. It reports false, at once, when ctx ends first: then the
// caller stops trying.
func Wait(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}
