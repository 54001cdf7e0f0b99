package sandbox

import (
	"crypto/tls"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"shopbell/core/cloudapi"
	"shopbell/core/desk"
)

// openWith opens a sandbox with other options, and a client for it.
func openWith(t *testing.T, change func(*Options)) world {
	t.Helper()
	w := world{shop: &shop{}, clock: &clock{now: time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)}}
	o := keys
	o.Now = w.clock.Now
	change(&o)
	var err error
	if w.Sandbox, err = Open(o); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	})
	if w.client, err = cloudapi.NewClient(cloudapi.ClientOptions{BaseURL: w.GraphURL(), Token: desk.Secret(keys.Token)}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.client.Close)
	return w
}

func TestTokens(t *testing.T) {
	w := openWith(t, func(o *Options) {
		o.TokenExpires = time.Date(2026, 11, 22, 11, 0, 0, 0, time.UTC)
		o.Scopes = []string{scopeMessaging}
	})
	t.Run("say until when they work, and for what", func(t *testing.T) {
		info, err := w.client.DebugToken(t.Context())
		if err != nil || !info.Valid || !info.Expires.Equal(w.o.TokenExpires) || !slices.Equal(info.Scopes, []string{scopeMessaging}) || !info.Allows(scopeMessaging, keys.WABAID) {
			t.Errorf("info = %+v, %v", info, err)
		}
	})
	t.Run("work for their scopes only", func(t *testing.T) {
		if _, err := w.client.Phones(t.Context(), keys.WABAID); code(err) != 10 {
			t.Errorf("error = %v", err)
		}
	})
	t.Run("fit the secret of their own app only", func(t *testing.T) {
		for secret, want := range map[string]bool{keys.AppSecret: true, "another": false} {
			if fits, err := w.client.AppSecretFits(t.Context(), desk.Secret(secret)); err != nil || fits != want {
				t.Errorf("%q fits: %t, %v", secret, fits, err)
			}
		}
	})
	t.Run("can be asked about by the app", func(t *testing.T) {
		path := "/v25.0/debug_token?input_token=" + keys.Token + "&access_token=" + w.o.AppID + "|" + keys.AppSecret
		resp, err := http.Get(w.GraphURL() + path)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		raw, err := io.ReadAll(resp.Body)
		if err != nil || !strings.Contains(string(raw), `"is_valid":true`) {
			t.Errorf("%s, %v", raw, err)
		}
	})
	t.Run("end", func(t *testing.T) {
		w.clock.move(time.Hour)
		if _, err := w.client.Phone(t.Context(), keys.PhoneNumberID); code(err) != 190 || cloudapi.ClassOf(err) != cloudapi.ClassToken {
			t.Errorf("error = %v", err)
		}
	})
}

func TestNumbers(t *testing.T) {
	w := openWith(t, func(o *Options) {
		o.VerifiedName = "Boots & Co"
		o.Others = []Number{
			{PhoneNumberID: "777", WABAID: keys.WABAID, DisplayPhone: "15550100777", Name: "Second"},
			{PhoneNumberID: "888", WABAID: "999", DisplayPhone: "15550100888", Name: "Stranger"},
		}
	})
	own, err := w.client.Phone(t.Context(), keys.PhoneNumberID)
	if err != nil || own.VerifiedName != "Boots & Co" || own.DisplayPhone != keys.DisplayPhone || own.Status != "CONNECTED" {
		t.Errorf("number = %+v, %v", own, err)
	}
	list, err := w.client.Phones(t.Context(), keys.WABAID)
	if err != nil || len(list) != 2 || list[1].ID != "777" {
		t.Errorf("numbers of the account = %+v, %v", list, err)
	}
	if n, err := w.client.Phone(t.Context(), "888"); err != nil || n.VerifiedName != "Stranger" {
		t.Errorf("a number of another account = %+v, %v", n, err)
	}
	if _, err := w.client.Phone(t.Context(), "111"); code(err) != 100 {
		t.Errorf("a number that is none: %v", err)
	}
}

func TestProfile(t *testing.T) {
	w := open(t)
	want := cloudapi.Profile{About: "Boots", Address: "1 High St", Email: "a@b.example", Websites: []string{"https://shop.example"}, Vertical: "RETAIL"}
	const body = `{"messaging_product":"whatsapp","about":"Boots","address":"1 High St","email":"a@b.example",
		"websites":["https://shop.example"],"vertical":"RETAIL"}`
	if status, answer := w.ask(t, "POST", "/v25.0/"+keys.PhoneNumberID+"/whatsapp_business_profile", body); status != 200 {
		t.Fatalf("HTTP %d %s", status, answer)
	}
	got, err := w.client.Profile(t.Context(), keys.PhoneNumberID)
	if err != nil || got.About != want.About || got.Address != want.Address || !slices.Equal(got.Websites, want.Websites) {
		t.Errorf("profile = %+v, %v", got, err)
	}
	for name, body := range map[string]string{
		"an about of 140":            `{"messaging_product":"whatsapp","about":"` + strings.Repeat("x", 140) + `"}`,
		"three websites":             `{"messaging_product":"whatsapp","websites":["https://a.example","https://b.example","https://c.example"]}`,
		"a field that is none":       `{"messaging_product":"whatsapp","colour":"red"}`,
		"a body without product":     `{"about":"x"}`,
		"a website that is a number": `{"messaging_product":"whatsapp","websites":[1]}`,
	} {
		if status, answer := w.ask(t, "POST", "/v25.0/"+keys.PhoneNumberID+"/whatsapp_business_profile", body); status != 400 {
			t.Errorf("%s: HTTP %d %s", name, status, answer)
		}
	}
}

// hook is a webhook address of the shop that knows its verify token.
func hook(t *testing.T, s *shop) *httptest.Server {
	t.Helper()
	srv := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			s.ServeHTTP(w, r)
			return
		}
		if q := r.URL.Query(); q.Get("hub.mode") == "subscribe" && q.Get("hub.verify_token") == "ours" {
			_, _ = io.WriteString(w, q.Get("hub.challenge"))
			return
		}
		http.Error(w, "no", http.StatusForbidden)
	}))
	srv.Config.ErrorLog = log.New(io.Discard, "", 0) // one caller refuses the certificate
	srv.StartTLS()
	t.Cleanup(srv.Close)
	return srv
}

func TestWebhooksGoWhereTheShopSays(t *testing.T) {
	s := &shop{}
	srv := hook(t, s)
	w := openWith(t, func(o *Options) {
		o.Unsubscribed = true
		o.TLS = srv.Client().Transport.(*http.Transport).TLSClientConfig
	})
	t.Run("nowhere before the app is subscribed", func(t *testing.T) {
		if _, err := w.Write(t.Context(), ann, "Hello"); err == nil || !strings.Contains(err.Error(), "subscribed") {
			t.Errorf("error = %v", err)
		}
		if status, answer := w.ask(t, "POST", "/v25.0/"+keys.WABAID+"/subscribed_apps", `{"override_callback_uri":"`+srv.URL+`","verify_token":"ours"}`); status != 400 || !strings.Contains(answer, "100") {
			t.Errorf("an override before the subscription: %d %s", status, answer)
		}
	})
	t.Run("to an address that repeats the challenge", func(t *testing.T) {
		if err := w.client.Subscribe(t.Context(), keys.WABAID); err != nil {
			t.Fatal(err)
		}
		if apps, err := w.client.Subscribed(t.Context(), keys.WABAID); err != nil || len(apps) != 1 || apps[0].ID != w.o.AppID {
			t.Errorf("apps = %+v, %v", apps, err)
		}
		if err := w.client.OverrideCallback(t.Context(), keys.PhoneNumberID, srv.URL+"/webhook", "ours"); err != nil {
			t.Fatal(err)
		}
		if n, err := w.client.Phone(t.Context(), keys.PhoneNumberID); err != nil || n.Callback.Phone != srv.URL+"/webhook" {
			t.Errorf("number = %+v, %v", n, err)
		}
		if _, err := w.Write(t.Context(), ann, "Hello"); err != nil || len(s.all()) != 1 {
			t.Errorf("%d messages came, %v", len(s.all()), err)
		}
	})
	t.Run("not to one that does not know the token, or is not there", func(t *testing.T) {
		if err := w.client.OverrideCallback(t.Context(), keys.PhoneNumberID, srv.URL, "theirs"); code(err) != 2200 {
			t.Errorf("error = %v", err)
		}
		if err := w.client.OverrideCallback(t.Context(), keys.PhoneNumberID, "https://127.0.0.1:1/", "ours"); code(err) != 2200 {
			t.Errorf("error = %v", err)
		}
		if n, err := w.client.Phone(t.Context(), keys.PhoneNumberID); err != nil || n.Callback.Phone != srv.URL+"/webhook" {
			t.Errorf("the good one is forgotten: %+v, %v", n, err)
		}
	})
	t.Run("not to one with a certificate that nobody knows", func(t *testing.T) {
		strict := openWith(t, func(o *Options) { o.TLS = &tls.Config{MinVersion: tls.VersionTLS12} })
		if err := strict.client.OverrideCallback(t.Context(), keys.PhoneNumberID, srv.URL, "ours"); code(err) != 2200 {
			t.Errorf("error = %v", err)
		}
	})
	t.Run("to the app's own address again when the override is taken away", func(t *testing.T) {
		app := httptest.NewServer(w.shop)
		defer app.Close()
		w.Deliver(app.URL)
		if err := w.client.RestoreCallback(t.Context(), keys.PhoneNumberID); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(t.Context(), ann, "Hello"); err != nil || len(w.shop.all()) != 1 {
			t.Errorf("%d messages came, %v", len(w.shop.all()), err)
		}
	})
	t.Run("nowhere after the subscription ended", func(t *testing.T) {
		if status, answer := w.ask(t, "DELETE", "/v25.0/"+keys.WABAID+"/subscribed_apps", ""); status != 200 {
			t.Fatalf("HTTP %d %s", status, answer)
		}
		if _, err := w.Write(t.Context(), ann, "Hello"); err == nil {
			t.Error("it came")
		}
	})
}
