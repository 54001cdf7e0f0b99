package store

import (
	"errors"
	"time"

	"shopbell/core/chat"
)

// UpdateChannel stores what the network says of a known channel: the account, the
// phone as it is shown, and the name. What is empty in c stays as it is.
// ErrNotFound where no channel has c's PhoneNumberID.
func (tx *Tx) UpdateChannel(c chat.Channel) error {
	n, err := tx.changed(`UPDATE channel SET waba_id = coalesce(nullif(?, ''), waba_id),
		display_phone = coalesce(nullif(?, ''), display_phone), name = coalesce(nullif(?, ''), name) WHERE phone_number_id = ?`,
		c.WABAID, c.DisplayPhone, c.Name, c.PhoneNumberID)
	if err == nil && n == 0 {
		return ErrNotFound
	}
	return err
}

// LastWebhook returns when a webhook was last stored; zero for never.
func (r *Reader) LastWebhook() (time.Time, error) {
	var at int64
	err := r.row("SELECT received_at FROM webhook ORDER BY id DESC LIMIT 1", nil, &at)
	if errors.Is(err, ErrNotFound) {
		return time.Time{}, nil
	}
	if err != nil {
		return time.Time{}, err
	}
	return fromMS(at), nil
}
