package cloudapi

import (
	"fmt"
	"strings"

	"github.com/tidwall/gjson"

	"shopbell/core/chat"
)

// Past is a message of the time before the number was connected, out of the
// WhatsApp Business app on the shop's phone (field "history"). A file comes twice:
// first as a message of the Type chat.RawPlaceholder, and, where it is not older
// than two weeks, as what it is, with the same ID.
type Past struct {
	Message // From is zero
	// Customer is in whose chat it stands; zero for a file of the shop's own whose
	// chat Meta leaves out: its placeholder said it.
	Customer Party
	Own      bool        // the shop wrote it
	Status   chat.Status // how far it has come; only of Own
}

// pastLadder are the statuses of the shop's own past messages, in lower case.
var pastLadder = map[string]chat.Status{
	"delivered": chat.StatusDelivered, "read": chat.StatusRead, "played": chat.StatusPlayed, "error": chat.StatusFailed,
}

// history adds an item for each message of each chat. What holds none of them (a
// refusal to share the history, say) is left to be a Notice.
func (p *parser) history(chunks gjson.Result) {
	if !chunks.IsArray() {
		return
	}
	chunks.ForEach(func(_, chunk gjson.Result) bool {
		threads := chunk.Get("threads")
		switch {
		case !chunk.IsObject():
			p.problem(chunk.Raw, "a part of the history is not an object")
			return true
		case !threads.IsArray():
			return true
		}
		threads.ForEach(func(_, thread gjson.Result) bool {
			var customer Party
			customer.address(text(thread.Get("id")))
			if customer == (Party{}) {
				p.problem(thread.Raw, "a chat of the history does not say whose it is")
				return true
			}
			p.each(thread.Get("messages"), "messages", func(m gjson.Result) (Item, error) {
				past, err := readPast(m, customer, p.channel.DisplayPhone)
				return Item{Past: past}, err
			})
			return true
		})
		return true
	})
}

// readPast reads one message of the history. customer is in whose chat it stands,
// zero where only the message can tell; shop is the number's own phone.
func readPast(m gjson.Result, customer Party, shop string) (*Past, error) {
	msg, err := readWritten(m)
	if err != nil {
		return nil, err
	}
	past := &Past{Message: *msg, Customer: customer}
	past.From = Party{}
	state := m.Get("history_context")
	past.Own = state.Get("from_me").Bool() || samePhone(msg.From.Phone, shop)
	if !past.Own && customer == (Party{}) {
		past.Customer = msg.From
	}
	if past.Own && customer == (Party{}) {
		past.Customer.address(text(m.Get("to")))
	}
	if !past.Own && past.Customer == (Party{}) {
		return nil, fmt.Errorf("cloudapi: past message %s says neither phone nor user id of its sender", msg.ID)
	}
	if past.Own {
		var known bool
		if past.Status, known = pastLadder[strings.ToLower(text(state.Get("status")))]; !known {
			past.Status = chat.StatusSent
		}
	}
	return past, nil
}

// samePhone reports whether two ways of writing a phone mean one.
func samePhone(a, b string) bool {
	key := chat.PhoneKey(a)
	return key != "" && key == chat.PhoneKey(b)
}
