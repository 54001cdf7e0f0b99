package locale

import (
	"errors"

	"shopbell/core/chat"
	"shopbell/core/desk"
)

// Explanation is an error in words: what happened, and what to do.
type Explanation struct {
	What string
	Next string
}

// String is both in one line, for toasts and banners.
func (e Explanation) String() string {
	if e.Next == "" {
		return e.What
	}
	return e.What + " " + e.Next
}

// Explain turns an error of a desk call into words by its desk.Code. The cause
// inside is for the log and never shown.
func (w *Words) Explain(err error) Explanation {
	if e, ok := errors.AsType[*desk.Error](err); ok && e.Code == desk.Invalid && e.Field == "text" {
		if e.Limit > 0 {
			return Explanation{What: w.N("error.invalid_limit", e.Limit)}
		}
		return Explanation{What: w.T("error.invalid_empty")}
	}
	code := desk.CodeOf(err)
	what := w.T("error." + string(code))
	if what == "error."+string(code) { // a code of a newer desk on the network
		code = desk.Internal
		what = w.T("error." + string(code))
	}
	return Explanation{What: what, Next: w.T("error." + string(code) + ".next")}
}

// graphReasons sorts Meta's error codes into the reasons a person can do
// something about (Cloud API, error codes; classes as in the outbox).
var graphReasons = map[int]string{
	1: "busy", 2: "busy", 131000: "busy", 131016: "busy", 131057: "busy", 133004: "busy",
	4: "limit", 80007: "limit", 130429: "limit", 131048: "limit", 131056: "limit",
	131049: "later",
	131047: "window",
	131026: "unreachable", 130472: "unreachable", 131021: "unreachable", 131062: "unreachable",
	131050: "opted_out",
	131030: "not_allowed",
	100:    "rejected", 131008: "rejected", 131009: "rejected", 131051: "rejected", 131053: "rejected", 135000: "rejected",
	131042: "payment",
	131031: "account", 368: "account", 130497: "account", 131037: "account",
	131045: "number", 133010: "number",
	3: "key", 10: "key", 190: "key", 131005: "key",
}

// ExplainGraph says in a few words why WhatsApp refused a message, without a
// code; the code stands under "More". Zero and unknown codes get a general one.
func (w *Words) ExplainGraph(code int) string {
	reason, ok := graphReasons[code]
	if !ok {
		reason = "unknown"
		if code >= 200 && code <= 299 { // permissions
			reason = "key"
		}
	}
	return w.T("graph." + reason)
}

// AccountRefused reports whether Meta's code concerns the account and not the
// key, for the banner of desk.ConnectionRefused.
func AccountRefused(code int) bool {
	switch graphReasons[code] {
	case "account", "payment", "number", "limit":
		return true
	}
	return false
}

// SystemLine is the sentence of a message of chat.KindSystem. A code that this
// version does not know gets a line that says so: the desk may be newer.
func (w *Words) SystemLine(m chat.Message) string {
	args := Args{}
	for k, v := range m.Data {
		args[k] = v
	}
	key := "system." + m.Text
	line := w.T(key, args)
	if line == key {
		return w.T("system.other")
	}
	return line
}
