// Command stock measures how soon a changed stock file changes the reply: from the
// moment the file is closed until a customer who then asks is answered with the new
// level (mission A8: within 0.3-1.2 s).
//
//	go run ./bench/stock [-changes 50] [-articles 1000] [-kind csv|xlsx] [-dir DIR]
//
// run from the repository's root. It opens a sandbox shop whose rule depends on one
// article of the file, changes that file again and again (every other time another
// file takes its place, as editors do), and lets a new customer ask each time. All
// of it is on 127.0.0.1. It prints the distribution and ends with one line of JSON.
// Exit status 1 when a reply was wrong, or took longer than 1.2 s.
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
	"slices"
	"syscall"
	"time"

	"github.com/xuri/excelize/v2"

	"shopbell/bench/measure"
	"shopbell/core/desk"
	"shopbell/core/host"
	"shopbell/core/sandbox"
)

// allowed is how long a change may take to be in force (mission A8).
const allowed = 1200 * time.Millisecond

// rules answer with the level of one article.
const rules = `{"version": 1, "rules": [{"id": "boots", "name": "Boots", "trigger": "keyword", "keywords": ["boots"],
  "stock": {"sku": "BT-39", "below": 99999, "text": "{stock} left"}, "replies": [{"text": "Plenty"}]}]}`

// report is the last line of the output. Times are milliseconds from the closing of
// the file.
type report struct {
	Changes  int     `json:"changes"`
	Articles int     `json:"articles"`
	Kind     string  `json:"kind"`
	ForceP50 float64 `json:"in_force_p50_ms"`
	ForceMax float64 `json:"in_force_max_ms"`
	ReplyP50 float64 `json:"reply_p50_ms"`
	ReplyP95 float64 `json:"reply_p95_ms"`
	ReplyMax float64 `json:"reply_max_ms"`
}

func main() {
	var b bench
	flag.IntVar(&b.changes, "changes", 50, "how often the file changes")
	flag.IntVar(&b.articles, "articles", 1000, "articles in the file")
	flag.StringVar(&b.kind, "kind", "csv", "csv or xlsx")
	dir := flag.String("dir", "build/bench", "where the shop goes; choose a real disk, not a tmpfs")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	ctx, cancel := context.WithTimeout(ctx, 5*time.Minute)
	err := b.run(ctx, *dir, os.Stdout)
	cancel()
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "stock:", err)
		os.Exit(1)
	}
}

type bench struct {
	changes, articles int
	kind              string

	host *host.Host
	path string // of the file
}

func (b *bench) run(ctx context.Context, dir string, out io.Writer) (err error) {
	if b.changes < 1 || b.articles < 1 || b.kind != "csv" && b.kind != "xlsx" {
		return errors.New("give at least one change and one article, and csv or xlsx as the kind")
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	work, err := os.MkdirTemp(dir, "stock-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	if b.path, err = filepath.Abs(filepath.Join(work, "stock."+b.kind)); err != nil {
		return err
	}
	if err := b.open(ctx, work); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.host.Close()) }()
	events := b.host.Subscribe(ctx)
	var inForce, replied []time.Duration
	for n := range b.changes {
		force, reply, err := b.change(ctx, events, n)
		if err != nil {
			return fmt.Errorf("change %d: %w", n+1, err)
		}
		inForce, replied = append(inForce, force), append(replied, reply)
	}
	slices.Sort(inForce)
	slices.Sort(replied)
	r := report{
		Changes: b.changes, Articles: b.articles, Kind: b.kind, ForceP50: measure.Quantile(inForce, 0.5), ForceMax: measure.Quantile(inForce, 1),
		ReplyP50: measure.Quantile(replied, 0.5), ReplyP95: measure.Quantile(replied, 0.95), ReplyMax: measure.Quantile(replied, 1),
	}
	fmt.Fprintf(out, "%d changes of a file of %d articles (%s), from its closing:\n", r.Changes, r.Articles, r.Kind)
	fmt.Fprintf(out, "  in force   p50 %4.0f ms             max %4.0f ms\n", r.ForceP50, r.ForceMax)
	fmt.Fprintf(out, "  answered   p50 %4.0f ms  p95 %4.0f ms  max %4.0f ms\n", r.ReplyP50, r.ReplyP95, r.ReplyMax)
	if err := json.NewEncoder(out).Encode(r); err != nil {
		return err
	}
	if slowest := replied[len(replied)-1]; slowest > allowed {
		return fmt.Errorf("the slowest reply took %s, %s are allowed", slowest, allowed)
	}
	return nil
}

// open opens a shop that watches the file.
func (b *bench) open(ctx context.Context, work string) error {
	if err := b.write(1, false); err != nil {
		return err
	}
	if _, _, err := host.ImportRules(ctx, filepath.Join(work, host.SandboxFolder), []byte(rules), false, nil); err != nil {
		return err
	}
	h, err := host.Open(ctx, host.Options{DataDir: work, Sandbox: true, NetworkDelay: -1})
	if err != nil {
		return err
	}
	b.host = h
	events := h.Subscribe(ctx)
	if err := h.SetStockFile(ctx, h.Owner(), desk.StockFile{Path: b.path}); err != nil {
		return errors.Join(err, h.Close())
	}
	if err := b.told(ctx, events, 1); err != nil {
		return errors.Join(err, h.Close())
	}
	return nil
}

// change changes the file and has a customer ask as soon as the desk tells of it.
func (b *bench) change(ctx context.Context, events <-chan desk.Event, n int) (inForce, replied time.Duration, err error) {
	level := n + 2
	if err := b.write(level, n%2 == 1); err != nil {
		return 0, 0, err
	}
	closed := time.Now()
	if err := b.told(ctx, events, level); err != nil {
		return 0, 0, err
	}
	inForce = time.Since(closed)
	customer := sandbox.Customer{Phone: fmt.Sprintf("1555013%04d", n), Name: "Customer"}
	if _, err := b.host.Sandbox().Write(ctx, customer, "boots"); err != nil {
		return 0, 0, err
	}
	said, err := b.answered(ctx, customer)
	if err != nil {
		return 0, 0, err
	}
	replied = time.Since(closed)
	if want := fmt.Sprintf("%d left", level); said != want {
		return 0, 0, fmt.Errorf("the customer was told %q, want %q", said, want)
	}
	return inForce, replied, nil
}

// told waits until the desk tells that the article has this level: it is in force
// then.
func (b *bench) told(ctx context.Context, events <-chan desk.Event, want int) error {
	for e := range events {
		if e.Kind != desk.EventStock {
			continue
		}
		page, err := b.host.Articles(ctx, b.host.Owner(), desk.StockQuery{Search: "BT-39"})
		if err != nil || len(page.Articles) == 1 && page.Articles[0].Level == want {
			return err
		}
	}
	return errors.Join(errors.New("the desk tells no more"), ctx.Err())
}

// answered waits for the answer to a customer. The network of the sandbox is none
// of the desk's, and tells of nothing.
func (b *bench) answered(ctx context.Context, c sandbox.Customer) (string, error) {
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for {
		if inbox := b.host.Sandbox().Inbox(c); len(inbox) > 0 {
			return inbox[0].Text, nil
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return "", ctx.Err()
		}
	}
}

// write writes the file with a level of the article; in place of the old file, or
// into it.
func (b *bench) write(level int, replace bool) error {
	path := b.path
	if replace {
		path += ".new." + b.kind
	}
	err := b.table(path, level)
	if err != nil || !replace {
		return err
	}
	return os.Rename(path, b.path)
}

func (b *bench) table(path string, level int) error {
	rows := [][]any{{"sku", "name", "stock"}, {"BT-39", "Boots", level}}
	for i := range b.articles - 1 {
		rows = append(rows, []any{fmt.Sprintf("SKU-%05d", i), "An article of the shop", i % 500})
	}
	if b.kind == "csv" {
		f, err := os.Create(path)
		if err != nil {
			return err
		}
		for _, r := range rows {
			fmt.Fprintf(f, "%v;%v;%v\n", r...)
		}
		return f.Close()
	}
	book := excelize.NewFile()
	for i, r := range rows {
		if err := book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &r); err != nil {
			return errors.Join(err, book.Close())
		}
	}
	return errors.Join(book.SaveAs(path), book.Close())
}
