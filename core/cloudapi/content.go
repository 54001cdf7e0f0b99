package cloudapi

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"shopbell/core/chat"
)

// readContent reads what the type of m calls for into msg. Every reader below
// gives nil for what is missing or makes no sense (see Message).
func readContent(m gjson.Result, msg *Message) {
	switch msg.Type {
	case "image", "video", "audio", "document", "sticker":
		msg.Media = readMedia(m.Get(msg.Type))
	case "voice":
		msg.Type, msg.Media = "audio", readVoice(m.Get("voice"))
	case "location":
		msg.Location = readLocation(m.Get("location"))
	case "contacts":
		msg.Cards = readCards(m.Get("contacts"))
	case "order":
		msg.Order = readOrder(m.Get("order"))
		msg.Text = text(m.Get("order.text"))
	case "interactive":
		msg.Button = readReply(m.Get("interactive"))
		msg.Form = readForm(m.Get("interactive.nfm_reply"))
	case "button":
		if b := m.Get("button"); b.IsObject() {
			msg.Button = &ButtonReply{ID: text(b.Get("payload")), Title: text(b.Get("text"))}
		}
	case "reaction":
		if on := text(m.Get("reaction.message_id")); on != "" {
			msg.Reaction = &Reaction{WAMID: on, Emoji: text(m.Get("reaction.emoji"))}
		}
	case "edit":
		msg.Edit = readEdit(m.Get("edit"))
	case "revoke":
		if gone := text(m.Get("revoke.original_message_id")); gone != "" {
			msg.Revoke = &Revoke{WAMID: gone}
		}
	case "unsupported":
		msg.Unsupported = text(m.Get("unsupported.type"))
	}
}

// readReply returns the chosen button or list row, nil for any other kind of
// interactive answer.
func readReply(interactive gjson.Result) *ButtonReply {
	for _, kind := range [...]string{"button_reply", "list_reply"} {
		if r := interactive.Get(kind); r.IsObject() {
			return &ButtonReply{ID: text(r.Get("id")), Title: text(r.Get("title")), Description: text(r.Get("description"))}
		}
	}
	return nil
}

func readForm(f gjson.Result) *FormReply {
	if !f.IsObject() {
		return nil
	}
	form := &FormReply{Name: text(f.Get("name")), Text: text(f.Get("body"))}
	// Meta sends the object as a string.
	if answers := text(f.Get("response_json")); json.Valid([]byte(answers)) && gjson.Parse(answers).IsObject() {
		form.Answers = answers
	}
	return form
}

func readMedia(v gjson.Result) *MediaRef {
	id := text(v.Get("id"))
	if id == "" {
		return nil
	}
	return &MediaRef{
		ID:       id,
		URL:      text(v.Get("url")),
		MIME:     text(v.Get("mime_type")),
		SHA256:   text(v.Get("sha256")),
		Name:     text(v.Get("filename")),
		Caption:  text(v.Get("caption")),
		Voice:    v.Get("voice").Bool(),
		Animated: v.Get("animated").Bool(),
	}
}

// readVoice reads the object of the older type "voice", which stands for the
// mark that an "audio" has now.
func readVoice(v gjson.Result) *MediaRef {
	media := readMedia(v)
	if media != nil {
		media.Voice = true
	}
	return media
}

func readLocation(v gjson.Result) *chat.Location {
	latitude, north := degrees(v.Get("latitude"), 90)
	longitude, east := degrees(v.Get("longitude"), 180)
	if !north || !east {
		return nil
	}
	return &chat.Location{
		Latitude: latitude, Longitude: longitude,
		Name: text(v.Get("name")), Address: text(v.Get("address")), URL: text(v.Get("url")),
	}
}

// degrees reads an angle between -limit and limit.
func degrees(v gjson.Result, limit float64) (float64, bool) {
	d, err := strconv.ParseFloat(text(v), 64)
	return d, err == nil && -limit <= d && d <= limit
}

// readCards leaves out cards that say nothing.
func readCards(list gjson.Result) []chat.Card {
	if !list.IsArray() {
		return nil
	}
	var cards []chat.Card
	list.ForEach(func(_, c gjson.Result) bool {
		card := chat.Card{Name: text(c.Get("name.formatted_name")), Company: text(c.Get("org.company"))}
		if card.Name == "" {
			card.Name = strings.TrimSpace(text(c.Get("name.first_name")) + " " + text(c.Get("name.last_name")))
		}
		for _, p := range c.Get("phones").Array() {
			phone := chat.CardPhone{Phone: text(p.Get("phone")), WaID: text(p.Get("wa_id")), Type: text(p.Get("type"))}
			if phone.Phone != "" || phone.WaID != "" {
				card.Phones = append(card.Phones, phone)
			}
		}
		for _, e := range c.Get("emails").Array() {
			if address := text(e.Get("email")); address != "" {
				card.Emails = append(card.Emails, address)
			}
		}
		if card.Name != "" || card.Company != "" || card.Phones != nil || card.Emails != nil {
			cards = append(cards, card)
		}
		return true
	})
	return cards
}

func readReferral(v gjson.Result) *chat.Referral {
	if !v.IsObject() {
		return nil
	}
	r := &chat.Referral{
		Type:     text(v.Get("source_type")),
		ID:       text(v.Get("source_id")),
		URL:      text(v.Get("source_url")),
		Headline: text(v.Get("headline")),
		Body:     text(v.Get("body")),
		ImageURL: text(v.Get("image_url")),
		ClickID:  text(v.Get("ctwa_clid")),
	}
	if r.ImageURL == "" { // that of a video
		r.ImageURL = text(v.Get("thumbnail_url"))
	}
	return r
}

// readEdit takes texts and files, the types that can be changed. Of any other it
// would not know the new words, and must not pass for one without words.
func readEdit(v gjson.Result) *Edit {
	e := &Edit{WAMID: text(v.Get("original_message_id")), Type: text(v.Get("message.type"))}
	content := v.Get("message").Get(gjson.Escape(e.Type))
	if e.WAMID == "" || !content.IsObject() {
		return nil
	}
	switch e.Type {
	case "text":
		body := content.Get("body")
		if body.Type != gjson.String {
			return nil
		}
		e.Text = text(body)
	case "image", "video", "audio", "document":
		e.Text, e.Media = text(content.Get("caption")), readMedia(content)
	default:
		return nil
	}
	return e
}

// readPreference reads one element of "user_preferences". A wish of an unknown
// kind is nil without an error.
func readPreference(u gjson.Result, all people) (*Preference, error) {
	if !u.IsObject() {
		return nil, errors.New("cloudapi: user preference is not an object")
	}
	p := &Preference{Category: text(u.Get("category"))}
	p.From.address(text(u.Get("wa_id")))
	if id := text(u.Get("user_id")); id != "" {
		p.From.UserID = id
	}
	all.complete(&p.From)
	if p.From.Phone == "" && p.From.UserID == "" {
		return nil, errors.New("cloudapi: user preference says neither phone nor user id")
	}
	var err error
	if p.At, err = moment(u.Get("timestamp")); err != nil {
		return nil, fmt.Errorf("cloudapi: user preference: %w", err)
	}
	switch text(u.Get("value")) {
	case "stop":
		p.Stop = true
	case "resume":
	default:
		return nil, nil
	}
	return p, nil
}
