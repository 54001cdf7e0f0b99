package cloudapi

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/tidwall/gjson"

	"shopbell/core/desk"
)

// SubscribedApp is an app to which Meta sends the webhooks of a business account.
type SubscribedApp struct {
	ID, Name string
	Callback string // where it differs from the app's own address
}

const subscribedApps = "subscribed_apps"

// Subscribe has Meta send the webhooks of a business account to the app of the
// client's token. Without it no message ever comes, whatever address is set. It
// may be called again. Errors are as of Phone.
func (c *Client) Subscribe(ctx context.Context, waba string) error {
	if err := numeric("business account id", waba); err != nil {
		return err
	}
	return c.change(ctx, call{method: http.MethodPost, node: waba, edge: subscribedApps})
}

// Subscribed lists the apps that Subscribe was called for. It changes nothing and
// may be called again. Errors are as of Phone.
func (c *Client) Subscribed(ctx context.Context, waba string) ([]SubscribedApp, error) {
	var out []SubscribedApp
	err := c.list(ctx, waba, subscribedApps, "", func(v gjson.Result) {
		app := v.Get("whatsapp_business_api_data")
		out = append(out, SubscribedApp{
			ID:       text(app.Get("id")),
			Name:     text(app.Get("name")),
			Callback: text(v.Get("override_callback_uri")),
		})
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

type wirePhoneSettings struct {
	Webhook wireWebhook `json:"webhook_configuration"`
}

type wireWebhook struct {
	Callback    string `json:"override_callback_uri"`
	VerifyToken string `json:"verify_token,omitempty"`
}

// OverrideCallback has Meta post the webhooks of one number to callback instead
// of the app's own address. Before it answers, Meta asks that address for the
// handshake (see Handshake) with verifyToken. The account must be subscribed
// already (Cloud API, 1.4). It may be called again. Errors are as of Phone.
func (c *Client) OverrideCallback(ctx context.Context, phoneNumberID, callback string, verifyToken desk.Secret) error {
	u, err := url.Parse(callback)
	switch {
	case err != nil || u.Host == "" || u.User != nil || u.Fragment != "":
		return &InvalidError{Field: "callback", Problem: `is no address: want one such as "https://shop.example/webhook"`}
	case u.Scheme != "https" && (u.Scheme != "http" || !loopback(u.Hostname())):
		return &InvalidError{Field: "callback", Problem: "is not https: Meta posts to no other"}
	case strings.Contains(u.EscapedPath(), "+"):
		return &InvalidError{Field: "callback", Problem: `has a "+" in its path, which Meta turns into a space`}
	case verifyToken == "":
		return &InvalidError{Field: "verify token", Problem: "is empty: the handshake would be refused"}
	}
	return c.setCallback(ctx, phoneNumberID, wireWebhook{Callback: callback, VerifyToken: verifyToken.Reveal()})
}

// RestoreCallback undoes OverrideCallback: the webhooks go to the address of the
// account or of the app again. It may be called again. Errors are as of Phone.
func (c *Client) RestoreCallback(ctx context.Context, phoneNumberID string) error {
	return c.setCallback(ctx, phoneNumberID, wireWebhook{})
}

func (c *Client) setCallback(ctx context.Context, phoneNumberID string, w wireWebhook) error {
	if err := numeric("phone number id", phoneNumberID); err != nil {
		return err
	}
	body, err := json.Marshal(wirePhoneSettings{Webhook: w})
	if err != nil {
		return fmt.Errorf("cloudapi: callback: %w", err)
	}
	return c.change(ctx, call{method: http.MethodPost, node: phoneNumberID, body: body})
}
