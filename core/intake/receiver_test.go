package intake_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"testing"

	"shopbell/core/cloudapi"
	"shopbell/core/intake"
)

func TestReceiverAnswersTheHandshake(t *testing.T) {
	w := newWorld(t, nil)
	server := httptest.NewServer(w.receiver)
	t.Cleanup(server.Close)
	deaf := httptest.NewServer(&intake.Receiver{Journal: w.db, AppSecret: secret})
	t.Cleanup(deaf.Close)
	tests := []struct {
		name, url string
		status    int
		body      string
	}{
		{"with the bare challenge", server.URL + "?hub.mode=subscribe&hub.verify_token=verify&hub.challenge=115820%3Cb%3E", http.StatusOK, "115820<b>"},
		{"not with another token", server.URL + "?hub.mode=subscribe&hub.verify_token=other&hub.challenge=1", http.StatusForbidden, ""},
		{"not in another mode", server.URL + "?hub.mode=unsubscribe&hub.verify_token=verify&hub.challenge=1", http.StatusForbidden, ""},
		{"not without a question", server.URL, http.StatusForbidden, ""},
		{"never without a token of its own", deaf.URL + "?hub.mode=subscribe&hub.verify_token=&hub.challenge=1", http.StatusForbidden, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			status, header, body := get(t, tt.url)
			if status != tt.status || tt.body != "" && body != tt.body {
				t.Errorf("got %d %q, want %d %q", status, body, tt.status, tt.body)
			}
			if !strings.HasPrefix(header.Get("Content-Type"), "text/plain") || header.Get("X-Content-Type-Options") != "nosniff" {
				t.Errorf("a challenge could be read as a page: %v", header)
			}
		})
	}
}

func get(t *testing.T, url string) (status int, header http.Header, body string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	data, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, res.Header, string(data)
}

func TestReceiverStoresWhatMetaSignedAndNothingElse(t *testing.T) {
	small := []byte(`{"object":"x","entry":[]}`)
	whole := bytes.Repeat([]byte("x"), intake.MaxBody)
	tooLarge := append(bytes.Clone(whole), 'x')
	sign := func(body []byte) string { return cloudapi.Sign(secret, body) }
	tests := []struct {
		name, signature string
		body            []byte
		chunked         bool
		status          int
	}{
		{"a signed body", sign(small), small, false, http.StatusOK},
		{"a signed body of unannounced length", sign(small), small, true, http.StatusOK},
		{"the largest body there is", sign(whole), whole, false, http.StatusOK},
		{"the largest body there is, of unannounced length", sign(whole), whole, true, http.StatusOK},
		{"a body of one byte more", sign(tooLarge), tooLarge, false, http.StatusRequestEntityTooLarge},
		{"a body of one byte more, of unannounced length", sign(tooLarge), tooLarge, true, http.StatusRequestEntityTooLarge},
		{"a body without a signature", "", small, false, http.StatusUnauthorized},
		{"a body with the signature of another", sign(whole), small, false, http.StatusUnauthorized},
		{"a body signed by somebody else", cloudapi.Sign("other", small), small, false, http.StatusUnauthorized},
		{"a signature that names no algorithm", strings.TrimPrefix(sign(small), "sha256="), small, false, http.StatusUnauthorized},
		{"a signature by a weaker algorithm", "sha1=" + strings.TrimPrefix(sign(small), "sha256="), small, false, http.StatusUnauthorized},
		{"a signature in upper case", strings.ToUpper(sign(small)), small, false, http.StatusUnauthorized},
		{"an empty body that is signed", sign(nil), nil, false, http.StatusOK},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t, nil)
			var counted []int
			w.receiver.Counted = func(status int) { counted = append(counted, status) }
			server := httptest.NewServer(w.receiver)
			defer server.Close()
			body := io.Reader(bytes.NewReader(tt.body))
			if tt.chunked {
				body = io.MultiReader(body) // hides the length
			}
			r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL, body)
			if err != nil {
				t.Fatal(err)
			}
			if tt.signature != "" {
				r.Header.Set(cloudapi.SignatureHeader, tt.signature)
			}
			res, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			res.Body.Close()
			if res.StatusCode != tt.status || len(counted) != 1 || counted[0] != tt.status {
				t.Errorf("answered %d and counted %v, want %d", res.StatusCode, counted, tt.status)
			}
			list, err := w.db.OpenWebhooks(t.Context(), 0, 10)
			if err != nil {
				t.Fatal(err)
			}
			if want := tt.status == http.StatusOK; want != (len(list) == 1) || want && !bytes.Equal(list[0].Body, tt.body) {
				t.Errorf("%d bodies are stored", len(list))
			}
		})
	}
}

func TestReceiverWithoutASecretTakesNothing(t *testing.T) {
	w := newWorld(t, nil)
	w.receiver.AppSecret = ""
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", strings.NewReader("x"))
	r.Header.Set(cloudapi.SignatureHeader, cloudapi.Sign("", []byte("x")))
	rec := httptest.NewRecorder()
	w.receiver.ServeHTTP(rec, r)
	if rec.Code != http.StatusUnauthorized || w.queued() != 0 {
		t.Errorf("answered %d", rec.Code)
	}
}

func TestReceiverRefusesOtherMethods(t *testing.T) {
	w := newWorld(t, nil)
	for _, method := range []string{http.MethodPut, http.MethodDelete, http.MethodHead, http.MethodOptions} {
		rec := httptest.NewRecorder()
		w.receiver.ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), method, "/", nil))
		if rec.Code != http.StatusMethodNotAllowed || rec.Header().Get("Allow") != "GET, POST" {
			t.Errorf("%s: answered %d, allowed %q", method, rec.Code, rec.Header().Get("Allow"))
		}
	}
}

func TestABodyThatDoesNotArriveWholeIsNotStored(t *testing.T) {
	w := newWorld(t, nil)
	body := []byte("the whole")
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", bytes.NewReader(body[:3]))
	r.ContentLength = int64(len(body))
	r.Header.Set(cloudapi.SignatureHeader, cloudapi.Sign(secret, body))
	rec := httptest.NewRecorder()
	w.receiver.ServeHTTP(rec, r)
	if rec.Code != http.StatusBadRequest || w.queued() != 0 {
		t.Errorf("answered %d with %d stored, want 400 and none", rec.Code, w.queued())
	}
}

func TestManyWebhooksAtOnceAreAllStored(t *testing.T) {
	w := newWorld(t, nil)
	var wg sync.WaitGroup
	for i := range 300 {
		wg.Go(func() {
			if code := w.post(bytes.Repeat([]byte("x"), i+1)); code != http.StatusOK {
				t.Errorf("answered %d", code)
			}
		})
	}
	wg.Wait()
	if n := w.queued(); n != 300 {
		t.Errorf("%d are stored, want 300", n)
	}
}

func TestAClosedDeskAsksMetaToSendAgain(t *testing.T) {
	w := newWorld(t, nil)
	if err := w.db.Close(); err != nil {
		t.Fatal(err)
	}
	if code := w.post([]byte("x")); code != http.StatusServiceUnavailable {
		t.Errorf("answered %d, want 503", code)
	}
}

// slow is a journal that stores nothing until it is let go.
type slow struct {
	intake.Journal
	arrived chan struct{}
	letGo   chan struct{}
}

func (j slow) AddWebhook(ctx context.Context, body []byte) (int64, error) {
	j.arrived <- struct{}{}
	<-j.letGo
	return j.Journal.AddWebhook(ctx, body)
}

func TestOnlySoMuchIsHeldInMemoryAtOnce(t *testing.T) {
	w := newWorld(t, nil)
	const fit = 64 << 20 / intake.MaxBody
	journal := slow{Journal: w.db, arrived: make(chan struct{}, fit), letGo: make(chan struct{})}
	w.receiver.Journal = journal
	body := bytes.Repeat([]byte("x"), intake.MaxBody)
	var wg sync.WaitGroup
	for range fit {
		wg.Go(func() {
			if code := w.post(body); code != http.StatusOK {
				t.Errorf("one that fits is answered with %d", code)
			}
		})
		<-journal.arrived
	}
	if code := w.post(body); code != http.StatusServiceUnavailable {
		t.Errorf("one too many is answered with %d, want 503", code)
	}
	close(journal.letGo)
	wg.Wait()
	if code := w.post(body); code != http.StatusOK {
		t.Errorf("once there is room again it is answered with %d", code)
	}
	if n := w.queued(); n != fit+1 {
		t.Errorf("%d are stored, want %d", n, fit+1)
	}
}

func TestAPromisedLengthTakesNoMemory(t *testing.T) {
	w := newWorld(t, nil)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	const posts = 100
	for range posts {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", strings.NewReader("x"))
		r.ContentLength = intake.MaxBody
		r.Header.Set(cloudapi.SignatureHeader, "sha256=00")
		rec := httptest.NewRecorder()
		w.receiver.ServeHTTP(rec, r)
		if rec.Code != http.StatusBadRequest {
			t.Fatalf("answered %d, want 400", rec.Code)
		}
	}
	runtime.ReadMemStats(&after)
	if each := (after.TotalAlloc - before.TotalAlloc) / posts; each > 64<<10 {
		t.Errorf("%d bytes are taken for a body of one byte", each)
	}
}
