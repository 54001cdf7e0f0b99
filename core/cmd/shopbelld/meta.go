package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"shopbell/core/cloudapi"
	"shopbell/core/desk"
	"shopbell/core/tunnel"
)

// soon is how near the end of a token is worth a note.
const soon = 7 * 24 * time.Hour

// unasked is the finding of a check that needs another one to be good first.
func unasked(see string) finding { return finding{note, "not asked", "see " + see + " above"} }

// ask asks Meta, where it can be asked at all. What the first check of it says is
// not said again.
func (d doctor) ask(question func(*cloudapi.Client) (finding, error)) finding {
	if d.settingsErr != nil {
		return unasked("the settings")
	}
	client, err := d.set.graph.Client()
	if err != nil {
		return unasked("graph api")
	}
	defer client.Close()
	f, err := question(client)
	if err != nil {
		return unasked("graph api")
	}
	return f
}

// key is whether the token may do what it must, for how long, and whether the app
// secret is of its app.
func (d doctor) key(ctx context.Context) finding {
	return d.ask(func(client *cloudapi.Client) (finding, error) {
		// First of all: with a wrong secret Meta takes no other question.
		fits, err := client.AppSecretFits(ctx, desk.Secret(d.set.graph.AppSecret))
		if err != nil {
			return finding{}, err
		}
		if !fits {
			return finding{bad, "SHOPBELL_APP_SECRET is of another app than the token",
				"take both from one app: with another secret every webhook and every message is refused"}, nil
		}
		token, err := client.DebugToken(ctx)
		if err != nil || !token.Valid {
			return unasked("graph api"), err
		}
		for _, scope := range cloudapi.Scopes() {
			if !slices.Contains(token.Scopes, scope) {
				return finding{bad, "the token has no permission " + scope, "give the System User that permission, and make a new token"}, nil
			}
			if waba := d.set.graph.WABAID; waba != "" && !token.Allows(scope, waba) {
				return finding{bad, fmt.Sprintf("the token has %s for the accounts %s, not for %s", scope, strings.Join(token.Targets[scope], ", "), waba),
					"check SHOPBELL_WABA_ID, or assign that account to the System User and make a new token"}, nil
			}
		}
		if token.Expires.IsZero() {
			return finding{level: good, detail: "does not expire, and may send and receive"}, nil
		}
		detail := "expires on " + token.Expires.UTC().Format(time.DateOnly) + ", and may send and receive"
		if time.Until(token.Expires) < soon {
			return finding{note, detail, "make a System User's token, which need not expire"}, nil
		}
		return finding{level: good, detail: detail}, nil
	})
}

// subscription is whether Meta sends webhooks of the account to the token's app.
func (d doctor) subscription(ctx context.Context) finding {
	if d.settingsErr == nil && d.set.graph.WABAID == "" {
		return finding{note, "not asked: SHOPBELL_WABA_ID is not set", "set it to have this looked at"}
	}
	return d.ask(func(client *cloudapi.Client) (finding, error) {
		token, err := client.DebugToken(ctx)
		if err != nil {
			return finding{}, err
		}
		apps, err := client.Subscribed(ctx, d.set.graph.WABAID)
		if refusal, ok := errors.AsType[*cloudapi.Error](err); ok {
			return finding{bad, refusal.Error(), "check SHOPBELL_WABA_ID, and that the token may manage this account"}, nil
		}
		if err != nil {
			return finding{}, err
		}
		if !slices.ContainsFunc(apps, func(a cloudapi.SubscribedApp) bool { return a.ID == token.AppID }) {
			return finding{bad, "the app is not subscribed to the account: no message ever comes",
				"POST to /" + d.set.graph.WABAID + "/subscribed_apps with the token, or connect the number in Shopbell once"}, nil
		}
		return finding{level: good, detail: "the app gets the account's webhooks"}, nil
	})
}

// arrival is whether the address that Meta posts to leads to this desk. It is
// asked from this computer: what treats Meta apart, say a firewall, does not show.
func (d doctor) arrival(ctx context.Context) finding {
	return d.ask(func(client *cloudapi.Client) (finding, error) {
		number, err := client.Phone(ctx, d.set.graph.PhoneNumberID)
		if err != nil {
			return finding{}, err
		}
		address := cmp.Or(number.Callback.Phone, number.Callback.Account, number.Callback.App)
		if address == "" {
			return finding{note, "Meta does not say where it posts to", "see that the app has a callback URL, and the field messages ticked"}, nil
		}
		code := tunnel.Prober{Transport: d.outside}.Check(ctx, address, desk.Secret(d.set.graph.VerifyToken))
		remedy, wrong := map[desk.CheckCode]string{
			desk.CheckUnreachable: "start the desk, and see that your proxy or tunnel runs and its name leads to it",
			desk.CheckWrongAnswer: "something else answers there, or the desk behind it has another SHOPBELL_VERIFY_TOKEN",
			desk.CheckNotSecure:   "give that address https, with a certificate of a known authority: Meta posts to no other",
		}[code]
		if wrong {
			return finding{bad, fmt.Sprintf("Meta posts to %s: %s", address, strings.ReplaceAll(string(code), "_", " ")), remedy}, nil
		}
		return finding{level: good, detail: address + " leads to the desk, asked from this computer"}, nil
	})
}
