package cloudapi

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"shopbell/core/chat"
)

// Limits of the Cloud API for templates, in UTF-16 units unless said otherwise. A
// filled-in body may have 1024; how much of it the fixed part takes is not known
// here, so a variable alone is held to that.
const (
	MaxTemplateVariable = 1024
	maxTemplateName     = 512
	maxTemplateButtons  = 10  // a count
	maxTemplatePayload  = 256 // as of a reply button
	maxURLSuffix        = 2000
)

// Template is an approved template with its variables filled in.
type Template struct {
	Name     string            // lower-case letters, digits and underscores
	Language string            // as Meta lists it: "en", "en_US"
	Header   *Header           // nil where the template's header has nothing to fill in
	Body     []string          // variables in order, or
	Named    map[string]string // by name
	Buttons  []TemplateButton  // those with something to fill in
}

// TemplateButton fills in a button. One of Payload and Suffix is set.
type TemplateButton struct {
	Index   int    // its place among the template's buttons, from 0
	Payload string // of a quick reply: comes back as ButtonReply.ID
	Suffix  string // of a URL button: goes in the place of the address's variable
}

type wireTemplate struct {
	Name       string          `json:"name"`
	Language   wireLanguage    `json:"language"`
	Components []wireComponent `json:"components,omitempty"`
}

type wireLanguage struct {
	Policy string `json:"policy"` // Meta takes this one only
	Code   string `json:"code"`
}

type wireComponent struct {
	Type       string          `json:"type"`
	SubType    string          `json:"sub_type,omitempty"`
	Index      string          `json:"index,omitempty"`
	Parameters []wireParameter `json:"parameters"`
}

type wireParameter struct {
	Type     string        `json:"type"`
	Name     string        `json:"parameter_name,omitempty"`
	Text     string        `json:"text,omitempty"`
	Payload  string        `json:"payload,omitempty"`
	Image    *wireMedia    `json:"image,omitempty"`
	Video    *wireMedia    `json:"video,omitempty"`
	Document *wireMedia    `json:"document,omitempty"`
	Location *wireLocation `json:"location,omitempty"`
}

var (
	templateNameForm = regexp.MustCompile(`^[a-z0-9_]+$`)
	languageForm     = regexp.MustCompile(`^[a-z]{2,3}(_[A-Za-z0-9]{2,4})?$`)
)

func (t *Template) encode() (*wireTemplate, error) {
	if !templateNameForm.MatchString(t.Name) || len(t.Name) > maxTemplateName {
		return nil, &InvalidError{Field: "template.name", Limit: maxTemplateName,
			Problem: fmt.Sprintf("is no name of a template: want 1 to %d lower-case letters, digits and underscores", maxTemplateName)}
	}
	if !languageForm.MatchString(t.Language) {
		return nil, &InvalidError{Field: "template.language", Problem: `is no language: want one such as "en" or "pt_BR"`}
	}
	w := &wireTemplate{Name: t.Name, Language: wireLanguage{Policy: "deterministic", Code: t.Language}}
	if t.Header != nil {
		p, err := t.Header.parameter()
		if err != nil {
			return nil, err
		}
		w.Components = append(w.Components, wireComponent{Type: "header", Parameters: []wireParameter{p}})
	}
	body, err := t.body()
	if err != nil {
		return nil, err
	}
	if len(body) > 0 {
		w.Components = append(w.Components, wireComponent{Type: "body", Parameters: body})
	}
	buttons, err := t.buttons()
	if err != nil {
		return nil, err
	}
	w.Components = append(w.Components, buttons...)
	return w, nil
}

func (h *Header) parameter() (wireParameter, error) {
	switch {
	case h.Media != nil && h.Text == "" && h.Location == nil:
		m, err := h.Media.inHeader()
		if err != nil {
			return wireParameter{}, err
		}
		p := wireParameter{Type: string(h.Media.Kind)}
		switch h.Media.Kind {
		case chat.KindImage:
			p.Image = m
		case chat.KindVideo:
			p.Video = m
		default:
			p.Document = m
		}
		return p, nil
	case h.Location != nil && h.Text == "" && h.Media == nil:
		l, err := encodeLocation("header.location", h.Location)
		return wireParameter{Type: "location", Location: l}, err
	case h.Media == nil && h.Location == nil:
		if h.Variable != "" && !templateNameForm.MatchString(h.Variable) {
			return wireParameter{}, misnamed("header.variable")
		}
		err := variable("header.text", h.Text, MaxHeader)
		return wireParameter{Type: "text", Name: h.Variable, Text: h.Text}, err
	}
	return wireParameter{}, &InvalidError{Field: "header", Problem: "is a text, a file or a place: one of them"}
}

func (t *Template) body() ([]wireParameter, error) {
	if len(t.Body) > 0 && len(t.Named) > 0 {
		return nil, &InvalidError{Field: "template.body", Problem: "has variables by place and by name: a template has one sort"}
	}
	var out []wireParameter
	for i, s := range t.Body {
		if err := variable(fmt.Sprintf("template.body[%d]", i), s, MaxTemplateVariable); err != nil {
			return nil, err
		}
		out = append(out, wireParameter{Type: "text", Text: s})
	}
	for _, name := range slices.Sorted(maps.Keys(t.Named)) {
		field := fmt.Sprintf("template.body[%q]", name)
		if !templateNameForm.MatchString(name) {
			return nil, misnamed(field)
		}
		if err := variable(field, t.Named[name], MaxTemplateVariable); err != nil {
			return nil, err
		}
		out = append(out, wireParameter{Type: "text", Name: name, Text: t.Named[name]})
	}
	return out, nil
}

func misnamed(field string) error {
	return &InvalidError{Field: field, Problem: "is no name of a variable: want lower-case letters, digits and underscores"}
}

// variable checks what is filled in. Graph refuses line breaks, tabs and wide gaps
// in it ("Param text cannot have new-line/tab characters or more than 4
// consecutive spaces").
func variable(field, s string, limit int) error {
	if err := filled(field, s, limit); err != nil {
		return err
	}
	if strings.ContainsAny(s, "\n\r\t") || strings.Contains(s, "     ") {
		return &InvalidError{Field: field, Limit: 4, Problem: "has a line break, a tab or more than 4 spaces in a row: a variable takes none"}
	}
	return nil
}

func (t *Template) buttons() ([]wireComponent, error) {
	var out []wireComponent
	var places []string
	for i, b := range t.Buttons {
		field := fmt.Sprintf("template.buttons[%d]", i)
		if b.Index < 0 || b.Index >= maxTemplateButtons {
			return nil, &InvalidError{Field: field + ".index", Limit: maxTemplateButtons - 1,
				Problem: fmt.Sprintf("is %d: want 0 to %d", b.Index, maxTemplateButtons-1)}
		}
		if (b.Payload == "") == (b.Suffix == "") {
			return nil, &InvalidError{Field: field, Problem: "needs a payload or the end of an address: one of them"}
		}
		if err := within(field+".payload", b.Payload, maxTemplatePayload); err != nil {
			return nil, err
		}
		if err := within(field+".suffix", b.Suffix, maxURLSuffix); err != nil {
			return nil, err
		}
		if strings.ContainsFunc(b.Suffix, func(r rune) bool { return r <= ' ' }) {
			return nil, &InvalidError{Field: field + ".suffix", Problem: "has a space: an address has none"}
		}
		c := wireComponent{Type: "button", SubType: "quick_reply", Index: strconv.Itoa(b.Index),
			Parameters: []wireParameter{{Type: "payload", Payload: b.Payload}}}
		if b.Suffix != "" {
			c.SubType, c.Parameters = "url", []wireParameter{{Type: "text", Text: b.Suffix}}
		}
		places = append(places, c.Index)
		out = append(out, c)
	}
	if i, ok := repeated(places); ok {
		return nil, &InvalidError{Field: fmt.Sprintf("template.buttons[%d].index", i), Problem: "is used twice in one message"}
	}
	return out, nil
}
