package media_test

import (
	"bytes"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"shopbell/core/chat"
	"shopbell/core/cloudapi"
	"shopbell/core/media"
)

// photoTo is the body of a message with a photo of the folder.
func photoTo(t testing.TB, file string) []byte {
	t.Helper()
	body, err := cloudapi.Outgoing{
		To: chat.Address{Kind: chat.AliasPhone, Value: "351912555014"}, Media: &cloudapi.Media{Kind: chat.KindImage, File: file},
	}.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func TestACourierUploadsFirst(t *testing.T) {
	refusing := func(code int) http.HandlerFunc {
		return func(rw http.ResponseWriter, _ *http.Request) {
			rw.WriteHeader(http.StatusBadRequest)
			fmt.Fprintf(rw, `{"error":{"message":"no","code":%d}}`, code)
		}
	}
	// Meta has forgotten the first upload, and refuses to send it.
	forgetful := func(w *world) {
		w.plays(&w.send, func(rw http.ResponseWriter, r *http.Request) {
			if sent := w.list(&w.sent); sent[len(sent)-1] == "501" && len(sent) > 1 {
				refusing(131009)(rw, r)
				return
			}
			fmt.Fprint(rw, `{"messages":[{"id":"wamid.1"}]}`)
		})
	}
	tests := []struct {
		name    string
		between func(w *world) // two sendings of one photo
		sent    []string       // by their ids of files
		uploads int
		class   cloudapi.Class // of the second's error
	}{
		{"and sends what it uploaded again", nil, []string{"501", "501"}, 1, ""},
		{"and anew in the last of Meta's 30 days", func(w *world) { w.forward(29 * 24 * time.Hour) }, []string{"501", "502"}, 2, ""},
		{"and anew what Meta has forgotten", forgetful, []string{"501", "501", "502"}, 2, ""},
		{"and anew once only", func(w *world) { w.plays(&w.send, refusing(131009)) }, []string{"501", "501", "502"}, 2, cloudapi.ClassParameters},
		{"and not anew where a message is refused for another reason", func(w *world) { w.plays(&w.send, refusing(131047)) }, []string{"501", "501"}, 1, cloudapi.ClassTemplateNeeded},
		{"and sends nothing where the upload is refused", func(w *world) {
			w.forward(30 * 24 * time.Hour)
			w.plays(&w.upload, refusing(131053))
		}, []string{"501"}, 2, cloudapi.ClassParameters},
		{"and says that nothing left where the upload has no answer", func(w *world) {
			w.forward(30 * 24 * time.Hour)
			w.plays(&w.upload, func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
		}, []string{"501"}, 2, cloudapi.ClassNotSent},
		{"and does not know what became of a message without an answer", func(w *world) {
			w.plays(&w.send, func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
		}, []string{"501", "501"}, 1, cloudapi.ClassNoAnswer},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			c := &media.Courier{Carrier: w.client, Folder: w.folder, DB: w.db}
			file, err := w.folder.Add(bytes.NewReader(jpegOf(t, 8, 8)), media.MaxImage)
			if err != nil {
				t.Fatal(err)
			}
			if a, err := c.Send(t.Context(), phoneNumberID, photoTo(t, file)); err != nil || a.WAMID != "wamid.1" {
				t.Fatalf("the first photo: %+v, %v", a, err)
			}
			if tt.between != nil {
				tt.between(w)
			}
			_, err = c.Send(t.Context(), phoneNumberID, photoTo(t, file))
			if got := cloudapi.ClassOf(err); got != tt.class {
				t.Errorf("the error is %v of class %q, want %q", err, got, tt.class)
			}
			if got := w.list(&w.sent); !slices.Equal(got, tt.sent) {
				t.Errorf("files sent: %q, want %q", got, tt.sent)
			}
			if got := w.list(&w.uploads); len(got) != tt.uploads || slices.ContainsFunc(got, func(s string) bool { return s != "image/jpeg" }) {
				t.Errorf("uploaded were %q, want %d photos", got, tt.uploads)
			}
		})
	}
}

func TestACourierFailsAMessageWhoseFileIsNotThere(t *testing.T) {
	w := newWorld(t)
	c := &media.Courier{Carrier: w.client, Folder: w.folder, DB: w.db}
	_, err := c.Send(t.Context(), phoneNumberID, photoTo(t, strings.Repeat("a", 64)))
	if got := cloudapi.ClassOf(err); got != cloudapi.ClassParameters {
		t.Errorf("the error is %v of class %q, want it to be final", err, got)
	}
	if n := len(w.list(&w.sent)); n != 0 {
		t.Errorf("%d messages were sent", n)
	}
}

func TestACourierSendsATextAsItIs(t *testing.T) {
	w := newWorld(t)
	c := &media.Courier{Carrier: w.client, Folder: w.folder, DB: w.db}
	body, err := cloudapi.Outgoing{To: chat.Address{Kind: chat.AliasPhone, Value: "351912555014"}, Text: "file:" + strings.Repeat("a", 64)}.Encode()
	if err != nil {
		t.Fatal(err)
	}
	if a, err := c.Send(t.Context(), phoneNumberID, body); err != nil || a.WAMID != "wamid.1" || len(w.list(&w.uploads)) != 0 {
		t.Errorf("it returned %+v, %v, after the uploads %q", a, err, w.list(&w.uploads))
	}
}
