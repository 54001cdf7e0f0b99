package chat

import (
	"slices"
	"time"
)

// Media is the file of an image, a video, a voice note, a document or a sticker.
type Media struct {
	MIME     string // of the content, once it is here; before that what its sender said
	Name     string // a document's; empty for most others
	Size     int64  // bytes; 0 while unknown
	Voice    bool   // recorded on the spot
	Animated bool   // of a sticker
	// Width and Height in pixels and Duration are 0 while unknown.
	Width, Height int
	Duration      time.Duration
	State         MediaState
	// File names the content for desk.Files.Open: its SHA-256 in hex. Empty until
	// it is here.
	File string
	// Fetched is how many bytes are here while State is MediaFetching.
	Fetched int64
	// Until is when Meta forgets an inbound file: 7 days after it came (cloud-api
	// section 4). Zero for ours.
	Until time.Time
	// Code says why State is MediaRefused or MediaLost.
	Code MediaCode
}

// MediaState is how far the content of a file is.
type MediaState string

const (
	MediaWaiting  MediaState = "waiting"  // to be fetched, or tried again later
	MediaFetching MediaState = "fetching" // bytes are coming
	MediaHere     MediaState = "here"     // beside the database
	MediaLost     MediaState = "lost"     // Meta has it no more
	MediaRefused  MediaState = "refused"  // fetched or offered, and not kept: Code says why
)

// MediaCode says what is wrong with a file.
type MediaCode string

const (
	MediaTooLarge    MediaCode = "too_large"    // over the limit of its kind
	MediaWrongType   MediaCode = "wrong_type"   // its content is of a type the network does not take
	MediaDisguised   MediaCode = "disguised"    // its content is not what its name says
	MediaDamaged     MediaCode = "damaged"      // it cannot be read
	MediaEmpty       MediaCode = "empty"        // no bytes
	MediaForeignHost MediaCode = "foreign_host" // Meta named an address that is not Meta's
	MediaGone        MediaCode = "gone"         // Meta's 7 days are over, or it never had it
)

// MediaKinds are the kinds with a Media.
func MediaKinds() []Kind {
	return []Kind{KindImage, KindVideo, KindAudio, KindDocument, KindSticker}
}

// HasMedia reports whether messages of this kind carry a file.
func (k Kind) HasMedia() bool { return slices.Contains(MediaKinds(), k) }

// Location is a place on the map. Name, Address and URL may be empty.
type Location struct {
	Latitude, Longitude float64 // degrees
	Name, Address, URL  string
}

// Card is one person of a KindContacts message.
type Card struct {
	Name    string
	Company string
	Phones  []CardPhone
	Emails  []string
}

// CardPhone is one number of a card. WaID is set where the number is on WhatsApp.
type CardPhone struct {
	Phone, WaID, Type string
}

// Order is what a customer put together from the catalogue.
type Order struct {
	Catalog string
	Items   []OrderItem
}

// OrderItem is one line of an order.
type OrderItem struct {
	Product  string // the shop's own article number
	Quantity int64
	Price    Micros // of one
	Currency string // ISO 4217
}

// Micros is an amount of money in millionths of its currency's unit.
type Micros int64

// Referral is the ad or the post through which a customer came.
type Referral struct {
	Type     string // "ad" or "post"
	ID       string
	URL      string
	Headline string
	Body     string
	ImageURL string // not fetched: it is not a media id
	ClickID  string // ctwa_clid; empty for ads on a status
}

// List is a menu under a message of ours.
type List struct {
	Button   string // opens it
	Sections []ListSection
}

// ListSection is a group of rows.
type ListSection struct {
	Title string // needed where there is more than one
	Rows  []ListRow
}

// ListRow is one choice.
type ListRow struct {
	ID, Title, Description string
	// Chosen is filled on reading: the customer chose this one.
	Chosen bool `json:"-"`
}

// Link is a button of ours that opens an address.
type Link struct {
	Title, URL string
}

// TemplateUse is a template as it was sent: its text with the variables filled in
// stands in Message.Text.
type TemplateUse struct {
	Name, Language, Category string
	Header, Footer           string   // filled in
	Body                     []string // variables of the body in order
	Variables                map[string]string
	Buttons                  []string // titles
	// What fills the rest in, so that it can be sent once more: the variable of a
	// text header with its name where it has one, and of URL buttons by their place.
	HeaderVariable, HeaderName string         `json:",omitempty"`
	URLSuffix                  map[int]string `json:",omitempty"`
}

// Quote is the message that another one answers, as far as the desk knows it.
type Quote struct {
	Message MessageID // 0: it is not known here
	Author  Author
	Name    string // of the agent or the rule; empty for the customer
	Kind    Kind
	Text    string // one line, at most PreviewRunes runes; empty where Revoked
	At      time.Time
	Revoked bool // its author took it back: what it said is not quoted
}

// Reaction is an emoji somebody put on a message.
type Reaction struct {
	Emoji  string
	Author Author // AuthorCustomer or AuthorAgent
	At     time.Time
}

// Edit is what a message said before its author changed it.
type Edit struct {
	Text string
	At   time.Time // until then
}
