// Command judge holds Shopbell against a WhatsApp client of other authors: it
// writes the bodies Shopbell sends and the webhooks the sandbox signs into a
// folder, keeps a sandbox open, and runs the script beside it on them. It is run
// by "make judge", which installs that client; Shopbell never depends on it.
//
//	judge FOLDER SCRIPT
//
// Exit status 1 where the two disagree.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"shopbell/core/chat"
	"shopbell/core/cloudapi"
	"shopbell/core/desk"
	"shopbell/core/sandbox"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: judge FOLDER SCRIPT")
		os.Exit(2)
	}
	if err := run(context.Background(), os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "judge:", err)
		os.Exit(1)
	}
}

var customer = sandbox.Customer{Phone: "447700900199", UserID: "GB.40178225093614", Name: "Ann Lee"}

// world is what the script is told.
type world struct {
	GraphURL, Token, AppSecret  string
	PhoneNumberID, WABAID       string
	Phone, WAMID                string // of the customer, and of a message of theirs
	Photo, Clip, Voice, Sticker string // ids of uploaded files
	Bodies                      []body
	Webhooks                    []webhook
}

// body is a message as Shopbell encodes it.
type body struct {
	Name string
	JSON json.RawMessage
}

// webhook is one as the sandbox posted it.
type webhook struct {
	Name      string // the type of the message, or the status
	Raw       string
	Signature string
}

func run(ctx context.Context, folder, script string) (err error) {
	inbox := &receiver{}
	server := httptest.NewServer(inbox)
	defer server.Close()
	o := sandbox.Options{
		AppSecret: "judge-secret", Token: "judge-token", PhoneNumberID: "106540352242922", WABAID: "1020304050",
		DisplayPhone: "15550100042", WebhookURL: server.URL, Now: time.Now, Delay: -1,
	}
	s, err := sandbox.Open(o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	client, err := cloudapi.NewClient(cloudapi.ClientOptions{BaseURL: s.GraphURL(), Token: desk.Secret(o.Token)})
	if err != nil {
		return err
	}
	defer client.Close()
	w := world{
		GraphURL: s.GraphURL(), Token: o.Token, AppSecret: o.AppSecret, PhoneNumberID: o.PhoneNumberID, WABAID: o.WABAID, Phone: customer.Phone,
	}
	if w.WAMID, err = s.Write(ctx, customer, "Olá, is anybody there? 👋"); err != nil {
		return err
	}
	for id, f := range map[*string]sandbox.File{
		&w.Photo: sandbox.Photo(1), &w.Clip: sandbox.Clip(), &w.Voice: sandbox.Voice(), &w.Sticker: sandbox.Sticker(),
	} {
		*id, err = client.UploadMedia(ctx, o.PhoneNumberID, f.MIME, "file", int64(len(f.Content)), bytes.NewReader(f.Content))
		if err != nil {
			return fmt.Errorf("the sandbox does not take a file of %s: %w", f.MIME, err)
		}
	}
	if w.Bodies, err = bodies(w); err != nil {
		return err
	}
	if err := speak(ctx, s, w.WAMID); err != nil {
		return err
	}
	for _, b := range w.Bodies { // their statuses are webhooks too
		if _, err := client.Send(ctx, o.PhoneNumberID, b.JSON); err != nil {
			return fmt.Errorf("the sandbox does not take %s: %w", b.Name, err)
		}
	}
	if err := s.Idle(ctx); err != nil {
		return err
	}
	w.Webhooks = inbox.all()
	before := len(s.Inbox(customer))

	told, err := json.MarshalIndent(w, "", "  ")
	if err != nil {
		return err
	}
	file := filepath.Join(folder, "world.json")
	if err := os.WriteFile(file, told, 0o600); err != nil {
		return err
	}
	judge := exec.CommandContext(ctx, "node", script, filepath.Base(file))
	judge.Dir, judge.Stdout, judge.Stderr = folder, os.Stdout, os.Stderr
	if err := judge.Run(); err != nil {
		return fmt.Errorf("they disagree: %w", err)
	}
	return arrived(s.Inbox(customer)[before:])
}

// arrived compares what the other client sent with what the customer got.
func arrived(got []sandbox.Delivered) error {
	want := []chat.Kind{
		chat.KindText, chat.KindImage, chat.KindDocument, chat.KindVideo, chat.KindAudio, chat.KindSticker, chat.KindLocation,
		chat.KindContacts, chat.KindInteractive, chat.KindList, chat.KindLink, chat.KindTemplate,
	}
	var kinds []chat.Kind
	for _, d := range got {
		kinds = append(kinds, d.Kind)
	}
	if !slices.Equal(kinds, want) {
		return fmt.Errorf("the other client sent %v, the customer got %v", want, kinds)
	}
	fmt.Printf("ok    customer   got all %d messages of the other client\n", len(got))
	return nil
}

// receiver is a desk's webhook that keeps what comes.
type receiver struct {
	mu   sync.Mutex
	list []webhook
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	raw, err := io.ReadAll(req.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.list = append(r.list, webhook{Name: name(raw), Raw: string(raw), Signature: req.Header.Get(cloudapi.SignatureHeader)})
}

// name says what a webhook is about, in Shopbell's own reading.
func name(raw []byte) string {
	items, err := cloudapi.Parse(raw)
	if err != nil || len(items) != 1 {
		return "unreadable"
	}
	switch it := items[0]; {
	case it.Message != nil:
		return it.Message.Type
	case it.Echo != nil:
		return "echo"
	case it.Status != nil:
		return "status " + string(it.Status.Status)
	}
	return items[0].Field
}

func (r *receiver) all() []webhook {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.list)
}
