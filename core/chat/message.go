package chat

import (
	"slices"
	"time"
)

// Kind is what a message is. The Cloud API's own type names are used where it
// has one.
type Kind string

const (
	KindText        Kind = "text"
	KindInteractive Kind = "interactive" // ours: text with reply buttons
	KindButton      Kind = "button"      // the customer pressed a button or chose from a list
	KindImage       Kind = "image"
	KindVideo       Kind = "video"
	KindAudio       Kind = "audio" // Media.Voice: a voice note
	KindDocument    Kind = "document"
	KindSticker     Kind = "sticker"
	KindLocation    Kind = "location"
	KindContacts    Kind = "contacts"
	KindOrder       Kind = "order"
	KindList        Kind = "list"        // ours: text with a menu
	KindLink        Kind = "cta_url"     // ours: text with a button that opens an address
	KindTemplate    Kind = "template"    // ours
	KindReaction    Kind = "reaction"    // stands on another message (Reactions); never waits for an answer
	KindNote        Kind = "note"        // only the team sees it
	KindSystem      Kind = "system"      // a line of the desk's own: Text holds a SystemCode
	KindUnsupported Kind = "unsupported" // kept whole; shown as a kind Shopbell does not show yet
	// KindEdited: its author changed a message, and WhatsApp says neither which nor
	// how. A customer's waits for a person; no rule answers it.
	KindEdited Kind = "edited"
	// KindGroup: a customer wrote it in a group, where Shopbell answers nobody.
	// RawKind says what it is; it is kept whole.
	KindGroup Kind = "group"
	// KindRating is the question how it was, of AuthorDesk (AgentID: who resolved; 0: the
	// customer did), and the customer's answer to it. The question's List is how it goes
	// out, and its Data has a DataScore once there is one.
	KindRating Kind = "rating"
	// KindRevoked is a Preview's only: the author took the message back.
	KindRevoked Kind = "revoked"
)

// RawPlaceholder is the RawKind of a past message with a file that Meta has not
// passed on: it comes later, or stays on the shop's phone (Cloud API, history).
const RawPlaceholder = "media_placeholder"

// SilentKinds are the kinds, ours and Meta's own, of what asks nobody anything:
// nobody waits for an answer to it, it counts as no message of the customer's,
// and it opens no reply window (a reaction's is unverified: cloud-api 2.1; the answer to
// a KindRating opens one, which intake sees to). What the customer did with a message
// (pinned it, kept it, voted in its poll) Meta names so where it does not show it.
func SilentKinds() []string {
	return []string{
		string(KindReaction), string(KindSystem), string(KindNote), string(KindGroup), string(KindRating), "edit", "revoke",
		"pin", "keep_in_chat", "poll_update",
	}
}

// Silent reports whether a message of this kind, of Meta's type raw ("" where it
// has none), asks nobody anything.
func Silent(kind Kind, raw string) bool {
	silent := SilentKinds()
	return slices.Contains(silent, string(kind)) || slices.Contains(silent, raw)
}

// Author is who a message comes from.
type Author string

const (
	AuthorCustomer Author = "customer"
	AuthorAgent    Author = "agent" // Message.AgentID says which; 0: whoever wrote it on the shop's phone
	AuthorRule     Author = "rule"  // Message.RuleID says which
	AuthorDesk     Author = "desk"  // system lines, and the question for a rating
)

// Limits of the Cloud API for a free-form message, in UTF-16 units (cloud-api
// section 3: text 4096, interactive body and caption 1024).
const (
	MaxText            = 4096
	MaxInteractiveBody = 1024
	MaxCaption         = 1024
)

// Limits of the Cloud API for a List and a Link (cloud-api section 3), in UTF-16
// units unless said otherwise.
const (
	MaxListButton     = 20
	MaxListRows       = 10 // a count, of all sections together
	MaxListSections   = 10 // a count
	MaxListTitle      = 24 // of a section and of a row
	MaxListRowDetails = 72 // of a row's description
	MaxLinkTitle      = 20
)

// Button is one reply button under a message of ours.
type Button struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	// Pressed is filled on reading: the customer tapped this one.
	Pressed bool `json:"-"`
}

// Message is one entry of a conversation.
type Message struct {
	ID           MessageID
	Conversation ConversationID
	Contact      ContactID
	Author       Author
	AgentID      int64  // staff.AgentID of AuthorAgent
	AgentName    string // filled on reading
	RuleID       string // of AuthorRule
	RuleName     string // name of the rule when it answered
	Kind         Kind
	RawKind      string // Meta's own type of a KindUnsupported or KindGroup message
	Text         string // KindSystem: a SystemCode; Data holds its words
	// Data of a customer's message about an article of the catalogue: "catalog", "product".
	Data    map[string]string
	Buttons []Button

	// What the kind calls for; nil for the others.
	Media    *Media
	Location *Location
	Cards    []Card
	Order    *Order
	List     *List
	Link     *Link
	Template *TemplateUse

	Referral  *Referral  // the customer came through an ad
	Forwarded bool       // the customer passed it on
	Quote     *Quote     // filled on reading where ReplyTo is set
	Reactions []Reaction // filled on reading
	// Edits are what it said before, oldest first; EditedAt is zero where it was
	// never changed. A message that its author took back stays, with RevokedAt.
	Edits     []Edit
	EditedAt  time.Time
	RevokedAt time.Time

	WAMID   string // Meta's id; empty until accepted
	ReplyTo string // wamid this one answers; empty for most
	// At orders the chat, in whole seconds: Meta's timestamp for inbound, the
	// moment of writing for everything else. Within one second the order of
	// storing counts.
	At       time.Time
	Arrived  time.Time // when the desk stored it, or its last attempt
	Accepted time.Time // when the API took it; zero for all but outgoing ones
	// GoesAt is when a StatusScheduled message leaves; it stands at the end of the chat
	// until then. Asks: the customer has written since, and it does not leave until a
	// person says so. Filled on reading.
	GoesAt time.Time
	Asks   bool
	// Answers marks an outgoing message after which the customer waits no more.
	Answers bool
	// RuleTrigger and RuleVariant complete AuthorRule.
	RuleTrigger string
	RuleVariant int
	Status      Status
	// ErrorCode is Meta's code of a failed message, or of an inbound one that it
	// does not show; 0 where there is none. ErrorText its own words, for "More".
	ErrorCode int
	ErrorText string
}

// Inbound reports whether the customer wrote it.
func (m Message) Inbound() bool { return m.Author == AuthorCustomer }

// FromPhone reports whether somebody of the shop wrote it on its phone. The desk
// did not send it, and does not send it again.
func (m Message) FromPhone() bool { return m.Author == AuthorAgent && m.AgentID == 0 }

// SystemCode names a system line; app/locale turns it into a sentence.
type SystemCode string

const (
	// SysCapReached: three automatic messages in 24 h, a person must answer (A9).
	SysCapReached SystemCode = "cap_reached"
	// SysRouted: a keyword sent the conversation to a department. Data: keyword, department.
	SysRouted SystemCode = "routed"
	// SysHandOver: the customer asked for a person.
	SysHandOver SystemCode = "hand_over"
	// SysResolved and SysReopened: by an agent. Data: agent.
	SysResolved SystemCode = "resolved"
	SysReopened SystemCode = "reopened"
	// SysSolved: the customer pressed "Solved".
	SysSolved SystemCode = "solved_by_customer"
	// SysOptedOut: the customer asked for no more automatic messages.
	SysOptedOut SystemCode = "opted_out"
	// SysNumberChanged: the customer's number or user id changed. Data: from, to.
	SysNumberChanged SystemCode = "number_changed"
	// SysWantsOrder: the customer pressed an order button or sent an order.
	SysWantsOrder SystemCode = "wants_order"
	// SysAutoExpired: an automatic reply could not leave within 5 minutes and was dropped.
	SysAutoExpired SystemCode = "auto_expired"
)
