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
