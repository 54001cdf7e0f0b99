package cloudapi

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"shopbell/core/chat"
)

// Limits of the Cloud API (section 3), in UTF-16 units unless said otherwise.
// chat.MaxText and chat.MaxInteractiveBody bound the text.
const (
	MaxButtons     = 3 // a count
	MaxButtonTitle = 20
	MaxButtonID    = 256
	MaxOpaque      = 512
	maxPhoneDigits = 15 // a count, E.164
)

// Outgoing is a free-form answer: a text, with reply buttons or without.
type Outgoing struct {
	To      chat.Address
	Text    string
	Buttons []chat.Button
	ReplyTo string // wamid to quote; empty for none
	Opaque  string // comes back in every status as biz_opaque_callback_data; empty for none
}

type wireMessage struct {
	Product     string           `json:"messaging_product"`
	Recipient   string           `json:"recipient_type"`
	To          string           `json:"to,omitempty"`
	ToUser      string           `json:"recipient,omitempty"`
	Context     *wireContext     `json:"context,omitempty"`
	Type        string           `json:"type"`
	Text        *wireText        `json:"text,omitempty"`
	Interactive *wireInteractive `json:"interactive,omitempty"`
	Opaque      string           `json:"biz_opaque_callback_data,omitempty"`
}

type wireContext struct {
	MessageID string `json:"message_id"`
}

type wireText struct {
	Body string `json:"body"`
}

type wireInteractive struct {
	Type   string     `json:"type"`
	Body   wireBody   `json:"body"`
	Action wireAction `json:"action"`
}

type wireBody struct {
	Text string `json:"text"`
}

type wireAction struct {
	Buttons []wireButton `json:"buttons"`
}

type wireButton struct {
	Type  string    `json:"type"`
	Reply wireReply `json:"reply"`
}

type wireReply struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// Encode returns the body for Client.Send. The error is an *InvalidError that
// names the first field beyond Meta's limits; nothing is cut or trimmed to fit.
func (o Outgoing) Encode() ([]byte, error) {
	w := wireMessage{Product: "whatsapp", Recipient: "individual", Opaque: o.Opaque}
	if err := w.address(o.To); err != nil {
		return nil, err
	}
	limit := chat.MaxText
	if len(o.Buttons) > 0 {
		limit = chat.MaxInteractiveBody
	}
	if err := within("text", o.Text, limit); err != nil {
		return nil, err
	}
	if strings.TrimSpace(o.Text) == "" {
		return nil, &InvalidError{Field: "text", Problem: "is empty: write something"}
	}
	if err := within("opaque", o.Opaque, MaxOpaque); err != nil {
		return nil, err
	}
	if o.ReplyTo != "" {
		w.Context = &wireContext{MessageID: o.ReplyTo}
	}
	if len(o.Buttons) == 0 {
		w.Type = "text"
		w.Text = &wireText{Body: o.Text}
		return json.Marshal(w)
	}
	buttons, err := encodeButtons(o.Buttons)
	if err != nil {
		return nil, err
	}
	w.Type = "interactive"
	w.Interactive = &wireInteractive{
		Type:   "button",
		Body:   wireBody{Text: o.Text},
		Action: wireAction{Buttons: buttons},
	}
	return json.Marshal(w)
}

// address fills "to" or "recipient". The "+" keeps Meta from putting the shop's
// own calling code in front. A user id in "to" would be accepted and lost.
func (w *wireMessage) address(to chat.Address) error {
	switch to.Kind {
	case chat.AliasPhone:
		if to.Value == "" || len(to.Value) > maxPhoneDigits || chat.Digits(to.Value) != to.Value {
			return &InvalidError{Field: "to", Limit: maxPhoneDigits,
				Problem: fmt.Sprintf("is not a phone: want 1 to %d digits as received", maxPhoneDigits)}
		}
		w.To = "+" + to.Value
	case chat.AliasUser:
		if !isUserID(to.Value) {
			return &InvalidError{Field: "recipient", Problem: `is not a business-scoped user id such as "US.1349"`}
		}
		w.ToUser = to.Value
	default:
		return &InvalidError{Field: "to", Problem: fmt.Sprintf("has the unknown kind %q", to.Kind)}
	}
	return nil
}

func encodeButtons(buttons []chat.Button) ([]wireButton, error) {
	if len(buttons) > MaxButtons {
		return nil, &InvalidError{Field: "buttons", Limit: MaxButtons,
			Problem: fmt.Sprintf("are %d: at most %d fit under one message", len(buttons), MaxButtons)}
	}
	out := make([]wireButton, len(buttons))
	for i, b := range buttons {
		id, title := fmt.Sprintf("buttons[%d].id", i), fmt.Sprintf("buttons[%d].title", i)
		if err := within(id, b.ID, MaxButtonID); err != nil {
			return nil, err
		}
		if err := within(title, b.Title, MaxButtonTitle); err != nil {
			return nil, err
		}
		if b.ID == "" || strings.TrimSpace(b.ID) != b.ID {
			return nil, &InvalidError{Field: id, Problem: "is empty or begins or ends with a space"}
		}
		if strings.TrimSpace(b.Title) == "" {
			return nil, &InvalidError{Field: title, Problem: "is empty: name the button"}
		}
		for _, earlier := range buttons[:i] {
			if earlier.ID == b.ID {
				return nil, &InvalidError{Field: id, Problem: "is used twice in one message"}
			}
			if earlier.Title == b.Title {
				return nil, &InvalidError{Field: title, Problem: "is used twice in one message"}
			}
		}
		out[i] = wireButton{Type: "reply", Reply: wireReply{ID: b.ID, Title: b.Title}}
	}
	return out, nil
}

func within(field, s string, limit int) error {
	if !utf8.ValidString(s) {
		return &InvalidError{Field: field, Problem: "is not valid UTF-8"}
	}
	if n := chat.Units(s); n > limit {
		return &InvalidError{Field: field, Limit: limit,
			Problem: fmt.Sprintf("has %d UTF-16 units: at most %d are allowed", n, limit)}
	}
	return nil
}
