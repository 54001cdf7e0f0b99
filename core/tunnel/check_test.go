package tunnel_test

import (
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"

	"shopbell/core/desk"
	"shopbell/core/tunnel"
)

const verify desk.Secret = "a verify token"

// webhook answers the handshake as the desk does.
func webhook(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	if r.URL.Path != "/webhook" || q.Get("hub.mode") != "subscribe" || q.Get("hub.verify_token") != verify.Reveal() {
		http.Error(w, "no", http.StatusForbidden)
		return
	}
	_, _ = io.WriteString(w, q.Get("hub.challenge"))
}

// trusting returns a transport that trusts a server's certificate.
func trusting(s *httptest.Server) *http.Transport {
	return s.Client().Transport.(*http.Transport)
}

func TestTheHandshakeFromOutside(t *testing.T) {
	proxy := httptest.NewTLSServer(http.HandlerFunc(webhook))
	defer proxy.Close()
	plain := httptest.NewServer(http.HandlerFunc(webhook))
	defer plain.Close()
	other := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "It works!") }))
	defer other.Close()
	chatty := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		webhook(w, r)
		_, _ = io.WriteString(w, " and more")
	}))
	defer chatty.Close()
	away := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, proxy.URL+r.URL.RequestURI(), http.StatusFound)
	}))
	defer away.Close()
	closed := httptest.NewTLSServer(http.NotFoundHandler())
	closed.Close()
	trust := trusting(proxy) // all of these servers have one certificate
	for _, tt := range []struct {
		name, address string
		verify        desk.Secret
		transport     http.RoundTripper
		want          desk.CheckCode
	}{
		{"reaches the desk", proxy.URL + "/webhook", verify, trust, desk.CheckReached},
		{"is refused for another verify token", proxy.URL + "/webhook", "another", trust, desk.CheckWrongAnswer},
		{"finds another path", proxy.URL + "/shop", verify, trust, desk.CheckWrongAnswer},
		{"finds another program", other.URL + "/webhook", verify, trust, desk.CheckWrongAnswer},
		{"takes the bare challenge only", chatty.URL + "/webhook", verify, trust, desk.CheckWrongAnswer},
		{"follows no redirect", away.URL + "/webhook", verify, trust, desk.CheckWrongAnswer},
		{"finds nobody", closed.URL + "/webhook", verify, trust, desk.CheckUnreachable},
		{"does not trust an unknown certificate", proxy.URL + "/webhook", verify, &http.Transport{}, desk.CheckNotSecure},
		{"is not made over plain http", plain.URL + "/webhook", verify, trust, desk.CheckNotSecure},
		{"finds plain http behind https", "https://" + plain.Listener.Addr().String() + "/webhook", verify, trust, desk.CheckNotSecure},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := (tunnel.Prober{Transport: tt.transport}).Check(t.Context(), tt.address, tt.verify); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestAddress(t *testing.T) {
	for _, tt := range []struct{ name, public, want string }{
		{"gets the webhook's path", "https://shop.example", "https://shop.example/webhook"},
		{"gets it once", "https://shop.example/webhook", "https://shop.example/webhook"},
		{"keeps a path of its own", "https://shop.example/bell/", "https://shop.example/bell/webhook"},
		{"keeps its port", " https://shop.example:8443/ ", "https://shop.example:8443/webhook"},
		{"may not be plain http", "http://shop.example", ""},
		{"may not be without a scheme", "shop.example", ""},
		{"may not be without a host", "https:///webhook", ""},
		{"may not have a plus in its path, which Meta turns into a space", "https://shop.example/+15550100042", ""},
		{"may not have a query", "https://shop.example/?a=b", ""},
		{"may not hold a password", "https://me:secret@shop.example", ""},
		{"may not be no address at all", "https://shop example\x00", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := tunnel.Address(tt.public)
			if got != tt.want || (err == nil) != (tt.want != "") {
				t.Errorf("got %q, %v; want %q", got, err, tt.want)
			}
		})
	}
}

func TestAForwarderListensOnThisComputer(t *testing.T) {
	f := &tunnel.Forwarder{URL: "https://shop.example", Listen: "127.0.0.1:0"}
	public, err := f.Open(t.Context())
	if err != nil || public.URL != "https://shop.example" {
		t.Fatalf("got %+v, %v", public, err)
	}
	second := &tunnel.Forwarder{URL: "https://shop.example", Listen: public.Listener.Addr().String()}
	_, err = second.Open(t.Context())
	if taken, ok := errors.AsType[*tunnel.ListenError](err); !ok || taken.Address != second.Listen {
		t.Errorf("two listen on one port: %v", err)
	}
	for _, one := range []*tunnel.Forwarder{f, second} {
		if err := one.Close(); err != nil {
			t.Error(err)
		}
	}
	if _, err := net.Dial("tcp", public.Listener.Addr().String()); err == nil {
		t.Error("it listens after Close")
	}
}

// pool holds a server's own certificate.
func pool(s *httptest.Server) *x509.CertPool {
	p := x509.NewCertPool()
	p.AddCert(s.Certificate())
	return p
}
