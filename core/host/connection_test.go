package host_test

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/host"
	"shopbell/core/sandbox"
	"shopbell/core/store/storetest"
)

func (s *shop) health() desk.Health {
	s.t.Helper()
	h, err := s.Health(s.t.Context(), s.pedro)
	if err != nil {
		s.t.Fatal(err)
	}
	return h
}

// fetch reads a path of the desk's own server.
func (s *shop) fetch(path string) (status int, body string) {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.t.Context(), http.MethodGet, "http://"+s.Addr()+path, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer res.Body.Close()
	data, err := io.ReadAll(res.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return res.StatusCode, string(data)
}

func TestADeskWithoutANumberSaysSo(t *testing.T) {
	h, err := host.Open(t.Context(), host.Options{DataDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.Close() })
	got, err := h.Health(t.Context(), h.Owner())
	if err != nil || got != (desk.Health{State: desk.ConnectionNone}) {
		t.Errorf("Health is %+v, %v", got, err)
	}
	if h.Addr() != "" {
		t.Errorf("it listens on %s, and nobody asked it to", h.Addr())
	}
}

func TestAShopWithANumberAndNoKeySaysSo(t *testing.T) {
	dir := t.TempDir()
	for _, graph := range []host.Graph{{PhoneNumberID: "100000000000042"}, {}} { // the second finds it in the file
		h, err := host.Open(t.Context(), host.Options{DataDir: dir, Graph: graph})
		if err != nil {
			t.Fatal(err)
		}
		got, err := h.Health(t.Context(), h.Owner())
		if err != nil || got.State != desk.ConnectionNoKey || got.Channel.PhoneNumberID == "" {
			t.Errorf("Health is %+v, %v", got, err)
		}
		if err := h.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestHealthTellsWhatHoldsMessagesUp(t *testing.T) {
	tests := []struct {
		name   string
		faults sandbox.Faults
		want   desk.ConnectionState
		code   int
	}{
		{"nothing", sandbox.Faults{}, desk.ConnectionOK, 0},
		{"Meta cannot be reached", sandbox.Faults{Down: true}, desk.ConnectionOffline, 0},
		{"Meta refuses the key", sandbox.Faults{Refuse: sandbox.Refusal{Often: sandbox.Often{Rate: 1}, Code: 190}}, desk.ConnectionRefused, 190},
		{"Meta refuses the account", sandbox.Faults{Refuse: sandbox.Refusal{Often: sandbox.Often{Rate: 1}, Code: 131031}}, desk.ConnectionRefused, 131031},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := openShop(t)
			if h := s.health(); h.State != desk.ConnectionOK || !h.Sandbox || !h.Channel.Sandbox || h.Channel.PhoneNumberID == "" {
				t.Errorf("at first Health is %+v", h)
			}
			// Nothing has left before: of a message written to a connection that ends at
			// that moment nobody could say whether it left.
			s.faults(tt.faults)
			if _, err := s.Sandbox().Write(t.Context(), emma, "zzz"); err != nil {
				t.Fatal(err)
			}
			var greeting chat.Message
			s.until("the greeting is in a chat", func() bool {
				page, err := s.List(t.Context(), s.anna, desk.ListQuery{Filter: desk.FilterAll})
				if err != nil {
					t.Fatal(err)
				}
				for _, row := range page.Rows {
					if list := s.chat(row.ID); len(list) == 2 {
						greeting = list[1]
					}
				}
				return greeting.ID != 0
			})
			waiting := 1
			if tt.want == desk.ConnectionOK {
				s.becomes(greeting.ID, chat.StatusRead)
				waiting = 0
			}
			s.until("Health says it", func() bool { return s.health().State == tt.want })
			if h := s.health(); h.Code != tt.code || h.Waiting != waiting || h.Unknown != 0 {
				t.Errorf("Health is %+v, want code %d and %d waiting", h, tt.code, waiting)
			}
			s.faults(sandbox.Faults{})
			s.is(s.TryNow(t.Context(), s.pedro), "", "trying now")
			s.becomes(greeting.ID, chat.StatusRead)
			s.until("Health is well again", func() bool { h := s.health(); return h.State == desk.ConnectionOK && h.Waiting == 0 })
		})
	}
}

func TestAParkedEventWaitsForAPerson(t *testing.T) {
	s := openShop(t)
	ctx := t.Context()
	id := s.write("zzz")
	cure := storetest.Poison(t, s.file(), "message", "text", "poison")
	events := s.Subscribe(ctx)
	if _, err := s.Sandbox().Write(ctx, emma, "poison"); err != nil {
		t.Fatal(err)
	}
	s.until("the event is parked", func() bool { return s.health().Parked == 1 })
	for e := range events {
		if e.Kind == desk.EventHealth {
			break
		}
	}
	list, err := s.Parked(ctx, s.anna)
	if err != nil || len(list) != 1 || list[0].Tries != 3 || !strings.Contains(list[0].Error, "poisoned") || list[0].At.IsZero() {
		t.Fatalf("parked are %+v, %v", list, err)
	}
	_, err = s.Parked(ctx, s.pedro)
	s.is(err, desk.Forbidden, "an operator looks at parked events")
	s.is(s.Replay(ctx, s.pedro, list[0].ID), desk.Forbidden, "an operator replays")
	s.is(s.Replay(ctx, s.anna, list[0].ID+100), desk.NotFound, "replaying what is not parked")
	cure()
	s.is(s.Replay(ctx, s.anna, list[0].ID), "", "replaying")
	s.until("what was poisoned is in the chat", func() bool {
		for _, m := range s.chat(id) {
			if m.Text == "poison" {
				return true
			}
		}
		return false
	})
	s.is(s.Replay(ctx, s.anna, list[0].ID), desk.NotFound, "replaying twice")
	if h := s.health(); h.Parked != 0 {
		t.Errorf("still parked: %+v", h)
	}
}

func TestMetricsCountWhatHappened(t *testing.T) {
	s := openShop(t)
	id := s.write("zzz")
	s.until("the greeting is read", func() bool { list := s.chat(id); return len(list) == 2 && list[1].Status == chat.StatusRead })
	s.faults(sandbox.Faults{Down: true})
	s.send(s.anna, id, "yes")
	res, err := http.Post("http://"+s.Addr()+host.WebhookPath, "application/json", strings.NewReader("not signed"))
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	status, body := s.fetch("/metrics")
	if status != http.StatusOK {
		t.Errorf("answered %d", status)
	}
	for _, line := range []string{
		`shopbell_webhooks_total{status="401"} 1`, `shopbell_messages_in_total 1`, `shopbell_automatic_replies_total 1`,
		`shopbell_outbox_waiting 1`, `shopbell_outbox_unknown 0`, `shopbell_events_parked 0`, `shopbell_webhooks_queued 0`,
	} {
		if !strings.Contains(body, "\n"+line+"\n") {
			t.Errorf("there is no line %q", line)
		}
	}
	for _, private := range []string{emma.Phone, "Emma", "zzz"} {
		if strings.Contains(body, private) {
			t.Errorf("the metrics name %q", private)
		}
	}
}

func TestHealthzTellsAMonitorHowThingsStand(t *testing.T) {
	s := openShop(t)
	s.write("zzz")
	status, body := s.fetch("/healthz")
	var got map[string]any
	if err := json.Unmarshal([]byte(body), &got); err != nil {
		t.Fatalf("%q: %v", body, err)
	}
	if status != http.StatusOK || got["state"] != "ok" || len(got) != 6 {
		t.Errorf("answered %d %v", status, got)
	}
}

func TestCallsOfAClosedDeskAreUnavailable(t *testing.T) {
	s := openShop(t)
	id := s.write("zzz")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Errorf("a second Close: %v", err)
	}
	_, err := s.List(t.Context(), s.anna, desk.ListQuery{Filter: desk.FilterAll})
	s.is(err, desk.Unavailable, "listing")
	_, err = s.Take(t.Context(), s.anna, id)
	s.is(err, desk.Unavailable, "taking")
	if _, open := <-s.Subscribe(t.Context()); open {
		t.Error("a closed desk has events")
	}
}
