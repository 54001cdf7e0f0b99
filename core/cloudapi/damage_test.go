package cloudapi

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestParseRefusesWhatIsNoWebhook(t *testing.T) {
	for _, body := range []string{
		``, `{`, `nonsense`, `[]`, `7`, `null`, `"entry"`, `{}`, `{"entry":{}}`, `{"entry":null}`,
		strings.Repeat(`[`, 1<<20) + strings.Repeat(`]`, 1<<20),
	} {
		if items, err := Parse([]byte(body)); err == nil || items != nil {
			t.Errorf("Parse(%.30q) = %v, %v", body, items, err)
		}
	}
	if items, err := Parse([]byte(`{"object":"whatsapp_business_account","entry":[]}`)); err != nil || len(items) != 0 {
		t.Errorf("a webhook without entries = %v, %v", items, err)
	}
}

// Each damaged element stands between two good ones, which must survive.
func TestParseKeepsTheNeighboursOfADamagedElement(t *testing.T) {
	const good = head + `"type":"text","text":{"body":"good"}}`
	const goodStatus = `{"id":"wamid.ours","status":"sent","timestamp":"1697043223"}`
	tests := []struct {
		name, list, good, damaged, want string
	}{
		{"message that is no object", "messages", good, `7`, "not an object"},
		{"message without an id", "messages", good, `{"from":"1","timestamp":"1","type":"text","text":{"body":"x"}}`, "no id"},
		{"message without a type", "messages", good, `{"id":"w","from":"1","timestamp":"1"}`, "no type"},
		{"message without a timestamp", "messages", good, `{"id":"w","from":"1","type":"image"}`, "timestamp"},
		{"message with a timestamp in words", "messages", good, `{"id":"w","from":"1","type":"image","timestamp":"noon"}`, "timestamp"},
		{"message with a timestamp in milliseconds", "messages", good, `{"id":"w","from":"1","type":"image","timestamp":"1697043223000"}`, "timestamp"},
		{"message from nobody", "messages", good, `{"id":"w","timestamp":"1","type":"image"}`, "sender"},
		{"text without a body", "messages", good, `{"id":"w","from":"1","timestamp":"1","type":"text"}`, "no body"},
		{"text whose body is no string", "messages", good, `{"id":"w","from":"1","timestamp":"1","type":"text","text":{"body":["x"]}}`, "no body"},
		{"status that is no object", "statuses", goodStatus, `"read"`, "not an object"},
		{"status of no message", "statuses", goodStatus, `{"status":"read","timestamp":"1"}`, "no message id"},
		{"status that says nothing", "statuses", goodStatus, `{"id":"w","timestamp":"1"}`, "says nothing"},
		{"status without a timestamp", "statuses", goodStatus, `{"id":"w","status":"read"}`, "timestamp"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			items, err := Parse(change("messages", fmt.Sprintf(`{%s,%q:[%s,%s,%s]}`, metadata, tt.list, tt.good, tt.damaged, tt.good)))
			if err != nil {
				t.Fatal(err)
			}
			if len(items) != 3 {
				t.Fatalf("%d items", len(items))
			}
			for _, i := range []int{0, 2} {
				if items[i].Problem != nil || items[i].Message == nil && items[i].Status == nil {
					t.Errorf("neighbour %d = %+v", i, items[i])
				}
			}
			it := items[1]
			if it.Problem == nil || !strings.Contains(it.Problem.Error(), tt.want) {
				t.Errorf("Problem = %v, want it to say %q", it.Problem, tt.want)
			}
			if it.Message != nil || it.Status != nil {
				t.Error("a damaged element was half accepted")
			}
			if string(it.Raw) != tt.damaged || it.Channel != channel {
				t.Errorf("Raw = %s, channel %+v", it.Raw, it.Channel)
			}
		})
	}
}

func TestParseReportsDamagedLevels(t *testing.T) {
	for _, body := range []string{
		`{"entry":[7]}`,
		`{"entry":[{"id":"1"}]}`,
		`{"entry":[{"id":"1","changes":{}}]}`,
		`{"entry":[{"id":"1","changes":["x"]}]}`,
		`{"entry":[{"id":"1","changes":[{"field":"messages"}]}]}`,
		`{"entry":[{"id":"1","changes":[{"field":"messages","value":[]}]}]}`,
		`{"entry":[{"id":"1","changes":[{"field":"messages","value":{"messages":{}}}]}]}`,
		`{"entry":[{"id":"1","changes":[{"field":"user_id_update","value":{"user_id_update":[1]}}]}]}`,
		`{"entry":[{"id":"1","changes":[{"field":"user_id_update","value":{"user_id_update":[{"timestamp":"1"}]}}]}]}`,
		`{"entry":[{"id":"1","changes":[{"field":"user_id_update","value":{"user_id_update":[{"user_id":{"current":"US.1"}}]}}]}]}`,
	} {
		if it := one(t, []byte(body)); it.Problem == nil || it.Message != nil {
			t.Errorf("Parse(%s) = %+v", body, it)
		}
	}
}

func TestParseReadsEveryPartOfABatch(t *testing.T) {
	var messages, statuses, contacts []string
	for i := range 500 {
		contacts = append(contacts, fmt.Sprintf(`{"profile":{"name":"n%d"},"wa_id":"1202555%04d"}`, i, i))
		messages = append(messages, fmt.Sprintf(`{"from":"1202555%04d","id":"wamid.%d","timestamp":"1697043223","type":"text","text":{"body":"b%d"}}`, i, i, i))
		statuses = append(statuses, fmt.Sprintf(`{"id":"wamid.o%d","status":"read","timestamp":"1697043223"}`, i))
	}
	value := fmt.Sprintf(`{%s,"contacts":[%s],"messages":[%s],"statuses":[%s]}`, metadata,
		strings.Join(contacts, ","), strings.Join(messages, ","), strings.Join(statuses, ","))
	one := fmt.Sprintf(`{"field":"messages","value":%s}`, value)
	entry := fmt.Sprintf(`{"id":"1","changes":[%s,%s]}`, one, one)
	items, err := Parse(fmt.Appendf(nil, `{"entry":[%s,%s]}`, entry, entry))
	if err != nil {
		t.Fatal(err)
	}
	if len(items) != 4000 {
		t.Fatalf("%d items, want 4000", len(items))
	}
	for at, it := range items {
		i := at % 1000
		switch {
		case it.Problem != nil:
			t.Fatal(it.Problem)
		case i < 500:
			want := Message{ID: fmt.Sprintf("wamid.%d", i), Text: fmt.Sprintf("b%d", i), From: Party{Name: fmt.Sprintf("n%d", i)}}
			if it.Message.ID != want.ID || it.Message.Text != want.Text || it.Message.From.Name != want.From.Name {
				t.Fatalf("message %d = %+v", i, it.Message)
			}
		case it.Status.WAMID != fmt.Sprintf("wamid.o%d", i-500):
			t.Fatalf("status %d = %+v", i, it.Status)
		}
	}
}

func TestRawSharesNoMemoryWithTheBody(t *testing.T) {
	const message = head + `"type":"text","text":{"body":"kept"}}`
	body := envelope(message)
	it := one(t, body)
	clear(body)
	if string(it.Raw) != message || it.Message.Text != "kept" {
		t.Errorf("Raw = %s, text %q", it.Raw, it.Message.Text)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(envelope(head + `"type":"text","text":{"body":"ma\u00f1ana \ud83d"}}`))
	f.Add(envelope(head + `"type":"interactive","interactive":{"type":"button_reply","button_reply":{"id":"i","title":"t"}}}`))
	f.Add(envelope(head + `"type":"system","system":{"wa_id":"1","type":"user_changed_number"}},{"id":7},null`))
	f.Add(change("messages", `{`+metadata+`,"statuses":[{"id":"w","status":"failed","timestamp":1,"errors":[{"code":"131026"}]}]}`))
	f.Add(change("user_id_update", `{"user_id_update":[{"wa_id":"1","user_id":{"previous":"US.1","current":"US.2"},"timestamp":1}]}`))
	f.Add(change("account_update", `{"event":"ACCOUNT_DELETED"}`))
	f.Add(change("smb_message_echoes", `{"message_echoes":[{"from":"1","to":"2","id":"w","timestamp":"1","type":"edit","edit":{"original_message_id":"o","message":{"type":"text","text":{"body":"b"}}}},{}]}`))
	f.Add(change("user_preferences", `{"user_preferences":[{"wa_id":"1","category":"c","value":"stop","timestamp":1}]}`))
	f.Add(change("message_template_status_update", `{"event":"REJECTED","message_template_id":9007199254740993,"message_template_language":"en-US","reason":null,"rejection_info":{"reason":"r"}}`))
	for _, content := range []string{
		`"type":"voice","voice":{"id":1234567890987654321}`,
		`"type":"document","document":{"id":"1","filename":"f.pdf","caption":"c"},"referral":{"source_type":"ad"}`,
		`"type":"location","location":{"latitude":"37.46","longitude":-122.21}`,
		`"type":"contacts","contacts":[{"name":{"first_name":"A"},"phones":[{"wa_id":1}]},null]`,
		`"type":"order","order":{"text":"t","product_items":[{"product_retailer_id":"P","quantity":"3","item_price":5.999e2}]}`,
		`"type":"interactive","interactive":{"nfm_reply":{"response_json":"{\"a\":1}"}}`,
		`"type":"reaction","reaction":{"message_id":"w"},"context":{"frequently_forwarded":true}`,
		`"type":"revoke","revoke":{"original_message_id":"w"},"group_id":"g"`,
	} {
		f.Add(envelope(head + content + `}`))
	}
	f.Add([]byte(`{"entry":[{"time":1,"changes":[{},{"value":{}}]},{}]}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		items, err := Parse(body)
		if err != nil {
			if items != nil {
				t.Fatal("items beside an error")
			}
			return
		}
		for _, it := range items {
			if !json.Valid(it.Raw) {
				t.Fatalf("Raw is not JSON: %q", it.Raw)
			}
			set := 0
			if m := it.Message; m != nil {
				set++
				if m.From.Phone == "" && m.From.UserID == "" {
					t.Fatalf("a message from nobody: %+v", m)
				}
				checkMessage(t, *m)
			}
			if e := it.Echo; e != nil {
				set++
				if e.To.Phone == "" && e.To.UserID == "" || e.From != (Party{}) {
					t.Fatalf("an echo to nobody: %+v", e)
				}
				checkMessage(t, e.Message)
			}
			if it.Status != nil {
				set++
				if it.Status.WAMID == "" || it.Status.Status == "" || it.Status.At.IsZero() {
					t.Fatalf("half a status: %+v", it.Status)
				}
			}
			if p := it.Preference; p != nil {
				set++
				if p.At.IsZero() || p.From.Phone == "" && p.From.UserID == "" {
					t.Fatalf("half a preference: %+v", p)
				}
			}
			if it.Notice != nil {
				set++
			}
			if it.Problem != nil {
				set++
			}
			if set > 1 {
				t.Fatalf("more than one thing in %+v", it)
			}
		}
		if want := elements(body); want >= 0 && len(items) != want {
			t.Fatalf("%d items for %d elements", len(items), want)
		}
	})
}

// checkMessage holds what every reader of a Message may rely on.
func checkMessage(t *testing.T, m Message) {
	t.Helper()
	switch {
	case m.At.IsZero() || m.Type == "":
		t.Fatalf("half a message: %+v", m)
	case m.Media != nil && m.Media.ID == "",
		m.Reaction != nil && m.Reaction.WAMID == "",
		m.Edit != nil && (m.Edit.WAMID == "" || m.Edit.Type == ""),
		m.Revoke != nil && m.Revoke.WAMID == "",
		m.Form != nil && m.Form.Answers != "" && !json.Valid([]byte(m.Form.Answers)),
		m.Order != nil && len(m.Order.Items) == 0:
		t.Fatalf("content that cannot be used: %+v", m)
	case m.Location != nil && !(math.Abs(m.Location.Latitude) <= 90 && math.Abs(m.Location.Longitude) <= 180):
		t.Fatalf("a place off the map: %+v", m.Location)
	}
	if m.Order != nil {
		for _, item := range m.Order.Items {
			if item.Price < 0 || item.Quantity < 1 || item.Product == "" {
				t.Fatalf("a line that is no order: %+v", item)
			}
		}
	}
	for _, s := range []string{m.ID, m.Type, m.Text, m.ReplyTo, m.Group} {
		if !utf8.ValidString(s) {
			t.Fatalf("%q is no UTF-8", s)
		}
	}
}

// elements counts by another decoder what Parse must report, for bodies of the
// usual form; -1 for others.
func elements(body []byte) int {
	var w struct {
		Entry []struct {
			Changes []struct {
				Field string `json:"field"`
				Value struct {
					Messages []json.RawMessage `json:"messages"`
					Statuses []json.RawMessage `json:"statuses"`
				} `json:"value"`
			} `json:"changes"`
		} `json:"entry"`
	}
	// encoding/json folds the case of names and merges repeated ones, Parse does
	// neither: such bodies are not compared.
	if json.Unmarshal(body, &w) != nil || strings.ContainsAny(string(body), `\`) {
		return -1
	}
	for _, name := range []string{"entry", "changes", "field", "value", "messages", "statuses"} {
		if strings.Count(strings.ToLower(string(body)), `"`+name+`"`) != strings.Count(string(body), `"`+name+`"`) {
			return -1
		}
	}
	if strings.Count(string(body), `"entry"`) != 1 || strings.Count(string(body), `"value"`) != 1 || len(w.Entry) != 1 || len(w.Entry[0].Changes) != 1 {
		return -1
	}
	c := w.Entry[0].Changes[0]
	if c.Field != "messages" || strings.Count(string(body), `"messages"`) > 2 || strings.Count(string(body), `"statuses"`) > 1 {
		return -1
	}
	return max(len(c.Value.Messages)+len(c.Value.Statuses), 1)
}

func BenchmarkParseOneText(b *testing.B) {
	body := change("messages", `{`+metadata+`,"contacts":[{"profile":{"name":"Марина Волкова"},"wa_id":"447700900123","user_id":"GB.13491208655302741918"}],
		"messages":[{"from":"447700900123","from_user_id":"GB.13491208655302741918","id":"wamid.HBgLNDQ3NzAwOTAwMTIzFQIAEhgUM0E5RkM1","timestamp":"1697043223","type":"text","text":{"body":"Здравствуйте! Когда придёт мой заказ?"}}]}`)
	b.ReportAllocs()
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		if items, err := Parse(body); err != nil || len(items) != 1 || items[0].Message == nil {
			b.Fatal(items, err)
		}
	}
}
