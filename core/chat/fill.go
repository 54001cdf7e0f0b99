package chat

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// TemplateApproved is Status of a template that may be sent.
const TemplateApproved = "APPROVED"

// FillError says which part of a template lacks a variable, or has one too many:
// "header", "body" or "buttons".
type FillError struct{ Part, Variable string }

func (e *FillError) Error() string {
	return fmt.Sprintf("chat: variable %q of the template's %s: give each of them, and no other", e.Variable, e.Part)
}

// Fill puts the variables of u into the template: it returns u with all that the
// customer will see, and the text. Of u, Body or Variables, HeaderVariable and
// URLSuffix count. A *FillError where they are not those that the template has.
func (t Template) Fill(u TemplateUse) (TemplateUse, string, error) {
	u.Name, u.Language, u.Category, u.Footer = t.Name, t.Language, t.Category, t.Footer
	values := u.Variables
	if !t.Named {
		values = make(map[string]string, len(u.Body))
		for i, v := range u.Body {
			values[strconv.Itoa(i+1)] = v
		}
	}
	text, err := fill("body", t.Body, values)
	if err != nil {
		return u, "", err
	}
	if err := t.fillHeader(&u); err != nil {
		return u, "", err
	}
	return u, text, t.fillButtons(&u)
}

// fillHeader fills in a header of text, which has one variable at most.
func (t Template) fillHeader(u *TemplateUse) (err error) {
	u.Header, u.HeaderName = "", ""
	names := variablesOf(t.Header.Text)
	if len(names) == 0 {
		u.Header = t.Header.Text
		if u.HeaderVariable != "" {
			return &FillError{Part: "header", Variable: u.HeaderVariable}
		}
		return nil
	}
	if t.Named {
		u.HeaderName = names[0]
	}
	u.Header, err = fill("header", t.Header.Text, map[string]string{names[0]: u.HeaderVariable})
	return err
}

func (t Template) fillButtons(u *TemplateUse) error {
	u.Buttons = nil
	for i, b := range t.Buttons {
		u.Buttons = append(u.Buttons, b.Title)
		if needs := len(variablesOf(b.URL)) > 0; needs != (u.URLSuffix[i] != "") {
			return &FillError{Part: "buttons", Variable: b.Title}
		}
	}
	for i := range u.URLSuffix {
		if i < 0 || i >= len(t.Buttons) {
			return &FillError{Part: "buttons", Variable: strconv.Itoa(i)}
		}
	}
	return nil
}

// variable is a place for one in a template's text: {{1}} or {{name}}.
var variable = regexp.MustCompile(`\{\{\s*([a-z0-9_]+)\s*\}\}`)

// Variables are the names of what the body needs to be filled in, in the order
// of their first places; numbers where it is not Named.
func (t Template) Variables() []string { return variablesOf(t.Body) }

func variablesOf(text string) (names []string) {
	seen := map[string]bool{}
	for _, m := range variable.FindAllStringSubmatch(text, -1) {
		if !seen[m[1]] {
			seen[m[1]] = true
			names = append(names, m[1])
		}
	}
	return names
}

func fill(part, text string, values map[string]string) (string, error) {
	names := variablesOf(text)
	for _, name := range names {
		if strings.TrimSpace(values[name]) == "" {
			return "", &FillError{Part: part, Variable: name}
		}
	}
	for name := range values {
		if !slices.Contains(names, name) {
			return "", &FillError{Part: part, Variable: name}
		}
	}
	return variable.ReplaceAllStringFunc(text, func(place string) string {
		return values[variable.FindStringSubmatch(place)[1]]
	}), nil
}
