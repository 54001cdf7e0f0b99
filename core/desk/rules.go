package desk

import (
	"context"
	"io"
	"time"

	"shopbell/core/autoreply"
	"shopbell/core/chat"
	"shopbell/core/staff"
)

// RulesState is a rules file of the shop.
type RulesState struct {
	RulesRevision
	File     autoreply.File // of a shop without rules: one without any
	Warnings []autoreply.Warning
	// Pictures are the shop's pictures that the rules name, by name; one whose file is
	// gone is missing. Files.Open has their content.
	Pictures map[string]chat.Media
}

// RulesRevision says who changed the rules and when. Number counts up with each
// change; 0, with the rest zero, is a shop that has no rules yet.
type RulesRevision struct {
	Number int64
	By     staff.AgentID // 0: the command line, or the first start
	ByName string
	At     time.Time
}

// AloneShare is how much of a shop's work the rules do (kpi.md, "Answered
// automatically"): Alone of Resolved conversations had no message by a person.
type AloneShare struct{ Resolved, Alone int }

// Rules is what a person does with the automatic replies. A rules file that breaks
// the format or a limit is Invalid, with Field and Limit of an *autoreply.FileError
// that is in the error's chain and names the rule. Nothing of such a file is kept.
type Rules interface {
	// Rules returns what is in force. Needs SeeRules. Conflict where a newer Shopbell
	// has stored rules that this one cannot read.
	Rules(ctx context.Context, who Actor) (RulesState, error)
	// SaveRules puts a whole file in force and returns it as it stands then. revision
	// is the Number of the one it was made from: Conflict where that is in force no
	// more, because somebody else saved. Invalid also where a reply names a picture
	// that the shop does not have. Needs EditRules. To undo, save what RulesAt returns.
	SaveRules(ctx context.Context, who Actor, file autoreply.File, revision int64) (RulesState, error)
	// RulesHistory lists the last 50 revisions, the one in force first; RulesAt returns
	// one of them, NotFound for any other. Need SeeRules.
	RulesHistory(ctx context.Context, who Actor) ([]RulesRevision, error)
	RulesAt(ctx context.Context, who Actor, number int64) (RulesState, error)
	// TryRules tells what would answer a message and why, and changes nothing. Without
	// a file it asks the rules in force. Trial.At zero is now; Trial.Shop empty is the
	// shop's own name; of articles that Trial.Stock does not name the shop's own levels
	// count. Needs SeeRules. Invalid for a file as above, and for a Trial with the
	// Field message, button or before.
	TryRules(ctx context.Context, who Actor, file *autoreply.File, t autoreply.Trial) (autoreply.Explanation, error)
	// BenchRules asks a rules file the first questions of the chats of the last days,
	// which is one of BenchDays, and changes nothing. Without a file it asks the rules
	// in force; of articles the levels of now count. It takes about a second for each
	// 20,000 chats, and ends early with ctx. What it returns of customers' texts is
	// single words. Needs SeeRules. Invalid for a file as above, and with Field days.
	BenchRules(ctx context.Context, who Actor, file *autoreply.File, days int) (RuleBench, error)
	// FirstQuestions returns what conversations began with, in the order of ids, of which
	// there may be rulebench.MaxChats: more are Invalid with the Field ids. One that is
	// no more, or has no message of the customer's, is left out. Needs SeeConversations.
	FirstQuestions(ctx context.Context, who Actor, ids []chat.ConversationID) ([]FirstQuestion, error)
	// RuleHits returns how many messages of each rule left since a moment, by the id
	// of the rule; a rule with none is not in it. Needs SeeRules.
	RuleHits(ctx context.Context, who Actor, since time.Time) (map[string]int, error)
	// AnsweredAlone returns how many conversations were resolved since a moment, and how
	// many of them with no person. Needs SeeRules.
	AnsweredAlone(ctx context.Context, who Actor, since time.Time) (AloneShare, error)
	// ExportRules returns the file in force as it travels. Its pictures travel beside
	// it. Needs SeeRules.
	ExportRules(ctx context.Context, who Actor) ([]byte, error)
	// ReadRules reads a rules file and keeps nothing: a person looks at what it returns
	// and saves that. With merge the rules are laid upon those in force. Its revision
	// is the one in force. Needs EditRules. Invalid as above, a missing picture aside.
	ReadRules(ctx context.Context, who Actor, data []byte, merge bool) (RulesState, error)
	// AddPicture takes a picture for replies, scaled as by Files.Attach, and returns
	// the name that rules use for it: the one given, or one like it where that is
	// another picture's. The same picture twice is one. Needs EditRules. A *FileError
	// says what is wrong with the content; Invalid with the Field name.
	AddPicture(ctx context.Context, who Actor, name string, content io.Reader) (string, error)
}
