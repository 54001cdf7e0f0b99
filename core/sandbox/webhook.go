package sandbox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"shopbell/core/chat"
)

type envelope struct {
	Object string  `json:"object"`
	Entry  []entry `json:"entry"`
}

type entry struct {
	ID      string   `json:"id"`
	Time    int64    `json:"time,omitempty"`
	Changes []change `json:"changes"`
}

type change struct {
	Field string `json:"field"`
	Value any    `json:"value"`
}

type value struct {
	Product  string    `json:"messaging_product"`
	Metadata metadata  `json:"metadata"`
	Contacts []contact `json:"contacts,omitempty"`
	Messages []object  `json:"messages,omitempty"`
	Echoes   []object  `json:"message_echoes,omitempty"`
	Statuses []status  `json:"statuses,omitempty"`
	Errors   []object  `json:"errors,omitempty"`
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

// pack wraps v, a change of field, in the envelope of this shop.
func (s *Sandbox) pack(field string, v value) ([]byte, error) {
	v.Product = "whatsapp"
	v.Metadata = metadata{DisplayPhone: s.o.DisplayPhone, PhoneNumberID: s.o.PhoneNumberID}
	return json.Marshal(envelope{
		Object: "whatsapp_business_account",
		Entry:  []entry{{ID: s.o.WABAID, Changes: []change{{Field: field, Value: v}}}},
	})
}

// Notify delivers a change of an account-level field as it stands: of a template,
// the number's quality, a restriction (cloud-api 2.4). In the way of Say.
func (s *Sandbox) Notify(ctx context.Context, field string, value any) error {
	body, err := json.Marshal(envelope{
		Object: "whatsapp_business_account",
		Entry:  []entry{{ID: s.o.WABAID, Time: s.o.Now().Unix(), Changes: []change{{Field: field, Value: value}}}},
	})
	if err != nil {
		return fmt.Errorf("sandbox: notice: %w", err)
	}
	return s.push(ctx, body)
}

// Write delivers one text of c, in the way of Say.
func (s *Sandbox) Write(ctx context.Context, c Customer, text string) (wamid string, err error) {
	return s.Say(ctx, c, Text(text))
}

// Press delivers the press of a reply button under the message contextWAMID, in
// the way of Say.
func (s *Sandbox) Press(ctx context.Context, c Customer, buttonID, title, contextWAMID string) (wamid string, err error) {
	return s.Say(ctx, c, PressOf(chat.Button{ID: buttonID, Title: title}, contextWAMID))
}

// Say delivers one message of c to the desk and returns its wamid once the desk
// has acknowledged it. Like Meta it repeats what is not answered by 200, until
// ctx ends, whose error it returns then; the wamid is valid with that error.
func (s *Sandbox) Say(ctx context.Context, c Customer, m Said) (wamid string, err error) {
	if err := c.check(); err != nil {
		return "", err
	}
	s.mu.Lock()
	now := s.o.Now()
	wamid = s.wamid()
	p := s.phone(c)
	if s.account.blocked[c.Phone] || s.account.blocked[c.UserID] {
		s.mu.Unlock()
		return "", ErrBlocked
	}
	p.said[wamid] = now
	if !chat.Silent("", m.kind) {
		p.lastInbound = now
		if p.asked.IsZero() {
			p.asked = now
		}
	}
	twice := s.faults.DuplicateWebhooks
	message, err := s.wire(m)
	s.mu.Unlock()
	if err != nil {
		return "", err
	}

	if m.at.IsZero() {
		m.at = now
	}
	message["id"], message["timestamp"] = wamid, strconv.FormatInt(m.at.Unix(), 10)
	message["from"], message["from_user_id"] = c.Phone, c.UserID
	v := value{
		Contacts: []contact{{Profile: &profile{Name: c.Name, Username: c.Username}, WaID: c.Phone, UserID: c.UserID}},
		Messages: []object{message.bare()},
	}
	if m.failure != nil {
		v.Errors = []object{m.failure}
	}
	packed, err := s.pack("messages", v)
	if err != nil {
		return "", err
	}
	if err := s.push(ctx, packed); err != nil {
		return wamid, err
	}
	s.mu.Lock()
	s.stats.Written++
	s.mu.Unlock()
	if twice {
		return wamid, s.push(ctx, packed)
	}
	return wamid, nil
}

// wire is m without its envelope: no id, author or moment yet. Callers hold mu.
func (s *Sandbox) wire(m Said) (object, error) {
	message := object{"type": m.kind}
	maps.Copy(message, m.also)
	if m.body != nil {
		message[m.kind] = m.body
	}
	if about, ok := message["context"].(object); ok && about["id"] != nil {
		about = maps.Clone(about)
		about["from"] = chat.Digits(s.o.DisplayPhone)
		message["context"] = about
	}
	if m.file == nil {
		return message, nil
	}
	body, ok := m.body.(object)
	if !ok {
		return nil, fmt.Errorf("sandbox: a message of type %s has no place for a file", m.kind)
	}
	kept := s.keep(*m.file, true)
	body = maps.Clone(body)
	body["id"], body["mime_type"], body["sha256"] = kept.id, kept.file.MIME, kept.digest()
	if !s.faults.Media.NoURL {
		body["url"] = s.address(kept)
	}
	message[m.kind] = body
	return message, nil
}

// Move is a customer who goes on under another phone or user id: the desk gets
// the notice that Meta sends since August 2026 (cloud-api 2.3), in the way of Say.
func (s *Sandbox) Move(ctx context.Context, from, to Customer) error {
	if err := errors.Join(from.check(), to.check()); err != nil {
		return err
	}
	s.mu.Lock()
	p := s.phone(from)
	p.customer = to
	for _, address := range to.addresses() {
		s.phones[address] = p
	}
	for _, address := range from.addresses() {
		if s.phones[address] == p && !slices.Contains(to.addresses(), address) {
			delete(s.phones, address)
		}
	}
	notice := object{
		"id": s.wamid(), "timestamp": strconv.FormatInt(s.o.Now().Unix(), 10), "type": "system",
		"from": from.Phone, "from_user_id": from.UserID,
		"system": object{
			"type": "user_changed_number", "body": "The customer has another number",
			"wa_id": to.Phone, "user_id": to.UserID, "previous_user_id": from.UserID,
		}.bare(),
	}
	s.mu.Unlock()
	packed, err := s.pack("messages", value{Messages: []object{notice.bare()}})
	if err != nil {
		return err
	}
	return s.push(ctx, packed)
}

// Echo is a text that the shop wrote to c on its own phone (coexistence), in the
// way of Say.
func (s *Sandbox) Echo(ctx context.Context, c Customer, text string) (wamid string, err error) {
	if err := c.check(); err != nil {
		return "", err
	}
	s.mu.Lock()
	wamid = s.wamid()
	s.mu.Unlock()
	echo := object{
		"id": wamid, "timestamp": strconv.FormatInt(s.o.Now().Unix(), 10), "from": chat.Digits(s.o.DisplayPhone),
		"to": c.Phone, "to_user_id": c.UserID, "type": "text", "text": object{"body": text},
	}
	packed, err := s.pack("smb_message_echoes", value{Echoes: []object{echo.bare()}})
	if err != nil {
		return "", err
	}
	return wamid, s.push(ctx, packed)
}
