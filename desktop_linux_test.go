package main

import (
	"testing"

	"github.com/godbus/dbus/v5"
)

func TestAsksForDark(t *testing.T) {
	for _, tt := range []struct {
		name   string
		answer dbus.Variant
		want   bool
	}{
		{"dark", dbus.MakeVariant(dbus.MakeVariant(uint32(1))), true},
		{"dark in one variant, as newer portals answer", dbus.MakeVariant(uint32(1)), true},
		{"light", dbus.MakeVariant(dbus.MakeVariant(uint32(2))), false},
		{"no preference", dbus.MakeVariant(dbus.MakeVariant(uint32(0))), false},
		{"no number", dbus.MakeVariant("dark"), false},
		{"no answer", dbus.Variant{}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := asksForDark(tt.answer); got != tt.want {
				t.Errorf("got %v", got)
			}
		})
	}
}
