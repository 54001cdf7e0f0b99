package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"shopbell/app"
	"shopbell/app/live"
	"shopbell/app/tour"
)

// tourPace is how often a simulated customer writes on a tour.
const tourPace = 1200 * time.Millisecond

// runTour shows the window while the tour drives it, and prints the summary as
// a table and as one line of JSON. It must be called on the main goroutine.
func runTour(ctx context.Context, window *app.App, shop *shopFolder, lasts time.Duration) error {
	type outcome struct {
		summary tour.Summary
		err     error
	}
	done := make(chan outcome, 1)
	go func() {
		summary, err := tour.Run(ctx, tour.Options{
			App: window, Loop: live.Fyne(time.Now), For: lasts, Ask: os.Stdout, Told: os.Stdin,
			Written: func() int { return shop.host.Sandbox().Stats().Written },
		})
		done <- outcome{summary, err}
		window.Quit()
	}()
	if err := window.Run(); err != nil {
		return err
	}
	o := <-done
	if o.err != nil {
		return o.err
	}
	if err := o.summary.Print(os.Stdout); err != nil {
		return err
	}
	line, err := json.Marshal(o.summary)
	if err != nil {
		return err
	}
	fmt.Println(string(line))
	return nil
}
