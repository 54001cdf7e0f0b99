package connection

import (
	"strings"

	"shopbell/app/locale"
	"shopbell/core/desk"
)

// appMark stands in an address for the id of the shop's app, which is known once a
// token works.
const appMark = "{app}"

// source is where Meta shows a value.
type source struct {
	hint string // key of the way there, in the names that stand on Meta's pages
	page string
	apps string // in place of page while the app is not known; empty: page needs none
}

// metaApps lists the apps of who is logged in.
const metaApps = "https://developers.facebook.com/apps/"

// sources by desk.Check.Field.
var sources = map[string]source{
	"phone_number_id": {"connect.at_api_setup", metaApps + appMark + "/whatsapp-business/wa-dev-console/", metaApps},
	"waba_id":         {"connect.at_api_setup", metaApps + appMark + "/whatsapp-business/wa-dev-console/", metaApps},
	"token":           {"connect.at_system_users", "https://business.facebook.com/settings/system-users", ""},
	"app_secret":      {"connect.at_basic", metaApps + appMark + "/settings/basic/", metaApps},
}

// address is the page, with the app's id where it is known.
func (s source) address(app string) string {
	if app == "" && s.apps != "" {
		return s.apps
	}
	return strings.ReplaceAll(s.page, appMark, app)
}

// openPage shows where a value stands, in the browser.
func (c *keysCard) openPage(field string) {
	c.Browse(sources[field].address(c.number.meta.AppID))
}

// take understands what is more than one value: a curl command of Meta's page, or
// JSON. What is in it goes to its fields; it reports whether the text was such.
func (c *keysCard) take(field string) bool {
	box := c.fields[field]
	found, snippet := recognise(box.Text())
	if !snippet {
		return false
	}
	var names []string
	for _, name := range c.order {
		if value := valueOf(found, name); value != "" {
			c.fields[name].SetText(value)
			names = append(names, c.label(name))
		}
	}
	if len(names) == 0 {
		box.Set(findingOf(desk.CheckBad), c.Words.T("connect.paste_nothing"))
		return true
	}
	if valueOf(found, field) == "" {
		box.SetText("")
	}
	c.Say(c.Words.T("connect.paste_took", locale.Args{"Fields": strings.Join(names, ", ")}), true)
	return true
}

func (c *keysCard) label(field string) string {
	return c.Words.T(map[string]string{
		"phone_number_id": "connect.phone_number_id", "waba_id": "connect.waba_id",
		"token": "connect.token", "app_secret": "connect.app_secret",
	}[field])
}

func valueOf(k desk.Keys, field string) string {
	return map[string]string{
		"phone_number_id": k.PhoneNumberID, "waba_id": k.WABAID, "token": k.Token.Reveal(), "app_secret": k.AppSecret.Reveal(),
	}[field]
}
