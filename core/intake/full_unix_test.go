//go:build unix

package intake_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"shopbell/core/cloudapi"
	"shopbell/core/store/storetest"
)

func TestAFullDiskAsksMetaToSendAgain(t *testing.T) {
	if !storetest.Alone(t) {
		return
	}
	w := newWorld(t, nil)
	room := storetest.FillDisk(t)
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", strings.NewReader("x"))
	r.Header.Set(cloudapi.SignatureHeader, cloudapi.Sign(secret, []byte("x")))
	rec := httptest.NewRecorder()
	w.receiver.ServeHTTP(rec, r)
	if rec.Code != http.StatusServiceUnavailable || rec.Header().Get("Retry-After") == "" {
		t.Errorf("answered %d, Retry-After %q", rec.Code, rec.Header().Get("Retry-After"))
	}
	room()
	w.take([]byte("x"))
	if n := w.queued(); n != 1 {
		t.Errorf("%d are stored, want the one that was sent again", n)
	}
}

func TestItemsWaitWhileTheDiskIsFullAndAreNotParked(t *testing.T) {
	if !storetest.Alone(t) {
		return
	}
	w := newWorld(t, nil)
	w.take(webhook(t, text(person{phone: "351912000001"}, "wamid.1", "one"), text(person{phone: "351912000002"}, "wamid.2", "two")))
	w.take(webhook(t, text(person{phone: "351912000001"}, "wamid.3", "three")))
	room := storetest.FillDisk(t)
	w.start()
	w.log.wait(t, "Item waits: the disk is full")
	// The disk stays full for more than one round of tries of every worker.
	time.Sleep(1200 * time.Millisecond)
	room()
	w.settle()
	if n := w.log.count("Item waits: the disk is full"); n != 1 {
		t.Errorf("the full disk is logged %d times", n)
	}
	w.log.wait(t, "The disk has room again")
	if n := len(w.parked()); n != 0 {
		t.Errorf("%d items are parked", n)
	}
	got := w.chats()
	if len(got) != 2 {
		t.Fatalf("stored are %v", got)
	}
	for _, texts := range got {
		if s := strings.Join(texts, " "); s != "one three" && s != "two" {
			t.Errorf("one customer wrote %q", s)
		}
	}
}
