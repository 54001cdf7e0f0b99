// Command window is the part of bench/inbox that is measured: the program's own
// window over a data folder, driven by itself. Its output is one line of JSON, an
// Outcome. bench/inbox builds it and starts it on a display.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/pprof"
	"time"
	_ "time/tzdata" // as the program has it

	fyneapp "fyne.io/fyne/v2/app"

	"shopbell/app"
	"shopbell/app/live"
	"shopbell/app/settings"
	"shopbell/app/sound"
	"shopbell/bench/inbox/figures"
	"shopbell/bench/shopfile"
	"shopbell/core/host"
	"shopbell/core/sandbox"
)

// What Meta gave the owner of the shop; nobody outside this process takes it.
const (
	token  = "EAAbenchNobodyElseTakesThis"
	secret = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
)

func main() {
	data := flag.String("data", "", "the data folder; what the window does is written into it")
	began := flag.Int64("began", 0, "when the program was started, in nanoseconds since 1970")
	var p plan
	flag.IntVar(&p.size.Conversations, "conversations", 0, "how many there are in the folder")
	flag.IntVar(&p.size.Messages, "messages", 0, "how many there are in the folder")
	flag.BoolVar(&p.short, "short", false, "a tenth of the acts")
	profile := flag.String("cpuprofile", "", "where a CPU profile of it all goes")
	flag.Parse()
	o, err := profiled(*profile, func() (figures.Outcome, error) { return run(*data, time.Unix(0, *began), p) })
	if err == nil {
		err = json.NewEncoder(os.Stdout).Encode(o)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "window:", err)
		os.Exit(1)
	}
}

// profiled runs do, and writes a CPU profile of it where one is asked for.
func profiled(file string, do func() (figures.Outcome, error)) (o figures.Outcome, err error) {
	if file == "" {
		return do()
	}
	f, err := os.Create(file)
	if err != nil {
		return o, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := pprof.StartCPUProfile(f); err != nil {
		return o, err
	}
	defer pprof.StopCPUProfile()
	return do()
}

// run shows the window, on the main goroutine, while another one drives it.
func run(data string, began time.Time, p plan) (o figures.Outcome, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Minute)
	defer cancel()
	if err := os.Setenv("XDG_CONFIG_HOME", filepath.Join(data, "config")); err != nil { // the window's own settings
		return o, err
	}
	meta, err := sandbox.Open(sandbox.Options{
		AppSecret: secret, Token: token, PhoneNumberID: shopfile.Channel.PhoneNumberID, WABAID: shopfile.Channel.WABAID,
		DisplayPhone: shopfile.Channel.DisplayPhone, VerifiedName: shopfile.Channel.Name, Now: time.Now,
	})
	if err != nil {
		return o, err
	}
	defer func() { err = errors.Join(err, meta.Close()) }()
	log := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	app.CollectOften()
	loop := live.Fyne(time.Now)
	window, err := app.New(ctx, fyneapp.NewWithID("app.shopbell.Shopbell.bench"), app.Deps{
		OpenShop: func(ctx context.Context, _ bool) (app.Shop, error) {
			h, err := host.Open(ctx, host.Options{
				DataDir: data, KeyFolder: filepath.Join(data, "keys"), Log: log, Listen: "127.0.0.1:0",
				Graph: host.Graph{
					URL: meta.GraphURL(), Token: token, AppSecret: secret, VerifyToken: "bench",
					PhoneNumberID: shopfile.Channel.PhoneNumberID, WABAID: shopfile.Channel.WABAID,
				},
			})
			if err != nil {
				return app.Shop{}, err
			}
			return app.Shop{Desk: h, Who: h.Owner(), Folder: data, Close: h.Close}, nil
		},
		Begin: app.BeginShop, Loop: loop, Zone: time.UTC, Log: log, Speaker: new(sound.Output), Place: settings.Place{Data: data, Log: data},
	})
	if err != nil {
		return o, err
	}
	type end struct {
		figures.Outcome
		err error
	}
	over := make(chan end, 1)
	go func() {
		o, err := drive(ctx, newStage(window, loop), began, p)
		over <- end{o, err}
		window.Quit()
	}()
	if err := window.Run(); err != nil {
		return o, err
	}
	select {
	case e := <-over:
		return e.Outcome, e.err
	default:
		return o, errors.New("the window was closed before all was measured")
	}
}
