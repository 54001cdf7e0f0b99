package locale

import (
	"strconv"
	"strings"

	"shopbell/core/chat"
)

// Refusal is why WhatsApp refused a message, in words.
type Refusal struct {
	What string // what happened
	Do   string // what to do about it
	// Retry: the same message can go through once Do is done.
	Retry bool
	Class chat.RefusalClass // "" where Meta gave no code, or one that is not known
	// More is Meta's code and own words, for "More". Empty where there are none.
	More string
}

// String is what happened and what to do in one line.
func (r Refusal) String() string { return r.What + " " + r.Do }

// Refusal says why WhatsApp refused a message: code and text are ErrorCode and
// ErrorText of a chat.Message. What and Do hold no code and are never empty; a
// code that is not known, and 0, which is none, get general words.
func (w *Words) Refusal(code int, text string) Refusal {
	r := Refusal{More: more(code, text)}
	if code != 0 {
		r.Class = chat.RefusalOf(code)
	}
	reason := reasonOf(code, r.Class)
	r.What = w.T("graph." + reason)
	r.Do = w.T("graph."+reason+".next", Args{"Connection": w.T("rail.connection")})
	r.Retry = !lasting[r.Class] || reason == "not_allowed"
	return r
}

// reasonOf names the words for a code.
func reasonOf(code int, class chat.RefusalClass) string {
	if reason, own := codeReasons[code]; own {
		return reason
	}
	if code >= 200 && code <= 299 {
		return "permission"
	}
	return classReasons[class]
}

// more puts the code before Meta's words unless they name it themselves.
func more(code int, text string) string {
	text = strings.TrimSpace(text)
	number := strconv.Itoa(code)
	switch {
	case code == 0 || strings.Contains(text, number):
		return text
	case text == "":
		return number
	}
	return number + ": " + text
}

// lasting are the classes in which the same message is refused every time.
var lasting = map[chat.RefusalClass]bool{
	chat.RefusalDay:            true, // in a day its window is closed
	chat.RefusalTemplateNeeded: true,
	chat.RefusalRecipient:      true,
	chat.RefusalParameters:     true,
	chat.RefusalTemplate:       true,
}

// classReasons are the words of a class, for those of its codes about which there
// is nothing else to say.
var classReasons = map[chat.RefusalClass]string{
	chat.RefusalRetry:          "busy",
	chat.RefusalPair:           "pace",
	chat.RefusalSlow:           "held",
	chat.RefusalDay:            "later",
	chat.RefusalTemplateNeeded: "window",
	chat.RefusalRecipient:      "unreachable",
	chat.RefusalParameters:     "rejected",
	chat.RefusalTemplate:       "template",
	chat.RefusalAccount:        "account",
	chat.RefusalRegistration:   "number",
	chat.RefusalToken:          "key",
	"":                         "unknown",
}

// codeReasons are the codes with words of their own: what happened or what to do
// is another thing than for the rest of the class.
var codeReasons = map[int]string{
	4: "calls", 80007: "calls",
	130429: "rate",
	131057: "maintenance",

	131021: "own_number",
	131030: "not_allowed",
	131050: "opted_out",
	131062: "phone_needed",
	130472: "experiment",

	131051: "kind",
	131052: "too_large",
	131053: "media",

	132000: "template_blanks", 132012: "template_blanks",
	132001: "template_missing",
	132005: "template_long",
	132007: "template_policy",
	132015: "template_paused",
	132016: "template_disabled",
	132068: "template_form", 132069: "template_form",

	368:    "policy",
	130497: "country",
	131037: "name",
	131042: "payment",
	131045: "number",
	131048: "spam",

	133005: "pin",
	133006: "verify",
	133008: "pins", 133009: "pins",
	133015: "number_wait",

	3: "permission", 10: "permission", 131005: "permission",
}

// ExplainGraph is what happened as a label has it: without what to do, and with no
// full stop.
func (w *Words) ExplainGraph(code int) string {
	return strings.TrimSuffix(w.Refusal(code, "").What, ".")
}

// AccountRefused reports whether Meta's code concerns the account and not the
// key, for the banner of desk.ConnectionRefused.
func AccountRefused(code int) bool {
	class := chat.RefusalOf(code)
	return class == chat.RefusalAccount || class == chat.RefusalRegistration
}
