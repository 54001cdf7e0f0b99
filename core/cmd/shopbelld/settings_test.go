package main

import (
	"errors"
	"strings"
	"testing"
	"time"

	"shopbell/core/outbox"
)

// whole is an environment in which nothing is missing.
func whole() map[string]string {
	return map[string]string{
		"SHOPBELL_TOKEN": "secret-token", "SHOPBELL_APP_SECRET": "secret-app", "SHOPBELL_VERIFY_TOKEN": "secret-word",
		"SHOPBELL_PHONE_NUMBER_ID": "106540352242922", "SHOPBELL_WABA_ID": "102290129340398",
	}
}

func TestSettingsSayWhatIsWrong(t *testing.T) {
	for _, c := range []struct {
		name, variable, value string
		want                  []string // parts of the error; none: it is taken
	}{
		{"nothing is missing", "", "", nil},
		{"a missing token", "SHOPBELL_TOKEN", "", []string{"SHOPBELL_TOKEN is not set"}},
		{"a missing app secret", "SHOPBELL_APP_SECRET", "", []string{"SHOPBELL_APP_SECRET is not set"}},
		{"a missing verify token", "SHOPBELL_VERIFY_TOKEN", "", []string{"SHOPBELL_VERIFY_TOKEN is not set"}},
		{"a missing number", "SHOPBELL_PHONE_NUMBER_ID", "", []string{"SHOPBELL_PHONE_NUMBER_ID is not set"}},
		{"a phone number in place of its id", "SHOPBELL_PHONE_NUMBER_ID", "+351 912", []string{"digits only", "not the phone number"}},
		{"a business account is not needed", "SHOPBELL_WABA_ID", "", nil},
		{"a business account with letters", "SHOPBELL_WABA_ID", "abc", []string{"SHOPBELL_WABA_ID"}},
		{"an address without a port", "SHOPBELL_LISTEN", "127.0.0.1", []string{"SHOPBELL_LISTEN", "127.0.0.1:8080"}},
		{"a shop's name", "SHOPBELL_SHOP", "Магазин обуви «Шаг»", nil},
		{"a shop's name that is too long for a reply", "SHOPBELL_SHOP", strings.Repeat("x", 21), []string{"SHOPBELL_SHOP", "at most 20"}},
		{"a shop's name of two lines", "SHOPBELL_SHOP", "a\nb", []string{"SHOPBELL_SHOP", "one line"}},
		{"a token of the local API", "SHOPBELL_API_TOKEN", "secret-0123456789", nil},
		{"a short token of the local API", "SHOPBELL_API_TOKEN", "secret-api", []string{"SHOPBELL_API_TOKEN", "16 or more"}},
		{"a limit switch of another word", "SHOPBELL_SEND_LIMITS", "no", []string{"SHOPBELL_SEND_LIMITS", "on, or off"}},
		{"a shorter wait of automatic replies", "SHOPBELL_AUTO_SEND_BEFORE", "20s", nil},
		{"a longer wait than the mission allows", "SHOPBELL_AUTO_SEND_BEFORE", "6m", []string{"SHOPBELL_AUTO_SEND_BEFORE", "1s to 5m"}},
		{"a wait that is no time", "SHOPBELL_AUTO_SEND_BEFORE", "soon", []string{"SHOPBELL_AUTO_SEND_BEFORE"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			vars := whole()
			vars[c.variable] = c.value
			_, err := readSettings(func(name string) string { return vars[name] })
			if len(c.want) == 0 {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			if !errors.Is(err, errUsage) {
				t.Fatalf("got %v, want a usage error", err)
			}
			for _, part := range c.want {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("%q does not say %q", err, part)
				}
			}
			if strings.Contains(err.Error(), "secret-") {
				t.Errorf("%q repeats a secret", err)
			}
		})
	}
}

func TestSettingsNameAllThatIsMissingAtOnce(t *testing.T) {
	_, err := readSettings(func(string) string { return "" })
	for _, name := range []string{"SHOPBELL_TOKEN", "SHOPBELL_APP_SECRET", "SHOPBELL_VERIFY_TOKEN", "SHOPBELL_PHONE_NUMBER_ID"} {
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%v does not name %s", err, name)
		}
	}
}

func TestSettingsHaveSafeDefaults(t *testing.T) {
	vars := whole()
	got, err := readSettings(func(name string) string { return vars[name] })
	if err != nil {
		t.Fatal(err)
	}
	if got.listen != "127.0.0.1:8080" || got.limits != outbox.DefaultLimits() || got.autoSendBefore != 5*time.Minute {
		t.Errorf("got %+v", got)
	}
	vars["SHOPBELL_SHOP"] = " Bell "
	if got, err = readSettings(func(name string) string { return vars[name] }); err != nil || got.shop != "Bell" {
		t.Errorf("the shop is called %q, %v", got.shop, err)
	}
	vars["SHOPBELL_SEND_LIMITS"] = "off"
	if got, err = readSettings(func(name string) string { return vars[name] }); err != nil || got.limits != (outbox.Limits{}) {
		t.Errorf("with the limits off: %+v, %v", got.limits, err)
	}
}
