package autoreply

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"shopbell/core/chat"
)

// Parse reads a rules file, all or nothing: a fault gives a *FileError that
// names the rule, the field and the limit. It refuses a field that version 1
// does not have, a field that stands twice, and null. A rule with no id gets
// one made from its name. References between rules are left to Compile, because
// a file for Merge may point to rules it does not hold.
//
// Warnings name what is valid and yet without effect, such as a keyword that
// stands twice.
func Parse(data []byte) (File, []Warning, error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff")) // some editors put it before UTF-8
	if !utf8.Valid(data) {
		return File{}, nil, &FileError{Code: FaultFile, Problem: "is not UTF-8 text: save it as UTF-8"}
	}
	var whole json.RawMessage
	if err := json.Unmarshal(data, &whole); err != nil {
		return File{}, nil, syntaxFault(data, err)
	}
	shape := shapeCheck{dec: json.NewDecoder(bytes.NewReader(data))}
	shape.dec.UseNumber()
	if fault := shape.value(reflect.TypeFor[File](), ""); fault != nil {
		fault.Rule, fault.Field = splitPath(data, fault.Field)
		return File{}, nil, fault
	}
	var f File
	if err := json.Unmarshal(data, &f); err != nil {
		return File{}, nil, &FileError{Code: FaultFile, Problem: err.Error()}
	}
	nameRules(f.Rules)
	if fault := f.check(); fault != nil {
		return File{}, nil, fault
	}
	return f, f.warnings(), nil
}

// Read reads a rules file whole, references included, all or nothing; with merge it
// lays the rules upon those of base. Warnings are of what it returns.
func Read(data []byte, base File, merge bool) (File, []Warning, error) {
	f, _, err := Parse(data)
	if err != nil {
		return File{}, nil, err
	}
	if merge {
		f = base.Merge(f)
	}
	if _, err := Compile(f); err != nil {
		return File{}, nil, err
	}
	return f, f.warnings(), nil
}

// UnmarshalJSON reads a rule as the format means it: enabled unless it says
// otherwise.
func (r *Rule) UnmarshalJSON(data []byte) error {
	type plain Rule
	p := plain{Enabled: true}
	if err := json.Unmarshal(data, &p); err != nil {
		return err
	}
	*r = Rule(p)
	return nil
}

func syntaxFault(data []byte, err error) *FileError {
	fault := &FileError{Code: FaultFile, Problem: "is not JSON: " + err.Error()}
	if e, ok := errors.AsType[*json.SyntaxError](err); ok {
		before := data[:max(0, min(int(e.Offset), len(data))-1)] // Offset is after the byte that is wrong
		line := 1 + bytes.Count(before, []byte("\n"))
		column := 1 + utf8.RuneCount(before[1+bytes.LastIndexByte(before, '\n'):])
		fault.Problem = fmt.Sprintf("is not JSON: line %d, column %d: %v", line, column, e)
	}
	return fault
}

// A shapeCheck holds JSON against the fields and types of File. encoding/json
// alone would take "Text" for "text", the last of two equal keys, and null for
// nothing, all silently.
type shapeCheck struct{ dec *json.Decoder }

// value reads the next value, which should have type t. The fault's Field is
// the whole path.
func (c shapeCheck) value(t reflect.Type, path string) *FileError {
	token, err := c.dec.Token()
	if err != nil {
		return &FileError{Code: FaultFile, Field: path, Problem: err.Error()}
	}
	want, ok := t.Kind(), false
	switch v := token.(type) {
	case json.Delim:
		switch {
		case want == reflect.Struct && v == '{':
			return c.object(t, path)
		case want == reflect.Slice && v == '[':
			return c.list(t.Elem(), path)
		}
	case string:
		ok = want == reflect.String
	case bool:
		ok = want == reflect.Bool
	case json.Number:
		_, err := strconv.ParseInt(v.String(), 10, 32)
		ok = want == reflect.Int && err == nil
	}
	if !ok {
		return &FileError{Code: FaultFile, Field: path, Problem: "must be " + shapeNames[want] + "; leave the field out for its default"}
	}
	return nil
}

var shapeNames = map[reflect.Kind]string{
	reflect.Struct: "an object {…}",
	reflect.Slice:  "a list […]",
	reflect.String: `a text "…"`,
	reflect.Bool:   "true or false",
	reflect.Int:    "a whole number",
}

func (c shapeCheck) object(t reflect.Type, path string) *FileError {
	fields := jsonFields(t)
	seen := make(map[string]bool, len(fields))
	for c.dec.More() {
		token, err := c.dec.Token()
		if err != nil {
			return &FileError{Code: FaultFile, Field: path, Problem: err.Error()}
		}
		key, _ := token.(string) // Token returns keys as strings
		at := strings.TrimPrefix(path+"."+key, ".")
		field, known := fields[key]
		switch {
		case !known:
			return &FileError{Code: FaultFile, Field: at, Problem: fmt.Sprintf("is no field of a rules file of version %d: check its spelling, or take it out", Version)}
		case seen[key]:
			return &FileError{Code: FaultTwice, Field: at, Problem: "stands twice: keep one"}
		}
		seen[key] = true
		if fault := c.value(field, at); fault != nil {
			return fault
		}
	}
	return c.end(path)
}

func (c shapeCheck) list(elem reflect.Type, path string) *FileError {
	for i := 0; c.dec.More(); i++ {
		if fault := c.value(elem, fmt.Sprintf("%s[%d]", path, i)); fault != nil {
			return fault
		}
	}
	return c.end(path)
}

// end reads the closing bracket.
func (c shapeCheck) end(path string) *FileError {
	if _, err := c.dec.Token(); err != nil {
		return &FileError{Code: FaultFile, Field: path, Problem: err.Error()}
	}
	return nil
}

// jsonFields returns the fields of a struct by their names in JSON.
func jsonFields(t reflect.Type) map[string]reflect.Type {
	fields := make(map[string]reflect.Type, t.NumField())
	for f := range t.Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		ft := f.Type
		if ft.Kind() == reflect.Pointer {
			ft = ft.Elem()
		}
		fields[name] = ft
	}
	return fields
}

// splitPath turns "rules[3].replies[0].text" into the rule's label and the
// field within it.
func splitPath(data []byte, path string) (rule, field string) {
	number, rest, ok := strings.Cut(strings.TrimPrefix(path, "rules["), "]")
	index, err := strconv.Atoi(number)
	if !ok || err != nil || !strings.HasPrefix(path, "rules[") {
		return "", path
	}
	return ruleLabel(data, index), strings.TrimPrefix(rest, ".")
}

// ruleLabel names a rule of a file that may be faulty in any way.
func ruleLabel(data []byte, index int) string {
	place := fmt.Sprintf("#%d", index+1)
	var names struct{ Rules []json.RawMessage }
	if err := json.Unmarshal(data, &names); err != nil || index >= len(names.Rules) {
		return place
	}
	var rule struct{ ID, Name any }
	if err := json.Unmarshal(names.Rules[index], &rule); err != nil {
		return place
	}
	for _, v := range []any{rule.ID, rule.Name} {
		if s, ok := v.(string); ok && s != "" {
			return s
		}
	}
	return place
}

// Named returns f with an id for each rule that has none, made from its name. A rule
// without a name stays without an id, and Compile refuses it.
func (f File) Named() File {
	f.Rules = slices.Clone(f.Rules)
	nameRules(f.Rules)
	return f
}

// nameRules gives an id to each rule that has none. The ids that stand in the
// file come first; of two rules with one name the later gets "-2".
func nameRules(rules []Rule) {
	taken := make(map[string]bool, len(rules))
	for _, r := range rules {
		taken[r.ID] = true
	}
	for i := range rules {
		r := &rules[i]
		if r.ID != "" || r.Name == "" {
			continue // one without a name is refused by check
		}
		stem := idFromName(r.Name)
		r.ID = stem
		for n := 2; taken[r.ID]; n++ {
			r.ID = stem + "-" + strconv.Itoa(n)
		}
		taken[r.ID] = true
	}
}

// maxIDStem leaves room in MaxID for a number behind it.
const maxIDStem = MaxID - 8

// idFromName joins the words of a name with hyphens: "Доставка и оплата" gives
// "доставка-и-оплата". Words that do not fit maxIDStem are left away.
func idFromName(name string) string {
	id := ""
	for _, word := range wordsOf(name) {
		next := strings.TrimPrefix(id+"-"+word, "-")
		if chat.Units(next) > maxIDStem {
			break
		}
		id = next
	}
	if id == "" {
		return "rule"
	}
	return id
}
