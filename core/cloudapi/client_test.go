package cloudapi

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

const (
	token    = "EAAtest-token"
	numberID = "106540352242922"
	receipt  = `{"messaging_product":"whatsapp","contacts":[{"input":"+447700900123","wa_id":"447700900123"}],"messages":[{"id":"wamid.ours"}]}`
)

var message = []byte(`{"messaging_product":"whatsapp"}`)

// graph starts a TLS server on this machine and a client for it.
func graph(t *testing.T, handler http.HandlerFunc) (*Client, *httptest.Server) {
	t.Helper()
	srv := httptest.NewTLSServer(handler)
	t.Cleanup(srv.Close)
	return client(t, srv.URL, srv.Client()), srv
}

func client(t *testing.T, base string, h *http.Client) *Client {
	t.Helper()
	c, err := NewClient(ClientOptions{BaseURL: base, Token: token, HTTP: h})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

func respond(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(status)
		fmt.Fprint(w, body)
	}
}

func TestSend(t *testing.T) {
	t.Run("a receipt", func(t *testing.T) {
		c, _ := graph(t, func(w http.ResponseWriter, r *http.Request) {
			body, err := io.ReadAll(r.Body)
			if err != nil || string(body) != string(message) {
				t.Errorf("body = %s, %v", body, err)
			}
			if r.Method != http.MethodPost || r.URL.Path != "/"+DefaultVersion+"/"+numberID+"/messages" {
				t.Errorf("%s %s", r.Method, r.URL.Path)
			}
			if r.Header.Get("Authorization") != "Bearer "+token || r.Header.Get("Content-Type") != "application/json" {
				t.Errorf("headers = %v", r.Header)
			}
			fmt.Fprint(w, receipt)
		})
		got, err := c.Send(t.Context(), numberID, message)
		if err != nil {
			t.Fatal(err)
		}
		if want := (Accepted{WAMID: "wamid.ours", WaID: "447700900123"}); got != want {
			t.Errorf("accepted = %+v", got)
		}
	})
	t.Run("a receipt for a user id", func(t *testing.T) {
		c, _ := graph(t, respond(200, `{"contacts":[{"input":"US.1","user_id":"US.1"}],"messages":[{"id":"wamid.ours","message_status":"accepted"}]}`))
		got, err := c.Send(t.Context(), numberID, message)
		if want := (Accepted{WAMID: "wamid.ours", UserID: "US.1"}); err != nil || got != want {
			t.Errorf("accepted = %+v, %v", got, err)
		}
	})
	t.Run("a refusal", func(t *testing.T) {
		c, _ := graph(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Retry-After", "7")
			respond(400, `{"error":{"message":"(#130429) Rate limit hit","type":"OAuthException","code":130429,
				"error_data":{"messaging_product":"whatsapp","details":"slow down"},"error_subcode":2494055,"is_transient":true,"fbtrace_id":"Az"}}`)(w, r)
		})
		_, err := c.Send(t.Context(), numberID, message)
		got, ok := errors.AsType[*Error](err)
		if !ok {
			t.Fatal(err)
		}
		want := Error{HTTP: 400, Transient: true, RetryAfter: 7 * time.Second, TraceID: "Az",
			GraphError: GraphError{Code: 130429, Subcode: 2494055, Message: "(#130429) Rate limit hit", Details: "slow down"}}
		if *got != want {
			t.Errorf("error = %+v", got)
		}
		for _, word := range []string{"130429", "slow down", "Az"} {
			if !strings.Contains(err.Error(), word) {
				t.Errorf("%q does not mention %s", err, word)
			}
		}
	})
	t.Run("a refusal with status 200 is a refusal", func(t *testing.T) {
		c, _ := graph(t, respond(200, `{"error":{"code":"190","message":"m"}}`))
		if _, err := c.Send(t.Context(), numberID, message); ClassOf(err) != ClassToken {
			t.Errorf("error = %v", err)
		}
	})
	t.Run("a phone number id that is none is sent nowhere", func(t *testing.T) {
		c, _ := graph(t, func(http.ResponseWriter, *http.Request) { t.Error("a request left") })
		for _, id := range []string{"", "../me", "12/34"} {
			if _, err := c.Send(t.Context(), id, message); ClassOf(err) != ClassParameters {
				t.Errorf("Send to %q = %v", id, err)
			}
		}
	})
}

func TestSendWithoutAGraphAnswerIsUnknown(t *testing.T) {
	tests := []struct {
		name    string
		handler http.HandlerFunc
	}{
		{"a page of a proxy", respond(502, `<html>Bad gateway</html>`)},
		{"5xx with nothing", respond(500, ``)},
		{"5xx with other JSON", respond(503, `{"error":"overloaded"}`)},
		{"4xx of a proxy", respond(403, `{"message":"forbidden"}`)},
		{"200 with a page", respond(200, `<html>Sign in to the café</html>`)},
		{"200 with an empty object", respond(200, `{}`)},
		{"200 with no message in it", respond(200, `{"messages":[]}`)},
		{"an error without a code", respond(400, `{"error":{"message":"?"}}`)},
		{"an endless answer", func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprint(w, `{"messages":[{"id":"wamid.x"}],"pad":"`+strings.Repeat("x", maxAnswer)+`"}`)
		}},
		{"a cut after the request was read", func(w http.ResponseWriter, r *http.Request) {
			drain(r)
			cut(w, "")
		}},
		{"a cut in the middle of the answer", func(w http.ResponseWriter, r *http.Request) {
			drain(r)
			cut(w, "HTTP/1.1 200 OK\r\nContent-Length: 200\r\n\r\n{\"messages\":[{\"id\":")
		}},
		{"a cut in the middle of a header", func(w http.ResponseWriter, r *http.Request) {
			drain(r)
			cut(w, "HTTP/1.1 200 OK\r\nContent-Le")
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, _ := graph(t, tt.handler)
			if _, err := c.Send(t.Context(), numberID, message); !errors.Is(err, ErrNoAnswer) || ClassOf(err) != ClassNoAnswer {
				t.Errorf("error = %v, class %s", err, ClassOf(err))
			}
		})
	}
}

// drain reads the request whole. One that ends early is as good to these tests.
func drain(r *http.Request) { _, _ = io.Copy(io.Discard, r.Body) }

// cut writes part of an answer and drops the connection.
func cut(w http.ResponseWriter, part string) {
	conn, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	defer conn.Close()
	fmt.Fprint(conn, part)
}

func TestSendEndsWithItsContext(t *testing.T) {
	t.Run("after the request was read the fate is unknown", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		c, _ := graph(t, func(w http.ResponseWriter, r *http.Request) {
			drain(r)
			cancel()
			<-r.Context().Done()
			cut(w, "") // an empty 200 could still slip in while the client closes
		})
		_, err := c.Send(ctx, numberID, message)
		if !errors.Is(err, ErrNoAnswer) || !errors.Is(err, context.Canceled) {
			t.Errorf("error = %v", err)
		}
	})
	t.Run("before anything was written nothing left", func(t *testing.T) {
		c, _ := graph(t, func(http.ResponseWriter, *http.Request) { t.Error("a request left") })
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := c.Send(ctx, numberID, message); !errors.Is(err, ErrNotSent) || !errors.Is(err, context.Canceled) {
			t.Errorf("error = %v", err)
		}
	})
}

func TestSendFollowsNoRedirect(t *testing.T) {
	var foreign atomic.Int64
	other := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { foreign.Add(1) }))
	defer other.Close()
	for _, status := range []int{301, 302, 303, 307, 308} {
		c, _ := graph(t, func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, other.URL+"/steal", status)
		})
		if _, err := c.Send(t.Context(), numberID, message); !errors.Is(err, ErrNoAnswer) {
			t.Errorf("%d: error = %v", status, err)
		}
	}
	if n := foreign.Load(); n != 0 {
		t.Errorf("%d requests went to the foreign host", n)
	}
}

func TestSendThatCannotConnectIsNotSent(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	dead := ln.Addr().String()
	if err := ln.Close(); err != nil {
		t.Fatal(err)
	}
	untrusting := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("a request left") }))
	defer untrusting.Close()
	plain := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("a request left") }))
	defer plain.Close()

	noName := &http.Client{Transport: &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) {
		return nil, &net.DNSError{Err: "no such host", Name: "graph.invalid", IsNotFound: true}
	}}}
	noRoots := &http.Client{Transport: untrusting.Client().Transport.(*http.Transport).Clone()}
	noRoots.Transport.(*http.Transport).TLSClientConfig.RootCAs = x509.NewCertPool()
	tests := []struct {
		name, base string
		http       *http.Client
	}{
		{"a dead port", "http://" + dead, nil},
		{"a name nobody knows", "https://graph.invalid", noName},
		{"a certificate nobody vouches for", untrusting.URL, noRoots},
		{"a server that speaks no TLS", strings.Replace(plain.URL, "http:", "https:", 1), nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := client(t, tt.base, tt.http).Send(t.Context(), numberID, message)
			if !errors.Is(err, ErrNotSent) || ClassOf(err) != ClassNotSent {
				t.Errorf("error = %v", err)
			}
			if err != nil && strings.Contains(err.Error(), token) {
				t.Errorf("the error shows the token: %v", err)
			}
		})
	}
}

// breaking is a connection that takes room more bytes and then fails each write.
type breaking struct {
	net.Conn
	mu     sync.Mutex
	broken bool
	room   int
}

func (b *breaking) breakAfter(room int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.broken, b.room = true, room
}

func (b *breaking) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.broken {
		return b.Conn.Write(p)
	}
	n, err := b.Conn.Write(p[:min(b.room, len(p))])
	b.room -= n
	if err == nil && n < len(p) {
		err = syscall.EPIPE
	}
	return n, err
}

func TestSendOverABreakingConnection(t *testing.T) {
	var requests atomic.Int64
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		fmt.Fprint(w, receipt)
	}))
	defer srv.Close()
	// dialled returns a client and the connections it opens; prepare sees each
	// before use.
	dialled := func(t *testing.T, prepare func(n int, b *breaking) error) (*Client, func() *breaking) {
		var mu sync.Mutex
		var conns []*breaking
		var d net.Dialer
		h := &http.Client{Transport: &http.Transport{DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
			conn, err := d.DialContext(ctx, network, addr)
			if err != nil {
				return nil, err
			}
			mu.Lock()
			defer mu.Unlock()
			b := &breaking{Conn: conn}
			conns = append(conns, b)
			if err := prepare(len(conns), b); err != nil {
				return nil, errors.Join(err, conn.Close())
			}
			return b, nil
		}}}
		return client(t, srv.URL, h), func() *breaking {
			mu.Lock()
			defer mu.Unlock()
			return conns[0]
		}
	}
	t.Run("a new connection that takes nothing: not sent", func(t *testing.T) {
		c, _ := dialled(t, func(_ int, b *breaking) error { b.breakAfter(0); return nil })
		if _, err := c.Send(t.Context(), numberID, message); !errors.Is(err, ErrNotSent) {
			t.Errorf("error = %v", err)
		}
	})
	t.Run("a new connection that takes one byte: unknown", func(t *testing.T) {
		c, _ := dialled(t, func(_ int, b *breaking) error { b.breakAfter(1); return nil })
		if _, err := c.Send(t.Context(), numberID, message); !errors.Is(err, ErrNoAnswer) {
			t.Errorf("error = %v", err)
		}
	})
	t.Run("an idle connection that died is replaced and the message leaves once", func(t *testing.T) {
		c, first := dialled(t, func(int, *breaking) error { return nil })
		if _, err := c.Send(t.Context(), numberID, message); err != nil {
			t.Fatal(err)
		}
		first().breakAfter(0)
		before := requests.Load()
		if _, err := c.Send(t.Context(), numberID, message); err != nil {
			t.Fatal(err)
		}
		if n := requests.Load() - before; n != 1 {
			t.Errorf("%d requests arrived", n)
		}
	})
	t.Run("an idle connection that died and no other to be had: not sent", func(t *testing.T) {
		c, first := dialled(t, func(n int, _ *breaking) error {
			if n > 1 {
				return syscall.ECONNREFUSED
			}
			return nil
		})
		if _, err := c.Send(t.Context(), numberID, message); err != nil {
			t.Fatal(err)
		}
		first().breakAfter(0)
		if _, err := c.Send(t.Context(), numberID, message); !errors.Is(err, ErrNotSent) {
			t.Errorf("error = %v", err)
		}
	})
	t.Run("an idle connection that dies within the request: unknown, and no second try", func(t *testing.T) {
		c, first := dialled(t, func(int, *breaking) error { return nil })
		if _, err := c.Send(t.Context(), numberID, message); err != nil {
			t.Fatal(err)
		}
		first().breakAfter(20)
		before := requests.Load()
		if _, err := c.Send(t.Context(), numberID, message); !errors.Is(err, ErrNoAnswer) {
			t.Errorf("error = %v", err)
		}
		if n := requests.Load() - before; n != 0 {
			t.Errorf("%d requests arrived", n)
		}
	})
}

func TestSendKeepsConnectionsAlive(t *testing.T) {
	var opened atomic.Int64
	srv := httptest.NewUnstartedServer(respond(200, receipt))
	srv.Config.ConnState = func(_ net.Conn, s http.ConnState) {
		if s == http.StateNew {
			opened.Add(1)
		}
	}
	srv.StartTLS()
	defer srv.Close()
	c := client(t, srv.URL, srv.Client())
	for range 20 {
		if _, err := c.Send(t.Context(), numberID, message); err != nil {
			t.Fatal(err)
		}
	}
	if n := opened.Load(); n != 1 {
		t.Errorf("20 sends in a row opened %d connections", n)
	}
}

func TestRetryAfter(t *testing.T) {
	const date = "Sun, 22 Nov 2026 10:00:00 GMT"
	tests := []struct {
		name, value, date string
		want              time.Duration
	}{
		{"none", "", date, 0},
		{"seconds", "120", "", 2 * time.Minute},
		{"more than a day is a day", "4000000000", "", 24 * time.Hour},
		{"negative is nonsense", "-5", date, 0},
		{"a moment counts from the server's date", "Sun, 22 Nov 2026 10:00:30 GMT", date, 30 * time.Second},
		{"a moment gone by", "Sun, 22 Nov 2026 09:00:00 GMT", date, 0},
		{"a moment without a date to count from", "Sun, 22 Nov 2026 10:00:30 GMT", "", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			h := http.Header{"Retry-After": {tt.value}, "Date": {tt.date}}
			if got := retryAfter(h); got != tt.want {
				t.Errorf("retryAfter = %v, want %v", got, tt.want)
			}
		})
	}
}

func TestNewClientRefuses(t *testing.T) {
	tests := []struct {
		name string
		o    ClientOptions
	}{
		{"no token", ClientOptions{}},
		{"a token with a line break", ClientOptions{Token: "a\r\nX-Evil: 1"}},
		{"a version that is none", ClientOptions{Token: token, Version: "25"}},
		{"plain http to another machine", ClientOptions{Token: token, BaseURL: "http://graph.facebook.com"}},
		{"another scheme", ClientOptions{Token: token, BaseURL: "ftp://127.0.0.1"}},
		{"no host", ClientOptions{Token: token, BaseURL: "graph.facebook.com"}},
		{"a password in the address", ClientOptions{Token: token, BaseURL: "https://a:b@graph.facebook.com"}},
		{"a query in the address", ClientOptions{Token: token, BaseURL: "https://graph.facebook.com?x=1"}},
		{"a transport that cannot be measured", ClientOptions{Token: token, HTTP: &http.Client{Transport: opaque{}}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if c, err := NewClient(tt.o); err == nil {
				t.Errorf("NewClient = %+v", c.base)
			}
		})
	}
	t.Run("and takes the defaults", func(t *testing.T) {
		c, err := NewClient(ClientOptions{Token: token})
		if err != nil || c.base != "https://graph.facebook.com/v25.0/" {
			t.Errorf("base = %v, %v", c, err)
		}
		if c.http.Timeout != defaultTimeout {
			t.Errorf("a slow answer is waited for %v", c.http.Timeout)
		}
	})
	t.Run("and takes the caller's limit for a slow answer", func(t *testing.T) {
		c, err := NewClient(ClientOptions{Token: token, HTTP: &http.Client{Timeout: time.Minute}})
		if err != nil || c.http.Timeout != time.Minute {
			t.Errorf("client = %+v, %v", c, err)
		}
	})
}

type opaque struct{ http.RoundTripper }
