package host

import (
	"context"
	"errors"

	"shopbell/core/chat"
	"shopbell/core/cloudapi"
	"shopbell/core/desk"
	"shopbell/core/intake"
	"shopbell/core/media"
	"shopbell/core/outbox"
	"shopbell/core/store"
)

// account is the desk's side at Meta: a number, and the keys to it. It is replaced
// as a whole while the desk runs.
type account struct {
	phoneNumberID, wabaID string
	token, appSecret      desk.Secret
	verify                desk.Secret // verify token of the handshake
}

// line is the way out with the keys of one account. Other keys are another line.
type line struct {
	client *cloudapi.Client
	sender *outbox.Sender
	stop   context.CancelFunc
	ended  chan struct{}
}

// dial makes a line. Nothing leaves until it runs.
func (h *Host) dial(a account) (*line, error) {
	client, err := h.graphClient(a.token, a.appSecret)
	if err != nil {
		return nil, err
	}
	limits := outbox.DefaultLimits()
	if h.o.Limits != nil {
		limits = *h.o.Limits
	}
	sender, err := outbox.New(outbox.Options{
		Ledger: h.db, Courier: &media.Courier{Carrier: client, Folder: h.folder, DB: h.db}, Now: h.now, Limits: limits, Log: h.log,
		Changed: func() { h.feed.publish(desk.Event{Kind: desk.EventHealth}) },
	})
	if err != nil {
		return nil, err
	}
	return &line{client: client, sender: sender, stop: func() {}, ended: make(chan struct{})}, nil
}

// graphClient is a client with keys that need not be the desk's. appSecret may be
// empty, and is not where it may be another app's than the token.
func (h *Host) graphClient(token, appSecret desk.Secret) (*cloudapi.Client, error) {
	g := h.o.Graph
	g.Token, g.AppSecret = token.Reveal(), appSecret.Reveal()
	return g.Client()
}

// Client is one to ask Meta with, as a desk with these keys does: whoever looks for
// what is wrong with a desk must not ask in another way. Close it in the end.
func (g Graph) Client() (*cloudapi.Client, error) {
	return cloudapi.NewClient(cloudapi.ClientOptions{
		BaseURL: g.URL, Version: g.Version, Token: desk.Secret(g.Token), AppSecret: desk.Secret(g.AppSecret),
	})
}

// reconnect puts another line in place of the one there is; nil for none. What the
// old one has under way ends first, within outbox's grace: one sender at a time
// works on the table. What waits there leaves by the new line, at once.
func (h *Host) reconnect(l *line) error {
	if old := h.line.Load(); old != nil {
		old.stop()
		<-old.ended
	}
	h.line.Store(nil)
	defer h.feed.publish(desk.Event{Kind: desk.EventHealth})
	if l == nil {
		return nil
	}
	// Rows that could not be hurried leave when their wait ends: no reason to have no line.
	hurried := h.db.OutboxHurry(h.base)
	h.line.Store(l)
	h.fetcher.Wake() // files that waited for a key
	return errors.Join(hurried, h.runLine(l))
}

// runLine lets a line send, until it is stopped or the desk closes.
func (h *Host) runLine(l *line) error {
	ctx, stop := context.WithCancel(h.base)
	l.stop = stop
	err := h.begin("outbox", func(context.Context) error {
		defer close(l.ended)
		defer l.client.Close()
		return l.sender.Run(ctx)
	})
	if err != nil {
		close(l.ended)
	}
	return err
}

// receive lets webhooks in that are signed for an account.
func (h *Host) receive(a account) {
	h.receiver.Store(&intake.Receiver{
		Journal: journal{h}, AppSecret: a.appSecret.Reveal(), VerifyToken: a.verify.Reveal(),
		Log: h.log, Counted: h.metrics.received,
	})
}

// knowNumber stores the number of an account; what Meta shows of it may be empty.
func knowNumber(tx *store.Tx, c chat.Channel) error {
	if c.PhoneNumberID == "" {
		return nil
	}
	if _, err := tx.KnowChannel(c); err != nil {
		return err
	}
	return tx.UpdateChannel(c)
}

// channel is that of the account, or else the first there is; zero where there is
// none.
func (h *Host) channel(r *store.Reader) (chat.Channel, error) {
	c, err := r.Channel(h.account.Load().phoneNumberID)
	if errors.Is(err, store.ErrNotFound) {
		c, err = r.FirstChannel()
	}
	if errors.Is(err, store.ErrNotFound) {
		return chat.Channel{}, nil
	}
	return c, err
}
