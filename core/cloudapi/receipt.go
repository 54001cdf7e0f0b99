package cloudapi

import (
	"context"
	"encoding/json"
	"net/http"
)

type wireReceipt struct {
	Product   string      `json:"messaging_product"`
	Status    string      `json:"status"`
	MessageID string      `json:"message_id"`
	Typing    *wireTyping `json:"typing_indicator,omitempty"`
}

type wireTyping struct {
	Type string `json:"type"`
}

// MarkRead tells the customer that an inbound message and those before it were
// read; with typing also that an answer is being written, which shows until it
// comes, for at most 25 seconds. Meta takes messages of the last 30 days (Cloud
// API, section 3). It may be called again. Errors are as of Send.
func (c *Client) MarkRead(ctx context.Context, phoneNumberID, wamid string, typing bool) error {
	if err := numeric("phone number id", phoneNumberID); err != nil {
		return err
	}
	if wamid == "" {
		return &InvalidError{Field: "message id", Problem: "is empty: name the message that was read"}
	}
	w := wireReceipt{Product: "whatsapp", Status: "read", MessageID: wamid}
	if typing {
		w.Typing = &wireTyping{Type: "text"}
	}
	body, err := json.Marshal(w)
	if err != nil {
		return err
	}
	return c.change(ctx, call{method: http.MethodPost, node: phoneNumberID, edge: "messages", body: body})
}
