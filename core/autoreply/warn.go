package autoreply

import (
	"fmt"
	"slices"
	"strings"
)

// warnings lists what is valid in f and does less than it seems to.
func (f File) warnings() []Warning {
	w := &warner{file: f, pressed: make(map[string]bool)}
	for _, r := range f.Rules {
		for _, v := range r.Replies {
			for _, b := range v.Buttons {
				w.pressed[b.Rule] = true
			}
		}
	}
	if f.Timezone == "" && f.usesHours() {
		w.add("timezone", "is missing: the hours are taken as UTC")
	}
	for _, r := range f.Rules {
		w.checkRule(r)
	}
	return w.found
}

// usesHours reports whether the answer depends on the time of day.
func (f File) usesHours() bool {
	return len(f.Open)+len(f.Holidays) > 0 || slices.ContainsFunc(f.Rules, func(r Rule) bool {
		return r.Trigger == TriggerOffHours || len(r.When) > 0
	})
}

type warner struct {
	file    File
	pressed map[string]bool // ids of rules that a button answers with
	rule    string
	found   []Warning
}

func (w *warner) add(field, format string, args ...any) {
	w.found = append(w.found, Warning{Rule: w.rule, Field: field, Problem: fmt.Sprintf(format, args...)})
}

func (w *warner) checkRule(r Rule) {
	w.rule = r.ID
	if r.Trigger == TriggerKeyword {
		if len(r.Keywords) == 0 && !w.pressed[r.ID] {
			w.add("keywords", "is empty and no button of this file leads here: the rule never answers")
		}
		if r.MinInterval != "" {
			w.add("min_interval", "applies to greetings and off-hours replies only")
		}
	} else {
		if len(r.Keywords) > 0 {
			w.add("keywords", "are compared for the trigger keyword only")
		}
		if r.Department != "" && !w.pressed[r.ID] {
			w.add("department", "is a route for keyword rules and pressed buttons only")
		}
	}
	if d := r.Department; d != "" && !slices.Contains(w.file.Departments, d) {
		w.add("department", "%q is not among the departments of this file", d)
	}
	seen := make(map[string]bool, len(r.Keywords))
	for i, k := range r.Keywords {
		key := strings.Join(wordsOf(k), " ")
		if seen[key] {
			w.add(fmt.Sprintf("keywords[%d]", i), "%q stands twice and counts once", k)
		}
		seen[key] = true
	}
	w.places("order_text", r.OrderText, r.Stock != nil)
	if r.Stock != nil {
		w.places("stock.text", r.Stock.Text, true)
	}
	for i, v := range r.Replies {
		w.places(fmt.Sprintf("replies[%d].text", i), v.Text, r.Stock != nil)
	}
}

// places warns of places in a text that are not filled in. hasArticle: the rule
// names the article of {stock}.
func (w *warner) places(field, text string, hasArticle bool) {
	if strings.Contains(text, placeStock) && !hasArticle {
		w.add(field, "{stock} needs the rule's stock with its article: without it the text is left out")
	}
	for rest := text; ; {
		open := strings.IndexByte(rest, '{')
		if open < 0 {
			return
		}
		rest = rest[open:]
		end := strings.IndexByte(rest, '}')
		if end < 0 {
			return
		}
		switch place := rest[:end+1]; place {
		case placeName, placeShop, placeStock:
		default:
			w.add(field, "%q is not filled in and is sent as it stands", place)
		}
		rest = rest[end+1:]
	}
}
