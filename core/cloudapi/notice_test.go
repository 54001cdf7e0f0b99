package cloudapi

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// notices are what the files of testdata/account say; a file is named after its
// field.
var notices = map[string]Notice{
	"account_alerts":        {Event: "OBA_APPROVED", Account: &AccountNotice{Severity: "CRITICAL", Text: "The account was approved"}},
	"account_review_update": {Event: "APPROVED"},
	"account_update.ban":    {Event: "DISABLED_UPDATE", Account: &AccountNotice{Ban: "REINSTATE", BanDate: "April 17, 2025"}},
	"account_update.deleted": {Event: "ACCOUNT_DELETED",
		Account: &AccountNotice{}},
	"account_update.partner_removed": {Event: "PARTNER_REMOVED", Account: &AccountNotice{Reason: "PRIMARY_INACTIVITY"}},
	"account_update.reconnected":     {Event: "ACCOUNT_RECONNECTED", Account: &AccountNotice{}},
	"account_update.restriction": {Event: "ACCOUNT_RESTRICTION", Account: &AccountNotice{Restrictions: []Restriction{
		{Type: "RESTRICTED_BIZ_INITIATED_MESSAGING", Until: time.Unix(1641330498, 0).UTC()},
	}}},
	"account_update.restriction_two": {Event: "ACCOUNT_RESTRICTION", Account: &AccountNotice{Restrictions: []Restriction{
		{Type: "RESTRICTED_ADD_PHONE_NUMBER_ACTION"},
		{Type: "RESTRICTED_CUSTOMER_INITIATED_MESSAGING", Until: time.Unix(1763200000, 0).UTC()},
	}}},
	"account_update.tier":      {Event: "VOLUME_BASED_PRICING_TIER_UPDATE", Account: &AccountNotice{}},
	"account_update.violation": {Event: "ACCOUNT_VIOLATION", Account: &AccountNotice{Violation: "ADULT"}},

	"business_capability_update":      {Number: &NumberNotice{Limit: "2000"}},
	"business_capability_update.tier": {Number: &NumberNotice{Limit: "TIER_10K"}},
	"business_username_updates":       {Event: "approved", Number: &NumberNotice{Username: "corner.shop"}},
	"phone_number_name_update":        {Event: "REJECTED", Number: &NumberNotice{Name: "Best Shop Ever", Reason: "NAME_NOT_RELATED"}},
	"phone_number_name_update.approved": {Event: "APPROVED",
		Number: &NumberNotice{Name: "Corner Shop"}},
	"phone_number_quality_update": {Event: "THROUGHPUT_UPGRADE", Number: &NumberNotice{Limit: "TIER_2K", OldLimit: "TIER_250"}},
	"security":                    {Event: "PIN_CHANGED"},

	"message_template_status_update.approved": {Event: "APPROVED", Template: &TemplateNotice{
		ID: "1689556908129832", Name: "order_confirmation", Language: "en_US", Status: "APPROVED", Category: "utility"}},
	"message_template_status_update.rejected": {Event: "REJECTED", Template: &TemplateNotice{
		ID: "9223372036854775807", Name: "winter_sale", Language: "pt_BR", Status: "REJECTED", Category: "marketing",
		Reason: "The text starts with a variable", Advice: "Put a word before it"}},
	"message_template_status_update.paused": {Event: "PAUSED", Template: &TemplateNotice{
		ID: "1689556908129833", Name: "winter_sale", Language: "ru", Status: "PAUSED",
		Reason: "FIRST_PAUSE", Advice: "Paused for 3 hours: many people blocked it"}},
	"message_template_status_update.null": {Template: &TemplateNotice{Name: "winter_sale"}},
	"message_template_quality_update": {Template: &TemplateNotice{
		ID: "1689556908129832", Name: "order_confirmation", Language: "en_US", Quality: "yellow", OldQuality: "green"}},
	"message_template_components_update": {Template: &TemplateNotice{
		ID: "1689556908129832", Name: "order_confirmation", Language: "en_US"}},
	"template_category_update": {Template: &TemplateNotice{
		ID: "1689556908129832", Name: "order_confirmation", Language: "en_US", Category: "marketing", OldCategory: "utility"}},

	"history": {}, // of the phone before it was connected: kept and not read
}

func TestParseNotices(t *testing.T) {
	files, err := filepath.Glob("testdata/account/*.json")
	if err != nil || len(files) != len(notices) {
		t.Fatalf("%d files for %d notices: %v", len(files), len(notices), err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".json")
		field, _, _ := strings.Cut(name, ".")
		t.Run(name, func(t *testing.T) {
			value, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			it := one(t, fmt.Appendf(nil, `{"entry":[{"id":1020304050,"time":1697043223,"changes":[{"field":%q,"value":%s}]}]}`, field, value))
			if it.Problem != nil || it.Message != nil || it.Status != nil || it.Notice == nil {
				t.Fatalf("item = %+v", it)
			}
			want, ok := notices[name]
			if !ok {
				t.Fatal("nothing says what it means")
			}
			want.At = second
			if diff := cmp.Diff(&want, it.Notice); diff != "" {
				t.Error(diff)
			}
			if it.Field != field || it.Channel.WABAID != "1020304050" || it.Channel.PhoneNumberID != "" {
				t.Errorf("field %q, channel %+v", it.Field, it.Channel)
			}
			if string(it.Raw) != strings.TrimSpace(string(value)) {
				t.Errorf("Raw = %s", it.Raw)
			}
		})
	}
	t.Run("a notice about a number names the number", func(t *testing.T) {
		it := one(t, change("phone_number_quality_update", `{"display_phone_number":"+1 555 078 3881","event":"ONBOARDING"}`))
		if it.Channel.DisplayPhone != "+1 555 078 3881" || it.Notice.Event != "ONBOARDING" || !it.Notice.At.IsZero() {
			t.Errorf("channel = %+v, notice %+v", it.Channel, it.Notice)
		}
	})
	t.Run("the number of one notice is not that of the next", func(t *testing.T) {
		items, err := Parse([]byte(`{"entry":[{"id":"1","time":1697043223,"changes":[
			{"field":"security","value":{"display_phone_number":"15550783881","event":"PIN_CHANGED"}}]},
			{"id":"2","time":"soon","changes":[{"field":"account_update","value":{"event":"ACCOUNT_DELETED"}}]}]}`))
		if err != nil || len(items) != 2 {
			t.Fatalf("%d items, %v", len(items), err)
		}
		if c := items[1].Channel; c != (ChannelRef{WABAID: "2"}) || !items[1].Notice.At.IsZero() {
			t.Errorf("channel = %+v, notice %+v", c, items[1].Notice)
		}
	})
	t.Run("errors that stand alone are a notice about the number", func(t *testing.T) {
		it := one(t, change("messages", `{`+metadata+`,"errors":[{"code":130429,"title":"Rate limit hit"}]}`))
		want := &Notice{Errors: []GraphError{{Code: 130429, Title: "Rate limit hit"}}}
		if diff := cmp.Diff(want, it.Notice); diff != "" || it.Message != nil || it.Channel != channel {
			t.Errorf("item = %+v\n%s", it, diff)
		}
	})
	for _, value := range []string{
		`{"restriction_info":{}}`, `{"event":7,"restriction_info":"x","ban_info":null,"alert_info":[]}`, `{}`,
	} {
		t.Run("whatever it looks like it is kept: "+value, func(t *testing.T) {
			if it := one(t, change("account_update", value)); it.Problem != nil || it.Notice == nil || string(it.Raw) != value {
				t.Errorf("item = %+v", it)
			}
		})
	}
}
