package cloudapi

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/iotest"
	"time"
)

const mediaNumber = "1013859600285441" // a media id

func TestUploadMedia(t *testing.T) {
	content := bytes.Repeat([]byte("OggS voice "), 30_000)
	t.Run("streams the file with its type and name, and returns its id", func(t *testing.T) {
		c, _ := graph(t, func(w http.ResponseWriter, r *http.Request) {
			if r.Method != http.MethodPost || r.URL.Path != "/"+DefaultVersion+"/"+numberID+"/media" {
				t.Errorf("%s %s", r.Method, r.URL.Path)
			}
			if r.ContentLength < int64(len(content)) {
				t.Errorf("Content-Length = %d", r.ContentLength)
			}
			f, header, err := r.FormFile("file")
			if err != nil {
				t.Error(err)
				return
			}
			got, err := io.ReadAll(f)
			if err != nil || !bytes.Equal(got, content) {
				t.Errorf("%d bytes arrived, %v", len(got), err)
			}
			if header.Filename != `Голос "1".ogg` || header.Header.Get("Content-Type") != "audio/ogg; codecs=opus" {
				t.Errorf("file = %q, %v", header.Filename, header.Header)
			}
			if r.FormValue("messaging_product") != "whatsapp" || r.FormValue("type") != "audio/ogg; codecs=opus" {
				t.Errorf("form = %v", r.Form)
			}
			respond(200, `{"id":"`+mediaNumber+`"}`)(w, r)
		})
		id, err := c.UploadMedia(t.Context(), numberID, "audio/ogg; codecs=opus", `Голос "1".ogg`, int64(len(content)), bytes.NewReader(content))
		if err != nil || id != mediaNumber {
			t.Errorf("id = %q, %v", id, err)
		}
	})
	upload := func(c *Client, size int64, content io.Reader) error {
		_, err := c.UploadMedia(context.Background(), numberID, "image/png", "a.png", size, content)
		return err
	}
	t.Run("returns Graph's refusal", func(t *testing.T) {
		c, _ := graph(t, func(w http.ResponseWriter, r *http.Request) {
			drain(r)
			respond(400, `{"error":{"code":131053,"message":"(#131053) Media upload error"}}`)(w, r)
		})
		if err := upload(c, 4, strings.NewReader("\x89PNG")); ClassOf(err) != ClassParameters {
			t.Errorf("error = %v", err)
		}
	})
	t.Run("an answer without an id is none", func(t *testing.T) {
		c, _ := graph(t, func(w http.ResponseWriter, r *http.Request) { drain(r); respond(200, `{}`)(w, r) })
		if err := upload(c, 4, strings.NewReader("\x89PNG")); !errors.Is(err, ErrNoAnswer) {
			t.Errorf("error = %v", err)
		}
	})
	t.Run("a content of another size is no upload", func(t *testing.T) {
		var whole atomic.Int64
		c, _ := graph(t, func(w http.ResponseWriter, r *http.Request) {
			if _, err := io.Copy(io.Discard, r.Body); err == nil {
				whole.Add(1)
			}
		})
		for _, size := range []int64{3, 5} {
			invalid, ok := errors.AsType[*InvalidError](upload(c, size, strings.NewReader("\x89PNG")))
			if !ok || invalid.Field != "size" {
				t.Errorf("said %d bytes: error = %v", size, invalid)
			}
		}
		if whole.Load() != 0 {
			t.Error("a whole request arrived")
		}
	})
	t.Run("a content that fails says why", func(t *testing.T) {
		broken := errors.New("the disk")
		c, _ := graph(t, func(w http.ResponseWriter, r *http.Request) { drain(r) })
		if err := upload(c, 100, io.MultiReader(strings.NewReader("\x89PNG"), iotest.ErrReader(broken))); !errors.Is(err, broken) {
			t.Errorf("error = %v", err)
		}
	})
	t.Run("a wrong request is not made", func(t *testing.T) {
		c, _ := graph(t, func(http.ResponseWriter, *http.Request) { t.Error("a request left") })
		for _, f := range []struct{ field, number, kind, name string }{
			{"phone number id", "../me", "image/png", "a.png"},
			{"mime", numberID, "image/png\r\nX-Evil: 1", "a.png"},
			{"mime", numberID, "", "a.png"},
			{"name", numberID, "image/png", ""},
		} {
			_, err := c.UploadMedia(t.Context(), f.number, f.kind, f.name, 1, strings.NewReader("x"))
			if invalid, ok := errors.AsType[*InvalidError](err); !ok || invalid.Field != f.field {
				t.Errorf("%+v: error = %v", f, err)
			}
		}
		if err := upload(c, 0, strings.NewReader("")); ClassOf(err) != ClassParameters {
			t.Errorf("an empty file: error = %v", err)
		}
	})
	t.Run("the content is not read after the return", func(t *testing.T) {
		reading := make(chan struct{})
		c, _ := graph(t, func(w http.ResponseWriter, r *http.Request) {
			<-reading
			respond(400, `{"error":{"code":131053,"message":"m"}}`)(w, r)
		})
		reads := 0
		var over atomic.Bool
		content := readerFunc(func(p []byte) (int, error) {
			if reads++; reads == 2 { // the first one has gone out
				close(reading)
				time.Sleep(200 * time.Millisecond) // the answer is there long before
				over.Store(true)
			}
			return len(p), nil
		})
		if err := upload(c, 16<<20, content); err == nil {
			t.Error("half an upload was taken")
		}
		if !over.Load() {
			t.Error("returned while the content was being read")
		}
	})
	t.Run("an end of the context ends it", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		answered := make(chan struct{})
		defer close(answered)
		c, _ := graph(t, func(http.ResponseWriter, *http.Request) { <-answered })
		content := readerFunc(func(p []byte) (int, error) {
			cancel()
			return len(p), nil
		})
		_, err := c.UploadMedia(ctx, numberID, "video/mp4", "a.mp4", 16<<20, content)
		if !errors.Is(err, context.Canceled) || !errors.Is(err, ErrNoAnswer) && !errors.Is(err, ErrNotSent) {
			t.Errorf("error = %v", err)
		}
	})
	t.Run("a server that takes nothing more is given up", func(t *testing.T) {
		over := make(chan struct{})
		defer close(over)
		c, _ := graph(t, func(http.ResponseWriter, *http.Request) { <-over })
		c.patience = 50 * time.Millisecond
		if err := upload(c, 64<<20, readerFunc(func(p []byte) (int, error) { return len(p), nil })); !errors.Is(err, errStalled) || !errors.Is(err, ErrNoAnswer) {
			t.Errorf("error = %v", err)
		}
	})
}

// readerFunc is a content without an end.
type readerFunc func(p []byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

func TestLookupMedia(t *testing.T) {
	t.Run("tells where the file is", func(t *testing.T) {
		c, _ := graph(t, func(w http.ResponseWriter, r *http.Request) {
			if r.Method != http.MethodGet || r.URL.String() != "/"+DefaultVersion+"/"+mediaNumber+"?phone_number_id="+numberID {
				t.Errorf("%s %s", r.Method, r.URL)
			}
			respond(200, `{"messaging_product":"whatsapp","url":"https://lookaside.fbsbx.com/x","mime_type":"image/jpeg","sha256":"aGk=","file_size":"303833","id":"1"}`)(w, r)
		})
		got, err := c.LookupMedia(t.Context(), mediaNumber, numberID)
		want := MediaInfo{URL: "https://lookaside.fbsbx.com/x", MIME: "image/jpeg", SHA256: "aGk=", Size: 303833}
		if err != nil || got != want {
			t.Errorf("got %+v, %v", got, err)
		}
	})
	for _, tt := range []struct {
		name   string
		status int
		body   string
		check  func(error) bool
	}{
		{"404 is ErrGone, and keeps Graph's words", 404, `{"error":{"code":803,"message":"no such thing"}}`,
			func(err error) bool { return errors.Is(err, ErrGone) && strings.Contains(err.Error(), "no such thing") }},
		{"code 100 may be a missing permission, and is not ErrGone", 400, `{"error":{"code":100,"error_subcode":33,"message":"Unsupported get request"}}`,
			func(err error) bool { return !errors.Is(err, ErrGone) && ClassOf(err) == ClassParameters }},
		{"no address is no answer", 200, `{"id":"1"}`, func(err error) bool { return errors.Is(err, ErrNoAnswer) }},
		{"a size that is none is no answer", 200, `{"url":"https://a.example","file_size":"-3"}`, func(err error) bool { return errors.Is(err, ErrNoAnswer) }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, _ := graph(t, respond(tt.status, tt.body))
			if got, err := c.LookupMedia(t.Context(), mediaNumber, numberID); !tt.check(err) {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
	t.Run("an id that leads elsewhere is asked nowhere", func(t *testing.T) {
		c, _ := graph(t, func(http.ResponseWriter, *http.Request) { t.Error("a request left") })
		for _, id := range []string{"", "../me", "1?fields=x", "file:" + file} {
			if _, err := c.LookupMedia(t.Context(), id, numberID); ClassOf(err) != ClassParameters {
				t.Errorf("%q: error = %v", id, err)
			}
		}
	})
}

func TestMarkRead(t *testing.T) {
	for _, tt := range []struct {
		name   string
		typing bool
		want   string
	}{
		{"says that a message was read", false, `{"messaging_product":"whatsapp","status":"read","message_id":"wamid.theirs"}`},
		{"and that an answer is being written", true,
			`{"messaging_product":"whatsapp","status":"read","message_id":"wamid.theirs","typing_indicator":{"type":"text"}}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, _ := graph(t, func(w http.ResponseWriter, r *http.Request) {
				body, err := io.ReadAll(r.Body)
				if err != nil || string(body) != tt.want || r.URL.Path != "/"+DefaultVersion+"/"+numberID+"/messages" {
					t.Errorf("%s %s, %v", r.URL.Path, body, err)
				}
				if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
					t.Errorf("Content-Type = %q, %v", kind, err)
				}
				respond(200, `{"success":true}`)(w, r)
			})
			if err := c.MarkRead(t.Context(), numberID, "wamid.theirs", tt.typing); err != nil {
				t.Error(err)
			}
		})
	}
	t.Run("a message too old is refused by Graph", func(t *testing.T) {
		c, _ := graph(t, respond(400, `{"error":{"code":131009,"message":"m"}}`))
		if err := c.MarkRead(t.Context(), numberID, "wamid.theirs", false); ClassOf(err) != ClassParameters {
			t.Errorf("error = %v", err)
		}
	})
	t.Run("no message is no request", func(t *testing.T) {
		c, _ := graph(t, func(http.ResponseWriter, *http.Request) { t.Error("a request left") })
		if err := c.MarkRead(t.Context(), numberID, "", false); ClassOf(err) != ClassParameters {
			t.Errorf("error = %v", err)
		}
	})
}
