package settings

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"shopbell/app/kit"
	"shopbell/app/kit/kittest"
	"shopbell/core/desk"
	"shopbell/core/desk/desktest"
)

func TestLocalAPI(t *testing.T) {
	const line = "Let programs on this computer send levels"
	state := func(st *store) desk.LocalAPI {
		api, err := st.desk.LocalAPI(st.Context(), desktest.Anna)
		if err != nil {
			st.Fatal(err)
		}
		return api
	}
	t.Run("is switched on, and shows its token with a command that works as it is", func(t *testing.T) {
		st := openStore(t, nil)
		tap(t, st.s, line)
		api := state(st)
		st.shows("http://127.0.0.1:8421", api.Token.Reveal(), "it is shown this once", "5 KB")
		card := st.s.stock.api
		want := `curl -X PUT -H "Authorization: Bearer ` + api.Token.Reveal() + `" -H "Content-Type: application/json" -d "{\"levels\":[{\"sku\":\"BT-39\",\"level\":4}]}" http://127.0.0.1:8421/v1/stock`
		if card.example.text != want || card.token.text != api.Token.Reveal() {
			t.Errorf("the example is %q", card.example.text)
		}
		for _, c := range []*copied{card.token, card.example} {
			test.Tap(kittest.Of[*kit.IconButton](c.body)[0])
		}
		if !slices.Equal(st.copies, []string{api.Token.Reveal(), want}) {
			t.Error("something else is on the clipboard")
		}
	})
	t.Run("keeps its token to itself afterwards", func(t *testing.T) {
		var token string
		st := openStore(t, func(st *store) {
			api, err := st.desk.SetLocalAPI(st.Context(), desktest.Anna, true)
			if err != nil {
				st.Fatal(err)
			}
			token = api.Token.Reveal()
		})
		st.shows("Shown once, when it was made", "Bearer TOKEN")
		if strings.Contains(strings.Join(st.s.texts(), ""), token) {
			t.Error("the token is shown")
		}
	})
	t.Run("asks before a new token ends the old one", func(t *testing.T) {
		st := openStore(t, nil)
		tap(t, st.s, line)
		old := state(st).Token
		tap(t, st.s, "New token")
		st.shows("The old token ends at once")
		tap(t, st.s, "Keep it")
		st.hides("Keep it")
		if state(st).Token != old {
			t.Fatal("it ended")
		}
		tap(t, st.s, "New token")
		tap(t, st.s, "New token")
		if api := state(st); api.Token == old {
			t.Error("it did not end")
		} else {
			st.shows(api.Token.Reveal())
		}
	})
	t.Run("is switched off, and its token is gone", func(t *testing.T) {
		st := openStore(t, nil)
		tap(t, st.s, line)
		tap(t, st.s, line)
		if state(st).On {
			t.Error("it is on")
		}
		st.hides("http://127.0.0.1:8421")
		if st.s.stock.api.token.text != "" {
			t.Error("the token is kept")
		}
	})
	t.Run("that cannot be opened says why, and stays off", func(t *testing.T) {
		st := openStore(t, nil)
		st.desk.FailNext("SetLocalAPI", &desk.Error{Code: desk.Unavailable})
		tap(t, st.s, line)
		st.shows("Does another program use 127.0.0.1:8421")
		if st.s.stock.api.line.On() {
			t.Error("the switch is on")
		}
		tap(t, st.s, line)
		st.hides("Does another program use 127.0.0.1:8421")
	})
	t.Run("of the sandbox cannot be switched", func(t *testing.T) {
		st := openStore(t, func(st *store) { st.desk.SetHealth(desk.Health{State: desk.ConnectionOK, Sandbox: true}) })
		tap(t, st.s, line)
		st.shows("It came with the start of this desk")
		if n := st.desk.Calls("SetLocalAPI"); n != 0 {
			t.Errorf("it was switched %d times", n)
		}
	})
}
