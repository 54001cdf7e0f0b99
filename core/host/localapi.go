package host

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"net"
	"net/http"

	"shopbell/core/api"
	"shopbell/core/desk"
	"shopbell/core/staff"
	"shopbell/core/store"
)

const (
	apiSecret  = "api_token"    // in the place for secrets
	apiSubject = "local_api"    // of audit entries
	apiSetting = "local_api.on" // "on", or ""
)

// hatch is the local API of a desk that was not given a token at its start: a
// listener of its own on this computer.
type hatch struct {
	address string
	token   desk.Secret
	server  *http.Server
	ended   chan struct{} // closed once nothing listens any more
}

// localAPI answers who has the token.
func (h *Host) localAPI(token desk.Secret) http.Handler {
	return api.New(api.Options{Token: token, Stock: pusher{h}})
}

// givenAPI reports whether the local API is the start's to say, not a person's.
func (h *Host) givenAPI() bool { return h.o.Sandbox || h.o.APIToken != "" }

// LocalAPI implements desk.Stock.
func (h *Host) LocalAPI(ctx context.Context, who desk.Actor) (desk.LocalAPI, error) {
	if err := h.allow(ctx, who, staff.EditConnection, "local_api.see", apiSubject); err != nil {
		return desk.LocalAPI{}, err
	}
	h.shelf.choosing.Lock()
	defer h.shelf.choosing.Unlock()
	return h.localState(), nil
}

// localState is how the local API stands. The caller holds choosing.
func (h *Host) localState() desk.LocalAPI {
	switch {
	case h.givenAPI():
		on := h.o.APIToken != "" && h.Addr() != ""
		state := desk.LocalAPI{On: on, Given: true}
		if on {
			state.Address = "http://" + h.Addr()
		}
		return state
	case h.shelf.hatch == nil:
		return desk.LocalAPI{}
	}
	return desk.LocalAPI{On: true, Address: "http://" + h.shelf.hatch.address, Token: h.shelf.hatch.token}
}

// SetLocalAPI implements desk.Stock.
func (h *Host) SetLocalAPI(ctx context.Context, who desk.Actor, on bool) (desk.LocalAPI, error) {
	if err := h.allow(ctx, who, staff.EditConnection, "local_api.set", apiSubject); err != nil {
		return desk.LocalAPI{}, err
	}
	h.shelf.choosing.Lock()
	defer h.shelf.choosing.Unlock()
	switch {
	case h.givenAPI():
		return desk.LocalAPI{}, desk.Errorf(desk.Conflict, "the local API of this desk came with its start, or it is the sandbox")
	case h.secrets == nil:
		return desk.LocalAPI{}, desk.Errorf(desk.Unavailable, "no place for keys: %w", h.secretsErr)
	}
	var token desk.Secret
	setting := ""
	if on {
		token, setting = desk.Secret(rand.Text()), "on"
	}
	// What is closed first cannot be called with the old token.
	h.closeHatch()
	if on {
		if err := h.openHatch(ctx, token); err != nil {
			return desk.LocalAPI{}, err
		}
	}
	err := h.keep(map[string]desk.Secret{apiSecret: token})
	if err == nil {
		err = h.db.Update(ctx, func(tx *store.Tx) error {
			return errors.Join(tx.SetSetting(apiSetting, setting), tx.Audit(done(who, "local_api.set", apiSubject)))
		})
	}
	if err != nil {
		h.closeHatch()
		return desk.LocalAPI{}, fault(err)
	}
	return h.localState(), nil
}

// openLocalAPI opens the local API where a person has switched it on. Where that
// fails the desk opens all the same: its chats matter more.
func (h *Host) openLocalAPI(ctx context.Context) error {
	if h.givenAPI() || h.secrets == nil {
		return nil
	}
	var on string
	if err := h.db.View(ctx, func(r *store.Reader) (err error) {
		on, err = r.Setting(apiSetting)
		return err
	}); err != nil || on == "" {
		return err
	}
	token, err := h.secret(apiSecret)
	if err == nil && token == "" {
		err = errors.New("its token is not on this computer")
	}
	if err == nil {
		err = h.openHatch(ctx, token)
	}
	if err != nil {
		h.log.Error("The local API is not open; switch it on again", "error", err)
	}
	return nil
}

// openHatch lets other programs in. The caller holds choosing, or is alone.
func (h *Host) openHatch(ctx context.Context, token desk.Secret) error {
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", cmp.Or(h.o.APIListen, desk.UsualAPIListen))
	if err != nil {
		return desk.Errorf(desk.Unavailable, "listen for the local API: %w", err)
	}
	t := &hatch{address: l.Addr().String(), token: token, server: newServer(h.localAPI(token)), ended: make(chan struct{})}
	if err := h.begin("local API", func(context.Context) error {
		defer close(t.ended)
		return serve(t.server, l)
	}); err != nil {
		return errors.Join(err, l.Close())
	}
	h.shelf.hatch = t
	return nil
}

// closeHatch lets nobody in any more; calls under way end first. The caller holds
// choosing, or is alone.
func (h *Host) closeHatch() {
	t := h.shelf.hatch
	if t == nil {
		return
	}
	h.shelf.hatch = nil
	if err := shutDown(t.server); err != nil {
		h.log.Error("The local API did not close in order", "error", err)
	}
	<-t.ended
}
