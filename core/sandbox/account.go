package sandbox

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"shopbell/core/chat"
)

// Number is a phone number that the token may see besides the shop's own.
type Number struct {
	PhoneNumberID, WABAID string
	DisplayPhone, Name    string
}

// handshakeTime is how long Meta was seen to wait for a webhook's handshake
// (cloud-api 1.1).
const handshakeTime = 6 * time.Second

// account is what the shop can change about itself. mu of the Sandbox guards it.
type account struct {
	subscribed bool
	// Where webhooks go: the number's address wins over the account's, and that
	// over the app's (cloud-api 1.4).
	numbers   map[string]string // by phone number id
	waba, app string
	profile   object
	blocked   map[string]bool // phones and user ids
}

// target is where webhooks of a number go now; an error while they go nowhere.
func (a *account) target(number string) (string, error) {
	if !a.subscribed {
		return "", errNotSubscribed
	}
	for _, address := range []string{a.numbers[number], a.waba, a.app} {
		if address != "" {
			return address, nil
		}
	}
	return "", errNoTarget
}

// wireNumber is a phone number with the fields that Graph shows when none are
// asked for, and those that may be.
func wireNumber(n Number) object {
	return object{
		"id": n.PhoneNumberID, "display_phone_number": n.DisplayPhone, "verified_name": n.Name,
		"status": "CONNECTED", "quality_rating": "GREEN", "platform_type": "CLOUD_API", "name_status": "APPROVED",
		"code_verification_status": "VERIFIED", "account_mode": "LIVE", "throughput": object{"level": "STANDARD"},
		"is_official_business_account": false, "is_pin_enabled": true,
		"messaging_limit_tier": "TIER_250", "whatsapp_business_manager_messaging_limit": "TIER_250",
	}
}

// all lists the numbers that the token sees, the shop's own first.
func (s *Sandbox) all() []Number {
	own := Number{PhoneNumberID: s.o.PhoneNumberID, WABAID: s.o.WABAID, DisplayPhone: s.o.DisplayPhone, Name: s.o.VerifiedName}
	return append([]Number{own}, s.o.Others...)
}

func (s *Sandbox) numbers(w http.ResponseWriter, r *http.Request) {
	data := []any{}
	for _, n := range s.all() {
		if n.WABAID == r.PathValue("waba") {
			data = append(data, wireNumber(n))
		}
	}
	answer(w, http.StatusOK, object{"data": data})
}

// tokenUser is whom the token belongs to.
const tokenUser = "400000000000042"

// node answers for what has an id: the token's user ("me"), a number, the
// account, a file.
func (s *Sandbox) node(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	if id == "me" || id == tokenUser {
		answer(w, http.StatusOK, object{"id": tokenUser, "name": "Sandbox"})
		return
	}
	for _, n := range s.all() {
		switch id {
		case n.PhoneNumberID:
			about := wireNumber(n)
			if strings.Contains(r.FormValue("fields"), "webhook_configuration") {
				s.mu.Lock()
				about["webhook_configuration"] = object{
					"phone_number": s.account.numbers[n.PhoneNumberID], "whatsapp_business_account": s.account.waba, "application": s.account.app,
				}.bare()
				s.mu.Unlock()
			}
			answer(w, http.StatusOK, about)
			return
		case n.WABAID:
			answer(w, http.StatusOK, object{"id": id, "name": s.o.VerifiedName, "currency": "USD", "timezone_id": "1"})
			return
		}
	}
	s.scoped(scopeMessaging, s.lookUp)(w, r)
}

// debugToken tells of a token. The app itself may ask ("id|secret"), or the
// token about itself.
func (s *Sandbox) debugToken(w http.ResponseWriter, r *http.Request) {
	bearer, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if asked := r.FormValue("access_token"); bearer == "" {
		bearer = asked
	}
	if bad := s.judgeToken(bearer); bad != nil && !same(bearer, s.o.AppID+"|"+s.o.AppSecret) {
		refuse(w, *bad)
		return
	}
	if bad := s.judgeProof(r); bad != nil {
		refuse(w, *bad)
		return
	}
	input := r.FormValue("input_token")
	if input == "" {
		refuse(w, *wrong(100, "The parameter input_token is required"))
		return
	}
	if bad := s.judgeToken(input); bad != nil {
		answer(w, http.StatusOK, object{"data": object{
			"is_valid": false, "scopes": []string{}, "error": object{"code": bad.Code, "subcode": bad.Subcode, "message": bad.Message},
		}})
		return
	}
	expires := int64(0) // never
	if !s.o.TokenExpires.IsZero() {
		expires = s.o.TokenExpires.Unix()
	}
	granular := []any{}
	for _, scope := range s.o.Scopes {
		granular = append(granular, object{"scope": scope, "target_ids": s.o.Targets})
	}
	answer(w, http.StatusOK, object{"data": object{
		"app_id": s.o.AppID, "type": "SYSTEM_USER", "application": "Sandbox", "is_valid": true, "expires_at": expires,
		"data_access_expires_at": 0, "issued_at": s.started.Unix(), "scopes": s.o.Scopes, "granular_scopes": granular,
		"user_id": tokenUser,
	}})
}

func (s *Sandbox) subscriptions(w http.ResponseWriter, _ *http.Request) {
	s.mu.Lock()
	data := []any{}
	if s.account.subscribed {
		app := object{"whatsapp_business_api_data": object{
			"id": s.o.AppID, "name": "Sandbox", "link": "https://www.facebook.com/games/?app_id=" + s.o.AppID,
		}}
		if s.account.waba != "" {
			app["override_callback_uri"] = s.account.waba
		}
		data = append(data, app)
	}
	s.mu.Unlock()
	answer(w, http.StatusOK, object{"data": data})
}

// override is an address for webhooks in place of the app's.
type override struct {
	URL         *string `json:"override_callback_uri"`
	VerifyToken string  `json:"verify_token"`
}

func (s *Sandbox) subscribe(w http.ResponseWriter, r *http.Request) {
	var o override
	if bad := readBody(w, r, &o); bad != nil {
		refuse(w, *bad)
		return
	}
	s.mu.Lock()
	subscribed := s.account.subscribed
	s.mu.Unlock()
	if o.URL != nil && !subscribed {
		refuse(w, *wrong(100, "Before an override the app must be subscribed to the account"))
		return
	}
	if bad := s.shake(r.Context(), o); bad != nil {
		refuse(w, *bad)
		return
	}
	s.mu.Lock()
	s.account.subscribed = true
	s.account.waba = ""
	if o.URL != nil {
		s.account.waba = *o.URL
	}
	s.mu.Unlock()
	answer(w, http.StatusOK, object{"success": true})
}

func (s *Sandbox) unsubscribe(w http.ResponseWriter, _ *http.Request) {
	s.mu.Lock()
	s.account.subscribed = false
	s.mu.Unlock()
	answer(w, http.StatusOK, object{"success": true})
}

// configure takes the webhook address of a number; an empty one takes it away.
func (s *Sandbox) configure(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	if !slices.ContainsFunc(s.all(), func(n Number) bool { return n.PhoneNumberID == id }) {
		refuse(w, missing(id))
		return
	}
	var q struct {
		Webhook *override `json:"webhook_configuration"`
	}
	bad := readBody(w, r, &q)
	if bad == nil && (q.Webhook == nil || q.Webhook.URL == nil) {
		bad = wrong(100, "The sandbox changes webhook_configuration.override_callback_uri of a number, and nothing else")
	}
	if bad == nil {
		bad = s.shake(r.Context(), *q.Webhook)
	}
	if bad != nil {
		refuse(w, *bad)
		return
	}
	s.mu.Lock()
	s.account.numbers[id] = *q.Webhook.URL
	s.mu.Unlock()
	answer(w, http.StatusOK, object{"success": true})
}

// shake has an address prove that it is the shop's, as Meta does (cloud-api
// 1.1). An address that is absent or empty has nothing to prove.
func (s *Sandbox) shake(ctx context.Context, o override) *refusal {
	if o.URL == nil || *o.URL == "" {
		return nil
	}
	u, err := url.Parse(*o.URL)
	switch {
	case err != nil || u.Host == "":
		return wrong(100, "override_callback_uri is no address")
	case u.Scheme != "https" && (u.Scheme != "http" || u.Hostname() != "127.0.0.1"):
		return wrong(100, "override_callback_uri must be https")
	case o.VerifyToken == "":
		return wrong(100, "verify_token is required")
	}
	challenge := rand.Text()
	q := u.Query()
	q.Set("hub.mode", "subscribe")
	q.Set("hub.challenge", challenge)
	q.Set("hub.verify_token", o.VerifyToken)
	u.RawQuery = q.Encode()
	ctx, cancel := context.WithTimeout(ctx, handshakeTime)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return wrong(100, "override_callback_uri is no address")
	}
	resp, err := s.client.Do(req)
	if err != nil {
		return wrong(2200, "The callback URL could not be reached: %v", errors.Unwrap(err))
	}
	defer resp.Body.Close()
	got, err := io.ReadAll(io.LimitReader(resp.Body, int64(len(challenge)+1)))
	if err != nil || resp.StatusCode != http.StatusOK || string(got) != challenge {
		return wrong(2200, "The callback URL answered HTTP %d and did not repeat the challenge", resp.StatusCode)
	}
	return nil
}

// readBody reads JSON into q; no body at all is none.
func readBody(w http.ResponseWriter, r *http.Request, q any) *refusal {
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxRequest))
	if err == nil && len(raw) > 0 {
		err = json.Unmarshal(raw, q)
	}
	if err != nil {
		return wrong(100, "The request is not JSON of the expected form: %v", err)
	}
	return nil
}

// profileLimits are the fields of the profile that the shop may write, in UTF-16
// units (cloud-api section 8).
var profileLimits = map[string]int{"about": 139, "address": 256, "description": 256, "email": 128, "vertical": 32}

func (s *Sandbox) readProfile(w http.ResponseWriter, _ *http.Request) {
	s.mu.Lock()
	about := object{"messaging_product": "whatsapp"}
	for k, v := range s.account.profile {
		about[k] = v
	}
	s.mu.Unlock()
	answer(w, http.StatusOK, object{"data": []any{about}})
}

func (s *Sandbox) writeProfile(w http.ResponseWriter, r *http.Request) {
	q := object{}
	if bad := readBody(w, r, &q); bad != nil {
		refuse(w, *bad)
		return
	}
	if q["messaging_product"] != "whatsapp" {
		refuse(w, *wrong(100, "messaging_product must be whatsapp"))
		return
	}
	for field, v := range q {
		if bad := checkProfile(field, v); bad != nil {
			refuse(w, *bad)
			return
		}
	}
	delete(q, "messaging_product")
	s.mu.Lock()
	for k, v := range q {
		s.account.profile[k] = v
	}
	s.mu.Unlock()
	answer(w, http.StatusOK, object{"success": true})
}

func checkProfile(field string, v any) *refusal {
	if field == "messaging_product" {
		return nil
	}
	if field == "websites" {
		sites, ok := v.([]any)
		if !ok || len(sites) > 2 {
			return wrong(100, "websites: want at most 2 addresses")
		}
		for _, site := range sites {
			if address, ok := site.(string); !ok || chat.Units(address) > 256 {
				return wrong(100, "websites: an address has at most 256 characters")
			}
		}
		return nil
	}
	limit, known := profileLimits[field]
	text, ok := v.(string)
	if !known || !ok || chat.Units(text) > limit {
		return wrong(100, "%s: not a field of the profile, or more than its %d characters", field, limit)
	}
	return nil
}

// block takes customers on the list of those whose messages do not come, or off
// it with DELETE.
func (s *Sandbox) block(w http.ResponseWriter, r *http.Request) {
	var q struct {
		Users []struct {
			User string `json:"user"`
		} `json:"block_users"`
	}
	if bad := readBody(w, r, &q); bad != nil {
		refuse(w, *bad)
		return
	}
	name := "added_users"
	if r.Method == http.MethodDelete {
		name = "removed_users"
	}
	list := []any{}
	s.mu.Lock()
	for _, u := range q.Users {
		address := strings.TrimPrefix(u.User, "+")
		s.account.blocked[address] = r.Method == http.MethodPost
		list = append(list, object{"input": u.User, "wa_id": address})
	}
	s.mu.Unlock()
	answer(w, http.StatusOK, object{"messaging_product": "whatsapp", "block_users": object{name: list}})
}

// ErrBlocked is returned by Say for a customer whom the shop has blocked.
var ErrBlocked = errors.New("sandbox: the shop has blocked this customer")
