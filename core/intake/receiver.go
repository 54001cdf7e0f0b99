// Package intake brings webhooks in: the Receiver stores the raw body before it
// answers, the Pool works the stored ones off, in order for one customer and in
// parallel across customers, and the Processor turns one item into a message, a
// conversation and what the rules answer, in one transaction.
//
// The queue is the table. Channels in here only say "look again".
package intake

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync/atomic"

	"shopbell/core/cloudapi"
	"shopbell/core/store"
)

// MaxBody is the largest webhook body Meta sends (Cloud API, webhooks: 3 MB).
const MaxBody = 3 << 20

// maxHeld bounds the bytes of all bodies in memory at once: anybody may post one,
// and whether it is Meta's shows only when it is here. Meta's are a few kilobytes.
const maxHeld = 64 << 20

// Journal is where accepted bodies go; *Pool is one, and *store.DB.
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

	held atomic.Int64 // bytes of the bodies in memory
	full atomic.Bool  // the disk refused the last body
}

// ServeHTTP answers Meta's handshake (GET) with the bare challenge, and a
// webhook (POST) with 200 once its body is stored. A body that is not signed
// with the app secret gets 401 and leaves no trace; one over MaxBody 413; one
// that could not be stored, or came while 64 MB of bodies were in memory, 503, so
// that Meta sends it again (for up to 7 days).
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
	signature := r.Header.Get(cloudapi.SignatureHeader)
	if rc.AppSecret == "" || !strings.HasPrefix(signature, "sha256=") {
		return http.StatusUnauthorized, "the body is not signed"
	}
	body, release, err := rc.read(r)
	defer release()
	switch {
	case errors.Is(err, errTooLarge):
		return http.StatusRequestEntityTooLarge, err.Error()
	case errors.Is(err, errBusy):
		return http.StatusServiceUnavailable, err.Error()
	case err != nil:
		return http.StatusBadRequest, "the body did not arrive whole"
	case !cloudapi.Verify(rc.AppSecret, body, signature):
		return http.StatusUnauthorized, "the signature does not match the body"
	}
	// Once begun, storing is not given up because the sender hung up: whether it
	// was stored would then be unknown to both sides.
	if _, err := rc.Journal.AddWebhook(context.WithoutCancel(r.Context()), body); err != nil {
		rc.complain(err)
		return http.StatusServiceUnavailable, "not stored, send it again"
	}
	rc.full.Store(false)
	return http.StatusOK, "ok"
}

// complain logs why a body was not stored: a full disk once, not with every body
// that Meta sends again, and a closing desk not at all.
func (rc *Receiver) complain(err error) {
	full := errors.Is(err, store.ErrFull)
	if errors.Is(err, store.ErrClosed) || full && rc.full.Swap(true) {
		return
	}
	rc.Log.Error("Webhook not stored", "error", err)
}

var (
	errTooLarge = errors.New("the body is larger than 3 MB")
	errBusy     = errors.New("too much at once, send it again")
)

// read returns the whole body. Memory is taken as bytes come, whatever length
// the header promises; release gives it back to the others.
func (rc *Receiver) read(r *http.Request) (body []byte, release func(), err error) {
	held := &holder{from: r.Body, all: &rc.held}
	release = func() { rc.held.Add(-held.n) }
	if r.ContentLength > MaxBody {
		return nil, release, errTooLarge
	}
	buffer := bytes.NewBuffer(make([]byte, 0, min(max(r.ContentLength, 0), 8<<10)+bytes.MinRead))
	_, err = buffer.ReadFrom(io.LimitReader(held, MaxBody+1))
	body = buffer.Bytes()
	switch {
	case err != nil:
	case len(body) > MaxBody:
		err = errTooLarge
	case r.ContentLength >= 0 && int64(len(body)) < r.ContentLength:
		err = io.ErrUnexpectedEOF
	}
	return body, release, err
}

// holder counts what it reads towards maxHeld. errBusy beyond it.
type holder struct {
	from io.Reader
	all  *atomic.Int64
	n    int64
}

// Read implements io.Reader.
func (h *holder) Read(p []byte) (int, error) {
	n, err := h.from.Read(p)
	h.n += int64(n)
	if h.all.Add(int64(n)) > maxHeld {
		return n, errBusy
	}
	return n, err
}
