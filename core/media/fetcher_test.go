package media_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"shopbell/core/chat"
	"shopbell/core/media"
)

// fetches runs a Fetcher until stop is called, or the test ends.
func (w *world) fetches(change ...func(*media.FetcherOptions)) (f *media.Fetcher, stop func()) {
	w.Helper()
	o := media.FetcherOptions{
		DB: w.db, Folder: w.folder, Now: w.clock, Rand: func() float64 { return 0.5 },
		Source: func() media.Source { return w.client },
	}
	for _, c := range change {
		c(&o)
	}
	f, err := media.NewFetcher(o)
	if err != nil {
		w.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- f.Run(ctx) }()
	stopped := false
	stop = func() {
		if stopped {
			return
		}
		stopped = true
		cancel()
		if err := <-done; err != nil {
			w.Errorf("Run returned %v", err)
		}
	}
	w.Cleanup(stop)
	return f, stop
}

// tried waits until a file was tried n times in vain, and lets its wait pass.
func (w *world) tried(f *media.Fetcher, n int) {
	w.Helper()
	w.until(fmt.Sprintf("there were %d tries", n), func() bool { j := w.jobs(); return len(j) == 1 && j[0].Tries == n })
	w.forward(time.Hour)
	f.Wake()
}

func (w *world) isHere(id chat.MessageID, content []byte) {
	w.Helper()
	w.until("the file is here", func() bool { return w.media(id).State != chat.MediaWaiting })
	m := w.media(id)
	if m.State != chat.MediaHere || m.Size != int64(len(content)) || !bytes.Equal(contentOf(w, m.File), content) {
		w.Errorf("the file is %+v, want all its %d bytes", m, len(content))
	}
}

func contentOf(w *world, name string) []byte { w.Helper(); return content(w, w.folder, name) }

func (w *world) isRefused(id chat.MessageID, state chat.MediaState, code chat.MediaCode) {
	w.Helper()
	w.until("its fate is known", func() bool { return w.media(id).State != chat.MediaWaiting })
	if m := w.media(id); m.State != state || m.Code != code || m.File != "" {
		w.Errorf("the file is %+v, want %s for %s", m, state, code)
	}
}

func TestAFileIsFetched(t *testing.T) {
	photo := jpegOf(t, 300, 200)
	half := len(photo) / 2
	whole := func(rw http.ResponseWriter, _ *http.Request) { _, _ = rw.Write(photo) }
	tests := []struct {
		name    string
		url     bool // the webhook named an address
		play    func(w *world)
		tries   int // in vain, before
		looked  int
		ranges  []string
		inspect func(t *testing.T, w *world)
	}{
		{"from the address of its webhook", true, func(w *world) { w.serves(photo) }, 0, 0, []string{""}, nil},
		{"from the address of a look-up where the webhook has none", false, func(w *world) { w.serves(photo) }, 0, 1, []string{""}, nil},
		{"from a new address where the old one is forgotten", true, func(w *world) {
			w.plays(&w.download, func(rw http.ResponseWriter, r *http.Request) {
				w.serves(photo)
				http.NotFound(rw, r)
			})
		}, 0, 1, []string{"", ""}, nil},
		{"although Meta did not know it at first", false, func(w *world) {
			w.serves(photo)
			w.plays(&w.lookup, func(rw http.ResponseWriter, r *http.Request) {
				w.plays(&w.lookup, w.found)
				http.NotFound(rw, r)
			})
		}, 1, 2, []string{""}, nil},
		{"in two halves where the server can go on", true, func(w *world) {
			w.cutAt(half, photo, func(rw http.ResponseWriter, r *http.Request) {
				http.ServeContent(rw, r, "", time.Time{}, bytes.NewReader(photo))
			})
		}, 1, 0, []string{"", fmt.Sprintf("bytes=%d-", half)}, nil},
		{"anew where the server cannot go on", true, func(w *world) { w.cutAt(half, photo, whole) }, 1, 0, []string{"", fmt.Sprintf("bytes=%d-", half)}, nil},
		{"again where two halves do not fit", true, func(w *world) {
			w.cutAt(half, make([]byte, len(photo)), func(rw http.ResponseWriter, r *http.Request) {
				http.ServeContent(rw, r, "", time.Time{}, bytes.NewReader(photo))
			})
		}, 2, 0, []string{"", fmt.Sprintf("bytes=%d-", half), ""}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			tt.play(w)
			url := ""
			if tt.url {
				url = w.url
			}
			id := w.receives(chat.KindImage, "image/jpeg", url)
			f, _ := w.fetches()
			for n := range tt.tries {
				w.tried(f, n+1)
			}
			w.isHere(id, photo)
			if m := w.media(id); m.Width != 300 || m.Height != 200 || m.MIME != "image/jpeg" {
				t.Errorf("the file is %+v, want its measures", m)
			}
			if got := w.list(&w.asked); !slices.Equal(got, tt.ranges) {
				t.Errorf("it was asked for the ranges %q, want %q", got, tt.ranges)
			}
			if got := len(w.list(&w.looked)); got != tt.looked {
				t.Errorf("it was looked up %d times, want %d", got, tt.looked)
			}
		})
	}
}

func TestAFileIsNotKept(t *testing.T) {
	t.Run("that is a program and claims to be a photo", func(t *testing.T) {
		w := newWorld(t)
		w.serves(program())
		id := w.receives(chat.KindImage, "image/jpeg", w.url)
		w.fetches()
		w.isRefused(id, chat.MediaRefused, chat.MediaDisguised)
	})
	t.Run("that is empty", func(t *testing.T) {
		w := newWorld(t)
		w.serves(nil)
		id := w.receives(chat.KindImage, "image/jpeg", w.url)
		w.fetches()
		w.isRefused(id, chat.MediaRefused, chat.MediaEmpty)
	})
	t.Run("that is larger than anything a customer can send", func(t *testing.T) {
		w := newWorld(t)
		w.plays(&w.lookup, func(rw http.ResponseWriter, _ *http.Request) {
			fmt.Fprintf(rw, `{"url":%q,"file_size":"%d"}`, w.url, media.MaxInbound+1)
		})
		id := w.receives(chat.KindDocument, "application/pdf", "")
		w.fetches()
		w.isRefused(id, chat.MediaRefused, chat.MediaTooLarge)
		if n := len(w.list(&w.asked)); n != 0 {
			t.Errorf("it was downloaded %d times", n)
		}
	})
	t.Run("whose address is not Meta's, nor is the token shown there", func(t *testing.T) {
		for _, redirected := range []bool{false, true} {
			w := newWorld(t)
			var asked atomic.Int32
			foreign := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
			t.Cleanup(foreign.Close)
			url := foreign.URL
			if redirected {
				w.plays(&w.download, func(rw http.ResponseWriter, r *http.Request) { http.Redirect(rw, r, foreign.URL, http.StatusFound) })
				url = w.url
			}
			id := w.receives(chat.KindImage, "image/jpeg", url)
			w.fetches()
			w.isRefused(id, chat.MediaRefused, chat.MediaForeignHost)
			if n := asked.Load(); n != 0 {
				t.Errorf("redirected %t: the foreign host was asked %d times", redirected, n)
			}
		}
	})
	t.Run("that Meta has no more after 7 days", func(t *testing.T) {
		w := newWorld(t)
		id := w.receives(chat.KindImage, "image/jpeg", w.url)
		w.forward(7 * 24 * time.Hour)
		w.fetches()
		w.isRefused(id, chat.MediaLost, chat.MediaGone)
		if n := len(w.list(&w.asked)) + len(w.list(&w.looked)); n != 0 {
			t.Errorf("Meta was asked %d times, want none", n)
		}
	})
}

func TestNothingIsFetchedWithoutAKey(t *testing.T) {
	w := newWorld(t)
	photo := jpegOf(t, 8, 8)
	w.serves(photo)
	id := w.receives(chat.KindImage, "image/jpeg", w.url)
	var keyed atomic.Bool
	looked := make(chan struct{}, 100)
	f, _ := w.fetches(func(o *media.FetcherOptions) {
		o.Source = func() media.Source {
			looked <- struct{}{}
			if keyed.Load() {
				return w.client
			}
			return nil
		}
	})
	<-looked
	f.Wake()
	<-looked
	if m := w.media(id); m.State != chat.MediaWaiting || len(w.list(&w.asked)) != 0 {
		t.Fatalf("without a key the file is %+v", m)
	}
	keyed.Store(true)
	f.Wake()
	w.isHere(id, photo)
}

func TestTheNewestFileIsFetchedFirst(t *testing.T) {
	w := newWorld(t)
	photo := jpegOf(t, 8, 8)
	w.serves(photo)
	var ids []chat.MessageID
	for range 12 {
		ids = append(ids, w.receives(chat.KindImage, "image/jpeg", w.url))
	}
	var order []chat.MessageID // by one worker
	w.fetches(func(o *media.FetcherOptions) {
		o.Workers = 1
		o.Moved = func(m chat.MessageID) { order = append(order, m) }
	})
	w.until("all are here", func() bool { return len(w.jobs()) == 0 })
	slices.Reverse(ids)
	if !slices.Equal(order, ids) {
		t.Errorf("they were fetched in the order %v, want %v", order, ids)
	}
}

func TestWhatWasCutOffGoesOnAtTheNextStart(t *testing.T) {
	w := newWorld(t)
	photo := jpegOf(t, 300, 200)
	half := len(photo) / 2
	arrived := make(chan struct{})
	w.plays(&w.download, func(rw http.ResponseWriter, r *http.Request) {
		rw.Header().Set("Content-Length", fmt.Sprint(len(photo)))
		_, _ = rw.Write(photo[:half])
		_ = http.NewResponseController(rw).Flush()
		close(arrived)
		<-r.Context().Done()
	})
	id := w.receives(chat.KindImage, "image/jpeg", w.url)
	f, stop := w.fetches()
	<-arrived
	for n := int64(0); n < int64(half); n, _ = f.Fetched(id) {
		time.Sleep(time.Millisecond) // until all that was sent is here
	}
	stop()
	if j := w.jobs(); len(j) != 1 || j[0].Tries != 0 {
		t.Fatalf("after the stop there waits %+v, want the file as before", j)
	}
	if _, moving := f.Fetched(id); moving {
		t.Error("the file still moves after the stop")
	}
	w.serves(photo)
	w.fetches()
	w.isHere(id, photo)
	if got, want := w.list(&w.asked), []string{"", fmt.Sprintf("bytes=%d-", half)}; !slices.Equal(got, want) {
		t.Errorf("it was asked for the ranges %q, want %q", got, want)
	}
}

func TestProgressIsToldFourTimesASecondAtMost(t *testing.T) {
	w := newWorld(t)
	photo := sized(jpegOf(t, 300, 200), 4<<20)
	w.serves(photo)
	id := w.receives(chat.KindImage, "image/jpeg", w.url)
	var at []time.Time
	var got []int64
	var f *media.Fetcher
	ready := make(chan struct{})
	f, _ = w.fetches(func(o *media.FetcherOptions) {
		o.Now = func() time.Time { w.forward(10 * time.Millisecond); return w.clock() }
		o.Moved = func(m chat.MessageID) {
			<-ready
			n, ok := f.Fetched(m)
			if m != id || !ok {
				t.Errorf("message %d moved, and has %d bytes (%t)", m, n, ok)
			}
			at, got = append(at, w.clock()), append(got, n)
		}
	})
	close(ready)
	w.isHere(id, photo)
	if len(at) < 3 || got[0] != 0 || !slices.IsSorted(got) {
		t.Fatalf("it was told %d times, of %d bytes", len(at), got)
	}
	for i, next := range at[1:] {
		if gap := next.Sub(at[i]); gap < 250*time.Millisecond {
			t.Errorf("it was told twice within %v", gap)
		}
	}
}
