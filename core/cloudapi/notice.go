package cloudapi

import "time"

// Notice is what Meta tells about the account, a number or a template of the
// shop: every change that holds no message and no status. Item.Field says which
// one it is, and Item.Raw holds what is not named here. A field that Meta left
// out or sent as null, "" or (of a reason) "NONE" is zero; nothing in a notice is
// a Problem, because a person has to see it whatever it looks like.
type Notice struct {
	// At is Meta's time of the entry, whole seconds, UTC; zero where it has none.
	At time.Time
	// Event is Meta's own word for what happened: "APPROVED" of a template,
	// "ACCOUNT_RESTRICTION", "ONBOARDING", "PIN_CHANGED". For the fields that call
	// it otherwise, it is the decision, the status or the type of the alert.
	Event    string
	Template *TemplateNotice // of the fields about templates
	Number   *NumberNotice   // of the fields about a number or its limits
	Account  *AccountNotice  // of "account_update" and "account_alerts"
	Errors   []GraphError    // of a change "messages" that holds nothing else
}

// TemplateNotice says what became of a template.
type TemplateNotice struct {
	ID       string // digits; more of them than a float64 holds
	Name     string
	Language string // with an underscore whichever Meta sent: "en_US"
	// Status is the Event of "message_template_status_update": "APPROVED",
	// "REJECTED", "PAUSED", "DISABLED", ... Empty for the other fields.
	Status string
	// Reason is why it was rejected, paused or disabled; Advice is what Meta
	// recommends.
	Reason, Advice string
	// Category and Quality are new, Old... before that; in lower case, as in
	// chat.Template. A new category changes the price.
	Category, OldCategory string
	Quality, OldQuality   string
}

// NumberNotice says what became of a number. Which one is in Channel.DisplayPhone;
// nothing there means every number of the business account.
type NumberNotice struct {
	Name     string // the display name that was asked for
	Username string
	Reason   string // why a name was rejected
	// Limit is how many people may be written to first within 24 h: "TIER_2K", or
	// the number of them; OldLimit before that.
	Limit, OldLimit string
}

// AccountNotice says what became of the business account.
type AccountNotice struct {
	Restrictions []Restriction
	Violation    string // the policy that was broken
	Ban          string // "SCHEDULE_FOR_DISABLE", "DISABLE", "REINSTATE"
	BanDate      string // in Meta's words: "April 17, 2025"
	Reason       string // why the account was disconnected
	Severity     string // of an alert: "CRITICAL", "WARNING", "INFORMATIONAL"
	Text         string // of an alert, in Meta's words
}

// Restriction is one thing that the account may not do for a while.
type Restriction struct {
	Type  string    // "RESTRICTED_BIZ_INITIATED_MESSAGING", ...
	Until time.Time // zero: Meta names no end
}
