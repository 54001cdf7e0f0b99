package cloudapi

import (
	"context"
	"net/http"
)

// Number is what Graph tells of a phone number of the shop (Cloud API, section 8).
type Number struct {
	DisplayPhone string // as Meta shows it
	VerifiedName string
	Status       string // Meta's own word: "CONNECTED" and others; empty where it says none
}

// Number asks Graph for a phone number: it shows that Graph can be reached and
// that the token may see the number. It changes nothing and may be called again.
// Errors are as of Send, and mean the question, not a message.
func (c *Client) Number(ctx context.Context, phoneNumberID string) (Number, error) {
	a, err := c.exchange(ctx, http.MethodGet, phoneNumberID, "?fields=display_phone_number,verified_name,status", nil)
	if err != nil {
		return Number{}, err
	}
	if a.status != http.StatusOK || !a.body.IsObject() {
		return Number{}, a.unusable()
	}
	return Number{
		DisplayPhone: text(a.body.Get("display_phone_number")),
		VerifiedName: text(a.body.Get("verified_name")),
		Status:       text(a.body.Get("status")),
	}, nil
}
