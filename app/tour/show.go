package tour

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Show shows the window while the tour drives it, and writes what has happened
// to out, as a table and as one line of JSON. It must be called on the main
// goroutine, once. It fails where the window was closed before the tour was
// over, where a message was lost and where nobody wrote.
func Show(ctx context.Context, o Options, out io.Writer) error {
	type outcome struct {
		summary Summary
		err     error
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	over := make(chan outcome, 1)
	go func() {
		summary, err := drive(ctx, o)
		over <- outcome{summary, err}
		o.App.Quit()
	}()
	if err := o.App.Run(); err != nil {
		return err
	}
	select {
	case end := <-over:
		if end.err != nil {
			return end.err
		}
		return end.summary.report(out)
	default: // the tour quits only once its outcome is there
		return errors.New("tour: the window was closed before the tour was over")
	}
}

// report writes the summary and judges it.
func (s Summary) report(out io.Writer) error {
	if err := s.Print(out); err != nil {
		return err
	}
	line, err := json.Marshal(s)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintln(out, string(line)); err != nil {
		return err
	}
	switch {
	case s.Lost > 0:
		return fmt.Errorf("tour: %d messages were lost", s.Lost)
	case s.MessagesIn == 0:
		return errors.New("tour: no customer wrote, so nothing was shown to work")
	}
	return nil
}
