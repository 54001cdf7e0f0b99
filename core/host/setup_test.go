package host_test

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/outbox"
	"shopbell/core/sandbox"
)

// secondNumber is another one of the owner's account.
var secondNumber = sandbox.Number{PhoneNumberID: "100000000000078", WABAID: ownAccount, DisplayPhone: "+1 555-010-0078", Name: "Bell Repairs"}

func TestAnotherNumberIsConnected(t *testing.T) {
	for _, tt := range []struct {
		name    string
		refused int // how often Meta takes no address back
		still   string
		want    string // of the number's check
	}{
		{"and Meta posts the old one's messages here no more", 0, "", "ok found"},
		{"and the new keys are asked with where the old ones may not", 1, "", "ok found"},
		{"and it is said where Meta goes on with the old one", 2, "/webhook", "warn old_number"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := openOwner(t, func(o *sandbox.Options) { o.Others = []sandbox.Number{secondNumber} })
			s.refuseTakingBack(tt.refused)
			s.save(ownKeys())
			s.forwards()
			s.check()
			k := ownKeys()
			k.PhoneNumberID = secondNumber.PhoneNumberID
			if got := outcome(s.save(k).Checks)["phone_number_id"]; got != tt.want {
				t.Errorf("of the number it is said %q, want %q", got, tt.want)
			}
			if tt.still != "" {
				tt.still = s.proxy.URL + tt.still
			}
			if got := s.toldTo(ownNumber); got != tt.still {
				t.Errorf("messages of the old number go to %q, want %q", got, tt.still)
			}
			s.until("Meta knows the way of the new one", func() bool { return s.toldTo(secondNumber.PhoneNumberID) == s.proxy.URL+"/webhook" })
		})
	}
}

// refuseTakingBack puts something between the desk and Meta that does not let the
// address of a number be taken back, some times.
func (s *owner) refuseTakingBack(times int) {
	s.t.Helper()
	to, err := url.Parse(s.meta.GraphURL())
	if err != nil {
		s.t.Fatal(err)
	}
	var left atomic.Int64
	left.Store(int64(times))
	pass := httputil.NewSingleHostReverseProxy(to)
	between := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil || bytes.Contains(body, []byte(`"override_callback_uri":""`)) && left.Add(-1) >= 0 {
			w.WriteHeader(http.StatusBadRequest)
			_, _ = io.WriteString(w, `{"error": {"message": "no", "type": "OAuthException", "code": 10}}`)
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		pass.ServeHTTP(w, r)
	}))
	s.t.Cleanup(between.Close)
	s.o.Graph.URL = between.URL
	s.again()
}

func TestAnAppThatTakesNothingWithoutItsSecret(t *testing.T) {
	s := openConnected(t, func(o *sandbox.Options) { o.RequireProof = true })
	s.hears("Hello")
	if _, err := s.SendTest(t.Context(), s.Owner(), emma.Phone, "It works"); err != nil {
		t.Fatal(err)
	}
	s.until("the test is on Emma's phone", func() bool { return len(s.meta.Inbox(emma)) == 1 })
}

func TestANumberIsConnected(t *testing.T) {
	s := openOwner(t, func(o *sandbox.Options) { o.TokenExpires = time.Now().Add(30 * 24 * time.Hour).Truncate(time.Second) })
	if h := s.health(); h.State != desk.ConnectionNone {
		t.Errorf("a new shop is %+v", h)
	}
	s.save(ownKeys())
	if h := s.health(); h.State != desk.ConnectionOK || h.Channel.Name != "Bell & Sons" || h.Channel.DisplayPhone != "+1 555-010-0077" || h.Sandbox {
		t.Errorf("with keys it is %+v", h)
	}
	s.forwards()
	report := s.check()
	if report.State != desk.ArrivalChecked || report.Public != s.proxy.URL+"/webhook" {
		t.Fatalf("the way is %+v", report)
	}
	s.hears("Hello")
	_, err := s.SendTest(t.Context(), s.Owner(), "+1 (555) 010-0771", "It works")
	if err != nil {
		t.Fatal(err)
	}
	s.until("the test is on Emma's phone", func() bool { return len(s.meta.Inbox(emma)) == 1 })
	if got := s.meta.Inbox(emma)[0].Text; got != "It works" {
		t.Errorf("she got %q", got)
	}
	for _, when := range []string{"at once", "after a restart"} {
		if when == "after a restart" {
			s.again()
			s.follow()
			s.until("Meta knows the way", func() bool { return s.connected().Report.State == desk.ArrivalChecked })
			s.hears("Hello again")
		}
		c := s.connected()
		if c.LastWebhook.IsZero() || c.TokenExpires.Before(time.Now()) {
			t.Errorf("%s the last webhook came at %v, and the token expires at %v", when, c.LastWebhook, c.TokenExpires)
		}
		c.LastWebhook, c.TokenExpires, c.Report = time.Time{}, time.Time{}, desk.ArrivalReport{}
		want := desk.Connected{
			PhoneNumberID: ownNumber, WABAID: ownAccount, HasToken: true, HasAppSecret: true, Name: "Bell & Sons",
			Phone: "+1 555-010-0077", Store: desk.StoreFile, Arrival: desk.Arrival{Way: desk.WayForwarder, URL: s.proxy.URL, Listen: "127.0.0.1:0"},
		}
		if diff := cmp.Diff(want, c); diff != "" {
			t.Errorf("%s what is known (-want +got):\n%s", when, diff)
		}
	}
}

func TestKeysChangeWhileMessagesWait(t *testing.T) {
	s := openConnected(t, nil)
	s.hears("Hello")
	page, err := s.List(t.Context(), s.Owner(), desk.ListQuery{Filter: desk.FilterAll})
	if err != nil {
		t.Fatal(err)
	}
	s.faults(sandbox.Faults{Refuse: sandbox.Refusal{Often: sandbox.Often{Rate: 1}, Code: 190}})
	want := []string{"one", "two", "three"}
	for _, text := range want {
		if _, err := s.Send(t.Context(), s.Owner(), page.Rows[0].ID, desk.Answer{Text: text}, ""); err != nil {
			t.Fatal(err)
		}
	}
	s.until("Meta refuses the key", func() bool { return s.health().State == desk.ConnectionRefused })

	wrong := ownKeys()
	wrong.Token = "EAAGwrong"
	if _, err := s.SaveKeys(t.Context(), s.Owner(), wrong); desk.CodeOf(err) != desk.Invalid {
		t.Errorf("a wrong token: %v", err)
	}
	if h := s.health(); h.State != desk.ConnectionRefused || h.Waiting != len(want) {
		t.Errorf("after a wrong token Health is %+v", h)
	}
	s.faults(sandbox.Faults{})
	s.save(desk.Keys{Token: ownToken})
	s.until("what waited is on Emma's phone", func() bool { return len(s.meta.Inbox(emma)) == len(want) })
	for i, got := range s.meta.Inbox(emma) {
		if got.Text != want[i] {
			t.Errorf("message %d is %q, want %q", i, got.Text, want[i])
		}
	}
	s.hears("Thank you")
	s.until("Health is well", func() bool { h := s.health(); return h.State == desk.ConnectionOK && h.Waiting == 0 })
}

func TestNothingIsLostOrDoubledWhileKeysChange(t *testing.T) {
	s := openOwner(t, nil)
	s.o.Limits = &outbox.Limits{} // those of Meta hold
	s.again()
	s.save(ownKeys())
	s.forwards()
	s.check()
	s.hears("Hello")
	page, err := s.List(t.Context(), s.Owner(), desk.ListQuery{Filter: desk.FilterAll})
	if err != nil {
		t.Fatal(err)
	}
	id := page.Rows[0].ID
	const both = 40 // fewer than Meta takes at once for one customer
	var writing sync.WaitGroup
	writing.Go(func() {
		for i := range both {
			if _, err := s.Send(t.Context(), s.Owner(), id, desk.Answer{Text: strconv.Itoa(i)}, ""); err != nil {
				t.Error(err)
			}
		}
	})
	writing.Go(func() {
		for i := range both {
			if _, err := s.meta.Write(t.Context(), emma, strconv.Itoa(i)); err != nil {
				t.Error(err)
			}
		}
	})
	for range 4 {
		s.save(desk.Keys{Token: ownToken})
	}
	writing.Wait()
	s.until("all answers have left", func() bool { return s.health().Waiting == 0 })
	if h := s.health(); h.Unknown != 0 || h.Parked != 0 {
		t.Errorf("Health is %+v", h)
	}
	got := s.meta.Inbox(emma)
	if len(got) != both {
		t.Fatalf("%d answers on Emma's phone, want %d", len(got), both)
	}
	for i, d := range got {
		if d.Text != strconv.Itoa(i) {
			t.Errorf("answer %d is %q", i, d.Text)
		}
	}
	s.until("all that Emma wrote is on the desk", func() bool {
		chat, err := s.Chat(t.Context(), s.Owner(), id, 0, 500)
		if err != nil {
			t.Fatal(err)
		}
		return len(chat.Messages) == 1+2*both
	})
}

func TestForgettingKeysKeepsTheChats(t *testing.T) {
	s := openConnected(t, nil)
	s.hears("Hello")
	if err := s.ForgetKeys(t.Context(), s.Owner()); err != nil {
		t.Fatal(err)
	}
	for _, when := range []string{"at once", "after a restart"} {
		if when == "after a restart" {
			s.again()
		}
		if h := s.health(); h.State != desk.ConnectionNoKey || h.Channel.PhoneNumberID != ownNumber {
			t.Errorf("%s Health is %+v", when, h)
		}
		c := s.connected()
		if c.HasToken || c.HasAppSecret || c.Arrival.Way != desk.WayNone || c.Report.State != desk.ArrivalOff {
			t.Errorf("%s there is %+v", when, c)
		}
		if counts, err := s.Counts(t.Context(), s.Owner()); err != nil || counts.All != 1 {
			t.Errorf("%s there are %+v chats, %v", when, counts, err)
		}
	}
	_, err := s.SendTest(t.Context(), s.Owner(), emma.Phone, "waits")
	if err != nil || s.health().Waiting != 1 {
		t.Errorf("a message without a key: %v, and Health is %+v", err, s.health())
	}
	s.save(ownKeys())
	s.until("what waited has left", func() bool { return s.health().Waiting == 0 })
}

func TestATestMessageThatCannotBeSent(t *testing.T) {
	s := openOwner(t, nil)
	s.save(ownKeys())
	for name, tt := range map[string]struct {
		phone string
		want  desk.Code
	}{
		"to nobody who wrote before": {"+1 555-010-0999", desk.NotFound},
		"to what is no phone":        {"Emma", desk.Invalid},
	} {
		t.Run(name, func(t *testing.T) {
			if id, err := s.SendTest(t.Context(), s.Owner(), tt.phone, "x"); desk.CodeOf(err) != tt.want || id != chat.MessageID(0) {
				t.Errorf("got message %d, %v; want %s", id, err, tt.want)
			}
		})
	}
}

func TestNoSecretLeavesItsPlace(t *testing.T) {
	s := openConnected(t, nil)
	s.hears("Hello")
	wrong := ownKeys()
	wrong.Token = "EAAG-typed-wrong-and-secret-too"
	if _, err := s.SaveKeys(t.Context(), s.Owner(), wrong); err == nil {
		t.Error("a wrong token was taken")
	}
	s.faults(sandbox.Faults{Down: true})
	for _, ask := range []func() error{
		func() error { _, err := s.CheckKeys(t.Context(), s.Owner(), ownKeys()); return err },
		func() error { _, err := s.SaveKeys(t.Context(), s.Owner(), ownKeys()); return err },
		func() error {
			return s.SetArrival(t.Context(), s.Owner(), desk.Arrival{Way: desk.WayTunnel, TunnelKey: tunnelKey, Domain: "not a domain"})
		},
	} {
		err := ask()
		if err == nil {
			t.Error("no error")
		}
		if _, err := io.WriteString(s.log, err.Error()); err != nil { // held to the same
			t.Fatal(err)
		}
	}
	s.check()
	verify := s.verify.Load().(string)
	s.leaks(s.o.DataDir, ownToken, ownSecret, tunnelKey, wrong.Token.Reveal(), verify)
	s.close()
	s.leaks(s.o.DataDir, ownToken, ownSecret, tunnelKey, wrong.Token.Reveal(), verify)
	s.leaks(s.o.KeyFolder, ownToken, ownSecret, verify)
	s.open()
	if c := s.connected(); !c.HasToken || c.Store != desk.StoreFile {
		t.Errorf("after all that there is %+v", c)
	}
}

func TestSetupNeedsTheOwner(t *testing.T) {
	s := openShop(t)
	for name, tt := range map[string]struct {
		who  desk.Actor
		want desk.Code
	}{
		"an operator may not":                    {s.pedro, desk.Forbidden},
		"an administrator may, in a shop of own": {s.anna, desk.Conflict}, // this is the sandbox
	} {
		t.Run(name, func(t *testing.T) {
			ctx := t.Context()
			_, err := s.CheckKeys(ctx, tt.who, ownKeys())
			s.is(err, tt.want, "CheckKeys")
			_, err = s.SaveKeys(ctx, tt.who, ownKeys())
			s.is(err, tt.want, "SaveKeys")
			s.is(s.ForgetKeys(ctx, tt.who), tt.want, "ForgetKeys")
			s.is(s.SetArrival(ctx, tt.who, desk.Arrival{}), tt.want, "SetArrival")
			_, err = s.CheckArrival(ctx, tt.who)
			s.is(err, tt.want, "CheckArrival")
			_, err = s.SendTest(ctx, tt.who, emma.Phone, "x")
			s.is(err, tt.want, "SendTest")
			c, err := s.Connected(ctx, tt.who)
			s.is(err, "", "Connected")
			if c.Store != desk.StoreGiven || !c.HasToken || c.Report.State != desk.ArrivalOff {
				t.Errorf("the sandbox is connected as %+v", c)
			}
		})
	}
	_, err := s.Connected(t.Context(), s.olga)
	s.is(err, desk.Forbidden, "an analyst looks at the connection")
}

func TestAnErrorOfSaveKeysNamesTheField(t *testing.T) {
	s := openOwner(t, nil)
	k := ownKeys()
	k.AppSecret = "another"
	_, err := s.SaveKeys(t.Context(), s.Owner(), k)
	if e, ok := errors.AsType[*desk.Error](err); !ok || e.Field != "app_secret" {
		t.Errorf("got %v, want it to name app_secret", err)
	}
}

func TestADeskWithNoPlaceForKeysOpensAllTheSame(t *testing.T) {
	s := openOwner(t, nil)
	s.o.KeyFolder = s.o.DataDir // where the key of the encrypted file must not lie
	s.again()
	if h := s.health(); h.State != desk.ConnectionNone {
		t.Errorf("Health is %+v", h)
	}
	_, err := s.SaveKeys(t.Context(), s.Owner(), ownKeys())
	if desk.CodeOf(err) != desk.Unavailable || s.connected().HasToken {
		t.Errorf("keys were saved: %v", err)
	}
	if err := s.SetArrival(t.Context(), s.Owner(), desk.Arrival{Way: desk.WayTunnel, TunnelKey: tunnelKey}); desk.CodeOf(err) != desk.Unavailable {
		t.Errorf("a tunnel's key was kept: %v", err)
	}
}

func TestKeysThatCameWithTheStartAreNotTheOwnersToChange(t *testing.T) {
	s := openOwner(t, nil)
	s.o.Graph.Token, s.o.Graph.AppSecret, s.o.Graph.PhoneNumberID = ownToken, ownSecret, ownNumber
	s.again()
	if c := s.connected(); !c.HasToken || !c.HasAppSecret || c.Store != desk.StoreGiven || c.PhoneNumberID != ownNumber {
		t.Errorf("what is known is %+v", c)
	}
	if err := s.ForgetKeys(t.Context(), s.Owner()); desk.CodeOf(err) != desk.Conflict {
		t.Errorf("forgetting them: %v", err)
	}
	s.leaks(s.o.DataDir, ownToken, ownSecret)
}
