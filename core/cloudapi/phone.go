package cloudapi

import (
	"context"
	"net/http"
	"net/url"

	"github.com/tidwall/gjson"
)

// PhoneInfo is what Graph tells of a phone number of the shop (Cloud API, section
// 8). Words are Meta's own and may be new ones; empty where it says none.
type PhoneInfo struct {
	ID               string
	DisplayPhone     string // as Meta shows it
	VerifiedName     string
	Status           string // CONNECTED, PENDING, BANNED, ...
	Quality          string // GREEN, YELLOW, RED; NA or UNKNOWN for a new number
	NameStatus       string // APPROVED, PENDING_REVIEW, DECLINED, ...
	CodeVerification string // VERIFIED, NOT_VERIFIED, EXPIRED
	AccountMode      string // LIVE or SANDBOX
	Platform         string // CLOUD_API, ON_PREMISE, ...
	Throughput       string // STANDARD or HIGH
	Official         bool   // has the badge
	Callback         Callback
}

// Callback is where Meta posts the webhooks of a number: at the first of the
// three addresses that is not empty.
type Callback struct {
	Phone   string // of the number: OverrideCallback
	Account string // of the business account
	App     string // of the app
}

const phoneFields = "id,display_phone_number,verified_name,status,quality_rating,name_status," +
	"code_verification_status,account_mode,platform_type,throughput,is_official_business_account,webhook_configuration"

// Phone asks Graph for a phone number: it shows that Graph can be reached and
// that the token may see the number. It changes nothing and may be called again.
// Errors are as of Send, and mean the question, not a message.
func (c *Client) Phone(ctx context.Context, phoneNumberID string) (PhoneInfo, error) {
	if err := numeric("phone number id", phoneNumberID); err != nil {
		return PhoneInfo{}, err
	}
	a, err := c.ask(ctx, call{method: http.MethodGet, node: phoneNumberID, query: url.Values{"fields": {phoneFields}}})
	if err != nil {
		return PhoneInfo{}, err
	}
	if a.status != http.StatusOK || !a.body.IsObject() {
		return PhoneInfo{}, a.unusable()
	}
	return readPhone(a.body), nil
}

// MessagingLimit asks for how many customers a day the business of a number may
// write to first: TIER_250, TIER_2K, TIER_10K, TIER_100K, TIER_UNLIMITED, or a
// word that is new; empty where Graph says none. It is a question of its own: the
// field has had another name before, and Graph refuses all of a question with a
// field it does not know. It changes nothing and may be called again. Errors are
// as of Phone.
func (c *Client) MessagingLimit(ctx context.Context, phoneNumberID string) (string, error) {
	if err := numeric("phone number id", phoneNumberID); err != nil {
		return "", err
	}
	a, err := c.ask(ctx, call{method: http.MethodGet, node: phoneNumberID, query: url.Values{"fields": {limitField}}})
	if err != nil {
		return "", err
	}
	if a.status != http.StatusOK || !a.body.IsObject() {
		return "", a.unusable()
	}
	return text(a.body.Get(limitField)), nil
}

const limitField = "whatsapp_business_manager_messaging_limit"

// Phones lists the numbers of a business account. It changes nothing and may be
// called again. Errors are as of Phone.
func (c *Client) Phones(ctx context.Context, waba string) ([]PhoneInfo, error) {
	var out []PhoneInfo
	err := c.list(ctx, waba, "phone_numbers", phoneFields, func(v gjson.Result) {
		out = append(out, readPhone(v))
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

func readPhone(v gjson.Result) PhoneInfo {
	callback := v.Get("webhook_configuration")
	return PhoneInfo{
		ID:               text(v.Get("id")),
		DisplayPhone:     text(v.Get("display_phone_number")),
		VerifiedName:     text(v.Get("verified_name")),
		Status:           text(v.Get("status")),
		Quality:          text(v.Get("quality_rating")),
		NameStatus:       text(v.Get("name_status")),
		CodeVerification: text(v.Get("code_verification_status")),
		AccountMode:      text(v.Get("account_mode")),
		Platform:         text(v.Get("platform_type")),
		Throughput:       text(v.Get("throughput.level")),
		Official:         v.Get("is_official_business_account").Bool(),
		Callback: Callback{
			Phone:   text(callback.Get("phone_number")),
			Account: text(callback.Get("whatsapp_business_account")),
			App:     text(callback.Get("application")),
		},
	}
}
