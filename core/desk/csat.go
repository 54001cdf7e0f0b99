package desk

import (
	"context"
	"strings"

	"shopbell/core/chat"
)

// RatingQuestion is what customers are asked once a conversation is resolved (chat.Rating).
type RatingQuestion struct {
	On bool
	// Text is the question, up to chat.MaxInteractiveBody; the scores stand in a list
	// under it.
	Text string
}

// TidyRatingText returns the text of a RatingQuestion without white space around it.
// Invalid with the Field text where that is over its limit.
func TidyRatingText(text string) (string, error) {
	text = strings.TrimSpace(text)
	if chat.Units(text) > chat.MaxInteractiveBody {
		return "", &Error{Code: Invalid, Field: "text", Limit: chat.MaxInteractiveBody}
	}
	return text, nil
}

// Ratings is what the shop asks its customers (mission R9): once in a conversation,
// chat.AskRatingAfter a person resolved it, or at once where the customer pressed
// "Solved"; only while that is free, and never who asked for silence or is blocked.
//
// An answer is a row of the list, or a digit or stars typed within chat.RatingWithin
// (chat.TypedScore). What is typed counts only while nothing else was said since the
// question, by either side, unless it quotes the question: "2" may answer a person who
// asked how many pairs it shall be. A row that is chosen later replaces what was said
// before; after RatingWithin it changes nothing. No answer opens a conversation, makes
// the customer wait, is answered by a rule or counts among automatic messages.
type Ratings interface {
	// RatingQuestion returns what is asked. It is off until it is switched on; its text
	// is in the language of the rules until the shop gives its own. Needs SeeConversations.
	RatingQuestion(ctx context.Context, who Actor) (RatingQuestion, error)
	// SetRatings switches it on or off, also for who was not asked yet, and leaves the
	// text as it is. Doing so twice is no error. Needs EditConnection.
	SetRatings(ctx context.Context, who Actor, on bool) error
	// SetRatingText changes what is asked, also of who was not asked yet, and leaves it
	// on or off; an empty text brings back the one that there was at first. Needs
	// EditConnection. Errors as TidyRatingText says.
	SetRatingText(ctx context.Context, who Actor, text string) error
}
