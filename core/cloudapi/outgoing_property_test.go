package cloudapi

import (
	"bytes"
	"encoding/json"
	"errors"
	"testing"

	"pgregory.net/rapid"

	"shopbell/core/chat"
)

// anyOutgoing draws a message: mostly one that is within the limits, now and then
// one that is not.
func anyOutgoing(t *rapid.T) Outgoing {
	words := func(label string) string { return rapid.StringN(0, 12, -1).Draw(t, label) }
	media := func() *Media {
		m := &Media{Kind: rapid.SampledFrom(append(chat.MediaKinds(), chat.KindText)).Draw(t, "media kind"), Name: words("name"), Voice: rapid.Bool().Draw(t, "voice")}
		if rapid.Bool().Draw(t, "uploaded") {
			m.ID = rapid.StringMatching(`[0-9]{1,16}`).Draw(t, "id")
		} else {
			m.File = rapid.StringMatching(`[0-9a-f]{64}`).Draw(t, "file")
		}
		return m
	}
	place := func() *chat.Location {
		return &chat.Location{Latitude: rapid.Float64Range(-91, 91).Draw(t, "latitude"), Longitude: rapid.Float64().Draw(t, "longitude"), Name: words("place")}
	}
	header := func() *Header {
		switch rapid.IntRange(0, 3).Draw(t, "header") {
		case 0:
			return &Header{Text: words("header text")}
		case 1:
			return &Header{Media: media()}
		case 2:
			return &Header{Location: place()}
		}
		return nil
	}
	o := Outgoing{
		To:      rapid.SampledFrom([]chat.Address{toPhone, toUser}).Draw(t, "to"),
		ReplyTo: rapid.SampledFrom([]string{"", "wamid.q"}).Draw(t, "reply to"),
		Opaque:  words("opaque"),
	}
	texted := true
	switch rapid.IntRange(0, 8).Draw(t, "content") {
	case 0:
		o.Media = media()
	case 1:
		o.Location, texted = place(), false
	case 2:
		o.Reaction, texted = &Reaction{WAMID: "wamid.x", Emoji: rapid.SampledFrom([]string{"", "👍", "👨‍👩‍👧", "👍👍", "\xff"}).Draw(t, "emoji")}, false
	case 3:
		o.Template, texted = &Template{Name: "sale", Language: "ru", Header: header(), Body: rapid.SliceOfN(rapid.String(), 0, 3).Draw(t, "body"),
			Buttons: []TemplateButton{{Index: rapid.IntRange(-1, 10).Draw(t, "index"), Payload: words("payload")}}}, false
	case 4:
		o.List = &chat.List{Button: words("button"), Sections: []chat.ListSection{{Title: words("section"),
			Rows: []chat.ListRow{{ID: words("row id"), Title: words("row title"), Description: words("row description")}}}}}
		o.Header, o.Footer = header(), words("footer")
	case 5:
		o.Link = &chat.Link{Title: words("link"), URL: "https://shop.example/?q=" + words("url")}
		o.Header, o.Footer = header(), words("footer")
	case 6:
		o.Buttons = []chat.Button{{ID: words("button id"), Title: words("button title")}}
		o.Header, o.Footer = header(), words("footer")
	case 7:
		o.AskLocation = true
	}
	if texted {
		o.Text = rapid.StringN(0, 4200, -1).Draw(t, "text")
	}
	return o
}

// The outbox keeps bodies for days and gives them an id of Meta's at the last
// moment: whatever Encode has made is read again to the last byte.
func TestEncodedMessagesAreReadAgainWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := anyOutgoing(t)
		body, err := o.Encode()
		if err != nil {
			if _, ok := errors.AsType[*InvalidError](err); !ok || body != nil {
				t.Fatalf("Encode = %s, %v", body, err)
			}
			return
		}
		w, err := decodeMessage(body)
		if err != nil {
			t.Fatal(err)
		}
		again, err := json.Marshal(w)
		if err != nil || !bytes.Equal(again, body) {
			t.Fatalf("%s\nis read as\n%s, %v", body, again, err)
		}
		file, waits := LocalFile(body)
		if m := o.file(); waits != (m != nil && m.File != "") || waits && file != m.File {
			t.Fatalf("LocalFile(%s) = %q, %v", body, file, waits)
		}
	})
}

// file is the file of the message, nil for none.
func (o Outgoing) file() *Media {
	switch {
	case o.Media != nil:
		return o.Media
	case o.Header != nil:
		return o.Header.Media
	case o.Template != nil && o.Template.Header != nil:
		return o.Template.Header.Media
	}
	return nil
}
