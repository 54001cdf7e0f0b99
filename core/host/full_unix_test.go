//go:build unix

package host_test

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"shopbell/core/cloudapi"
	"shopbell/core/desk"
	"shopbell/core/host"
	"shopbell/core/sandbox"
	"shopbell/core/store/storetest"
)

func TestAFullDiskIsShownAndLosesNothing(t *testing.T) {
	if !storetest.Alone(t) {
		return
	}
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
	_, err := s.Send(t.Context(), s.anna, id, desk.Answer{Text: "yes"}, "")
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

func TestAPictureThatTheDiskHasNoRoomForIsToldSo(t *testing.T) {
	if !storetest.Alone(t) {
		return
	}
	s := openShop(t)
	room := storetest.FillDisk(t)
	add := func() (string, error) {
		return s.AddPicture(t.Context(), s.anna, "sizes.jpg", bytes.NewReader(sandbox.Photo(1).Content))
	}
	_, err := add()
	s.is(err, desk.DiskFull, "adding it")
	room()
	name, err := add()
	s.is(err, "", "adding it again")
	left, err := os.ReadDir(filepath.Join(s.dir, host.PicturesFolder))
	s.is(err, "", "looking")
	if len(left) != 1 || left[0].Name() != name {
		t.Errorf("the folder has %v, want %s alone", left, name)
	}
}

func TestAFullDiskThatHasRoomAgainIsNoticedWithoutAWebhook(t *testing.T) {
	if !storetest.Alone(t) {
		return
	}
	const secret = "app_secret"
	for _, tt := range []struct {
		name   string
		notice func(*testing.T, *host.Host)
	}{
		{"when a person tries", func(t *testing.T, h *host.Host) {
			if err := h.TryNow(t.Context(), h.Owner()); err != nil {
				t.Fatal(err)
			}
		}},
		{"by itself", func(t *testing.T, h *host.Host) {
			eventually(t, h, "the disk has room again", func() bool { return healthOf(t, h).State != desk.ConnectionFull })
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h, err := host.Open(t.Context(), host.Options{DataDir: t.TempDir(), Listen: "127.0.0.1:0", Graph: host.Graph{AppSecret: secret}})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { h.Close() })
			room := storetest.FillDisk(t)
			r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+h.Addr()+host.WebhookPath, strings.NewReader("x"))
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set(cloudapi.SignatureHeader, cloudapi.Sign(secret, []byte("x")))
			res, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			res.Body.Close()
			if got := healthOf(t, h).State; res.StatusCode != http.StatusServiceUnavailable || got != desk.ConnectionFull {
				t.Fatalf("the webhook is answered with %d, and Health is %s", res.StatusCode, got)
			}
			if err := h.TryNow(t.Context(), h.Owner()); desk.CodeOf(err) != desk.DiskFull {
				t.Errorf("trying while it is full: %v, want disk_full", err)
			}
			room()
			tt.notice(t, h)
			if got := healthOf(t, h).State; got == desk.ConnectionFull {
				t.Errorf("Health is still %s", got)
			}
		})
	}
}

func healthOf(t *testing.T, h *host.Host) desk.Health {
	t.Helper()
	state, err := h.Health(t.Context(), h.Owner())
	if err != nil {
		t.Fatal(err)
	}
	return state
}
