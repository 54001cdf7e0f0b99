package tunnel

import (
	"context"
	"crypto/x509"
	"errors"
	"log/slog"
	"sync"

	"golang.ngrok.com/ngrok/v2"

	"shopbell/core/desk"
)

// Ngrok is a tunnel through ngrok's service, with the owner's account. Once open
// it connects again by itself, for as long as it takes, and keeps its address
// where the account has a fixed domain.
type Ngrok struct {
	Key    desk.Secret // the account's authtoken
	Domain string      // the account's fixed one, as "shop.ngrok-free.app"; "": any
	// Changed is told when the connection is lost (false) and when it is back
	// (true), after Open. It must return at once. May be nil.
	Changed func(up bool)
	// Server and CAs are ngrok's own where they are not set; a test has others.
	Server string
	CAs    *x509.CertPool

	stop     context.CancelFunc // of the session
	endpoint ngrok.EndpointListener
	agent    ngrok.Agent

	mu      sync.Mutex
	opened  bool
	refused *RefusedError
}

// Open implements Tunnel.
func (n *Ngrok) Open(ctx context.Context) (Public, error) {
	// The session lives as long as the context it was begun with.
	session, stop := context.WithCancel(context.WithoutCancel(ctx))
	n.stop = stop
	defer context.AfterFunc(ctx, stop)()
	options := []ngrok.AgentOption{
		ngrok.WithAuthtoken(n.Key.Reveal()),
		ngrok.WithClientInfo("shopbell", "1"),
		ngrok.WithLogger(slog.New(slog.DiscardHandler)), // it quotes the key
		ngrok.WithEventHandler(n.hear),
	}
	if n.Server != "" {
		options = append(options, ngrok.WithAgentConnectURL(n.Server))
	}
	if n.CAs != nil {
		options = append(options, ngrok.WithAgentConnectCAs(n.CAs))
	}
	var err error
	if n.agent, err = ngrok.NewAgent(options...); err != nil {
		return Public{}, n.failed(err)
	}
	if err := n.agent.Connect(session); err != nil {
		return Public{}, n.failed(err)
	}
	var where []ngrok.EndpointOption
	if n.Domain != "" {
		where = append(where, ngrok.WithURL("https://"+n.Domain))
	}
	if n.endpoint, err = n.agent.Listen(session, where...); err != nil {
		return Public{}, n.failed(err)
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.opened = true
	return Public{URL: n.endpoint.URL().String(), Listener: n.endpoint}, nil
}

// hear takes what the agent tells. It tries a key that is refused again and
// again: before the tunnel was open, that ends the opening.
func (n *Ngrok) hear(e ngrok.Event) {
	n.mu.Lock()
	defer n.mu.Unlock()
	changed := n.Changed
	if !n.opened || changed == nil {
		changed = func(bool) {}
	}
	switch e := e.(type) {
	case *ngrok.EventAgentConnectSucceeded:
		changed(true)
	case *ngrok.EventAgentDisconnected:
		changed(false)
		if code := codeOf(e.Error); code != "" && !n.opened {
			n.refused = &RefusedError{Reason: code}
			n.stop()
		}
	}
}

// failed ends what Open began, and says why it failed without quoting the key.
func (n *Ngrok) failed(err error) error {
	n.mu.Lock()
	refused := n.refused
	n.mu.Unlock()
	if code := codeOf(err); refused == nil && code != "" {
		refused = &RefusedError{Reason: code}
	}
	// Whatever closing says adds nothing to why it did not open.
	_ = n.Close()
	if refused != nil {
		return refused
	}
	return errors.New("tunnel: ngrok's service cannot be reached")
}

// codeOf returns ngrok's own code of an error, "" where it is not the service
// that speaks.
func codeOf(err error) string {
	if e, ok := errors.AsType[interface {
		error
		ErrorCode() string
	}](err); ok {
		return e.ErrorCode()
	}
	if e, ok := errors.AsType[ngrok.Error](err); ok {
		return e.Code()
	}
	return ""
}

// Close implements Tunnel.
func (n *Ngrok) Close() error {
	n.mu.Lock()
	n.opened = false // what the end of the session tells is no news
	n.mu.Unlock()
	var err error
	if n.agent != nil {
		err = n.agent.Disconnect()
	}
	if n.endpoint != nil {
		// Without a session it asks nobody, and ends Accept at once. That nobody was
		// asked is its error; the service has ended the tunnel with the session.
		_ = n.endpoint.Close()
	}
	if n.stop != nil {
		n.stop()
	}
	if err != nil { // its text may quote the key
		return errors.New("tunnel: ngrok's session did not end cleanly")
	}
	return nil
}
