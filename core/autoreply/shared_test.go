package autoreply

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestShared(t *testing.T) {
	window := func(from, to string, days ...Day) []Window { return []Window{{Days: days, From: from, To: to}} }
	rule := func(id string, when []Window, keywords ...string) Rule {
		return Rule{ID: id, Trigger: TriggerKeyword, Enabled: true, When: when, Keywords: keywords}
	}
	off := rule("b", nil, "price")
	off.Enabled = false
	greeting := rule("b", nil, "price")
	greeting.Trigger = TriggerFirstContact
	shared := []SharedKeyword{{"Price", "a", "b"}}
	for _, tt := range []struct {
		name  string
		rules []Rule
		want  []SharedKeyword
	}{
		{"two rules with one word share it", []Rule{rule("a", nil, "Price"), rule("b", nil, "size", "price")}, shared},
		{"a pair is told once", []Rule{rule("a", nil, "Price", "cost"), rule("b", nil, "price", "cost")}, shared},
		{"each pair of three is told", []Rule{rule("a", nil, "Price"), rule("b", nil, "price"), rule("c", nil, "price")},
			[]SharedKeyword{{"Price", "a", "b"}, {"Price", "a", "c"}, {"price", "b", "c"}}},
		{"a phrase is no word of it", []Rule{rule("a", nil, "price list"), rule("b", nil, "price")}, nil},
		{"a rule with a word twice shares it with nobody", []Rule{rule("a", nil, "Price", "price")}, nil},
		{"one that is off shares nothing", []Rule{rule("a", nil, "Price"), off}, nil},
		{"words of a greeting are never compared", []Rule{rule("a", nil, "Price"), greeting}, nil},
		{"one for certain times goes before one for all", []Rule{rule("a", window("12:00", "14:00"), "Price"), rule("b", nil, "price")}, nil},
		{"windows that overlap share", []Rule{rule("a", window("12:00", "14:00"), "Price"), rule("b", window("13:00", "15:00"), "price")}, shared},
		{"windows one after the other do not", []Rule{rule("a", window("12:00", "14:00"), "Price"), rule("b", window("14:00", "15:00"), "price")}, nil},
		{"windows of other days do not", []Rule{rule("a", window("12:00", "14:00", Monday), "Price"), rule("b", window("12:00", "14:00", Tuesday), "price")}, nil},
		{"a night reaches into the next day", []Rule{rule("a", window("22:00", "06:00", Monday), "Price"), rule("b", window("05:00", "07:00", Tuesday), "price")}, shared},
		{"windows that cannot be read are none", []Rule{rule("a", window("soon", "14:00"), "Price"), rule("b", nil, "price")}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, File{Rules: tt.rules}.Shared()); diff != "" {
				t.Errorf("shared are (-want +got):\n%s", diff)
			}
		})
	}
}
