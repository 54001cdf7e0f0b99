package desk_test

import (
	"slices"
	"strings"
	"testing"

	"shopbell/core/desk"
)

func TestMalformed(t *testing.T) {
	const id = "104829301177462"
	for _, tt := range []struct {
		name            string
		number, account string
		want            []string // fields
	}{
		{name: "two ids are well", number: id, account: "98213300418275"},
		{name: "nothing is not looked at"},
		{name: "white space around an id is well", number: " " + id + "\n", account: "\t98213300418275"},
		{name: "a phone is no id", number: "+351 912 345 678", account: id, want: []string{"phone_number_id"}},
		{name: "words are no id", number: id, account: "my shop", want: []string{"waba_id"}},
		{name: "digits of another script are no id", account: "١٠٤٨٢٩٣٠١١٧٧٤٦٢", want: []string{"waba_id"}},
		{name: "half an id is none", number: id[:9], want: []string{"phone_number_id"}},
		{name: "the shortest and the longest are well", number: id[:10], account: strings.Repeat("9", 20)},
		{name: "both are told of, in the order of the form", number: "my shop", account: id + id, want: []string{"phone_number_id", "waba_id"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var fields []string
			for _, c := range (desk.Keys{PhoneNumberID: tt.number, WABAID: tt.account}).Malformed() {
				if c.State != desk.CheckBad || c.Code != desk.CheckMalformed {
					t.Errorf("%s is %s %s", c.Field, c.State, c.Code)
				}
				fields = append(fields, c.Field)
			}
			if !slices.Equal(fields, tt.want) {
				t.Errorf("got %q, want %q", fields, tt.want)
			}
		})
	}
}
