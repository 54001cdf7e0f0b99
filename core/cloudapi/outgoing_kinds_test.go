package cloudapi

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"shopbell/core/chat"
)

var update = flag.Bool("update", false, "write the bodies of testdata/outgoing anew")

const file = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

// kinds has a message of each kind that is sent; testdata/outgoing has its body
// under the same name.
func kinds() map[string]Outgoing {
	place := &chat.Location{Latitude: -23.5505, Longitude: -46.6333, Name: "Loja", Address: "Praça da Sé, São Paulo"}
	return map[string]Outgoing{
		"text":          {To: toPhone, Text: "Добрый день!", ReplyTo: "wamid.q", Opaque: "42"},
		"text_link":     {To: toUser, Text: "See HTTPS://shop.example/sale"},
		"image":         {To: toPhone, Text: "Blue, size 42", Media: &Media{Kind: chat.KindImage, ID: "1013859600285441", Name: "unseen.jpg"}},
		"image_local":   {To: toPhone, Media: &Media{Kind: chat.KindImage, File: file}, Opaque: "43"},
		"video":         {To: toPhone, Media: &Media{Kind: chat.KindVideo, ID: "1013859600285442"}},
		"audio":         {To: toPhone, Media: &Media{Kind: chat.KindAudio, ID: "1013859600285443"}},
		"audio_voice":   {To: toPhone, ReplyTo: "wamid.q", Media: &Media{Kind: chat.KindAudio, ID: "1013859600285444", Voice: true}},
		"document":      {To: toPhone, Text: "The prices", Media: &Media{Kind: chat.KindDocument, ID: "1013859600285445", Name: "Цены.pdf"}},
		"sticker":       {To: toPhone, Media: &Media{Kind: chat.KindSticker, ID: "1013859600285446"}},
		"location":      {To: toPhone, Location: place},
		"location_bare": {To: toPhone, Location: &chat.Location{}},
		"buttons":       {To: toPhone, Text: "Choose", Buttons: buttons(3)},
		"buttons_framed": {To: toPhone, Text: "Choose", Buttons: buttons(1), Footer: "Open until 20:00",
			Header: &Header{Media: &Media{Kind: chat.KindImage, File: file}}},
		"list": {To: toPhone, Text: "What is it about?", Header: &Header{Text: "Sapatos"}, Footer: "Open until 20:00",
			List: &chat.List{Button: "Choose", Sections: []chat.ListSection{
				{Title: "Orders", Rows: []chat.ListRow{{ID: "where", Title: "Where is it?", Description: "By number or phone"}, {ID: "back", Title: "Return"}}},
				{Title: "Shop", Rows: []chat.ListRow{{ID: "hours", Title: "Opening hours"}}},
			}}},
		"list_one": {To: toPhone, Text: "Which size?", List: &chat.List{Button: "Sizes", Sections: []chat.ListSection{
			{Rows: []chat.ListRow{{ID: "42", Title: "42"}}}}}},
		"link": {To: toPhone, Text: "Pay here", Link: &chat.Link{Title: "To the payment", URL: "https://pay.example/?order=7&lang=pt"},
			Header: &Header{Media: &Media{Kind: chat.KindDocument, ID: "1013859600285447", Name: "invoice.pdf"}}},
		"ask_location": {To: toPhone, Text: "Where shall we bring it?", AskLocation: true},
		"reaction":     {To: toPhone, Reaction: &Reaction{WAMID: "wamid.theirs", Emoji: "👨‍👩‍👧"}},
		"reaction_off": {To: toPhone, Reaction: &Reaction{WAMID: "wamid.theirs"}},
		"template":     {To: toPhone, Template: &Template{Name: "hello_world", Language: "en_US"}, Opaque: "44"},
		"template_numbered": {To: toPhone, Template: &Template{Name: "order_ready", Language: "pt_BR", Body: []string{"Ana", "#1007"},
			Header: &Header{Text: "1007"}, Buttons: []TemplateButton{{Index: 0, Payload: "where"}, {Index: 1, Suffix: "orders/1007"}}}},
		"template_named": {To: toUser, Template: &Template{Name: "order_ready", Language: "fil", Named: map[string]string{"order": "#1007", "first_name": "Ana"},
			Header: &Header{Variable: "shop", Text: "Sapatos"}}},
		"template_image":    {To: toPhone, Template: &Template{Name: "sale", Language: "ru", Header: &Header{Media: &Media{Kind: chat.KindImage, File: file}}}},
		"template_video":    {To: toPhone, Template: &Template{Name: "sale", Language: "ru", Header: &Header{Media: &Media{Kind: chat.KindVideo, ID: "1013859600285448"}}}},
		"template_document": {To: toPhone, Template: &Template{Name: "bill", Language: "ru", Header: &Header{Media: &Media{Kind: chat.KindDocument, ID: "1013859600285449", Name: "bill.pdf"}}}},
		"template_place":    {To: toPhone, Template: &Template{Name: "moved", Language: "ru", Header: &Header{Location: place}}},
	}
}

func TestEncodeEveryKind(t *testing.T) {
	seen := map[string]bool{}
	for name, o := range kinds() {
		path := filepath.Join("testdata", "outgoing", name+".json")
		seen[path] = true
		t.Run(name, func(t *testing.T) {
			body, err := o.Encode()
			if err != nil {
				t.Fatal(err)
			}
			var got bytes.Buffer
			if err := json.Indent(&got, body, "", "  "); err != nil {
				t.Fatal(err)
			}
			got.WriteByte('\n')
			if *update {
				if err := os.WriteFile(path, got.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got.Bytes(), want) {
				t.Errorf("got\n%s\nwant\n%s", got.Bytes(), want)
			}
		})
	}
	files, err := filepath.Glob(filepath.Join("testdata", "outgoing", "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range files {
		if !seen[path] {
			t.Errorf("%s belongs to no message", path)
		}
	}
}

func TestEncodeKindsNamesFieldAndLimit(t *testing.T) {
	media := func(m Media) Outgoing { return Outgoing{To: toPhone, Media: &m} }
	place := func(l chat.Location) Outgoing { return Outgoing{To: toPhone, Location: &l} }
	list := func(sections ...chat.ListSection) Outgoing {
		return Outgoing{To: toPhone, Text: "x", List: &chat.List{Button: "b", Sections: sections}}
	}
	section := func(rows ...chat.ListRow) chat.ListSection { return chat.ListSection{Title: "s", Rows: rows} }
	rows := func(n int) (out []chat.ListRow) {
		for i := range n {
			out = append(out, chat.ListRow{ID: strings.Repeat("i", i+1), Title: "t"})
		}
		return out
	}
	template := func(change func(*Template)) Outgoing {
		tpl := &Template{Name: "sale", Language: "ru"}
		change(tpl)
		return Outgoing{To: toPhone, Template: tpl}
	}
	framed := func(h Header) Outgoing { return Outgoing{To: toPhone, Text: "x", Buttons: buttons(1), Header: &h} }
	const id = "1013859600285441"
	wide := strings.Repeat
	tests := []refused{
		{"a location of nowhere", place(chat.Location{Latitude: 90.5}), "location.latitude", 0},
		{"a location east of the date line", place(chat.Location{Longitude: -180.5}), "location.longitude", 0},
		{"a location with an address of a page", place(chat.Location{URL: "https://maps.example"}), "location.url", 0},
		{"a location with a name that is no UTF-8", place(chat.Location{Name: "\xff"}), "location.name", 0},
		{"a location and a text", Outgoing{To: toPhone, Text: "x", Location: &chat.Location{}}, "text", 0},

		{"a caption of 1025", Outgoing{To: toPhone, Text: wide("я", 1025), Media: &Media{Kind: chat.KindImage, ID: id}}, "text", 1024},
		{"a caption of a voice note", Outgoing{To: toPhone, Text: "x", Media: &Media{Kind: chat.KindAudio, ID: id}}, "text", 0},
		{"a caption of a sticker", Outgoing{To: toPhone, Text: "x", Media: &Media{Kind: chat.KindSticker, ID: id}}, "text", 0},
		{"a file of a kind without files", media(Media{Kind: chat.KindText, ID: id}), "media.kind", 0},
		{"a file without an id", media(Media{Kind: chat.KindImage}), "media.id", 0},
		{"a file with an id that names a file here", media(Media{Kind: chat.KindImage, ID: "file:" + file}), "media.id", 0},
		{"a file with two names", media(Media{Kind: chat.KindImage, ID: id, File: file}), "media.id", 0},
		{"a file here that is no hash", media(Media{Kind: chat.KindImage, File: "../shop.db"}), "media.file", 0},
		{"a document's name of 241", media(Media{Kind: chat.KindDocument, ID: id, Name: wide("я", 241)}), "media.name", 240},

		{"a list without a button", Outgoing{To: toPhone, Text: "x", List: &chat.List{Sections: []chat.ListSection{section(rows(1)...)}}}, "list.button", 0},
		{"a list's button of 21", Outgoing{To: toPhone, Text: "x", List: &chat.List{Button: wide("я", 21)}}, "list.button", 20},
		{"a list's body of 1025", Outgoing{To: toPhone, Text: wide("я", 1025), List: &chat.List{Button: "b"}}, "text", 1024},
		{"a list of nothing", list(), "list.rows", 10},
		{"a section of nothing", list(section()), "list.sections[0].rows", 0},
		{"eleven sections", list(make([]chat.ListSection, 11)...), "list.sections", 10},
		{"eleven rows in all", list(section(rows(10)...), section(chat.ListRow{ID: "another", Title: "t"})), "list.rows", 10},
		{"one of two sections without a title", list(section(rows(1)...), chat.ListSection{Rows: rows(1)}), "list.sections[1].title", 0},
		{"a section's title of 25", list(chat.ListSection{Title: wide("я", 25), Rows: rows(1)}), "list.sections[0].title", 24},
		{"a row's title of 25", list(section(chat.ListRow{ID: "a", Title: wide("я", 25)})), "list.sections[0].rows[0].title", 24},
		{"a row's id of 201", list(section(chat.ListRow{ID: wide("a", 201), Title: "t"})), "list.sections[0].rows[0].id", 200},
		{"a row's description of 73", list(section(chat.ListRow{ID: "a", Title: "t", Description: wide("я", 73)})), "list.sections[0].rows[0].description", 72},
		{"one row id in two sections", list(section(rows(1)...), section(rows(1)...)), "list.sections[1].rows[0].id", 0},
		{"a file above a list", Outgoing{To: toPhone, Text: "x", List: &chat.List{Button: "b", Sections: []chat.ListSection{section(rows(1)...)}},
			Header: &Header{Media: &Media{Kind: chat.KindImage, ID: id}}}, "header.media", 0},

		{"a link's title of 21", Outgoing{To: toPhone, Text: "x", Link: &chat.Link{Title: wide("я", 21), URL: "https://a.example"}}, "link.title", 20},
		{"a link to a script", Outgoing{To: toPhone, Text: "x", Link: &chat.Link{Title: "t", URL: "javascript:alert(1)"}}, "link.url", 0},
		{"a link with no text above it", Outgoing{To: toPhone, Link: &chat.Link{Title: "t", URL: "https://a.example"}}, "text", 0},

		{"a header of 61", framed(Header{Text: wide("я", 61)}), "header.text", 60},
		{"a header of nothing", framed(Header{}), "header.text", 0},
		{"a header of two things", framed(Header{Text: "x", Media: &Media{Kind: chat.KindImage, ID: id}}), "header", 0},
		{"a place above buttons", framed(Header{Location: &chat.Location{}}), "header", 0},
		{"a sticker above buttons", framed(Header{Media: &Media{Kind: chat.KindSticker, ID: id}}), "header.media.kind", 0},
		{"a footer of 61", Outgoing{To: toPhone, Text: "x", Buttons: buttons(1), Footer: wide("я", 61)}, "footer", 60},
		{"a footer under a text", Outgoing{To: toPhone, Text: "x", Footer: "f"}, "header", 0},

		{"a reaction to nothing", Outgoing{To: toPhone, Reaction: &Reaction{Emoji: "👍"}}, "reaction.wamid", 0},
		{"two emoji", Outgoing{To: toPhone, Reaction: &Reaction{WAMID: "wamid.x", Emoji: "👍👍"}}, "reaction.emoji", 1},
		{"a reaction that quotes", Outgoing{To: toPhone, ReplyTo: "wamid.q", Reaction: &Reaction{WAMID: "wamid.x", Emoji: "👍"}}, "reply to", 0},
		{"a reaction with words", Outgoing{To: toPhone, Text: "x", Reaction: &Reaction{WAMID: "wamid.x"}}, "text", 0},

		{"a template with words", Outgoing{To: toPhone, Text: "x", Template: &Template{Name: "sale", Language: "ru"}}, "text", 0},
		{"a template's name with a space", template(func(t *Template) { t.Name = "Sale now" }), "template.name", 512},
		{"a language as webhooks write it", template(func(t *Template) { t.Language = "en-US" }), "template.language", 0},
		{"an empty variable", template(func(t *Template) { t.Body = []string{"a", " "} }), "template.body[1]", 0},
		{"a variable of 1025", template(func(t *Template) { t.Body = []string{wide("я", 1025)} }), "template.body[0]", 1024},
		{"a variable with a line break", template(func(t *Template) { t.Body = []string{"a\nb"} }), "template.body[0]", 4},
		{"a variable with five spaces", template(func(t *Template) { t.Named = map[string]string{"n": "a     b"} }), `template.body["n"]`, 4},
		{"a variable with the name of none", template(func(t *Template) { t.Named = map[string]string{"First name": "a"} }), `template.body["First name"]`, 0},
		{"variables of both sorts", template(func(t *Template) { t.Body, t.Named = []string{"a"}, map[string]string{"n": "a"} }), "template.body", 0},
		{"a header's variable of 61", template(func(t *Template) { t.Header = &Header{Text: wide("я", 61)} }), "header.text", 60},
		{"a header's variable with the name of none", template(func(t *Template) { t.Header = &Header{Text: "x", Variable: "{{1}}"} }), "header.variable", 0},
		{"a header of a text and a place", template(func(t *Template) { t.Header = &Header{Text: "x", Location: &chat.Location{}} }), "header", 0},
		{"a header that is an audio", template(func(t *Template) { t.Header = &Header{Media: &Media{Kind: chat.KindAudio, ID: id}} }), "header.media.kind", 0},
		{"an eleventh button", template(func(t *Template) { t.Buttons = []TemplateButton{{Index: 10, Payload: "p"}} }), "template.buttons[0].index", 9},
		{"a button with nothing to fill in", template(func(t *Template) { t.Buttons = []TemplateButton{{}} }), "template.buttons[0]", 0},
		{"a button with too much to fill in", template(func(t *Template) { t.Buttons = []TemplateButton{{Payload: "p", Suffix: "s"}} }), "template.buttons[0]", 0},
		{"a payload of 257", template(func(t *Template) { t.Buttons = []TemplateButton{{Payload: wide("p", 257)}} }), "template.buttons[0].payload", 256},
		{"an address with a space", template(func(t *Template) { t.Buttons = []TemplateButton{{Suffix: "a b"}} }), "template.buttons[0].suffix", 0},
		{"one button twice", template(func(t *Template) { t.Buttons = []TemplateButton{{Payload: "p"}, {Payload: "q"}} }), "template.buttons[1].index", 0},

		{"two contents", Outgoing{To: toPhone, Media: &Media{Kind: chat.KindImage, ID: id}, Location: &chat.Location{}}, "location", 0},
		{"buttons under a file", Outgoing{To: toPhone, Media: &Media{Kind: chat.KindImage, ID: id}, Buttons: buttons(1)}, "buttons", 0},
	}
	checkRefused(t, tests)
}

func TestLocalFile(t *testing.T) {
	waiting := map[string]bool{"image_local": true, "buttons_framed": true, "template_image": true}
	for name, o := range kinds() {
		body, err := o.Encode()
		if err != nil {
			t.Fatal(err)
		}
		t.Run("finds the file that still has to be uploaded: "+name, func(t *testing.T) {
			got, ok := LocalFile(body)
			if ok != waiting[name] || ok && got != file {
				t.Errorf("LocalFile = %q, %v", got, ok)
			}
		})
	}
	t.Run("is not taken in by what a person wrote", func(t *testing.T) {
		for _, o := range []Outgoing{
			{To: toPhone, Text: "file:" + file},
			{To: toPhone, Text: "x", Buttons: []chat.Button{{ID: "file:" + file, Title: "file:"}}},
			{To: toPhone, Text: "file:" + file, Media: &Media{Kind: chat.KindImage, ID: "1"}},
		} {
			body, err := o.Encode()
			if err != nil {
				t.Fatal(err)
			}
			if got, ok := LocalFile(body); ok {
				t.Errorf("LocalFile(%s) = %q", body, got)
			}
		}
	})
}

func TestWithMediaID(t *testing.T) {
	t.Run("makes the body that an uploaded file would have had", func(t *testing.T) {
		for _, name := range []string{"image_local", "buttons_framed", "template_image"} {
			o := kinds()[name]
			body, err := o.Encode()
			if err != nil {
				t.Fatal(err)
			}
			m := o.Media
			if o.Header != nil {
				m = o.Header.Media
			}
			if o.Template != nil {
				m = o.Template.Header.Media
			}
			m.File, m.ID = "", "1013859600285441"
			want, err := o.Encode()
			if err != nil {
				t.Fatal(err)
			}
			got, err := WithMediaID(body, m.ID)
			if err != nil || string(got) != string(want) {
				t.Errorf("%s: got %s, %v\nwant %s", name, got, err, want)
			}
		}
	})
	t.Run("replaces an id that Meta has forgotten", func(t *testing.T) {
		body, err := kinds()["document"].Encode()
		if err != nil {
			t.Fatal(err)
		}
		got, err := WithMediaID(body, "77")
		if want := strings.Replace(string(body), "1013859600285445", "77", 1); err != nil || string(got) != want {
			t.Errorf("got %s, %v", got, err)
		}
	})
	t.Run("refuses what it would damage or cannot serve", func(t *testing.T) {
		withFile, err := kinds()["image"].Encode()
		if err != nil {
			t.Fatal(err)
		}
		text, err := kinds()["text"].Encode()
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct{ name, body, id string }{
			{"an id that is none", string(withFile), "file:" + file},
			{"a message without a file", string(text), "77"},
			{"a message with a field of a later version", strings.Replace(string(withFile), `"type"`, `"new":1,"type"`, 1), "77"},
			{"two messages", string(withFile) + string(withFile), "77"},
			{"no message", `[]`, "77"},
		} {
			if got, err := WithMediaID([]byte(c.body), c.id); err == nil {
				t.Errorf("%s: got %s", c.name, got)
			}
		}
	})
}

// What waits for an upload can be given its id, waits no more then, and has kept
// everything else; whatever the bytes.
func FuzzWithMediaID(f *testing.F) {
	for _, o := range kinds() {
		body, err := o.Encode()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		got, waits := LocalFile(body)
		sent, err := WithMediaID(body, "77")
		if waits && err != nil {
			t.Fatalf("LocalFile finds %q, WithMediaID fails: %v", got, err)
		}
		if err != nil {
			return
		}
		if again, ok := LocalFile(sent); ok {
			t.Fatalf("%s still waits for %q", sent, again)
		}
		twice, err := WithMediaID(sent, "77")
		if err != nil || !bytes.Equal(sent, twice) {
			t.Fatalf("%s changes once more to %s, %v", sent, twice, err)
		}
	})
}
