package connection

import (
	"regexp"
	"strings"

	"shopbell/core/desk"
)

// snippetMarks are what no single value of Meta's has in it: such a text was copied
// with what stands around the value.
var snippetMarks = []string{"graph.facebook.com", "curl ", "Bearer ", "{", "\"", "=", "://"}

// The forms of the values in a snippet, by how Meta's pages, its webhooks and a
// file of settings write them. The first that is found counts.
var (
	numberForms = forms(
		`graph\.facebook\.com/(?:v\d+\.\d+/)?(\d{10,20})/(?:messages|media|register|whatsapp_business_profile)\b`,
		named(`phone_number_id`, `\d{10,20}`))
	accountForms = forms(
		`graph\.facebook\.com/(?:v\d+\.\d+/)?(\d{10,20})/(?:message_templates|phone_numbers|subscribed_apps)\b`,
		`"entry"\s*:\s*\[\s*\{\s*"id"\s*:\s*"(\d{10,20})"`,
		named(`(?:waba|whatsapp_business_account|business_account)_id`, `\d{10,20}`))
	tokenForms  = forms(`\b(EAA[A-Za-z0-9]{20,})`)
	secretForms = forms(named(`(?:app|client)_secret`, `[0-9a-f]{32}`))
)

// named is a value after its name, in JSON, in a query or in a file of settings.
func named(name, value string) string { return `(?i)` + name + `"?\s*[:=]\s*"?(` + value + `)\b` }

func forms(patterns ...string) (list []*regexp.Regexp) {
	for _, p := range patterns {
		list = append(list, regexp.MustCompile(p))
	}
	return list
}

// recognise takes the keys out of a text that holds more than one value. snippet is
// false for a text that may be a value itself: then nothing is looked for. A snippet
// without any key gives no key.
func recognise(text string) (found desk.Keys, snippet bool) {
	for _, mark := range snippetMarks {
		snippet = snippet || strings.Contains(text, mark)
	}
	if !snippet {
		return found, false
	}
	return desk.Keys{
		PhoneNumberID: first(numberForms, text), WABAID: first(accountForms, text),
		Token: desk.Secret(first(tokenForms, text)), AppSecret: desk.Secret(first(secretForms, text)),
	}, true
}

func first(list []*regexp.Regexp, text string) string {
	for _, form := range list {
		if m := form.FindStringSubmatch(text); m != nil {
			return m[1]
		}
	}
	return ""
}
