package main

import (
	"errors"
	"fmt"
	"net"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"shopbell/core/autoreply"
	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/host"
	"shopbell/core/intake"
	"shopbell/core/outbox"
)

const defaultListen = "127.0.0.1:8080"

// settings are what the environment says, checked. The variables' names are part
// of the program's surface: users script them.
type settings struct {
	listen         string
	shop           string // the shop's name in automatic replies; "" where it is not told
	graph          host.Graph
	limits         outbox.Limits
	autoSendBefore time.Duration
	apiToken       desk.Secret // "": the local API is off
}

// minAPIToken is how long the token of the local API must be: it is all that keeps
// others on the network out.
const minAPIToken = 16

// readSettings reads SHOPBELL_LISTEN, _SHOP, _GRAPH_URL, _GRAPH_VERSION, _TOKEN,
// _APP_SECRET, _VERIFY_TOKEN, _PHONE_NUMBER_ID, _WABA_ID, _API_TOKEN, _SEND_LIMITS
// and _AUTO_SEND_BEFORE. The error names every variable that is missing or wrong,
// and what to give; it repeats no value of a secret.
func readSettings(env func(string) string) (settings, error) {
	s := settings{
		listen: env("SHOPBELL_LISTEN"),
		shop:   strings.TrimSpace(env("SHOPBELL_SHOP")),
		graph: host.Graph{
			URL: env("SHOPBELL_GRAPH_URL"), Version: env("SHOPBELL_GRAPH_VERSION"),
			Token: env("SHOPBELL_TOKEN"), AppSecret: env("SHOPBELL_APP_SECRET"), VerifyToken: env("SHOPBELL_VERIFY_TOKEN"),
			PhoneNumberID: env("SHOPBELL_PHONE_NUMBER_ID"), WABAID: env("SHOPBELL_WABA_ID"),
		},
		limits:         outbox.DefaultLimits(),
		autoSendBefore: intake.AutomaticSendBefore,
		apiToken:       desk.Secret(env("SHOPBELL_API_TOKEN")),
	}
	var errs []error
	wrong := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }

	if s.listen == "" {
		s.listen = defaultListen
	}
	if _, _, err := net.SplitHostPort(s.listen); err != nil {
		wrong("SHOPBELL_LISTEN is %q: give an address and a port, as %s", s.listen, defaultListen)
	}
	if n := chat.Units(s.shop); n > autoreply.ShopReserve || !utf8.ValidString(s.shop) || strings.ContainsFunc(s.shop, unicode.IsControl) {
		wrong("SHOPBELL_SHOP has %d characters: give the shop's name on one line, in at most %d", n, autoreply.ShopReserve)
	}
	for _, needed := range []struct{ name, value, what string }{
		{"SHOPBELL_TOKEN", s.graph.Token, "the access token of a System User with whatsapp_business_messaging"},
		{"SHOPBELL_APP_SECRET", s.graph.AppSecret, "the app secret from Meta's app settings; it signs the webhooks"},
		{"SHOPBELL_VERIFY_TOKEN", s.graph.VerifyToken, "a word of your choice; give Meta the same one beside the callback URL"},
		{"SHOPBELL_PHONE_NUMBER_ID", s.graph.PhoneNumberID, "the phone number id from Meta's API set-up page"},
	} {
		if needed.value == "" {
			wrong("%s is not set: give %s", needed.name, needed.what)
		}
	}
	for _, id := range []struct{ name, value string }{
		{"SHOPBELL_PHONE_NUMBER_ID", s.graph.PhoneNumberID}, {"SHOPBELL_WABA_ID", s.graph.WABAID},
	} {
		if chat.Digits(id.value) != id.value {
			wrong("%s is %q: Meta's ids are digits only (the id, not the phone number)", id.name, id.value)
		}
	}
	if n := len(s.apiToken.Reveal()); n > 0 && n < minAPIToken {
		wrong("SHOPBELL_API_TOKEN has %d characters: give a random word of %d or more, or none to switch the local API off", n, minAPIToken)
	}
	switch env("SHOPBELL_SEND_LIMITS") {
	case "", "on":
	case "off":
		s.limits = outbox.Limits{}
	default:
		wrong("SHOPBELL_SEND_LIMITS is %q: give on, or off for a measurement against a stand-in", env("SHOPBELL_SEND_LIMITS"))
	}
	if v := env("SHOPBELL_AUTO_SEND_BEFORE"); v != "" {
		d, err := time.ParseDuration(v)
		if err != nil || d < time.Second || d > intake.AutomaticSendBefore {
			wrong("SHOPBELL_AUTO_SEND_BEFORE is %q: give a time from 1s to %s", v, strings.TrimSuffix(intake.AutomaticSendBefore.String(), "0s"))
		}
		s.autoSendBefore = d
	}
	if err := errors.Join(errs...); err != nil {
		return settings{}, fmt.Errorf("%w: %w", errUsage, err)
	}
	return s, nil
}
