package host

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"time"

	"shopbell/core/api"
	"shopbell/core/desk"
)

// WebhookPath is where Meta posts to, on the address of Options.Listen.
const WebhookPath = "/webhook"

// keepJournal is how long finished webhooks are kept: longer than the 7 days in
// which Meta may still send one again (Cloud API, webhooks).
const keepJournal = 30 * 24 * time.Hour

// journal is the way of a webhook into the file; it notices a full disk.
type journal struct{ h *Host }

// AddWebhook implements intake.Journal.
func (j journal) AddWebhook(ctx context.Context, body []byte) (int64, error) {
	id, err := j.h.pool.AddWebhook(ctx, body)
	j.h.noteRoom(err)
	return id, err
}

func (h *Host) openServer(ctx context.Context) error {
	if h.o.Listen == "" {
		return nil
	}
	if h.account.Load().appSecret == "" {
		return errors.New("host: an address to listen on needs the app secret, which signs webhooks")
	}
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", h.o.Listen)
	if err != nil {
		return fmt.Errorf("host: listen for webhooks: %w", err)
	}
	h.listener = l
	mux := h.webhooks()
	mux.HandleFunc("GET /healthz", h.healthz)
	mux.Handle("GET /metrics", h.metrics.handler())
	local := h.localAPI(h.o.APIToken)
	mux.Handle(api.V1, local)
	mux.Handle(api.OpenAPI, local)
	h.server = newServer(mux)
	return nil
}

// webhooks takes webhooks that are signed with the app secret of the moment, and
// nothing else.
func (h *Host) webhooks() *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc(WebhookPath, func(w http.ResponseWriter, r *http.Request) { h.receiver.Load().ServeHTTP(w, r) })
	return mux
}

func newServer(handler http.Handler) *http.Server {
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
	}
}

// serve answers until the server is shut down, which is no error.
func serve(s *http.Server, l net.Listener) error {
	if err := s.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// shutDown lets requests under way end, for 5 s.
func shutDown(s *http.Server) error {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if s.Shutdown(ctx) == nil {
		return nil
	}
	return s.Close()
}

// Addr is the address that webhooks are taken on; "" for none.
func (h *Host) Addr() string {
	if h.listener == nil {
		return ""
	}
	return h.listener.Addr().String()
}

// healthz answers 200 while webhooks can be stored, else 503, with what Health
// knows. It names no customer and no key.
func (h *Host) healthz(w http.ResponseWriter, r *http.Request) {
	state, err := h.Health(r.Context(), h.Owner())
	status := http.StatusOK
	if err != nil || state.State == desk.ConnectionFull {
		status = http.StatusServiceUnavailable
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	// The status line says it; a reader that hung up has no other way to be told.
	_ = json.NewEncoder(w).Encode(map[string]any{
		"state": state.State, "waiting": state.Waiting, "unknown": state.Unknown, "parked": state.Parked, "code": state.Code,
		"rules_broken": state.RulesBroken,
	})
}

// pruneJournal forgets old finished webhooks, a few at a time.
func (h *Host) pruneJournal(ctx context.Context) error {
	tick := time.NewTicker(time.Hour)
	defer tick.Stop()
	for {
		for {
			n, err := h.db.PruneJournal(ctx, h.now().Add(-keepJournal), 500)
			if err != nil && ctx.Err() == nil {
				h.log.Error("Journal not pruned", "error", err)
			}
			if err != nil || n == 0 {
				break
			}
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return nil
		}
	}
}

func makeFolder(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("host: data folder: %w", err)
	}
	return nil
}
