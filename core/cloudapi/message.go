package cloudapi

import (
	"errors"
	"fmt"

	"github.com/tidwall/gjson"
)

// readMessage reads one element of "messages". failures are the errors of the
// whole change: Meta puts the one of an interactive message without a body there.
func readMessage(m gjson.Result, all people, failures gjson.Result) (*Message, error) {
	msg, err := readWritten(m)
	if err != nil {
		return nil, err
	}
	switch {
	case msg.Type == "system":
		msg.Change = readChange(m.Get("system"), &msg.From)
	case msg.Type == "interactive" && msg.Button == nil && msg.Form == nil && msg.Errors == nil:
		msg.Errors = readErrors(failures)
	}
	all.complete(&msg.From)
	if msg.From.Phone == "" && msg.From.UserID == "" {
		return nil, fmt.Errorf("cloudapi: message %s says neither phone nor user id of its sender", msg.ID)
	}
	return msg, nil
}

// readEcho reads one element of "message_echoes", where "from" is the shop.
func readEcho(m gjson.Result, all people) (*Echo, error) {
	msg, err := readWritten(m)
	if err != nil {
		return nil, err
	}
	echo := &Echo{Message: *msg}
	echo.From = Party{}
	echo.To.address(text(m.Get("to")))
	if id := text(m.Get("to_user_id")); id != "" {
		echo.To.UserID = id
	}
	echo.To.ParentUserID = text(m.Get("to_parent_user_id"))
	all.complete(&echo.To)
	if echo.To.Phone == "" && echo.To.UserID == "" {
		return nil, fmt.Errorf("cloudapi: echo %s says neither phone nor user id of its recipient", msg.ID)
	}
	return echo, nil
}

// readWritten reads what messages and echoes have in common. From is as it
// stands there and may be empty.
func readWritten(m gjson.Result) (*Message, error) {
	if !m.IsObject() {
		return nil, errors.New("cloudapi: message is not an object")
	}
	msg := &Message{}
	var at, body gjson.Result
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
			body = v.Get("body")
		case "context":
			readContext(v, msg)
		case "referral":
			msg.Referral = readReferral(v)
		case "group_id":
			msg.Group = text(v)
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
	if msg.Type != "text" {
		readContent(m, msg)
		return msg, nil
	}
	if body.Type != gjson.String {
		return nil, fmt.Errorf("cloudapi: text message %s has no body", msg.ID)
	}
	msg.Text = text(body)
	return msg, nil
}

// readContext reads what a message refers to. One that was passed on has a
// context without an id.
func readContext(c gjson.Result, msg *Message) {
	msg.ReplyTo = text(c.Get("id"))
	msg.Forwarded = c.Get("forwarded").Bool() || c.Get("frequently_forwarded").Bool()
	if product := text(c.Get("referred_product.product_retailer_id")); product != "" {
		msg.Product = &ProductRef{Catalog: text(c.Get("referred_product.catalog_id")), Product: product}
	}
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
