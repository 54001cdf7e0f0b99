package main

import (
	"os/user"
	"path/filepath"
	"testing"

	"shopbell/app"
	"shopbell/core/host"
)

func TestOwnerName(t *testing.T) {
	for _, tt := range []struct {
		name   string
		person user.User
		want   string
	}{
		{"the full name comes first", user.User{Name: "Анна Петрова", Username: "anna"}, "Анна Петрова"},
		{"a full name of blanks is none", user.User{Name: " ", Username: "anna"}, ""},
		{"a login is no name", user.User{Name: "root", Username: "root"}, ""},
		{"nor is one of Windows, with its domain", user.User{Name: "Anna", Username: `SHOP-PC\anna`}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := ownerName(&tt.person); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestFlagsBegin(t *testing.T) {
	on, off := true, false
	for name, tt := range map[string]struct {
		flag *bool
		want app.Begin
	}{"no flag": {nil, app.BeginLast}, "--sandbox": {&on, app.BeginSandbox}, "--no-sandbox": {&off, app.BeginShop}} {
		if got := (flags{Sandbox: tt.flag}).begin(); got != tt.want {
			t.Errorf("%s begins with %q, want %q", name, got, tt.want)
		}
	}
}

func TestCopiesOfTheSandbox(t *testing.T) {
	folder := folderOf("data", true)
	if got, want := (copies{folder: folder}).Folder(), filepath.Join("data", host.SandboxFolder, host.SnapshotFolder); got != want {
		t.Errorf("copies are said to be in %s, and are in %s", got, want)
	}
}

func TestHasDisplay(t *testing.T) {
	for _, tt := range []struct {
		name, system string
		env          map[string]string
		want         bool
	}{
		{"Linux on X11", "linux", map[string]string{"DISPLAY": ":0"}, true},
		{"Linux on Wayland", "linux", map[string]string{"WAYLAND_DISPLAY": "wayland-0"}, true},
		{"Linux over ssh", "linux", nil, false},
		{"Windows", "windows", nil, true},
		{"macOS", "darwin", nil, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := hasDisplay(tt.system, func(name string) string { return tt.env[name] }); got != tt.want {
				t.Errorf("got %v", got)
			}
		})
	}
}
