package locale

import (
	"strings"
	"time"

	"shopbell/core/autoreply"
)

// Span is a stretch of a sentence. What is bold is a name, or somebody's own words.
type Span struct {
	Text string
	Bold bool
}

// Reason is one step of an automatic reply's decision in words, as a label has
// them: without a capital and a full stop. ruleName gives the name of another rule
// that the step is about. A code that this version does not know gets a line that
// says so: the desk may be newer.
func (w *Words) Reason(r autoreply.Reason, ruleName func(id string) string) []Span {
	args := Args{}
	for name, value := range r.Data {
		args[name] = value
		if quoted[name] {
			args[name] = bold(value)
		}
	}
	if by := r.Data["by"]; by != "" {
		args["by"] = bold(ruleName(by))
	}
	if age, err := time.ParseDuration(r.Data["age"]); err == nil {
		args["age"] = w.Wait(age)
	}
	for _, key := range reasonKeys(r) {
		if line, ok := w.find(key, args); ok {
			return spansOf(line)
		}
	}
	return []Span{{Text: w.T("reason.other")}}
}

// reasonKeys are the keys of a reason's sentence, the closest first.
func reasonKeys(r autoreply.Reason) []string {
	key := "reason." + string(r.Code)
	variant := r.Data["variant"]
	switch {
	case r.Code == autoreply.ReasonStopped:
		return []string{"reason." + r.Data["code"], key}
	case r.Code == autoreply.ReasonKeyword:
		return []string{key + "." + r.Data["how"], key}
	case r.Code == autoreply.ReasonAnswers:
		return []string{key + "." + r.Data["text"], key}
	case r.Data["action"] != "":
		return []string{key + "." + r.Data["action"], key}
	case r.Code == autoreply.ReasonNoStock && r.Data["sku"] == "":
		return []string{key + ".no_article"}
	case r.Code == autoreply.ReasonNoFit && variant == "0":
		return []string{key + ".text"}
	case r.Code == autoreply.ReasonLevel && r.Data["level"] == "":
		return []string{key + ".unknown"}
	}
	return []string{key}
}

// quoted are the data of a reason that are set apart in its sentence.
var quoted = map[string]bool{"keyword": true, "words": true, "department": true, "sku": true, "picture": true}

// What is bold stands between two characters that no text of people holds: they are
// of the area that Unicode leaves to programs.
const boldFrom, boldTo = "\uE000", "\uE001"

func bold(text string) string {
	return boldFrom + strings.NewReplacer(boldFrom, "", boldTo, "").Replace(text) + boldTo
}

func spansOf(line string) []Span {
	var spans []Span
	add := func(text string, isBold bool) {
		if text != "" {
			spans = append(spans, Span{Text: text, Bold: isBold})
		}
	}
	for line != "" {
		plain, rest, _ := strings.Cut(line, boldFrom)
		add(plain, false)
		var name string
		name, line, _ = strings.Cut(rest, boldTo)
		add(name, true)
	}
	return spans
}
