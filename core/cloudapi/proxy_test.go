package cloudapi

import (
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
)

// tunnel is a proxy as offices have it: it connects, and passes on what it
// cannot read.
type tunnel struct{ refuse bool }

func (p *tunnel) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if p.refuse || r.Method != http.MethodConnect {
		http.Error(w, "not through here", http.StatusForbidden)
		return
	}
	far, err := net.Dial("tcp", r.Host)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	defer far.Close()
	near, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	var up sync.WaitGroup
	defer up.Wait()
	defer near.Close()
	if _, err := io.WriteString(near, "HTTP/1.1 200 Connection established\r\n\r\n"); err != nil {
		return
	}
	up.Go(func() {
		defer far.Close()
		_, _ = io.Copy(far, near) // either side may go first
	})
	_, _ = io.Copy(near, far)
}

func TestSendThroughAProxy(t *testing.T) {
	through := func(t *testing.T, p *tunnel, handler http.HandlerFunc) *Client {
		srv := httptest.NewTLSServer(handler)
		t.Cleanup(srv.Close)
		proxy := httptest.NewServer(p)
		t.Cleanup(proxy.Close)
		address, err := url.Parse(proxy.URL)
		if err != nil {
			t.Fatal(err)
		}
		h := srv.Client()
		h.Transport.(*http.Transport).Proxy = http.ProxyURL(address)
		return client(t, srv.URL, h)
	}
	t.Run("a message leaves", func(t *testing.T) {
		c := through(t, &tunnel{}, respond(200, receipt))
		if got, err := c.Send(t.Context(), numberID, message); err != nil || got.WAMID != "wamid.ours" {
			t.Errorf("accepted = %+v, %v", got, err)
		}
	})
	t.Run("a cut after the request was read is unknown", func(t *testing.T) {
		c := through(t, &tunnel{}, func(w http.ResponseWriter, r *http.Request) {
			drain(r)
			cut(w, "")
		})
		if _, err := c.Send(t.Context(), numberID, message); !errors.Is(err, ErrNoAnswer) {
			t.Errorf("error = %v", err)
		}
	})
	t.Run("a proxy that does not let it through: not sent", func(t *testing.T) {
		c := through(t, &tunnel{refuse: true}, func(http.ResponseWriter, *http.Request) { t.Error("a request left") })
		if _, err := c.Send(t.Context(), numberID, message); !errors.Is(err, ErrNotSent) {
			t.Errorf("error = %v", err)
		}
	})
}

func BenchmarkSend(b *testing.B) {
	srv := httptest.NewServer(respond(200, receipt))
	defer srv.Close()
	c, err := NewClient(ClientOptions{BaseURL: srv.URL, Token: token})
	if err != nil {
		b.Fatal(err)
	}
	defer c.Close()
	b.ReportAllocs()
	b.SetParallelism(32)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if _, err := c.Send(b.Context(), numberID, message); err != nil {
				b.Error(err)
				return
			}
		}
	})
}
