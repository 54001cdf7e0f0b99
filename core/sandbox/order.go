package sandbox

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode"

	"shopbell/core/chat"
	"shopbell/core/cloudapi"
)

// order is a send request that keeps Meta's rules (cloud-api section 3).
type order struct {
	to        string // as sent: "+4477..." or a user id
	byUser    bool   // it came as "recipient"
	misplaced bool   // a user id came as "to"
	text      string
	buttons   []chat.Button
	replyTo   string
	opaque    string
}

type request struct {
	Product       string `json:"messaging_product"`
	RecipientType string `json:"recipient_type"`
	To            string `json:"to"`
	Recipient     string `json:"recipient"`
	Type          string `json:"type"`
	Opaque        string `json:"biz_opaque_callback_data"`
	Context       struct {
		MessageID string `json:"message_id"`
	} `json:"context"`
	Text *struct {
		Body string `json:"body"`
	} `json:"text"`
	Interactive *struct {
		Type string `json:"type"`
		Body struct {
			Text string `json:"text"`
		} `json:"body"`
		Action struct {
			Buttons []struct {
				Type  string `json:"type"`
				Reply reply  `json:"reply"`
			} `json:"buttons"`
		} `json:"action"`
	} `json:"interactive"`
}

// readOrder checks a request against the rules that need no memory.
func readOrder(raw []byte) (order, *refusal) {
	var q request
	if err := json.Unmarshal(raw, &q); err != nil {
		return order{}, wrong(100, "The request is not JSON of the expected form: %v", err)
	}
	o := order{replyTo: q.Context.MessageID, opaque: q.Opaque}
	if q.Product != "whatsapp" {
		return order{}, wrong(100, "messaging_product must be whatsapp")
	}
	if q.RecipientType != "" && q.RecipientType != "individual" {
		return order{}, wrong(131009, "recipient_type must be individual")
	}
	switch { // "to" wins where both are there
	case q.To != "":
		o.to = q.To
		o.misplaced = strings.ContainsFunc(q.To, unicode.IsLetter)
		if digits := strings.TrimPrefix(q.To, "+"); !o.misplaced && chat.Digits(digits) != digits {
			return order{}, wrong(131009, "to is not a phone")
		}
	case q.Recipient != "":
		o.to, o.byUser = q.Recipient, true
		if chat.Digits(strings.TrimPrefix(q.Recipient, "+")) == strings.TrimPrefix(q.Recipient, "+") {
			return order{}, wrong(131009, "recipient is not a business-scoped user id")
		}
	default:
		return order{}, wrong(131008, "to or recipient is required")
	}
	if n := chat.Units(q.Opaque); n > cloudapi.MaxOpaque {
		return order{}, wrong(131009, "biz_opaque_callback_data has %d characters, at most %d are allowed", n, cloudapi.MaxOpaque)
	}
	switch {
	case q.Type == "text" && q.Text != nil:
		o.text = q.Text.Body
		return o, checkText(o.text, chat.MaxText)
	case q.Type == "interactive" && q.Interactive != nil && q.Interactive.Type == "button":
		o.text = q.Interactive.Body.Text
		for _, b := range q.Interactive.Action.Buttons {
			if b.Type != "reply" {
				return order{}, wrong(131009, "a button must be of type reply")
			}
			o.buttons = append(o.buttons, chat.Button{ID: b.Reply.ID, Title: b.Reply.Title})
		}
		if bad := checkText(o.text, chat.MaxInteractiveBody); bad != nil {
			return order{}, bad
		}
		return o, checkButtons(o.buttons)
	}
	return order{}, wrong(131051, "the sandbox takes text and reply buttons, not %q", q.Type)
}

func checkText(text string, limit int) *refusal {
	switch n := chat.Units(text); {
	case strings.TrimSpace(text) == "":
		return wrong(131008, "body is required")
	case n > limit:
		return wrong(131009, "body has %d characters, at most %d are allowed", n, limit)
	}
	return nil
}

func checkButtons(buttons []chat.Button) *refusal {
	if n := len(buttons); n < 1 || n > cloudapi.MaxButtons {
		return wrong(131009, "%d buttons, want 1 to %d", n, cloudapi.MaxButtons)
	}
	ids, titles := map[string]bool{}, map[string]bool{}
	for _, b := range buttons {
		switch {
		case b.ID == "" || strings.TrimSpace(b.ID) != b.ID || chat.Units(b.ID) > cloudapi.MaxButtonID:
			return wrong(131009, "button id %q is empty, too long or has spaces at its ends", b.ID)
		case strings.TrimSpace(b.Title) == "" || chat.Units(b.Title) > cloudapi.MaxButtonTitle:
			return wrong(131009, "button title %q is empty or too long", b.Title)
		case ids[b.ID] || titles[b.Title]:
			return wrong(131009, "button %q stands twice", b.Title)
		}
		ids[b.ID], titles[b.Title] = true, true
	}
	return nil
}

// wrong is a refusal of the request itself.
func wrong(code int, format string, args ...any) *refusal {
	words := map[int]string{
		100:    "Invalid parameter",
		131008: "Required parameter is missing",
		131009: "Parameter value is not valid",
		131051: "Unsupported message type",
	}
	return &refusal{Code: code, Message: words[code], Details: fmt.Sprintf(format, args...)}
}
