// Package tunnel is the way by which webhooks reach a computer that the internet
// cannot: a tunnel that this program opens itself (ngrok), or something of the
// owner's that forwards to it. Prober looks from here whether a way works.
package tunnel

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
)

// Public is an open way: what arrives at URL is accepted from Listener.
type Public struct {
	URL      string // https, without a path of ours
	Listener net.Listener
}

// Tunnel is one way. Its methods are called by one goroutine, Open once and then
// Close.
type Tunnel interface {
	// Open opens it; ctx bounds the opening only. A *RefusedError means that what
	// the owner gave must be mended; with another error trying again may help.
	// After an error nothing is left open.
	Open(ctx context.Context) (Public, error)
	// Close closes the listener and everything behind it. It may be called where
	// Open has not been, or has failed.
	Close() error
}

// RefusedError means that the tunnel's maker does not open one with this key or
// this domain.
type RefusedError struct {
	// Reason is the maker's own code, as "ERR_NGROK_105", which its documentation
	// explains. Its text is left out: it quotes the key.
	Reason string
}

func (e *RefusedError) Error() string { return "tunnel: refused: " + e.Reason }

// webhookPath is where the desk takes webhooks. A public address leads there.
const webhookPath = "/webhook"

// Address returns the address to tell Meta for a public URL of the owner's: with
// the path of the webhook, once. It refuses what Meta would (Cloud API, webhooks):
// plain http, and a "+" in the path, which arrives there as a space.
func Address(public string) (string, error) {
	u, err := url.Parse(strings.TrimSpace(public))
	switch {
	case err != nil:
		return "", errors.New("tunnel: that is no address: give one as https://shop.example")
	case u.Scheme != "https":
		return "", fmt.Errorf("tunnel: the address begins with %q: Meta posts to https only", u.Scheme)
	case u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "":
		return "", errors.New("tunnel: the address must be a host and at most a path, as https://shop.example")
	case strings.Contains(u.Path, "+"):
		return "", errors.New("tunnel: the path has a \"+\": Meta turns it into a space; choose another path")
	}
	u.Path = strings.TrimSuffix(strings.TrimRight(u.Path, "/"), webhookPath) + webhookPath
	u.RawPath = ""
	return u.String(), nil
}
