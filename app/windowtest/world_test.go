//go:build window

package windowtest

import (
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

// listens is where the program waits for an own forwarder.
const listens = "127.0.0.1:8420"

// world is what is outside of the computer: Meta, and the owner's own forwarder
// with an address of its own.
type world struct {
	meta      *sandbox.Sandbox
	forwarder *httptest.Server
	transport *http.Transport // trusts the forwarder's certificate
}

func newWorld() (*world, error) {
	to := &url.URL{Scheme: "http", Host: listens}
	forwarder := httptest.NewTLSServer(&httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(to) }})
	w := &world{forwarder: forwarder, transport: forwarder.Client().Transport.(*http.Transport)}
	var err error
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
