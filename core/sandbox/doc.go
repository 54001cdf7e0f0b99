// Package sandbox is a simulated WhatsApp: a Graph API on this machine, and
// customers who write to the shop, read its answers and press its buttons. It
// speaks the same signed HTTP as Meta, so nothing else in Shopbell knows the
// difference. The demo runs on it, and tests do, with faults on demand.
//
// A desk in sandbox mode keeps its own database file: simulated customers never
// meet real ones.
//
// The Graph API judges messages of every kind by Meta's rules, keeps files and
// lends their addresses for five minutes, fills in templates, knows the number,
// its profile and the token, and asks a webhook's address for the handshake
// before it uses it. Customers say whatever the Cloud API delivers (Said). It is
// written from Meta's description and shares no wire type with core/cloudapi, so
// that the two can find each other's mistakes.
//
// It does not know the number's own throughput, the registration of a number,
// the making of templates, flows and groups.
package sandbox
