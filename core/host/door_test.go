package host_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shopbell/core/cloudapi"
	"shopbell/core/desk"
	"shopbell/core/sandbox"
	"shopbell/core/tunnel"
)

// tube is a tunnel whose public end is the owner's proxy.
type tube struct {
	s      *owner
	chosen desk.Arrival
	path   string // of the public address
	net.Listener
}

func (u *tube) Open(ctx context.Context) (tunnel.Public, error) {
	if u.chosen.TunnelKey != tunnelKey {
		return tunnel.Public{}, &tunnel.RefusedError{Reason: "ERR_NGROK_105"}
	}
	var lc net.ListenConfig
	var err error
	if u.Listener, err = lc.Listen(ctx, "tcp", "127.0.0.1:0"); err != nil {
		return tunnel.Public{}, err
	}
	u.s.to.Store(&url.URL{Scheme: "http", Host: u.Addr().String()})
	return tunnel.Public{URL: u.s.proxy.URL + u.path, Listener: u.Listener}, nil
}

func (u *tube) Close() error {
	if u.Listener == nil {
		return nil
	}
	if err := u.Listener.Close(); !errors.Is(err, net.ErrClosed) {
		return err
	}
	return nil
}

// digs gives an owner tunnels of its own. The public address is another one with
// each tunnel; changed is what the last one tells its desk by.
func (s *owner) digs() (changed *atomic.Pointer[func(up bool)]) {
	s.t.Helper()
	changed = &atomic.Pointer[func(up bool)]{}
	n := 0
	s.o.Tunnels = func(a desk.Arrival, told func(up bool)) tunnel.Tunnel {
		n++
		changed.Store(&told)
		return &tube{s: s, chosen: a, path: "/" + strings.Repeat("x", n)}
	}
	s.again()
	return changed
}

func (s *owner) stands(state desk.ArrivalState) desk.ArrivalReport {
	s.t.Helper()
	s.until("the way is "+string(state), func() bool { return s.connected().Report.State == state })
	return s.connected().Report
}

func TestATunnelIsOpenedAndToldToMeta(t *testing.T) {
	s := openOwner(t, nil)
	changed := s.digs()
	ctx, who := t.Context(), s.Owner()
	s.save(ownKeys())
	if err := s.SetArrival(ctx, who, desk.Arrival{Way: desk.WayTunnel, TunnelKey: "wrong"}); err != nil {
		t.Fatal(err)
	}
	want := []desk.Check{{Field: "address", State: desk.CheckBad, Code: desk.CheckTunnelRefused, Args: map[string]string{"reason": "ERR_NGROK_105"}}}
	if diff := cmp.Diff(want, s.stands(desk.ArrivalFailed).Checks); diff != "" {
		t.Errorf("a wrong key (-want +got):\n%s", diff)
	}
	if err := s.SetArrival(ctx, who, desk.Arrival{Way: desk.WayTunnel, TunnelKey: " " + tunnelKey + "\n", Domain: "https://Shop.ngrok-free.app/"}); err != nil {
		t.Fatal(err)
	}
	first := s.stands(desk.ArrivalChecked)
	s.hears("through the tunnel")
	if c := s.connected(); !c.HasTunnelKey || c.Arrival != (desk.Arrival{Way: desk.WayTunnel, Domain: "shop.ngrok-free.app"}) {
		t.Errorf("what is known is %+v", c)
	}

	t.Run("and told that it is lost and back", func(t *testing.T) {
		(*changed.Load())(false)
		s.stands(desk.ArrivalOpening)
		(*changed.Load())(true)
		s.stands(desk.ArrivalChecked)
	})
	t.Run("and told again when its address is another one", func(t *testing.T) {
		s.again()
		second := s.stands(desk.ArrivalChecked)
		if second.Public == first.Public {
			t.Fatalf("the address is still %s", second.Public)
		}
		s.hears("through the next one")
	})
	t.Run("and told again for another number", func(t *testing.T) {
		if err := s.ForgetKeys(ctx, who); err != nil {
			t.Fatal(err)
		}
		if err := s.SetArrival(ctx, who, desk.Arrival{Way: desk.WayTunnel, TunnelKey: tunnelKey}); err != nil {
			t.Fatal(err)
		}
		s.stands(desk.ArrivalOpen) // there is no key to tell Meta with
		s.save(ownKeys())
		s.stands(desk.ArrivalChecked)
		s.hears("and again")
	})
	s.leaks(s.o.DataDir, tunnelKey)
}

func TestAWayIsCheckedFromOutside(t *testing.T) {
	for _, tt := range []struct {
		name  string
		spoil func(s *owner)
		state desk.ArrivalState
		want  []string // codes, and reasons
	}{
		{"and works", func(*owner) {}, desk.ArrivalChecked, []string{"reached"}},
		{"and nobody answers", func(s *owner) { s.proxy.Close() }, desk.ArrivalOpen, []string{"unreachable"}},
		{"and only Meta gets through", func(s *owner) {
			s.o.Outside = nobody{}
			s.again()
			s.follow()
		}, desk.ArrivalChecked, []string{"reached_by_meta"}},
		{"and somebody else answers", func(s *owner) { s.to.Store(nil) }, desk.ArrivalOpen, []string{"wrong_answer"}},
		{"and Meta cannot be reached", func(s *owner) { s.faults(sandbox.Faults{Down: true}) }, desk.ArrivalOpen, []string{"reached", "not_subscribed offline"}},
		{"and there is no key", func(s *owner) {
			if err := s.ForgetKeys(s.t.Context(), s.Owner()); err != nil {
				s.t.Fatal(err)
			}
			s.forwards()
		}, desk.ArrivalOpen, []string{"reached", "not_subscribed no_key"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := openOwner(t, nil)
			s.save(ownKeys())
			s.forwards()
			tt.spoil(s)
			report := s.check()
			var got []string
			for _, c := range report.Checks {
				got = append(got, strings.TrimSpace(string(c.Code)+" "+c.Args["reason"]))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" || report.State != tt.state {
				t.Errorf("it is %s; checks (-want +got):\n%s", report.State, diff)
			}
			if diff := cmp.Diff(report, s.connected().Report); diff != "" {
				t.Errorf("what is known then (-check +known):\n%s", diff)
			}
		})
	}
}

func TestAnAddressThatOnlyThisComputerReaches(t *testing.T) {
	s := openOwner(t, func(o *sandbox.Options) { o.TLS = nil }) // Meta trusts the proxy's certificate no more
	s.save(ownKeys())
	s.forwards()
	want := []desk.Check{
		{Field: "address", State: desk.CheckOK, Code: desk.CheckReached},
		{Field: "address", State: desk.CheckBad, Code: desk.CheckNotSubscribed, Args: map[string]string{"reason": "2200"}},
	}
	r := s.check()
	if diff := cmp.Diff(want, r.Checks); diff != "" || r.State != desk.ArrivalOpen {
		t.Errorf("it is %s; checks (-want +got):\n%s", r.State, diff)
	}
}

// nobody answers.
type nobody struct{}

func (nobody) RoundTrip(*http.Request) (*http.Response, error) { return nil, errors.New("no answer") }

func TestACertificateThatMetaDoesNotTake(t *testing.T) {
	s := openOwner(t, nil)
	s.o.Outside = http.DefaultTransport
	s.again()
	s.save(ownKeys())
	s.forwards()
	if got := outcome(s.check().Checks)["address"]; got != "bad not_secure" {
		t.Errorf("got %s", got)
	}
	if c := s.connected().Report; c.State != desk.ArrivalOpen {
		t.Errorf("Meta was told: %+v", c)
	}
}

func TestWaysThatAreNone(t *testing.T) {
	s := openOwner(t, nil)
	for _, tt := range []struct {
		name, field string
		chosen      desk.Arrival
	}{
		{"an unknown way", "way", desk.Arrival{Way: "pigeon"}},
		{"a tunnel without a key", "tunnel_key", desk.Arrival{Way: desk.WayTunnel}},
		{"a tunnel with a key that is none", "tunnel_key", desk.Arrival{Way: desk.WayTunnel, TunnelKey: "two words"}},
		{"a tunnel with a domain that is none", "domain", desk.Arrival{Way: desk.WayTunnel, TunnelKey: tunnelKey, Domain: "my shop"}},
		{"a forwarder over plain http", "url", desk.Arrival{Way: desk.WayForwarder, URL: "http://shop.example"}},
		{"a forwarder with a plus in its path", "url", desk.Arrival{Way: desk.WayForwarder, URL: "https://shop.example/+1"}},
		{"a forwarder to no port", "listen", desk.Arrival{Way: desk.WayForwarder, URL: "https://shop.example", Listen: "localhost"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := s.SetArrival(t.Context(), s.Owner(), tt.chosen)
			if e, ok := errors.AsType[*desk.Error](err); !ok || e.Code != desk.Invalid || e.Field != tt.field {
				t.Errorf("got %v, want %s refused", err, tt.field)
			}
			if c := s.connected(); c.Arrival.Way != desk.WayNone {
				t.Errorf("it was taken: %+v", c.Arrival)
			}
		})
	}
	t.Run("leave nothing to check", func(t *testing.T) {
		if r := s.check(); r.State != desk.ArrivalOff || outcome(r.Checks)["address"] != "bad missing" {
			t.Errorf("got %+v", r)
		}
	})
}

func TestAForwarderBeforeItsAddressIsKnown(t *testing.T) {
	s := openOwner(t, nil)
	if err := s.SetArrival(t.Context(), s.Owner(), desk.Arrival{Way: desk.WayForwarder, Listen: "127.0.0.1:0"}); err != nil {
		t.Fatal(err)
	}
	s.follow()
	if r := s.check(); r.State != desk.ArrivalOpening || outcome(r.Checks)["address"] != "bad missing" || !strings.HasPrefix(r.Forward, "http://127.0.0.1:") {
		t.Errorf("got %+v", r)
	}
}

func TestAPortThatIsTaken(t *testing.T) {
	s := openOwner(t, nil)
	taken := httptest.NewServer(http.NotFoundHandler())
	defer taken.Close()
	listen := taken.Listener.Addr().String()
	if err := s.SetArrival(t.Context(), s.Owner(), desk.Arrival{Way: desk.WayForwarder, URL: s.proxy.URL, Listen: listen}); err != nil {
		t.Fatal(err)
	}
	want := []desk.Check{{Field: "address", State: desk.CheckBad, Code: desk.CheckPortTaken, Args: map[string]string{"listen": listen}}}
	if diff := cmp.Diff(want, s.stands(desk.ArrivalFailed).Checks); diff != "" {
		t.Errorf("a taken port (-want +got):\n%s", diff)
	}
	taken.Close()
	s.stands(desk.ArrivalOpen) // by itself, once the port is free
}

func TestThePublicWayShowsTheWebhookAlone(t *testing.T) {
	s := openOwner(t, nil)
	s.save(ownKeys())
	s.forwards()
	for path, want := range map[string]int{"/metrics": http.StatusNotFound, "/healthz": http.StatusNotFound, "/v1/stock/A": http.StatusNotFound, "/openapi.json": http.StatusNotFound, "/webhook": http.StatusForbidden} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.to.Load().String()+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_, err = io.Copy(io.Discard, res.Body)
		res.Body.Close()
		if err != nil || res.StatusCode != want {
			t.Errorf("%s answers %d, %v; want %d", path, res.StatusCode, err, want)
		}
	}
}

func TestMetaForgetsAWayThatIsGivenUp(t *testing.T) {
	for _, tt := range []struct {
		name   string
		giveUp func(*owner) error
	}{
		{"with the keys", func(s *owner) error { return s.ForgetKeys(s.t.Context(), s.Owner()) }},
		{"alone", func(s *owner) error { return s.SetArrival(s.t.Context(), s.Owner(), desk.Arrival{}) }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := openConnected(t, nil)
			if got := s.toldTo(ownNumber); got != s.proxy.URL+"/webhook" {
				t.Fatalf("Meta posts to %q", got)
			}
			if err := tt.giveUp(s); err != nil {
				t.Fatal(err)
			}
			if got := s.toldTo(ownNumber); got != "" {
				t.Errorf("Meta still posts to %q", got)
			}
		})
		t.Run(tt.name+", while Meta is away", func(t *testing.T) {
			s := openConnected(t, nil)
			s.faults(sandbox.Faults{Down: true})
			if err := tt.giveUp(s); err != nil {
				t.Errorf("it is not given up: %v", err)
			}
			if c := s.connected(); c.Arrival.Way != desk.WayNone {
				t.Errorf("the way is still %+v", c.Arrival)
			}
		})
	}
}

// toldTo is where Meta was told to post a number's webhooks.
func (s *owner) toldTo(id string) string {
	s.t.Helper()
	client, err := cloudapi.NewClient(cloudapi.ClientOptions{BaseURL: s.meta.GraphURL(), Token: ownToken})
	if err != nil {
		s.t.Fatal(err)
	}
	defer client.Close()
	number, err := client.Phone(s.t.Context(), id)
	if err != nil {
		s.t.Fatal(err)
	}
	return number.Callback.Phone
}
