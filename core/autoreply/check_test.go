package autoreply

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCheckRefusesWhatCompileDoes(t *testing.T) {
	for _, tc := range []struct {
		name   string
		change func(*File)
		field  string // of the fault; empty: none
	}{
		{"a file that is well", func(*File) {}, ""},
		{"a text over the limit", func(f *File) { f.Rules[0].Replies[0].Text = strings.Repeat("x", MaxText+1) }, "replies[0].text"},
		{"a button that leads nowhere", func(f *File) {
			f.Rules[0].Replies[0].Buttons = []Button{{Title: "Go", Action: ActionRule, Rule: "nowhere"}}
		}, "replies[0].buttons[0].rule"},
		{"two rules of one id", func(f *File) { f.Rules[1].ID = f.Rules[0].ID }, "id"},
		{"a time zone that is none", func(f *File) { f.Timezone = "Atlantis" }, "timezone"},
		{"a date that is none", func(f *File) { f.Holidays = []string{"2026-02-30"} }, "holidays[0]"},
		{"a window without a length", func(f *File) { f.Rules[0].When = []Window{{From: "08:00", To: "08:00"}} }, "when[0].to"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			reply := []Variant{{Text: "t"}}
			f := File{Version: Version, Rules: []Rule{
				{ID: "a", Name: "A", Trigger: TriggerKeyword, Keywords: []string{"a"}, Replies: reply},
				{ID: "b", Name: "B", Trigger: TriggerOffHours, Replies: []Variant{{Text: "t"}}},
			}}
			tc.change(&f)
			err := f.Check()
			_, compiled := Compile(f)
			field := ""
			if fault, ok := errors.AsType[*FileError](err); ok {
				field = fault.Field
			}
			if field != tc.field || (err == nil) != (tc.field == "") {
				t.Errorf("Check returns %v, want a fault of %q", err, tc.field)
			}
			if diff := cmp.Diff(compiled, err); diff != "" {
				t.Errorf("Compile (-) and Check (+):\n%s", diff)
			}
		})
	}
}
