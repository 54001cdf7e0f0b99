//go:build window

package windowtest

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	fyneapp "fyne.io/fyne/v2/app"

	"shopbell/app"
	"shopbell/app/live"
	"shopbell/core/host"
)

// The program under test, one for all tests of the package.
var (
	window *app.App
	loop   = live.Fyne(time.Now)
	shop   atomic.Pointer[host.Host]
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
	folder, err := os.MkdirTemp("", "shopbell-window")
	if err != nil {
		return 1, err
	}
	defer os.RemoveAll(folder)
	if err := os.Setenv("XDG_CONFIG_HOME", filepath.Join(folder, "config")); err != nil {
		return 1, err
	}
	window, err = app.New(context.Background(), fyneapp.NewWithID("app.shopbell.Shopbell.windowtest"), app.Deps{
		OpenShop: func(ctx context.Context, sandbox bool) (app.Shop, error) {
			h, err := host.Open(ctx, host.Options{DataDir: folder, Sandbox: sandbox})
			if err != nil {
				return app.Shop{}, err
			}
			shop.Store(h)
			return app.Shop{Desk: h, Who: h.Owner(), Close: h.Close}, nil
		},
		Sandbox: true, Loop: loop, Zone: time.Local, Log: slog.New(slog.NewTextHandler(os.Stderr, nil)),
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
	return <-done, err
}
