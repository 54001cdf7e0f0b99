package cloudapi

import (
	"errors"
	"fmt"

	"github.com/tidwall/gjson"

	"shopbell/core/chat"
)

// readMessage reads one element of "messages". failures are the errors of the
// whole change: Meta puts the one of an interactive message without a body there.
func readMessage(m gjson.Result, all people, failures gjson.Result) (*Message, error) {
	if !m.IsObject() {
		return nil, errors.New("cloudapi: message is not an object")
	}
	msg := &Message{}
	var at, textPart, interactive, button, system gjson.Result
	m.ForEach(func(key, v gjson.Result) bool {
		switch key.Str {
		case "id":
			msg.ID = text(v)
		case "from":
			msg.From.address(text(v))
		case "from_user_id":
			msg.From.UserID = text(v)
		case "from_parent_user_id":
			msg.From.ParentUserID = text(v)
		case "timestamp":
			at = v
		case "type":
			msg.Type = text(v)
		case "text":
			textPart = v
		case "interactive":
			interactive = v
		case "button":
			button = v
		case "system":
			system = v
		case "context": // {"forwarded":true} has no id
			msg.ReplyTo = text(v.Get("id"))
		case "errors":
			msg.Errors = readErrors(v)
		}
		return true
	})
	if msg.ID == "" {
		return nil, errors.New("cloudapi: message has no id")
	}
	if msg.Type == "" {
		return nil, fmt.Errorf("cloudapi: message %s has no type", msg.ID)
	}
	var err error
	if msg.At, err = moment(at); err != nil {
		return nil, fmt.Errorf("cloudapi: message %s: %w", msg.ID, err)
	}
	switch msg.Type {
	case "text":
		body := textPart.Get("body")
		if body.Type != gjson.String {
			return nil, fmt.Errorf("cloudapi: text message %s has no body", msg.ID)
		}
		msg.Text = text(body)
	case "interactive":
		if msg.Button = readReply(interactive); msg.Button == nil && msg.Errors == nil {
			msg.Errors = readErrors(failures)
		}
	case "button":
		if button.IsObject() {
			msg.Button = &ButtonReply{ID: text(button.Get("payload")), Title: text(button.Get("text"))}
		}
	case "system":
		msg.Change = readChange(system, &msg.From)
	}
	all.complete(&msg.From)
	if msg.From.Phone == "" && msg.From.UserID == "" {
		return nil, fmt.Errorf("cloudapi: message %s says neither phone nor user id of its sender", msg.ID)
	}
	return msg, nil
}

// readReply returns the chosen button or list row, nil for any other kind of
// interactive answer (a flow, say).
func readReply(interactive gjson.Result) *ButtonReply {
	for _, kind := range [...]string{"button_reply", "list_reply"} {
		if r := interactive.Get(kind); r.IsObject() {
			return &ButtonReply{ID: text(r.Get("id")), Title: text(r.Get("title"))}
		}
	}
	return nil
}

// readChange reads a system notice about a new number or user id; nil for any
// other notice. A notice that names its subject inside the body only gives it
// to from as well.
func readChange(system gjson.Result, from *Party) *IdentityChange {
	kind := text(system.Get("type"))
	if kind != "user_changed_number" && kind != "user_changed_user_id" {
		return nil
	}
	c := &IdentityChange{
		OldPhone:  from.Phone,
		NewPhone:  text(system.Get("wa_id")),
		OldUserID: text(system.Get("previous_user_id")),
		NewUserID: text(system.Get("user_id")),
	}
	if c.OldUserID == "" && from.UserID != c.NewUserID {
		c.OldUserID = from.UserID
	}
	if from.Phone == "" && from.UserID == "" {
		from.Phone, from.UserID = c.NewPhone, c.NewUserID
	}
	return c
}

// readUserIDUpdate reads one element of a "user_id_update" change. Meta
// replaced the field by a system notice in August 2026; both are taken.
func readUserIDUpdate(u gjson.Result, all people) (*Message, error) {
	if !u.IsObject() {
		return nil, errors.New("cloudapi: user_id_update is not an object")
	}
	msg := &Message{Type: "system"}
	msg.From.address(text(u.Get("wa_id")))
	ids := u.Get("user_id")
	c := &IdentityChange{OldUserID: text(ids.Get("previous")), NewUserID: text(ids.Get("current"))}
	if c.NewUserID == "" {
		return nil, errors.New("cloudapi: user_id_update does not say the current user id")
	}
	msg.From.UserID = c.NewUserID
	msg.Change = c
	var err error
	if msg.At, err = moment(u.Get("timestamp")); err != nil {
		return nil, fmt.Errorf("cloudapi: user_id_update: %w", err)
	}
	all.complete(&msg.From)
	return msg, nil
}

// ladder are the statuses Meta reports today.
var ladder = map[string]chat.Status{
	"sent":      chat.StatusSent,
	"delivered": chat.StatusDelivered,
	"read":      chat.StatusRead,
	"played":    chat.StatusPlayed,
	"failed":    chat.StatusFailed,
}

// readStatus reads one element of "statuses". A status of an unknown kind is
// nil without an error: new ones appear, and say nothing about the ladder.
func readStatus(s gjson.Result) (*StatusReport, error) {
	if !s.IsObject() {
		return nil, errors.New("cloudapi: status is not an object")
	}
	r := &StatusReport{}
	var at gjson.Result
	var kind, recipient, participant, participantUser string
	group := false
	s.ForEach(func(key, v gjson.Result) bool {
		switch key.Str {
		case "id":
			r.WAMID = text(v)
		case "status":
			kind = text(v)
		case "timestamp":
			at = v
		case "recipient_id":
			recipient = text(v)
		case "recipient_user_id":
			r.To.UserID = text(v)
		case "recipient_type":
			group = text(v) == "group"
		case "recipient_participant_id":
			participant = text(v)
		case "recipient_participant_user_id":
			participantUser = text(v)
		case "biz_opaque_callback_data":
			r.Opaque = text(v)
		case "pricing":
			r.Pricing = readPricing(v)
		case "errors":
			r.Errors = readErrors(v)
		}
		return true
	})
	if group { // recipient_id is the group then
		recipient = participant
		r.To.UserID = participantUser
	}
	r.To.address(recipient)
	if r.WAMID == "" {
		return nil, errors.New("cloudapi: status has no message id")
	}
	if kind == "" {
		return nil, fmt.Errorf("cloudapi: status of %s says nothing", r.WAMID)
	}
	var known bool
	if r.Status, known = ladder[kind]; !known {
		return nil, nil
	}
	var err error
	if r.At, err = moment(at); err != nil {
		return nil, fmt.Errorf("cloudapi: status of %s: %w", r.WAMID, err)
	}
	return r, nil
}

func readPricing(v gjson.Result) *Pricing {
	if !v.IsObject() {
		return nil
	}
	return &Pricing{
		Billable: v.Get("billable").Bool(),
		Model:    text(v.Get("pricing_model")),
		Type:     text(v.Get("type")),
		Category: text(v.Get("category")),
	}
}
