package desktest

import (
	"bytes"
	"errors"
	"image"
	"image/jpeg"
	"io"
	"strings"
	"time"

	"shopbell/core/chat"
	"shopbell/core/desk"
)

// photo is a JPEG of one colour.
func (b *bench) photo(w, h int) []byte {
	b.Helper()
	var out bytes.Buffer
	if err := jpeg.Encode(&out, image.NewGray(image.Rect(0, 0, w, h)), nil); err != nil {
		b.Fatal(err)
	}
	return out.Bytes()
}

func (b *bench) attach(name string, content []byte) desk.Attachment {
	b.Helper()
	a, err := b.Desk.Attach(b.Context(), b.Anna, name, bytes.NewReader(content))
	if err != nil {
		b.Fatalf("attaching %s: %v", name, err)
	}
	return a
}

// holds checks the content of a file.
func (b *bench) holds(file string, want []byte) {
	b.Helper()
	f, err := b.Desk.Open(b.Context(), b.Pedro, file)
	if err != nil {
		b.Errorf("opening %q: %v", file, err)
		return
	}
	defer f.Close()
	got, err := io.ReadAll(f)
	if err != nil || want != nil && !bytes.Equal(got, want) || len(got) == 0 {
		b.Errorf("file %q has %d bytes (%v), want %d", file, len(got), err, len(want))
	}
}

func (b *bench) message(id chat.MessageID) chat.Message {
	b.Helper()
	m, err := b.Desk.Message(b.Context(), b.Anna, id)
	b.want(err, "", "reading a message")
	return m
}

func (b *bench) attaching() {
	small, large := b.photo(300, 200), b.photo(1600, 900)
	a := b.attach(`C:\photos\boots.jpg`, small)
	if a.Kind != chat.KindImage || a.Original != nil || a.Media.Width != 300 || a.Media.State != chat.MediaHere || a.Media.MIME != "image/jpeg" {
		b.Errorf("a small photo is %+v", a)
	}
	b.holds(a.Media.File, small)
	if again := b.attach("other.jpg", small); again.Media.File != a.Media.File {
		b.Error("the same content is two files")
	}
	a = b.attach("boots.jpg", large)
	if m := a.Media; a.Kind != chat.KindImage || m.Width != 800 || m.Height != 450 || a.Original == nil || a.Original.Width != 1600 {
		b.Fatalf("a large photo is %+v with the original %+v", a, a.Original)
	}
	b.holds(a.Media.File, nil)
	b.holds(a.Original.File, large)

	for _, tt := range []struct {
		name    string
		content []byte
		want    chat.MediaCode
	}{
		{"nothing.jpg", nil, chat.MediaEmpty},
		{"report.jpg", []byte("%PDF-1.7\n"), chat.MediaDisguised},
		{"moving.gif", []byte("GIF89a\x01\x00\x01\x00\x00\x00\x00"), chat.MediaWrongType},
		{"broken.jpg", large[:30], chat.MediaDamaged},
	} {
		_, err := b.Desk.Attach(b.Context(), b.Anna, tt.name, bytes.NewReader(tt.content))
		b.want(err, desk.Invalid, "attaching "+tt.name)
		if e, ok := errors.AsType[*desk.FileError](err); !ok || e.Code != tt.want {
			b.Errorf("%s is refused with %+v, want %q", tt.name, err, tt.want)
		}
	}
	for _, file := range []string{"", "../shopbell.db", strings.Repeat("a", 64)} {
		_, err := b.Desk.Open(b.Context(), b.Anna, file)
		b.want(err, desk.NotFound, "opening "+file)
	}
}

func (b *bench) answers() {
	ctx := b.Context()
	id := b.Write(b.T, 0, "hello")
	photo, paper := b.attach("a.jpg", b.photo(300, 200)), b.attach("prices.pdf", []byte("%PDF-1.7\n"))
	asked, err := b.Desk.Chat(ctx, b.Anna, id, 0, 1)
	if err != nil || len(asked.Messages) != 1 {
		b.Fatal(err)
	}
	question := asked.Messages[0].ID
	list := &chat.List{Button: "Sizes", Sections: []chat.ListSection{{Rows: []chat.ListRow{{ID: "38", Title: "38"}, {ID: "39", Title: "39"}}}}}
	for n, tt := range []struct {
		name   string
		answer desk.Answer
		kind   chat.Kind
		as     func(chat.Message) bool
	}{
		{"a text that quotes", desk.Answer{Text: "this one", Quote: question}, chat.KindText, func(m chat.Message) bool {
			return m.Quote != nil && m.Quote.Message == question && m.Quote.Text == "hello"
		}},
		{"a photo with a caption", desk.Answer{Text: "new", File: &desk.FileRef{File: photo.Media.File}}, chat.KindImage, func(m chat.Message) bool {
			return m.Text == "new" && m.Media != nil && m.Media.File == photo.Media.File && m.Media.State == chat.MediaHere && m.Media.Width == 300
		}},
		{"a document", desk.Answer{File: &desk.FileRef{File: paper.Media.File, Name: "prices.pdf"}}, chat.KindDocument, func(m chat.Message) bool {
			return m.Media != nil && m.Media.Name == "prices.pdf" && m.Media.MIME == "application/pdf"
		}},
		{"a place", desk.Answer{Location: &chat.Location{Latitude: 38.7, Longitude: -9.1, Name: "Shop"}}, chat.KindLocation, func(m chat.Message) bool {
			return m.Location != nil && m.Location.Latitude == 38.7 && m.Location.Name == "Shop"
		}},
		{"a list", desk.Answer{Text: "Which size?", List: list}, chat.KindList, func(m chat.Message) bool {
			return m.List != nil && len(m.List.Sections[0].Rows) == 2
		}},
		{"a link", desk.Answer{Text: "Pay here", Link: &chat.Link{Title: "Pay", URL: "https://shop.example/pay"}}, chat.KindLink, func(m chat.Message) bool {
			return m.Link != nil && m.Link.Title == "Pay"
		}},
	} {
		if n > 0 {
			id = b.Write(b.T, n, "hello") // a new customer gets a few messages a minute only
		}
		sent, err := b.Desk.Send(ctx, b.Anna, id, tt.answer, "")
		if err != nil {
			b.Errorf("%s: %v", tt.name, err)
			continue
		}
		b.Await(b.T, sent, chat.StatusRead)
		if m := b.message(sent); m.Kind != tt.kind || m.Author != chat.AuthorAgent || !tt.as(m) {
			b.Errorf("%s is %+v (media %+v, quote %+v)", tt.name, m, m.Media, m.Quote)
		}
	}
}

func (b *bench) badAnswers() {
	id, other := b.Write(b.T, 0, "hello"), b.Write(b.T, 1, "hello")
	photo := b.attach("a.jpg", b.photo(300, 200))
	file := &desk.FileRef{File: photo.Media.File}
	page, err := b.Desk.Chat(b.Context(), b.Anna, other, 0, 1)
	if err != nil || len(page.Messages) != 1 {
		b.Fatal(err)
	}
	ru := desk.TemplateRef{Name: "order_ready", Language: "ru"}
	for _, tt := range []struct {
		name   string
		answer desk.Answer
		code   desk.Code
		field  string
		limit  int
	}{
		{"a caption too long", desk.Answer{Text: strings.Repeat("x", chat.MaxCaption+1), File: file}, desk.Invalid, "text", chat.MaxCaption},
		{"a caption of the largest length", desk.Answer{Text: strings.Repeat("x", chat.MaxCaption), File: file}, "", "", 0},
		{"two contents", desk.Answer{File: file, Location: &chat.Location{}}, desk.Invalid, "answer", 0},
		{"a place with a text", desk.Answer{Text: "x", Location: &chat.Location{}}, desk.Invalid, "text", 0},
		{"a link without a text", desk.Answer{Link: &chat.Link{Title: "Pay", URL: "https://shop.example"}}, desk.Invalid, "text", 0},
		{"a file that is not there", desk.Answer{File: &desk.FileRef{File: strings.Repeat("a", 64)}}, desk.NotFound, "", 0},
		{"a quote of nothing", desk.Answer{Text: "x", Quote: 100_000}, desk.NotFound, "", 0},
		{"a quote of another's message", desk.Answer{Text: "x", Quote: page.Messages[0].ID}, desk.NotFound, "", 0},
		{"a template that is not there", desk.Answer{Template: &desk.TemplateRef{Name: "none", Language: "en"}}, desk.NotFound, "", 0},
		{"a template in another language", desk.Answer{Template: &desk.TemplateRef{Name: "order_ready", Language: "xx"}}, desk.NotFound, "", 0},
		{"a template that was rejected", desk.Answer{Template: &desk.TemplateRef{Name: "winter_sale", Language: "en_US"}}, desk.Invalid, "template", 0},
		{"a template without its variables", desk.Answer{Template: &ru}, desk.Invalid, "template.body", 0},
		{"a template with a text", desk.Answer{Text: "x", Template: &ru}, desk.Invalid, "text", 0},
	} {
		if _, err := b.Desk.Templates(b.Context(), b.Anna, id, true); err != nil {
			b.Fatal(err)
		}
		_, err := b.Desk.Send(b.Context(), b.Anna, id, tt.answer, "")
		b.want(err, tt.code, tt.name)
		if e, ok := errors.AsType[*desk.Error](err); ok && (e.Field != tt.field || e.Limit != tt.limit) {
			b.Errorf("%s is refused for %q, limit %d; want %q, %d", tt.name, e.Field, e.Limit, tt.field, tt.limit)
		}
	}
}

func (b *bench) templates() {
	ctx := b.Context()
	id := b.Write(b.T, 0, "hello")
	b.Forward(chat.MetaWindow + time.Second)
	list, err := b.Desk.Templates(ctx, b.Anna, id, false)
	if err != nil || len(list) < 2 {
		b.Fatalf("the templates are %+v, %v", list, err)
	}
	for i, t := range list[1:] {
		if before := list[i]; before.Name > t.Name || before.Name == t.Name && before.Language >= t.Language {
			b.Errorf("template %q in %q stands after %q in %q", t.Name, t.Language, before.Name, before.Language)
		}
	}
	sent, err := b.Desk.Send(ctx, b.Anna, id, desk.Answer{Template: &desk.TemplateRef{
		Name: "order_ready", Language: "en_US", Header: "42", Body: []string{"Emma", "42", "Friday"}, URLSuffix: map[int]string{0: "42"},
	}}, "")
	if err != nil {
		b.Fatal(err)
	}
	b.Await(b.T, sent, chat.StatusRead)
	m := b.message(sent)
	if u := m.Template; m.Kind != chat.KindTemplate || m.Text != "Hello Emma, your order 42 is packed. You can pick it up until Friday." ||
		u == nil || u.Header != "Order 42" || len(u.Buttons) != 2 {
		b.Errorf("the template is %q, %+v", m.Text, u)
	}
	_, err = b.Desk.Templates(ctx, b.Anna, id+1000, false)
	b.want(err, desk.NotFound, "the templates of no conversation")
}

func (b *bench) reactions() {
	ctx := b.Context()
	id := b.Write(b.T, 0, "hello")
	page, err := b.Desk.Chat(ctx, b.Anna, id, 0, 1)
	if err != nil || len(page.Messages) != 1 {
		b.Fatal(err)
	}
	m := page.Messages[0].ID
	since := b.row(id).WaitingSince
	for _, emoji := range []string{"👍", "❤️", "❤️", ""} {
		b.want(b.Desk.React(ctx, b.Anna, m, emoji), "", "reacting with "+emoji)
		got := b.message(m).Reactions
		if emoji == "" && len(got) != 0 || emoji != "" && (len(got) != 1 || got[0].Emoji != emoji || got[0].Author != chat.AuthorAgent) {
			b.Errorf("after %q the reactions are %+v", emoji, got)
		}
	}
	if v := b.row(id); v.Lock.Held(b.Now()) || !v.WaitingSince.Equal(since) || v.Preview.Kind != chat.KindText {
		b.Errorf("reactions made the row %+v", v)
	}
	b.want(b.Desk.React(ctx, b.Anna, m, "👍👍"), desk.Invalid, "two emoji")
	own := b.sent(id, chat.StatusRead)
	b.want(b.Desk.React(ctx, b.Anna, own, "👍"), desk.Invalid, "reacting to one's own message")
	b.want(b.Desk.React(ctx, b.Pedro, m, "👍"), desk.LockedByOther, "Pedro reacts")
	b.want(b.Desk.React(ctx, b.Anna, m+1000, "👍"), desk.NotFound, "reacting to nothing")
	b.Forward(chat.MetaWindow + time.Second)
	b.want(b.Desk.React(ctx, b.Anna, m, "👍"), desk.WindowClosed, "reacting after 24 hours")
	b.Forward(30 * 24 * time.Hour)
	b.Write(b.T, 0, "hello again")
	b.want(b.Desk.React(ctx, b.Anna, m, "👍"), desk.Conflict, "reacting after 30 days")
}

func (b *bench) photos() {
	picture := b.photo(300, 200)
	id := b.Photo(b.T, 0, picture)
	m := b.message(id)
	if m.Kind != chat.KindImage || m.Media == nil || m.Media.State != chat.MediaHere || m.Media.Width != 300 {
		b.Fatalf("the photo is %+v, %+v", m, m.Media)
	}
	b.holds(m.Media.File, picture)
	b.want(b.Desk.Fetch(b.Context(), b.Anna, id), desk.Conflict, "fetching what is here")
	page, err := b.Desk.Chat(b.Context(), b.Anna, b.Write(b.T, 0, "hello"), 0, 1)
	if err != nil || len(page.Messages) != 1 {
		b.Fatal(err)
	}
	b.want(b.Desk.Fetch(b.Context(), b.Anna, page.Messages[0].ID), desk.Conflict, "fetching the file of a text")
}
