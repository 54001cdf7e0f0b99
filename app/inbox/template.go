package inbox

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"shopbell/app/kit"
	"shopbell/app/look"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

// filling is a template with what a person typed for its variables.
type filling struct {
	chat.Template
	blanks []blank
}

// blank is one variable of a template.
type blank struct {
	part  string // "header", "body" or "button"
	place int    // of a button
	name  string // as it stands between the braces
	value string
}

// same reports whether both are the same variable of a template.
func (b blank) same(o blank) bool { return b.part == o.part && b.place == o.place && b.name == o.name }

// variable matches {{1}} and {{name}}, as Meta writes them.
var variable = regexp.MustCompile(`\{\{\s*([A-Za-z0-9_]+)\s*\}\}`)

// blanksOf are the variables of a template, each once, in the order of reading.
func blanksOf(t chat.Template) []blank {
	var all []blank
	add := func(part string, place int, text string) {
		for _, m := range variable.FindAllStringSubmatch(text, -1) {
			b := blank{part: part, place: place, name: m[1]}
			if !slices.ContainsFunc(all, b.same) {
				all = append(all, b)
			}
		}
	}
	if t.Header.Format == "text" {
		add("header", 0, t.Header.Text)
	}
	add("body", 0, t.Body)
	for i, b := range t.Buttons {
		if b.Type == "url" {
			add("button", i, b.URL)
		}
	}
	return all
}

// fill replaces the variables of a part; those without a value stay as they are.
func (f filling) fill(part string, text string) string {
	return variable.ReplaceAllStringFunc(text, func(found string) string {
		name := variable.FindStringSubmatch(found)[1]
		for _, b := range f.blanks {
			if b.part == part && b.name == name && b.value != "" {
				return b.value
			}
		}
		return found
	})
}

// complete reports whether every variable has a value: Meta refuses empty ones.
func (f filling) complete() bool {
	return !slices.ContainsFunc(f.blanks, func(b blank) bool { return strings.TrimSpace(b.value) == "" })
}

// ref is what the desk is told to send.
func (f filling) ref() *desk.TemplateRef {
	r := &desk.TemplateRef{Name: f.Name, Language: f.Language}
	for _, b := range f.blanks {
		switch {
		case b.part == "header":
			r.Header = b.value
		case b.part == "button":
			if r.URLSuffix == nil {
				r.URLSuffix = map[int]string{}
			}
			r.URLSuffix[b.place] = b.value
		case f.Named:
			if r.Variables == nil {
				r.Variables = map[string]string{}
			}
			r.Variables[b.name] = b.value
		}
	}
	for _, b := range f.numbered() {
		r.Body = append(r.Body, b.value)
	}
	return r
}

// numbered are the variables of a body that have numbers, by them: a text may name
// the second before the first.
func (f filling) numbered() []blank {
	if f.Named {
		return nil
	}
	body := slices.DeleteFunc(slices.Clone(f.blanks), func(b blank) bool { return b.part != "body" })
	number := func(b blank) int {
		n, _ := strconv.Atoi(b.name) // 0 for a name, which Meta allows in no such template
		return n
	}
	slices.SortStableFunc(body, func(a, b blank) int { return number(a) - number(b) })
	return body
}

// barredTemplate says why a template cannot be sent, "" where it can.
func (d Deps) barredTemplate(t chat.Template) string {
	switch {
	case t.Status != "APPROVED":
		return d.Words.T("template.not_approved")
	case t.Header.Format != "" && t.Header.Format != "text" && headerFile(t) == "":
		return d.Words.T("template.needs_more")
	}
	return ""
}

// headerFile is the kind of the file that stands over a template; empty: none does.
func headerFile(t chat.Template) chat.Kind {
	switch k := chat.Kind(t.Header.Format); k {
	case chat.KindImage, chat.KindVideo, chat.KindDocument:
		return k
	}
	return ""
}

// preview is the message as the customer will see it.
func (f filling) preview(d Deps) kit.Message {
	var parts []string
	if f.Header.Format == "text" {
		parts = append(parts, f.fill("header", f.Header.Text))
	}
	parts = append(parts, f.fill("body", f.Body))
	if f.Footer != "" {
		parts = append(parts, f.Footer)
	}
	m := kit.Message{ID: f.Name, Side: kit.Ours, Text: strings.Join(parts, "\n"), Time: d.Words.Clock(d.now())}
	for _, b := range f.Buttons {
		icon := look.IconReply
		if b.Type == "url" {
			icon = look.IconOpen
		}
		m.Choices = append(m.Choices, kit.Choice{Icon: icon, Title: b.Title})
	}
	return m
}
