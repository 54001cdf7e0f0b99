package cloudapi

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"shopbell/core/chat"
)

var (
	toPhone = chat.Address{Kind: chat.AliasPhone, Value: "447700900123"}
	toUser  = chat.Address{Kind: chat.AliasUser, Value: "US.13491208655302741918"}
)

func buttons(n int) []chat.Button {
	var out []chat.Button
	for i := range n {
		out = append(out, chat.Button{ID: fmt.Sprint("id", i), Title: fmt.Sprint("Title ", i)})
	}
	return out
}

func TestEncode(t *testing.T) {
	tests := []struct {
		name string
		o    Outgoing
		want string
	}{
		{"a phone gets a plus", Outgoing{To: toPhone, Text: "Здравствуйте!"},
			`{"messaging_product":"whatsapp","recipient_type":"individual","to":"+447700900123","type":"text","text":{"body":"Здравствуйте!"}}`},
		{"a user id is a recipient, never a to", Outgoing{To: toUser, Text: "hi", Opaque: "42"},
			`{"messaging_product":"whatsapp","recipient_type":"individual","recipient":"US.13491208655302741918","type":"text","text":{"body":"hi"},"biz_opaque_callback_data":"42"}`},
		{"buttons make it interactive", Outgoing{To: toPhone, Text: "Choose", ReplyTo: "wamid.q", Buttons: buttons(2)},
			`{"messaging_product":"whatsapp","recipient_type":"individual","to":"+447700900123","context":{"message_id":"wamid.q"},"type":"interactive",` +
				`"interactive":{"type":"button","body":{"text":"Choose"},"action":{"buttons":[` +
				`{"type":"reply","reply":{"id":"id0","title":"Title 0"}},{"type":"reply","reply":{"id":"id1","title":"Title 1"}}]}}}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := tt.o.Encode()
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestEncodeNamesFieldAndLimit(t *testing.T) {
	twice := func(a, b chat.Button) []chat.Button { return []chat.Button{a, b} }
	checkRefused(t, []refused{
		{"text of 4097", Outgoing{To: toPhone, Text: strings.Repeat("я", 4097)}, "text", 4096},
		{"an emoji counts two", Outgoing{To: toPhone, Text: strings.Repeat("😀", 2049)}, "text", 4096},
		{"text of 1025 above buttons", Outgoing{To: toPhone, Text: strings.Repeat("я", 1025), Buttons: buttons(1)}, "text", 1024},
		{"empty text", Outgoing{To: toPhone, Text: " \n"}, "text", 0},
		{"text that is no UTF-8", Outgoing{To: toPhone, Text: "a\xff"}, "text", 0},
		{"four buttons", Outgoing{To: toPhone, Text: "x", Buttons: buttons(4)}, "buttons", 3},
		{"title of 21", Outgoing{To: toPhone, Text: "x", Buttons: []chat.Button{{ID: "a", Title: strings.Repeat("я", 21)}}}, "buttons[0].title", 20},
		{"empty title", Outgoing{To: toPhone, Text: "x", Buttons: []chat.Button{{ID: "a"}}}, "buttons[0].title", 0},
		{"id of 257", Outgoing{To: toPhone, Text: "x", Buttons: []chat.Button{{ID: strings.Repeat("a", 257), Title: "t"}}}, "buttons[0].id", 256},
		{"empty id", Outgoing{To: toPhone, Text: "x", Buttons: []chat.Button{{Title: "t"}}}, "buttons[0].id", 0},
		{"id with a space at its end", Outgoing{To: toPhone, Text: "x", Buttons: []chat.Button{{ID: "a ", Title: "t"}}}, "buttons[0].id", 0},
		{"one id twice", Outgoing{To: toPhone, Text: "x", Buttons: twice(chat.Button{ID: "a", Title: "t"}, chat.Button{ID: "a", Title: "u"})}, "buttons[1].id", 0},
		{"one title twice", Outgoing{To: toPhone, Text: "x", Buttons: twice(chat.Button{ID: "a", Title: "t"}, chat.Button{ID: "b", Title: "t"})}, "buttons[1].title", 0},
		{"opaque of 513", Outgoing{To: toPhone, Text: "x", Opaque: strings.Repeat("o", 513)}, "opaque", 512},
		{"no address", Outgoing{Text: "x"}, "to", 0},
		{"a phone with its plus", Outgoing{To: chat.Address{Kind: chat.AliasPhone, Value: "+447700900123"}, Text: "x"}, "to", 15},
		{"a user id as a phone", Outgoing{To: chat.Address{Kind: chat.AliasPhone, Value: "US.1349"}, Text: "x"}, "to", 15},
		{"a phone as a user id", Outgoing{To: chat.Address{Kind: chat.AliasUser, Value: "447700900123"}, Text: "x"}, "recipient", 0},
	})
}

// refused is a message that breaks a limit.
type refused struct {
	name  string
	o     Outgoing
	field string
	limit int
}

func checkRefused(t *testing.T, tests []refused) {
	t.Helper()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := tt.o.Encode()
			invalid, ok := errors.AsType[*InvalidError](err)
			if !ok {
				t.Fatalf("error = %v, want an *InvalidError", err)
			}
			if invalid.Field != tt.field || invalid.Limit != tt.limit || invalid.Problem == "" {
				t.Errorf("error = %+v, want field %s, limit %d", invalid, tt.field, tt.limit)
			}
			if !strings.Contains(err.Error(), tt.field) || tt.limit > 0 && !strings.Contains(err.Error(), fmt.Sprint(tt.limit)) {
				t.Errorf("%q names neither field nor limit", err)
			}
			if ClassOf(err) != ClassParameters {
				t.Errorf("class = %s", ClassOf(err))
			}
		})
	}
}

func TestEncodeTakesTheLimitsThemselves(t *testing.T) {
	for _, o := range []Outgoing{
		{To: toPhone, Text: strings.Repeat("я", 4096), Opaque: strings.Repeat("o", 512)},
		{To: toPhone, Text: strings.Repeat("😀", 512), Buttons: []chat.Button{
			{ID: strings.Repeat("a", 256), Title: strings.Repeat("😀", 10)}, {ID: "b", Title: "t"}, {ID: "c", Title: "u"}}},
	} {
		if _, err := o.Encode(); err != nil {
			t.Error(err)
		}
	}
}
