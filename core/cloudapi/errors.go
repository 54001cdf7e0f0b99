package cloudapi

import (
	"errors"
	"fmt"
	"time"
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

// Class is what an error means for the sender. Values are stable: they appear
// in logs and figures.
type Class string

const (
	ClassRetry          Class = "retry"           // try again, with backoff
	ClassPair           Class = "pair"            // too fast for one recipient: 4^X seconds
	ClassSlow           Class = "slow"            // try again much later
	ClassDay            Class = "day"             // not before 24 h have passed
	ClassTemplateNeeded Class = "template_needed" // the reply window is closed
	ClassRecipient      Class = "recipient"       // this recipient cannot be reached
	ClassParameters     Class = "parameters"      // the request is wrong and stays wrong
	ClassTemplate       Class = "template"        // the template is
	ClassAccount        Class = "account"         // money or policy: stop everything, alarm
	ClassRegistration   Class = "registration"    // the number is not registered
	ClassToken          Class = "token"           // the key is not accepted or not allowed to
	ClassNotSent        Class = "not_sent"        // ErrNotSent
	ClassNoAnswer       Class = "no_answer"       // ErrNoAnswer
)

// classes is cloud-api section 6. 133016 stands there twice; it blocks for a
// while and then passes, so it is slow. 131053 may be a broken link or a wrong
// type; only the second is certain to come back, and both need a person to look.
var classes = map[int]Class{
	1: ClassRetry, 2: ClassRetry, 4: ClassRetry, 80007: ClassRetry, 130429: ClassRetry,
	131000: ClassRetry, 131016: ClassRetry, 131057: ClassRetry, 133004: ClassRetry,

	131056: ClassPair,
	133016: ClassSlow,
	131049: ClassDay,
	131047: ClassTemplateNeeded,

	131021: ClassRecipient, 131026: ClassRecipient, 131030: ClassRecipient, 131050: ClassRecipient,
	131062: ClassRecipient, 130472: ClassRecipient,

	100: ClassParameters, 131008: ClassParameters, 131009: ClassParameters, 131051: ClassParameters,
	131052: ClassParameters, 131053: ClassParameters, 135000: ClassParameters,

	132000: ClassTemplate, 132001: ClassTemplate, 132005: ClassTemplate, 132007: ClassTemplate,
	132012: ClassTemplate, 132015: ClassTemplate, 132016: ClassTemplate, 132068: ClassTemplate,
	132069: ClassTemplate, 131064: ClassTemplate,

	368: ClassAccount, 130497: ClassAccount, 131031: ClassAccount, 131037: ClassAccount,
	131042: ClassAccount, 131045: ClassAccount, 131048: ClassAccount,

	133005: ClassRegistration, 133006: ClassRegistration, 133008: ClassRegistration,
	133009: ClassRegistration, 133010: ClassRegistration, 133015: ClassRegistration,

	0: ClassToken, 3: ClassToken, 10: ClassToken, 190: ClassToken, 131005: ClassToken,
}

// ClassOfCode returns the class of one of Meta's codes, as in an answer or in a
// failed status, and "" for a code it does not know.
func ClassOfCode(code int) Class {
	if code >= 200 && code <= 299 { // Graph's permission errors
		return ClassToken
	}
	return classes[code]
}

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
		if c := ClassOfCode(e.Code); c != "" {
			return c
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
