package cloudapi

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"shopbell/core/chat"
)

// change wraps a value as the only change of a webhook.
func change(field, value string) []byte {
	return fmt.Appendf(nil, `{"object":"whatsapp_business_account","entry":[{"id":"1020304050","changes":[{"field":%q,"value":%s}]}]}`, field, value)
}

const metadata = `"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550783881","phone_number_id":"106540352242922"}`

// envelope wraps one message from a customer whose profile is known.
func envelope(message string) []byte {
	return change("messages", `{`+metadata+`,"contacts":[{"profile":{"name":"Test Name"},"wa_id":"972987654321"}],"messages":[`+message+`]}`)
}

// one parses body and returns its only item.
func one(t *testing.T, body []byte) Item {
	t.Helper()
	items, err := Parse(body)
	if err != nil {
		t.Fatal(err)
	}
	if len(items) != 1 {
		t.Fatalf("%d items, want 1: %+v", len(items), items)
	}
	if !json.Valid(items[0].Raw) {
		t.Fatalf("Raw is not JSON: %s", items[0].Raw)
	}
	return items[0]
}

var (
	channel  = ChannelRef{PhoneNumberID: "106540352242922", DisplayPhone: "15550783881", WABAID: "1020304050"}
	customer = Party{Phone: "972987654321", Name: "Test Name"}
	second   = time.Unix(1697043223, 0).UTC()
)

var ignoreRaw = cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".Raw" }, cmp.Ignore())

// head begins a message of that customer; the type and what belongs to it follow.
const head = `{"from":"972987654321","id":"wamid.x","timestamp":"1697043223",`

func TestParseMessages(t *testing.T) {
	message := func(change func(*Message)) *Message {
		m := &Message{ID: "wamid.x", From: customer, At: second}
		change(m)
		return m
	}
	plain := func(kind string) *Message { return message(func(m *Message) { m.Type = kind }) }
	tests := []struct {
		name string
		body string
		want *Message
	}{
		{"text", head + `"type":"text","text":{"body":"Body Text"}}`,
			message(func(m *Message) { m.Type, m.Text = "text", "Body Text" })},
		{"text with escaped letters and half a surrogate pair", head + `"type":"text","text":{"body":"ma\u00f1ana \ud83d\ude00 \ud83d\u0041"}}`,
			message(func(m *Message) { m.Type, m.Text = "text", "mañana 😀 \uFFFDA" })},
		{"text that quotes a message of ours", head + `"type":"text","context":{"from":"15550783881","id":"wamid.quoted"},"text":{"body":"yes"}}`,
			message(func(m *Message) { m.Type, m.Text, m.ReplyTo = "text", "yes", "wamid.quoted" })},
		{"forwarded text quotes nothing", head + `"type":"text","context":{"forwarded":true},"text":{"body":"yes"}}`,
			message(func(m *Message) { m.Type, m.Text, m.Forwarded = "text", "yes", true })},
		{"reply button", head + `"type":"interactive","context":{"from":"15550783881","id":"wamid.ours"},"interactive":{"type":"button_reply","button_reply":{"id":"callback_data","title":"title"}}}`,
			message(func(m *Message) {
				m.Type, m.ReplyTo, m.Button = "interactive", "wamid.ours", &ButtonReply{ID: "callback_data", Title: "title"}
			})},
		{"list row", head + `"type":"interactive","context":{"id":"wamid.ours"},"interactive":{"type":"list_reply","list_reply":{"id":"row","title":"title","description":"d"}}}`,
			message(func(m *Message) {
				m.Type, m.ReplyTo, m.Button = "interactive", "wamid.ours", &ButtonReply{ID: "row", Title: "title", Description: "d"}
			})},
		{"template button", head + `"type":"button","button":{"payload":"callback_data","text":"title"}}`,
			message(func(m *Message) { m.Type, m.Button = "button", &ButtonReply{ID: "callback_data", Title: "title"} })},
		{"type nobody knows yet", head + `"type":"hologram","hologram":{"depth":3}}`, plain("hologram")},
		{"changed identity key is no new number", head + `"type":"system","identity":{"acknowledged":true,"hash":"xyz"},"system":{"body":"b","type":"customer_identity_changed"}}`, plain("system")},
		{"changed number", head + `"type":"system","system":{"body":"b","wa_id":"972912345678","type":"user_changed_number"}}`,
			message(func(m *Message) {
				m.Type, m.Change = "system", &IdentityChange{OldPhone: "972987654321", NewPhone: "972912345678"}
			})},
		{"changed number with user ids", head + `"from_user_id":"IL.1","type":"system","system":{"wa_id":"972912345678","user_id":"IL.2","previous_user_id":"IL.1","type":"user_changed_number"}}`,
			message(func(m *Message) {
				m.Type, m.From.UserID = "system", "IL.1"
				m.Change = &IdentityChange{OldPhone: "972987654321", NewPhone: "972912345678", OldUserID: "IL.1", NewUserID: "IL.2"}
			})},
		{"changed number without the old user id", head + `"from_user_id":"IL.1","type":"system","system":{"wa_id":"972912345678","user_id":"IL.2","type":"user_changed_number"}}`,
			message(func(m *Message) {
				m.Type, m.From.UserID = "system", "IL.1"
				m.Change = &IdentityChange{OldPhone: "972987654321", NewPhone: "972912345678", OldUserID: "IL.1", NewUserID: "IL.2"}
			})},
		{"timestamp as a number", `{"from":"972987654321","id":"wamid.x","timestamp":1697043223,"type":"text","text":{"body":"n"}}`,
			message(func(m *Message) { m.Type, m.Text = "text", "n" })},
		{"sender as a number keeps all its digits", `{"from":972987654321,"id":"wamid.x","timestamp":"1697043223","type":"text","text":{"body":"n"}}`,
			message(func(m *Message) { m.Type, m.Text = "text", "n" })},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			it := one(t, envelope(tt.body))
			if it.Problem != nil {
				t.Fatal(it.Problem)
			}
			if diff := cmp.Diff(tt.want, it.Message, ignoreRaw); diff != "" {
				t.Error(diff)
			}
			if it.Channel != channel || it.Field != "messages" || it.Status != nil {
				t.Errorf("item = %+v", it)
			}
			if string(it.Raw) != tt.body || string(it.Message.Raw) != tt.body {
				t.Errorf("Raw = %s", it.Raw)
			}
		})
	}
}

func TestParseSenders(t *testing.T) {
	text := func(address string) string {
		return `{` + address + `"id":"wamid.x","timestamp":"1697043223","type":"text","text":{"body":"hi"}}`
	}
	tests := []struct {
		name, contacts, message string
		want                    Party
	}{
		{"hidden phone, user id only",
			`[{"profile":{"name":"K Fisher","username":"kfisher"},"user_id":"US.1234"}]`,
			text(`"from_user_id":"US.1234","from_parent_user_id":"US.ENT.5678",`),
			Party{UserID: "US.1234", ParentUserID: "US.ENT.5678", Name: "K Fisher", Username: "kfisher"}},
		{"user id in the place of the phone",
			`[{"profile":{"name":"K"},"wa_id":"US.1234"}]`, text(`"from":"US.1234",`),
			Party{UserID: "US.1234", Name: "K"}},
		{"phone and user id",
			`[{"profile":{"name":"K"},"wa_id":"972987654321","user_id":"IL.9","parent_user_id":"IL.ENT.1"}]`, text(`"from":"972987654321",`),
			Party{Phone: "972987654321", UserID: "IL.9", ParentUserID: "IL.ENT.1", Name: "K"}},
		{"no contacts at all", `null`, text(`"from":"972987654321",`), Party{Phone: "972987654321"}},
		{"contact without a profile", `[{"wa_id":"972987654321"}]`, text(`"from":"972987654321",`), Party{Phone: "972987654321"}},
		{"contact with a null profile", `[{"profile":null,"wa_id":"972987654321"}]`, text(`"from":"972987654321",`), Party{Phone: "972987654321"}},
		{"Brazil's ninth digit missing on one side",
			`[{"profile":{"name":"Bia"},"wa_id":"551187654321"}]`, text(`"from":"5511987654321",`),
			Party{Phone: "5511987654321", Name: "Bia"}},
		{"somebody else's contact gives no name",
			`[{"profile":{"name":"Other"},"wa_id":"15550001"}]`, text(`"from":"972987654321",`), Party{Phone: "972987654321"}},
		{"one of several contacts",
			`[{"profile":{"name":"A"},"wa_id":"1"},{"profile":{"name":"B"},"wa_id":"972987654321"},{"profile":{"name":"C"},"user_id":"US.3"}]`,
			text(`"from":"972987654321",`), Party{Phone: "972987654321", Name: "B"}},
		{"one of several contacts by user id",
			`[{"profile":{"name":"A"},"wa_id":"1"},{"profile":{"name":"C"},"user_id":"US.3","wa_id":"12025550100"}]`,
			text(`"from_user_id":"US.3",`), Party{Phone: "12025550100", UserID: "US.3", Name: "C"}},
		{"none of several contacts",
			`[{"profile":{"name":"A"},"wa_id":"1"},{"profile":{"name":"B"},"wa_id":"2"}]`,
			text(`"from":"972987654321",`), Party{Phone: "972987654321"}},
		{"contact known to be the sender's though the message names nobody",
			`[{"profile":{"name":"A"},"wa_id":"12025550100"}]`, text(``), Party{Phone: "12025550100", Name: "A"}},
		{"elements that are no contacts are passed over",
			`[7,"x",{"profile":{"name":"A"},"wa_id":"12025550100"}]`, text(`"from":"12025550100",`), Party{Phone: "12025550100", Name: "A"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			it := one(t, change("messages", `{`+metadata+`,"contacts":`+tt.contacts+`,"messages":[`+tt.message+`]}`))
			if it.Problem != nil {
				t.Fatal(it.Problem)
			}
			if it.Message.From != tt.want {
				t.Errorf("From = %+v, want %+v", it.Message.From, tt.want)
			}
		})
	}
}

func TestParseIdentityChanges(t *testing.T) {
	t.Run("a system notice without a sender names the person by the new id", func(t *testing.T) {
		it := one(t, change("messages", `{`+metadata+`,"messages":[{"id":"wamid.x","timestamp":"1697043223","type":"system",
			"system":{"type":"user_changed_user_id","user_id":"US.2","previous_user_id":"US.1"}}]}`))
		want := &Message{ID: "wamid.x", At: second, Type: "system", From: Party{UserID: "US.2"},
			Change: &IdentityChange{OldUserID: "US.1", NewUserID: "US.2"}}
		if diff := cmp.Diff(want, it.Message, ignoreRaw); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("the older field of its own is taken too", func(t *testing.T) {
		it := one(t, change("user_id_update", `{`+metadata+`,"contacts":[{"profile":{"name":"Ann"},"wa_id":"12025550100"}],
			"user_id_update":[{"wa_id":"12025550100","detail":"d","user_id":{"previous":"US.1","current":"US.2"},"timestamp":"1697043223"}]}`))
		want := &Message{At: second, Type: "system", From: Party{Phone: "12025550100", UserID: "US.2", Name: "Ann"},
			Change: &IdentityChange{OldUserID: "US.1", NewUserID: "US.2"}}
		if diff := cmp.Diff(want, it.Message, ignoreRaw); diff != "" {
			t.Error(diff)
		}
		if it.Field != "user_id_update" {
			t.Errorf("Field = %q", it.Field)
		}
	})
}

func TestParseStatuses(t *testing.T) {
	pricing := &Pricing{Billable: true, Model: "PMP", Type: "regular", Category: "service"}
	const rest = `,"timestamp":"1697043223"`
	tests := []struct {
		name, body string
		want       *StatusReport
	}{
		{"sent with price and conversation",
			`{"id":"wamid.ours","status":"sent"` + rest + `,"recipient_id":"972987654321","recipient_user_id":"IL.1","biz_opaque_callback_data":"42",
			 "conversation":{"id":"727","expiration_timestamp":"1698339900","origin":{"type":"service"}},
			 "pricing":{"billable":true,"pricing_model":"PMP","type":"regular","category":"service"}}`,
			&StatusReport{Status: chat.StatusSent, To: Party{Phone: "972987654321", UserID: "IL.1"}, Opaque: "42", Pricing: pricing}},
		{"expiration as a number",
			`{"id":"wamid.ours","status":"delivered"` + rest + `,"recipient_id":"972987654321","conversation":{"expiration_timestamp":1698339900}}`,
			&StatusReport{Status: chat.StatusDelivered, To: Party{Phone: "972987654321"}}},
		{"read by somebody whose phone is hidden",
			`{"id":"wamid.ours","status":"read"` + rest + `,"recipient_user_id":"US.1"}`,
			&StatusReport{Status: chat.StatusRead, To: Party{UserID: "US.1"}}},
		{"played", `{"id":"wamid.ours","status":"played"` + rest + `,"recipient_id":"US.1"}`,
			&StatusReport{Status: chat.StatusPlayed, To: Party{UserID: "US.1"}}},
		{"failed with its error",
			`{"id":"wamid.ours","status":"failed"` + rest + `,"recipient_id":"972987654321","errors":[{"code":130472,"title":"t","message":"m","error_data":{"details":"d"},"href":"h"}]}`,
			&StatusReport{Status: chat.StatusFailed, To: Party{Phone: "972987654321"}, Errors: []GraphError{{Code: 130472, Title: "t", Message: "m", Details: "d"}}}},
		{"a group's status is about the participant, whose phone may be hidden",
			`{"id":"wamid.ours","status":"read"` + rest + `,"recipient_id":"G-1","recipient_type":"group","recipient_participant_user_id":"US.7"}`,
			&StatusReport{Status: chat.StatusRead, To: Party{UserID: "US.7"}}},
		{"a group's status is about the participant",
			`{"id":"wamid.ours","status":"read"` + rest + `,"recipient_id":"G-1","recipient_type":"group","recipient_participant_id":"972987654321"}`,
			&StatusReport{Status: chat.StatusRead, To: Party{Phone: "972987654321"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			it := one(t, change("messages", `{`+metadata+`,"statuses":[`+tt.body+`]}`))
			if it.Problem != nil {
				t.Fatal(it.Problem)
			}
			tt.want.WAMID, tt.want.At = "wamid.ours", second
			if diff := cmp.Diff(tt.want, it.Status, ignoreRaw); diff != "" {
				t.Error(diff)
			}
		})
	}
	t.Run("a status of an unknown kind is kept and means nothing", func(t *testing.T) {
		it := one(t, change("messages", `{`+metadata+`,"statuses":[{"id":"wamid.ours","status":"framed"`+rest+`}]}`))
		if it.Problem != nil || it.Status != nil || it.Message != nil || len(it.Raw) == 0 {
			t.Errorf("item = %+v", it)
		}
	})
}

func TestParseInteractiveWithoutABody(t *testing.T) {
	t.Run("it carries the errors of its change", func(t *testing.T) {
		it := one(t, change("messages", `{`+metadata+`,"messages":[`+head+`"type":"interactive","context":{"id":"wamid.ours"}}],
			"errors":[{"code":131000,"title":"t","error_data":{"details":"Unsupported webhook payload"}}]}`))
		want := &Message{ID: "wamid.x", From: Party{Phone: "972987654321"}, At: second, Type: "interactive", ReplyTo: "wamid.ours",
			Errors: []GraphError{{Code: 131000, Title: "t", Details: "Unsupported webhook payload"}}}
		if diff := cmp.Diff(want, it.Message, ignoreRaw, cmpopts.EquateEmpty()); diff != "" {
			t.Error(diff)
		}
	})
}
