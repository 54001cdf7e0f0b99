package desk

import (
	"context"
	"strings"
	"unicode"

	"shopbell/core/chat"
)

// MaxAgentName is the longest name of a person at the desk, in UTF-16 units; our own
// limit.
const MaxAgentName = 80

// TidyAgentName returns a name without white space around it. Invalid with the Field
// name: empty, over MaxAgentName, or not on one line.
func TidyAgentName(name string) (string, error) {
	name = strings.TrimSpace(name)
	switch {
	case name == "", strings.ContainsFunc(name, unicode.IsControl):
		return "", &Error{Code: Invalid, Field: "name"}
	case chat.Units(name) > MaxAgentName:
		return "", &Error{Code: Invalid, Field: "name", Limit: MaxAgentName}
	}
	return name, nil
}

// Shop is what holds for everybody at the desk, whatever computer they sit at.
type Shop interface {
	// Receipts reports whether customers see that what they wrote was read, and that
	// an answer is being written: to Meta the second contains the first. It is so
	// until it is switched off. Needs SeeConversations.
	Receipts(ctx context.Context, who Actor) (bool, error)
	// SetReceipts switches that for all customers, from now on: what was read before
	// stays as it was. Needs EditConnection.
	SetReceipts(ctx context.Context, who Actor, on bool) error
	// SetOwnName changes how who is called, also in what they did before; it returns the
	// name as it is kept, which later calls have in Actor.Name. Everybody at the desk
	// may. Errors as TidyAgentName says.
	SetOwnName(ctx context.Context, who Actor, name string) (string, error)
}
