package inbox

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/png"
	"io"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/app/kit"
	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/desk/desktest"
)

// outside stands in for the computer: it keeps what it was asked for.
type outside struct {
	shown, saved []string
	content      []byte
	browsed      []string
	offers       []Offer
}

func (o *outside) take(name string, open func(context.Context) (io.ReadCloser, error), list *[]string, done func(error)) {
	content, err := open(context.Background())
	if err == nil {
		defer content.Close()
		o.content, err = io.ReadAll(content)
		*list = append(*list, name)
	}
	done(err)
}

func (o *outside) Show(name string, open func(context.Context) (io.ReadCloser, error), done func(error)) {
	o.take(name, open, &o.shown, done)
}

func (o *outside) Save(name string, open func(context.Context) (io.ReadCloser, error), done func(error)) {
	o.take(name, open, &o.saved, done)
}

func (o *outside) Choose(chosen func([]Offer)) { chosen(o.offers) }

func (o *outside) Browse(address *url.URL) error {
	o.browsed = append(o.browsed, address.String())
	return nil
}

// pick chooses a line of the menu that is open.
func (s *stage) pick(t *testing.T, text string) {
	t.Helper()
	for _, item := range s.bench.menu {
		if item.Text == text {
			item.Do()
			return
		}
	}
	t.Fatalf("no %q among %d menu items", text, len(s.bench.menu))
}

// say lets the customer of conversation 1 send a message, and opens the chat.
func (s *stage) say(m chat.Message) chat.MessageID {
	m.Author = chat.AuthorCustomer
	id := s.desk.Say(1, m)
	s.Open(1)
	s.heard()
	return id
}

func offer(name string, content []byte) Offer {
	return Offer{Name: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(content)), nil }}
}

func photoOf(t *testing.T, width, height int) []byte {
	img := image.NewNRGBA(image.Rect(0, 0, width, height))
	for i := range img.Pix {
		img.Pix[i] = byte(i * 31)
	}
	img.SetNRGBA(0, 0, color.NRGBA{1, 2, 3, 255})
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

var noon = desktest.SampleNow.Truncate(24 * time.Hour).Add(12 * time.Hour)

var pdf = []byte("%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n")

func TestFilesOfMessages(t *testing.T) {
	here := func(s *stage, mime, name string, content []byte) *chat.Media {
		return &chat.Media{MIME: mime, Name: name, Size: int64(len(content)), State: chat.MediaHere, File: s.desk.PutFile(content)}
	}
	t.Run("a document is opened under its own name", func(t *testing.T) {
		s := newStage(t)
		id := s.say(chat.Message{Kind: chat.KindDocument, Media: here(s, "application/pdf", "../invoice.pdf", pdf)})
		s.chat.act(keyOf(id), kit.ActOpen)
		if got := s.outside; len(got.shown) != 1 || got.shown[0] != "invoice.pdf" || !bytes.Equal(got.content, pdf) {
			t.Errorf("shown %q, %d bytes", got.shown, len(got.content))
		}
	})
	t.Run("a program is not opened, but can be saved", func(t *testing.T) {
		s := newStage(t)
		id := s.say(chat.Message{Kind: chat.KindDocument, Media: here(s, "application/x-msdownload", "prices.exe", []byte("MZ"))})
		s.chat.act(keyOf(id), kit.ActOpen)
		if f, ok := s.lastBubble(t).Content.(kit.File); !ok || f.OpenTip != "" || f.SaveTip == "" || len(s.outside.shown) != 0 {
			t.Errorf("content %+v, shown %q", s.lastBubble(t).Content, s.outside.shown)
		}
		s.chat.act(keyOf(id), kit.ActSave)
		if len(s.outside.saved) != 1 {
			t.Errorf("saved %q", s.outside.saved)
		}
	})
	t.Run("what is opened gets the ending of its content, or the system would run it", func(t *testing.T) {
		for _, c := range []struct{ mime, name, want string }{
			{"text/plain", "prices.bat", "prices.bat.txt"},
			{"text/plain", "prices.js ", "prices.js.txt"},
			{"text/plain", "prices.CSV", "prices.CSV"},
			{"application/pdf", "bill.pdf.hta", "bill.pdf.hta.pdf"},
			{"application/pdf", "bill", "bill.pdf"},
			{"application/pdf", "bill.exe.", "bill.exe.pdf"},
			{"image/png; charset=x", "a.desktop", "a.desktop.png"},
			{"audio/ogg; codecs=opus", "", "document-7.ogg"},
		} {
			if got := openName(chat.Message{ID: 7, Kind: chat.KindDocument, Media: &chat.Media{MIME: c.mime, Name: c.name}}); got != c.want {
				t.Errorf("%q of %s is opened as %q, want %q", c.name, c.mime, got, c.want)
			}
		}
	})
	t.Run("a file that waits says how long Meta keeps it, and is asked for again", func(t *testing.T) {
		s := newStage(t)
		id := s.say(chat.Message{Kind: chat.KindImage, Media: &chat.Media{Size: 1 << 20, State: chat.MediaWaiting, Until: s.loop.Now().Add(7 * 24 * time.Hour)}})
		b := s.lastBubble(t)
		if b.Aside.Text != "Meta keeps it 7 days more" || b.Foot != "Photo · 1 MB" {
			t.Errorf("aside %q, foot %q", b.Aside.Text, b.Foot)
		}
		s.chat.act(keyOf(id), kit.ActFetch)
		if s.desk.Calls("Fetch") != 1 {
			t.Error("the desk was not asked")
		}
	})
	t.Run("a file that is coming shows how much of it is here", func(t *testing.T) {
		s := newStage(t)
		s.say(chat.Message{Kind: chat.KindImage, Media: &chat.Media{Size: 1 << 20, Fetched: 1 << 19, State: chat.MediaFetching}})
		p, ok := s.lastBubble(t).Content.(kit.Picture)
		if !ok || p.Progress != 0.5 || s.lastBubble(t).Foot != "Photo · 50 % of 1 MB" {
			t.Errorf("%+v, foot %q", p, s.lastBubble(t).Foot)
		}
	})
	t.Run("only addresses of the web are opened", func(t *testing.T) {
		s := newStage(t)
		for _, address := range []string{"file:///etc/passwd", "javascript:alert(1)", "https://shop.example/ad"} {
			s.talk = nil
			s.Open(1)
			s.talk.browse(address)
		}
		if got := s.outside.browsed; len(got) != 1 || got[0] != "https://shop.example/ad" {
			t.Errorf("opened %q", got)
		}
	})
}

func TestPictureOfMessage(t *testing.T) {
	t.Run("covers its place and is made once", func(t *testing.T) {
		b := newBench(t)
		p := newPictures(b.Deps)
		file := b.desk.PutFile(photoOf(t, 300, 100))
		var got []image.Image
		for range 2 {
			p.show(file, 40, 40, func(img image.Image) { got = append(got, img) })
		}
		if len(got) != 2 || got[0] != got[1] || got[0].Bounds().Dx() != 40 || b.desk.Calls("Open") != 1 {
			t.Errorf("%d pictures, %d calls", len(got), b.desk.Calls("Open"))
		}
	})
	t.Run("what is no picture leaves its place empty", func(t *testing.T) {
		b := newBench(t)
		p := newPictures(b.Deps)
		p.show(b.desk.PutFile(pdf), 40, 40, func(image.Image) { t.Error("a picture of a document") })
		if len(p.kept) != 0 {
			t.Error("it is kept")
		}
	})
	t.Run("no more are kept than the bound", func(t *testing.T) {
		b := newBench(t)
		p := newPictures(b.Deps)
		file := b.desk.PutFile(photoOf(t, 10, 10))
		for i := range picturesKept + 20 {
			p.show(file, i+1, 8, func(image.Image) {})
		}
		if len(p.kept) > picturesKept {
			t.Errorf("%d are kept", len(p.kept))
		}
	})
}

func TestAttach(t *testing.T) {
	load := func(t *testing.T, offers ...Offer) *stage {
		s := newStage(t)
		s.Open(1)
		s.outside.offers = offers
		s.Attach()
		return s
	}
	t.Run("a large picture is sent smaller, or as it is when the person says so", func(t *testing.T) {
		s := load(t, offer("bag.png", photoOf(t, 1000, 900)))
		files := s.chat.tray.Files()
		if len(files) != 1 || files[0].Bad || !strings.HasPrefix(files[0].Choice, "Send the original") {
			t.Fatalf("the tray holds %+v", files)
		}
		scaled := s.bench.Words.Size(s.talk.with.files[0].Media.Size)
		if !strings.HasPrefix(files[0].Info, "Photo · "+scaled+" · 667 × 600") {
			t.Errorf("what leaves scaled is %q, want %s", files[0].Info, scaled)
		}
		s.chat.tray.OnChoice(files[0].Key)
		file := s.chat.tray.Files()[0]
		original := s.bench.Words.Size(s.talk.with.files[0].Original.Size)
		if file.Choice != "Send it smaller · "+scaled || file.Info != "Photo · "+original+" · 1000 × 900" {
			t.Errorf("then it is %q and offers %q", file.Info, file.Choice)
		}
	})
	t.Run("the text is the caption of the first file that takes one", func(t *testing.T) {
		s := load(t, offer("a.pdf", pdf), offer("b.png", photoOf(t, 20, 20)))
		s.typed(t, "here you are")
		s.Send()
		all := s.bubbles()
		first, second := all[len(all)-2], all[len(all)-1]
		if first.Text != "here you are" || first.Foot != "Document" || second.Text != "" || !strings.HasPrefix(second.Foot, "Photo") {
			t.Errorf("sent %+v and %+v", first, second)
		}
		if len(s.chat.tray.Files()) != 0 || s.chat.composer.Text() != "" {
			t.Error("something is left in the composer")
		}
	})
	t.Run("a refused file says why and holds the message back", func(t *testing.T) {
		s := load(t, offer("empty.pdf", nil))
		files := s.chat.tray.Files()
		if len(files) != 1 || !files[0].Bad || files[0].Info != "The file is empty." {
			t.Fatalf("the tray holds %+v", files)
		}
		s.typed(t, "text")
		s.Send()
		if s.desk.Calls("Send") != 0 {
			t.Error("it was sent all the same")
		}
		s.chat.tray.OnRemove(files[0].Key)
		s.Send()
		if s.lastBubble(t).Text != "text" {
			t.Error("the text did not leave without it")
		}
	})
	t.Run("what the desk refused stays, and what left does not leave twice", func(t *testing.T) {
		s := load(t, offer("a.pdf", pdf), offer("b.png", photoOf(t, 20, 20)))
		s.typed(t, "caption")
		before := len(s.bubbles())
		s.desk.FailNext("Send", &desk.Error{Code: desk.Unavailable})
		s.Send()
		if len(s.chat.tray.Files()) != 2 || s.chat.composer.Text() != "caption" || len(s.bubbles()) != before {
			t.Fatalf("%d files and %q are left", len(s.chat.tray.Files()), s.chat.composer.Text())
		}
		s.Send()
		if got := len(s.bubbles()) - before; got != 2 {
			t.Errorf("%d messages were sent", got)
		}
	})
	t.Run("files dropped without a chat are not lost in silence", func(t *testing.T) {
		s := newStage(t)
		s.Drop([]Offer{offer("a.pdf", pdf)})
		if len(s.said) != 1 {
			t.Errorf("said %q", s.said)
		}
	})
}

func TestQuoteAndReact(t *testing.T) {
	t.Run("an answer quotes the message it was asked for at, and Esc takes it away", func(t *testing.T) {
		s := newStage(t)
		id := s.say(chat.Message{Kind: chat.KindText, Text: "which one?", WAMID: "wamid.1"})
		s.chat.menu(keyOf(id), fyne.NewPos(0, 0))
		s.pick(t, "Reply to it")
		if s.chat.tray.Quote().Text != "which one?" {
			t.Fatalf("the tray holds %+v", s.chat.tray.Quote())
		}
		s.Escape()
		if s.chat.tray.Quote().Title != "" {
			t.Fatal("Esc left it there")
		}
		s.chat.menu(keyOf(id), fyne.NewPos(0, 0))
		s.pick(t, "Reply to it")
		s.typed(t, "the blue one")
		s.Send()
		if q := s.lastBubble(t).Quote; q.Text != "which one?" || q.Key != keyOf(id) {
			t.Errorf("the answer quotes %+v", q)
		}
	})
	t.Run("an emoji is put on and taken off", func(t *testing.T) {
		s := newStage(t)
		id := s.say(chat.Message{Kind: chat.KindText, Text: "thanks", WAMID: "wamid.1"})
		s.chat.menu(keyOf(id), fyne.NewPos(0, 0))
		s.pick(t, "React 👍")
		if got := s.lastBubble(t).Reactions; got != "👍" {
			t.Fatalf("reactions %q", got)
		}
		s.chat.menu(keyOf(id), fyne.NewPos(0, 0))
		s.pick(t, "Take the reaction off")
		if got := s.lastBubble(t).Reactions; got != "" {
			t.Errorf("reactions %q", got)
		}
	})
	t.Run("a quote holds no words that were taken back", func(t *testing.T) {
		s := newStage(t)
		gone := s.say(chat.Message{Kind: chat.KindText, Text: "forget it", WAMID: "wamid.1", RevokedAt: s.loop.Now()})
		s.say(chat.Message{Kind: chat.KindText, Text: "that one", Quote: &chat.Quote{Message: gone, Author: chat.AuthorCustomer, Kind: chat.KindText, Revoked: true}})
		if q := s.lastBubble(t).Quote; q.Text != "Deleted" || q.Key != keyOf(gone) {
			t.Errorf("the bubble quotes %+v", q)
		}
	})
	t.Run("what is taken back while it is being answered leaves the composer", func(t *testing.T) {
		s := newStage(t)
		id := s.say(chat.Message{Kind: chat.KindText, Text: "which one?", WAMID: "wamid.1"})
		s.chat.menu(keyOf(id), fyne.NewPos(0, 0))
		s.pick(t, "Reply to it")
		s.desk.Revoke(id)
		s.heard()
		if q := s.chat.tray.Quote(); q.Title != "" {
			t.Errorf("the composer quotes %+v", q)
		}
	})
	t.Run("what the customer took back is shown, and never quoted", func(t *testing.T) {
		s := newStage(t)
		id := s.say(chat.Message{Kind: chat.KindText, Text: "forget it", WAMID: "wamid.1", RevokedAt: s.loop.Now()})
		if b := s.lastBubble(t); !b.Deleted || b.Text != "forget it" {
			t.Errorf("%+v", b)
		}
		s.chat.menu(keyOf(id), fyne.NewPos(0, 0))
		if first := s.bench.menu[0]; first.Text != "Reply to it" || first.Do != nil || first.Reason != "Deleted: it is not quoted" {
			t.Errorf("the menu begins with %+v", first)
		}
		s.chat.act(keyOf(id), kit.ActReply)
		if q := s.chat.tray.Quote(); q.Title != "" || !slices.Contains(s.said, "Deleted: it is not quoted") {
			t.Errorf("the composer quotes %+v, and the person was told %q", q, s.said)
		}
	})
	t.Run("keys at a message answer it, copy it and offer emoji", func(t *testing.T) {
		s := newStage(t)
		id := s.say(chat.Message{Kind: chat.KindText, Text: "which one?", WAMID: "wamid.1"})
		s.window.Canvas().Focus(s.chat.thread)
		s.chat.thread.TypedKey(&fyne.KeyEvent{Name: fyne.KeyC})
		if s.copied != "which one?" {
			t.Errorf("copied %q", s.copied)
		}
		s.chat.thread.TypedRune('+')
		if len(s.bench.menu) != len(emoji) {
			t.Errorf("%d emoji are offered", len(s.bench.menu))
		}
		s.chat.thread.TypedKey(&fyne.KeyEvent{Name: fyne.KeyR})
		s.chat.thread.TypedRune('r')
		if q := s.chat.tray.Quote(); q.Text != "which one?" || s.focused != s.chat.composer.Target() {
			t.Errorf("the composer quotes %+v of message %d, the focus is on %T", q, id, s.focused)
		}
	})
	t.Run("what cannot be done with a message says why", func(t *testing.T) {
		s := newStage(t)
		s.chat.setHold(0)
		s.Open(1)
		s.typed(t, "hello")
		s.Send()
		mine := s.lastBubble(t).ID
		s.chat.act(mine, kit.ActReact)
		s.chat.act(mine, kit.ActReply)
		s.loop.Advance(25 * time.Hour)
		id := keyOf(s.desk.Say(1, chat.Message{Author: chat.AuthorCustomer, Kind: chat.KindText, Text: "old", WAMID: "wamid.1", At: s.loop.Now().Add(-25 * time.Hour)}))
		s.heard()
		s.chat.act(id, kit.ActReply)
		want := []string{"An emoji can be put on the customer’s messages", "It can be quoted once WhatsApp has it", s.talk.Words.T("composer.closed")}
		if !slices.Equal(s.said, want) {
			t.Errorf("said %q", s.said)
		}
	})
}

func TestTemplates(t *testing.T) {
	ready := chat.Template{
		Name: "order_ready", Language: "pt", Category: "UTILITY", Status: "APPROVED", Body: "Olá {{name}}, a encomenda {{order}} está pronta.", Named: true,
	}
	paused := chat.Template{Name: "offer", Language: "pt", Category: "MARKETING", Status: "PAUSED", Body: "15 %"}
	open := func(t *testing.T) (*stage, *kit.Picker) {
		s := newStage(t)
		s.desk.SetTemplates(ready, paused)
		s.loop.Advance(25 * time.Hour)
		s.Open(desktest.Marina)
		s.ChooseTemplate()
		view, ok := s.floating.(*kit.Picker)
		if !ok {
			t.Fatal("no picker")
		}
		return s, view
	}
	t.Run("the fields of header, body and link have names of their own", func(t *testing.T) {
		b := newBench(t)
		v := &picker{talk: b.open(1)}
		v.chosen.Template = chat.Template{
			Name: "ready", Body: "{{1}}", Header: chat.TemplateHeader{Format: "text", Text: "{{1}}"},
			Buttons: []chat.TemplateButton{{Type: "url", Title: "Track it", URL: "https://shop.example/{{1}}"}},
		}
		var got []string
		for _, blank := range blanksOf(v.chosen.Template) {
			got = append(got, v.label(blank))
		}
		if want := []string{"Heading: 1", "Variable 1", "End of the link “Track it”"}; !slices.Equal(got, want) {
			t.Errorf("got %q", got)
		}
	})
	t.Run("those that are not approved say so and cannot be sent", func(t *testing.T) {
		s, view := open(t)
		rows := view.Rows()
		if len(rows) != 2 || rows[0].Reason == "" || rows[1].Reason != "" {
			t.Fatalf("rows %+v", rows)
		}
		view.OnChoose(0)
		view.Send()
		if s.desk.Calls("Send") != 0 {
			t.Error("it was sent")
		}
	})
	t.Run("one is filled in and sent after the window has closed", func(t *testing.T) {
		s, view := open(t)
		view.OnChoose(1)
		view.Send()
		if s.desk.Calls("Send") != 0 {
			t.Fatal("it was sent with an empty variable")
		}
		fields := view.Fields()
		if len(fields) != 2 || fields[0].Text() != "Марина Волкова" || s.focused != fields[1].Target() {
			t.Fatalf("%d fields; the first that nobody filled in has the keyboard: %v", len(fields), s.focused == fields[1].Target())
		}
		test.Type(fields[1].Target(), "#1052 b")
		view.Send()
		if s.floating != nil {
			t.Error("the picker stays")
		}
		if b := s.lastBubble(t); !strings.Contains(b.Text, "a encomenda #1052 b está") || b.Detail != "order_ready" {
			t.Errorf("sent %+v", b)
		}
	})
	t.Run("a search finds by name and text", func(t *testing.T) {
		_, view := open(t)
		view.OnSearch("ENCOMENDA")
		if rows := view.Rows(); len(rows) != 1 || rows[0].Name != "order_ready" {
			t.Errorf("found %+v", rows)
		}
	})
}
