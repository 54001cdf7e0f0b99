package cloudapi

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"shopbell/core/chat"
)

// ErrNotSent means that the request certainly never reached the other side:
// dialling, the name or the TLS handshake failed, or not one byte of it was
// written. It wraps the cause. Sending again cannot make a double message.
var ErrNotSent = errors.New("cloudapi: request did not leave")

// ErrNoAnswer means that the request was written, wholly or in part, and no
// usable Graph answer came: its fate is unknown. It wraps the cause. The Cloud
// API has no idempotency key, so sending again may make a double message.
var ErrNoAnswer = errors.New("cloudapi: request left, its fate is unknown")

// GraphError is an error in Meta's words. Code decides; Title and Subcode are
// being withdrawn by Meta.
type GraphError struct {
	Code, Subcode           int
	Title, Message, Details string
}

// Error is Graph's refusal of a request.
type Error struct {
	HTTP int
	GraphError
	Transient  bool          // Graph's own is_transient
	RetryAfter time.Duration // from the Retry-After header, 0 without one, at most maxRetryAfter
	TraceID    string        // fbtrace_id, for Meta's support
}

func (e *Error) Error() string {
	s := fmt.Sprintf("cloudapi: Graph error %d (HTTP %d): %s", e.Code, e.HTTP, e.Message)
	if e.Details != "" {
		s += ": " + e.Details
	}
	if e.TraceID != "" {
		s += " [" + e.TraceID + "]"
	}
	return s
}

// InvalidError says which field of an outgoing message breaks which limit. Such
// a message was not sent, and sending it again is useless.
type InvalidError struct {
	Field   string // "to", "text", "buttons", "buttons[1].title", "opaque", ...
	Limit   int    // in UTF-16 units, or a count for "buttons"; 0 where no number is broken
	Problem string // what is wrong and what would be right
}

func (e *InvalidError) Error() string {
	return "cloudapi: " + e.Field + " " + e.Problem
}

// Class is what an error means for the sender: a chat.RefusalClass of Meta's, or
// that there is no answer of Meta's. Values are stable: they appear in logs and
// figures.
type Class string

const (
	ClassRetry          = Class(chat.RefusalRetry)
	ClassPair           = Class(chat.RefusalPair)
	ClassSlow           = Class(chat.RefusalSlow)
	ClassDay            = Class(chat.RefusalDay)
	ClassTemplateNeeded = Class(chat.RefusalTemplateNeeded)
	ClassRecipient      = Class(chat.RefusalRecipient)
	ClassParameters     = Class(chat.RefusalParameters)
	ClassTemplate       = Class(chat.RefusalTemplate)
	ClassAccount        = Class(chat.RefusalAccount)
	ClassRegistration   = Class(chat.RefusalRegistration)
	ClassToken          = Class(chat.RefusalToken)
	ClassNotSent        = Class("not_sent")  // ErrNotSent
	ClassNoAnswer       = Class("no_answer") // ErrNoAnswer
)

// ClassOf returns what an error of Client.Send or Outgoing.Encode means, "" for
// nil. A Graph code it does not know is retried when Graph calls it transient or
// answers 5xx, and is a wrong request otherwise. An error that is none of this
// package's is ClassNoAnswer: the class that never sends twice.
func ClassOf(err error) Class {
	if err == nil {
		return ""
	}
	if e, ok := errors.AsType[*Error](err); ok {
		if e.Subcode == 463 || e.Subcode == 467 { // expired or withdrawn token
			return ClassToken
		}
		// A proof that is missing or of another app's secret is about the keys, not
		// about the message; Graph tells it from a wrong parameter by its name only.
		if e.Code == 100 && strings.Contains(e.Message, proofParameter) {
			return ClassToken
		}
		if c := chat.RefusalOf(e.Code); c != "" {
			return Class(c)
		}
		if e.Transient || e.HTTP >= 500 {
			return ClassRetry
		}
		return ClassParameters
	}
	if _, ok := errors.AsType[*InvalidError](err); ok {
		return ClassParameters
	}
	if errors.Is(err, ErrNotSent) {
		return ClassNotSent
	}
	return ClassNoAnswer
}
