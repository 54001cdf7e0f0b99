package desk

import "context"

// Shop is what holds for everybody at the desk, whatever computer they sit at.
type Shop interface {
	// Receipts reports whether customers see that what they wrote was read, and that
	// an answer is being written: to Meta the second contains the first. It is so
	// until it is switched off. Needs SeeConversations.
	Receipts(ctx context.Context, who Actor) (bool, error)
	// SetReceipts switches that for all customers, from now on: what was read before
	// stays as it was. Needs EditConnection.
	SetReceipts(ctx context.Context, who Actor, on bool) error
}
