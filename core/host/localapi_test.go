package host_test

import (
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"shopbell/core/desk"
	"shopbell/core/staff"
	"shopbell/core/store"
)

// pushTo pushes a level of article A, and returns the status; 0 where nobody
// answers.
func pushTo(t *testing.T, at desk.LocalAPI, token desk.Secret, level string) int {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, at.Address+"/v1/stock", strings.NewReader(`{"levels":[{"sku":"A","level":`+level+`}]}`))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+token.Reveal())
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0
	}
	answer.Body.Close()
	return answer.StatusCode
}

func (s *owner) local(on bool) desk.LocalAPI {
	s.t.Helper()
	state, err := s.SetLocalAPI(s.t.Context(), s.Owner(), on)
	if err != nil {
		s.t.Fatal(err)
	}
	return state
}

func TestAPersonSwitchesTheLocalAPI(t *testing.T) {
	t.Run("on, and programs with the token get in", func(t *testing.T) {
		s := openOwner(t, nil)
		at := s.local(true)
		if status := pushTo(t, at, at.Token, "4"); status != http.StatusNoContent {
			t.Errorf("a push is answered with %d", status)
		}
		if got := levels(t, s.Host); !slices.Equal(got, []string{"A=4 push"}) {
			t.Errorf("the levels are %v", got)
		}
		if status := pushTo(t, at, "another", "5"); status != http.StatusUnauthorized {
			t.Errorf("with another token a push is answered with %d", status)
		}
	})
	t.Run("on again, and the old token is worth nothing", func(t *testing.T) {
		s := openOwner(t, nil)
		old, now := s.local(true), s.local(true)
		if status := pushTo(t, now, old.Token, "4"); status != http.StatusUnauthorized {
			t.Errorf("with the old token a push is answered with %d", status)
		}
		if status := pushTo(t, now, now.Token, "4"); status != http.StatusNoContent {
			t.Errorf("with the new token a push is answered with %d", status)
		}
	})
	t.Run("off, and nobody answers", func(t *testing.T) {
		s := openOwner(t, nil)
		at := s.local(true)
		s.local(false)
		if status := pushTo(t, at, at.Token, "4"); status != 0 {
			t.Errorf("a push is answered with %d", status)
		}
		s.again()
		if state, err := s.LocalAPI(t.Context(), s.Owner()); err != nil || state.On {
			t.Errorf("after a start it is %+v, %v", state, err)
		}
	})
	t.Run("and it stays so through a start, its token outside of the shop's file", func(t *testing.T) {
		s := openOwner(t, nil)
		token := s.local(true).Token
		s.again()
		at, err := s.LocalAPI(t.Context(), s.Owner())
		if err != nil || at.Token != token {
			t.Fatalf("after a start it is %+v, %v", at, err)
		}
		if status := pushTo(t, at, token, "4"); status != http.StatusNoContent {
			t.Errorf("a push is answered with %d", status)
		}
		for _, name := range []string{store.FileName, store.FileName + "-wal"} {
			if data, err := os.ReadFile(filepath.Join(s.o.DataDir, name)); err != nil || strings.Contains(string(data), token.Reveal()) {
				t.Errorf("%s: %v, or it holds the token", name, err)
			}
		}
		if strings.Contains(s.log.String(), token.Reveal()) {
			t.Error("the log holds the token")
		}
	})
	t.Run("where another program has the port it stays off", func(t *testing.T) {
		taken, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer taken.Close()
		s := openOwner(t, nil)
		s.close()
		s.o.APIListen = taken.Addr().String()
		s.open()
		_, err = s.SetLocalAPI(t.Context(), s.Owner(), true)
		if desk.CodeOf(err) != desk.Unavailable {
			t.Errorf("got %v", err)
		}
		if state, err := s.LocalAPI(t.Context(), s.Owner()); err != nil || state.On {
			t.Errorf("it is %+v, %v", state, err)
		}
	})
	t.Run("and nobody else does", func(t *testing.T) {
		s := openShop(t)
		for _, who := range []desk.Actor{s.pedro, s.olga, {Agent: s.pedro.Agent, Role: staff.Administrator}} {
			_, err := s.SetLocalAPI(t.Context(), who, true)
			s.is(err, desk.Forbidden, "switching it on")
			_, err = s.LocalAPI(t.Context(), who)
			s.is(err, desk.Forbidden, "seeing the token")
		}
	})
}
