// Command spine measures the way of one message: a signed webhook in, stored
// durably, an automatic reply out through the Graph API. It runs shopbelld and two
// plain reference bots, one in Node (./nodebot, left out where there is no Node)
// and one in Go (./refbot), in turn under the same load on the same disk:
//
//	go run ./bench/spine [-short] [-dir DIR]
//
// run from the repository's root, on Linux (memory and CPU are read from /proc).
// Everything stays on 127.0.0.1. Three phases each:
//
//	new        every message from another customer, 16 webhooks in flight at most
//	returning  100 customers who write again and again; Shopbell owes each exactly
//	           three automatic replies (mission A9), the bot answers every message
//	steady     15 messages a second, in slices, the programs in turn; a message's
//	           clock starts when it was due. Beside the p99 stands the range in which
//	           it lies with 95 %: two programs whose ranges overlap were not told apart
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
	"os"
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
	steadyRate    = 15           // messages a second
	replyText     = "It is 39 euros."
)

// rules draw one reply to the word "price", as refbot does.
const rules = `{"version": 1, "timezone": "UTC", "rules": [
  {"id": "price", "name": "Price", "trigger": "keyword", "keywords": ["price"], "match": "exact", "replies": [{"text": "` + replyText + `"}]}]}`

// candidate is one of the programs.
type candidate struct {
	name    string
	build   func(ctx context.Context, work string) (command []string, err error)
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

// run measures the programs and writes the table. clean is false when anything
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
	stages := []*stage{}
	defer func() {
		for _, s := range stages {
			err = errors.Join(err, s.close())
		}
	}()
	for _, c := range candidates(file) {
		fmt.Fprintf(os.Stderr, "spine: building %s\n", c.name)
		s, err := open(ctx, c, work)
		if errors.Is(err, errLeftOut) {
			fmt.Fprintln(os.Stderr, "spine:", err)
			continue
		}
		if err != nil {
			return false, fmt.Errorf("%s: %w", c.name, err)
		}
		stages = append(stages, s)
	}
	if err := offer(ctx, stages, short); err != nil {
		return false, err
	}
	for _, s := range stages {
		r, err := s.result()
		if err != nil {
			return false, fmt.Errorf("%s: %w", s.name, err)
		}
		all.Results = append(all.Results, r)
	}
	return all.clean(), all.write(out)
}

func candidates(rules string) []candidate {
	return []candidate{
		{name: "nodebot", build: nodeBot},
		{name: "refbot", build: goProgram("./bench/spine/refbot", "refbot")},
		{name: "shopbelld", build: goProgram("./core/cmd/shopbelld", "shopbelld"), prepare: []string{"rules", "import", rules}, serve: []string{"serve"}, limit: 3},
	}
}

// turns is how often the steady phase changes from one program to the next: a
// machine that is slower for a while is so for all of them.
const turns = 12

// offer gives every program the same loads: one after the other what keeps the
// machine busy, then in turn what leaves it idle.
func offer(ctx context.Context, stages []*stage, short bool) error {
	scale := 10
	if short {
		scale = 1
	}
	for _, s := range stages {
		fmt.Fprintf(os.Stderr, "spine: %s under full load\n", s.name)
		for _, l := range []load{
			{name: "new", messages: 500 * scale, customers: 500 * scale, limit: s.limit},
			{name: "returning", messages: 1000, customers: 100, limit: s.limit},
		} {
			if err := s.run(ctx, l); err != nil {
				return err
			}
		}
	}
	fmt.Fprintf(os.Stderr, "spine: %d messages a second for each in turn\n", steadyRate)
	for range turns {
		for _, s := range stages {
			if err := s.run(ctx, load{name: "steady", messages: 15 * scale, customers: 15 * scale, rate: steadyRate, limit: s.limit}); err != nil {
				return err
			}
		}
	}
	return nil
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
	fmt.Fprintln(table, "program\tphase\tmessages\taccepts/s\treplies/s\taccept p50\tp99\treply p50\tp99 ms\t(95 % range)\tCPU ms/msg\trefused\tmissing\textra\tmisdirected\tpeak MiB\t")
	for _, c := range r.Results {
		for _, f := range c.Phases {
			fmt.Fprintf(table, "%s\t%s\t%d\t%.0f\t%.0f\t%.1f\t%.1f\t%.1f\t%.1f\t%.1f-%.1f\t%.2f\t%d\t%d\t%d\t%d\t%.0f\t\n", c.Name, f.Phase, f.Messages, f.AcceptPerSec, f.RepliesPerSec,
				f.AcceptP50, f.AcceptP99, f.ReplyP50, f.ReplyP99, f.ReplyP99Low, f.ReplyP99High,
				f.CPUPerMessage, f.Refused, f.Missing, f.Extra, f.Misdirected, c.PeakMB)
		}
	}
	if err := table.Flush(); err != nil {
		return err
	}
	fmt.Fprintln(out)
	return json.NewEncoder(out).Encode(r)
}
