package cloudapi

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/tidwall/gjson"

	"shopbell/core/desk"
)

// Permissions that a token needs (Cloud API, section 8).
const (
	ScopeMessaging  = "whatsapp_business_messaging"  // messages and files
	ScopeManagement = "whatsapp_business_management" // everything else
)

// Scopes are the permissions that a desk needs, the most telling first.
func Scopes() []string { return []string{ScopeMessaging, ScopeManagement} }

// TokenInfo is what Meta says of the client's token.
type TokenInfo struct {
	AppID string
	App   string // its name
	Type  string // SYSTEM_USER, USER, ...
	Valid bool
	// Expires is zero for a token that never does, and for one that Meta knows
	// nothing of (Valid is false then).
	Expires time.Time
	// DataAccessExpires is when the person behind a user's token must log in again;
	// zero for none.
	DataAccessExpires time.Time
	Scopes            []string
	// Targets are the ids that a scope is limited to; a scope that is not in it, or
	// has none, is not limited.
	Targets map[string][]string
	// Problem is why it is not valid; zero for a valid one. Its Subcode is 463 where
	// the token has ended.
	Problem GraphError
}

// Allows reports whether the token has a scope for the object with this id.
func (t TokenInfo) Allows(scope, id string) bool {
	targets := t.Targets[scope]
	return slices.Contains(t.Scopes, scope) && (len(targets) == 0 || slices.Contains(targets, id))
}

// DebugToken asks Meta about the client's own token. One that has expired or was
// withdrawn is an answer with Valid false, or an *Error of ClassToken: Graph does
// both. It changes nothing and may be called again. Errors are as of Phone, and
// never hold the token.
func (c *Client) DebugToken(ctx context.Context) (TokenInfo, error) {
	a, err := c.ask(ctx, call{method: http.MethodGet, node: "debug_token", query: url.Values{"input_token": {c.token.Reveal()}}})
	if err != nil {
		return TokenInfo{}, err
	}
	data := a.body.Get("data")
	if a.status != http.StatusOK || !data.IsObject() {
		return TokenInfo{}, a.unusable()
	}
	t := TokenInfo{
		AppID:   text(data.Get("app_id")),
		App:     text(data.Get("application")),
		Type:    text(data.Get("type")),
		Valid:   data.Get("is_valid").Bool(),
		Scopes:  texts(data.Get("scopes")),
		Targets: map[string][]string{},
	}
	if t.Expires, err = expiry(data.Get("expires_at")); err != nil {
		return TokenInfo{}, err
	}
	if t.DataAccessExpires, err = expiry(data.Get("data_access_expires_at")); err != nil {
		return TokenInfo{}, err
	}
	if problem, ok := readError(data.Get("error")); ok {
		problem.Subcode = int(data.Get("error.subcode").Int()) // so called here only
		t.Problem = c.silenced(problem)
	}
	data.Get("granular_scopes").ForEach(func(_, v gjson.Result) bool {
		if ids := texts(v.Get("target_ids")); len(ids) > 0 {
			t.Targets[text(v.Get("scope"))] = ids
		}
		return true
	})
	return t, nil
}

// expiry reads a moment in seconds; Graph says 0, or nothing, for "never".
func expiry(v gjson.Result) (time.Time, error) {
	if s := text(v); s == "" || s == "0" {
		return time.Time{}, nil
	}
	at, err := moment(v)
	if err != nil {
		return time.Time{}, fmt.Errorf("%w: %w", ErrNoAnswer, err)
	}
	return at, nil
}

func texts(list gjson.Result) []string {
	var out []string
	if list.IsArray() {
		list.ForEach(func(_, v gjson.Result) bool {
			out = append(out, text(v))
			return true
		})
	}
	return out
}

// AppSecretFits reports whether secret is that of the app to which the client's
// token belongs. Graph has no question for that; but it takes a proof made of
// both with any request (appsecret_proof: HMAC-SHA256 of the token under the
// secret, in hex), and refuses a wrong one with code 100. So this asks for the
// token's own id, which every token may see, with such a proof: code 100 can mean
// nothing else then.
//
// It changes nothing and may be called again. Errors are as of Phone; a token
// that is not taken is an *Error of ClassToken.
func (c *Client) AppSecretFits(ctx context.Context, secret desk.Secret) (bool, error) {
	if secret == "" {
		return false, nil // everybody knows it; Graph would take it for no proof
	}
	a, err := c.ask(ctx, call{method: http.MethodGet, node: "me", query: url.Values{
		"fields":       {"id"},
		proofParameter: {appSecretProof(*c.token, secret)},
	}})
	if refusal, ok := errors.AsType[*Error](err); ok && refusal.Code == 100 {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if a.status != http.StatusOK || text(a.body.Get("id")) == "" {
		return false, a.unusable()
	}
	return true, nil
}

const proofParameter = "appsecret_proof"

func appSecretProof(token, secret desk.Secret) string {
	mac := hmac.New(sha256.New, []byte(secret.Reveal()))
	mac.Write([]byte(token.Reveal()))
	return hex.EncodeToString(mac.Sum(nil))
}
