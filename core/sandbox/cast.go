package sandbox

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"

	"shopbell/core/chat"
)

//go:embed stories.json
var storiesFile []byte

// cast is the content of stories.json: who writes to the shop, and what.
type cast struct {
	Customers []Customer          `json:"customers"`
	Stories   []story             `json:"stories"`
	Waiting   map[string][]string `json:"waiting"` // by language: what one says who waits too long
}

// story is one matter of a customer. Each turn lists ways to say the same; the
// first opens, each later one follows an answer of the shop.
type story struct {
	Language string   `json:"language"`
	Topic    string   `json:"topic"`
	Turns    [][]line `json:"turns"`
}

// line is one thing to say: a text, or a file or a place with a caption. In
// stories.json a text stands as a string.
type line struct {
	Send string `json:"send"` // "", photo, voice, document, sticker, video, place, card
	Text string `json:"text"` // the message, or its caption
}

// UnmarshalJSON implements json.Unmarshaler.
func (l *line) UnmarshalJSON(raw []byte) error {
	if len(raw) > 0 && raw[0] == '"' {
		return json.Unmarshal(raw, &l.Text)
	}
	type plain line
	if err := json.Unmarshal(raw, (*plain)(l)); err != nil {
		return err
	}
	if _, ok := l.said(0); !ok {
		return fmt.Errorf("there is nothing called %q to send", l.Send)
	}
	return nil
}

// said makes the message; each number gives another photo and another receipt.
func (l line) said(number uint64) (m Said, ok bool) {
	switch l.Send {
	case "":
		return Text(l.Text), true
	case "photo":
		return Image(Photo(number), l.Text), true
	case "voice":
		return VoiceNote(Voice()), true
	case "document":
		return Document(Receipt(40_000+int(number%10_000)), l.Text), true
	case "sticker":
		return StickerOf(Sticker(), false), true
	case "video":
		return Video(Clip(), l.Text), true
	case "place":
		return Place(chat.Location{Latitude: 38.7139, Longitude: -9.1394, Name: l.Text, Address: "Praça do Rossio, Lisboa"}), true
	case "card":
		return Cards(chat.Card{Name: l.Text, Phones: []chat.CardPhone{{Phone: "+44 7700 900188", Type: "CELL"}}}), true
	}
	return Said{}, false
}

// loadCast reads stories.json and checks that everybody has something to say.
func loadCast() (cast, error) {
	var c cast
	dec := json.NewDecoder(bytes.NewReader(storiesFile))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&c); err != nil {
		return cast{}, fmt.Errorf("sandbox: stories.json: %w", err)
	}
	for i, st := range c.Stories {
		if len(st.Turns) == 0 {
			return cast{}, fmt.Errorf("sandbox: stories.json: story %d has no turns", i)
		}
		for _, ways := range st.Turns {
			if len(ways) == 0 {
				return cast{}, fmt.Errorf("sandbox: stories.json: story %d has an empty turn", i)
			}
		}
	}
	for _, who := range c.Customers {
		if err := who.check(); err != nil {
			return cast{}, fmt.Errorf("sandbox: stories.json: %s: %w", who.Name, err)
		}
		if len(c.of(who.Language)) == 0 || len(c.Waiting[who.Language]) == 0 {
			return cast{}, fmt.Errorf("sandbox: stories.json: %s has nothing to say in %q", who.Name, who.Language)
		}
	}
	return c, nil
}

// of returns the stories in a language.
func (c cast) of(language string) []story {
	var out []story
	for _, st := range c.Stories {
		if st.Language == language {
			out = append(out, st)
		}
	}
	return out
}
