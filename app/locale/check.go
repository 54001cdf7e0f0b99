package locale

import (
	"time"

	"shopbell/core/desk"
)

// Check is the sentence of a check of the connection: what was found, and what
// to do where it is not well. A code that this version does not know gets a
// general one: the desk may be newer.
func (w *Words) Check(c desk.Check, now time.Time) string {
	if c.State == desk.CheckUnknown {
		return w.T("check.unknown")
	}
	args := Args{}
	for name, value := range c.Args {
		if value != "" {
			args[name] = value
		}
	}
	if !c.Until.IsZero() {
		args["until"] = w.Deadline(c.Until, now)
	}
	for _, key := range checkKeys(c) {
		if line, ok := w.find(key, args); ok {
			return line
		}
	}
	return w.T("check.other")
}

// checkKeys are the keys of a check's sentence, the closest first: one of the
// field's own, or of the reason where there is one.
func checkKeys(c desk.Check) []string {
	code := string(c.Code)
	if reason := c.Args["reason"]; reason != "" {
		return []string{"check." + code + "." + reason, "check." + code + "_because", "check." + code}
	}
	if c.Code == desk.CheckExpires && c.State == desk.CheckOK {
		return []string{"check.works_until"}
	}
	if c.Code == desk.CheckFound && c.Args["name"] == "" {
		return []string{"check.found_nameless"}
	}
	return []string{"check." + c.Field + "." + code, "check." + code}
}
