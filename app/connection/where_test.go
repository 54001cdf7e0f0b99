package connection

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/core/desk"
)

func TestWhereAValueStands(t *testing.T) {
	t.Run("is said under each empty field, in the words of Meta's pages", func(t *testing.T) {
		s := fresh(t)
		for field, want := range map[string]string{
			"phone_number_id": "App Dashboard › WhatsApp › API Setup", "waba_id": "App Dashboard › WhatsApp › API Setup",
			"token": "Business settings › System users › Generate token", "app_secret": "App Dashboard › App settings › Basic",
		} {
			if finding, line := s.keys.fields[field].Status(); finding != kit.FindingNone || line != want {
				t.Errorf("%s: %q", field, line)
			}
		}
	})
	t.Run("stays said while the others are typed", func(t *testing.T) {
		s := fresh(t)
		s.fillKeys("")
		if finding, line := s.keys.fields["token"].Status(); finding != kit.FindingNone || !strings.Contains(line, "System users") {
			t.Errorf("finding %d, %q", finding, line)
		}
		if got := s.blocked(); got != "Give the keys from Meta first" {
			t.Errorf("blocked by %q", got)
		}
	})
	t.Run("is opened in the browser, and is the shop's own app once that is known", func(t *testing.T) {
		s := fresh(t)
		s.keys.fields["token"].OnHelp()
		s.keys.fields["app_secret"].OnHelp()
		s.fillKeys(goodToken)
		put(s.keys.fields["app_secret"], "typed on")
		s.keys.fields["phone_number_id"].OnHelp()
		s.keys.fields["app_secret"].OnHelp()
		want := []string{
			"https://business.facebook.com/settings/system-users", "https://developers.facebook.com/apps/",
			"https://developers.facebook.com/apps/300000000000042/whatsapp-business/wa-dev-console/",
			"https://developers.facebook.com/apps/300000000000042/settings/basic/",
		}
		if !slices.Equal(s.to, want) {
			t.Errorf("opened %q, want %q", s.to, want)
		}
	})
	t.Run("is opened by keys for the field that had the keyboard last", func(t *testing.T) {
		s := fresh(t)
		s.keys.fields["token"].OnFocus()
		test.Tap(s.keys.where)
		if !slices.Equal(s.to, []string{"https://business.facebook.com/settings/system-users"}) {
			t.Errorf("opened %q", s.to)
		}
	})
}

func TestMoreThanOneValueIsPasted(t *testing.T) {
	t.Run("and what is in it goes to its fields", func(t *testing.T) {
		s := fresh(t)
		const token = "EAAGm0PX4ZCpsBO7ZCnobodyMayReadThis"
		put(s.keys.fields["token"], "curl -X POST https://graph.facebook.com/v22.0/104829301177462/messages -H 'Authorization: Bearer "+token+"'")
		s.loop.Advance(checkAfter)
		want := desk.Keys{PhoneNumberID: "104829301177462", Token: token}
		if len(s.checked) != 1 || s.checked[0] != want {
			t.Errorf("asked %d times about what is in the fields: %v", len(s.checked), s.keys.typedKeys())
		}
		if !slices.Equal(s.said, []string{"Found in what you pasted: Phone number ID, Access token"}) {
			t.Errorf("said %q", s.said)
		}
	})
	t.Run("and does not stay in a field that it is not for", func(t *testing.T) {
		s := fresh(t)
		put(s.keys.fields["app_secret"], `{"phone_number_id": "104829301177462"}`)
		if got := s.keys.typedKeys(); got != (desk.Keys{PhoneNumberID: "104829301177462"}) {
			t.Errorf("the fields hold %v", got)
		}
	})
	t.Run("and is refused with words where nothing needed is in it", func(t *testing.T) {
		s := fresh(t)
		put(s.keys.fields["waba_id"], "https://business.facebook.com/settings")
		s.loop.Advance(checkAfter)
		if finding, line := s.keys.fields["waba_id"].Status(); finding != kit.FindingBad || !strings.HasPrefix(line, "This is more than one value") {
			t.Errorf("finding %d, %q", finding, line)
		}
		if len(s.checked) != 0 || s.blocked() == "" {
			t.Errorf("Meta was asked %d times; blocked by %q", len(s.checked), s.blocked())
		}
		put(s.keys.fields["waba_id"], "98213300418275")
		s.loop.Advance(checkAfter)
		if len(s.checked) != 1 {
			t.Errorf("asked %d times about the value alone", len(s.checked))
		}
	})
}

func TestTheNumber(t *testing.T) {
	t.Run("is shown as Meta sees it, and when that was", func(t *testing.T) {
		s := withKeys(t)
		got := map[string]string{}
		for _, f := range s.number.facts.All() {
			got[f.Name] = f.Value
		}
		for name, want := range map[string]string{
			"Shop name": "Marola Shoes", "Phone": "+351 912 000 118", "Name check": "approved", "Number check": "verified",
			"Quality": "high", "First messages": "250 customers a day",
			"About": "Shoes made by hand", "Address": "", "Mail": "hello@marola.example", "Web": "https://marola.example, https://shop.example",
		} {
			if got[name] != want {
				t.Errorf("%s is %q, want %q", name, got[name], want)
			}
		}
		if line := s.number.read.Text(); !s.number.read.Visible() || !strings.HasPrefix(line, "As Meta said, ") {
			t.Errorf("it says %q", line)
		}
	})
	t.Run("is not told of before Meta was asked", func(t *testing.T) {
		s := fresh(t)
		if s.number.read.Visible() || s.number.others.stack.Visible() {
			t.Error("something is shown of it")
		}
	})
	t.Run("is not told of any more once the keys are removed", func(t *testing.T) {
		s := withKeys(t)
		s.keys.forget()
		if s.number.read.Visible() || s.number.others.stack.Visible() {
			t.Error("what Meta said of it is still shown")
		}
	})
	t.Run("is chosen from those of the account", func(t *testing.T) {
		s := withKeys(t)
		if !s.number.others.stack.Visible() {
			t.Fatal("the account's other number is not shown")
		}
		test.Tap(s.number.others.links[1])
		s.loop.Advance(checkAfter)
		if got := s.keys.fields["phone_number_id"].Text(); got != second.PhoneNumberID || s.checked[len(s.checked)-1].PhoneNumberID != got {
			t.Errorf("the field holds %q", got)
		}
	})
	for word, want := range map[string]string{
		"TIER_250": "250 customers a day", "TIER_2K": "2000 customers a day", "TIER_1": "1 customer a day",
		"TIER_UNLIMITED": "no limit", "TIER_NOT_SET": "TIER_NOT_SET", "": "",
	} {
		t.Run("has a limit that Meta calls "+word, func(t *testing.T) {
			s := newStage(t, &meta{}, desk.Health{State: desk.ConnectionNone}, owner, locale.English, 1208)
			if got := s.number.limit(word); got != want {
				t.Errorf("says %q, want %q", got, want)
			}
		})
	}
}
