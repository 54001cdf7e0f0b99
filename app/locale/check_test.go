package locale

import (
	"strings"
	"testing"
	"time"

	"shopbell/core/desk"
)

func TestCheck(t *testing.T) {
	now := time.Date(2025, 11, 24, 14, 0, 0, 0, time.UTC)
	w := open(t, English)
	for _, tt := range []struct {
		name  string
		check desk.Check
		want  string
	}{
		{"a found number is named", desk.Check{Field: "phone_number_id", Code: desk.CheckFound, Args: map[string]string{"name": "Marola Shoes", "phone": "+351 912 000 118"}}, "Found: Marola Shoes, +351 912 000 118"},
		{"what has no name is found all the same", desk.Check{Field: "waba_id", Code: desk.CheckFound}, "Found"},
		{"a key that ends says when", desk.Check{Field: "token", Code: desk.CheckExpires, Until: now.Add(24 * time.Hour)}, "Stops working tomorrow 14:00. Make a permanent one: Meta, System users, Generate."},
		{"one that ends much later is no alarm", desk.Check{Field: "token", State: desk.CheckOK, Code: desk.CheckExpires, Until: now.Add(60 * 24 * time.Hour)}, "Works until 23 Jan 14:00"},
		{"a field has its own words where they help", desk.Check{Field: "app_secret", Code: desk.CheckMalformed}, "An app secret has 32 letters a to f and digits. Copy it again."},
		{"a phone in place of an id is told what to look for", desk.Check{Field: "phone_number_id", State: desk.CheckBad, Code: desk.CheckMalformed}, "This is no ID: that is 10 to 20 digits, not a phone or a name. Copy what stands at “Phone number ID”."},
		{"a reason is told", desk.Check{Field: "address", Code: desk.CheckTunnelRefused, Args: map[string]string{"reason": "the account is suspended"}}, "ngrok does not take the key: the account is suspended"},
		{"a reason that is known has words of its own", desk.Check{Field: "address", Code: desk.CheckNotSubscribed, Args: map[string]string{"reason": "offline"}}, "Meta cannot be reached to be told the address. Check again."},
		{"Meta's own look at an address counts", desk.Check{Field: "address", Code: desk.CheckNotSubscribed, Args: map[string]string{"reason": "2200"}}, "It answers this computer, but not Meta: is its name known to everybody, and does a firewall let Meta in?"},
		{"an empty reason leaves no colon behind", desk.Check{Field: "address", Code: desk.CheckNotSubscribed, Args: map[string]string{"reason": ""}}, "WhatsApp does not send here yet. Check again."},
		{"what could not be looked at is not blamed", desk.Check{Field: "waba_id", State: desk.CheckUnknown, Code: desk.CheckNotFound}, "Not looked at yet"},
		{"a code of a newer desk is no riddle", desk.Check{Field: "token", Code: "quantum"}, "Found something that this version does not know"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := w.Check(tt.check, now); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
	t.Run("every code has words of its own in every language", func(t *testing.T) {
		for _, lang := range Languages() {
			w := open(t, lang)
			for _, code := range []desk.CheckCode{
				desk.CheckFound, desk.CheckNotFound, desk.CheckMalformed, desk.CheckMatches, desk.CheckOtherAccount, desk.CheckOtherTarget, desk.CheckOldNumber, desk.CheckValid,
				desk.CheckExpires, desk.CheckExpired, desk.CheckRefused, desk.CheckScopeMissing, desk.CheckOtherApp, desk.CheckMissing,
				desk.CheckReached, desk.CheckReachedByMeta, desk.CheckUnreachable, desk.CheckWrongAnswer, desk.CheckNotSecure, desk.CheckNotSubscribed, desk.CheckPortTaken, desk.CheckTunnelRefused,
			} {
				for _, field := range []string{"phone_number_id", "waba_id", "token", "app_secret", "address"} {
					c := desk.Check{Field: field, Code: code, Until: now, Args: map[string]string{"name": "N", "phone": "P", "scope": "S", "listen": "L", "ids": "I", "number": "N"}}
					if got := w.Check(c, now); got == w.T("check.other") || strings.Contains(got, "<no value>") || strings.Contains(got, "check.") {
						t.Errorf("%s: %s of %s is %q", lang, code, field, got)
					}
				}
			}
		}
	})
}
