package host_test

import (
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"shopbell/core/desk"
	"shopbell/core/sandbox"
)

// outcome is what a report says, by field.
func outcome(checks []desk.Check) map[string]string {
	by := map[string]string{}
	for _, c := range checks {
		by[c.Field] = string(c.State) + " " + string(c.Code)
	}
	return by
}

func TestKeysAreCheckedWithMeta(t *testing.T) {
	const unknown = "unknown "
	good := map[string]string{
		"phone_number_id": "ok found", "waba_id": "ok matches", "token": "ok valid", "app_secret": "ok matches",
	}
	nothing := map[string]string{"phone_number_id": unknown, "waba_id": unknown, "app_secret": unknown}
	for _, tt := range []struct {
		name   string
		meta   func(*sandbox.Options)
		keys   func(*desk.Keys)
		want   map[string]string // what differs from good
		usable bool
	}{
		{name: "that are right", usable: true},
		{name: "that are right, pasted with blanks", usable: true, keys: func(k *desk.Keys) {
			*k = desk.Keys{PhoneNumberID: " " + ownNumber + "\n", WABAID: "\t" + ownAccount, Token: ownToken + "\r\n", AppSecret: " " + ownSecret}
		}},
		{name: "with a number that is none", keys: func(k *desk.Keys) { k.PhoneNumberID = "100000000000123" },
			want: map[string]string{"phone_number_id": "bad not_found", "waba_id": unknown}},
		{name: "with a phone for a number's id", keys: func(k *desk.Keys) { k.PhoneNumberID = "+1 555-010-0077" },
			want: map[string]string{"phone_number_id": "bad malformed", "waba_id": unknown}},
		{name: "with a number of another account", keys: func(k *desk.Keys) { k.PhoneNumberID = otherNumber.PhoneNumberID },
			want: map[string]string{"waba_id": "bad other_account"}},
		{name: "with an account that is none", meta: func(o *sandbox.Options) { o.Targets = []string{} },
			keys: func(k *desk.Keys) { k.WABAID = "200000000000123" }, want: map[string]string{"waba_id": "bad not_found"}},
		{name: "with an account that the token is not for", keys: func(k *desk.Keys) { k.WABAID = otherNumber.WABAID },
			want: map[string]string{"waba_id": "bad other_target"}},
		{name: "with a token that is for another account", meta: func(o *sandbox.Options) { o.Targets = []string{otherNumber.WABAID} },
			want: map[string]string{"waba_id": "bad other_target"}},
		{name: "with half an id", keys: func(k *desk.Keys) { k.WABAID = "12" }, want: map[string]string{"waba_id": "bad malformed"}},
		{name: "with two ids in one", keys: func(k *desk.Keys) { k.PhoneNumberID = ownNumber + ownAccount },
			want: map[string]string{"phone_number_id": "bad malformed", "waba_id": unknown}},
		{name: "with a token that is none", keys: func(k *desk.Keys) { k.Token = "EAAGwrong" },
			want: with(nothing, "token", "bad refused")},
		{name: "with a token that no token looks like", keys: func(k *desk.Keys) { k.Token = "EAAG wrong" },
			want: with(nothing, "token", "bad malformed")},
		{name: "with no token", keys: func(k *desk.Keys) { k.Token = "" },
			want: with(nothing, "token", "bad missing")},
		{name: "with a token that has expired", meta: func(o *sandbox.Options) { o.TokenExpires = time.Now().Add(-time.Hour) },
			want: with(nothing, "token", "bad expired")},
		{name: "with a token of Meta's dashboard, which lives for a day", usable: true,
			meta: func(o *sandbox.Options) { o.TokenExpires = time.Now().Add(24 * time.Hour) },
			want: map[string]string{"token": "warn expires"}},
		{name: "with a token that lives for long", usable: true,
			meta: func(o *sandbox.Options) { o.TokenExpires = time.Now().Add(60 * 24 * time.Hour) },
			want: map[string]string{"token": "ok expires"}},
		{name: "with a token that may send nothing", meta: func(o *sandbox.Options) { o.Scopes = []string{"whatsapp_business_management"} },
			want: map[string]string{"token": "bad scope_missing"}},
		{name: "of an app that takes nothing without its secret", usable: true, meta: func(o *sandbox.Options) { o.RequireProof = true }},
		{name: "with a secret of another app", keys: func(k *desk.Keys) { k.AppSecret = "another" },
			want: map[string]string{"app_secret": "bad other_app"}},
		{name: "with no secret", keys: func(k *desk.Keys) { k.AppSecret = "" },
			want: map[string]string{"app_secret": "bad missing"}},
		{name: "with nothing but a token", keys: func(k *desk.Keys) { *k = desk.Keys{Token: ownToken} },
			want: map[string]string{"phone_number_id": "bad missing", "waba_id": "bad missing", "app_secret": "bad missing"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := openOwner(t, tt.meta)
			k := ownKeys()
			if tt.keys != nil {
				tt.keys(&k)
			}
			want := maps.Clone(good)
			maps.Copy(want, tt.want)
			report, err := s.CheckKeys(t.Context(), s.Owner(), k)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, outcome(report.Checks)); diff != "" || report.Usable != tt.usable {
				t.Errorf("usable: %t; checks (-want +got):\n%s", report.Usable, diff)
			}
			if c := s.connected(); c.HasToken || c.PhoneNumberID != "" {
				t.Errorf("checking stored %+v", c)
			}
			saved, err := s.SaveKeys(t.Context(), s.Owner(), k)
			if want := map[bool]desk.Code{true: "", false: desk.Invalid}[tt.usable]; desk.CodeOf(err) != want {
				t.Errorf("saving them: %v, want %q", err, want)
			}
			saved.Read = report.Read
			if diff := cmp.Diff(report, saved); diff != "" {
				t.Errorf("saving says (-checking +saving):\n%s", diff)
			}
			if c := s.connected(); c.HasToken != tt.usable {
				t.Errorf("after saving there is %+v", c)
			}
		})
	}
}

// with is a copy of a map with one entry more.
func with(m map[string]string, key, value string) map[string]string {
	m = maps.Clone(m)
	m[key] = value
	return m
}

func TestATokenForOtherAccountsNamesThem(t *testing.T) {
	s := openOwner(t, func(o *sandbox.Options) { o.Targets = []string{otherNumber.WABAID, "200000000000099"} })
	report, err := s.CheckKeys(t.Context(), s.Owner(), ownKeys())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range report.Checks {
		if c.Field != "waba_id" {
			continue
		}
		want := map[string]string{"scope": "whatsapp_business_messaging", "ids": otherNumber.WABAID + ", 200000000000099"}
		if diff := cmp.Diff(want, c.Args); diff != "" {
			t.Errorf("it is said of (-want +got):\n%s", diff)
		}
	}
}

func TestAReportTellsTheNumbersOfTheAccount(t *testing.T) {
	s := openOwner(t, func(o *sandbox.Options) { o.Others = []sandbox.Number{secondNumber, otherNumber} })
	before := time.Now()
	report, err := s.CheckKeys(t.Context(), s.Owner(), ownKeys())
	if err != nil {
		t.Fatal(err)
	}
	want := []desk.Number{
		{PhoneNumberID: ownNumber, Name: "Bell & Sons", Phone: "+1 555-010-0077", Quality: "GREEN", Limit: "TIER_250", NameStatus: "APPROVED", Verification: "VERIFIED"},
		{PhoneNumberID: secondNumber.PhoneNumberID, Name: secondNumber.Name, Phone: secondNumber.DisplayPhone, Quality: "GREEN", NameStatus: "APPROVED", Verification: "VERIFIED"},
	}
	if diff := cmp.Diff(want, report.Numbers); diff != "" {
		t.Errorf("numbers (-want +got):\n%s", diff)
	}
	if report.AppID == "" || report.Read.Before(before) {
		t.Errorf("the app is %q, read at %v", report.AppID, report.Read)
	}
}

func TestAReportTellsWhatCustomersSeeOfTheShop(t *testing.T) {
	s := openOwner(t, nil)
	profile := `{"messaging_product":"whatsapp","about":"Boots","address":"1 High St","email":"a@b.example","websites":["https://shop.example"]}`
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost,
		s.meta.GraphURL()+"/v25.0/"+ownNumber+"/whatsapp_business_profile", strings.NewReader(profile))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+ownToken)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	report, err := s.CheckKeys(t.Context(), s.Owner(), ownKeys())
	if err != nil || len(report.Numbers) != 1 {
		t.Fatalf("numbers %+v, %v", report.Numbers, err)
	}
	want := desk.Profile{About: "Boots", Address: "1 High St", Email: "a@b.example", Websites: []string{"https://shop.example"}}
	if diff := cmp.Diff(want, report.Numbers[0].Profile); diff != "" {
		t.Errorf("the profile (-want +got):\n%s", diff)
	}
}

func TestKeysCannotBeCheckedWhileMetaIsAway(t *testing.T) {
	s := openOwner(t, nil)
	s.faults(sandbox.Faults{Down: true})
	_, err := s.CheckKeys(t.Context(), s.Owner(), ownKeys())
	if desk.CodeOf(err) != desk.Unavailable {
		t.Errorf("checking: %v", err)
	}
	_, err = s.SaveKeys(t.Context(), s.Owner(), ownKeys())
	if desk.CodeOf(err) != desk.Unavailable || s.connected().HasToken {
		t.Errorf("saving: %v, and there is %+v", err, s.connected())
	}
}

func TestWhatIsNoIDIsToldWhileMetaIsAway(t *testing.T) {
	s := openOwner(t, nil)
	s.faults(sandbox.Faults{Down: true})
	k := ownKeys()
	k.PhoneNumberID, k.WABAID = "+351 912 345 678", "my shop"
	report, err := s.CheckKeys(t.Context(), s.Owner(), k)
	if desk.CodeOf(err) != desk.Unavailable {
		t.Errorf("checking: %v", err)
	}
	want := map[string]string{"phone_number_id": "bad malformed", "waba_id": "bad malformed"}
	if diff := cmp.Diff(want, outcome(report.Checks)); diff != "" || report.Usable {
		t.Errorf("usable: %t; checks (-want +got):\n%s", report.Usable, diff)
	}
}
