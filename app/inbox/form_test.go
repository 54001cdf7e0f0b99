package inbox

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"shopbell/app/kit"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

// fill opens a form from the menu of the paperclip and returns its sheet.
func (s *stage) fill(t *testing.T, item string) *kit.Sheet {
	t.Helper()
	s.bench.menu = s.chat.attachItems()
	s.pick(t, item)
	view, ok := s.floating.(*kit.Sheet)
	if !ok {
		t.Fatalf("%q opens no form", item)
	}
	return view
}

// put types a text into a field as a paste does: all at once.
func put(f *kit.Field, text string) {
	f.SetText(text)
	f.OnChanged()
}

func opened(t *testing.T) *stage {
	s := newStage(t)
	s.say(chat.Message{Kind: chat.KindText, Text: "where are you?", WAMID: "wamid.1"})
	return s
}

func TestAttachMenu(t *testing.T) {
	t.Run("offers all that can be sent besides words", func(t *testing.T) {
		s := opened(t)
		test.Tap(s.chat.attach)
		var got []string
		for _, item := range s.bench.menu {
			got = append(got, item.Text)
		}
		if want := "Photo, video or file… | Place… | Link button… | List… | Template…"; strings.Join(got, " | ") != want {
			t.Errorf("offers %q", got)
		}
	})
	t.Run("asks for files from its first line", func(t *testing.T) {
		s := opened(t)
		s.outside.offers = []Offer{offer("a.pdf", pdf)}
		s.bench.menu = s.chat.attachItems()
		s.pick(t, "Photo, video or file…")
		if len(s.chat.tray.Files()) != 1 {
			t.Errorf("%d files in the tray", len(s.chat.tray.Files()))
		}
	})
}

func TestPlace(t *testing.T) {
	open := func(t *testing.T) (*stage, *kit.Sheet, *placeForm) {
		s := opened(t)
		view := s.fill(t, "Place…")
		return s, view, formOf[*placeForm](t, s)
	}
	t.Run("a map link fills the numbers and the name in, and the place is sent", func(t *testing.T) {
		s, view, f := open(t)
		put(f.source, "https://www.google.com/maps/place/Marola+Shoes/@38.7071,-9.1365,17z")
		if f.latitude.Text() != "38.7071" || f.longitude.Text() != "-9.1365" || f.name.Text() != "Marola Shoes" {
			t.Errorf("filled in %q %q %q", f.latitude.Text(), f.longitude.Text(), f.name.Text())
		}
		view.Send()
		if p, ok := s.lastBubble(t).Content.(kit.Place); !ok || p.Title != "Marola Shoes" || s.floating != nil {
			t.Errorf("sent %+v", s.lastBubble(t))
		}
	})
	t.Run("a link does not take the place of a name that was typed", func(t *testing.T) {
		_, _, f := open(t)
		put(f.name, "Our shop")
		put(f.source, "https://www.google.com/maps/place/Marola+Shoes/@38.7071,-9.1365,17z")
		if f.name.Text() != "Our shop" {
			t.Errorf("the name is %q", f.name.Text())
		}
	})
	t.Run("what is missing or wrong is said, and not sent", func(t *testing.T) {
		for name, tt := range map[string]struct{ latitude, longitude, address, want string }{
			"nothing":                   {"", "", "", "Paste a map link, or type both numbers"},
			"one number":                {"38.7", "", "", "Paste a map link, or type both numbers"},
			"beyond the pole":           {"90.5", "0", "", "Correct what is marked in red"},
			"east of the date line":     {"0", "180.5", "", "Correct what is marked in red"},
			"no number":                 {"north", "0", "", "Correct what is marked in red"},
			"an address without a name": {"38,7", "-9,1", "Rua da Prata 112", "An address is shown only with a name"},
		} {
			t.Run(name, func(t *testing.T) {
				s, view, f := open(t)
				put(f.latitude, tt.latitude)
				put(f.longitude, tt.longitude)
				put(f.address, tt.address)
				view.Send()
				if view.Barred() != tt.want || s.desk.Calls("Send") != 0 {
					t.Errorf("barred %q, %d sent", view.Barred(), s.desk.Calls("Send"))
				}
			})
		}
	})
	t.Run("a short link says what to do", func(t *testing.T) {
		_, _, f := open(t)
		put(f.source, "https://maps.app.goo.gl/AbC123")
		if finding, text := f.source.Status(); finding != kit.FindingWarn || !strings.Contains(text, "Open a short link") {
			t.Errorf("says %q", text)
		}
	})
	t.Run("the second time it is one line of the menu", func(t *testing.T) {
		s, view, f := open(t)
		put(f.name, "Our shop")
		put(f.source, "38.7071, -9.1365")
		view.Send()
		before := len(s.bubbles())
		s.bench.menu = s.chat.attachItems()
		s.pick(t, "Send “Our shop”")
		if p, ok := s.lastBubble(t).Content.(kit.Place); !ok || p.Title != "Our shop" || len(s.bubbles()) != before+1 {
			t.Errorf("sent %+v", s.lastBubble(t))
		}
	})
}

func TestLink(t *testing.T) {
	open := func(t *testing.T) (*stage, *kit.Sheet, *linkForm) {
		s := opened(t)
		view := s.fill(t, "Link button…")
		return s, view, formOf[*linkForm](t, s)
	}
	t.Run("is sent as text with a button", func(t *testing.T) {
		s, view, f := open(t)
		put(f.text, "Here are our boots")
		put(f.title, "See the boots")
		put(f.url, " https://shop.example/boots ")
		view.Send()
		if b := s.lastBubble(t); b.Text != "Here are our boots" || len(b.Choices) != 1 || b.Choices[0].Title != "See the boots" {
			t.Errorf("sent %+v", b)
		}
	})
	for name, tt := range map[string]struct{ text, title, url, want string }{
		"nothing":             {"", "", "", "Fill in every field to send"},
		"a text of one more":  {strings.Repeat("a", chat.MaxInteractiveBody+1), "x", "https://a.b", "Correct what is marked in red"},
		"a title of one more": {"x", strings.Repeat("😀", chat.MaxLinkTitle/2) + "a", "https://a.b", "Correct what is marked in red"},
		"the longest":         {strings.Repeat("a", chat.MaxInteractiveBody), strings.Repeat("😀", chat.MaxLinkTitle/2), "https://a.b", ""},
		"no https":            {"x", "x", "http://a.b", "Correct what is marked in red"},
		"no address":          {"x", "x", "our page", "Correct what is marked in red"},
	} {
		t.Run("with "+name, func(t *testing.T) {
			s, view, f := open(t)
			put(f.text, tt.text)
			put(f.title, tt.title)
			put(f.url, tt.url)
			if view.Barred() != tt.want || f.text.Text() != tt.text || f.title.Text() != tt.title {
				t.Errorf("barred %q, and %d letters stand in the text", view.Barred(), len(f.text.Text()))
			}
			view.Send()
			if sent := s.desk.Calls("Send") == 1; sent != (tt.want == "") {
				t.Errorf("sent: %v", sent)
			}
		})
	}
	t.Run("what was typed is there again after closing by mistake, in its own chat only", func(t *testing.T) {
		s, _, f := open(t)
		put(f.text, "Here are our boots")
		s.floating = nil
		s.Open(2)
		s.desk.Edit(2, func(c *chat.Conversation) { c.Lock = chat.Lock{} })
		s.heard()
		s.fill(t, "Link button…")
		if got := formOf[*linkForm](t, s).text.Text(); got != "" {
			t.Errorf("the other chat's form holds %q", got)
		}
		s.Open(1)
		s.fill(t, "Link button…")
		if got := formOf[*linkForm](t, s).text.Text(); got != "Here are our boots" {
			t.Errorf("the form holds %q", got)
		}
	})
	t.Run("what the desk refused stays open and typed", func(t *testing.T) {
		s, view, f := open(t)
		put(f.text, "Here are our boots")
		put(f.title, "See")
		put(f.url, "https://shop.example")
		s.desk.FailNext("Send", &desk.Error{Code: desk.Unavailable})
		view.Send()
		if s.floating == nil || len(s.said) != 1 || f.typed.text == "" {
			t.Fatalf("said %q, %q is typed", s.said, f.typed.text)
		}
		view.Send()
		if s.floating != nil || f.typed.text != "" {
			t.Errorf("%q is left", f.typed.text)
		}
	})
	t.Run("a file dropped on it is not lost in silence", func(t *testing.T) {
		s, _, _ := open(t)
		s.Drop([]Offer{offer("a.pdf", pdf)})
		if len(s.said) != 1 || len(s.chat.tray.Files()) != 0 {
			t.Errorf("said %q, %d files in the tray", s.said, len(s.chat.tray.Files()))
		}
	})
	t.Run("it answers what the composer quotes", func(t *testing.T) {
		s := opened(t)
		s.chat.act(s.lastBubble(t).ID, kit.ActReply)
		view := s.fill(t, "Link button…")
		f := formOf[*linkForm](t, s)
		put(f.text, "Here")
		put(f.title, "See")
		put(f.url, "https://shop.example")
		view.Send()
		if q := s.lastBubble(t).Quote; q.Text != "where are you?" || s.chat.tray.Quote().Title != "" {
			t.Errorf("it quotes %+v, the composer %+v", q, s.chat.tray.Quote())
		}
	})
}

func TestListForm(t *testing.T) {
	open := func(t *testing.T) (*stage, *kit.Sheet, *listForm) {
		s := opened(t)
		view := s.fill(t, "List…")
		f := formOf[*listForm](t, s)
		put(f.text, "Which size?")
		put(f.button, "Choose")
		return s, view, f
	}
	row := func(f *listForm, i int, title, about string) {
		fields := f.lines[f.typed.lines[i]]
		put(fields.title, title)
		if fields.about != nil {
			put(fields.about, about)
		}
	}
	t.Run("is sent with its rows under their headings", func(t *testing.T) {
		s, view, f := open(t)
		row(f, 0, "37", "2 in stock")
		f.remove(f.typed.lines[1])
		f.add(&typedLine{heading: true})
		f.add(&typedLine{})
		row(f, 1, "Wide", "")
		row(f, 2, "38", "")
		if view.Barred() != "With several parts, each needs a heading" {
			t.Errorf("barred %q", view.Barred())
		}
		f.typed.lines = append([]*typedLine{{heading: true, title: "Narrow"}}, f.typed.lines...)
		view.SetContent(f.stack())
		f.sheet.edited()
		view.Send()
		l, ok := s.lastBubble(t).Content.(kit.Listing)
		if !ok || len(l.Rows) != 2 || l.Rows[0].Title != "37" || l.Rows[0].Detail != "2 in stock" || l.Rows[1].Title != "38" {
			t.Errorf("sent %+v", s.lastBubble(t))
		}
	})
	t.Run("takes ten rows and no more", func(t *testing.T) {
		_, view, f := open(t)
		for len(f.typed.lines) < chat.MaxListRows {
			test.Tap(f.addRow)
		}
		test.Tap(f.addRow)
		if len(f.typed.lines) != chat.MaxListRows || f.counted.Text() != "10 of 10 choices" {
			t.Errorf("%d rows, %q", len(f.typed.lines), f.counted.Text())
		}
		for i := range f.typed.lines {
			row(f, i, strings.Repeat("x", chat.MaxListTitle), strings.Repeat("y", chat.MaxListRowDetails))
		}
		if view.Barred() != "" {
			t.Errorf("barred %q", view.Barred())
		}
	})
	for name, tt := range map[string]struct {
		edit func(f *listForm)
		want string
	}{
		"a row without a title":     {func(f *listForm) { row(f, 0, "37", "") }, "Fill in text, word and every choice"},
		"no row":                    {func(f *listForm) { f.remove(f.typed.lines[0]); f.remove(f.typed.lines[0]) }, "A list needs a choice"},
		"a title that is too long":  {func(f *listForm) { row(f, 0, strings.Repeat("x", chat.MaxListTitle+1), "") }, "Correct what is marked in red"},
		"a detail that is too long": {func(f *listForm) { row(f, 0, "x", strings.Repeat("y", chat.MaxListRowDetails+1)) }, "Correct what is marked in red"},
		"a word that is too long":   {func(f *listForm) { put(f.button, strings.Repeat("x", chat.MaxListButton+1)) }, "Correct what is marked in red"},
		"a heading over nothing":    {func(f *listForm) { f.add(&typedLine{heading: true, title: "x"}) }, "A heading stands over no choice"},
		"rows, and others below a heading": {func(f *listForm) {
			f.add(&typedLine{heading: true, title: "x"})
			f.add(&typedLine{title: "y"})
		}, "With several parts, each needs a heading"},
	} {
		t.Run("with "+name+" it is not sent, and says so", func(t *testing.T) {
			s, view, f := open(t)
			tt.edit(f)
			view.Send()
			if view.Barred() != tt.want || s.desk.Calls("Send") != 0 {
				t.Errorf("barred %q, %d sent", view.Barred(), s.desk.Calls("Send"))
			}
		})
	}
	t.Run("a new row has the keyboard", func(t *testing.T) {
		s, _, f := open(t)
		test.Tap(f.addRow)
		if want := f.lines[f.typed.lines[2]].title.Target(); s.focused != want {
			t.Errorf("the focus is on %T", s.focused)
		}
	})
}

// formOf is the form that is open.
func formOf[F form](t *testing.T, s *stage) F {
	t.Helper()
	f, ok := s.chat.form.form.(F)
	if !ok {
		t.Fatalf("%T is open", s.chat.form.form)
	}
	return f
}
