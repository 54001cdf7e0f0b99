package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"shopbell/core/autoreply"
)

// Limits of quick replies, our own but MaxText of chat, which is the Cloud API's.
const (
	MaxQuickReplies = 500 // of a shop
	MaxShortcut     = 32  // UTF-16 units
	MaxQuickTitle   = 80  // UTF-16 units
)

// The places in the text of a quick reply.
const (
	PlaceName  = "{name}"  // the customer's first name
	PlaceShop  = "{shop}"  // the shop's name
	PlaceAgent = "{agent}" // the name of who sends it
)

// QuickReplyID is a row id of the shop's file. Zero: not kept yet.
type QuickReplyID int64

// QuickReply is a text that people of the shop send again and again.
type QuickReply struct {
	ID QuickReplyID
	// Shortcut is what is typed behind "/"; no two of a shop have the same, whatever
	// their case. It holds no blank.
	Shortcut string
	Title    string
	// Text may hold {name}, {shop} and {agent} (Fill), up to chat.MaxText as it stands.
	Text string
	// Version is its Stamp when it was read. A change that gives it is refused where
	// somebody else has changed the reply since; one without it is not.
	Version string
}

// Stamp tells one state of a reply from another.
func (q QuickReply) Stamp() string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%q %q %q", q.Shortcut, q.Title, q.Text))
	return hex.EncodeToString(sum[:8])
}

// Fill returns the text with the customer's first name, the shop's name and the
// agent's in their places. An empty one is left out with what led to it.
func (q QuickReply) Fill(name, shop, agent string) string {
	return autoreply.FillPlaces(q.Text, []autoreply.Place{{Mark: PlaceName, Value: name}, {Mark: PlaceShop, Value: shop}, {Mark: PlaceAgent, Value: agent}})
}

// QuickReplies are those of the shop. Changes are told by EventQuickReplies.
type QuickReplies interface {
	// QuickReplies returns all of them by shortcut. Needs Answer.
	QuickReplies(ctx context.Context, who Actor) ([]QuickReply, error)
	// ShopName is what stands for {shop}; empty where the shop has told none. Needs
	// Answer.
	ShopName(ctx context.Context, who Actor) (string, error)
	// SaveQuickReply keeps a new one (ID 0), or a change of one, and returns its id.
	// Needs EditQuickReplies. Invalid ("shortcut", "title", "text": empty or over its
	// limit; "replies": MaxQuickReplies are there), Conflict where another one has the
	// shortcut, and with the Field version where it is not as it was read, NotFound.
	SaveQuickReply(ctx context.Context, who Actor, q QuickReply) (QuickReplyID, error)
	// DeleteQuickReply forgets one; who wants it back saves it anew. Needs
	// EditQuickReplies. NotFound.
	DeleteQuickReply(ctx context.Context, who Actor, id QuickReplyID) error
}
