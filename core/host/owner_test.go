package host_test

import (
	"bytes"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"shopbell/core/desk"
	"shopbell/core/host"
	"shopbell/core/sandbox"
	"shopbell/core/store"
	"shopbell/core/store/storetest"
)

// What Meta gave the owner. The letters are long enough to be looked for.
const (
	ownNumber  = "100000000000077"
	ownAccount = "200000000000077"
	ownToken   = "EAAGm0PX4ZCpsBOnobodyMayReadThis"
	ownSecret  = "0123456789abcdef-app-secret"
	tunnelKey  = "2abcDEF-authtoken-of-the-tunnel"
)

// otherNumber is one that the token sees, of another account.
var otherNumber = sandbox.Number{PhoneNumberID: "100000000000088", WABAID: "200000000000088", DisplayPhone: "+1 555-010-0088", Name: "Other"}

// owner is a real shop on a new computer: a simulated Meta that has sent nothing
// yet, a proxy with a certificate in front of the desk, and a desk with no keys.
type owner struct {
	*host.Host
	t      *testing.T
	o      host.Options
	meta   *sandbox.Sandbox
	proxy  *httptest.Server
	to     atomic.Pointer[url.URL] // where the proxy forwards to; nil: nowhere
	verify atomic.Value            // the verify token of the last handshake
	log    *lockedBuffer
}

// openOwner opens one. change, where set, changes what Meta knows.
func openOwner(t *testing.T, change func(*sandbox.Options)) *owner {
	t.Helper()
	s := &owner{t: t, log: &lockedBuffer{}}
	forward := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(s.to.Load())
		r.Out.URL.Path = "/" + path.Base(r.In.URL.Path)
	}, ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)}
	s.proxy = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			s.verify.Store(r.URL.Query().Get("hub.verify_token"))
		}
		if s.to.Load() == nil {
			http.Error(w, "nothing here", http.StatusBadGateway)
			return
		}
		forward.ServeHTTP(w, r)
	}))
	t.Cleanup(s.proxy.Close)
	transport := s.proxy.Client().Transport.(*http.Transport)
	meta := sandbox.Options{
		AppSecret: ownSecret, Token: ownToken, PhoneNumberID: ownNumber, WABAID: ownAccount, DisplayPhone: "+1 555-010-0077",
		VerifiedName: "Bell & Sons", Others: []sandbox.Number{otherNumber}, Unsubscribed: true, TLS: transport.TLSClientConfig.Clone(),
		Now: time.Now, Delay: -1,
	}
	if change != nil {
		change(&meta)
	}
	var err error
	if s.meta, err = sandbox.Open(meta); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.meta.Close(); err != nil {
			t.Error(err)
		}
	})
	s.o = host.Options{
		DataDir: t.TempDir(), KeyFolder: t.TempDir(), Graph: host.Graph{URL: s.meta.GraphURL()},
		Outside: transport, APIListen: "127.0.0.1:0", Log: slog.New(slog.NewTextHandler(s.log, nil)),
	}
	storetest.Seed(t, filepath.Join(s.o.DataDir, store.FileName))
	s.open()
	t.Cleanup(s.close)
	return s
}

// openConnected opens one with the owner's keys, whose way Meta knows.
func openConnected(t *testing.T, change func(*sandbox.Options)) *owner {
	t.Helper()
	s := openOwner(t, change)
	s.save(ownKeys())
	s.forwards()
	if r := s.check(); r.State != desk.ArrivalChecked {
		t.Fatalf("the way is %+v", r)
	}
	return s
}

func (s *owner) open() {
	s.t.Helper()
	var err error
	if s.Host, err = host.Open(s.t.Context(), s.o); err != nil {
		s.t.Fatal(err)
	}
}

func (s *owner) close() {
	s.t.Helper()
	if err := s.Close(); err != nil {
		s.t.Error(err)
	}
}

// again closes the desk and opens it anew.
func (s *owner) again() {
	s.t.Helper()
	s.close()
	s.open()
}

func ownKeys() desk.Keys {
	return desk.Keys{PhoneNumberID: ownNumber, WABAID: ownAccount, Token: ownToken, AppSecret: ownSecret}
}

func (s *owner) save(k desk.Keys) desk.KeysReport {
	s.t.Helper()
	report, err := s.SaveKeys(s.t.Context(), s.Owner(), k)
	if err != nil {
		s.t.Fatalf("saving keys: %v, with the report %+v", err, report)
	}
	return report
}

// forwards chooses the proxy as the way, and lets it forward to the desk.
func (s *owner) forwards() {
	s.t.Helper()
	if err := s.SetArrival(s.t.Context(), s.Owner(), desk.Arrival{Way: desk.WayForwarder, URL: s.proxy.URL, Listen: "127.0.0.1:0"}); err != nil {
		s.t.Fatal(err)
	}
	s.follow()
}

// follow has the proxy forward to where the desk listens.
func (s *owner) follow() {
	s.t.Helper()
	eventually(s.t, s.Host, "the way is open", func() bool { return s.connected().Report.Forward != "" })
	to, err := url.Parse(s.connected().Report.Forward)
	if err != nil {
		s.t.Fatal(err)
	}
	s.to.Store(to)
}

func (s *owner) check() desk.ArrivalReport {
	s.t.Helper()
	report, err := s.CheckArrival(s.t.Context(), s.Owner())
	if err != nil {
		s.t.Fatal(err)
	}
	return report
}

func (s *owner) connected() desk.Connected {
	s.t.Helper()
	c, err := s.Connected(s.t.Context(), s.Owner())
	if err != nil {
		s.t.Fatal(err)
	}
	return c
}

func (s *owner) health() desk.Health {
	s.t.Helper()
	state, err := s.Health(s.t.Context(), s.Owner())
	if err != nil {
		s.t.Fatal(err)
	}
	return state
}

func (s *owner) faults(f sandbox.Faults) {
	s.t.Helper()
	if err := s.meta.SetFaults(f); err != nil {
		s.t.Fatal(err)
	}
}

func (s *owner) until(what string, ok func() bool) {
	s.t.Helper()
	eventually(s.t, s.Host, what, ok)
}

// hears lets Emma write, and waits until the desk shows it.
func (s *owner) hears(text string) {
	s.t.Helper()
	if _, err := s.meta.Write(s.t.Context(), emma, text); err != nil {
		s.t.Fatal(err)
	}
	s.until("what was written is on the desk", func() bool {
		page, err := s.List(s.t.Context(), s.Owner(), desk.ListQuery{Filter: desk.FilterAll})
		if err != nil {
			s.t.Fatal(err)
		}
		return len(page.Rows) == 1 && page.Rows[0].Preview.Text == text
	})
}

// leaks fails where one of some letters stands in a file under dir or in the log.
func (s *owner) leaks(dir string, secrets ...string) {
	s.t.Helper()
	files := 0
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		files++
		for _, secret := range secrets {
			if bytes.Contains(content, []byte(secret)) {
				s.t.Errorf("%s holds %q", name, secret)
			}
		}
		return nil
	})
	if err != nil || files == 0 {
		s.t.Errorf("looked into %d files: %v", files, err)
	}
	for _, secret := range secrets {
		if strings.Contains(s.log.String(), secret) {
			s.t.Errorf("the log holds %q", secret)
		}
	}
}

// lockedBuffer is a log that is read while it is written.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

var _ io.Writer = (*lockedBuffer)(nil)

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}
