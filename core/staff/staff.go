// Package staff holds the people of the desk: agents, their roles, and what
// each role may do. It decides and never acts; core/host asks it, in one place.
package staff

import "time"

// AgentID is a row id of the shop's file. Zero means nobody.
type AgentID int64

// Role is one of the four of mission T1.
type Role string

const (
	Administrator Role = "administrator"
	Editor        Role = "editor"
	Operator      Role = "operator"
	Analyst       Role = "analyst"
)

// Agent is a person who works at the desk.
type Agent struct {
	ID   AgentID
	Name string
	Role Role
}

// Permission names a line of the table under mission T1.
type Permission string

const (
	SeeConversations Permission = "see_conversations"
	Answer           Permission = "answer" // take, answer, note, label, resolve, mark paid
	EditRules        Permission = "edit_rules"
	SeeRules         Permission = "see_rules"
	SeeConnection    Permission = "see_connection"
	EditConnection   Permission = "edit_connection"
	SeeStock         Permission = "see_stock"
	EditStock        Permission = "edit_stock"
	MergeCustomers   Permission = "merge_customers" // and undo it
	ExportCustomers  Permission = "export_customers"
	EditQuickReplies Permission = "edit_quick_replies"
	NameOneself      Permission = "name_oneself" // of no line: how one is called is one's own
)

// may is the table under mission T1, cut to the lines that exist so far. It goes
// by the role alone: the table's "own" and "takeable" of an Operator are not
// enforced anywhere yet, so that an Operator may see and answer every
// conversation. The whole table comes with several agents at one shop.
var may = map[Permission]map[Role]bool{
	SeeConversations: {Administrator: true, Editor: true, Operator: true},
	Answer:           {Administrator: true, Editor: true, Operator: true},
	EditRules:        {Administrator: true, Editor: true},
	SeeRules:         {Administrator: true, Editor: true, Operator: true},
	SeeConnection:    {Administrator: true, Editor: true, Operator: true},
	EditConnection:   {Administrator: true},
	SeeStock:         {Administrator: true, Editor: true, Operator: true},
	EditStock:        {Administrator: true, Editor: true},
	MergeCustomers:   {Administrator: true, Editor: true},
	ExportCustomers:  {Administrator: true},
	EditQuickReplies: {Administrator: true, Editor: true},
	NameOneself:      {Administrator: true, Editor: true, Operator: true, Analyst: true},
}

// May reports whether the role has the permission. An unknown role or
// permission has none.
func (r Role) May(p Permission) bool { return may[p][r] }

// AuditEntry says who did what and when. It holds ids, never names or texts
// (mission T2).
type AuditEntry struct {
	At      time.Time
	Agent   AgentID // 0: the desk itself
	Action  string  // "conversation.send", "rules.import"
	Subject string  // "conversation:12"
	Allowed bool
}
