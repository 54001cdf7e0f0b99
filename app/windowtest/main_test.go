//go:build window

package windowtest

import (
	"context"
	"errors"
	"fmt"
	"io"
	stdlog "log"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	fyneapp "fyne.io/fyne/v2/app"

	"shopbell/app"
	"shopbell/app/clipboard"
	"shopbell/app/live"
	"shopbell/core/host"
)

// The program under test, one for all tests of the package, and the world around
// it. The shop itself has no number until a test connects one.
var (
	window *app.App
	loop   = live.Fyne(time.Now)
	shop   atomic.Pointer[host.Host]
	around *world
	folder string // everything that the program writes is below it
)

// TestMain shows the window on the main goroutine, where the display's library
// wants it, and runs the tests beside it.
func TestMain(m *testing.M) {
	code, err := run(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, "windowtest:", err)
		code = 1
	}
	os.Exit(code)
}

func run(m *testing.M) (code int, err error) {
	if os.Getenv("DISPLAY") == "" {
		return 1, fmt.Errorf("no display: run it by make test-window")
	}
	if folder, err = os.MkdirTemp("", "shopbell-window"); err != nil {
		return 1, err
	}
	defer os.RemoveAll(folder)
	keys, err := os.MkdirTemp("", "shopbell-window-keys")
	if err != nil {
		return 1, err
	}
	defer os.RemoveAll(keys)
	if around, err = newWorld(); err != nil {
		return 1, err
	}
	defer func() { err = errors.Join(err, around.close()) }()
	log, err := os.Create(filepath.Join(folder, "shopbell.log"))
	if err != nil {
		return 1, err
	}
	defer log.Close()
	if err := os.Setenv("XDG_CONFIG_HOME", filepath.Join(folder, "config")); err != nil {
		return 1, err
	}
	toolkit := &strings.Builder{}
	stdlog.SetOutput(io.MultiWriter(toolkit, os.Stderr))
	window, err = app.New(context.Background(), fyneapp.NewWithID("app.shopbell.Shopbell.windowtest"), app.Deps{
		OpenShop: func(ctx context.Context, sandbox bool) (app.Shop, error) {
			h, err := host.Open(ctx, host.Options{
				DataDir: folder, KeyFolder: keys, Sandbox: sandbox, Log: slog.New(slog.NewTextHandler(log, nil)),
				Graph: host.Graph{URL: around.meta.GraphURL()}, Outside: around.transport,
			})
			if err != nil {
				return app.Shop{}, err
			}
			shop.Store(h)
			return app.Shop{Desk: h, Who: h.Owner(), Folder: folder, Close: h.Close}, nil
		},
		Clipboard: clipboard.Board{},
		Begin:     app.BeginSandbox, Loop: loop, Zone: time.Local, Log: slog.New(slog.NewTextHandler(io.MultiWriter(log, os.Stderr), nil)),
	})
	if err != nil {
		return 1, err
	}
	done := make(chan int, 1)
	go func() {
		done <- m.Run()
		window.Quit()
	}()
	err = window.Run()
	code = <-done
	stdlog.SetOutput(os.Stderr)
	if strings.Contains(toolkit.String(), "Failed to focus") {
		err = errors.Join(err, errors.New("the focus was given to what is not in the window"))
	}
	return code, err
}
