// Command inbox measures what a person waits for in the window, over a shop of two
// years and over one a hundred times smaller:
//
//	go run ./bench/inbox [-short] [-dir DIR] [-keep] [-cpuprofile FILE]
//
// run from the repository's root, on Linux. It makes the two shops (bench/shopfile),
// opens each in turn in the program's own window, on a virtual display where there
// is none, opens chats, reads back and scrolls in it by itself, and prints a table
// that ends with one line of JSON. Times are until the answer has been painted. The
// painting is done by the processor where the display has no graphics card, as a
// virtual one has not.
//
// Exit status 1 when a time is over its goal (issue 5), or grew by half or more from
// the small shop to the large one.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"shopbell/bench/inbox/figures"
	"shopbell/bench/shopfile"
	"shopbell/core/store"
)

// Sizes of the shops, and by how much the second is smaller.
const (
	conversations = 100_000
	messages      = 1_000_000
	smaller       = 100
	seed          = 1
)

// rounds is how often each shop is opened, in turn: a machine that is slower for a
// while is so for both.
const rounds = 3

func main() {
	var b bench
	flag.BoolVar(&b.short, "short", false, "a tenth of the shop, and of the acts: a minute instead of ten")
	flag.StringVar(&b.dir, "dir", "build/bench/inbox", "where the shops go; choose a real disk, not a tmpfs")
	flag.BoolVar(&b.keep, "keep", false, "use the shops again that an earlier run left in the folder, and leave them there")
	flag.StringVar(&b.profile, "cpuprofile", "", "where a CPU profile of the last window over the large shop goes")
	flag.Parse()
	if os.Getenv("DISPLAY") == "" {
		fmt.Fprintln(os.Stderr, "inbox:", onDisplay()) // does not return otherwise
		os.Exit(1)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	ctx, cancel := context.WithTimeout(ctx, 30*time.Minute)
	missed, err := b.run(ctx, os.Stdout)
	cancel()
	stop()
	if err == nil && missed > 0 {
		err = fmt.Errorf("%d of the goals are missed", missed)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "inbox:", err)
		os.Exit(1)
	}
}

// onDisplay begins anew on a virtual display. It returns only where that fails.
func onDisplay() error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	const display = "packaging/setup/display.sh"
	return fmt.Errorf("%s: %w", display, syscall.Exec(display, append([]string{display, self}, os.Args[1:]...), os.Environ()))
}

type bench struct {
	short, keep bool
	dir         string
	profile     string // file for one of the last window; empty: none
}

// shop is a filled data folder, and what was measured over it.
type shop struct {
	folder  string
	size    shopfile.Size
	outcome []figures.Outcome // one for each round
}

// run measures and writes the table; missed is how many goals were.
func (b bench) run(ctx context.Context, out io.Writer) (missed int, err error) {
	if b.dir, err = filepath.Abs(b.dir); err != nil {
		return 0, err
	}
	if err := os.MkdirAll(b.dir, 0o700); err != nil {
		return 0, err
	}
	program := filepath.Join(b.dir, "window")
	build := exec.CommandContext(ctx, "go", "build", "-tags", "migrated_fynedo", "-o", program, "./bench/inbox/window")
	if output, err := build.CombinedOutput(); err != nil {
		return 0, fmt.Errorf("build the window: %w\n%s", err, output)
	}
	large := shopfile.Size{Conversations: conversations, Messages: messages, Seed: seed}
	if b.short {
		large.Conversations, large.Messages = large.Conversations/10, large.Messages/10
	}
	small := shopfile.Size{Conversations: large.Conversations / smaller, Messages: large.Messages / smaller, Seed: seed}
	shops := []*shop{b.shop(small), b.shop(large)}
	if !b.keep {
		defer func() {
			for _, s := range shops {
				err = errors.Join(err, os.RemoveAll(s.folder))
			}
		}()
	}
	for _, s := range shops {
		if err := b.fill(ctx, s); err != nil {
			return 0, err
		}
	}
	for round := range rounds {
		for _, s := range shops {
			fmt.Fprintf(os.Stderr, "inbox: round %d of %d, %d conversations\n", round+1, rounds, s.size.Conversations)
			profile := ""
			if round == rounds-1 && s == shops[1] {
				profile = b.profile
			}
			o, err := b.show(ctx, program, s, profile)
			if err != nil {
				return 0, fmt.Errorf("the window over %s: %w", s.folder, err)
			}
			s.outcome = append(s.outcome, o)
		}
	}
	r := reportOf(shops[0], shops[1])
	return r.missed(), r.write(out)
}

func (b bench) shop(size shopfile.Size) *shop {
	return &shop{folder: filepath.Join(b.dir, strconv.Itoa(size.Conversations)), size: size}
}

// fill makes a shop, unless one was kept.
func (b bench) fill(ctx context.Context, s *shop) error {
	if b.keep {
		if _, err := os.Stat(s.folder); err == nil {
			return nil
		}
	}
	if err := os.RemoveAll(s.folder); err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "inbox: filling a shop of %d conversations\n", s.size.Conversations)
	err := shopfile.Fill(ctx, filepath.Join(s.folder, store.FileName), s.size, time.Now(), nil)
	if err != nil {
		return errors.Join(err, os.RemoveAll(s.folder)) // half of one would be kept
	}
	return nil
}

// show opens a shop in a window of its own process, and returns what it measured.
func (b bench) show(ctx context.Context, program string, s *shop, profile string) (o figures.Outcome, err error) {
	window := exec.CommandContext(ctx, program, "-data", s.folder, "-conversations", strconv.Itoa(s.size.Conversations),
		"-messages", strconv.Itoa(s.size.Messages), "-short="+strconv.FormatBool(b.short), "-cpuprofile", profile, "-began", strconv.FormatInt(time.Now().UnixNano(), 10))
	var told bytes.Buffer
	window.Stdout, window.Stderr = &told, os.Stderr
	if err := window.Run(); err != nil {
		return o, err
	}
	return o, json.Unmarshal(told.Bytes(), &o)
}
