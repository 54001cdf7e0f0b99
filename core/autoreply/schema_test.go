package autoreply

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// A schema is the part of JSON Schema that rules.schema.json uses.
type schema struct {
	Ref        string             `json:"$ref"`
	Type       string             `json:"type"`
	Const      any                `json:"const"`
	Enum       []any              `json:"enum"`
	Properties map[string]*schema `json:"properties"`
	Required   []string           `json:"required"`
	Items      *schema            `json:"items"`
	Pattern    string             `json:"pattern"`
	MinLength  int                `json:"minLength"`
	MaxLength  *int               `json:"maxLength"`
	MaxItems   *int               `json:"maxItems"`
	Minimum    *float64           `json:"minimum"`
	Defs       map[string]*schema `json:"$defs"`

	Additional  *bool  `json:"additionalProperties"`
	Default     any    `json:"default"`
	Draft       string `json:"$schema"`
	ID          string `json:"$id"`
	Title       string `json:"title"`
	Description string `json:"description"`
}

func readSchema(t *testing.T) *schema {
	t.Helper()
	data, err := os.ReadFile("rules.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	dec := json.NewDecoder(strings.NewReader(string(data)))
	dec.DisallowUnknownFields() // a word that check does not know would be checked by nobody
	root := new(schema)
	if err := dec.Decode(root); err != nil {
		t.Fatal(err)
	}
	return root
}

// check returns the first fault of v, "" for none.
func (s *schema) check(root *schema, v any, at string) string {
	if s.Ref != "" {
		return root.Defs[strings.TrimPrefix(s.Ref, "#/$defs/")].check(root, v, at)
	}
	if s.Const != nil && v != s.Const || s.Enum != nil && !slices.Contains(s.Enum, v) {
		return fmt.Sprintf("%s: %v is not among the values", at, v)
	}
	kind := "null"
	switch v := v.(type) {
	case string:
		kind = "string"
		n := utf8.RuneCountInString(v)
		switch {
		case n < s.MinLength, s.MaxLength != nil && n > *s.MaxLength:
			return fmt.Sprintf("%s: %d characters", at, n)
		case s.Pattern != "" && !regexp.MustCompile(s.Pattern).MatchString(v):
			return fmt.Sprintf("%s: %q does not match", at, v)
		}
	case bool:
		kind = "boolean"
	case float64:
		kind = "number"
		if v == math.Trunc(v) {
			kind = "integer"
		}
		if s.Minimum != nil && v < *s.Minimum {
			return fmt.Sprintf("%s: %v is too small", at, v)
		}
	case []any:
		kind = "array"
		if s.MaxItems != nil && len(v) > *s.MaxItems {
			return fmt.Sprintf("%s: %d items", at, len(v))
		}
		for i, item := range v {
			if s.Items == nil {
				break
			}
			if fault := s.Items.check(root, item, fmt.Sprintf("%s[%d]", at, i)); fault != "" {
				return fault
			}
		}
	case map[string]any:
		kind = "object"
		for _, name := range s.Required {
			if _, ok := v[name]; !ok {
				return fmt.Sprintf("%s: %s is missing", at, name)
			}
		}
		for name, item := range v {
			p, ok := s.Properties[name]
			if !ok {
				return fmt.Sprintf("%s: %s is unknown", at, name)
			}
			if fault := p.check(root, item, at+"."+name); fault != "" {
				return fault
			}
		}
	}
	if s.Type != "" && kind != s.Type {
		return fmt.Sprintf("%s: is a %s", at, kind)
	}
	return ""
}

func TestSchemaHasTheFieldsOfTheFile(t *testing.T) {
	root := readSchema(t)
	for typ, s := range map[reflect.Type]*schema{
		reflect.TypeFor[File]():    root,
		reflect.TypeFor[Window]():  root.Defs["window"],
		reflect.TypeFor[Rule]():    root.Defs["rule"],
		reflect.TypeFor[Stock]():   root.Defs["stock"],
		reflect.TypeFor[Variant](): root.Defs["variant"],
		reflect.TypeFor[Button]():  root.Defs["button"],
	} {
		t.Run(typ.Name(), func(t *testing.T) {
			want := slices.Sorted(maps.Keys(jsonFields(typ)))
			if diff := cmp.Diff(want, slices.Sorted(maps.Keys(s.Properties))); diff != "" {
				t.Errorf("fields of %v (-) and of the schema (+):\n%s", typ, diff)
			}
			if s.Additional == nil || *s.Additional {
				t.Error("the schema takes unknown fields, Parse does not")
			}
		})
	}
}

func TestSchemaHasTheLimitsOfTheFile(t *testing.T) {
	root := readSchema(t)
	def := func(name, field string) *schema { return root.Defs[name].Properties[field] }
	for name, tc := range map[string]struct {
		got  *int
		want int
	}{
		"text":        {def("variant", "text").MaxLength, MaxText},
		"order text":  {def("rule", "order_text").MaxLength, MaxText},
		"stock text":  {def("stock", "text").MaxLength, MaxText},
		"title":       {def("button", "title").MaxLength, MaxTitle},
		"buttons":     {def("variant", "buttons").MaxItems, MaxButtons},
		"replies":     {def("rule", "replies").MaxItems, MaxReplies},
		"keywords":    {def("rule", "keywords").MaxItems, MaxKeywords},
		"id":          {def("rule", "id").MaxLength, MaxID},
		"name":        {def("rule", "name").MaxLength, MaxName},
		"button rule": {def("button", "rule").MaxLength, MaxID},
		"button sku":  {def("button", "sku").MaxLength, MaxSKU},
		"stock sku":   {def("stock", "sku").MaxLength, MaxSKU},
		"url":         {def("button", "url").MaxLength, MaxURL},
		"picture":     {def("variant", "picture").MaxLength, MaxPicture},
		"kind":        {def("rule", "kind").MaxLength, maxKind},
		"department":  {def("rule", "department").MaxLength, MaxName},
	} {
		if tc.got == nil || *tc.got != tc.want {
			t.Errorf("%s: the schema's limit differs from %d", name, tc.want)
		}
	}
	languages := []any{""}
	for _, l := range Languages {
		languages = append(languages, l)
	}
	if diff := cmp.Diff(languages, root.Properties["language"].Enum); diff != "" {
		t.Errorf("languages (-) and those of the schema (+):\n%s", diff)
	}
}

func TestSchemaTakesWhatParseTakes(t *testing.T) {
	root := readSchema(t)
	for _, path := range examples(t, "valid") {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		f, _, err := Parse(data)
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		written, err := f.Marshal()
		if err != nil {
			t.Fatal(err)
		}
		for form, data := range map[string][]byte{"as it came": data, "as Marshal writes it": written} {
			if fault := root.check(root, decoded(t, data), "file"); fault != "" {
				t.Errorf("%s, %s: the schema refuses what Parse takes: %s", path, form, fault)
			}
		}
	}
}

func decoded(t *testing.T, data []byte) any {
	t.Helper()
	var v any
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func examples(t *testing.T, folder string) []string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join("testdata", folder, "*.json"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no examples in testdata/%s: %v", folder, err)
	}
	return paths
}
