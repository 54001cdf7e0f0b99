package autoreply

import (
	"time"

	"shopbell/core/chat"
)

// The cap of mission A9 (hard): at most MaxAutomatic automatic messages to one
// customer within CapWindow; then a person must answer.
const (
	MaxAutomatic = 3
	CapWindow    = 24 * time.Hour
)

// What holds an automatic message back (rules-file.md, step 1).
const (
	// MaxAge is the age at arrival beyond which a message draws no automatic reply.
	MaxAge = 5 * time.Minute
	// ButtonMaxAge is the same for a pressed button: Meta's reply window.
	ButtonMaxAge = chat.MetaWindow
	// PersonPause is how long after a person's answer the rules keep silent.
	PersonPause = 30 * time.Minute
)

// NoVariant is the number of a text that is none of a rule's variants.
const NoVariant = -1

// Facts are what the desk knows about one inbound message and its customer.
type Facts struct {
	Now       time.Time // arrival
	MessageAt time.Time // Meta's own timestamp; zero means Now
	Kind      chat.Kind
	RawKind   string // Meta's type; of reaction, system, edit and revoke nothing follows
	ButtonID  string // id of the pressed button, "" if none

	FirstContact     bool // the customer's first message ever
	OptedOut         bool // asked for silence before this message
	LockHeld         bool // a person holds the conversation's lock
	PersonAnsweredAt time.Time
	Department       string // where the conversation stands now: routing there again is not told again
	CapTold          bool   // the conversation says already that the cap was reached

	// Automatic are the automatic messages to this customer, on all channels,
	// since Now minus Book.History, oldest first, with none left out at the near
	// end: after the clock was set back some may lie after Now. Failed and
	// expired ones are not among them, unknown ones are.
	Automatic []Sent
	// LastVariant returns the number of the variant that this customer got last
	// from a rule, NoVariant for none. Nil: Automatic alone is asked.
	LastVariant func(ruleID string) int

	// Stock returns how many are left of an article, where that is known; nil: of
	// none it is. One decision asks once for each article.
	Stock func(sku string) (level int, known bool)
	// HasPicture reports whether the shop has a picture of that name; nil: it has all.
	HasPicture func(name string) bool

	FirstName string // of the customer; may be empty
	Shop      string // the shop's name, for {shop}
	// Pick returns a random number of 0 to n-1, for n of at least 1. Nil picks 0.
	Pick func(n int) int
}

// Sent is one automatic message of the past: of a Reply what must be kept.
type Sent struct {
	At      time.Time
	RuleID  string
	Trigger Trigger
	Variant int
}

// Decision is what follows from one inbound message. Effects other than Replies
// hold whatever was sent.
type Decision struct {
	// Replies, none to two, are to be sent in this order. Each counts towards
	// MaxAutomatic and is to be dropped where it cannot leave within 5 minutes.
	Replies []Reply
	// Department is where the conversation goes; "" leaves it where it is.
	Department string
	// Answered: the replies count as an answer, the customer does not wait any
	// more. A greeting, an off-hours reply, an order and a hand-over leave the
	// customer waiting.
	Answered   bool
	Solved     bool // the customer pressed "solved": resolve
	OptOut     bool // the customer asked for silence
	WantsOrder bool // the customer pressed an order button or sent an order
	// System are lines for the conversation: opted_out, wants_order, hand_over,
	// solved_by_customer, cap_reached, and routed for a keyword that moves it.
	System []SystemLine
	// Question is the kind of question of the rule that matched, whether or not
	// it answered; "" when none did.
	Question string
	// Reasons explain the decision in the order it was made.
	Reasons []Reason
}

// Reply is one automatic message.
type Reply struct {
	RuleID, RuleName string
	Trigger          Trigger
	Variant          int           // of the rule's replies, NoVariant for any other text
	Text             string        // 1 to MaxText units
	Picture          string        // name of the picture it goes with; empty for most
	Buttons          []chat.Button // at most MaxButtons, titles and ids unique; none beside a Link
	Link             *chat.Link    // a button that opens an address; nil for most
}

// SystemLine is a line of the desk's own in the conversation.
type SystemLine struct {
	Code chat.SystemCode
	Data map[string]string
}

// Reason is one step of a decision, for "Try it" and for logs.
type Reason struct {
	Code   ReasonCode
	RuleID string            // the rule it is about, "" for the whole message
	Data   map[string]string // what the code's comment names
}

// ReasonCode names a step of a decision; app/locale turns it into a sentence.
type ReasonCode string

// What the message is.
const (
	ReasonPressed ReasonCode = "pressed" // a button of ours. Data: action
	ReasonOptOut  ReasonCode = "opt_out" // the message asks for silence
	ReasonOrder   ReasonCode = "order"   // an order from the catalogue
	ReasonRouted  ReasonCode = "routed"  // to the rule's department. Data: department, and keyword or action
)

// What stops every automatic message.
const (
	ReasonKind           ReasonCode = "kind"            // a kind of message that draws nothing. Data: kind
	ReasonOptedOut       ReasonCode = "opted_out"       // the customer asked for silence before
	ReasonTooOld         ReasonCode = "too_old"         // Data: age, as a duration
	ReasonLocked         ReasonCode = "locked"          // a person holds the lock
	ReasonPersonAnswered ReasonCode = "person_answered" // within PersonPause
	ReasonCap            ReasonCode = "cap"             // MaxAutomatic within CapWindow
)

// What became of one rule.
const (
	// ReasonAnswers: a text of it is sent. Data: trigger; text, which is reply, stock,
	// order or level (Shopbell's own words for a stock level); of a reply variant,
	// counted from 1; level, where the text tells one or was chosen by one.
	ReasonAnswers  ReasonCode = "answers"
	ReasonOff      ReasonCode = "off"           // switched off
	ReasonNotNow   ReasonCode = "not_now"       // outside its windows
	ReasonOutdone  ReasonCode = "outdone"       // another rule scores higher. Data: by
	ReasonRoutes   ReasonCode = "routes_only"   // it has no reply of its own
	ReasonInterval ReasonCode = "interval"      // its minimum interval has not passed
	ReasonNoFit    ReasonCode = "does_not_fit"  // a variant breaks MaxText once filled in. Data: variant
	ReasonNoStock  ReasonCode = "stock_unknown" // a text or button needs a level that is not known. Data: sku, variant
	ReasonEnough   ReasonCode = "stock_enough"  // it answers only below a level. Data: sku, level, below
	ReasonPicture  ReasonCode = "no_picture"    // the shop has not the picture of a variant. Data: picture, variant
	ReasonGone     ReasonCode = "gone"          // a button leads to a rule that is no more
	ReasonNoRule   ReasonCode = "no_rule"       // nothing answers: to people
)

// What Explain adds about each rule.
const (
	// ReasonKeyword: the message holds one of its keywords. Data: keyword, as the rule
	// spells it; words, as the customer does; how, one of words.How.
	ReasonKeyword   ReasonCode = "keyword"
	ReasonNow       ReasonCode = "now"        // one of its windows holds. Data: from, to
	ReasonLevel     ReasonCode = "stock"      // its article. Data: sku, below; level, where it is known
	ReasonRepeat    ReasonCode = "repeat"     // a variant is left out: the customer got it last. Data: variant
	ReasonNoKeyword ReasonCode = "no_keyword" // the message holds none of its keywords
	ReasonNotFirst  ReasonCode = "not_first"  // a greeting, and the customer wrote before
	ReasonOpen      ReasonCode = "open"       // an off-hours reply, and the shop is open
	ReasonStopped   ReasonCode = "stopped"    // it was not asked. Data: code, of what the message is or what stops every automatic message
	ReasonNotNeeded ReasonCode = "not_needed" // another rule took its place. Data: by
)
