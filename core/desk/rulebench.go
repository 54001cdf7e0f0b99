package desk

import (
	"time"

	"shopbell/core/chat"
	"shopbell/core/rulebench"
)

// BenchDays are the periods that a bench of rules knows.
var BenchDays = []int{7, 30, 90}

// RuleBench is what rules would have said to the questions of a period.
type RuleBench struct {
	rulebench.Report
	From, To time.Time // From included, To not
	Took     time.Duration
}

// FirstQuestion is what a conversation began with.
type FirstQuestion struct {
	Conversation chat.ConversationID
	Contact      chat.Contact
	At           time.Time
	Kind         chat.Kind
	Text         string // empty of a voice note and the like
}
