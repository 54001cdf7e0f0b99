//go:build window

package windowtest

import (
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"time"

	"shopbell/core/sandbox"
)

// What Meta gave the owner of the shop. The letters are long enough to be looked
// for afterwards.
const (
	ownNumber  = "104829301177462"
	ownAccount = "982133004182750"
	ownToken   = "EAAGm0PX4ZCpsBOnobodyMayReadThis"
	ownSecret  = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
)

// world is what is outside of the computer: Meta, and the owner's own forwarder
// with an address of its own.
type world struct {
	meta      *sandbox.Sandbox
	forwarder *httptest.Server
	listens   string          // where the program waits for the forwarder
	transport *http.Transport // trusts the forwarder's certificate
}

func newWorld() (*world, error) {
	free, err := net.Listen("tcp", "127.0.0.1:0") // another run may be under way on this computer
	if err != nil {
		return nil, err
	}
	to := &url.URL{Scheme: "http", Host: free.Addr().String()}
	if err := free.Close(); err != nil {
		return nil, err
	}
	forwarder := httptest.NewTLSServer(&httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(to) }})
	w := &world{forwarder: forwarder, listens: to.Host, transport: forwarder.Client().Transport.(*http.Transport)}
	w.meta, err = sandbox.Open(sandbox.Options{
		AppSecret: ownSecret, Token: ownToken, PhoneNumberID: ownNumber, WABAID: ownAccount, DisplayPhone: "+351 912 000 118",
		VerifiedName: "Marola Shoes", Unsubscribed: true, TLS: w.transport.TLSClientConfig.Clone(), Now: time.Now,
	})
	return w, err
}

func (w *world) close() error {
	w.forwarder.Close()
	return w.meta.Close()
}
