package main

import (
	"os/user"
	"testing"
)

func TestOwnerName(t *testing.T) {
	for _, tt := range []struct {
		name   string
		person user.User
		want   string
	}{
		{"the full name comes first", user.User{Name: "Анна Петрова", Username: "anna"}, "Анна Петрова"},
		{"a full name of blanks is none", user.User{Name: " ", Username: "anna"}, "anna"},
		{"a Windows login is named without its domain", user.User{Username: `SHOP-PC\anna`}, "anna"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := ownerName(&tt.person); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
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
