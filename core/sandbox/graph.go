package sandbox

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"shopbell/core/chat"
)

// maxRequest bounds a send; Meta's longest is some ten kilobytes.
const maxRequest = 1 << 20

func (s *Sandbox) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /{version}/{number}/messages", s.guard(s.send))
	mux.HandleFunc("GET /{version}/{number}", s.guard(s.number))
	mux.HandleFunc("/", s.guard(func(w http.ResponseWriter, r *http.Request) {
		refuse(w, refusal{Code: 100, Message: "Unsupported request", Details: "The sandbox does not know " + r.Method + " " + r.URL.Path})
	}))
	return mux
}

// guard checks what each request needs: the token, and the shop's own number.
func (s *Sandbox) guard(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		latency := s.faults.Latency
		s.mu.Unlock()
		if !wait(r.Context(), latency) {
			return
		}
		got := sha256.Sum256([]byte(r.Header.Get("Authorization")))
		want := sha256.Sum256([]byte("Bearer " + s.o.Token))
		if subtle.ConstantTimeCompare(got[:], want[:]) != 1 {
			refuse(w, refusal{Code: 190, Message: "Invalid OAuth access token - Cannot parse access token"})
			return
		}
		if n := r.PathValue("number"); n != "" && n != s.o.PhoneNumberID {
			refuse(w, refusal{Code: 100, Subcode: 33, Message: "Unsupported request",
				Details: "Object with ID '" + n + "' does not exist or cannot be loaded due to missing permissions"})
			return
		}
		next(w, r)
	}
}

func (s *Sandbox) number(w http.ResponseWriter, _ *http.Request) {
	answer(w, http.StatusOK, map[string]any{
		"id": s.o.PhoneNumberID, "display_phone_number": s.o.DisplayPhone, "verified_name": "Sandbox shop",
		"status": "CONNECTED", "quality_rating": "GREEN", "platform_type": "CLOUD_API",
	})
}

// send takes one message: read it whole, cut or refuse where the faults say so,
// judge it by Meta's rules, put it on the customer's phone, answer.
func (s *Sandbox) send(w http.ResponseWriter, r *http.Request) {
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxRequest))
	if err != nil {
		refuse(w, refusal{Code: 100, Message: "Invalid parameter", Details: err.Error()})
		return
	}
	o, bad := readOrder(raw)
	s.mu.Lock()
	cut := s.faults.Cut.happens(s.rng)
	delivered := s.faults.Cut.Delivered
	var sent accepted
	if bad == nil && (!cut || delivered) {
		sent, bad = s.accept(o)
	}
	if bad != nil {
		s.stats.Refused++
	}
	early := s.faults.StatusBeforeAnswer
	s.mu.Unlock()
	// What was taken is reported, whether or not the answer arrives. It begins
	// before the client can know how the request ended, so that Idle waits for it.
	switch {
	case sent.to == nil:
	case early:
		reported := make(chan struct{})
		s.background(func(ctx context.Context) {
			defer close(reported)
			s.report(ctx, sent, 0)
		})
		select {
		case <-reported:
		case <-r.Context().Done():
		}
	default:
		s.background(func(ctx context.Context) { s.report(ctx, sent, max(s.o.Delay, 0)) })
	}
	switch {
	case cut:
		s.hangUp(w)
	case bad != nil:
		refuse(w, *bad)
	default:
		answer(w, http.StatusOK, receipt(o, sent))
	}
}

// hangUp drops the connection without an answer.
func (s *Sandbox) hangUp(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err == nil {
		err = conn.Close()
	}
	if err != nil {
		s.o.Log.Error("sandbox: cannot cut the connection", "error", err)
	}
}

func receipt(o order, sent accepted) map[string]any {
	contact := map[string]string{"input": o.to}
	if o.byUser {
		contact["user_id"] = o.to
	} else {
		contact["wa_id"] = strings.TrimPrefix(o.to, "+")
	}
	return map[string]any{
		"messaging_product": "whatsapp",
		"contacts":          []any{contact},
		"messages":          []any{map[string]string{"id": sent.wamid}},
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
	case 1, 2, 131000, 131016:
		return http.StatusInternalServerError
	}
	return http.StatusBadRequest
}

func refuse(w http.ResponseWriter, r refusal) {
	e := map[string]any{
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
		e["error_data"] = map[string]string{"messaging_product": "whatsapp", "details": r.Details}
	}
	answer(w, r.httpStatus(), map[string]any{"error": e})
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json; charset=UTF-8")
	w.WriteHeader(status)
	// The caller may have hung up; what was accepted stays accepted.
	_ = json.NewEncoder(w).Encode(body)
}

// accepted is a message the Graph API has taken. to is nil when it will reach
// nobody; fail is the code it is reported to have failed with, 0 for none.
type accepted struct {
	wamid  string
	number uint64 // counts all wamids; decides which statuses it gets
	to     *phone
	opaque string
	fail   int
}

// accept judges o by the rules that need memory and puts it on the customer's
// phone. Callers hold mu.
func (s *Sandbox) accept(o order) (accepted, *refusal) {
	now := s.o.Now()
	if o.misplaced {
		// A user id in "to" is taken and delivered to nobody, without a word.
		s.stats.Accepted++
		s.stats.LostReplies++
		return accepted{wamid: s.wamid()}, nil
	}
	p := s.phones[strings.TrimPrefix(o.to, "+")]
	switch {
	case p == nil:
		return accepted{}, &refusal{Code: 131030, Message: "Recipient phone number not in allowed list",
			Details: "Nobody in the sandbox has this address"}
	case !chat.WindowOf(p.lastInbound).Open(now):
		return accepted{}, &refusal{Code: 131047, Message: "Re-engagement message",
			Details: "More than 24 hours have passed since the recipient last replied"}
	case !p.pair.AllowN(now, 1):
		return accepted{}, &refusal{Code: 131056, Message: "Pair rate limit hit",
			Details: "Too many messages to one recipient in a short time"}
	case s.faults.Refuse.happens(s.rng):
		return accepted{}, &refusal{Code: s.faults.Refuse.Code, Message: "Fault of the sandbox"}
	}
	s.stats.Accepted++
	sent := accepted{wamid: s.wamid(), to: p, opaque: o.opaque}
	sent.number = s.count
	if s.faults.Fail.happens(s.rng) {
		sent.fail = s.faults.Fail.Code
		s.stats.LostReplies++
		return sent, nil
	}
	p.inbox = append(p.inbox, Delivered{WAMID: sent.wamid, Text: o.text, Buttons: o.buttons, ReplyTo: o.replyTo, Opaque: o.opaque, At: now})
	s.stats.Delivered++
	if !p.asked.IsZero() {
		s.stats.reply(now.Sub(p.asked))
		p.asked = time.Time{}
	}
	return sent, nil
}
