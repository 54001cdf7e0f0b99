package chat

import (
	"slices"
	"time"
)

// RepeatWithin is how long after resolving a new conversation about the same kind of
// question counts as a repeat contact (mission R7).
const RepeatWithin = 7 * 24 * time.Hour

// Matter is what of a conversation tells whether it repeats another.
type Matter struct {
	Question   string // Conversation.Question
	Department string
	StartedAt  time.Time
	ResolvedAt time.Time // zero while it is open
}

// kind is the kind of question: the rule that matched first, else the department
// (kpi.md, "Repeat contact"). Conversations have no labels of their own.
func (m Matter) kind() string {
	if m.Question != "" {
		return m.Question
	}
	return m.Department
}

// Repeat tells that a customer comes about the same kind of question again.
type Repeat struct {
	Kind  string      // of question
	Times []time.Time // when each of these conversations began, oldest first; the newest is the last
}

// RepeatOf returns what the newest of a person's conversations repeats: each of the
// others counts that was resolved within RepeatWithin before the newest began. It is
// false where there is none. The order of matters is of no account.
func RepeatOf(matters []Matter) (r Repeat, repeats bool) {
	if len(matters) == 0 {
		return r, false
	}
	newest := matters[0]
	for _, m := range matters {
		if m.StartedAt.After(newest.StartedAt) {
			newest = m
		}
	}
	if r.Kind = newest.kind(); r.Kind == "" {
		return Repeat{}, false
	}
	for _, m := range matters {
		ago := newest.StartedAt.Sub(m.ResolvedAt)
		if m != newest && m.kind() == r.Kind && !m.ResolvedAt.IsZero() && ago >= 0 && ago <= RepeatWithin {
			r.Times = append(r.Times, m.StartedAt)
		}
	}
	if len(r.Times) == 0 {
		return Repeat{}, false
	}
	slices.SortFunc(r.Times, time.Time.Compare)
	r.Times = append(r.Times, newest.StartedAt)
	return r, true
}
