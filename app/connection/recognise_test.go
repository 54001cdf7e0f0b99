package connection

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"shopbell/core/desk"
)

func TestRecognise(t *testing.T) {
	const (
		number  = "104829301177462"
		account = "98213300418275"
		token   = "EAAGm0PX4ZCpsBO7ZCnobodyMayReadThis"
		secret  = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
	)
	for _, tt := range []struct {
		name, text string
		want       desk.Keys
		value      bool // it may be a value itself
	}{
		{"an id is a value", number, desk.Keys{}, true},
		{"a token is a value", token, desk.Keys{}, true},
		{"a phone number is a value, and Meta says that it is none", "+351 912 000 118", desk.Keys{}, true},
		{
			"the command of API Setup has the number's id and the token",
			"curl -i -X POST https://graph.facebook.com/v22.0/" + number + "/messages -H 'Authorization: Bearer " + token + "' -H 'Content-Type: application/json' -d '{ \"to\": \"351912000118\" }'",
			desk.Keys{PhoneNumberID: number, Token: token}, false,
		},
		{"a command about the account has its id", "curl https://graph.facebook.com/" + account + "/phone_numbers", desk.Keys{WABAID: account}, false},
		{
			"a webhook has both ids",
			`{"object":"whatsapp_business_account","entry":[{"id":"` + account + `","changes":[{"value":{"metadata":{"display_phone_number":"351912000118","phone_number_id":"` + number + `"}}}]}]}`,
			desk.Keys{PhoneNumberID: number, WABAID: account}, false,
		},
		{
			"a file of settings has all four",
			"PHONE_NUMBER_ID=" + number + " WABA_ID=" + account + " ACCESS_TOKEN=" + token + " APP_SECRET=" + secret,
			desk.Keys{PhoneNumberID: number, WABAID: account, Token: token, AppSecret: secret}, false,
		},
		{"a header has the token", "Authorization: Bearer " + token, desk.Keys{Token: token}, false},
		{"a page's address has nothing", "https://business.facebook.com/settings/system-users", desk.Keys{}, false},
		{"half an id is none", `{"phone_number_id": "1048"}`, desk.Keys{}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, snippet := recognise(tt.text)
			if diff := cmp.Diff(tt.want, got); diff != "" || snippet == tt.value {
				t.Errorf("more than a value: %t; (-want +got):\n%s", snippet, diff)
			}
		})
	}
}
