package desktest

import (
	"strings"

	"shopbell/core/desk"
)

// local holds a desk with an owner against the local API of desk.Stock.
func (b *setupBench) local() {
	ctx := b.Context()
	set := func(on bool) desk.LocalAPI {
		b.Helper()
		state, err := b.Desk.SetLocalAPI(ctx, b.Owner, on)
		b.want(err, "", "switching it")
		if now, err := b.Desk.LocalAPI(ctx, b.Owner); err != nil || now != state {
			b.Errorf("it was set to %+v, and is %+v, %v", state, now, err)
		}
		return state
	}
	if state, err := b.Desk.LocalAPI(ctx, b.Owner); err != nil || state != (desk.LocalAPI{}) {
		b.Errorf("at first it is %+v, %v", state, err)
	}
	first := set(true)
	if !first.On || first.Given || len(first.Token.Reveal()) < 16 || !strings.HasPrefix(first.Address, "http://127.0.0.1:") {
		b.Errorf("it is %+v", first)
	}
	if second := set(true); !second.On || second.Token == first.Token {
		b.Errorf("the token stayed the same: %+v", second)
	}
	if state := set(false); state != (desk.LocalAPI{}) {
		b.Errorf("switched off it is %+v", state)
	}
}

// noLocal holds a sandbox against it.
func (b *bench) noLocal() {
	_, err := b.Desk.SetLocalAPI(b.Context(), b.Anna, true)
	b.want(err, desk.Conflict, "switching it on")
	state, err := b.Desk.LocalAPI(b.Context(), b.Anna)
	if err != nil || state.On || !state.Given {
		b.Errorf("it is %+v, %v", state, err)
	}
}
