package cloudapi

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"shopbell/core/chat"
)

// Every kind of message with something in it, as Meta sends it.
func TestParseContent(t *testing.T) {
	tests := []struct {
		name, body string
		want       Message // without what every message has
	}{
		{"image with a caption and an address", `"type":"image","image":{"mime_type":"image/jpeg","sha256":"uL2=","id":"65463453","url":"https://lookaside.fbsbx.com/?mid=65463453","caption":"this one"}`,
			Message{Type: "image", Media: &MediaRef{ID: "65463453", URL: "https://lookaside.fbsbx.com/?mid=65463453", MIME: "image/jpeg", SHA256: "uL2=", Caption: "this one"}}},
		{"image of an older webhook, without an address", `"type":"image","image":{"mime_type":"image/jpeg","sha256":"uL2=","id":"65463453"}`,
			Message{Type: "image", Media: &MediaRef{ID: "65463453", MIME: "image/jpeg", SHA256: "uL2="}}},
		{"video that was passed on", `"type":"video","context":{"forwarded":true},"video":{"caption":"look","mime_type":"video/mp4","id":"765"}`,
			Message{Type: "video", Forwarded: true, Media: &MediaRef{ID: "765", MIME: "video/mp4", Caption: "look"}}},
		{"image that was passed on often", `"type":"image","context":{"frequently_forwarded":true},"image":{"id":"1"}`,
			Message{Type: "image", Forwarded: true, Media: &MediaRef{ID: "1"}}},
		{"document whose id is a number beyond 2^53", `"type":"document","document":{"filename":"прайс.pdf","mime_type":"application/pdf","id":1234567890987654321}`,
			Message{Type: "document", Media: &MediaRef{ID: "1234567890987654321", MIME: "application/pdf", Name: "прайс.pdf"}}},
		{"voice note", `"type":"audio","audio":{"mime_type":"audio/ogg; codecs=opus","id":"123","voice":true}`,
			Message{Type: "audio", Media: &MediaRef{ID: "123", MIME: "audio/ogg; codecs=opus", Voice: true}}},
		{"audio file", `"type":"audio","audio":{"mime_type":"audio/mpeg","id":"123","voice":false}`,
			Message{Type: "audio", Media: &MediaRef{ID: "123", MIME: "audio/mpeg"}}},
		{"voice note of the older type is audio", `"type":"voice","voice":{"mime_type":"audio/ogg","id":"123"}`,
			Message{Type: "audio", Media: &MediaRef{ID: "123", MIME: "audio/ogg", Voice: true}}},
		{"older voice note without a file", `"type":"voice"`, Message{Type: "audio"}},
		{"moving sticker", `"type":"sticker","sticker":{"mime_type":"image/webp","id":"123","animated":true}`,
			Message{Type: "sticker", Media: &MediaRef{ID: "123", MIME: "image/webp", Animated: true}}},
		{"file without an id", `"type":"image","image":{"mime_type":"image/jpeg"}`, Message{Type: "image"}},
		{"file that is no object", `"type":"image","image":"65463453"`, Message{Type: "image"}},

		{"location with its name", `"type":"location","location":{"latitude":37.46,"longitude":-122.21,"name":"Old mill","address":"1 River Way","url":"https://maps.example/1"}`,
			Message{Type: "location", Location: &chat.Location{Latitude: 37.46, Longitude: -122.21, Name: "Old mill", Address: "1 River Way", URL: "https://maps.example/1"}}},
		{"location as words at the edge of the map", `"type":"location","location":{"latitude":"-90","longitude":"180"}`,
			Message{Type: "location", Location: &chat.Location{Latitude: -90, Longitude: 180}}},
		{"location off the map", `"type":"location","location":{"latitude":90.1,"longitude":0}`, Message{Type: "location"}},
		{"location that is no number", `"type":"location","location":{"latitude":"NaN","longitude":"0"}`, Message{Type: "location"}},
		{"location without a longitude", `"type":"location","location":{"latitude":1}`, Message{Type: "location"}},

		{"contact cards", `"type":"contacts","contacts":[
			{"name":{"first_name":"Ada","last_name":"King","formatted_name":"Ada King"},"org":{"company":"Engines"},"phones":[{"phone":"+44 7700 900123","wa_id":"447700900123","type":"CELL"},{"type":"HOME"}],"emails":[{"email":"ada@example.org","type":"WORK"},{}],"origin":"other"},
			{"name":{"first_name":"Grace","last_name":"Hopper"},"phones":null}]`,
			Message{Type: "contacts", Cards: []chat.Card{
				{Name: "Ada King", Company: "Engines", Phones: []chat.CardPhone{{Phone: "+44 7700 900123", WaID: "447700900123", Type: "CELL"}}, Emails: []string{"ada@example.org"}},
				{Name: "Grace Hopper"},
			}}},
		{"shared phone number without a name", `"type":"contacts","contacts":[{"phones":[{"wa_id":447700900123}],"origin":"contact_request"}]`,
			Message{Type: "contacts", Cards: []chat.Card{{Phones: []chat.CardPhone{{WaID: "447700900123"}}}}}},
		{"cards that say nothing", `"type":"contacts","contacts":[{},7,null]`, Message{Type: "contacts"}},
		{"cards that are no list", `"type":"contacts","contacts":{"name":{"first_name":"Ada"}}`, Message{Type: "contacts"}},

		{"flow answer", `"type":"interactive","context":{"id":"wamid.ours"},"interactive":{"type":"nfm_reply","nfm_reply":{"name":"flow","body":"Sent","response_json":"{\"size\":42}"}}`,
			Message{Type: "interactive", ReplyTo: "wamid.ours", Form: &FormReply{Name: "flow", Text: "Sent", Answers: `{"size":42}`}}},
		{"flow answer whose JSON is none", `"type":"interactive","interactive":{"type":"nfm_reply","nfm_reply":{"body":"Sent","response_json":"{size"}}`,
			Message{Type: "interactive", Form: &FormReply{Text: "Sent"}}},
		{"template button without a context", `"type":"button","button":{"payload":"p","text":"Yes"}`,
			Message{Type: "button", Button: &ButtonReply{ID: "p", Title: "Yes"}}},
		{"template button that is none", `"type":"button","button":null`, Message{Type: "button"}},

		{"reaction", `"type":"reaction","reaction":{"message_id":"wamid.y","emoji":"\ud83d\ude2e"}`,
			Message{Type: "reaction", Reaction: &Reaction{WAMID: "wamid.y", Emoji: "😮"}}},
		{"reaction taken off by an empty emoji", `"type":"reaction","reaction":{"message_id":"wamid.y","emoji":""}`,
			Message{Type: "reaction", Reaction: &Reaction{WAMID: "wamid.y"}}},
		{"reaction taken off by no emoji at all", `"type":"reaction","reaction":{"message_id":"wamid.y"}`,
			Message{Type: "reaction", Reaction: &Reaction{WAMID: "wamid.y"}}},
		{"reaction to nothing", `"type":"reaction","reaction":{"emoji":"x"}`, Message{Type: "reaction"}},

		{"edited text", `"type":"edit","edit":{"original_message_id":"wamid.orig","message":{"context":{"id":"M0"},"type":"text","text":{"body":"size 43"}}}`,
			Message{Type: "edit", Edit: &Edit{WAMID: "wamid.orig", Type: "text", Text: "size 43"}}},
		{"edited caption", `"type":"edit","edit":{"original_message_id":"wamid.orig","message":{"type":"image","image":{"caption":"Updated","mime_type":"image/jpeg","id":"123"}}}`,
			Message{Type: "edit", Edit: &Edit{WAMID: "wamid.orig", Type: "image", Text: "Updated", Media: &MediaRef{ID: "123", MIME: "image/jpeg", Caption: "Updated"}}}},
		{"caption taken away", `"type":"edit","edit":{"original_message_id":"wamid.orig","message":{"type":"video","video":{"id":"123"}}}`,
			Message{Type: "edit", Edit: &Edit{WAMID: "wamid.orig", Type: "video", Media: &MediaRef{ID: "123"}}}},
		{"edit of a kind that cannot be edited leaves the words alone", `"type":"edit","edit":{"original_message_id":"wamid.orig","message":{"type":"hologram","hologram":{"depth":3}}}`,
			Message{Type: "edit"}},
		{"edited text without a body leaves the words alone", `"type":"edit","edit":{"original_message_id":"wamid.orig","message":{"type":"text","text":{}}}`,
			Message{Type: "edit"}},
		{"edit of nothing", `"type":"edit","edit":{"message":{"type":"text","text":{"body":"x"}}}`, Message{Type: "edit"}},
		{"edit without a message", `"type":"edit","edit":{"original_message_id":"wamid.orig"}`, Message{Type: "edit"}},
		{"revoke", `"type":"revoke","revoke":{"original_message_id":"wamid.orig"}`,
			Message{Type: "revoke", Revoke: &Revoke{WAMID: "wamid.orig"}}},
		{"revoke of nothing", `"type":"revoke"`, Message{Type: "revoke"}},

		{"unsupported message that says what it was", `"type":"unsupported","errors":[{"code":131051,"title":"Message type unknown","message":"m","error_data":{"details":"d"}}],"unsupported":{"type":"poll_creation"}`,
			Message{Type: "unsupported", Unsupported: "poll_creation", Errors: []GraphError{{Code: 131051, Title: "Message type unknown", Message: "m", Details: "d"}}}},
		{"unsupported message of an older webhook", `"type":"unsupported","errors":[{"code":131060,"title":"This message is unavailable"}]`,
			Message{Type: "unsupported", Errors: []GraphError{{Code: 131060, Title: "This message is unavailable"}}}},

		{"text from an ad", `"type":"text","text":{"body":"hi"},"referral":{"source_url":"https://fb.me/1","source_id":"120210","source_type":"ad","headline":"Boots","body":"Half price","media_type":"image","image_url":"https://scontent.example/1","ctwa_clid":"Aff-n8","welcome_message":{"text":"Hello!"}}`,
			Message{Type: "text", Text: "hi", Referral: &chat.Referral{Type: "ad", ID: "120210", URL: "https://fb.me/1", Headline: "Boots", Body: "Half price", ImageURL: "https://scontent.example/1", ClickID: "Aff-n8"}}},
		{"text from a video on a status shows the video's picture", `"type":"text","text":{"body":"hi"},"referral":{"source_id":120210,"source_type":"post","media_type":"video","video_url":"https://v.example/1","thumbnail_url":"https://t.example/1"}`,
			Message{Type: "text", Text: "hi", Referral: &chat.Referral{Type: "post", ID: "120210", ImageURL: "https://t.example/1"}}},
		{"text about an article", `"type":"text","text":{"body":"In blue?"},"context":{"from":"15550783881","id":"wamid.cat","referred_product":{"catalog_id":"354160437058781","product_retailer_id":"BOOT-7"}}`,
			Message{Type: "text", Text: "In blue?", ReplyTo: "wamid.cat", Product: &ProductRef{Catalog: "354160437058781", Product: "BOOT-7"}}},
		{"text in a group", `"type":"text","text":{"body":"hi all"},"group_id":"Y2FwaV9ncm91cDox"`,
			Message{Type: "text", Text: "hi all", Group: "Y2FwaV9ncm91cDox"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			it := one(t, envelope(head+tt.body+`}`))
			if it.Problem != nil {
				t.Fatal(it.Problem)
			}
			tt.want.ID, tt.want.From, tt.want.At = "wamid.x", customer, second
			if diff := cmp.Diff(&tt.want, it.Message, ignoreRaw); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestParseEchoes(t *testing.T) {
	echoes := func(contacts, list string) []byte {
		return change("smb_message_echoes", `{`+metadata+`,"contacts":`+contacts+`,"message_echoes":[`+list+`]}`)
	}
	const from = `{"from":"15550783881","id":"wamid.x","timestamp":"1697043223",`
	tests := []struct {
		name, contacts, body string
		want                 Echo
	}{
		{"text to a phone", `null`, from + `"to":"972987654321","type":"text","text":{"body":"It is ready"}}`,
			Echo{To: Party{Phone: "972987654321"}, Message: Message{Type: "text", Text: "It is ready"}}},
		{"file to somebody whose phone is hidden", `[{"profile":{"name":"K","username":"kfisher"},"user_id":"US.7"}]`,
			from + `"to_user_id":"US.7","to_parent_user_id":"US.ENT.1","type":"document","document":{"id":"9","filename":"bill.pdf"}}`,
			Echo{To: Party{UserID: "US.7", ParentUserID: "US.ENT.1", Name: "K", Username: "kfisher"},
				Message: Message{Type: "document", Media: &MediaRef{ID: "9", Name: "bill.pdf"}}}},
		{"user id in the place of the phone", `null`, from + `"to":"US.7","type":"revoke","revoke":{"original_message_id":"wamid.o"}}`,
			Echo{To: Party{UserID: "US.7"}, Message: Message{Type: "revoke", Revoke: &Revoke{WAMID: "wamid.o"}}}},
		{"edit", `null`, from + `"to":"972987654321","type":"edit","edit":{"original_message_id":"wamid.o","message":{"type":"text","text":{"body":"b"}}}}`,
			Echo{To: Party{Phone: "972987654321"}, Message: Message{Type: "edit", Edit: &Edit{WAMID: "wamid.o", Type: "text", Text: "b"}}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			it := one(t, echoes(tt.contacts, tt.body))
			if it.Problem != nil {
				t.Fatal(it.Problem)
			}
			tt.want.ID, tt.want.At = "wamid.x", second
			if diff := cmp.Diff(&tt.want, it.Echo, ignoreRaw); diff != "" {
				t.Error(diff)
			}
			if it.Message != nil {
				t.Error("what the shop wrote counts as the customer's")
			}
			if it.Channel != channel || string(it.Raw) != tt.body || string(it.Echo.Raw) != tt.body {
				t.Errorf("item = %+v", it)
			}
		})
	}
	t.Run("a damaged one leaves its neighbours alone", func(t *testing.T) {
		good := from + `"to":"972987654321","type":"text","text":{"body":"b"}}`
		items, err := Parse(echoes(`null`, good+`,`+from+`"type":"text","text":{"body":"to nobody"}},7,`+good))
		if err != nil || len(items) != 4 {
			t.Fatalf("%d items, %v", len(items), err)
		}
		for i, it := range items {
			if damaged := i == 1 || i == 2; (it.Problem != nil) != damaged || (it.Echo == nil) != damaged {
				t.Errorf("item %d = %+v", i, it)
			}
		}
	})
}

func TestParsePreferences(t *testing.T) {
	wishes := func(list string) []byte {
		return change("user_preferences", `{`+metadata+`,"contacts":[{"profile":{"name":"Ann"},"wa_id":"12025550100","user_id":"US.7"}],"user_preferences":[`+list+`]}`)
	}
	ann := Party{Phone: "12025550100", UserID: "US.7", Name: "Ann"}
	tests := []struct {
		name, body string
		want       *Preference
	}{
		{"no more advertising", `{"wa_id":"12025550100","detail":"d","category":"marketing_messages","value":"stop","timestamp":1697043223}`,
			&Preference{From: ann, At: second, Category: "marketing_messages", Stop: true}},
		{"advertising again, at a moment in a string", `{"wa_id":"12025550100","category":"marketing_messages","value":"resume","timestamp":"1697043223"}`,
			&Preference{From: ann, At: second, Category: "marketing_messages"}},
		{"of somebody whose phone is hidden", `{"user_id":"US.7","category":"marketing_messages","value":"stop","timestamp":1697043223}`,
			&Preference{From: ann, At: second, Category: "marketing_messages", Stop: true}},
		{"a wish nobody knows yet is kept and means nothing", `{"wa_id":"12025550100","category":"marketing_messages","value":"less","timestamp":1697043223}`, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			it := one(t, wishes(tt.body))
			if it.Problem != nil || string(it.Raw) != tt.body {
				t.Fatalf("item = %+v", it)
			}
			if diff := cmp.Diff(tt.want, it.Preference); diff != "" {
				t.Error(diff)
			}
		})
	}
	for name, damaged := range map[string]string{
		"no object": `"stop"`, "no time": `{"wa_id":"12025550100","value":"stop"}`,
	} {
		t.Run("a wish with "+name+" is a problem", func(t *testing.T) {
			if it := one(t, wishes(damaged)); it.Problem == nil || it.Preference != nil {
				t.Errorf("item = %+v", it)
			}
		})
	}
	t.Run("a wish of nobody is a problem", func(t *testing.T) {
		it := one(t, change("user_preferences", `{"user_preferences":[{"value":"stop","timestamp":1}]}`))
		if it.Problem == nil || it.Preference != nil {
			t.Errorf("item = %+v", it)
		}
	})
}
