//go:build !linux

package main

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// showsTray reports whether this desktop shows tray icons. Windows and macOS do.
func showsTray() bool { return true }

// prefersDark reports whether this desktop asks for dark windows.
func prefersDark(_ context.Context, program fyne.App) bool {
	return program.Settings().ThemeVariant() == theme.VariantDark
}
