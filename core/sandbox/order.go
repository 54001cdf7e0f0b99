package sandbox

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"unicode"

	"shopbell/core/chat"
	"shopbell/core/cloudapi"
)

// order is a send request that keeps those of Meta's rules that need no memory
// (cloud-api section 3).
type order struct {
	to        string // as sent: "+4477..." or a user id
	byUser    bool   // it came as "recipient"
	misplaced bool   // a user id came as "to"
	kind      chat.Kind
	text      string // body or caption
	menu      menu
	media     *mediaPart
	location  *chat.Location
	template  *templatePart
	emoji     string // of KindReaction; replyTo is the message it goes on
	replyTo   string
	opaque    string
	read      string // wamid the shop has read: then this is no message
	typing    bool   // with read: the customer sees the shop typing
}

// customer is the address without its plus sign.
func (o order) customer() string { return strings.TrimPrefix(o.to, "+") }

type request struct {
	Product       string           `json:"messaging_product"`
	RecipientType string           `json:"recipient_type"`
	To            string           `json:"to"`
	Recipient     string           `json:"recipient"`
	Type          string           `json:"type"`
	Opaque        string           `json:"biz_opaque_callback_data"`
	Context       *contextPart     `json:"context"`
	Text          *textPart        `json:"text"`
	Image         *mediaPart       `json:"image"`
	Video         *mediaPart       `json:"video"`
	Audio         *mediaPart       `json:"audio"`
	Document      *mediaPart       `json:"document"`
	Sticker       *mediaPart       `json:"sticker"`
	Location      *locationPart    `json:"location"`
	Contacts      []contactPart    `json:"contacts"`
	Interactive   *interactivePart `json:"interactive"`
	Template      *templatePart    `json:"template"`
	Reaction      *reactionPart    `json:"reaction"`
	Status        string           `json:"status"`
	MessageID     string           `json:"message_id"`
	Typing        *struct {
		Type string `json:"type"`
	} `json:"typing_indicator"`
}

type contextPart struct {
	MessageID string `json:"message_id"`
}

type textPart struct {
	Body string `json:"body"`
}

type mediaPart struct {
	ID       string `json:"id"`
	Link     string `json:"link"`
	Caption  string `json:"caption"`
	Filename string `json:"filename"`
	Voice    bool   `json:"voice"`
}

type locationPart struct {
	Latitude  *json.Number `json:"latitude"`
	Longitude *json.Number `json:"longitude"`
	Name      string       `json:"name"`
	Address   string       `json:"address"`
}

type contactPart struct {
	Name struct {
		Formatted string `json:"formatted_name"`
	} `json:"name"`
}

type reactionPart struct {
	MessageID string  `json:"message_id"`
	Emoji     *string `json:"emoji"`
}

// readOrder checks a request against the rules that need no memory.
func readOrder(raw []byte) (order, *refusal) {
	var q request
	if err := json.Unmarshal(raw, &q); err != nil {
		return order{}, wrong(100, "The request is not JSON of the expected form: %v", err)
	}
	if q.Product != "whatsapp" {
		return order{}, wrong(100, "messaging_product must be whatsapp")
	}
	if q.Status != "" {
		return readReceipt(q)
	}
	o := order{opaque: q.Opaque}
	if bad := o.address(q); bad != nil {
		return order{}, bad
	}
	if q.Context != nil {
		if o.replyTo = q.Context.MessageID; o.replyTo == "" {
			return order{}, wrong(131008, "context.message_id is required")
		}
	}
	if n := chat.Units(q.Opaque); n > cloudapi.MaxOpaque {
		return order{}, wrong(131009, "biz_opaque_callback_data has %d characters, at most %d are allowed", n, cloudapi.MaxOpaque)
	}
	return o, o.content(q)
}

// readReceipt reads the request that marks a message as read.
func readReceipt(q request) (order, *refusal) {
	switch {
	case q.Status != "read":
		return order{}, wrong(131009, "status must be read")
	case q.MessageID == "":
		return order{}, wrong(131008, "message_id is required")
	case q.Typing != nil && q.Typing.Type != "text":
		return order{}, wrong(131009, "typing_indicator.type must be text")
	}
	return order{read: q.MessageID, typing: q.Typing != nil}, nil
}

func (o *order) address(q request) *refusal {
	if q.RecipientType != "" && q.RecipientType != "individual" {
		return wrong(131009, "recipient_type must be individual")
	}
	switch { // "to" wins where both are there
	case q.To != "":
		o.to = q.To
		o.misplaced = strings.ContainsFunc(q.To, unicode.IsLetter)
		if !o.misplaced && chat.Digits(o.customer()) != o.customer() {
			return wrong(131009, "to is not a phone")
		}
	case q.Recipient != "":
		o.to, o.byUser = q.Recipient, true
		if chat.Digits(o.customer()) == o.customer() {
			return wrong(131009, "recipient is not a business-scoped user id")
		}
	default:
		return wrong(131008, "to or recipient is required")
	}
	return nil
}

// content reads what the type calls for.
func (o *order) content(q request) *refusal {
	o.kind = chat.Kind(q.Type)
	switch {
	case q.Type == "text" && q.Text != nil:
		o.text = q.Text.Body
		return checkText("body", o.text, chat.MaxText)
	case q.Type == "image" && q.Image != nil:
		return o.file(q.Image, true)
	case q.Type == "video" && q.Video != nil:
		return o.file(q.Video, true)
	case q.Type == "document" && q.Document != nil:
		return o.file(q.Document, true)
	case q.Type == "audio" && q.Audio != nil:
		return o.file(q.Audio, false)
	case q.Type == "sticker" && q.Sticker != nil:
		return o.file(q.Sticker, false)
	case q.Type == "location" && q.Location != nil:
		return o.place(q.Location)
	case q.Type == "contacts" && len(q.Contacts) > 0:
		for _, c := range q.Contacts {
			if c.Name.Formatted == "" {
				return wrong(131008, "name.formatted_name of a contact is required")
			}
		}
		return nil
	case q.Type == "interactive" && q.Interactive != nil:
		return o.interactive(q.Interactive)
	case q.Type == "template" && q.Template != nil:
		o.template = q.Template
		return q.Template.check()
	case q.Type == "reaction" && q.Reaction != nil:
		if q.Context != nil {
			return wrong(131009, "a reaction takes no context")
		}
		if q.Reaction.MessageID == "" || q.Reaction.Emoji == nil {
			return wrong(131008, "message_id and emoji of a reaction are required")
		}
		o.replyTo, o.emoji = q.Reaction.MessageID, *q.Reaction.Emoji
		return nil
	case q.Type == "":
		return wrong(131008, "type is required")
	}
	return wrong(131051, "there is no message of type %q here", q.Type)
}

func (o *order) file(m *mediaPart, captioned bool) *refusal {
	o.media, o.text = m, m.Caption
	if bad := m.check(); bad != nil {
		return bad
	}
	switch {
	case m.Caption != "" && !captioned:
		return wrong(131009, "%s takes no caption", o.kind)
	case chat.Units(m.Caption) > chat.MaxCaption:
		return wrong(131009, "caption has %d characters, at most %d are allowed", chat.Units(m.Caption), chat.MaxCaption)
	case m.Filename != "" && o.kind != chat.KindDocument:
		return wrong(131009, "%s takes no filename", o.kind)
	case m.Voice && o.kind != chat.KindAudio:
		return wrong(131009, "%s takes no voice", o.kind)
	}
	return nil
}

func (m *mediaPart) check() *refusal {
	if (m.ID == "") == (m.Link == "") {
		return wrong(131009, "a file has an id or a link, and not both")
	}
	return nil
}

func (o *order) place(l *locationPart) *refusal {
	if l.Latitude == nil || l.Longitude == nil {
		return wrong(131008, "latitude and longitude are required")
	}
	latitude, err1 := l.Latitude.Float64()
	longitude, err2 := l.Longitude.Float64()
	if err1 != nil || err2 != nil || math.Abs(latitude) > 90 || math.Abs(longitude) > 180 {
		return wrong(131009, "%s, %s is no place on earth", *l.Latitude, *l.Longitude)
	}
	o.location = &chat.Location{Latitude: latitude, Longitude: longitude, Name: l.Name, Address: l.Address}
	return nil
}

func checkText(field, text string, limit int) *refusal {
	switch n := chat.Units(text); {
	case strings.TrimSpace(text) == "":
		return wrong(131008, "%s is required", field)
	case n > limit:
		return wrong(131009, "%s has %d characters, at most %d are allowed", field, n, limit)
	}
	return nil
}

// wrong is a refusal of the request itself.
func wrong(code int, format string, args ...any) *refusal {
	words := map[int]string{
		10:     "Application does not have permission for this action",
		100:    "Invalid parameter",
		2200:   "Callback verification failed",
		131008: "Required parameter is missing",
		131009: "Parameter value is not valid",
		131051: "Unsupported message type",
		131053: "Media upload error",
		132000: "Number of parameters does not match the expected number of params",
		132001: "Template name does not exist in the translation",
		132005: "Translated text too long",
		132012: "Parameter format does not match format in the created template",
		132015: "Template is paused",
		132016: "Template is disabled",
	}
	return &refusal{Code: code, Message: words[code], Details: fmt.Sprintf(format, args...)}
}
