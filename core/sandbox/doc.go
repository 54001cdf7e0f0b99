// Package sandbox is a simulated WhatsApp: a Graph API on this machine, and
// customers who write to the shop, read its answers and press its buttons. It
// speaks the same signed HTTP as Meta, so nothing else in Shopbell knows the
// difference. The demo runs on it, and tests do, with faults on demand.
//
// A desk in sandbox mode keeps its own database file: simulated customers never
// meet real ones.
//
// The simulated Graph API takes text messages and reply buttons, checks the
// token and Meta's rules for both, and reports sent, delivered and read by
// webhook. It does not know templates, media or the number's own throughput.
package sandbox
