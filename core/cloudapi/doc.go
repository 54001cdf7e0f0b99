// Package cloudapi speaks the wire format of the WhatsApp Business Cloud API: it
// verifies and reads webhooks, encodes messages of every kind within Meta's
// limits, sends them and says what an error means for the sender. It moves files
// to Meta and from there, lists templates and numbers, and tells Meta where the
// webhooks go. The token it is given reaches no host but Meta's.
//
// It holds no state beyond the connections of a Client, stores nothing and
// decides nothing about the shop. Every function is safe for many goroutines.
package cloudapi
