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
