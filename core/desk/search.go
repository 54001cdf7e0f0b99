package desk

import (
	"context"
	"slices"
	"time"

	"shopbell/core/chat"
	"shopbell/core/find"
)

// Search looks through everything that was ever said here.
type Search interface {
	// Find returns what there is with all words of q.Text, the newest first. What was
	// written, edited or taken back a moment ago is found as it is now. Needs
	// SeeConversations. Invalid with the Field text where it has no word of
	// find.MinLetters or more than MaxSearchWords, limit, after, kinds, authors or states.
	Find(ctx context.Context, who Actor, q SearchQuery) (Found, error)
	// Around returns up to limit messages (1..500, 0 means 60) of the chat in which a
	// message stands, with it in their middle where there are enough on both sides.
	// Reading takes no lock. NotFound, also of a message that is not in the chat of id.
	Around(ctx context.Context, who Actor, id chat.ConversationID, message chat.MessageID, limit int) (ChatStretch, error)
	// After is Inbox.Chat in the other direction: up to limit messages newer than a
	// message of the chat. NotFound.
	After(ctx context.Context, who Actor, id chat.ConversationID, message chat.MessageID, limit int) (ChatStretch, error)
}

// ChatStretch is a ChatPage from the middle of a chat.
type ChatStretch struct {
	ChatPage
	// Newer is the cursor for what came after; zero when there is nothing.
	Newer chat.MessageID
}

// HitKind is what a Hit is.
type HitKind string

const (
	HitPerson  HitKind = "person"
	HitOrder   HitKind = "order"
	HitMessage HitKind = "message"
	HitNote    HitKind = "note"
	HitFile    HitKind = "file" // a message with a file: its name, or what is written under it
)

// HitKinds are all of them, in the order of Found.Sections.
var HitKinds = []HitKind{HitPerson, HitOrder, HitMessage, HitNote, HitFile}

// SearchAuthors are the authors that a search can choose.
var SearchAuthors = []chat.Author{chat.AuthorCustomer, chat.AuthorAgent, chat.AuthorRule}

// SearchStates are the states that a search can choose.
var SearchStates = []chat.State{chat.StateOpen, chat.StateResolved}

// SearchQuery says what to look for. Of a filter with nothing in it all are found.
// Those of when, by whom and in which conversation something was written, and of
// labels, choose among messages, notes and files.
type SearchQuery struct {
	Text        string
	From, To    time.Time // written at From or later, and before To; zero: any time
	Kinds       []HitKind
	Authors     []chat.Author
	Departments []string // "" is a conversation of none
	States      []chat.State
	Labels      []string       // of customers with one of them
	Person      chat.ContactID // in the chats of this one, and no other persons; 0: of everybody
	// After is the Next of a section found with the same query and with Kinds of that
	// section alone; empty: the newest.
	After string
	Limit int // of each section: 1..200; 0 means 50
}

// Check returns why Find takes no such query, nil where it does.
func (q SearchQuery) Check() error {
	words := find.Parse(q.Text).Words()
	switch {
	case len(words) == 0:
		return &Error{Code: Invalid, Field: "text", Limit: find.MinLetters}
	case len(words) > MaxSearchWords:
		return &Error{Code: Invalid, Field: "text", Limit: MaxSearchWords}
	case q.Limit < 0 || q.Limit > MaxSearchPage:
		return &Error{Code: Invalid, Field: "limit", Limit: MaxSearchPage}
	case !among(q.Kinds, HitKinds):
		return &Error{Code: Invalid, Field: "kinds"}
	case !among(q.Authors, SearchAuthors):
		return &Error{Code: Invalid, Field: "authors"}
	case !among(q.States, SearchStates):
		return &Error{Code: Invalid, Field: "states"}
	case q.After != "" && len(q.Kinds) != 1:
		return &Error{Code: Invalid, Field: "after"}
	}
	return nil
}

func among[T comparable](chosen, all []T) bool {
	return !slices.ContainsFunc(chosen, func(v T) bool { return !slices.Contains(all, v) })
}

// Limits of a search. Beyond SearchCounted hits it counts no further.
const (
	MaxSearchPage = 200
	SearchPage    = 50
	SearchCounted = 1000
)

// Found is the result of a search.
type Found struct {
	Sections []Section // of HitKinds that have hits, in that order
	Counts   HitCounts
	// Also are words found that are not as they were typed: other forms, and other
	// letters. The most frequent first, at most MaxAlso.
	Also []string
	// Indexed is how much of all there is can be found, in percent: under 100 only
	// while a file of before there was a search is read for the first time.
	Indexed int
}

// MaxAlso bounds Found.Also.
const MaxAlso = 3

// Section is what was found of one kind.
type Section struct {
	Kind HitKind
	Hits []Hit
	// Next is the After of what follows, empty where nothing does. There may be a Next
	// without Hits: so far it was looked, and what was found there is filtered out.
	Next string
}

// HitCounts tells how many hits each value of a filter has, those of the other
// filters applied.
//
// They come with the first page.
type HitCounts struct {
	// More: the newest SearchCounted were counted, and there are older ones. Every
	// number means "at least".
	More        bool
	Chats       int // persons in whose chats the hits stand
	Kinds       map[HitKind]int
	Authors     map[chat.Author]int
	Departments map[string]int
	States      map[chat.State]int
	Labels      map[string]int // by name; a message counts for each label of its customer
}

// Hit is one thing found.
type Hit struct {
	Kind HitKind
	// Message is 0 of a person and of an order. Conversation is the last one of a person,
	// and the one in which an order was agreed; 0 where there is none.
	Message      chat.MessageID
	Conversation chat.ConversationID
	Contact      chat.Contact
	Department   string
	State        chat.State
	At           time.Time // when it was written or agreed, or the person first wrote

	Author              chat.Author
	AgentName, RuleName string
	MessageKind         chat.Kind
	Voice               bool  // of a file: a voice note
	Size                int64 // of a file in bytes; 0 while unknown
	Paid                bool  // of an order

	// Field is in which field of the thing the words of Snippet stand.
	Field   HitField
	Snippet find.Snippet
}

// HitField names a field of what was found.
type HitField string

const (
	FieldText     HitField = "text" // what was written; of a person a name; of an order its number and its title
	FieldFile     HitField = "file" // the name of a file
	FieldPlace    HitField = "place"
	FieldCard     HitField = "card" // a person whom somebody passed on
	FieldUsername HitField = "username"
	FieldPhone    HitField = "phone"
	FieldLabel    HitField = "label"
)
