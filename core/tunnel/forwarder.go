package tunnel

import (
	"context"
	"errors"
	"fmt"
	"net"
)

// DefaultListen is where an own forwarder must forward to, where nothing else is
// chosen.
const DefaultListen = "127.0.0.1:8420"

// Forwarder is a way of the owner's own: a reverse proxy, a tunnel of another
// maker, a port of the router. It must forward the path, the body and the
// X-Hub-Signature-256 header unaltered.
type Forwarder struct {
	URL    string // the public https address
	Listen string // address on this computer; "" is DefaultListen

	listener net.Listener
}

// Open implements Tunnel. It never returns a *RefusedError.
func (f *Forwarder) Open(ctx context.Context) (Public, error) {
	listen := f.Listen
	if listen == "" {
		listen = DefaultListen
	}
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", listen)
	if err != nil {
		return Public{}, fmt.Errorf("tunnel: %w", err)
	}
	f.listener = l
	return Public{URL: f.URL, Listener: l}, nil
}

// Close implements Tunnel.
func (f *Forwarder) Close() error {
	if f.listener == nil {
		return nil
	}
	if err := f.listener.Close(); !errors.Is(err, net.ErrClosed) { // its server may have closed it
		return err
	}
	return nil
}
