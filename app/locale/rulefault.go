package locale

import (
	"regexp"
	"strconv"
	"unicode"
	"unicode/utf8"

	"shopbell/core/autoreply"
)

// RuleFault is why a rules file cannot be saved: the rule, the field, what is wrong
// and the limit. rule is the name of the rule; empty where that need not be said.
func (w *Words) RuleFault(e *autoreply.FileError, rule string) string {
	args := Args{"Limit": e.Limit, "Field": w.ruleField(e.Field), "Rule": rule}
	what := w.faultLine(e, args)
	if e.Field != "" {
		args["What"] = what
		what = w.T("fault.at_field", args)
	}
	if rule == "" || e.Rule == "" {
		first, size := utf8.DecodeRuneInString(what)
		return string(unicode.ToUpper(first)) + what[size:]
	}
	args["What"] = what
	return w.T("fault.at_rule", args)
}

// faultLine is what is wrong, in words of the field's own where there are some.
func (w *Words) faultLine(e *autoreply.FileError, args Args) string {
	code := string(e.Code)
	if own := ownFaults[lastPart.FindString(e.Field)]; own != "" {
		if line, ok := w.find("fault."+code+own, args); ok {
			return line
		}
	}
	if line, ok := w.find("fault."+code, args); ok {
		return line
	}
	return w.T("fault.file", args)
}

// lastPart is the name of a field without what it is in and without its number.
var lastPart = regexp.MustCompile(`[a-z_]+(\[\d+\])?$`)

// ownFaults are the fields of which FaultForm says more: how they are written.
var ownFaults = map[string]string{
	"from": "_time", "to": "_time", "url": "_url", "min_interval": "_interval",
}

// fieldWord is a part of a field's path with its number.
var fieldWord = regexp.MustCompile(`([a-z_]+)(?:\[(\d+)\])?`)

// fieldKeys are the words of the parts of a path; a part that is not here has none
// of its own: the rest says it.
var fieldKeys = map[string]string{
	"version": "fault.field_version", "timezone": "fault.field_timezone", "language": "fault.field_language",
	"open": "fault.field_open", "holidays": "fault.field_holidays", "departments": "fault.field_departments",
	"name": "fault.field_name", "id": "fault.field_id", "trigger": "fault.field_trigger", "match": "fault.field_match",
	"keywords": "fault.field_keywords", "when": "fault.field_when", "days": "fault.field_days", "from": "fault.field_from", "to": "fault.field_to",
	"kind": "fault.field_kind", "department": "fault.field_department", "min_interval": "fault.field_min_interval",
	"stock": "fault.field_stock", "sku": "fault.field_sku", "below": "fault.field_below", "text": "fault.field_text",
	"replies": "fault.field_replies", "picture": "fault.field_picture", "buttons": "fault.field_buttons", "title": "fault.field_title",
	"action": "fault.field_action", "rule": "fault.field_rule", "url": "fault.field_url", "order_text": "fault.field_order_text",
}

// ruleField says a field's path in words: "Reply 1, button 3, title".
func (w *Words) ruleField(path string) string {
	words := ""
	for _, part := range fieldWord.FindAllStringSubmatch(path, -1) {
		key := fieldKeys[part[1]]
		if key == "" {
			continue
		}
		args := Args{"N": ""}
		if n, err := strconv.Atoi(part[2]); err == nil {
			args["N"] = strconv.Itoa(n + 1)
		}
		if words != "" {
			words += ", "
		}
		words += w.T(key, args)
	}
	return words
}
