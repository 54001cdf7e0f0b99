package cloudapi

import (
	"encoding/json"
	"time"

	"shopbell/core/chat"
)

// Item is one thing a webhook reports. At most one of Message, Echo, Past, Status,
// Preference, Notice and Problem is set; none of them for a status or preference
// of a kind that did not exist when this was written.
type Item struct {
	Channel    ChannelRef
	Field      string // of the change: "messages", "account_update", ...
	Message    *Message
	Echo       *Echo
	Past       *Past
	Status     *StatusReport
	Preference *Preference
	Notice     *Notice
	// Problem says why the element could not be read. Its neighbours were.
	Problem error
	// Raw is the element as received: the message, the echo, the status, the
	// preference, or the value of any other change. It is valid JSON and shares no
	// memory with the body.
	Raw json.RawMessage
}

// ChannelRef says which number of the shop an Item is about. PhoneNumberID is
// empty for account-level fields, which carry WABAID and at most DisplayPhone.
type ChannelRef struct {
	PhoneNumberID string
	DisplayPhone  string // with or without formatting: compare by chat.Digits
	WABAID        string
}

// Party is the customer of a message or status. Either Phone or UserID may be
// empty, never both: WhatsApp hides the phone of people who took a user name.
type Party struct {
	Phone        string // digits as received; never altered, answers go to exactly these
	UserID       string // business-scoped user id, whole
	ParentUserID string
	Name         string
	Username     string
}

// Message is one inbound message or system notice.
//
// What the type calls for is nil where Meta left it out or where it makes no
// sense: the customer wrote something all the same, and a person must see that
// (Raw has all of it). Only a message without id, type, moment, sender or, of
// type "text", body is a Problem.
type Message struct {
	// ID is the wamid by which copies are recognised. A "user_id_update" change
	// has none and leaves it empty: applying such a notice twice is harmless.
	ID   string
	From Party     // of an Echo zero
	At   time.Time // Meta's timestamp, whole seconds, UTC
	// Type is Meta's own word, with two exceptions. A "user_id_update" change is
	// given "system", the type of the notice that replaced it, and the "voice" of
	// older webhooks is "audio".
	Type string
	// Text is the body of a "text" and what the customer added to an "order".
	// Captions are in Media.
	Text string

	Button   *ButtonReply // pressed reply or template button, or chosen list row
	Form     *FormReply   // filled-in form ("interactive" of type nfm_reply)
	Media    *MediaRef    // of "image", "video", "audio", "document" and "sticker"
	Location *chat.Location
	Cards    []chat.Card // of "contacts"
	Order    *chat.Order
	Reaction *Reaction
	Edit     *Edit
	Revoke   *Revoke
	Change   *IdentityChange
	// Unsupported is what the customer sent where Type is "unsupported":
	// "poll_creation", "gif", ... Empty where Meta does not say.
	Unsupported string

	ReplyTo   string         // wamid this message quotes or whose button was pressed
	Forwarded bool           // once or often
	Product   *ProductRef    // the article of the catalogue the customer asks about
	Referral  *chat.Referral // the ad or post the customer came through
	Group     string         // id of the group it was written in; empty for a chat of two

	Errors []GraphError
	Raw    json.RawMessage // same bytes as Item.Raw
}

// ButtonReply is a button or list row the customer chose.
type ButtonReply struct {
	ID          string // our id; the payload of a template button
	Title       string
	Description string // of a list row; may be empty
}

// FormReply is a form (Meta calls it a flow) that the customer filled in.
type FormReply struct {
	Name string // "flow", or that of the form
	Text string // what the customer's phone shows in its place: "Sent"
	// Answers is a JSON object as the form made it; empty where that is no JSON.
	Answers string
}

// MediaRef names a file at Meta and says what its sender claims about it.
type MediaRef struct {
	ID       string // never empty; valid for 7 days (Cloud API, media)
	URL      string // valid for 5 minutes; empty in webhooks before November 2025
	MIME     string // with its parameters: "audio/ogg; codecs=opus"
	SHA256   string // as received, base64; Meta does not say of which bytes
	Name     string // of a document; may be empty
	Caption  string
	Voice    bool // recorded on the spot
	Animated bool // of a sticker
}

// Reaction is an emoji that the author of the message put on another one.
type Reaction struct {
	WAMID string // of the message it stands on
	Emoji string // empty: taken off
}

// Edit is what a message says from now on.
type Edit struct {
	WAMID string // of the message that changed
	Type  string // its type, as Message.Type
	// Text is the new body, or the new caption of a file; empty: it has none any
	// more.
	Text  string
	Media *MediaRef // nil for a text
}

// Revoke says that the author took a message back.
type Revoke struct {
	WAMID string // of the message that is gone
}

// ProductRef is an article of a catalogue.
type ProductRef struct {
	Catalog, Product string // Meta's id, and the shop's own article number
}

// Echo is a message that the shop wrote on its phone, in the WhatsApp Business
// app, to a number that is used in both places (coexistence). To is the
// customer.
type Echo struct {
	To Party
	Message
}

// IdentityChange says that a customer is known under another phone or user id
// from now on. Fields that Meta left out are empty.
type IdentityChange struct {
	OldPhone, NewPhone   string
	OldUserID, NewUserID string
}

// StatusReport says how far a message of ours has come.
type StatusReport struct {
	WAMID   string
	Status  chat.Status // sent, delivered, read, played or failed
	At      time.Time   // Meta's timestamp, whole seconds, UTC
	To      Party
	Opaque  string   // our biz_opaque_callback_data
	Pricing *Pricing // reported once per message, on any of its statuses
	Errors  []GraphError
	Raw     json.RawMessage // same bytes as Item.Raw
}

// Pricing is what Meta says about the price of a message. Billable is to be
// withdrawn by Meta: Type and Category decide.
type Pricing struct {
	Billable              bool
	Model, Type, Category string
}

// Preference is a customer's wish about a category of messages, given in
// WhatsApp itself (field "user_preferences").
type Preference struct {
	From     Party
	At       time.Time // whole seconds, UTC
	Category string    // Meta's own word: "marketing_messages"
	Stop     bool      // no more of them; false: again
}
