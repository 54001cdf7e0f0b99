package host

import (
	"crypto/rand"

	"shopbell/core/sandbox"
)

// The sandbox shop's number and name. The number is of the range that is kept
// free for fiction (+1 555 01xx).
const (
	sandboxShop  = "Sandbox shop"
	sandboxPhone = "+1 555-010-0042"
)

// sandboxKeys are made anew at each start: nobody else can post to the sandbox.
func sandboxKeys() Graph {
	return Graph{
		Token: rand.Text(), AppSecret: rand.Text(), VerifyToken: rand.Text(),
		PhoneNumberID: "100000000000042", WABAID: "200000000000042",
	}
}

func (h *Host) sandboxOptions() sandbox.Options {
	g := h.o.Graph
	return sandbox.Options{
		AppSecret: g.AppSecret, Token: g.Token, PhoneNumberID: g.PhoneNumberID, WABAID: g.WABAID,
		DisplayPhone: sandboxPhone, Now: h.now, Delay: h.o.NetworkDelay, Log: h.log,
	}
}
