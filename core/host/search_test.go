package host_test

import (
	"path/filepath"
	"strings"
	"testing"

	"shopbell/core/desk"
	"shopbell/core/store"
	"shopbell/core/store/storetest"
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

func TestWhatCouldNotBeFiledIsFiledLater(t *testing.T) {
	s := openOwner(t, nil)
	file := filepath.Join(s.o.DataDir, store.FileName)
	storetest.Exec(t, file, "CREATE TRIGGER stubborn BEFORE UPDATE ON search_state BEGIN SELECT RAISE(ABORT, 'stubborn'); END")
	storetest.Exec(t, file, `INSERT INTO contact (name, username, phone, address_kind, address, search, first_at, created_at)
		VALUES ('Ana', '', '351912000001', 'phone', '351912000001', ' ana', 0, 0)`)
	s.until("filing fails", func() bool { return strings.Contains(s.log.String(), "stubborn") })
	storetest.Exec(t, file, "DROP TRIGGER stubborn")
	s.until("it is filed", func() bool { return storetest.Count(t, file, "search_state WHERE person > 1") == 1 })
}
