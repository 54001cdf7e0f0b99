package tunnel

import (
	"context"
	"errors"
	"net"

	"shopbell/core/desk"
)

// DefaultListen is where an own forwarder must forward to, where nothing else is
// chosen.
const DefaultListen = desk.UsualListen

// Forwarder is a way of the owner's own: a reverse proxy, a tunnel of another
// maker, a port of the router. It must forward the path, the body and the
// X-Hub-Signature-256 header unaltered.
type Forwarder struct {
	URL    string // the public https address
	Listen string // address on this computer; "" is DefaultListen

	listener net.Listener
}

// ListenError means that nothing can listen at an address on this computer:
// another program does, it is not this computer's, or a right is missing.
type ListenError struct {
	Address string
	Err     error // the operating system's
}

func (e *ListenError) Error() string { return "tunnel: listen: " + e.Err.Error() }

// Unwrap returns what the operating system says.
func (e *ListenError) Unwrap() error { return e.Err }

// Open implements Tunnel. Its error is a *ListenError.
func (f *Forwarder) Open(ctx context.Context) (Public, error) {
	listen := f.Listen
	if listen == "" {
		listen = DefaultListen
	}
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", listen)
	if err != nil {
		return Public{}, &ListenError{Address: listen, Err: err}
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
