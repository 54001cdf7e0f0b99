package cloudapi

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"
)

var picture = bytes.Repeat([]byte("0123456789"), 20_000)

// serve answers as Meta's servers of files do, ranges included.
func serve(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "image/jpeg")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(picture))
}

// authorized refuses what comes without the token.
func authorized(t *testing.T, next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer "+token {
			t.Errorf("Authorization = %q", r.Header.Get("Authorization"))
		}
		next(w, r)
	}
}

func TestDownload(t *testing.T) {
	t.Run("brings the file with its size and type", func(t *testing.T) {
		c, srv := graph(t, authorized(t, serve))
		body, info, err := c.Download(t.Context(), srv.URL+"/files/1?hash=x", 0)
		if err != nil {
			t.Fatal(err)
		}
		defer body.Close()
		if want := (DownloadInfo{Size: int64(len(picture)), MIME: "image/jpeg"}); info != want {
			t.Errorf("info = %+v", info)
		}
		if err := iotest.TestReader(body, picture); err != nil {
			t.Error(err)
		}
	})
	t.Run("resumes where it broke off", func(t *testing.T) {
		c, srv := graph(t, authorized(t, func(w http.ResponseWriter, r *http.Request) {
			if r.Header.Get("Range") == "" {
				cut(w, fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s", len(picture), picture[:123_456]))
				return
			}
			serve(w, r)
		}))
		first, info := broken(t, c, srv.URL, 0)
		if info.Size != int64(len(picture)) || len(first) != 123_456 {
			t.Fatalf("%d bytes of %+v", len(first), info)
		}
		body, info, err := c.Download(t.Context(), srv.URL, int64(len(first)))
		if err != nil {
			t.Fatal(err)
		}
		defer body.Close()
		rest, err := io.ReadAll(body)
		if err != nil || info.Offset != int64(len(first)) || info.Size != int64(len(picture)) {
			t.Errorf("info = %+v, %v", info, err)
		}
		if !bytes.Equal(append(first, rest...), picture) {
			t.Error("the parts are not the file")
		}
	})
	t.Run("says so when the server starts again", func(t *testing.T) {
		c, srv := graph(t, func(w http.ResponseWriter, r *http.Request) {
			r.Header.Del("Range")
			serve(w, r)
		})
		body, info, err := c.Download(t.Context(), srv.URL, 1000)
		if err != nil {
			t.Fatal(err)
		}
		defer body.Close()
		if got, err := io.ReadAll(body); err != nil || info.Offset != 0 || !bytes.Equal(got, picture) {
			t.Errorf("%d bytes, %+v, %v", len(got), info, err)
		}
	})
	t.Run("starts again when more is here than the file has", func(t *testing.T) {
		c, srv := graph(t, serve)
		body, info, err := c.Download(t.Context(), srv.URL, int64(len(picture)))
		if err != nil {
			t.Fatal(err)
		}
		defer body.Close()
		if got, err := io.ReadAll(body); err != nil || info.Offset != 0 || !bytes.Equal(got, picture) {
			t.Errorf("%d bytes, %+v, %v", len(got), info, err)
		}
	})
	t.Run("takes no other part than it asked for", func(t *testing.T) {
		for _, span := range []string{"bytes 0-9/10", "bytes x-9/10", "bytes 5/10", "5-9/10", "bytes 5-9", "bytes 5-9/x"} {
			c, srv := graph(t, func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Range", span)
				respond(206, "56789")(w, r)
			})
			if _, info, err := c.Download(t.Context(), srv.URL, 5); !errors.Is(err, ErrNoAnswer) {
				t.Errorf("%q: %+v, %v", span, info, err)
			}
		}
	})
	t.Run("a part of a file of unknown size", func(t *testing.T) {
		c, srv := graph(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Range", "bytes 5-9/*")
			respond(206, "56789")(w, r)
		})
		body, info, err := c.Download(t.Context(), srv.URL, 5)
		if err != nil {
			t.Fatal(err)
		}
		defer body.Close()
		if info.Offset != 5 || info.Size != -1 {
			t.Errorf("info = %+v", info)
		}
	})
	t.Run("404 and 410 are ErrGone", func(t *testing.T) {
		for _, status := range []int{404, 410} {
			c, srv := graph(t, respond(status, `<html>`))
			if _, _, err := c.Download(t.Context(), srv.URL, 0); !errors.Is(err, ErrGone) {
				t.Errorf("%d: %v", status, err)
			}
		}
	})
	t.Run("a refused token is an Error, and a page of a proxy no answer", func(t *testing.T) {
		c, srv := graph(t, respond(401, `{"error":{"code":190,"message":"expired"}}`))
		if _, _, err := c.Download(t.Context(), srv.URL, 0); ClassOf(err) != ClassToken {
			t.Errorf("error = %v", err)
		}
		c, srv = graph(t, respond(502, `<html>`))
		if _, _, err := c.Download(t.Context(), srv.URL, 0); !errors.Is(err, ErrNoAnswer) {
			t.Errorf("error = %v", err)
		}
	})
	t.Run("a server that sends nothing more is given up", func(t *testing.T) {
		c, srv := graph(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Length", "100")
			fmt.Fprint(w, "some")
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		})
		c.patience = 50 * time.Millisecond
		body, _, err := c.Download(t.Context(), srv.URL, 0)
		if err == nil {
			_, err = io.ReadAll(body)
			body.Close()
		}
		if !errors.Is(err, errStalled) {
			t.Errorf("error = %v", err)
		}
	})
	t.Run("an offset before the file is refused", func(t *testing.T) {
		c, srv := graph(t, func(http.ResponseWriter, *http.Request) { t.Error("a request left") })
		if _, _, err := c.Download(t.Context(), srv.URL, -1); ClassOf(err) != ClassParameters {
			t.Errorf("error = %v", err)
		}
	})
	t.Run("an error holds nothing of the query", func(t *testing.T) {
		c, srv := graph(t, func(w http.ResponseWriter, r *http.Request) { cut(w, "") })
		_, _, err := c.Download(t.Context(), srv.URL+"/x?hash=secret-hash", 0)
		if err == nil || strings.Contains(err.Error(), "secret-hash") || strings.Contains(err.Error(), token) {
			t.Errorf("error = %v", err)
		}
	})
}

// broken reads a download that breaks off.
func broken(t *testing.T, c *Client, address string, offset int64) ([]byte, DownloadInfo) {
	t.Helper()
	body, info, err := c.Download(t.Context(), address, offset)
	if err != nil {
		t.Fatal(err)
	}
	defer body.Close()
	got, err := io.ReadAll(body)
	if !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Fatalf("a cut body ends with %v", err)
	}
	return got, info
}

// A shop's token opens all of its chats. Whoever can make Meta name an address,
// or stand in for one of its servers, must not get it.
func TestDownloadShowsTheTokenToMetaOnly(t *testing.T) {
	foreign := []struct{ name, address string }{
		{"another host", "https://files.example/x"},
		{"a host that ends like Meta's", "https://evilfbsbx.com/x"},
		{"a host that begins like Meta's", "https://lookaside.fbsbx.com.evil.example/x"},
		{"Meta's host without TLS", "http://lookaside.fbsbx.com/x"},
		{"Meta's host on another port", "https://lookaside.fbsbx.com:8443/x"},
		{"a name before another host", "https://lookaside.fbsbx.com@evil.example/x"},
		{"a name before Meta's host", "https://me@lookaside.fbsbx.com/x"},
		{"the domain itself, which serves no files", "https://whatsapp.net/x"},
		{"an address within this network", "https://192.168.0.1/x"},
		{"this machine, where Graph is elsewhere", "http://127.0.0.1:1/x"},
		{"no host", "https:///x"},
		{"no address", "x"},
		{"another scheme", "file:///etc/passwd"},
	}
	t.Run("asks no foreign host", func(t *testing.T) {
		n := network{t: t, hosts: map[string]http.HandlerFunc{}}
		c := n.client()
		for _, f := range foreign {
			_, _, err := c.Download(t.Context(), f.address, 0)
			if host, ok := errors.AsType[*HostError](err); !ok || host.Error() == "" {
				t.Errorf("%s: %v", f.name, err)
			}
		}
		if len(n.seen) > 0 {
			t.Errorf("asked: %v", n.seen)
		}
	})
	t.Run("follows no redirect to one", func(t *testing.T) {
		for _, f := range foreign {
			n := network{t: t, hosts: map[string]http.HandlerFunc{
				"lookaside.fbsbx.com:443": func(w http.ResponseWriter, r *http.Request) {
					w.Header().Set("Location", f.address)
					w.WriteHeader(http.StatusFound)
				},
			}}
			_, _, err := n.client().Download(t.Context(), "https://lookaside.fbsbx.com/x", 0)
			if f.name == "no address" { // leads back to the same host, again and again
				if !errors.Is(err, ErrNoAnswer) {
					t.Errorf("%s: %v", f.name, err)
				}
				continue
			}
			if _, ok := errors.AsType[*HostError](err); !ok {
				t.Errorf("%s: %v", f.name, err)
			}
			if len(n.seen) != 1 {
				t.Errorf("%s: asked %v", f.name, n.seen)
			}
		}
	})
	t.Run("follows one between Meta's hosts, with the token", func(t *testing.T) {
		n := network{t: t, hosts: map[string]http.HandlerFunc{
			"lookaside.fbsbx.com:443": func(w http.ResponseWriter, r *http.Request) {
				http.Redirect(w, r, "https://scontent.XX.whatsapp.net/y", http.StatusFound)
			},
			"scontent.xx.whatsapp.net:443": serve,
		}}
		body, _, err := n.client().Download(t.Context(), "https://LOOKASIDE.fbsbx.com:443/x", 0)
		if err != nil {
			t.Fatal(err)
		}
		defer body.Close()
		if got, err := io.ReadAll(body); err != nil || !bytes.Equal(got, picture) {
			t.Errorf("%d bytes, %v", len(got), err)
		}
		for _, s := range n.seen {
			if !strings.HasSuffix(s, "Bearer "+token) {
				t.Errorf("asked %s", s)
			}
		}
	})
	t.Run("a redirect without an address is no answer", func(t *testing.T) {
		c, srv := graph(t, respond(302, ""))
		if _, _, err := c.Download(t.Context(), srv.URL, 0); !errors.Is(err, ErrNoAnswer) {
			t.Errorf("error = %v", err)
		}
	})
	t.Run("a Graph address in a test opens that server only", func(t *testing.T) {
		var asked sync.Map
		other := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			asked.Store(r.Header.Get("Authorization"), true)
		}))
		defer other.Close()
		c, srv := graph(t, serve)
		if _, _, err := c.Download(t.Context(), other.URL, 0); err == nil {
			t.Error("another port of this machine was asked")
		}
		plain, err := url.Parse(srv.URL)
		if err != nil {
			t.Fatal(err)
		}
		plain.Scheme = "http"
		if _, _, err := c.Download(t.Context(), plain.String(), 0); err == nil {
			t.Error("the same server was asked without TLS")
		}
		asked.Range(func(key, _ any) bool { t.Errorf("the other server saw %v", key); return true })
	})
}

// network is an internet of its own: one TLS server on this machine stands for
// all hosts, and every request is noted with what it showed of the token.
type network struct {
	t     *testing.T
	hosts map[string]http.HandlerFunc // by host:port
	mu    sync.Mutex
	seen  []string
}

func (n *network) client() *Client {
	srv := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n.mu.Lock()
		n.seen = append(n.seen, r.Host+" "+r.Header.Get("Authorization"))
		n.mu.Unlock()
		host := strings.ToLower(r.Host)
		if _, _, err := net.SplitHostPort(host); err != nil {
			host += ":443"
		}
		if next := n.hosts[host]; next != nil {
			next(w, r)
			return
		}
		serve(w, r)
	}))
	n.t.Cleanup(srv.Close)
	h := srv.Client()
	transport := h.Transport.(*http.Transport)
	transport.DialContext = func(ctx context.Context, network, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, network, srv.Listener.Addr().String())
	}
	transport.TLSClientConfig = &tls.Config{RootCAs: transport.TLSClientConfig.RootCAs, ServerName: "example.com", MinVersion: tls.VersionTLS12}
	return client(n.t, "", h)
}
