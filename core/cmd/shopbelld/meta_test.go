package main

import (
	"context"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"
	"time"

	"shopbell/core/host"
	"shopbell/core/sandbox"
)

func TestTheDoctorAsksMeta(t *testing.T) {
	for _, tt := range []struct {
		name  string
		meta  func(*sandbox.Options)
		vars  map[string]string
		ask   func(doctor) func(context.Context) finding
		level level
		says  string
	}{
		{"a key that does not expire", nil, nil, keyOf, good, "does not expire"},
		{"a key for long", func(o *sandbox.Options) { o.TokenExpires = time.Now().Add(60 * 24 * time.Hour) }, nil, keyOf, good, "expires on"},
		{"a key for a day", func(o *sandbox.Options) { o.TokenExpires = time.Now().Add(24 * time.Hour) }, nil, keyOf, note, "System User"},
		{"a key that has expired", func(o *sandbox.Options) { o.TokenExpires = time.Now().Add(-time.Hour) }, nil, keyOf, note, "see graph api"},
		{"a key that may not send", func(o *sandbox.Options) { o.Scopes = []string{"whatsapp_business_management"} }, nil, keyOf, bad, "whatsapp_business_messaging"},
		{"a key that is for another account", func(o *sandbox.Options) { o.Targets = []string{"102290129340399"} }, nil, keyOf, bad, "102290129340399, not for 102290129340398"},
		{"a key whose app takes nothing without the secret", func(o *sandbox.Options) { o.RequireProof = true }, nil, keyOf, good, "may send and receive"},
		{"an app that takes nothing without the secret", func(o *sandbox.Options) { o.RequireProof = true }, nil, graphOf, good, "the token is taken"},
		{"a secret of another app", nil, map[string]string{"SHOPBELL_APP_SECRET": "another"}, keyOf, bad, "another app"},
		{"a subscription", nil, nil, subscriptionOf, good, "gets the account's webhooks"},
		{"no subscription", func(o *sandbox.Options) { o.Unsubscribed = true }, nil, subscriptionOf, bad, "subscribed_apps"},
		{"an account that is none", nil, map[string]string{"SHOPBELL_WABA_ID": "1"}, subscriptionOf, bad, "SHOPBELL_WABA_ID"},
		{"no account", nil, map[string]string{"SHOPBELL_WABA_ID": ""}, subscriptionOf, note, "not set"},
		{"no address", nil, nil, arrivalOf, note, "callback URL"},
		{"an address over plain http", func(o *sandbox.Options) { o.WebhookURL = "http://127.0.0.1:1/webhook" }, nil, arrivalOf, bad, "not secure"},
		{"an address where nobody answers", func(o *sandbox.Options) { o.WebhookURL = "https://127.0.0.1:1/webhook" }, nil, arrivalOf, bad, "unreachable"},
		{"settings that are wrong", nil, map[string]string{"SHOPBELL_TOKEN": ""}, keyOf, note, "see the settings"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o := sandbox.Options{
				AppSecret: "secret-app", Token: "secret-token", PhoneNumberID: "106540352242922", WABAID: "102290129340398", Now: time.Now,
			}
			if tt.meta != nil {
				tt.meta(&o)
			}
			meta, err := sandbox.Open(o)
			if err != nil {
				t.Fatal(err)
			}
			defer meta.Close()
			f := tt.ask(doctorOf(t, meta, tt.vars))(t.Context())
			if said := f.detail + "\n" + f.remedy; f.level != tt.level || !strings.Contains(said, tt.says) {
				t.Errorf("it is %s: %s; want %s, and %q in it", f.level, said, tt.level, tt.says)
			}
		})
	}
}

func keyOf(d doctor) func(context.Context) finding          { return d.key }
func graphOf(d doctor) func(context.Context) finding        { return d.graphAPI }
func subscriptionOf(d doctor) func(context.Context) finding { return d.subscription }
func arrivalOf(d doctor) func(context.Context) finding      { return d.arrival }

// doctorOf is a doctor with whole settings, but for vars.
func doctorOf(t *testing.T, meta *sandbox.Sandbox, vars map[string]string) doctor {
	t.Helper()
	all := whole()
	all["SHOPBELL_GRAPH_URL"] = meta.GraphURL()
	maps.Copy(all, vars)
	d := doctor{dir: t.TempDir()}
	d.set, d.settingsErr = readSettings(func(name string) string { return all[name] })
	return d
}

func TestTheDoctorFollowsThePublicAddressToTheDesk(t *testing.T) {
	meta, err := sandbox.Open(sandbox.Options{
		AppSecret: "secret-app", Token: "secret-token", PhoneNumberID: "106540352242922", WABAID: "102290129340398", Now: time.Now,
	})
	if err != nil {
		t.Fatal(err)
	}
	defer meta.Close()
	d := doctorOf(t, meta, nil)
	h, err := host.Open(t.Context(), host.Options{DataDir: t.TempDir(), Listen: "127.0.0.1:0", Graph: d.set.graph})
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	proxy := httptest.NewTLSServer(httputil.NewSingleHostReverseProxy(&url.URL{Scheme: "http", Host: h.Addr()}))
	defer proxy.Close()
	meta.Deliver(proxy.URL + host.WebhookPath)
	d.outside = proxy.Client().Transport
	if f := d.arrival(t.Context()); f.level != good {
		t.Errorf("got %+v", f)
	}
	d.outside = http.DefaultTransport
	if f := d.arrival(t.Context()); f.level != bad || !strings.Contains(f.remedy, "certificate") {
		t.Errorf("with a certificate nobody knows: %+v", f)
	}
	d.outside, d.set.graph.VerifyToken = proxy.Client().Transport, "another"
	if f := d.arrival(t.Context()); f.level != bad || !strings.Contains(f.remedy, "SHOPBELL_VERIFY_TOKEN") {
		t.Errorf("with another verify token: %+v", f)
	}
}

func TestTheDoctorMissesTheShopsName(t *testing.T) {
	rules := strings.Replace(oneRule, "One.", "One at {shop}.", 1)
	for _, tt := range []struct {
		name, rules, shop string
		want              level
	}{
		{"where a reply has a place for it", rules, "", note},
		{"not where it is known", rules, "Bell & Sons", good},
		{"not where no reply has a place for it", oneRule, "", good},
		{"not where the rule is off", strings.Replace(rules, `"id": "a"`, `"id": "a", "enabled": false`, 1), "", good},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := shop{dir: t.TempDir(), vars: whole()}
			s.vars["SHOPBELL_SHOP"] = tt.shop
			if status, _, errOut := s.command(t, "rules", "import", file(t, tt.rules)); status != 0 {
				t.Fatalf("import: %s", errOut)
			}
			found, err := inspect(t.Context(), s.dir)
			if err != nil {
				t.Fatal(err)
			}
			set, err := readSettings(func(name string) string { return s.vars[name] })
			if err != nil {
				t.Fatal(err)
			}
			if f := (doctor{dir: s.dir, set: set, found: found}).rules(t.Context()); f.level != tt.want {
				t.Errorf("it is %+v, want %s", f, tt.want)
			}
		})
	}
}
