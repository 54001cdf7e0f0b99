// Package host is the desk: it opens everything in order and closes it in
// reverse, serves the webhook, and implements desk.Service, with the permission
// check and the audit in one place.
package host

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofrs/flock"

	"shopbell/core/autoreply"
	"shopbell/core/backup"
	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/intake"
	"shopbell/core/media"
	"shopbell/core/outbox"
	"shopbell/core/sandbox"
	"shopbell/core/secrets"
	"shopbell/core/staff"
	"shopbell/core/store"
)

// SandboxFolder is where, inside the data folder, the sandbox shop has its own
// file: simulated customers never stand in one file with real ones.
const SandboxFolder = "sandbox"

// ErrInUse is returned by Open when another program has the data folder open.
var ErrInUse = errors.New("host: the data folder is in use by another Shopbell")

// Graph says how to reach the Graph API, and what signs its webhooks.
type Graph struct {
	URL, Version  string // "" for Meta's own and this program's default
	Token         string
	AppSecret     string
	VerifyToken   string
	PhoneNumberID string
	WABAID        string
}

// Options of a Host.
type Options struct {
	DataDir string // made where it is missing
	// Listen is the address of the webhook; "" for none, in the sandbox a free
	// port on loopback. A way that the owner chooses (desk.Setup) is beside it.
	Listen string
	// Graph is not used in the sandbox. Keys in it are used and not kept; without a
	// token and an app secret those are used that the owner has entered.
	Graph Graph
	// Secrets keeps the keys that the owner enters; nil means this computer's own
	// place for them (package secrets).
	Secrets secrets.Store
	// KeyFolder is where the key of an encrypted file of secrets lies; "" means a
	// folder of its own beside the other programs' settings.
	KeyFolder string
	// Tunnels opens what a person has chosen; nil means ngrok's service and a real
	// port.
	Tunnels Tunnels
	// Outside carries the handshake that is made with the public address; nil means
	// the usual way, with the certificates this computer trusts.
	Outside http.RoundTripper
	// Sandbox opens the sandbox shop instead of the real one: its own file, a
	// simulated Graph API on loopback, simulated customers.
	Sandbox bool
	// Pace is how often a simulated customer writes; 0: never by themselves.
	Pace time.Duration
	// NetworkDelay is how long the simulated network takes to bring a message to
	// its customer: sandbox.Options.Delay.
	NetworkDelay time.Duration
	// Limits of the outbox; nil means outbox.DefaultLimits.
	Limits *outbox.Limits
	// APIToken lets other programs call the local API on the address of Listen; ""
	// leaves it to a person to switch it on (desk.Stock), on an address of its own. The
	// ways that the owner chooses for webhooks never lead to it.
	APIToken desk.Secret
	// APIListen replaces desk.UsualAPIListen where it is not "".
	APIListen string
	// AutomaticSendBefore replaces intake.AutomaticSendBefore where it is not 0.
	AutomaticSendBefore time.Duration
	OwnerName           string // of the first administrator in a new file; "" means "Owner"
	Shop                string // the shop's name for {shop}; "" leaves the place out, in the sandbox it has a name of its own
	Now                 func() time.Time
	Log                 *slog.Logger
}

// Host is an open desk. Safe for use by many goroutines.
type Host struct {
	o       Options
	log     *slog.Logger
	now     func() time.Time
	lock    *flock.Flock
	db      *store.DB
	rules   atomic.Pointer[autoreply.Book]
	stored  rulesRead // the rules in the file
	pool    *intake.Pool
	sandbox *sandbox.Sandbox
	folder  *media.Folder  // files of messages
	fetcher *media.Fetcher // fills it
	keeper  *backup.Keeper // of copies of db
	shelf   shelf          // of stock

	pictures atomic.Pointer[pictures] // that the rules name; never nil
	saving   sync.Mutex               // of who adds one

	secrets    secrets.Store // nil where there is none: secretsErr says why
	secretsErr error
	setup      sync.Mutex                      // of who changes the four below
	account    atomic.Pointer[account]         // never nil
	receiver   atomic.Pointer[intake.Receiver] // never nil once a server is open
	line       atomic.Pointer[line]            // nil while the shop has no key
	door       atomic.Pointer[door]            // nil while no way is chosen
	chosen     desk.Arrival                    // the way in force when the desk opened

	metrics  *metrics
	listener net.Listener
	server   *http.Server
	feed     feed
	receipts receipts
	held     chan struct{} // there is something to do about answers that are held back
	full     atomic.Bool   // the disk refused the last write

	agents map[staff.AgentID]staff.Agent // all there are when the desk opens
	owner  staff.Agent

	base    context.Context // of all loops; ends when the desk closes
	stop    context.CancelFunc
	opening sync.Mutex // of who begins a loop, and of who ends them all
	running sync.WaitGroup
	failing sync.Mutex
	failed  []error // of loops; guarded by failing
	closing sync.Once
	closed  error
}

var (
	_ desk.Service = (*Host)(nil)
	_ desk.Setup   = (*Host)(nil)
)

// Open opens the desk on a data folder and starts it: webhooks are taken,
// answered and sent from then on. It returns ErrInUse when another program has
// the folder, store.ErrNewer for a file of a newer Shopbell, and what the
// operating system says when the folder or the address cannot be used. After an
// error nothing is left open. ctx bounds the opening only.
func Open(ctx context.Context, o Options) (h *Host, err error) {
	if o.DataDir == "" {
		return nil, errors.New("host: no data folder given")
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Sandbox {
		o.DataDir = filepath.Join(o.DataDir, SandboxFolder)
	}
	h = &Host{o: o, log: o.Log, now: o.Now, agents: map[staff.AgentID]staff.Agent{}, held: make(chan struct{}, 1)}
	h.base, h.stop = context.WithCancel(context.Background())
	h.rules.Store(autoreply.Empty())
	h.pictures.Store(&pictures{})
	defer func() {
		if err != nil {
			err = errors.Join(err, h.Close())
			h = nil
		}
	}()
	for _, step := range []func(context.Context) error{
		h.openFolder, h.openStore, h.openSnapshots, h.openFiles, h.openPeople, h.openSandbox, h.openAccount, h.openRules, h.openShelf, h.openGraph, h.openServer, h.start,
	} {
		if err := step(ctx); err != nil {
			return h, err
		}
	}
	return h, nil
}

func (h *Host) openFolder(context.Context) error {
	lock, err := lockFolder(h.o.DataDir)
	h.lock = lock
	return err
}

func (h *Host) openStore(ctx context.Context) (err error) {
	h.db, err = store.Open(ctx, filepath.Join(h.o.DataDir, store.FileName), store.Options{Now: h.now, Changed: h.changed, Claim: h.claim})
	return err
}

// openPeople finds everybody who works here; the owner is made with the file.
func (h *Host) openPeople(ctx context.Context) error {
	return h.db.Update(ctx, func(tx *store.Tx) error {
		owner, err := tx.Owner()
		if errors.Is(err, store.ErrNotFound) {
			name := h.o.OwnerName
			if name == "" {
				name = "Owner"
			}
			owner, err = tx.AddAgent(name, staff.Administrator)
		}
		if err != nil {
			return err
		}
		h.owner = owner
		agents, err := tx.Agents()
		for _, a := range agents {
			h.agents[a.ID] = a
		}
		return err
	})
}

// openSandbox starts the simulated network, and gives the shop its keys.
func (h *Host) openSandbox(ctx context.Context) (err error) {
	if !h.o.Sandbox {
		return nil
	}
	if h.o.Listen == "" {
		h.o.Listen = "127.0.0.1:0"
	}
	if h.o.Shop == "" {
		h.o.Shop = sandboxShop
	}
	h.o.Graph = sandboxKeys()
	h.sandbox, err = sandbox.Open(h.sandboxOptions())
	if err != nil {
		return err
	}
	h.o.Graph.URL = h.sandbox.GraphURL()
	return seedRules(ctx, h.db, sandbox.Rules)
}

func (h *Host) openGraph(ctx context.Context) error {
	h.metrics = newMetrics(h)
	a := *h.account.Load()
	number := chat.Channel{PhoneNumberID: a.phoneNumberID, WABAID: a.wabaID, Sandbox: h.o.Sandbox}
	if h.sandbox != nil {
		number.DisplayPhone, number.Name = sandboxPhone, sandboxShop
	}
	if err := h.db.Update(ctx, func(tx *store.Tx) error { return knowNumber(tx, number) }); err != nil {
		return err
	}
	h.pool = intake.NewPool(intake.PoolOptions{
		DB: h.db, Log: h.log,
		Processor: &intake.Processor{
			Rules: &h.rules, Shop: h.o.Shop, Sandbox: h.o.Sandbox, SendBefore: h.o.AutomaticSendBefore,
			Stock:    h.shelf.levels.Level,
			Decided:  h.metrics.decided,
			Pictures: func() map[string]chat.Media { return *h.pictures.Load() },
		},
	})
	h.receive(a)
	if a.token == "" {
		return nil // nothing can be sent yet; what is written waits
	}
	l, err := h.dial(a)
	h.line.Store(l)
	return err
}

// start sets everything going that Close stops.
func (h *Host) start(ctx context.Context) error {
	h.running.Go(func() { h.pool.Run(h.base) })
	if l := h.line.Load(); l != nil {
		if err := h.runLine(l); err != nil {
			return err
		}
	}
	h.run("held", h.releaseHeld)
	h.run("files", h.fetcher.Run)
	h.run("sweep", h.sweepFiles)
	h.run("rules", h.watchRules)
	h.run("search", h.indexSearch)
	h.run("stock", h.followStock)
	h.run("journal", h.pruneJournal)
	h.run("disk", h.watchDisk)
	if h.sandbox == nil {
		h.run("snapshots", h.keeper.Run)
	}
	if h.server != nil {
		h.run("webhook server", func(context.Context) error { return serve(h.server, h.listener) })
	}
	if h.sandbox != nil {
		h.sandbox.Deliver("http://" + h.Addr() + WebhookPath)
		if h.o.Pace > 0 {
			h.run("sandbox", func(ctx context.Context) error { return h.sandbox.Run(ctx, h.o.Pace) })
		}
	}
	if err := h.watchStock(h.shelf.report.File); err != nil {
		return err
	}
	if err := h.openLocalAPI(ctx); err != nil {
		return err
	}
	return h.openDoor(h.chosen)
}

// begin starts a loop of a desk that is open. Unavailable while it closes.
func (h *Host) begin(name string, loop func(context.Context) error) error {
	h.opening.Lock()
	defer h.opening.Unlock()
	if h.base.Err() != nil {
		return desk.Errorf(desk.Unavailable, "the desk is closing")
	}
	h.run(name, loop)
	return nil
}

// run starts a loop that ends with its context, and returns nil then. Another error is
// logged when it comes and returned by Close.
func (h *Host) run(name string, loop func(context.Context) error) {
	h.running.Go(func() {
		err := loop(h.base)
		if err == nil {
			return
		}
		h.log.Error("Loop ended", "loop", name, "error", err)
		h.failing.Lock()
		defer h.failing.Unlock()
		h.failed = append(h.failed, fmt.Errorf("host: %s: %w", name, err))
	})
}

// Close stops taking webhooks, lets what is under way finish, and closes
// everything in reverse order. Its error names what could not be finished: say,
// results of sending that could not be stored. It may be called more than once.
func (h *Host) Close() error {
	h.closing.Do(func() {
		var errs []error
		if h.server != nil {
			errs = append(errs, shutDown(h.server))
		}
		if d := h.door.Load(); d != nil {
			d.close()
		}
		h.shelf.choosing.Lock()
		h.closeHatch()
		h.shelf.choosing.Unlock()
		h.opening.Lock()
		h.stop()
		h.opening.Unlock()
		h.running.Wait()
		errs = append(errs, h.failed...)
		h.feed.close()
		if h.sandbox != nil {
			errs = append(errs, h.sandbox.Close())
		}
		if h.db != nil {
			errs = append(errs, h.db.Close())
		}
		if h.lock != nil {
			errs = append(errs, h.lock.Unlock())
		}
		h.closed = errors.Join(errs...)
	})
	return h.closed
}

// Owner is the actor of the person this computer belongs to.
func (h *Host) Owner() desk.Actor {
	return desk.Actor{Agent: h.owner.ID, Role: h.owner.Role, Name: h.owner.Name}
}

// Sandbox is the simulated network; nil in a real shop.
func (h *Host) Sandbox() *sandbox.Sandbox { return h.sandbox }

// lockFolder makes the folder and takes it for this process. ErrInUse.
func lockFolder(dir string) (*flock.Flock, error) {
	if err := makeFolder(dir); err != nil {
		return nil, err
	}
	lock := flock.New(filepath.Join(dir, "shopbell.lock"))
	ok, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("host: lock the data folder: %w", err)
	}
	if !ok {
		return nil, fmt.Errorf("%w (%s)", ErrInUse, dir)
	}
	return lock, nil
}
