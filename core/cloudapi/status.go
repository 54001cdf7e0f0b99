package cloudapi

import (
	"errors"
	"fmt"

	"github.com/tidwall/gjson"

	"shopbell/core/chat"
)

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
