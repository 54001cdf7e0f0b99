package cloudapi

import (
	"strings"
	"time"

	"github.com/tidwall/gjson"
)

// Notice is what Meta tells about the account, a number or a template of the
// shop: every change that holds no message and no status. Item.Field says which
// one it is, and Item.Raw holds what is not named here. A field that Meta left
// out or sent as null, "" or (of a reason) "NONE" is zero; nothing in a notice is
// a Problem, because a person has to see it whatever it looks like.
type Notice struct {
	// At is Meta's time of the entry, whole seconds, UTC; zero where it has none.
	At time.Time
	// Event is Meta's own word for what happened: "APPROVED" of a template,
	// "ACCOUNT_RESTRICTION", "ONBOARDING", "PIN_CHANGED". For the fields that call
	// it otherwise, it is the decision, the status or the type of the alert.
	Event    string
	Template *TemplateNotice // of the fields about templates
	Number   *NumberNotice   // of the fields about a number or its limits
	Account  *AccountNotice  // of "account_update" and "account_alerts"
	Errors   []GraphError    // of a change "messages" that holds nothing else
}

// TemplateNotice says what became of a template.
type TemplateNotice struct {
	ID       string // digits; more of them than a float64 holds
	Name     string
	Language string // with an underscore whichever Meta sent: "en_US"
	// Status is the Event of "message_template_status_update": "APPROVED",
	// "REJECTED", "PAUSED", "DISABLED", ... Empty for the other fields.
	Status string
	// Reason is why it was rejected, paused or disabled; Advice is what Meta
	// recommends.
	Reason, Advice string
	// Category and Quality are new, Old... before that; in lower case, as in
	// chat.Template. A new category changes the price.
	Category, OldCategory string
	Quality, OldQuality   string
}

// NumberNotice says what became of a number. Which one is in Channel.DisplayPhone;
// nothing there means every number of the business account.
type NumberNotice struct {
	Name     string // the display name that was asked for
	Username string
	Reason   string // why a name was rejected
	// Limit is how many people may be written to first within 24 h: "TIER_2K", or
	// the number of them; OldLimit before that.
	Limit, OldLimit string
}

// AccountNotice says what became of the business account.
type AccountNotice struct {
	Restrictions []Restriction
	Violation    string // the policy that was broken
	Ban          string // "SCHEDULE_FOR_DISABLE", "DISABLE", "REINSTATE"
	BanDate      string // in Meta's words: "April 17, 2025"
	Reason       string // why the account was disconnected
	Severity     string // of an alert: "CRITICAL", "WARNING", "INFORMATIONAL"
	Text         string // of an alert, in Meta's words
}

// Restriction is one thing that the account may not do for a while.
type Restriction struct {
	Type  string    // "RESTRICTED_BIZ_INITIATED_MESSAGING", ...
	Until time.Time // zero: Meta names no end
}

// readNotice reads the value of a change that holds no message and no status.
// at is the time of the entry.
func readNotice(field string, at time.Time, v gjson.Result) *Notice {
	n := &Notice{
		At:     at,
		Event:  first(v, "event", "decision", "status", "alert_info.alert_type", "alert_type"),
		Errors: readErrors(v.Get("errors")),
	}
	switch field {
	case "message_template_status_update", "message_template_quality_update",
		"message_template_components_update", "template_category_update":
		n.Template = readTemplateNotice(v)
		if field == "message_template_status_update" {
			n.Template.Status = n.Event
		}
	case "phone_number_quality_update", "phone_number_name_update",
		"business_capability_update", "business_username_updates":
		n.Number = &NumberNotice{
			Name:     text(v.Get("requested_verified_name")),
			Username: text(v.Get("username")),
			Reason:   first(v, "rejection_reason"),
			Limit: first(v, "max_daily_conversations_per_business", "max_daily_conversation_per_phone",
				"current_limit"),
			OldLimit: first(v, "old_limit"),
		}
	case "account_update", "account_alerts":
		n.Account = &AccountNotice{
			Restrictions: readRestrictions(v.Get("restriction_info")),
			Violation:    first(v, "violation_info.violation_type"),
			Ban:          first(v, "ban_info.waba_ban_state"),
			BanDate:      first(v, "ban_info.waba_ban_date"),
			Reason:       first(v, "disconnection_info.reason"),
			Severity:     first(v, "alert_info.alert_severity", "alert_severity"),
			Text:         first(v, "alert_info.alert_description", "alert_description"),
		}
	}
	return n
}

func readTemplateNotice(v gjson.Result) *TemplateNotice {
	return &TemplateNotice{
		ID:          text(v.Get("message_template_id")),
		Name:        text(v.Get("message_template_name")),
		Language:    strings.ReplaceAll(text(v.Get("message_template_language")), "-", "_"),
		Reason:      first(v, "rejection_info.reason", "reason", "other_info.title"),
		Advice:      first(v, "rejection_info.recommendation", "other_info.description"),
		Category:    strings.ToLower(first(v, "new_category", "message_template_category")),
		OldCategory: strings.ToLower(first(v, "previous_category")),
		Quality:     strings.ToLower(first(v, "new_quality_score")),
		OldQuality:  strings.ToLower(first(v, "previous_quality_score")),
	}
}

// first returns the first of several places with something in it. Meta's word
// for nothing is "NONE".
func first(v gjson.Result, paths ...string) string {
	for _, path := range paths {
		if s := text(v.Get(path)); s != "" && s != "NONE" {
			return s
		}
	}
	return ""
}

func readRestrictions(list gjson.Result) []Restriction {
	if !list.IsArray() {
		return nil
	}
	var out []Restriction
	list.ForEach(func(_, r gjson.Result) bool {
		kind := text(r.Get("restriction_type"))
		if kind == "" {
			return true
		}
		until, err := moment(r.Get("expiration"))
		if err != nil {
			until = time.Time{} // a restriction without an end is one all the same
		}
		out = append(out, Restriction{Type: kind, Until: until})
		return true
	})
	return out
}
