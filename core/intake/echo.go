package intake

import (
	"errors"
	"time"

	"shopbell/core/chat"
	"shopbell/core/cloudapi"
	"shopbell/core/store"
)

// echo stores what the shop wrote on its phone. It stands in the chat like an
// answer of a person's, AgentID 0, and opens no matter that is resolved.
func (p *Processor) echo(tx *store.Tx, item cloudapi.Item) error {
	e := item.Echo
	// Shopbell's own messages do not come as echoes, but what does may come twice.
	if _, err := tx.MessageByWAMID(e.ID); err == nil || !errors.Is(err, store.ErrNotFound) {
		return err
	}
	channel, contact, err := p.sides(tx, item)
	if err != nil {
		return err
	}
	v, err := conversationOf(tx, channel.ID, contact, false, true)
	if err != nil {
		return err
	}
	out := messageOf(&e.Message, tx.Now())
	out.Channel, out.Conversation, out.Contact = channel.ID, v.ID, contact.ID
	out.Author, out.Status = chat.AuthorAgent, chat.StatusSent
	speaks := !chat.Silent(out.Kind, out.RawKind) && out.Kind != chat.KindEdited
	// One that comes late answers nothing that the customer wrote after it.
	out.Answers = speaks && !out.At.Before(v.LastInbound)
	if err := tx.AddMessage(&out); err != nil {
		return err
	}
	if speaks {
		v.LastAt, v.PersonAt = latest(v.LastAt, out.At), latest(v.PersonAt, out.At)
	}
	if out.Answers {
		v.WaitingSince, v.Unread = time.Time{}, 0
	}
	return tx.SaveConversation(v)
}

// sides are the channel and the contact of what the shop's phone tells of.
func (p *Processor) sides(tx *store.Tx, item cloudapi.Item) (chat.Channel, chat.Contact, error) {
	channel, err := p.channel(tx, item.Channel)
	if err != nil {
		return chat.Channel{}, chat.Contact{}, err
	}
	contact, err := writtenTo(tx, personOf(item))
	return channel, contact, err
}

// writtenTo returns the contact whom the shop wrote to. How it dialled somebody
// who is known says nothing new about where answers to them go.
func writtenTo(tx *store.Tx, to store.Person) (chat.Contact, error) {
	for _, a := range to.Aliases() {
		if c, err := tx.ContactOf(a); !errors.Is(err, store.ErrNotFound) {
			return c, err
		}
	}
	c, _, err := tx.KnowContact(to)
	return c, err
}
