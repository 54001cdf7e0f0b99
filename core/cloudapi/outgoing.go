package cloudapi

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"shopbell/core/chat"
)

// Limits of the Cloud API (section 3) for any message, in UTF-16 units unless
// said otherwise. chat.MaxText, chat.MaxInteractiveBody and chat.MaxCaption bound
// the text.
const (
	MaxOpaque      = 512
	maxPhoneDigits = 15 // a count, E.164
)

// Outgoing is one message to a customer. What it is follows from the one field
// that is set of Media to Reaction; with none of them it is a text, or with
// Buttons a text with reply buttons.
type Outgoing struct {
	To chat.Address
	// Text is the message; the caption of Media, where it may be empty; the body
	// above Buttons, List, Link and AskLocation. The others have none.
	Text    string
	ReplyTo string // wamid to quote; empty for none. A reaction quotes nothing.
	Opaque  string // comes back in every status as biz_opaque_callback_data; empty for none

	Buttons  []chat.Button // at most MaxButtons
	Media    *Media
	Location *chat.Location // without URL: the network takes none
	List     *chat.List
	Link     *chat.Link
	// AskLocation puts a button under Text with which the customer sends a place.
	AskLocation bool
	Template    *Template
	Reaction    *Reaction

	// Header and Footer frame Buttons, List and Link. Above a list stands a text
	// only.
	Header *Header
	Footer string
}

// Header stands above the body of a message: a text of at most MaxHeader, or a
// picture, a video or a document. A template may have a place there too.
type Header struct {
	Text string
	// Variable is the name that a template has for Text; empty where its variables
	// are numbered.
	Variable string
	Media    *Media
	Location *chat.Location
}

type wireMessage struct {
	Product     string           `json:"messaging_product"`
	Recipient   string           `json:"recipient_type"`
	To          string           `json:"to,omitempty"`
	ToUser      string           `json:"recipient,omitempty"`
	Context     *wireContext     `json:"context,omitempty"`
	Type        string           `json:"type"`
	Text        *wireText        `json:"text,omitempty"`
	Image       *wireMedia       `json:"image,omitempty"`
	Video       *wireMedia       `json:"video,omitempty"`
	Audio       *wireMedia       `json:"audio,omitempty"`
	Document    *wireMedia       `json:"document,omitempty"`
	Sticker     *wireMedia       `json:"sticker,omitempty"`
	Location    *wireLocation    `json:"location,omitempty"`
	Interactive *wireInteractive `json:"interactive,omitempty"`
	Template    *wireTemplate    `json:"template,omitempty"`
	Reaction    *wireReaction    `json:"reaction,omitempty"`
	Opaque      string           `json:"biz_opaque_callback_data,omitempty"`
}

type wireContext struct {
	MessageID string `json:"message_id"`
}

type wireText struct {
	Body string `json:"body"`
	// Preview draws the page behind a link; without one it means nothing.
	Preview bool `json:"preview_url,omitempty"`
}

type wireLocation struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
	Name      string  `json:"name,omitempty"`
	Address   string  `json:"address,omitempty"`
}

type wireReaction struct {
	MessageID string `json:"message_id"`
	Emoji     string `json:"emoji"` // "" takes it off
}

// Encode returns the body for Client.Send. The error is an *InvalidError that
// names the first field beyond Meta's limits; nothing is cut or trimmed to fit.
// Where Media has a File and no ID, the body cannot be sent yet: see LocalFile.
func (o Outgoing) Encode() ([]byte, error) {
	w := wireMessage{Product: "whatsapp", Recipient: "individual", Opaque: o.Opaque}
	if err := w.address(o.To); err != nil {
		return nil, err
	}
	if err := o.oneContent(); err != nil {
		return nil, err
	}
	if err := within("opaque", o.Opaque, MaxOpaque); err != nil {
		return nil, err
	}
	if o.ReplyTo != "" {
		w.Context = &wireContext{MessageID: o.ReplyTo}
	}
	var err error
	switch {
	case o.Media != nil:
		err = w.media(o.Media, o.Text)
	case o.Location != nil:
		w.Type = "location"
		w.Location, err = encodeLocation("location", o.Location)
	case o.Template != nil:
		w.Type = "template"
		w.Template, err = o.Template.encode()
	case o.Reaction != nil:
		w.Type = "reaction"
		w.Reaction, err = o.reaction()
	case len(o.Buttons) > 0 || o.List != nil || o.Link != nil || o.AskLocation:
		w.Type = "interactive"
		w.Interactive, err = o.interactive()
	default:
		w.Type = "text"
		w.Text, err = encodeText(o.Text)
	}
	if err != nil {
		return nil, err
	}
	return json.Marshal(w)
}

// oneContent refuses what would have to be left out of the message.
func (o Outgoing) oneContent() error {
	var set []string
	for _, c := range []struct {
		name string
		set  bool
	}{
		{"media", o.Media != nil}, {"location", o.Location != nil}, {"template", o.Template != nil},
		{"reaction", o.Reaction != nil}, {"buttons", len(o.Buttons) > 0}, {"list", o.List != nil},
		{"link", o.Link != nil}, {"ask location", o.AskLocation},
	} {
		if c.set {
			set = append(set, c.name)
		}
	}
	if len(set) > 1 {
		return &InvalidError{Field: set[1], Problem: "does not fit into one message with " + set[0] + ": send two"}
	}
	textless := o.Location != nil || o.Template != nil || o.Reaction != nil
	if textless && o.Text != "" {
		return &InvalidError{Field: "text", Problem: "does not fit into one message with " + set[0] + ": send two"}
	}
	framed := len(o.Buttons) > 0 || o.List != nil || o.Link != nil
	if !framed && (o.Header != nil || o.Footer != "") {
		return &InvalidError{Field: "header", Problem: "and footer frame reply buttons, a list or a link only"}
	}
	return nil
}

// address fills "to" or "recipient". The "+" keeps Meta from putting the shop's
// own calling code in front. A user id in "to" would be accepted and lost.
func (w *wireMessage) address(to chat.Address) error {
	switch to.Kind {
	case chat.AliasPhone:
		if to.Value == "" || len(to.Value) > maxPhoneDigits || chat.Digits(to.Value) != to.Value {
			return &InvalidError{Field: "to", Limit: maxPhoneDigits,
				Problem: fmt.Sprintf("is not a phone: want 1 to %d digits as received", maxPhoneDigits)}
		}
		w.To = "+" + to.Value
	case chat.AliasUser:
		if !isUserID(to.Value) {
			return &InvalidError{Field: "recipient", Problem: `is not a business-scoped user id such as "US.1349"`}
		}
		w.ToUser = to.Value
	default:
		return &InvalidError{Field: "to", Problem: fmt.Sprintf("has the unknown kind %q", to.Kind)}
	}
	return nil
}

func encodeText(s string) (*wireText, error) {
	if err := filled("text", s, chat.MaxText); err != nil {
		return nil, err
	}
	lower := strings.ToLower(s)
	linked := strings.Contains(lower, "https://") || strings.Contains(lower, "http://")
	return &wireText{Body: s, Preview: linked}, nil
}

func encodeLocation(field string, l *chat.Location) (*wireLocation, error) {
	if !(math.Abs(l.Latitude) <= 90) { // NaN is not on the map either
		return nil, &InvalidError{Field: field + ".latitude", Problem: "is not on the map: want -90 to 90 degrees"}
	}
	if !(math.Abs(l.Longitude) <= 180) {
		return nil, &InvalidError{Field: field + ".longitude", Problem: "is not on the map: want -180 to 180 degrees"}
	}
	if l.URL != "" {
		return nil, &InvalidError{Field: field + ".url", Problem: "is not sent by the network: leave it out"}
	}
	if !utf8.ValidString(l.Name) {
		return nil, notUTF8(field + ".name")
	}
	if !utf8.ValidString(l.Address) {
		return nil, notUTF8(field + ".address")
	}
	return &wireLocation{Latitude: l.Latitude, Longitude: l.Longitude, Name: l.Name, Address: l.Address}, nil
}

// reaction checks that the emoji is one to the eye: families and flags are many
// runes.
func (o Outgoing) reaction() (*wireReaction, error) {
	switch {
	case o.Reaction.WAMID == "":
		return nil, &InvalidError{Field: "reaction.wamid", Problem: "is empty: name the message to react to"}
	case o.ReplyTo != "":
		return nil, &InvalidError{Field: "reply to", Problem: "does not fit a reaction: it names its message itself"}
	case !utf8.ValidString(o.Reaction.Emoji):
		return nil, notUTF8("reaction.emoji")
	case uniseg.GraphemeClusterCount(o.Reaction.Emoji) > 1:
		return nil, &InvalidError{Field: "reaction.emoji", Limit: 1, Problem: "is more than 1 emoji, which is all that a message takes from the shop"}
	}
	return &wireReaction{MessageID: o.Reaction.WAMID, Emoji: o.Reaction.Emoji}, nil
}

// filled checks a text that must not be empty.
func filled(field, s string, limit int) error {
	if err := within(field, s, limit); err != nil {
		return err
	}
	if strings.TrimSpace(s) == "" {
		return &InvalidError{Field: field, Problem: "is empty: write something"}
	}
	return nil
}

func within(field, s string, limit int) error {
	if !utf8.ValidString(s) {
		return notUTF8(field)
	}
	if n := chat.Units(s); n > limit {
		return &InvalidError{Field: field, Limit: limit,
			Problem: fmt.Sprintf("has %d UTF-16 units: at most %d are allowed", n, limit)}
	}
	return nil
}

func notUTF8(field string) error { return &InvalidError{Field: field, Problem: "is not valid UTF-8"} }

// repeated returns the first string that stands twice in list.
func repeated(list []string) (int, bool) {
	for i, s := range list {
		if slices.Contains(list[:i], s) {
			return i, true
		}
	}
	return 0, false
}
