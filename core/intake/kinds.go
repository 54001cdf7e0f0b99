package intake

import (
	"time"

	"shopbell/core/chat"
	"shopbell/core/cloudapi"
	"shopbell/core/store"
)

// MediaFor is how long Meta keeps a file that a customer sent (cloud-api section 4).
const MediaFor = 7 * 24 * time.Hour

// messageOf is the desk's form of a message from the network: what it is and holds,
// not yet whose it is and where it stands.
func messageOf(w *cloudapi.Message, now time.Time) store.NewMessage {
	m := chat.Message{
		Text: w.Text, WAMID: w.ID, ReplyTo: w.ReplyTo, Forwarded: w.Forwarded, Referral: w.Referral, At: w.At, Arrived: now,
	}
	if m.At.IsZero() {
		m.At = now
	}
	n := store.NewMessage{Message: m}
	fill(&n, w)
	if p := w.Product; p != nil {
		n.Data = map[string]string{"catalog": p.Catalog, "product": p.Product}
	}
	if len(w.Errors) > 0 {
		n.ErrorCode, n.ErrorText = w.Errors[0].Code, w.Errors[0].Title
	}
	return n
}

// fill gives a message its kind, and what that calls for. What Meta calls a kind
// and left its body out of is no message of that kind.
func fill(n *store.NewMessage, w *cloudapi.Message) {
	m := &n.Message
	switch {
	case w.Reaction != nil:
		m.Kind, m.Text, m.ReplyTo = chat.KindReaction, w.Reaction.Emoji, w.Reaction.WAMID
	case w.Group != "":
		m.Kind, m.RawKind, m.Text, n.Raw = chat.KindGroup, w.Type, words(w), w.Raw
	case w.Type == "text":
		m.Kind = chat.KindText
	case w.Button != nil:
		m.Kind, m.Text = chat.KindButton, w.Button.Title
	case w.Media != nil:
		m.Kind, m.Text = chat.Kind(w.Type), w.Media.Caption
		m.Media = &chat.Media{
			MIME: w.Media.MIME, Name: w.Media.Name, Voice: w.Media.Voice, Animated: w.Media.Animated,
			State: chat.MediaWaiting, Until: m.At.Add(MediaFor),
		}
		n.AtMeta = store.MetaFile{ID: w.Media.ID, URL: w.Media.URL, SHA256: w.Media.SHA256}
	case w.Location != nil:
		m.Kind, m.Location = chat.KindLocation, w.Location
	case w.Order != nil:
		m.Kind, m.Order = chat.KindOrder, w.Order
	case len(w.Cards) > 0:
		m.Kind, m.Cards = chat.KindContacts, w.Cards
		n.Raw = w.Raw // a card says more than chat.Card holds
	case w.Form != nil:
		m.Kind, m.RawKind, m.Text, n.Raw = chat.KindUnsupported, "nfm_reply", w.Form.Text, w.Raw
	case w.Type == "edit" || w.Unsupported == "edit":
		m.Kind, n.Raw = chat.KindEdited, w.Raw
	default:
		m.Kind, m.RawKind, n.Raw = chat.KindUnsupported, firstOf(w.Unsupported, w.Type), w.Raw
	}
}

// words are what the rules look for keywords in: what the customer wrote, be it
// under a picture, and the title of what they chose.
func words(w *cloudapi.Message) string {
	switch {
	case w.Button != nil:
		return w.Button.Title
	case w.Media != nil:
		return w.Media.Caption
	}
	return w.Text
}

// amend returns how a message about another one is worked off: an edit or a
// revocation. Nobody waits for an answer to it. Nil for any other message.
func amend(m *cloudapi.Message) func(*store.Tx, Origin) error {
	switch {
	case m.Edit != nil:
		return func(tx *store.Tx, _ Origin) error { return tx.AddEdit(m.Edit.WAMID, m.ID, m.Edit.Text, m.At) }
	case m.Revoke != nil:
		return func(tx *store.Tx, _ Origin) error { return tx.AddRevoke(m.Revoke.WAMID, m.ID, m.At) }
	}
	return nil
}
