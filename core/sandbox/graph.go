package sandbox

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

func (s *Sandbox) routes() http.Handler {
	mux := http.NewServeMux()
	number := func(pattern string, next http.HandlerFunc) {
		mux.HandleFunc(pattern, s.guard(s.own("number", &s.o.PhoneNumberID, next)))
	}
	account := func(pattern string, next http.HandlerFunc) {
		mux.HandleFunc(pattern, s.guard(s.own("waba", &s.o.WABAID, s.scoped(scopeManagement, next))))
	}
	number("POST /{version}/{number}/messages", s.scoped(scopeMessaging, s.send))
	number("POST /{version}/{number}/media", s.scoped(scopeMessaging, s.upload))
	number("GET /{version}/{number}/whatsapp_business_profile", s.scoped(scopeManagement, s.readProfile))
	number("POST /{version}/{number}/whatsapp_business_profile", s.scoped(scopeManagement, s.writeProfile))
	number("POST /{version}/{number}/block_users", s.scoped(scopeMessaging, s.block))
	number("DELETE /{version}/{number}/block_users", s.scoped(scopeMessaging, s.block))
	account("GET /{version}/{waba}/phone_numbers", s.numbers)
	account("GET /{version}/{waba}/message_templates", s.templates)
	account("GET /{version}/{waba}/subscribed_apps", s.subscriptions)
	account("POST /{version}/{waba}/subscribed_apps", s.subscribe)
	account("DELETE /{version}/{waba}/subscribed_apps", s.unsubscribe)
	mux.HandleFunc("GET /{version}/debug_token", s.debugToken)
	mux.HandleFunc("GET /{version}/{id}", s.guard(s.node))
	mux.HandleFunc("POST /{version}/{id}", s.guard(s.scoped(scopeManagement, s.configure)))
	mux.HandleFunc("DELETE /{version}/{id}", s.guard(s.scoped(scopeMessaging, s.drop)))
	mux.HandleFunc("GET /whatsapp_business/attachments/{$}", s.guard(s.download))
	mux.HandleFunc("/", s.guard(func(w http.ResponseWriter, r *http.Request) {
		refuse(w, refusal{Code: 100, Message: "Unsupported request", Details: "The sandbox does not know " + r.Method + " " + r.URL.Path})
	}))
	return mux
}

// guard checks what each request needs: a token that is valid, and where it
// comes with a proof, that of the app's secret.
func (s *Sandbox) guard(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		latency := s.faults.Latency
		s.mu.Unlock()
		if !wait(r.Context(), latency) {
			return
		}
		token, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		if bad := s.judgeToken(token); bad != nil {
			refuse(w, *bad)
			return
		}
		if bad := s.judgeProof(r); bad != nil {
			refuse(w, *bad)
			return
		}
		next(w, r)
	}
}

// judgeProof returns Graph's refusal of a wrong proof, and of none where the app
// requires one; a file's address is not Graph's and needs none.
func (s *Sandbox) judgeProof(r *http.Request) *refusal {
	q := r.URL.Query()
	switch {
	case q.Has("appsecret_proof") && !same(q.Get("appsecret_proof"), s.proof()):
		return &refusal{Code: 100, Message: "Invalid appsecret_proof provided in the API argument"}
	case !q.Has("appsecret_proof") && s.o.RequireProof && r.PathValue("version") != "":
		return &refusal{Code: 100, Message: "API calls from the server require an appsecret_proof argument"}
	}
	return nil
}

// judgeToken returns Graph's refusal of a token; nil for the shop's own while it
// lives.
func (s *Sandbox) judgeToken(token string) *refusal {
	switch {
	case !same(token, s.o.Token):
		return &refusal{Code: 190, Message: "Invalid OAuth access token - Cannot parse access token"}
	case s.expired():
		return &refusal{Code: 190, Subcode: 463, Message: "Error validating access token: Session has expired"}
	}
	return nil
}

func (s *Sandbox) expired() bool {
	return !s.o.TokenExpires.IsZero() && !s.o.Now().Before(s.o.TokenExpires)
}

// proof is the appsecret_proof of the shop's token.
func (s *Sandbox) proof() string {
	mac := hmac.New(sha256.New, []byte(s.o.AppSecret))
	mac.Write([]byte(s.o.Token))
	return hex.EncodeToString(mac.Sum(nil))
}

// same compares secrets in a time that tells nothing of either.
func same(a, b string) bool {
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return hmac.Equal(x[:], y[:])
}

// own lets only requests about the shop's own object through.
func (s *Sandbox) own(wildcard string, id *string, next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if got := r.PathValue(wildcard); got != *id {
			refuse(w, missing(got))
			return
		}
		next(w, r)
	}
}

// The scopes of a token (cloud-api 2.4).
const (
	scopeMessaging  = "whatsapp_business_messaging"
	scopeManagement = "whatsapp_business_management"
)

func (s *Sandbox) scoped(scope string, next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if !slices.Contains(s.o.Scopes, scope) {
			refuse(w, *wrong(10, "The token lacks %s", scope))
			return
		}
		next(w, r)
	}
}

// refusal is a Graph error.
type refusal struct {
	Code, Subcode    int
	Message, Details string
}

// httpStatus is Graph's HTTP status for a code: a bad token and its own trouble
// have theirs, all else is 400.
func (r refusal) httpStatus() int {
	switch r.Code {
	case 0, 190:
		return http.StatusUnauthorized
	case 10:
		return http.StatusForbidden
	case 1, 2, 131000, 131016:
		return http.StatusInternalServerError
	}
	return http.StatusBadRequest
}

func refuse(w http.ResponseWriter, r refusal) {
	e := object{
		"message":      fmt.Sprintf("(#%d) %s", r.Code, r.Message),
		"type":         "OAuthException",
		"code":         r.Code,
		"is_transient": r.httpStatus() == http.StatusInternalServerError,
		"fbtrace_id":   "sandbox",
	}
	if r.Subcode != 0 {
		e["error_subcode"] = r.Subcode
	}
	if r.Details != "" {
		e["error_data"] = object{"messaging_product": "whatsapp", "details": r.Details}
	}
	answer(w, r.httpStatus(), object{"error": e})
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json; charset=UTF-8")
	w.WriteHeader(status)
	// The caller may have hung up; what was accepted stays accepted.
	_ = json.NewEncoder(w).Encode(body)
}
