package media_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"shopbell/core/chat"
	"shopbell/core/cloudapi"
	"shopbell/core/media"
	"shopbell/core/store"
	"shopbell/core/store/storetest"
)

const (
	phoneNumberID = "106540352242922"
	token         = "token_of_the_shop"
)

// opening is when every world begins.
var opening = time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)

// world is a shop's file and folder, and a server that plays Meta.
type world struct {
	testing.TB
	db     *store.DB
	folder *media.Folder
	client *cloudapi.Client
	url    string

	mu       sync.Mutex
	now      time.Time
	changed  chan struct{} // has one where something was committed
	looked   []string      // ids of look-ups
	asked    []string      // ranges of downloads, "" for the whole
	uploads  []string      // types of uploads
	sent     []string      // media ids of messages
	lookup   http.HandlerFunc
	download http.HandlerFunc
	upload   http.HandlerFunc
	send     http.HandlerFunc
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{TB: t, folder: openFolder(t), now: opening, changed: make(chan struct{}, 1)}
	w.db = storetest.Open(t, store.Options{Now: w.clock, Changed: func([]store.Change) {
		select {
		case w.changed <- struct{}{}:
		default:
		}
	}})
	mux := http.NewServeMux()
	mux.HandleFunc("GET /v25.0/{id}", func(rw http.ResponseWriter, r *http.Request) {
		w.note(&w.looked, r.PathValue("id"))
		w.handler(&w.lookup, w.found)(rw, r)
	})
	mux.HandleFunc("GET /file", func(rw http.ResponseWriter, r *http.Request) {
		w.note(&w.asked, r.Header.Get("Range"))
		w.handler(&w.download, http.NotFound)(rw, r)
	})
	mux.HandleFunc("POST /v25.0/{number}/media", func(rw http.ResponseWriter, r *http.Request) {
		w.note(&w.uploads, r.FormValue("type"))
		n := len(w.list(&w.uploads))
		w.handler(&w.upload, func(rw http.ResponseWriter, _ *http.Request) { fmt.Fprintf(rw, `{"id":"%d"}`, 500+n) })(rw, r)
	})
	mux.HandleFunc("POST /v25.0/{number}/messages", func(rw http.ResponseWriter, r *http.Request) {
		var m struct{ Image struct{ ID string } }
		if err := json.NewDecoder(r.Body).Decode(&m); err != nil {
			t.Error(err)
		}
		w.note(&w.sent, m.Image.ID)
		w.handler(&w.send, func(rw http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(rw, `{"messages":[{"id":"wamid.1"}]}`)
		})(rw, r)
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	w.url = server.URL + "/file"
	var err error
	w.client, err = cloudapi.NewClient(cloudapi.ClientOptions{BaseURL: server.URL, Token: token})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.client.Close)
	return w
}

func (w *world) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *world) forward(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

func (w *world) note(list *[]string, s string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	*list = append(*list, s)
}

func (w *world) list(list *[]string) []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]string(nil), *list...)
}

// plays replaces what the server does.
func (w *world) plays(part *http.HandlerFunc, h http.HandlerFunc) {
	w.mu.Lock()
	defer w.mu.Unlock()
	*part = h
}

func (w *world) handler(part *http.HandlerFunc, usual http.HandlerFunc) http.HandlerFunc {
	w.mu.Lock()
	defer w.mu.Unlock()
	if *part != nil {
		return *part
	}
	return usual
}

// found answers a look-up with the address of the file.
func (w *world) found(rw http.ResponseWriter, r *http.Request) {
	fmt.Fprintf(rw, `{"url":%q,"mime_type":"image/jpeg","file_size":"10","id":%q}`, w.url, r.PathValue("id"))
}

// serves lets downloads give content, in ranges too.
func (w *world) serves(content []byte) {
	w.plays(&w.download, func(rw http.ResponseWriter, r *http.Request) {
		http.ServeContent(rw, r, "", time.Time{}, strings.NewReader(string(content)))
	})
}

// cutAt serves content whose first download breaks off after n bytes.
func (w *world) cutAt(n int, content []byte, then http.HandlerFunc) {
	w.plays(&w.download, func(rw http.ResponseWriter, _ *http.Request) {
		w.plays(&w.download, then)
		rw.Header().Set("Content-Length", fmt.Sprint(len(content)))
		_, _ = rw.Write(content[:n])
		_ = http.NewResponseController(rw).Flush()
		panic(http.ErrAbortHandler)
	})
}

// receives stores a message whose file waits to be fetched; url may be empty.
func (w *world) receives(kind chat.Kind, mime, url string) chat.MessageID {
	w.Helper()
	m := store.NewMessage{Message: chat.Message{
		Author: chat.AuthorCustomer, Kind: kind, At: w.clock(),
		Media: &chat.Media{MIME: mime, State: chat.MediaWaiting, Until: w.clock().Add(7 * 24 * time.Hour)},
	}}
	storetest.Update(w, w.db, func(tx *store.Tx) error {
		channel, err := tx.KnowChannel(chat.Channel{PhoneNumberID: phoneNumberID})
		if err != nil {
			return err
		}
		contact, _, err := tx.KnowContact(store.Person{Phone: "351912555014"})
		if err != nil {
			return err
		}
		v, err := tx.TakeUp(channel.ID, contact)
		if err != nil {
			return err
		}
		m.Channel, m.Conversation, m.Contact = channel.ID, v.ID, contact.ID
		m.AtMeta = store.MetaFile{ID: "900", URL: url}
		return tx.AddMessage(&m)
	})
	return m.ID
}

// media reads the file of a message as the store has it.
func (w *world) media(id chat.MessageID) (m chat.Media) {
	w.Helper()
	storetest.View(w, w.db, func(r *store.Reader) error {
		message, err := r.Message(id)
		if err == nil {
			m = *message.Media
		}
		return err
	})
	return m
}

// jobs are what is due at a moment far away: all that waits.
func (w *world) jobs() []store.MediaJob {
	w.Helper()
	list, err := w.db.MediaDue(w.Context(), opening.AddDate(1, 0, 0), 100)
	if err != nil {
		w.Fatal(err)
	}
	return list
}

// until waits for a commit after which ok holds.
func (w *world) until(what string, ok func() bool) {
	w.Helper()
	for deadline := time.After(30 * time.Second); !ok(); {
		select {
		case <-w.changed:
		case <-deadline:
			w.Fatalf("waited in vain until %s", what)
		}
	}
}
