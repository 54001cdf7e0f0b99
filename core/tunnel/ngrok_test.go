package tunnel_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.ngrok.com/muxado/v2"

	"shopbell/core/desk"
	"shopbell/core/tunnel"
)

const (
	key      = "2abcDEFngrokAuthtoken"
	fixed    = "shop.ngrok-free.app"
	authReq  = 0 // stream types of ngrok's protocol
	bindReq  = 1
	proxyReq = 3
)

// service stands in for ngrok's: it speaks as much of its protocol as opening a
// tunnel takes, over TLS on loopback.
type service struct {
	listener net.Listener
	edge     *httptest.Server // whose certificate it has

	mu       sync.Mutex
	session  muxado.TypedStreamSession // the last one that was let in
	sessions int
}

func newService(t *testing.T) *service {
	t.Helper()
	s := &service{edge: httptest.NewTLSServer(nil)}
	var err error
	if s.listener, err = tls.Listen("tcp", "127.0.0.1:0", s.edge.TLS); err != nil {
		t.Fatal(err)
	}
	var sessions sync.WaitGroup
	t.Cleanup(func() {
		s.listener.Close()
		s.cut()
		sessions.Wait()
		s.edge.Close()
	})
	sessions.Go(func() {
		for {
			conn, err := s.listener.Accept()
			if err != nil {
				return
			}
			sessions.Go(func() { s.serve(muxado.NewTypedStreamSession(muxado.Server(conn, &muxado.Config{}))) })
		}
	})
	return s
}

func (s *service) serve(session muxado.TypedStreamSession) {
	defer session.Close()
	for {
		stream, err := session.AcceptTypedStream()
		if err != nil {
			return
		}
		switch stream.StreamType() {
		case authReq:
			var asked struct{ Extra struct{ Authtoken string } }
			s.answer(stream, &asked, func() any {
				if asked.Extra.Authtoken != key {
					return map[string]any{"Error": "The authtoken is not valid.\nYour authtoken: " + asked.Extra.Authtoken + "\n\nERR_NGROK_105\n"}
				}
				s.mu.Lock()
				defer s.mu.Unlock()
				s.session = session
				s.sessions++
				return map[string]any{"Version": "3", "ClientId": "client"}
			})
		case bindReq:
			var asked struct{ Opts struct{ URL, Domain string } }
			s.answer(stream, &asked, func() any {
				u := asked.Opts.URL
				switch {
				case u == "" && asked.Opts.Domain != "":
					u = "https://" + asked.Opts.Domain
				case u == "":
					u = "https://random.ngrok-free.app"
				}
				if !strings.HasPrefix(u, "https://"+fixed) && !strings.HasPrefix(u, "https://random") {
					return map[string]any{"Error": "The domain is not yours.\n\nERR_NGROK_320\n"}
				}
				return map[string]any{"Id": "bind", "URL": u, "Proto": "https", "Opts": map[string]any{}}
			})
		default: // heartbeats
			go func() { _, _ = io.Copy(stream, stream) }()
		}
	}
}

// answer replies to one request. An agent that hung up meanwhile gets none.
func (s *service) answer(stream net.Conn, asked any, reply func() any) {
	if err := json.NewDecoder(stream).Decode(asked); err == nil {
		_ = json.NewEncoder(stream).Encode(reply())
	}
}

// cut drops the session, as a network that went away.
func (s *service) cut() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.session != nil {
		s.session.Close()
	}
}

// dial begins a connection as a request from the internet does.
func (s *service) dial(context.Context, string, string) (net.Conn, error) {
	s.mu.Lock()
	session := s.session
	s.mu.Unlock()
	stream, err := session.OpenTypedStream(proxyReq)
	if err != nil {
		return nil, err
	}
	header, err := json.Marshal(map[string]string{"Id": "bind", "ClientAddr": "192.0.2.1:1234", "Proto": "https"})
	if err != nil {
		return nil, err
	}
	err = errors.Join(binary.Write(stream, binary.LittleEndian, int64(len(header))), write(stream, header))
	return stream, err
}

func write(w io.Writer, b []byte) error {
	_, err := w.Write(b)
	return err
}

func (s *service) tunnel() *tunnel.Ngrok {
	return &tunnel.Ngrok{Key: key, Server: s.listener.Addr().String(), CAs: pool(s.edge)}
}

// shake makes the handshake with the desk behind a tunnel, from its public end.
func (s *service) shake(t *testing.T, public string) {
	t.Helper()
	address, err := tunnel.Address(public)
	if err != nil {
		t.Fatal(err)
	}
	edge := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, err := s.dial(r.Context(), "", "")
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		defer conn.Close()
		if err := r.Write(conn); err != nil {
			t.Error(err)
			return
		}
		back, err := http.ReadResponse(bufio.NewReader(conn), r)
		if err != nil {
			t.Error(err)
			return
		}
		defer back.Body.Close()
		w.WriteHeader(back.StatusCode)
		_, _ = io.Copy(w, back.Body)
	}))
	defer edge.Close()
	transport := trusting(edge).Clone()
	transport.TLSClientConfig.ServerName = "example.com" // the certificate's; the address is not resolved
	transport.DialContext = func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "tcp", edge.Listener.Addr().String())
	}
	if got := (tunnel.Prober{Transport: transport}).Check(t.Context(), address, verify); got != desk.CheckReached {
		t.Errorf("the handshake through %s gives %s", public, got)
	}
}

func TestATunnelBringsRequestsFromItsPublicAddress(t *testing.T) {
	for name, domain := range map[string]string{"of the owner's": fixed, "that ngrok chooses": ""} {
		t.Run(name, func(t *testing.T) {
			s := newService(t)
			n := s.tunnel()
			n.Domain = domain
			changes := make(chan bool, 100)
			n.Changed = func(up bool) { changes <- up }
			public, err := n.Open(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			u, err := url.Parse(public.URL)
			if err != nil || u.Scheme != "https" || domain != "" && u.Host != domain {
				t.Errorf("it is open at %q", public.URL)
			}
			desk := http.Server{Handler: http.HandlerFunc(webhook), ReadHeaderTimeout: time.Minute}
			served := make(chan error, 1)
			go func() { served <- desk.Serve(public.Listener) }()
			s.shake(t, public.URL)

			s.cut()
			for _, want := range []bool{false, true} { // lost, and back by itself
				for got := range changes {
					if got == want {
						break
					}
				}
			}
			s.shake(t, public.URL)

			if err := n.Close(); err != nil {
				t.Error(err)
			}
			if err := <-served; err == nil {
				t.Error("its listener has not ended")
			}
		})
	}
}

func TestATunnelIsRefused(t *testing.T) {
	for _, tt := range []struct {
		name, reason string
		spoil        func(n *tunnel.Ngrok)
	}{
		{"for a key that is none", "ERR_NGROK_105", func(n *tunnel.Ngrok) { n.Key = "wrong" + key }},
		{"for a domain of somebody else", "ERR_NGROK_320", func(n *tunnel.Ngrok) { n.Domain = "other.ngrok-free.app" }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			n := newService(t).tunnel()
			tt.spoil(n)
			_, err := n.Open(t.Context())
			refused, ok := errors.AsType[*tunnel.RefusedError](err)
			if !ok || refused.Reason != tt.reason {
				t.Fatalf("got %v, want it refused with %s", err, tt.reason)
			}
			if strings.Contains(err.Error(), key) {
				t.Errorf("%v quotes the key", err)
			}
		})
	}
}

func TestATunnelThatCannotBeOpened(t *testing.T) {
	t.Run("ends with its context", func(t *testing.T) {
		s := newService(t)
		s.listener.Close()
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		n := s.tunnel()
		_, err := n.Open(ctx)
		if _, refused := errors.AsType[*tunnel.RefusedError](err); err == nil || refused {
			t.Errorf("got %v", err)
		}
	})
	t.Run("is not opened through a service with an unknown certificate", func(t *testing.T) {
		s := newService(t)
		n := s.tunnel()
		n.CAs = nil // ngrok's own
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := n.Open(ctx); err == nil {
			t.Error("the key was shown to somebody else")
		}
		if s.sessions != 0 {
			t.Error("a session began")
		}
	})
}

func TestClosingATunnelThatIsNotOpen(t *testing.T) {
	for _, one := range []tunnel.Tunnel{&tunnel.Ngrok{}, &tunnel.Forwarder{}} {
		if err := one.Close(); err != nil {
			t.Error(err)
		}
	}
}
