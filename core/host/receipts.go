package host

import (
	"context"
	"sync"
	"time"

	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/outbox"
	"shopbell/core/staff"
	"shopbell/core/store"
)

const (
	// receiptFor is how old a message may be that is marked as read (Cloud API,
	// section 3).
	receiptFor = 30 * 24 * time.Hour
	// typingEvery is the least time between two signs of typing in one conversation:
	// each shows for 25 s (Cloud API, section 3).
	typingEvery = 20 * time.Second
	// receiptWithin bounds one receipt, maxReceipts those under way at once.
	receiptWithin = 10 * time.Second
	maxReceipts   = 32
)

// settingReceipts is "off" in a shop whose customers are not told.
const settingReceipts = "receipts"

// receipt tells a customer that a message was read, and perhaps that an answer is
// being written.
type receipt struct {
	conversation  chat.ConversationID
	channel       chat.ChannelID
	phoneNumberID string
	wamid         string
	typing        bool
}

// receipts are under way beside the outbox, and never in a message's way. They are
// best effort: one that fails, or has no line, or stands behind too many others, is
// given up, and the next one says the same of more. The zero value has none.
type receipts struct {
	mu sync.Mutex
	// busy holds what comes next in each conversation with a receipt under way; nil
	// for nothing.
	busy  map[chat.ConversationID]*receipt
	typed map[chat.ConversationID]time.Time // when typing was told, of late
}

// Seen implements desk.Inbox.
func (h *Host) Seen(ctx context.Context, who desk.Actor, id chat.ConversationID, upTo chat.MessageID) error {
	var r *receipt
	err := h.act(ctx, who, id, "conversation.see", func(tx *store.Tx, v *chat.Conversation) (_ bool, err error) {
		unread := v.Unread
		if r, err = readUpTo(tx, v, upTo); err != nil || v.Unread == unread {
			return false, err
		}
		return false, tx.SaveConversation(*v)
	})
	if err == nil {
		h.tell(r)
	}
	return err
}

// readUpTo makes v unread only by what came after a message, 0 for nothing at all, and
// returns the receipt for what is newly read; nil where nothing is.
func readUpTo(tx *store.Tx, v *chat.Conversation, upTo chat.MessageID) (*receipt, error) {
	if v.Unread == 0 && upTo == 0 {
		return nil, nil
	}
	seen, err := tx.SeenUpTo(*v, upTo)
	if err != nil || v.Unread <= seen.Later {
		return nil, err
	}
	v.Unread = seen.Later
	return receiptOf(&tx.Reader, *v, seen, tx.Now())
}

// receiptOf is nil where the shop tells nothing, or Meta would not take it.
func receiptOf(r *store.Reader, v chat.Conversation, seen store.Seen, now time.Time) (*receipt, error) {
	if seen.WAMID == "" || now.Sub(seen.At) >= receiptFor {
		return nil, nil
	}
	if setting, err := r.Setting(settingReceipts); err != nil || setting == "off" {
		return nil, err
	}
	channel, err := r.ChannelOf(v.Channel)
	return &receipt{conversation: v.ID, channel: v.Channel, phoneNumberID: channel.PhoneNumberID, wamid: seen.WAMID}, err
}

// Typing implements desk.Inbox.
func (h *Host) Typing(ctx context.Context, who desk.Actor, id chat.ConversationID) error {
	if err := h.allow(ctx, who, staff.Answer, "conversation.type", subjectOf(id)); err != nil {
		return err
	}
	var out *receipt
	now := h.now()
	err := h.db.View(ctx, func(r *store.Reader) error {
		v, err := r.Conversation(id)
		switch {
		case err != nil:
			return err
		case v.Lock.Held(now) && !v.Lock.HeldBy(int64(who.Agent), now):
			return desk.Errorf(desk.LockedByOther, "agent %d holds conversation %d", v.Lock.Holder, id)
		case !chat.WindowOf(v.LastInbound).Open(now): // what is being written is a template
			return nil
		}
		seen, err := r.SeenUpTo(v, 0)
		if err != nil {
			return err
		}
		out, err = receiptOf(r, v, seen, now)
		return err
	})
	if err == nil && out != nil && h.receipts.mayType(id, now) {
		out.typing = true
		h.tell(out)
	}
	return fault(err)
}

// mayType reports whether typing may be told now, and counts it as told.
func (r *receipts) mayType(id chat.ConversationID, now time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if told, ok := r.typed[id]; ok && now.Sub(told) < typingEvery {
		return false
	}
	if r.typed == nil {
		r.typed = map[chat.ConversationID]time.Time{}
	}
	for old, told := range r.typed {
		if now.Sub(told) >= typingEvery {
			delete(r.typed, old)
		}
	}
	r.typed[id] = now
	return true
}

// answered takes it that the customer sees nobody typing any more: an answer came.
func (r *receipts) answered(id chat.ConversationID) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.typed, id)
}

// tell sends a receipt soon, after the one under way in its conversation; nil is
// none. It does not wait.
func (h *Host) tell(r *receipt) {
	if r == nil {
		return
	}
	h.receipts.mu.Lock()
	defer h.receipts.mu.Unlock()
	busy := h.receipts.busy
	if next, under := busy[r.conversation]; under {
		r.typing = r.typing || next != nil && next.typing
		busy[r.conversation] = r
		return
	}
	if len(busy) >= maxReceipts {
		return
	}
	if busy == nil {
		busy = map[chat.ConversationID]*receipt{}
		h.receipts.busy = busy
	}
	busy[r.conversation] = nil
	if h.begin("receipt", func(ctx context.Context) error { h.carry(ctx, r); return nil }) != nil {
		delete(busy, r.conversation) // the desk is closing
	}
}

// carry sends a receipt, and those that came for its conversation meanwhile.
func (h *Host) carry(ctx context.Context, r *receipt) {
	for r != nil {
		h.deliver(ctx, *r)
		h.receipts.mu.Lock()
		next := h.receipts.busy[r.conversation]
		if next == nil {
			delete(h.receipts.busy, r.conversation)
		} else {
			h.receipts.busy[r.conversation] = nil
		}
		h.receipts.mu.Unlock()
		r = next
	}
}

// deliver tries once. While messages are held up a receipt is not even tried: it
// would be one more call of what does not answer.
func (h *Host) deliver(ctx context.Context, r receipt) {
	l := h.line.Load()
	if l == nil || !l.open(r.channel) {
		return
	}
	within, cancel := context.WithTimeout(ctx, receiptWithin)
	defer cancel()
	err := l.client.MarkRead(within, r.phoneNumberID, r.wamid, r.typing)
	if err == nil || ctx.Err() != nil {
		return
	}
	l.sender.Heard(r.channel, err)
	h.log.Warn("Customer was not told that a message is read", "conversation", r.conversation, "error", err)
}

// open reports whether messages leave by a channel, as far as is known.
func (l *line) open(id chat.ChannelID) bool {
	for _, c := range l.sender.State().Channels {
		if c.Channel == id {
			return c.Condition == outbox.OK
		}
	}
	return true
}

// Receipts implements desk.Shop.
func (h *Host) Receipts(ctx context.Context, who desk.Actor) (on bool, err error) {
	if err := h.allow(ctx, who, staff.SeeConversations, "receipts.see", "shop"); err != nil {
		return false, err
	}
	err = h.db.View(ctx, func(r *store.Reader) error {
		setting, err := r.Setting(settingReceipts)
		on = setting != "off"
		return err
	})
	return on, fault(err)
}

// SetOwnName implements desk.Shop.
func (h *Host) SetOwnName(ctx context.Context, who desk.Actor, name string) (string, error) {
	if err := h.allow(ctx, who, staff.NameOneself, "agent.name", "agent"); err != nil {
		return "", err
	}
	name, err := desk.TidyAgentName(name)
	if err != nil {
		return "", err
	}
	return name, fault(h.db.Update(ctx, func(tx *store.Tx) error {
		if err := tx.SetAgentName(who.Agent, name); err != nil {
			return err
		}
		return tx.Audit(done(who, "agent.name", "agent"))
	}))
}

// SetReceipts implements desk.Shop.
func (h *Host) SetReceipts(ctx context.Context, who desk.Actor, on bool) error {
	if err := h.allow(ctx, who, staff.EditConnection, "receipts.set", "shop"); err != nil {
		return err
	}
	setting := "off"
	if on {
		setting = "on"
	}
	return fault(h.db.Update(ctx, func(tx *store.Tx) error {
		if err := tx.SetSetting(settingReceipts, setting); err != nil {
			return err
		}
		return tx.Audit(done(who, "receipts.set", "shop"))
	}))
}
