// Package intake brings webhooks in: the Receiver stores the raw body before it
// answers, the Pool works the stored ones off, in order for one customer and in
// parallel across customers, and the Processor turns one item into a message, a
// conversation and what the rules answer, in one transaction.
//
// The queue is the table. Channels in here only say "look again".
package intake

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strings"

	"shopbell/core/cloudapi"
	"shopbell/core/store"
)

// MaxBody is the largest webhook body Meta sends (Cloud API, webhooks: 3 MB).
const MaxBody = 3 << 20

// Journal is where accepted bodies go; *store.DB is one.
type Journal interface {
	// AddWebhook returns nil only when the body is on the disk.
	AddWebhook(ctx context.Context, body []byte) (id int64, err error)
}

// Receiver is the handler of the webhook path. It verifies, stores and answers;
// nothing else happens inside the request. Safe for concurrent use.
type Receiver struct {
	Journal     Journal
	AppSecret   string // of the Meta app; signs every body. Must not be empty
	VerifyToken string // what the handshake must show; empty refuses every handshake
	Log         *slog.Logger
	// Counted, where set, is told the HTTP status of every answer to a POST.
	Counted func(status int)
}

// ServeHTTP answers Meta's handshake (GET) with the bare challenge, and a
// webhook (POST) with 200 once its body is stored. A body that is not signed
// with the app secret gets 401 and leaves no trace; one over MaxBody 413; one
// that could not be stored 503, so that Meta sends it again (for up to 7 days).
func (rc *Receiver) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch r.Method {
	case http.MethodGet:
		rc.handshake(w, r)
	case http.MethodPost:
		status, word := rc.take(r)
		if rc.Counted != nil {
			rc.Counted(status)
		}
		if status == http.StatusServiceUnavailable {
			w.Header().Set("Retry-After", "5")
		}
		if status != http.StatusOK {
			http.Error(w, word, status)
			return
		}
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		// The body is stored: whether the other side reads "ok" changes nothing.
		_, _ = io.WriteString(w, "ok")
	default:
		w.Header().Set("Allow", "GET, POST")
		http.Error(w, "use GET for the handshake and POST for webhooks", http.StatusMethodNotAllowed)
	}
}

func (rc *Receiver) handshake(w http.ResponseWriter, r *http.Request) {
	challenge, ok := cloudapi.Handshake(r.URL.Query(), rc.VerifyToken)
	if !ok {
		http.Error(w, "the verify token does not match", http.StatusForbidden)
		return
	}
	// Plain text: a challenge must never be read as a page.
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	_, _ = io.WriteString(w, challenge)
}

// take returns the HTTP status for a posted body, and a word about it.
func (rc *Receiver) take(r *http.Request) (status int, word string) {
	signature := r.Header.Get("X-Hub-Signature-256")
	if rc.AppSecret == "" || !strings.HasPrefix(signature, "sha256=") {
		return http.StatusUnauthorized, "the body is not signed"
	}
	body, err := readBody(r)
	switch {
	case errors.Is(err, errTooLarge):
		return http.StatusRequestEntityTooLarge, err.Error()
	case err != nil:
		return http.StatusBadRequest, "the body did not arrive whole"
	case !cloudapi.Verify(rc.AppSecret, body, signature):
		return http.StatusUnauthorized, "the signature does not match the body"
	}
	// Once begun, storing is not given up because the sender hung up: whether it
	// was stored would then be unknown to both sides.
	if _, err := rc.Journal.AddWebhook(context.WithoutCancel(r.Context()), body); err != nil {
		if !errors.Is(err, store.ErrClosed) {
			rc.Log.Error("Webhook not stored", "error", err)
		}
		return http.StatusServiceUnavailable, "not stored, send it again"
	}
	return http.StatusOK, "ok"
}

var errTooLarge = errors.New("the body is larger than 3 MB")

func readBody(r *http.Request) ([]byte, error) {
	if r.ContentLength > MaxBody {
		return nil, errTooLarge
	}
	if r.ContentLength >= 0 {
		body := make([]byte, r.ContentLength)
		_, err := io.ReadFull(r.Body, body)
		return body, err
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, MaxBody+1))
	if err == nil && len(body) > MaxBody {
		err = errTooLarge
	}
	return body, err
}
