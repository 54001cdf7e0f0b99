package intake_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"shopbell/core/autoreply"
	"shopbell/core/chat"
	"shopbell/core/cloudapi"
	"shopbell/core/intake"
	"shopbell/core/store"
	"shopbell/core/store/storetest"
)

const secret = "test_app_secret"

// start is when every world begins: a Sunday morning, 1795341600 for Meta.
var start = time.Unix(1795341600, 0).UTC()

// world is the part of the desk a webhook passes through, on a real file.
type world struct {
	t        *testing.T
	db       *store.DB
	receiver *intake.Receiver
	book     atomic.Pointer[autoreply.Book]
	pool     atomic.Pointer[intake.Pool] // the running one
	now      atomic.Int64                // nanoseconds after start
	callback map[int64]string            // of each outbox row seen
	log      *ear                        // what the pool logs
	queueing atomic.Int64                // webhooks that were queued
}

// journal is the running pool, and before there is one the file.
type journal struct{ w *world }

func (j journal) AddWebhook(ctx context.Context, body []byte) (int64, error) {
	if pool := j.w.pool.Load(); pool != nil {
		return pool.AddWebhook(ctx, body)
	}
	return j.w.db.AddWebhook(ctx, body)
}

// newWorld opens a new file; nothing is worked off until start.
func newWorld(t *testing.T, rules []byte) *world {
	t.Helper()
	w := &world{t: t, callback: map[int64]string{}, log: newEar()}
	w.db = storetest.Open(t, store.Options{Now: w.time, Changed: w.changed})
	w.receiver = &intake.Receiver{Journal: journal{w}, AppSecret: secret, VerifyToken: "verify", Log: slog.New(slog.DiscardHandler)}
	w.book.Store(autoreply.Empty())
	if rules != nil {
		file, _, err := autoreply.Parse(rules)
		if err != nil {
			t.Fatal(err)
		}
		b, err := autoreply.Compile(file)
		if err != nil {
			t.Fatal(err)
		}
		w.book.Store(b)
	}
	return w
}

func (w *world) changed(changes []store.Change) {
	pool := w.pool.Load()
	for _, c := range changes {
		if c.Kind == store.WebhookStored {
			w.queueing.Add(1)
		}
		switch {
		case pool == nil:
		case c.Kind == store.WebhookStored:
			pool.Wake()
		case c.Kind == store.WebhookReplayed:
			pool.Rescan()
		}
	}
}

// start sets a pool going that works until stop is called or the test ends.
func (w *world) start() (stop func()) {
	pool := intake.NewPool(intake.PoolOptions{
		DB: w.db, Backoff: time.Millisecond, Log: slog.New(w.log),
		Processor: &intake.Processor{Rules: &w.book, Shop: "Shop", Pick: func(int) int { return 0 }},
	})
	w.pool.Store(pool)
	ctx, cancel := context.WithCancel(w.t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		pool.Run(ctx)
	}()
	stop = func() { cancel(); <-ended }
	w.t.Cleanup(stop)
	return stop
}

func (w *world) time() time.Time { return start.Add(time.Duration(w.now.Load())) }

// post sends a body as Meta does and returns the status.
func (w *world) post(body []byte) int {
	r := httptest.NewRequestWithContext(w.t.Context(), http.MethodPost, "/webhook", bytes.NewReader(body))
	r.Header.Set(cloudapi.SignatureHeader, cloudapi.Sign(secret, body))
	rec := httptest.NewRecorder()
	w.receiver.ServeHTTP(rec, r)
	return rec.Code
}

// take posts a body that must be taken.
func (w *world) take(body []byte) {
	w.t.Helper()
	if code := w.post(body); code != http.StatusOK {
		w.t.Fatalf("answered %d", code)
	}
}

// settle waits until nothing is queued.
func (w *world) settle() {
	w.t.Helper()
	w.until("webhooks are still queued", func() bool { return w.queued() == 0 })
}

// until looks again and again, and fails the test after 2 min.
func (w *world) until(complaint string, ok func() bool) {
	w.t.Helper()
	for late := time.Now().Add(2 * time.Minute); !ok(); time.Sleep(time.Millisecond) {
		if time.Now().After(late) {
			w.t.Fatalf("after 2 min %s", complaint)
		}
	}
}

func (w *world) queued() (n int) {
	w.t.Helper()
	storetest.View(w.t, w.db, func(r *store.Reader) (err error) { n, err = r.QueuedCount(); return err })
	return n
}

func (w *world) parked() []store.Parked {
	w.t.Helper()
	list, err := w.db.ParkedItems(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	return list
}

// person is a customer as the network shows them in one message.
type person struct{ phone, user string }

// text is one change with a text message of p's.
func text(p person, id, words string) map[string]any {
	contact := map[string]any{"profile": map[string]any{"name": "Customer"}}
	message := map[string]any{
		"id": id, "timestamp": strconv.FormatInt(start.Unix(), 10), "type": "text", "text": map[string]any{"body": words},
	}
	if p.phone != "" {
		contact["wa_id"], message["from"] = p.phone, p.phone
	}
	if p.user != "" {
		contact["user_id"], message["from_user_id"] = p.user, p.user
	}
	return map[string]any{"field": "messages", "value": map[string]any{
		"messaging_product": "whatsapp", "metadata": map[string]any{"display_phone_number": "15550783881", "phone_number_id": "106540352242922"},
		"contacts": []any{contact}, "messages": []any{message},
	}}
}

// webhook is the body of one webhook with these changes.
func webhook(t *testing.T, changes ...map[string]any) []byte {
	t.Helper()
	body, err := json.Marshal(map[string]any{
		"object": "whatsapp_business_account", "entry": []any{map[string]any{"id": "102290129340398", "changes": changes}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// chats returns what every contact wrote, in the order in which it was stored.
func (w *world) chats() map[chat.ContactID][]string {
	w.t.Helper()
	all := map[chat.ContactID][]string{}
	storetest.View(w.t, w.db, func(r *store.Reader) error {
		list, next, err := r.List(store.ListQuery{Listing: store.ListAll, Now: w.time(), Limit: 10_000})
		if err != nil || next != "" {
			return errors.Join(err, fmt.Errorf("a page ended at %q", next))
		}
		for _, v := range list {
			messages, err := r.Messages(v.Contact.ID, v.Channel, 0, 10_000)
			if err != nil {
				return err
			}
			for _, m := range messages { // all of one second: the id orders them
				if m.Inbound() {
					all[v.Contact.ID] = append(all[v.Contact.ID], m.Text)
				}
			}
		}
		return nil
	})
	return all
}

// ear is a log handler that tests can wait for.
type ear struct {
	slog.Handler
	mu    sync.Mutex
	heard map[string]int
}

func newEar() *ear { return &ear{Handler: slog.DiscardHandler, heard: map[string]int{}} }

func (e *ear) Enabled(context.Context, slog.Level) bool { return true }

func (e *ear) Handle(_ context.Context, r slog.Record) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.heard[r.Message]++
	return nil
}

// wait returns once something was logged, and fails the test after 2 min.
func (e *ear) wait(t *testing.T, message string) {
	t.Helper()
	for late := time.Now().Add(2 * time.Minute); ; time.Sleep(time.Millisecond) {
		if e.count(message) > 0 {
			return
		}
		if time.Now().After(late) {
			t.Fatalf("not logged within 2 min: %s", message)
		}
	}
}

// count returns how often something was logged.
func (e *ear) count(message string) int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.heard[message]
}
