package autoreply

import (
	"bytes"
	"encoding/json"
	"slices"
	"time"
)

// Version is the version of the rules file that this package reads and writes.
const Version = 1

// Hard limits of a rules file (rules-file.md "Limits", mission A3, A4, A6, A8).
// Text is counted in UTF-16 units (chat.Units).
const (
	MaxText     = 256  // of a reply, after filling in
	MaxTitle    = 20   // of a button
	MaxButtons  = 3    // under one reply
	MaxReplies  = 5    // variants of one rule
	MaxKeywords = 50   // of one rule
	MaxUpdate   = 5120 // bytes of one rule as compact JSON: "one content update is at most 5 KB"
)

// Units reserved for what is filled into a text, so that it still fits then:
// 20 for a customer's name and 5 for a number (rules-file.md); the shop's own
// name is given as much as a customer's.
const (
	NameReserve  = 20
	ShopReserve  = 20
	StockReserve = 5
)

// Limits of our own, so that a button id can carry a rule or an article within
// Meta's 256 characters, and a name fits a row on the screen.
const (
	MaxID          = 64
	MaxName        = 80
	MaxSKU         = 64
	MaxURL         = 2000
	MaxPicture     = 100 // of a file's name
	MaxMinInterval = 30 * 24 * time.Hour
)

// DefaultMinInterval is the least time between two greetings or two off-hours
// replies to one customer where the rule says nothing (mission A9).
const DefaultMinInterval = 6 * time.Hour

// SalesDepartment is where an order goes (rules-file.md, action "order").
const SalesDepartment = "Sales"

// File is a shop's rules as they travel: version 1 of the rules file. Its zero
// value is not valid; Parse makes one. A File is a plain value: whoever changes
// one checks it by Compile. No function of this package changes a File it is
// given, and a Book keeps nothing of it that can change.
type File struct {
	Version int `json:"version"`
	// Timezone is an IANA name ("Europe/Lisbon"); empty means UTC.
	Timezone string `json:"timezone,omitempty"`
	// Language is the shop's own, one of Languages, for the few words that
	// Shopbell adds to a reply ("Talk to a person"); empty means English.
	Language string `json:"language,omitempty"`
	// Open are the opening hours; all other times are off hours. Empty means
	// 08:00 to 22:00 every day (mission A2).
	Open []Window `json:"open,omitempty"`
	// Holidays are dates ("2026-12-25") on which the shop is closed.
	Holidays    []string `json:"holidays,omitempty"`
	Departments []string `json:"departments,omitempty"`
	Rules       []Rule   `json:"rules"`
}

// Window is a stretch of the day in the shop's time zone, From included, To not.
type Window struct {
	// Days on which the window begins; empty means every day.
	Days []Day `json:"days,omitempty"`
	// From and To are "HH:MM"; To may be "24:00". A To before From passes
	// midnight and belongs to the day of From.
	From string `json:"from"`
	To   string `json:"to"`
}

// Day is a day of the week in a Window.
type Day string

// The days, as the file spells them.
const (
	Monday    Day = "mon"
	Tuesday   Day = "tue"
	Wednesday Day = "wed"
	Thursday  Day = "thu"
	Friday    Day = "fri"
	Saturday  Day = "sat"
	Sunday    Day = "sun"
)

// Trigger is what draws an automatic message (mission A1).
type Trigger string

// TriggerButton stands in Reply and Sent only: the customer pressed a button.
// A rules file cannot hold it.
const (
	TriggerFirstContact Trigger = "first_contact"
	TriggerKeyword      Trigger = "keyword"
	TriggerOffHours     Trigger = "off_hours"
	TriggerButton       Trigger = "button"
)

// Match is how a rule's keywords are compared with the words of a message.
type Match string

// MatchForms is the default of the format: a keyword's words in any form and
// misspelt, several near one another. MatchExact finds them whole and next to one
// another, whatever their case, "ё" as "е". MatchPhrase finds them in any form, in
// their order and next to one another.
const (
	MatchForms  Match = "forms"
	MatchExact  Match = "exact"
	MatchPhrase Match = "phrase"
)

// Kinds of question that reports know (rules-file.md); a shop may use a word of
// its own beside them.
const (
	KindOrder = "order"
	KindOther = "other" // of a rule that names none
)

// Rule is one automatic reply.
type Rule struct {
	// ID is stable: history and buttons hang on it, so a rename keeps it. Parse
	// makes it from the name where it is missing.
	ID      string  `json:"id"`
	Name    string  `json:"name"`
	Trigger Trigger `json:"trigger"`
	// Enabled is true where the file says nothing.
	Enabled bool `json:"enabled"`
	// Keywords, for TriggerKeyword. A rule with none answers buttons only.
	Keywords []string `json:"keywords,omitempty"`
	Match    Match    `json:"match,omitempty"` // empty: MatchForms
	// When limits the rule to these times (mission A7); empty means always.
	When []Window `json:"when,omitempty"`
	Kind string   `json:"kind,omitempty"` // kind of question; empty: KindOther
	// Department is where a keyword rule routes the conversation.
	Department string `json:"department,omitempty"`
	// MinInterval, for TriggerFirstContact and TriggerOffHours, is a duration
	// such as "6h" or "90m"; empty means DefaultMinInterval.
	MinInterval string `json:"min_interval,omitempty"`
	// Stock, for any trigger. With no level known the condition does not hold and
	// Replies are used.
	Stock *Stock `json:"stock,omitempty"`
	// Replies are the variants, of which one is sent.
	Replies []Variant `json:"replies,omitempty"`
	// OrderText answers the order buttons of this rule.
	OrderText string `json:"order_text,omitempty"`
}

// Stock makes a rule depend on an article: Text answers in place of the rule's
// Replies while fewer than Below are left (mission A8).
type Stock struct {
	SKU   string `json:"sku"`
	Below int    `json:"below"`
	Text  string `json:"text"`
}

// Variant is one wording of a rule's reply.
type Variant struct {
	// Text may hold {name}, {shop}, and {stock}: the level of the rule's article.
	Text string `json:"text"`
	// Picture names a file among the shop's pictures, without a folder.
	Picture string   `json:"picture,omitempty"`
	Buttons []Button `json:"buttons,omitempty"`
}

// Button is a quick button under a reply (mission A4).
type Button struct {
	Title  string `json:"title"`
	Action Action `json:"action"`
	Rule   string `json:"rule,omitempty"` // id of the rule that answers, for ActionRule
	SKU    string `json:"sku,omitempty"`  // article, for ActionStock
	URL    string `json:"url,omitempty"`  // for ActionLink
}

// Action is what a button does when it is pressed.
type Action string

// The actions. A link cannot be one of WhatsApp's reply buttons: a reply with a
// link button has that button alone.
const (
	ActionRule     Action = "rule"
	ActionHandOver Action = "hand_over"
	ActionStock    Action = "stock"
	ActionOrder    Action = "order"
	ActionSolved   Action = "solved"
	ActionLink     Action = "link"
)

// Marshal returns the file as indented JSON with a final newline. It is stable:
// what Parse reads from it marshals to the same bytes. It does not check f.
func (f File) Marshal() ([]byte, error) {
	if f.Rules == nil {
		f.Rules = []Rule{} // "rules" is a list, also an empty one
	}
	return encode(f, "  ")
}

// encode writes v the way a person reads it: "<" stays "<".
func encode(v any, indent string) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", indent)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// Merge returns f with the rules of over laid upon it: a rule whose id f has
// takes that one's place, the others follow at the end in their order. The
// time zone, language, hours and holidays of over replace those of f where
// over has any; departments are joined.
func (f File) Merge(over File) File {
	out := f
	out.Version = Version
	if over.Timezone != "" {
		out.Timezone = over.Timezone
	}
	if over.Language != "" {
		out.Language = over.Language
	}
	if len(over.Open) > 0 {
		out.Open = over.Open
	}
	if len(over.Holidays) > 0 {
		out.Holidays = over.Holidays
	}
	out.Departments = slices.Clone(f.Departments)
	for _, name := range over.Departments {
		if !slices.ContainsFunc(out.Departments, func(d string) bool { return fold(d) == fold(name) }) {
			out.Departments = append(out.Departments, name)
		}
	}
	out.Rules = slices.Clone(f.Rules)
	for _, rule := range over.Rules {
		if i := slices.IndexFunc(out.Rules, func(r Rule) bool { return r.ID == rule.ID }); i >= 0 {
			out.Rules[i] = rule
		} else {
			out.Rules = append(out.Rules, rule)
		}
	}
	return out
}
