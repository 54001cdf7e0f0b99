package host

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"shopbell/core/desk"
	"shopbell/core/secrets"
	"shopbell/core/store"
)

// Names in the place for secrets.
const (
	tokenSecret  = "token"
	appSecret    = "app_secret"
	verifySecret = "verify_token"
	tunnelSecret = "tunnel_key"
)

// Settings of the connection in the shop's file: nothing that must be kept secret.
const (
	secretsName    = "secrets.name" // of this shop among all on this computer
	numberSetting  = "connection.phone_number_id"
	wabaSetting    = "connection.waba_id"
	expiresSetting = "connection.token_expires" // RFC 3339; "" for never
	waySetting     = "arrival.way"
	domainSetting  = "arrival.domain"
	urlSetting     = "arrival.url"
	listenSetting  = "arrival.listen"
	toldSetting    = "arrival.told" // number and address that Meta was told last
)

// given reports whether the keys came with the options: they are not kept then,
// and not for the owner to change here.
func (h *Host) given() bool {
	return h.o.Sandbox || h.o.Graph.Token != "" || h.o.Graph.AppSecret != ""
}

// openAccount finds the keys, and the way that webhooks come.
func (h *Host) openAccount(ctx context.Context) error {
	g := h.o.Graph
	a := account{
		phoneNumberID: g.PhoneNumberID, wabaID: g.WABAID,
		token: desk.Secret(g.Token), appSecret: desk.Secret(g.AppSecret), verify: desk.Secret(g.VerifyToken),
	}
	h.account.Store(&a)
	if h.given() {
		return nil
	}
	shop := ""
	if err := h.db.Update(ctx, func(tx *store.Tx) (err error) {
		if shop, err = tx.Setting(secretsName); err != nil || shop != "" {
			return err
		}
		shop = rand.Text()
		return tx.SetSetting(secretsName, shop)
	}); err != nil {
		return err
	}
	// Chats can be read without keys: a desk whose keys cannot be had opens all the
	// same, and says so where the owner looks after them.
	h.secrets, h.secretsErr = h.openSecrets(ctx, shop)
	if h.secrets == nil {
		h.log.Error("No place for keys", "error", h.secretsErr)
		return nil
	}
	var err error
	for name, to := range map[string]*desk.Secret{
		tokenSecret: &a.token, appSecret: &a.appSecret, verifySecret: &a.verify, tunnelSecret: &h.chosen.TunnelKey,
	} {
		if *to, err = h.secret(name); err != nil {
			h.log.Error("A key cannot be read", "key", name, "error", err)
		}
	}
	return h.db.View(ctx, func(r *store.Reader) error {
		way := string(h.chosen.Way)
		for name, to := range map[string]*string{
			numberSetting: &a.phoneNumberID, wabaSetting: &a.wabaID, waySetting: &way,
			domainSetting: &h.chosen.Domain, urlSetting: &h.chosen.URL, listenSetting: &h.chosen.Listen,
		} {
			value, err := r.Setting(name)
			if err != nil {
				return err
			}
			if value != "" {
				*to = value
			}
		}
		h.chosen.Way = desk.Way(way)
		return nil
	})
}

func (h *Host) openSecrets(ctx context.Context, shop string) (secrets.Store, error) {
	if h.o.Secrets != nil {
		return h.o.Secrets, nil
	}
	folder := h.o.KeyFolder
	if folder == "" {
		base, err := os.UserConfigDir()
		if err != nil {
			return nil, fmt.Errorf("host: no folder for keys: %w", err)
		}
		folder = filepath.Join(base, "Shopbell keys")
	}
	return secrets.Open(ctx, secrets.Options{Shop: shop, Folder: h.o.DataDir, KeyFolder: folder, Now: h.now, Log: h.log})
}

// secret returns a kept secret, "" where there is none.
func (h *Host) secret(name string) (desk.Secret, error) {
	value, err := h.secrets.Get(name)
	if errors.Is(err, secrets.ErrNotFound) {
		return "", nil
	}
	return value, err
}

// keep stores secrets by name; an empty one is deleted.
func (h *Host) keep(values map[string]desk.Secret) error {
	if h.secretsErr != nil {
		return desk.Errorf(desk.Unavailable, "no place for keys: %w", h.secretsErr)
	}
	for name, value := range values {
		var err error
		if value == "" {
			err = h.secrets.Delete(name)
		} else {
			err = h.secrets.Set(name, value)
		}
		if err != nil {
			return desk.Errorf(desk.Internal, "keep a key: %w", err)
		}
	}
	return nil
}

// verifyToken is the word of the handshake, made at the first need.
func (h *Host) verifyToken() (desk.Secret, error) {
	a := *h.account.Load()
	if a.verify != "" {
		return a.verify, nil
	}
	a.verify = desk.Secret(rand.Text())
	if err := h.keep(map[string]desk.Secret{verifySecret: a.verify}); err != nil {
		return "", err
	}
	h.account.Store(&a)
	h.receive(a)
	return a.verify, nil
}

// set stores settings by name.
func set(tx *store.Tx, values map[string]string) error {
	for name, value := range values {
		if err := tx.SetSetting(name, value); err != nil {
			return err
		}
	}
	return nil
}

func formatMoment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
