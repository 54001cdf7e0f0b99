package main

import (
	"os"
	"path/filepath"

	"github.com/godbus/dbus/v5"
)

// showsTray reports whether this desktop shows tray icons: whether somebody on
// the session bus watches for them. Without a bus it does not, and none is
// started.
func showsTray() bool {
	if os.Getenv("DBUS_SESSION_BUS_ADDRESS") == "" {
		if _, err := os.Stat(filepath.Join(os.Getenv("XDG_RUNTIME_DIR"), "bus")); err != nil {
			return false
		}
	}
	bus, err := dbus.ConnectSessionBus()
	if err != nil {
		return false
	}
	defer bus.Close()
	var owned bool
	err = bus.BusObject().Call("org.freedesktop.DBus.NameHasOwner", 0, "org.kde.StatusNotifierWatcher").Store(&owned)
	return err == nil && owned
}
