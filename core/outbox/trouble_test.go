package outbox

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"shopbell/core/retry"
)

func TestSenderWithoutDisk(t *testing.T) {
	refusing := func(which ...string) func(string) error {
		return func(op string) error {
			if slices.Contains(which, op) {
				return errDisk
			}
			return nil
		}
	}
	simulated(t, "an acceptance that cannot be stored is stored later, and not sent again", func(t *testing.T) {
		d := open(t, always(nil))
		d.refuse(refusing("sent"))
		d.put(1)
		d.put(1)
		time.Sleep(time.Minute)
		wantStates(t, d, "sending", "ready")
		if err := d.State().Ledger; !errors.Is(err, errDisk) {
			t.Errorf("the state says %v", err)
		}
		d.refuse(refusing())
		time.Sleep(10 * time.Second)
		wantStates(t, d, "sent", "sent")
		if sent := d.sent(); !slices.Equal(sent, []int64{1, 2}) || d.State().Ledger != nil {
			t.Errorf("sent %v, the state says %v", sent, d.State().Ledger)
		}
	})
	for _, op := range []string{"recover", "ready", "claim"} {
		simulated(t, "nothing is sent while the ledger refuses "+op+", and everything after", func(t *testing.T) {
			d := open(t, always(nil), func(o *Options) { o.Ledger.(*memory).refuse = refusing(op) })
			d.put(1)
			time.Sleep(time.Minute)
			if err := d.State().Ledger; !errors.Is(err, errDisk) || len(d.sent()) != 0 {
				t.Errorf("the state says %v, sent %v", err, d.sent())
			}
			d.refuse(refusing())
			time.Sleep(10 * time.Second)
			wantStates(t, d, "sent")
		})
	}
	simulated(t, "what expires is not sent even when that cannot be stored", func(t *testing.T) {
		d := open(t, always(nil))
		d.refuse(refusing("claim", "expire"))
		d.ledger.put(1, 1, time.Time{}, time.Second)
		d.Wake()
		time.Sleep(time.Minute)
		d.refuse(refusing("expire"))
		time.Sleep(time.Minute)
		wantStates(t, d, "ready")
		d.refuse(refusing())
		time.Sleep(time.Minute)
		wantStates(t, d, "expired")
		if sent := d.sent(); len(sent) != 0 {
			t.Errorf("sent %v", sent)
		}
	})
}

func TestSenderEnds(t *testing.T) {
	takes := func(d time.Duration) func(*Options) {
		return func(o *Options) {
			o.Courier = courierFunc(func(ctx context.Context, id int64) error {
				if !retry.Wait(ctx, d) {
					return errNoAnswer
				}
				return nil
			})
		}
	}
	simulated(t, "a send under way may end and is stored; nothing more is claimed", func(t *testing.T) {
		d := open(t, nil, takes(5*time.Second))
		d.put(1)
		d.put(1)
		time.Sleep(time.Second)
		d.end()
		if err := <-d.done; err != nil {
			t.Error(err)
		}
		wantStates(t, d, "sent", "ready")
	})
	simulated(t, "a send that takes longer than the grace is cut off and unknown", func(t *testing.T) {
		d := open(t, nil, takes(time.Hour), func(o *Options) { o.Grace = 2 * time.Second })
		d.put(1)
		time.Sleep(time.Second)
		before := time.Now()
		d.end()
		if err := <-d.done; err != nil || time.Since(before) != 2*time.Second {
			t.Errorf("ended after %v with %v", time.Since(before), err)
		}
		wantStates(t, d, "unknown")
	})
	simulated(t, "what was claimed and not sent is ready again", func(t *testing.T) {
		d := open(t, always(nil))
		d.refuse(func(op string) error {
			if op == "claim" {
				d.end()
			}
			return nil
		})
		d.put(1)
		if err := <-d.done; err != nil || len(d.sent()) != 0 {
			t.Errorf("ended with %v after sending %v", err, d.sent())
		}
		wantStates(t, d, "ready")
	})
	simulated(t, "a result that cannot be stored is reported, and unknown in the next run", func(t *testing.T) {
		d := open(t, always(nil))
		d.refuse(func(op string) error {
			if op == "sent" {
				return errDisk
			}
			return nil
		})
		d.put(1)
		time.Sleep(time.Second)
		d.end()
		if err := <-d.done; !errors.Is(err, errDisk) {
			t.Errorf("Run returned %v", err)
		}
		wantStates(t, d, "sending")

		next := open(t, always(nil), func(o *Options) { o.Ledger = d.ledger })
		time.Sleep(time.Second)
		wantStates(t, d, "unknown")
		if sent := next.sent(); len(sent) != 0 {
			t.Errorf("sent %v", sent)
		}
	})
	simulated(t, "a second Run is refused", func(t *testing.T) {
		d := open(t, always(nil))
		synctest.Wait()
		if d.Run(t.Context()) == nil {
			t.Error("it ran")
		}
	})
	simulated(t, "it ends at once when the ledger never let it begin", func(t *testing.T) {
		d := open(t, always(nil), func(o *Options) { o.Ledger.(*memory).refuse = func(string) error { return errDisk } })
		time.Sleep(time.Second)
		d.end()
		if err := <-d.done; err != nil {
			t.Error(err)
		}
	})
	simulated(t, "a message that comes late out of its claim goes back and expires", func(t *testing.T) {
		d := open(t, always(nil), slowClaims(2*time.Second))
		d.ledger.put(1, 1, time.Time{}, time.Second)
		d.Wake()
		time.Sleep(5 * time.Second)
		wantStates(t, d, "expired")
		if sent := d.sent(); len(sent) != 0 {
			t.Errorf("sent %v", sent)
		}
	})
}
