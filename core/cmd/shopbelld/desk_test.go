//go:build linux

package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"shopbell/core/chat"
	"shopbell/core/sandbox"
	"shopbell/core/store"
)

// The tests of this file's family run the real program against a simulated
// Meta, do to it what the world does, and count what became of each message.

const (
	testNumberID = "106540352242922"
	testToken    = "test-token"
	testSecret   = "test-app-secret"
)

// long reports whether the full form of a long test is asked for (make test-long).
func long() bool { return os.Getenv("SHOPBELL_LONG") == "1" }

var built struct {
	once sync.Once
	path string
	err  error
}

// program is the path of shopbelld, built once for all tests as it is released.
func program(t *testing.T) string {
	t.Helper()
	built.once.Do(func() {
		var dir string
		if dir, built.err = os.MkdirTemp("", "shopbelld-"); built.err != nil {
			return
		}
		built.path = filepath.Join(dir, "shopbelld")
		build := exec.Command("go", "build", "-o", built.path, ".")
		build.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := build.CombinedOutput(); err != nil {
			built.err = errors.Join(err, errors.New(string(out)))
		}
	})
	if built.err != nil {
		t.Fatalf("build shopbelld: %v", built.err)
	}
	return built.path
}

func TestMain(m *testing.M) {
	status := m.Run()
	if built.path != "" {
		if err := os.RemoveAll(filepath.Dir(built.path)); err != nil && status == 0 {
			status = 1
		}
	}
	os.Exit(status)
}

// openMeta starts a simulated Meta for one test.
func openMeta(t *testing.T) *sandbox.Sandbox {
	t.Helper()
	meta, err := sandbox.Open(sandbox.Options{
		AppSecret: testSecret, Token: testToken, PhoneNumberID: testNumberID, WABAID: "102290129340398", DisplayPhone: "15550783881",
		Now: time.Now, Delay: time.Millisecond,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := meta.Close(); err != nil {
			t.Error(err)
		}
	})
	return meta
}

// customer is one of many who write: a number from Ofcom's range for drama.
func customer(i int) sandbox.Customer {
	return sandbox.Customer{Phone: strconv.Itoa(447700900000 + i), Name: "Customer " + strconv.Itoa(i)}
}

// daemon is a running shopbelld.
type daemon struct {
	cmd   *exec.Cmd
	dir   string // the data folder as this process sees it
	url   string // "http://127.0.0.1:port"
	log   *lines
	ended chan struct{}
	err   error // how it ended; read after ended is closed
}

// start runs shopbelld and returns when it listens; webhooks go to it from then
// on. In wrap the command can be changed before it starts.
func start(t *testing.T, meta *sandbox.Sandbox, dir string, env []string, wrap func(*exec.Cmd)) *daemon {
	t.Helper()
	d := &daemon{dir: dir, log: &lines{}, ended: make(chan struct{})}
	d.cmd = exec.Command(program(t), "serve", "--data", dir)
	d.cmd.Env = append(os.Environ(), "SHOPBELL_LISTEN=127.0.0.1:0", "SHOPBELL_GRAPH_URL="+meta.GraphURL(), "SHOPBELL_TOKEN="+testToken,
		"SHOPBELL_APP_SECRET="+testSecret, "SHOPBELL_VERIFY_TOKEN=verify", "SHOPBELL_PHONE_NUMBER_ID="+testNumberID, "SHOPBELL_SEND_LIMITS=off")
	d.cmd.Env = append(d.cmd.Env, env...)
	d.cmd.Stderr = d.log
	d.cmd.SysProcAttr = &syscall.SysProcAttr{}
	if wrap != nil {
		wrap(d.cmd)
	}
	if err := d.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		defer close(d.ended)
		d.err = d.cmd.Wait()
	}()
	t.Cleanup(func() { d.kill(t) })
	opened := regexp.MustCompile(`webhook=(http://[0-9.:]+)`)
	until(t, "shopbelld listens", func() bool {
		select {
		case <-d.ended:
			t.Fatalf("shopbelld ended at once: %v\n%s", d.err, d.log)
		default:
		}
		m := opened.FindStringSubmatch(d.log.String())
		if m != nil {
			d.url = m[1]
		}
		return m != nil
	})
	meta.Deliver(d.url + "/webhook")
	return d
}

// kill ends shopbelld as a power cut would. A second call does nothing.
func (d *daemon) kill(t *testing.T) {
	t.Helper()
	select {
	case <-d.ended:
		return
	default:
	}
	if err := d.cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		t.Error(err)
	}
	<-d.ended
}

// stop asks shopbelld to end and expects that it does so in order.
func (d *daemon) stop(t *testing.T) {
	t.Helper()
	if err := d.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	<-d.ended
	if d.err != nil {
		t.Fatalf("shopbelld did not end in order: %v\n%s", d.err, d.log)
	}
}

// get returns the status and body of one of the desk's own pages.
func (d *daemon) get(t *testing.T, path string) (status int, body string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, d.url+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatalf("%v\n%s", err, d.log)
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(data)
}

// drain waits until nothing is queued and nothing waits to leave, and until Meta
// has reported what became of each message.
func (d *daemon) drain(t *testing.T, meta *sandbox.Sandbox) {
	t.Helper()
	empty := func() bool {
		_, page := d.get(t, "/metrics")
		return strings.Contains(page, "\nshopbell_webhooks_queued 0\n") && strings.Contains(page, "\nshopbell_outbox_waiting 0\n")
	}
	until(t, "the queues are empty", empty)
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if err := meta.Idle(ctx); err != nil {
		t.Fatalf("statuses were not taken: %v\n%s", err, d.log)
	}
	until(t, "the statuses are processed", empty)
}

// patience bounds every wait for an event; no test expects to use it up. The
// longest is for replies that expire after their full 5 minutes (TestMetaIsAway).
const patience = 8 * time.Minute

// until asks again and again, and fails the test when patience is used up.
func until(t *testing.T, what string, done func() bool) {
	t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	deadline := time.After(patience)
	for !done() {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("waited %v in vain until %s", patience, what)
		}
	}
}

// lines collects a program's output. Safe for use by many goroutines.
type lines struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

// importRules puts rules into a data folder with the program itself.
func importRules(t *testing.T, dir, rules string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "rules.json")
	if err := os.WriteFile(file, []byte(rules), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(program(t), "rules", "import", file, "--data", dir).CombinedOutput(); err != nil {
		t.Fatalf("rules import: %v\n%s", err, out)
	}
}

// openStore opens the data folder of a desk that has ended.
func openStore(t *testing.T, dir string) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), filepath.Join(dir, store.FileName), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// thread is all that one customer and the shop have said, as stored.
type thread struct {
	inbound []chat.Message
	replies []chat.Message // automatic ones
}

// threadOf finds a customer's messages; an unknown customer has none.
func threadOf(t *testing.T, db *store.DB, c sandbox.Customer) (th thread) {
	t.Helper()
	err := db.View(t.Context(), func(r *store.Reader) error {
		contact, err := r.ContactOf(chat.Alias{Kind: chat.AliasPhone, Value: chat.PhoneKey(c.Phone)})
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		channel, err := r.FirstChannel()
		if err != nil {
			return err
		}
		all, err := r.Messages(contact.ID, channel.ID, 0, 500)
		for _, m := range all {
			switch m.Author {
			case chat.AuthorCustomer:
				th.inbound = append(th.inbound, m)
			case chat.AuthorRule:
				th.replies = append(th.replies, m)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return th
}
