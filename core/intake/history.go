package intake

import (
	"errors"

	"shopbell/core/chat"
	"shopbell/core/cloudapi"
	"shopbell/core/store"
)

// errWhoseChat is that of a file whose placeholder has not come yet: it is tried
// again, and parked when that was of no use.
var errWhoseChat = errors.New("intake: a past file of the shop's own comes before the message that says in whose chat it stands")

// past stores a message of before the number was connected. It stands in the chat
// where it belongs and asks nothing of anybody: nobody waits, nothing is unread,
// no rule sees it. Meta sends the newest first, in parts that may come in any order.
func (p *Processor) past(tx *store.Tx, item cloudapi.Item) error {
	m := messageOf(&item.Past.Message, tx.Now())
	if m.Media != nil {
		m.Media.Until = tx.Now().Add(MediaFor) // its id was made with this webhook
	}
	id, err := tx.MessageByWAMID(m.WAMID)
	switch {
	case err == nil && m.Media != nil:
		return tx.Reveal(id, chat.RawPlaceholder, m)
	case !errors.Is(err, store.ErrNotFound):
		return err
	case len(personOf(item).Aliases()) == 0:
		return errWhoseChat
	}
	channel, contact, err := p.sides(tx, item)
	if err != nil {
		return err
	}
	v, err := tx.PastConversation(channel.ID, contact, m.At)
	if err != nil {
		return err
	}
	m.Channel, m.Conversation, m.Contact = channel.ID, v.ID, contact.ID
	m.Author, m.Status = chat.AuthorCustomer, chat.StatusPast
	if item.Past.Own {
		m.Author, m.Status = chat.AuthorAgent, item.Past.Status
	}
	if err := tx.AddMessage(&m); err != nil {
		return err
	}
	if !chat.Silent(m.Kind, m.RawKind) {
		notePast(&v, m.Message)
	}
	return tx.SaveConversation(v)
}

// notePast lets a conversation's row know of a past message. A customer's opens no
// reply window: the app on the phone and the Cloud API share none (Telnyx,
// coexistence), and a person would learn of the refusal after writing the answer.
func notePast(v *chat.Conversation, m chat.Message) {
	v.LastAt = latest(v.LastAt, m.At)
	if v.State == chat.StateResolved {
		v.ResolvedAt = latest(v.ResolvedAt, m.At)
	}
	if !m.Inbound() {
		v.PersonAt = latest(v.PersonAt, m.At)
	}
}
