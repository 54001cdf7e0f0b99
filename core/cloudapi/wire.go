package cloudapi

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/http/httptrace"
	"sync"
	"sync/atomic"
	"time"
)

// Whether a failed request reached the other side decides between "try again"
// and "ask a person". Guessing from the error is not enough: "connection reset"
// comes before and after a request alike. So the client counts the bytes that
// each connection took after its handshake, and compares.

// meter is a connection that counts what was written through it.
type meter struct {
	net.Conn
	written atomic.Int64
}

func (m *meter) Write(p []byte) (int, error) {
	n, err := m.Conn.Write(p)
	m.written.Add(int64(n))
	return n, err
}

// measured returns a transport whose connections are meters, based on the one
// of c or on our own.
func measured(c *http.Client) (*http.Transport, error) {
	t := &http.Transport{
		Proxy:               http.ProxyFromEnvironment,
		MaxIdleConns:        128,
		MaxIdleConnsPerHost: 128, // every worker of the outbox keeps its own
		IdleConnTimeout:     90 * time.Second,
	}
	if c != nil && c.Transport != nil {
		given, ok := c.Transport.(*http.Transport)
		if !ok {
			// Any other would hide from us whether a request left.
			return nil, errors.New("cloudapi: ClientOptions.HTTP must use an *http.Transport or none")
		}
		t = given.Clone()
	}
	// HTTP/1.1 on purpose: one request per connection, so that a lost connection
	// makes one message unknown instead of all that are in flight.
	t.Protocols = new(http.Protocols)
	t.Protocols.SetHTTP1(true)
	t.ForceAttemptHTTP2 = false

	dial := t.DialContext
	if dial == nil {
		dial = (&net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}).DialContext
	}
	config := t.TLSClientConfig.Clone()
	if config == nil {
		config = &tls.Config{MinVersion: tls.VersionTLS12}
	}
	t.DialContext = func(ctx context.Context, network, addr string) (net.Conn, error) {
		conn, err := dial(ctx, network, addr)
		if err != nil {
			return nil, err
		}
		return &meter{Conn: conn}, nil
	}
	// The meter sits above TLS: the handshake does not count, nor does the
	// closing alert, and a record that left in part can be read by nobody.
	t.DialTLSContext = func(ctx context.Context, network, addr string) (net.Conn, error) {
		host, _, err := net.SplitHostPort(addr)
		if err != nil {
			return nil, err
		}
		conn, err := dial(ctx, network, addr)
		if err != nil {
			return nil, err
		}
		own := config.Clone()
		own.NextProtos = []string{"http/1.1"}
		if own.ServerName == "" {
			own.ServerName = host
		}
		ctx, cancel := context.WithTimeout(ctx, handshakeTimeout)
		defer cancel()
		secure := tls.Client(conn, own)
		if err := secure.HandshakeContext(ctx); err != nil {
			return nil, errors.Join(err, conn.Close())
		}
		return &meter{Conn: secure}, nil
	}
	return t, nil
}

const handshakeTimeout = 10 * time.Second

// watch follows one request. http.Transport tries again by itself on another
// connection when nothing was written to the first; only the last one counts.
type watch struct {
	mu     sync.Mutex
	conn   *meter
	before int64 // what conn had written before this request
	began  bool  // headers went out on a connection that is no meter
}

func (w *watch) trace(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn: func(string) { w.set(nil) },
		GotConn: func(info httptrace.GotConnInfo) {
			m, _ := info.Conn.(*meter)
			w.set(m)
		},
		WroteHeaders: func() {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.began = w.conn == nil
		},
	})
}

func (w *watch) set(conn *meter) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.conn, w.before, w.began = conn, 0, false
	if conn != nil {
		w.before = conn.written.Load()
	}
}

// reached reports whether any part of the request may have been received. It is
// asked after the request failed: by then the transport writes no more. Over a
// that tunnels TLS there is no meter, and written headers count as sent.
func (w *watch) reached() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.conn != nil {
		return w.conn.written.Load() > w.before
	}
	return w.began
}
