//go:build !linux

package main

// showsTray reports whether this desktop shows tray icons. Windows and macOS do.
func showsTray() bool { return true }
