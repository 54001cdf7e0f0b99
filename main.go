// Shopbell is a desk for a small shop that answers its customers on WhatsApp.
package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"os/user"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"syscall"
	"time"
	_ "time/tzdata" // Windows has none of its own

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"
	"github.com/alecthomas/kong"

	"shopbell/app"
	"shopbell/app/clipboard"
	"shopbell/app/live"
	"shopbell/app/settings"
	"shopbell/app/sound"
	"shopbell/assets"
	"shopbell/core/host"
)

const appID = "app.shopbell.Shopbell"

// flags are the command line. Users script it: names stay.
type flags struct {
	Data    string        `help:"Folder of the shop's data." placeholder:"DIR" type:"path"`
	Sandbox *bool         `negatable:"" help:"Open the sandbox shop, where simulated customers write and nothing leaves this computer, or with --no-sandbox the real one. Without the flag: what was open last."`
	Tour    string        `hidden:"" placeholder:"DIR" help:"Drive the window by itself: ask on stdout for pictures, which a script puts into DIR."`
	TourFor time.Duration `hidden:"" default:"60s" help:"How long the tour's customers write."`
}

// begin is what the flags want opened first.
func (f flags) begin() app.Begin {
	switch {
	case f.Sandbox == nil:
		return app.BeginLast
	case *f.Sandbox:
		return app.BeginSandbox
	}
	return app.BeginShop
}

func main() {
	var f flags
	kong.Parse(&f, kong.Name("shopbell"), kong.Description("Answers a shop's WhatsApp customers."))
	if err := run(f); err != nil {
		fmt.Fprintln(os.Stderr, "shopbell:", err)
		os.Exit(1)
	}
}

func run(f flags) (err error) {
	app.CollectOften()
	data, err := dataFolder(f.Data)
	if err != nil {
		return refuse(&app.FolderError{Folder: f.Data, Err: err})
	}
	log, closeLog, err := openLog(data)
	if err != nil {
		return refuse(&app.FolderError{Folder: data, Err: err})
	}
	defer func() { err = errors.Join(err, closeLog()) }()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()

	shop := &shopFolder{data: data, log: log, pace: customerPace}
	id, begin := appID, f.begin()
	if f.Tour != "" { // it begins with the first start, and changes no settings of the person's
		id, begin, shop.pace = appID+".tour", app.BeginShop, tourPace
	}
	tray := f.Tour == "" && showsTray()
	log.Info("Start", "tray", tray)
	program := fyneapp.NewWithID(id)
	if shop.nameless, err = app.OwnerWord(program); err != nil {
		return err
	}
	program.SetIcon(fyne.NewStaticResource("icon.png", assets.AppIcon))
	// A signal closes the window as a person would: what is being written is
	// saved first, so ctx must not cancel the screens' work.
	window, err := app.New(context.WithoutCancel(ctx), program, app.Deps{
		OpenShop: shop.open, Begin: begin, Dark: prefersDark(ctx, program),
		Loop: live.Fyne(time.Now), Zone: time.Local, Log: log,
		Speaker: new(sound.Output), Clipboard: pictureBoard(), Tray: tray, Autostart: startWithComputer(f),
		Place: settings.Place{Data: data, Log: data, Version: version(program.Metadata().Version)},
	})
	if err != nil {
		return err
	}
	context.AfterFunc(ctx, window.Quit)
	if f.Tour != "" {
		return runTour(ctx, window, shop, f.TourFor)
	}
	return window.Run()
}

// pictureBoard is the clipboard for pictures; nil where the system's takes none.
func pictureBoard() app.Clipboard {
	if !clipboard.Available() {
		return nil
	}
	return clipboard.Board{}
}

// refuse shows why the program cannot begin to who started it without a terminal,
// and returns it. Without a display Fyne cannot run, and main prints it.
func refuse(why *app.FolderError) error {
	if !hasDisplay(runtime.GOOS, os.Getenv) {
		return why
	}
	program := fyneapp.NewWithID(appID)
	return errors.Join(why, app.Refuse(program, prefersDark(context.Background(), program), why))
}

// hasDisplay reports whether windows can be shown: X11 and Wayland say where.
func hasDisplay(system string, env func(string) string) bool {
	return system == "windows" || system == "darwin" || env("DISPLAY") != "" || env("WAYLAND_DISPLAY") != ""
}

// shopFolder opens the shop of a data folder for the window.
type shopFolder struct {
	data string
	log  *slog.Logger
	pace time.Duration // how often somebody writes in the sandbox
	host *host.Host
	// nameless is what a new shop calls the person at this computer where the system
	// knows no name of theirs.
	nameless string
}

// graphURL names the environment variable with another Graph API than Meta's, as
// shopbelld has it: for tests and for who forwards it.
const graphURL = "SHOPBELL_GRAPH_URL"

// customerPace is how often somebody writes in the sandbox, for a person who
// tries it: often enough to see the desk live, slow enough to read.
const customerPace = 6 * time.Second

func (d *shopFolder) open(ctx context.Context, sandbox bool) (app.Shop, error) {
	o := host.Options{DataDir: d.data, Sandbox: sandbox, Pace: d.pace, Log: d.log, Graph: host.Graph{URL: os.Getenv(graphURL)}}
	if person, err := user.Current(); err != nil { // no reason to keep the shop closed
		d.log.Warn("Ask the system who is at this computer", "err", err)
	} else {
		o.OwnerName = cmp.Or(ownerName(person), d.nameless)
	}
	h, err := host.Open(ctx, o)
	if errors.Is(err, host.ErrInUse) {
		return app.Shop{}, fmt.Errorf("%w: %w", app.ErrAlreadyOpen, err)
	}
	if err != nil {
		return app.Shop{}, err
	}
	d.host = h
	folder := folderOf(d.data, sandbox)
	return app.Shop{Desk: h, Who: h.Owner(), Folder: folder, Copies: copies{h, folder}, Close: h.Close}, nil
}

// folderOf is where, inside the data folder, the shop or its sandbox is.
func folderOf(data string, sandbox bool) string {
	if sandbox {
		return filepath.Join(data, host.SandboxFolder)
	}
	return data
}

// ownerName is the full name of the person at this computer, by which the shop calls
// them; empty where the system knows only what they log in with.
func ownerName(person *user.User) string {
	name := strings.TrimSpace(person.Name)
	login := person.Username[strings.LastIndexByte(person.Username, '\\')+1:] // Windows: DOMAIN\name
	if strings.EqualFold(name, login) {
		return ""
	}
	return name
}

// version is that of the package the program came in, else what Go knows of the
// build.
func version(packaged string) string {
	if packaged != "" {
		return packaged
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		return info.Main.Version
	}
	return ""
}

// dataFolder is the given one, or Shopbell's own in the place where this system
// keeps such folders.
func dataFolder(given string) (string, error) {
	if given == "" {
		base, err := os.UserConfigDir()
		if err != nil {
			return "", err
		}
		given = filepath.Join(base, "Shopbell")
	}
	if err := os.MkdirAll(given, 0o700); err != nil {
		return "", err
	}
	return given, nil
}

// logLimit is the size from which a log is put aside at the next start. One old
// log is kept.
const logLimit = 5 << 20

// openLog appends to shopbell.log in the data folder. It never holds customers'
// texts or names.
func openLog(data string) (log *slog.Logger, closeLog func() error, err error) {
	path := filepath.Join(data, "shopbell.log")
	if info, err := os.Stat(path); err == nil && info.Size() > logLimit {
		if err := os.Rename(path, path+".old"); err != nil {
			return nil, nil, fmt.Errorf("put the old log aside: %w", err)
		}
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, nil, err
	}
	return slog.New(slog.NewJSONHandler(file, nil)), file.Close, nil
}
