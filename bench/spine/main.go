// Command spine measures the way of one message: a signed webhook in, stored
// durably, an automatic reply out through the Graph API. It runs shopbelld and a
// plain reference bot (./refbot) in turn under the same load on the same disk:
//
//	go run ./bench/spine [-short] [-dir DIR]
//
// run from the repository's root, on Linux (memory and CPU are read from /proc).
// Everything stays on 127.0.0.1. Three phases each:
//
//	new        every message from another customer, 16 webhooks in flight at most
//	returning  100 customers who write again and again; Shopbell owes each exactly
//	           three automatic replies (mission A9), the bot answers every message
//	steady     15 messages a second; a message's clock starts when it was due
//
// It prints a table and ends with one line of JSON. Exit status 1 when a webhook
// was refused, or a reply was missing, extra or misdirected.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
	"text/tabwriter"
	"time"
)

const (
	appSecret     = "bench-app-secret"
	token         = "bench-token"
	verifyToken   = "bench-verify-token"
	phoneNumberID = "106540352242922"
	wabaID        = "102290129340398"
	firstCustomer = 447700900000 // Ofcom's range for drama: nobody has these numbers
	replyText     = "It is 39 euros."
)

// rules draw one reply to the word "price", as refbot does.
const rules = `{"version": 1, "timezone": "UTC", "rules": [
  {"id": "price", "name": "Price", "trigger": "keyword", "keywords": ["price"], "match": "exact", "replies": [{"text": "` + replyText + `"}]}]}`

// candidate is one of the two programs.
type candidate struct {
	name    string
	pkg     string
	prepare []string // arguments of a run before the server starts; none: nothing to prepare
	serve   []string
	limit   int // automatic replies a customer gets at most; 0: no limit
}

// result is what one candidate did.
type result struct {
	Name   string    `json:"name"`
	Phases []figures `json:"phases"`
	PeakMB float64   `json:"peak_rss_mib"`
}

// report is the last line of the output.
type report struct {
	SyncsPerSec float64  `json:"disk_syncs_per_s"`
	Results     []result `json:"results"`
}

func main() {
	short := flag.Bool("short", false, "a tenth of the load: seconds instead of minutes")
	dir := flag.String("dir", "build/bench", "where data folders go; choose a real disk, not a tmpfs")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	ctx, cancel := context.WithTimeout(ctx, 15*time.Minute)
	clean, err := run(ctx, os.Stdout, *dir, *short)
	cancel()
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "spine:", err)
		os.Exit(1)
	}
	if !clean {
		fmt.Fprintln(os.Stderr, "spine: a webhook was refused, or a reply was missing, extra or misdirected")
		os.Exit(1)
	}
}

// run measures both programs and writes the table. clean is false when anything
// was refused, missing, extra or misdirected.
func run(ctx context.Context, out io.Writer, dir string, short bool) (clean bool, err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return false, err
	}
	work, err := os.MkdirTemp(dir, "spine-")
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	if work, err = filepath.Abs(work); err != nil {
		return false, err
	}
	file := filepath.Join(work, "rules.json")
	if err := os.WriteFile(file, []byte(rules), 0o644); err != nil {
		return false, err
	}
	var all report
	if all.SyncsPerSec, err = syncsPerSecond(work, time.Second); err != nil {
		return false, err
	}
	for _, c := range []candidate{
		{name: "refbot", pkg: "./bench/spine/refbot"},
		{name: "shopbelld", pkg: "./core/cmd/shopbelld", prepare: []string{"rules", "import", file}, serve: []string{"serve"}, limit: 3},
	} {
		fmt.Fprintf(os.Stderr, "spine: building and measuring %s\n", c.name)
		r, err := c.measure(ctx, work, short)
		if err != nil {
			return false, fmt.Errorf("%s: %w", c.name, err)
		}
		all.Results = append(all.Results, r)
	}
	return all.clean(), all.write(out)
}

func (c candidate) loads(short bool) []load {
	scale := 10
	if short {
		scale = 1
	}
	return []load{
		{name: "new", messages: 500 * scale, customers: 500 * scale, limit: c.limit},
		{name: "returning", messages: 1000, customers: 100, limit: c.limit},
		{name: "steady", messages: 90 * scale, customers: 90 * scale, rate: 15, limit: c.limit},
	}
}

// measure builds the program, runs it on a new data folder, and offers one load
// after the other to the same process.
func (c candidate) measure(ctx context.Context, work string, short bool) (r result, err error) {
	binary := filepath.Join(work, c.name)
	build := exec.CommandContext(ctx, "go", "build", "-o", binary, c.pkg)
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if output, err := build.CombinedOutput(); err != nil {
		return r, fmt.Errorf("build: %w\n%s", err, output)
	}
	data, err := os.MkdirTemp(work, c.name+"-data-")
	if err != nil {
		return r, err
	}
	g, err := openGraph(token)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, g.close()) }()
	listen, err := freeAddress()
	if err != nil {
		return r, err
	}
	env := []string{
		"SHOPBELL_DATA=" + data, "SHOPBELL_LISTEN=" + listen, "SHOPBELL_GRAPH_URL=" + g.url, "SHOPBELL_GRAPH_VERSION=v25.0",
		"SHOPBELL_TOKEN=" + token, "SHOPBELL_APP_SECRET=" + appSecret, "SHOPBELL_VERIFY_TOKEN=" + verifyToken,
		"SHOPBELL_PHONE_NUMBER_ID=" + phoneNumberID, "SHOPBELL_WABA_ID=" + wabaID, "SHOPBELL_SEND_LIMITS=off",
	}
	if len(c.prepare) > 0 {
		prepare := exec.CommandContext(ctx, binary, c.prepare...)
		prepare.Env = append(os.Environ(), env...)
		if output, err := prepare.CombinedOutput(); err != nil {
			return r, fmt.Errorf("%v: %w\n%s", c.prepare, err, output)
		}
	}
	t := &target{webhook: "http://" + listen + "/webhook", secret: appSecret, phoneNumberID: phoneNumberID, wabaID: wabaID, graph: g,
		client: &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 4 * concurrency}}}
	p, err := start(ctx, binary, c.serve, env, t.webhook, verifyToken)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, p.stop()) }()

	r.Name = c.name
	first := int64(firstCustomer)
	for _, l := range c.loads(short) {
		f, err := t.timed(ctx, p, l, first)
		if err != nil {
			return r, fmt.Errorf("phase %s: %w", l.name, err)
		}
		r.Phases = append(r.Phases, f)
		first += int64(l.customers)
	}
	if refused := g.refused.Load(); refused > 0 {
		return r, fmt.Errorf("%d sends were not as the Graph API takes them", refused)
	}
	r.PeakMB, err = p.peakRSS()
	return r, err
}

// timed runs one load and charges the process's CPU time to its messages.
func (t *target) timed(ctx context.Context, p *process, l load, first int64) (figures, error) {
	before, err := p.cpu()
	if err != nil {
		return figures{}, err
	}
	f, err := t.run(ctx, l, first)
	if err != nil {
		return f, err
	}
	after, err := p.cpu()
	f.CPUPerMessage = float64(after-before) / float64(time.Millisecond) / float64(l.messages)
	return f, err
}

func (r report) clean() bool {
	for _, c := range r.Results {
		for _, f := range c.Phases {
			if f.Refused+f.Missing+f.Extra+f.Misdirected > 0 {
				return false
			}
		}
	}
	return true
}

func (r report) write(out io.Writer) error {
	fmt.Fprintf(out, "\nThis disk: %.0f times a second a page written and fsynced, one after the other.\n\n", r.SyncsPerSec)
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "program\tphase\tmessages\taccepts/s\treplies/s\taccept p50\tp99\treply p50\tp99 ms\tCPU ms/msg\trefused\tmissing\textra\tmisdirected\tpeak MiB\t")
	for _, c := range r.Results {
		for _, f := range c.Phases {
			fmt.Fprintf(table, "%s\t%s\t%d\t%.0f\t%.0f\t%.1f\t%.1f\t%.1f\t%.1f\t%.2f\t%d\t%d\t%d\t%d\t%.0f\t\n", c.Name, f.Phase, f.Messages, f.AcceptPerSec, f.RepliesPerSec,
				f.AcceptP50, f.AcceptP99, f.ReplyP50, f.ReplyP99, f.CPUPerMessage, f.Refused, f.Missing, f.Extra, f.Misdirected, c.PeakMB)
		}
	}
	if err := table.Flush(); err != nil {
		return err
	}
	fmt.Fprintln(out)
	return json.NewEncoder(out).Encode(r)
}
