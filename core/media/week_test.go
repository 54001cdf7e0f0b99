package media_test

import (
	"net/http"
	"testing"
	"time"

	"shopbell/core/chat"
)

func TestAFileIsAskedForDuringSevenDaysAndThenGivenUp(t *testing.T) {
	w := newWorld(t)
	w.plays(&w.lookup, func(rw http.ResponseWriter, _ *http.Request) { rw.WriteHeader(http.StatusBadGateway) })
	id := w.receives(chat.KindVideo, "video/mp4", "")
	end := w.media(id).Until
	f, _ := w.fetches()
	last, tries := w.clock(), 0
	for {
		w.until("the try is over", func() bool { j := w.jobs(); return len(j) == 0 || j[0].Tries > tries })
		if len(w.jobs()) == 0 {
			break
		}
		next, err := w.db.MediaNext(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		gap := next.Sub(last)
		if gap <= 0 || gap > time.Hour || tries == 0 && gap > 10*time.Second || next.After(end) {
			t.Fatalf("after try %d at %v the next comes at %v", tries+1, last, next)
		}
		w.forward(gap)
		last, tries = next, tries+1
		f.Wake()
	}
	if !last.Equal(end) || tries < 150 {
		t.Errorf("it was given up at %v after %d tries, want at %v after many", last, tries, end)
	}
	if m := w.media(id); m.State != chat.MediaLost || m.Code != chat.MediaGone {
		t.Errorf("the file is %+v, want it lost", m)
	}
}
