package app

import "shopbell/core/desk"

// Begin is what the window opens first.
type Begin string

// What there is to begin with.
const (
	BeginLast    Begin = ""        // what was open last; at the first start the shop, which asks
	BeginShop    Begin = "shop"    // the shop of this computer
	BeginSandbox Begin = "sandbox" // its sandbox
)

// prefLast is the key, before the data folder's path, of what was open there last.
const prefLast = "last_open "

// last is what the person was in last in this data folder; BeginLast: they have
// not chosen yet.
func (a *App) last() Begin { return Begin(a.prefs.String(prefLast + a.Place.Data)) }

func (a *App) remember(b Begin) { a.prefs.SetString(prefLast+a.Place.Data, string(b)) }

// begin opens what the window begins with.
func (a *App) begin() {
	first := a.Begin
	if first == BeginLast {
		first = a.last()
		a.returning = first == BeginShop
	}
	a.open(first == BeginSandbox, railInbox)
}

// arrive remembers what is open now. Who comes back to a shop without a number
// goes on connecting it: they have chosen between shop and sandbox before.
func (a *App) arrive(health desk.Health) {
	switch {
	case health.Sandbox:
		a.remember(BeginSandbox)
	case health.State != desk.ConnectionNone || a.last() == BeginSandbox:
		a.remember(BeginShop)
	case a.returning:
		a.at = railConnection
	}
	a.returning = false
}
