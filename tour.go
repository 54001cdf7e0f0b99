package main

import (
	"context"
	"os"
	"time"

	"shopbell/app"
	"shopbell/app/live"
	"shopbell/app/tour"
)

// tourPace is how often a simulated customer writes on a tour.
const tourPace = 1200 * time.Millisecond

// runTour shows the window while the tour drives it. It must be called on the
// main goroutine.
func runTour(ctx context.Context, window *app.App, shop *shopFolder, lasts time.Duration) error {
	return tour.Show(ctx, tour.Options{
		App: window, Loop: live.Fyne(time.Now), For: lasts, Ask: os.Stdout, Told: os.Stdin,
		Written: func() int { return shop.host.Sandbox().Stats().Written },
	}, os.Stdout)
}
