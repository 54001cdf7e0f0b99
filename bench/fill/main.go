// Command fill makes a shop's data folder of a given size, for measurements and to
// look at the window with it:
//
//	go run ./bench/fill [-conversations 100000] [-messages 1000000] [-seed 1] [-until TIME] DIR
//
// DIR must hold no shop yet. What is written ends at the given time (RFC 3339), or
// now; the same size, seed and time make the same rows. Open it with
// "shopbell --data DIR".
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"shopbell/bench/shopfile"
	"shopbell/core/store"
)

type flags struct {
	Conversations int       `default:"100000" help:"How many conversations."`
	Messages      int       `default:"1000000" help:"How many messages, in all of them together."`
	Seed          uint64    `default:"1" help:"Of the chances."`
	Until         time.Time `help:"When the last message was written (RFC 3339); now where it is not given."`
	Dir           string    `arg:"" help:"Where the shop goes."`
}

// report is the last line of the output.
type report struct {
	Conversations int     `json:"conversations"`
	Messages      int     `json:"messages"`
	Seconds       float64 `json:"seconds"`
	MiB           float64 `json:"file_mib"`
}

func main() {
	var f flags
	kong.Parse(&f, kong.Name("fill"), kong.Description("Makes a shop's data folder of a given size."))
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, f, os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "fill:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, f flags, out io.Writer) error {
	began := time.Now()
	if f.Until.IsZero() {
		f.Until = began
	}
	path := filepath.Join(f.Dir, store.FileName)
	size := shopfile.Size{Conversations: f.Conversations, Messages: f.Messages, Seed: f.Seed}
	told := 0
	err := shopfile.Fill(ctx, path, size, f.Until, func(messages int) {
		if tenth := 10 * messages / f.Messages; tenth > told {
			told = tenth
			fmt.Fprintf(os.Stderr, "fill: %d %%\n", 10*tenth)
		}
	})
	if err != nil {
		return err
	}
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	return json.NewEncoder(out).Encode(report{
		Conversations: f.Conversations, Messages: f.Messages,
		Seconds: time.Since(began).Seconds(), MiB: float64(info.Size()) / (1 << 20),
	})
}
