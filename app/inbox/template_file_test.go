package inbox

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"shopbell/app/kit"
	"shopbell/core/chat"
	"shopbell/core/desk/desktest"
)

// Templates with a file in their heading.
func TestFilesOfTemplates(t *testing.T) {
	withHeader := func(format string) chat.Template {
		return chat.Template{
			Name: "news_" + format, Language: "en", Category: "MARKETING", Status: chat.TemplateApproved,
			Header: chat.TemplateHeader{Format: format}, Body: "New boots are here.", Footer: "Marola Shoes",
			Buttons: []chat.TemplateButton{{Type: "url", Title: "Look", URL: "https://shop.example/{{1}}"}},
		}
	}
	choose := func(t *testing.T, s *stage) *kit.Picker {
		t.Helper()
		s.ChooseTemplate()
		view, ok := s.floating.(*kit.Picker)
		if !ok {
			t.Fatal("no picker")
		}
		view.OnChoose(0)
		if fields := view.Fields(); len(fields) > 0 {
			test.Type(fields[0].Target(), "boots")
		}
		return view
	}
	open := func(t *testing.T, format string) (*stage, *kit.Picker) {
		s := newStage(t)
		s.desk.SetTemplates(withHeader(format))
		s.loop.Advance(25 * time.Hour)
		s.Open(desktest.Marina)
		return s, choose(t, s)
	}
	t.Run("a picture is chosen, shown and sent with the rest", func(t *testing.T) {
		s, view := open(t, "image")
		if slot := view.File().Data(); slot.Name != "A picture for the heading" || slot.Bad {
			t.Fatalf("the place says %+v", slot)
		}
		view.Send()
		if s.desk.Calls("Send") != 0 {
			t.Fatal("it was sent without its picture")
		}
		s.outside.offers = []Offer{offer("boots.png", photoOf(t, 300, 200))}
		s.chat.picker.chooseFile()
		if slot := view.File().Data(); slot.Name != "boots.png" || !strings.HasPrefix(slot.Info, "Photo · ") || slot.Bad {
			t.Errorf("the place says %+v", slot)
		}
		view.Send()
		b := s.lastBubble(t)
		p, ok := b.Content.(kit.Picture)
		if !ok || p.Source == "" || b.Text != "New boots are here.\nMarola Shoes" || len(b.Choices) != 1 || s.floating != nil {
			t.Errorf("sent %+v", b)
		}
	})
	t.Run("a document goes under its own name, and is dropped as well as chosen", func(t *testing.T) {
		s, view := open(t, "document")
		s.Drop([]Offer{offer("prices.pdf", pdf)})
		view.Send()
		if f, ok := s.lastBubble(t).Content.(kit.File); !ok || f.Name != "prices.pdf" {
			t.Errorf("sent %+v", s.lastBubble(t).Content)
		}
	})
	for format, tt := range map[string]struct {
		offer Offer
		says  string
	}{
		"image":    {offer("prices.pdf", pdf), "The heading takes a picture: JPEG or PNG"},
		"video":    {offer("a.png", photoOf(t, 20, 20)), "The heading takes a video: MP4 or 3GP"},
		"document": {offer("a.png", photoOf(t, 20, 20)), "The heading takes a document, such as a PDF"},
	} {
		t.Run("a file that is no "+format+" says so and is not sent", func(t *testing.T) {
			s, view := open(t, format)
			s.Drop([]Offer{tt.offer})
			if slot := view.File().Data(); !slot.Bad || slot.Info != tt.says {
				t.Errorf("the place says %+v", slot)
			}
			view.Send()
			if s.desk.Calls("Send") != 0 {
				t.Error("it was sent")
			}
		})
	}
	t.Run("the next time the file is there already", func(t *testing.T) {
		s, view := open(t, "document")
		s.Drop([]Offer{offer("prices.pdf", pdf)})
		view.Send()
		again := choose(t, s)
		if slot := again.File().Data(); slot.Name != "prices.pdf" || slot.Bad {
			t.Fatalf("the place says %+v", slot)
		}
		again.Send()
		if s.desk.Calls("Send") != 2 {
			t.Errorf("%d were sent", s.desk.Calls("Send"))
		}
	})
	t.Run("a file that this shop does not have is asked for anew", func(t *testing.T) {
		s := newStage(t)
		s.desk.SetTemplates(withHeader("image"))
		s.memory[fileKey(withHeader("image"))] = `{"File":"` + strings.Repeat("0", 64) + `","Name":"old.png"}`
		s.Open(desktest.Marina)
		if slot := choose(t, s).File().Data(); slot.Name != "A picture for the heading" || slot.Bad {
			t.Errorf("the place says %+v", slot)
		}
	})
	t.Run("a file for a template that takes none is not lost in silence", func(t *testing.T) {
		s := newStage(t)
		s.desk.SetTemplates(chat.Template{Name: "hi", Language: "en", Status: chat.TemplateApproved, Body: "Hi"})
		s.Open(desktest.Marina)
		choose(t, s)
		s.Drop([]Offer{offer("prices.pdf", pdf)})
		if !slices.Contains(s.said, "This template has no place for a file") || len(s.chat.tray.Files()) != 0 {
			t.Errorf("said %q, %d files in the tray", s.said, len(s.chat.tray.Files()))
		}
	})
	t.Run("one with a heading that is not filled in here says so", func(t *testing.T) {
		s, view := open(t, "location")
		if rows := view.Rows(); rows[0].Reason != "Its heading is of a kind not filled in here yet" {
			t.Errorf("rows %+v", rows)
		}
		view.Send()
		if s.desk.Calls("Send") != 0 {
			t.Error("it was sent")
		}
	})
	t.Run("what is typed in the composer stays the draft after a template", func(t *testing.T) {
		s, view := open(t, "document")
		s.talk.typed("half a sentence")
		s.loop.Advance(saveAfter)
		s.Drop([]Offer{offer("prices.pdf", pdf)})
		view.Send()
		s.loop.Advance(saveAfter)
		if d, err := s.desk.Draft(t.Context(), s.talk.Who, desktest.Marina); err != nil || d.Text != "half a sentence" {
			t.Errorf("the desk keeps %q, %v", d.Text, err)
		}
	})
}
