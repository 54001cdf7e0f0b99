// Package cloudapi speaks the wire format of the WhatsApp Business Cloud API:
// it verifies and reads webhooks, encodes free-form messages within Meta's
// limits, sends them, and says what an error means for the sender.
//
// It holds no state beyond the connections of a Client, stores nothing and
// decides nothing about the shop. Every function is safe for many goroutines.
package cloudapi
