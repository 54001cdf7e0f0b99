package main

import (
	"os"

	"github.com/emersion/go-autostart"

	"shopbell/app/settings"
)

// startWithComputer makes the entry that opens Shopbell on this folder when the
// person logs in; nil where the program does not know where it is itself.
func startWithComputer(f flags) settings.Autostart {
	program, err := os.Executable()
	if err != nil {
		return nil
	}
	command := []string{program}
	if f.Data != "" {
		command = append(command, "--data", f.Data)
	}
	return &autostart.App{Name: appID, DisplayName: "Shopbell", Exec: command}
}
