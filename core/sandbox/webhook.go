package sandbox

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"shopbell/core/cloudapi"
)

// webhookConns is how many webhooks are delivered at once.
const webhookConns = 32

// Meta tries a webhook again at once, then less and less often.
const (
	firstPause = 100 * time.Millisecond
	longPause  = 10 * time.Second
)

type envelope struct {
	Object string  `json:"object"`
	Entry  []entry `json:"entry"`
}

type entry struct {
	ID      string   `json:"id"`
	Changes []change `json:"changes"`
}

type change struct {
	Field string `json:"field"`
	Value value  `json:"value"`
}

type value struct {
	Product  string    `json:"messaging_product"`
	Metadata metadata  `json:"metadata"`
	Contacts []contact `json:"contacts,omitempty"`
	Messages []inbound `json:"messages,omitempty"`
	Statuses []status  `json:"statuses,omitempty"`
}

type metadata struct {
	DisplayPhone  string `json:"display_phone_number"`
	PhoneNumberID string `json:"phone_number_id"`
}

type contact struct {
	Profile *profile `json:"profile,omitempty"`
	WaID    string   `json:"wa_id,omitempty"`
	UserID  string   `json:"user_id,omitempty"`
}

type profile struct {
	Name     string `json:"name"`
	Username string `json:"username,omitempty"`
}

type inbound struct {
	From        string       `json:"from,omitempty"` // absent when the phone is hidden
	FromUserID  string       `json:"from_user_id,omitempty"`
	ID          string       `json:"id"`
	Timestamp   string       `json:"timestamp"`
	Type        string       `json:"type"`
	Text        *body        `json:"text,omitempty"`
	Context     *quoted      `json:"context,omitempty"`
	Interactive *interactive `json:"interactive,omitempty"`
}

type body struct {
	Body string `json:"body"`
}

type quoted struct {
	From string `json:"from"`
	ID   string `json:"id"`
}

type interactive struct {
	Type  string `json:"type"`
	Reply reply  `json:"button_reply"`
}

type reply struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// pack wraps v in the envelope of this shop.
func (s *Sandbox) pack(v value) ([]byte, error) {
	v.Product = "whatsapp"
	v.Metadata = metadata{DisplayPhone: s.o.DisplayPhone, PhoneNumberID: s.o.PhoneNumberID}
	return json.Marshal(envelope{
		Object: "whatsapp_business_account",
		Entry:  []entry{{ID: s.o.WABAID, Changes: []change{{Field: "messages", Value: v}}}},
	})
}

// Write delivers one text of c to the desk and returns its wamid once the desk
// has acknowledged it. Like Meta it repeats what is not answered by 200, until
// ctx ends, whose error it returns then; the wamid is valid with that error.
func (s *Sandbox) Write(ctx context.Context, c Customer, text string) (wamid string, err error) {
	return s.say(ctx, c, inbound{Type: "text", Text: &body{Body: text}})
}

// Press delivers the press of a reply button under the message contextWAMID, in
// the way of Write.
func (s *Sandbox) Press(ctx context.Context, c Customer, buttonID, title, contextWAMID string) (wamid string, err error) {
	return s.say(ctx, c, inbound{
		Type:        "interactive",
		Context:     &quoted{From: s.o.DisplayPhone, ID: contextWAMID},
		Interactive: &interactive{Type: "button_reply", Reply: reply{ID: buttonID, Title: title}},
	})
}

func (s *Sandbox) say(ctx context.Context, c Customer, m inbound) (string, error) {
	if err := c.check(); err != nil {
		return "", err
	}
	s.mu.Lock()
	now := s.o.Now()
	m.ID = s.wamid()
	p := s.phone(c)
	p.lastInbound = now
	if p.asked.IsZero() {
		p.asked = now
	}
	twice := s.faults.DuplicateWebhooks
	s.mu.Unlock()

	m.From, m.FromUserID = c.Phone, c.UserID
	m.Timestamp = strconv.FormatInt(now.Unix(), 10)
	packed, err := s.pack(value{
		Contacts: []contact{{Profile: &profile{Name: c.Name, Username: c.Username}, WaID: c.Phone, UserID: c.UserID}},
		Messages: []inbound{m},
	})
	if err != nil {
		return "", err
	}
	if err := s.push(ctx, packed); err != nil {
		return m.ID, err
	}
	s.mu.Lock()
	s.stats.Written++
	s.mu.Unlock()
	if twice {
		return m.ID, s.push(ctx, packed)
	}
	return m.ID, nil
}

// push posts body until it is answered by 200 or ctx ends.
func (s *Sandbox) push(ctx context.Context, body []byte) error {
	for pause := time.Duration(0); ; pause = min(max(2*pause, firstPause), longPause) {
		if !wait(ctx, pause) {
			return fmt.Errorf("sandbox: webhook not delivered: %w", context.Cause(ctx))
		}
		status, err := s.Post(ctx, body)
		if errors.Is(err, errNoTarget) {
			return err
		}
		if err == nil && status == http.StatusOK {
			return nil
		}
		s.mu.Lock()
		s.stats.WebhookFailures++
		s.mu.Unlock()
		s.o.Log.Debug("sandbox: webhook refused", "status", status, "error", err)
	}
}

// errNoTarget: nobody said where webhooks go.
var errNoTarget = errors.New("sandbox: no webhook address yet: call Deliver first")

// Post signs body, whatever it is, posts it once and returns the HTTP status.
func (s *Sandbox) Post(ctx context.Context, body []byte) (status int, err error) {
	s.mu.Lock()
	target := s.webhook
	s.mu.Unlock()
	if target == "" {
		return 0, errNoTarget
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, target, bytes.NewReader(body))
	if err != nil {
		return 0, fmt.Errorf("sandbox: webhook: %w", err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set(cloudapi.SignatureHeader, cloudapi.Sign(s.o.AppSecret, body))
	resp, err := s.client.Do(req)
	if err != nil {
		return 0, fmt.Errorf("sandbox: webhook: %w", err)
	}
	defer resp.Body.Close()
	if _, err := io.Copy(io.Discard, resp.Body); err != nil {
		return 0, fmt.Errorf("sandbox: webhook: %w", err)
	}
	return resp.StatusCode, nil
}

// wait sleeps for d, or less when ctx ends; it reports whether it slept it out.
func wait(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}
