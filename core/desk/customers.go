package desk

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/currency"

	"shopbell/core/chat"
	"shopbell/core/staff"
)

// CustomerSort is an order of customers. Equals stand in the order of their ids.
type CustomerSort string

const (
	SortLastContact CustomerSort = "last"   // the last message of either side, newest first
	SortName        CustomerSort = "name"   // from A on; those without a name last
	SortOrders      CustomerSort = "orders" // most first
	SortSpent       CustomerSort = "spent"  // most first
	SortAdded       CustomerSort = "added"  // who was added first; nobody ever moves in it
)

// CustomerQuery asks for one page of customers. What is left zero does not limit.
type CustomerQuery struct {
	// Search is for the beginnings of words: of a name, a user name, a label or an
	// order's number. Of 3 digits or more it is for a run of them within a phone, too.
	// All words must be found. At most MaxSearchWords words.
	Search      string
	Labels      []string // the customer has all of them
	Department  string   // the customer has a conversation in it
	Language    string   // as in chat.Profile
	WroteWithin time.Duration
	// SpentAtLeast is in minor units of the shop's currency (CustomerPage.Currency).
	SpentAtLeast int64
	NoOrder      bool
	Sort         CustomerSort // "" is SortLastContact
	Reverse      bool         // from the other end
	// After is the Next of the page before, which was asked for with the same query;
	// "" is the first page.
	After string
	Limit int // 1..200; 0 means 50
}

// CustomerRow is a customer in the list.
type CustomerRow struct {
	Contact  chat.Contact
	Language string   // as in chat.Profile
	Labels   []string // by name
	LastAt   time.Time
	Orders   int
	Spent    int64 // paid orders, in minor units of the shop's currency; others are in Customer.Spent
}

// CustomerPage is one page of customers. Blocked customers are among them.
type CustomerPage struct {
	Rows []CustomerRow
	Next string // "" on the last page
	// Total is how many customers there are, and Shown how many the query finds; both
	// come with the first page and are 0 with the others.
	Total, Shown int
	Currency     string // ISO 4217, of CustomerRow.Spent; "" while no order was ever added
}

// OrderID is a row id of the shop's file.
type OrderID int64

// Order is what a customer ordered, as the shop's people or other programs noted it.
type Order struct {
	ID           OrderID
	Conversation chat.ConversationID // in which it was agreed; 0: in none
	Number       string              // the shop's own; may be empty
	Title        string
	Money
	At     time.Time
	By     staff.AgentID // 0: another program
	ByName string
	PaidAt time.Time // zero: not paid
	PaidBy staff.AgentID
}

// Money is an amount in minor units, cents say.
type Money struct {
	Minor    int64
	Currency string // ISO 4217
}

// OrderDraft is an order to be added. Invalid with the Field number, title, amount or
// currency.
type OrderDraft struct {
	Conversation chat.ConversationID // 0: none
	Number       string              // at most MaxOrderNumber characters; may be empty
	Title        string              // at most MaxOrderTitle characters
	Money                            // 0 or more; the currency has three capitals
	Paid         bool
}

// Limits of an OrderDraft, in characters; the shop's own.
const (
	MaxOrderNumber = 40
	MaxOrderTitle  = 200
)

// Tidy returns o without white space around its words. Invalid as OrderDraft says.
func (o OrderDraft) Tidy() (OrderDraft, error) {
	o.Number, o.Title = strings.TrimSpace(o.Number), strings.TrimSpace(o.Title)
	for _, f := range []struct {
		field, value string
		limit        int
	}{{"number", o.Number, MaxOrderNumber}, {"title", o.Title, MaxOrderTitle}} {
		if utf8.RuneCountInString(f.value) > f.limit || !utf8.ValidString(f.value) {
			return o, &Error{Code: Invalid, Field: f.field, Limit: f.limit}
		}
	}
	if o.Minor < 0 {
		return o, &Error{Code: Invalid, Field: "amount", Err: errors.New("an order costs nothing or more")}
	}
	if _, err := currency.ParseISO(o.Currency); err != nil || o.Currency != strings.ToUpper(o.Currency) {
		return o, &Error{Code: Invalid, Field: "currency", Err: fmt.Errorf("%q is no currency of ISO 4217, as EUR", o.Currency)}
	}
	return o, nil
}

// Customer is all that one look at a customer needs.
type Customer struct {
	Contact chat.Contact
	chat.Profile
	Chats  []CustomerChat // where they can be written to: one for each of their WhatsApps
	Labels []string       // by name

	Conversations, Orders, Notes int
	Ratings, Scores              int       // how many conversations they rated, and the sum of the scores
	Spent                        []Money   // of paid orders, by currency; the shop's own first
	LastAt                       time.Time // the last message of either side
	OptedOutAt, BlockedAt        time.Time // zero: they are not

	// MonthSent is how many messages of ours left to them since the first day of this
	// month (UTC), MonthBillable how many of those Meta reported as billable.
	MonthSent, MonthBillable int
	Repeat                   *chat.Repeat  // nil: the last conversation repeats none
	Merges                   []MergeRecord // that can be undone, newest first

	ChangedAt     time.Time // of what people enter here; zero: never
	ChangedBy     staff.AgentID
	ChangedByName string
}

// CustomerChat is one WhatsApp of a customer: who was merged has several. Each is a
// chat of its own in WhatsApp, and is answered there.
type CustomerChat struct {
	Identity chat.ContactID
	Phone    string // digits; empty when hidden
	Username string // without the "@"
	// ProfileName is what they call themselves there.
	ProfileName string
}

// CustomerChats is one page of a customer's conversations.
type CustomerChats struct {
	Rows []chat.Conversation // newest first
	Next chat.ConversationID // before which the next page begins; 0 on the last
}

// OrderPage is one page of a customer's orders.
type OrderPage struct {
	Orders []Order // newest first
	Next   OrderID // before which the next page begins; 0 on the last
}

// Label is one that a customer has or had.
type Label struct {
	Name      string
	Customers int // who have it
}

// Duplicate are two customers who may be one person. A has the longer history.
type Duplicate struct {
	A, B    CustomerRow
	Reasons []chat.SameReason // what tells most first
	Digits  int               // by how many chat.NearPhone differs: 1 or 2
}

// MaxDuplicates bounds what Duplicates returns at once.
const MaxDuplicates = 50

// MergeID is a row id of the shop's file.
type MergeID int64

// UndoMergeWithin is how long a merge can be undone (design guide, "Customers").
const UndoMergeWithin = 30 * 24 * time.Hour

// MergeChoice says who of two becomes the other, and what stays of both. Lists are
// joined; of opting out and blocking the stricter wins.
type MergeChoice struct {
	Stays, Goes chat.ContactID
	Take        []chat.ProfileField // fields of Goes that replace those of Stays, empty ones included
}

// MergeRecord is a merge that was made.
type MergeRecord struct {
	ID     MergeID
	Goes   chat.ContactID
	Name   string // of who went
	At     time.Time
	By     staff.AgentID
	ByName string
	Until  time.Time // it can be undone before then
}

// Customers is what a person does with the people behind the chats. A customer who
// was merged is found by the old id too. Reading needs SeeConversations, and changing
// Answer, where a method does not say otherwise; NotFound for a customer who is not there.
type Customers interface {
	// Customers returns a page. Invalid with the Field search, cursor, limit or sort.
	Customers(ctx context.Context, who Actor, q CustomerQuery) (CustomerPage, error)
	// Customer returns one.
	Customer(ctx context.Context, who Actor, id chat.ContactID) (Customer, error)
	// CustomerChats returns up to limit (1..200, 0 means 20) conversations that are
	// older than before, 0 for the newest, on all channels and in all chats.
	CustomerChats(ctx context.Context, who Actor, id chat.ContactID, before chat.ConversationID, limit int) (CustomerChats, error)
	// CustomerOrders returns up to limit (1..200, 0 means 20) orders that were added
	// before before, 0 for the newest.
	CustomerOrders(ctx context.Context, who Actor, id chat.ContactID, before OrderID, limit int) (OrderPage, error)
	// Labels lists all labels that a customer has, by name.
	Labels(ctx context.Context, who Actor) ([]Label, error)

	// NewCustomer adds somebody by their phone, written with the country's code as
	// people write it. Invalid with the Field phone, or one of the profile's. Conflict
	// where the number is a customer's: the id is theirs.
	NewCustomer(ctx context.Context, who Actor, phone string, p chat.Profile) (chat.ContactID, error)
	// SaveProfile replaces what the shop knows. Invalid with a chat.ProfileField as
	// the Field, and its Limit.
	SaveProfile(ctx context.Context, who Actor, id chat.ContactID, p chat.Profile) error
	// ChangeLabels adds labels and takes others off; a label is made by its first use.
	// made is what it changed, which made.Reverse takes back. Invalid with the Field
	// label.
	ChangeLabels(ctx context.Context, who Actor, id chat.ContactID, c LabelChange) (made LabelChange, err error)
	// SetOptedOut notes that the customer wants no automatic messages, or wants them again.
	SetOptedOut(ctx context.Context, who Actor, id chat.ContactID, out bool) error
	// SetBlocked ends or begins that what the customer writes is seen as new: of who is
	// blocked messages are stored, and nothing answers, counts or waits. Meta is not
	// told: they can write on.
	SetBlocked(ctx context.Context, who Actor, id chat.ContactID, blocked bool) error

	// AddOrder adds an order; the first one ever decides the shop's currency. Invalid
	// as OrderDraft says. NotFound also where the conversation is not the customer's.
	AddOrder(ctx context.Context, who Actor, id chat.ContactID, o OrderDraft) (OrderID, error)
	// SetPaid marks an order as paid, or takes that back. Doing so twice is no error:
	// the first mark stays. NotFound.
	SetPaid(ctx context.Context, who Actor, id OrderID, paid bool) error

	// Duplicates returns up to MaxDuplicates pairs that may be one person, the likeliest
	// first, without those that NotSame was said of. It reads all customers, some 100,000
	// in a second. Needs MergeCustomers, and so do the following.
	Duplicates(ctx context.Context, who Actor) ([]Duplicate, error)
	// NotSame remembers that two customers are two. Saying so twice is no error.
	NotSame(ctx context.Context, who Actor, a, b chat.ContactID) error
	// Merge makes one customer of two. Their chats stay apart, as they are in WhatsApp:
	// each is answered where it was written, with its own reply window. Automatic
	// messages are counted of both together from then on. Invalid with the Field goes
	// (both are one) or take. Conflict where one of them was merged meanwhile.
	Merge(ctx context.Context, who Actor, m MergeChoice) (MergeID, error)
	// UndoMerge makes two customers of one again, whatever was merged before or since.
	// Who went takes along what came with them, and what was said in their chats since.
	// Of the fields that the merge replaced those come back that nobody changed since;
	// what was added to the one customer stays with who stayed. Who opted out or was
	// blocked while they were one stays so on both sides. Conflict once UndoMergeWithin
	// is over, or where it was undone. NotFound.
	UndoMerge(ctx context.Context, who Actor, id MergeID) error
}
