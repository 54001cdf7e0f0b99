package host_test

import (
	"testing"

	"shopbell/core/desk"
)

func TestWhoMaySearch(t *testing.T) {
	s := openShop(t, rulesFile())
	for _, tt := range []struct {
		who  desk.Actor
		want desk.Code
	}{{s.anna, ""}, {s.pedro, ""}, {s.olga, desk.Forbidden}} {
		if _, err := s.Find(t.Context(), tt.who, desk.SearchQuery{Text: "hello"}); desk.CodeOf(err) != tt.want {
			t.Errorf("a search by the %s gives %v, want %q", tt.who.Role, err, tt.want)
		}
		if _, err := s.Around(t.Context(), tt.who, 1, 1, 0); tt.want != "" && desk.CodeOf(err) != tt.want {
			t.Errorf("reading around by the %s gives %v, want %q", tt.who.Role, err, tt.want)
		}
	}
}
