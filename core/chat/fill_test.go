package chat

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFillSaysWhatTheCustomerWillSee(t *testing.T) {
	numbered := Template{
		Name: "order_ready", Language: "en", Category: "utility", Footer: "Reply STOP to end",
		Header:  TemplateHeader{Format: "text", Text: "Order {{1}}"},
		Body:    "Dear {{1}}, {{2}} is ready, {{1}}.",
		Buttons: []TemplateButton{{Type: "quick_reply", Title: "Thanks"}, {Type: "url", Title: "Track", URL: "https://shop.example/{{1}}"}},
	}
	named := Template{Name: "hello", Language: "pt_BR", Named: true, Body: "Olá, {{ first_name }}!"}
	plain := Template{Name: "closed", Language: "en", Header: TemplateHeader{Format: "text", Text: "Closed"}, Body: "We are closed."}
	full := TemplateUse{HeaderVariable: "42", Body: []string{"Emma", "it"}, URLSuffix: map[int]string{1: "42"}}
	tests := []struct {
		name     string
		template Template
		use      TemplateUse
		text     string
		want     TemplateUse
		fault    *FillError
	}{
		{"numbered variables", numbered, full, "Dear Emma, it is ready, Emma.", TemplateUse{
			Name: "order_ready", Language: "en", Category: "utility", Header: "Order 42", Footer: "Reply STOP to end", Body: []string{"Emma", "it"},
			Buttons: []string{"Thanks", "Track"}, HeaderVariable: "42", URLSuffix: map[int]string{1: "42"},
		}, nil},
		{"named variables", named, TemplateUse{Variables: map[string]string{"first_name": "Ana {{1}}"}}, "Olá, Ana {{1}}!", TemplateUse{
			Name: "hello", Language: "pt_BR", Variables: map[string]string{"first_name": "Ana {{1}}"},
		}, nil},
		{"no variables", plain, TemplateUse{}, "We are closed.", TemplateUse{Name: "closed", Language: "en", Header: "Closed"}, nil},
		{"a variable of the body is missing", numbered, TemplateUse{HeaderVariable: "42", Body: []string{"Emma"}, URLSuffix: full.URLSuffix}, "", TemplateUse{}, &FillError{"body", "2"}},
		{"a variable of the body is blank", named, TemplateUse{Variables: map[string]string{"first_name": " "}}, "", TemplateUse{}, &FillError{"body", "first_name"}},
		{"a variable that the body does not have", plain, TemplateUse{Body: []string{"x"}}, "", TemplateUse{}, &FillError{"body", "1"}},
		{"the header's variable is missing", numbered, TemplateUse{Body: full.Body, URLSuffix: full.URLSuffix}, "", TemplateUse{}, &FillError{"header", "1"}},
		{"a variable that the header does not have", plain, TemplateUse{HeaderVariable: "x"}, "", TemplateUse{}, &FillError{"header", "x"}},
		{"the end of an address is missing", numbered, TemplateUse{HeaderVariable: "42", Body: full.Body}, "", TemplateUse{}, &FillError{"buttons", "Track"}},
		{"an end for a button that has no address", numbered, TemplateUse{HeaderVariable: "42", Body: full.Body, URLSuffix: map[int]string{0: "x", 1: "x"}}, "", TemplateUse{}, &FillError{"buttons", "Thanks"}},
		{"an end for a button that is not there", plain, TemplateUse{URLSuffix: map[int]string{7: "x"}}, "", TemplateUse{}, &FillError{"buttons", "7"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, text, err := tt.template.Fill(tt.use)
			fault, _ := errors.AsType[*FillError](err)
			if diff := cmp.Diff(tt.fault, fault); diff != "" || (err != nil) != (tt.fault != nil) {
				t.Fatalf("the error is %v (-want +got):\n%s", err, diff)
			}
			if err != nil {
				return
			}
			if diff := cmp.Diff(tt.want, got); diff != "" || text != tt.text {
				t.Errorf("the text is %q, want %q (-want +got):\n%s", text, tt.text, diff)
			}
		})
	}
}
