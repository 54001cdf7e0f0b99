package sandbox

import (
	"context"
	"crypto/tls"
	_ "embed"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"

	"shopbell/core/chat"
)

// Rules are the starter rules of the sandbox shop, as a rules file.
//
//go:embed rules.json
var Rules []byte

// DefaultDelay is Options.Delay where it is zero.
const DefaultDelay = 400 * time.Millisecond

// Options configure a Sandbox.
type Options struct {
	AppSecret     string // signs the webhooks; required
	Token         string // the Graph API asks for it; required
	PhoneNumberID string // digits; required
	WABAID        string // required
	DisplayPhone  string
	VerifiedName  string // "" means "Sandbox shop"
	WebhookURL    string // may be given later: Deliver
	AppID         string // "" means one of its own
	// TokenExpires is when Graph begins to refuse the token; zero: never.
	TokenExpires time.Time
	// Scopes are what the token may do; nil means messaging and management.
	Scopes []string
	// Targets are the accounts that the token's permissions are limited to; nil means
	// WABAID.
	Targets []string
	// RequireProof: the app has Meta's "Require App Secret" on, and Graph takes no
	// question without appsecret_proof.
	RequireProof bool
	// Others are further numbers that the token sees, of this account or another.
	Others []Number
	// Unsubscribed: the app has not asked for webhooks yet, and none come until it
	// does (POST subscribed_apps).
	Unsubscribed bool
	// Templates are the account's; nil means Templates().
	Templates []chat.Template
	// TLS is how the webhooks' https addresses are checked; nil as usual.
	TLS *tls.Config
	// Now tells the time of messages, windows and latencies; required.
	Now func() time.Time
	// Seed makes faults by rate and the customers' choices repeatable.
	Seed uint64
	// Delay is the time from accepting a message to "delivered"; "read" follows
	// after twice that. Zero means DefaultDelay; below zero statuses come at
	// once, and may overtake the answer to the send.
	Delay time.Duration
	Log   *slog.Logger // failed webhooks; nil discards
}

// Sandbox is one simulated WhatsApp with one shop. Safe for many goroutines. It
// remembers all messages until Close, those of newcomers for two days or more (Run).
type Sandbox struct {
	o       Options
	addr    string // of the Graph API, the same for life
	client  *http.Client
	ctx     context.Context // ends with Close
	cancel  context.CancelFunc
	started time.Time
	crowd   crowd
	run     string // begins every wamid; differs from run to run

	mu       sync.Mutex
	idle     *sync.Cond // pending became 0, or somebody's context ended
	pending  int        // background work under way
	closed   bool
	server   *http.Server // nil while Faults.Down
	listener net.Listener // of server
	serving  sync.WaitGroup
	account  account
	media    map[string]*kept
	faults   Faults
	rng      *rand.Rand
	count    uint64 // of wamids and files
	phones   map[string]*phone
	stats    counters
}

// Open starts the Graph API on a free port of 127.0.0.1. Close it in the end.
func Open(o Options) (*Sandbox, error) {
	switch {
	case o.AppSecret == "" || o.Token == "" || o.WABAID == "":
		return nil, errors.New("sandbox: AppSecret, Token and WABAID must not be empty")
	case o.PhoneNumberID == "" || chat.Digits(o.PhoneNumberID) != o.PhoneNumberID:
		return nil, fmt.Errorf("sandbox: PhoneNumberID %q: want digits", o.PhoneNumberID)
	case o.Now == nil:
		return nil, errors.New("sandbox: Now must be set")
	}
	if o.Delay == 0 {
		o.Delay = DefaultDelay
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.VerifiedName == "" {
		o.VerifiedName = "Sandbox shop"
	}
	if o.AppID == "" {
		o.AppID = "300000000000042"
	}
	if o.Scopes == nil {
		o.Scopes = []string{scopeMessaging, scopeManagement}
	}
	if o.Targets == nil {
		o.Targets = []string{o.WABAID}
	}
	if o.Templates == nil {
		o.Templates = Templates()
	}
	cast, err := loadCast()
	if err != nil {
		return nil, err
	}
	newcomers, err := loadCrowd()
	if err != nil {
		return nil, err
	}
	ln, err := listen()
	if err != nil {
		return nil, fmt.Errorf("sandbox: Graph API: %w", err)
	}
	s := &Sandbox{
		o:       o,
		addr:    ln.Addr().String(),
		account: account{subscribed: !o.Unsubscribed, app: o.WebhookURL, numbers: map[string]string{}, profile: object{}, blocked: map[string]bool{}},
		media:   map[string]*kept{},
		started: o.Now(),
		rng:     rand.New(rand.NewPCG(o.Seed, 0)),
		crowd:   newcomers,
		phones:  map[string]*phone{},
		run:     "wamid.sandbox." + strconv.FormatInt(o.Now().UnixNano(), 36) + ".",
		client: &http.Client{
			Timeout:   15 * time.Second,
			Transport: &http.Transport{MaxIdleConnsPerHost: webhookConns, MaxConnsPerHost: webhookConns, TLSClientConfig: o.TLS},
		},
	}
	s.idle = sync.NewCond(&s.mu)
	s.ctx, s.cancel = context.WithCancel(context.Background()) //nolint:forbidigo // lives until Close, longer than any call
	// The desk may have open conversations with the cast from an earlier run:
	// they are taken to have written just before this one.
	for _, c := range cast.Customers {
		s.phone(c).lastInbound = o.Now()
	}
	s.serve(ln)
	return s, nil
}

// listen takes a free port below those that systems give to outgoing
// connections: one of these could take the port while Faults.Down.
func listen() (ln net.Listener, err error) {
	for range 50 {
		port := 20_000 + rand.IntN(12_000)
		if ln, err = net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port))); err == nil {
			return ln, nil
		}
	}
	return nil, err
}

// Close stops everything and waits for it. Webhooks not yet accepted are lost.
// A second call does nothing.
func (s *Sandbox) Close() error {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return nil
	}
	s.closed = true
	server := s.server
	s.mu.Unlock()
	s.cancel()
	var err error
	if server != nil {
		err = server.Close()
	}
	s.serving.Wait()
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.pending > 0 {
		s.idle.Wait()
	}
	s.client.CloseIdleConnections()
	return err
}

// GraphURL is the base address of the simulated Graph API. It stays the same
// while the API is down.
func (s *Sandbox) GraphURL() string { return "http://" + s.addr }

// Deliver sets where webhooks go from now on, unless the shop tells Graph another
// address for its number or its account. It is not tried.
func (s *Sandbox) Deliver(webhookURL string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.account.app = webhookURL
}

// Idle waits until every status and every repeated webhook that is due has been
// accepted by the desk, or until ctx ends, whose error it returns then.
func (s *Sandbox) Idle(ctx context.Context) error {
	stop := context.AfterFunc(ctx, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.idle.Broadcast()
	})
	defer stop()
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.pending > 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		s.idle.Wait()
	}
	return nil
}

// background runs work on a goroutine that Close and Idle wait for. The work
// ends when its context does. After Close nothing is started.
func (s *Sandbox) background(work func(ctx context.Context)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return
	}
	s.pending++
	go func() {
		defer func() {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.pending--
			s.idle.Broadcast()
		}()
		work(s.ctx)
	}()
}

// serve answers Graph requests on ln. Callers but Open hold mu.
func (s *Sandbox) serve(ln net.Listener) {
	server := &http.Server{
		Handler:           s.routes(),
		ReadHeaderTimeout: 10 * time.Second,
		ErrorLog:          slog.NewLogLogger(s.o.Log.Handler(), slog.LevelDebug),
		BaseContext:       func(net.Listener) context.Context { return s.ctx },
	}
	s.server, s.listener = server, ln
	s.serving.Go(func() {
		if err := server.Serve(ln); !errors.Is(err, http.ErrServerClosed) {
			s.o.Log.Error("sandbox: the Graph API stopped", "error", err)
		}
	})
}

// wamid makes a new message id. Callers hold mu.
func (s *Sandbox) wamid() string {
	s.count++
	return s.run + strconv.FormatUint(s.count, 36)
}
