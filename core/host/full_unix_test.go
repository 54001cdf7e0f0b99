//go:build unix

package host_test

import (
	"net/http"
	"testing"

	"shopbell/core/desk"
	"shopbell/core/store/storetest"
)

func TestAFullDiskIsShownAndLosesNothing(t *testing.T) {
	s := openShop(t)
	id := s.write("zzz")
	s.until("she is greeted", func() bool { return len(s.Sandbox().Inbox(emma)) == 1 })
	if err := s.Sandbox().Idle(t.Context()); err != nil {
		t.Fatal(err)
	}
	events := s.Subscribe(t.Context())
	room := storetest.FillDisk(t)
	written := make(chan error, 1)
	go func() {
		_, err := s.Sandbox().Write(t.Context(), emma, "is anybody there?")
		written <- err
	}()
	for e := range events {
		if e.Kind == desk.EventHealth {
			break
		}
	}
	if h := s.health(); h.State != desk.ConnectionFull {
		t.Errorf("Health is %+v, want a full disk", h)
	}
	if status, _ := s.fetch("/healthz"); status != http.StatusServiceUnavailable {
		t.Errorf("/healthz answers %d, want 503", status)
	}
	_, err := s.Send(t.Context(), s.anna, id, "yes", "")
	s.is(err, desk.DiskFull, "sending")
	room()
	if err := <-written; err != nil {
		t.Fatal(err)
	}
	s.until("the disk has room again", func() bool { return s.health().State == desk.ConnectionOK })
	s.until("what she wrote is there, once", func() bool {
		n := 0
		for _, m := range s.chat(id) {
			if m.Text == "is anybody there?" {
				n++
			}
		}
		return n == 1
	})
}
