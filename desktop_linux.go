package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"github.com/godbus/dbus/v5"
)

// errNoBus says that this session has none.
var errNoBus = errors.New("no session bus")

// sessionBus connects to the bus of this session. Where there is none, none is
// started.
func sessionBus() (*dbus.Conn, error) {
	if os.Getenv("DBUS_SESSION_BUS_ADDRESS") == "" {
		if _, err := os.Stat(filepath.Join(os.Getenv("XDG_RUNTIME_DIR"), "bus")); err != nil {
			return nil, errNoBus
		}
	}
	return dbus.ConnectSessionBus()
}

// showsTray reports whether this desktop shows tray icons: whether somebody on
// the session bus watches for them.
func showsTray() bool {
	bus, err := sessionBus()
	if err != nil {
		return false
	}
	defer bus.Close()
	var owned bool
	err = bus.BusObject().Call("org.freedesktop.DBus.NameHasOwner", 0, "org.kde.StatusNotifierWatcher").Store(&owned)
	return err == nil && owned
}

// portalWithin bounds the question to the desktop's portal, which may have to be
// started for it: the window waits for the answer.
const portalWithin = 500 * time.Millisecond

// prefersDark reports whether this desktop asks for dark windows. One that does
// not say so does not. Fyne learns it later, and takes dark until then.
func prefersDark(ctx context.Context, _ fyne.App) bool {
	bus, err := sessionBus()
	if err != nil {
		return false
	}
	defer bus.Close()
	ctx, cancel := context.WithTimeout(ctx, portalWithin)
	defer cancel()
	var answer dbus.Variant
	err = bus.Object("org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop").
		CallWithContext(ctx, "org.freedesktop.portal.Settings.Read", 0, "org.freedesktop.appearance", "color-scheme").Store(&answer)
	return err == nil && asksForDark(answer)
}

// asksForDark reads the portal's answer: 1 is dark, 2 light, 0 no preference
// (org.freedesktop.portal.Settings). Read wraps it in a second variant.
func asksForDark(answer dbus.Variant) bool {
	if inner, ok := answer.Value().(dbus.Variant); ok {
		answer = inner
	}
	scheme, ok := answer.Value().(uint32)
	return ok && scheme == 1
}
