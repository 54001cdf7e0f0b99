package retry_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"shopbell/core/retry"
)

func TestWait(t *testing.T) {
	t.Run("it lasts as long as it was told", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			before := time.Now()
			if !retry.Wait(t.Context(), time.Minute) {
				t.Error("it says that the context ended")
			}
			if took := time.Since(before); took != time.Minute {
				t.Errorf("it took %v, not a minute", took)
			}
		})
	})
	t.Run("it ends with its context", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			before := time.Now()
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			if retry.Wait(ctx, time.Minute) {
				t.Error("it says that it waited the whole time")
			}
			if took := time.Since(before); took != time.Second {
				t.Errorf("it took %v, not a second", took)
			}
		})
	})
}
