package cloudapi

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"shopbell/core/chat"
)

// historyOf is a webhook of the field "history" to the number +1 555-078-3881.
func historyOf(value string) []byte {
	return fmt.Appendf(nil, `{"entry":[{"id":"1","changes":[{"field":"history","value":{
		"metadata":{"display_phone_number":"+1 555-078-3881","phone_number_id":"2"},%s}}]}]}`, value)
}

func TestParseHistory(t *testing.T) {
	at := time.Unix(1739230955, 0).UTC()
	thread := func(id, messages string) string {
		return fmt.Sprintf(`"history":[{"metadata":{"phase":0},"threads":[{"id":%q,"messages":[%s]}]}]`, id, messages)
	}
	text := func(more string) string {
		return `{"id":"wamid.1","timestamp":"1739230955","type":"text","text":{"body":"hi"},` + more + `}`
	}
	said := Message{ID: "wamid.1", At: at, Type: "text", Text: "hi"}
	ann := Party{Phone: "16505551234"}
	tests := []struct {
		name, value string
		want        Past
	}{
		{"the customer's", thread("16505551234", text(`"from":"16505551234","history_context":{"status":"READ"}`)),
			Past{Message: said, Customer: ann}},
		{"a customer's without a phone", thread("US.134", text(`"from":"US.134"`)),
			Past{Message: said, Customer: Party{UserID: "US.134"}}},
		{"the shop's", thread("16505551234", text(`"from":"15550783881","to":"16505551234","history_context":{"status":"READ"}`)),
			Past{Message: said, Customer: ann, Own: true, Status: chat.StatusRead}},
		{"the shop's by its mark", thread("16505551234", text(`"from":"918588096070","history_context":{"from_me":true,"status":"delivered"}`)),
			Past{Message: said, Customer: ann, Own: true, Status: chat.StatusDelivered}},
		{"the shop's that failed", thread("16505551234", text(`"from":"15550783881","history_context":{"status":"ERROR"}`)),
			Past{Message: said, Customer: ann, Own: true, Status: chat.StatusFailed}},
		{"the shop's that is on its way", thread("16505551234", text(`"from":"15550783881","history_context":{"status":"PENDING"}`)),
			Past{Message: said, Customer: ann, Own: true, Status: chat.StatusSent}},
		{"a file that comes later", thread("16505551234", `{"from":"16505551234","id":"wamid.1","timestamp":"1739230955","type":"media_placeholder"}`),
			Past{Message: Message{ID: "wamid.1", At: at, Type: chat.RawPlaceholder}, Customer: ann}},
		{"a file of the customer's", `"messages":[{"from":"16505551234","id":"wamid.1","timestamp":"1739230955","type":"image","image":{"id":"24","mime_type":"image/jpeg"}}]`,
			Past{Message: Message{ID: "wamid.1", At: at, Type: "image", Media: &MediaRef{ID: "24", MIME: "image/jpeg"}}, Customer: ann}},
		{"a file of the shop's", `"messages":[{"from":"15550783881","id":"wamid.1","timestamp":"1739230955","type":"image","image":{"id":"24","mime_type":"image/jpeg"}}]`,
			Past{Message: Message{ID: "wamid.1", At: at, Type: "image", Media: &MediaRef{ID: "24", MIME: "image/jpeg"}}, Own: true, Status: chat.StatusSent}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			it := one(t, historyOf(tt.value))
			if it.Past == nil || it.Problem != nil || it.Message != nil || it.Notice != nil || it.Channel.PhoneNumberID != "2" {
				t.Fatalf("item = %+v", it)
			}
			if diff := cmp.Diff(tt.want, *it.Past, cmpopts.IgnoreFields(Message{}, "Raw")); diff != "" {
				t.Error(diff)
			}
		})
	}
	t.Run("damage costs nothing but itself", func(t *testing.T) {
		items, err := Parse(historyOf(`"history":[1,{"threads":[7,{"messages":[` + text(`"from":"1"`) + `]},{"id":"16505551234","messages":[{"id":"wamid.0"},` + text(`"from":"16505551234"`) + `]}]}]`))
		if err != nil || len(items) != 5 {
			t.Fatalf("%d items, %v", len(items), err)
		}
		for i, it := range items {
			if last := i == 4; last != (it.Past != nil) || last == (it.Problem != nil) {
				t.Errorf("item %d = %+v", i, it)
			}
		}
	})
	t.Run("what holds no chat is a notice", func(t *testing.T) {
		for _, value := range []string{`"history":[{"errors":[{"code":2593109}]}]`, `"history":[]`, `"history":7`} {
			if it := one(t, historyOf(value)); it.Notice == nil {
				t.Errorf("%s: item = %+v", value, it)
			}
		}
	})
}
