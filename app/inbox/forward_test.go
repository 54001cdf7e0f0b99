package inbox

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/desk/desktest"
	"shopbell/core/staff"
)

// forwarding opens the chats to which a message of conversation 1 can be forwarded.
func (s *stage) forwarding(t *testing.T, m chat.Message) *kit.Picker {
	t.Helper()
	id := s.say(m)
	s.chat.menu(keyOf(id), fyne.NewPos(0, 0))
	s.pick(t, "Forward…")
	v, ok := s.floating.(*kit.Picker)
	if !ok {
		t.Fatalf("%T floats over the window", s.floating)
	}
	return v
}

// choose chooses the row with a name.
func choose(t *testing.T, v *kit.Picker, name string) {
	t.Helper()
	i := slices.IndexFunc(v.Rows(), func(r kit.PickerRow) bool { return r.Name == name })
	if i < 0 {
		t.Fatalf("no %q among %+v", name, v.Rows())
	}
	v.OnChoose(i)
}

// last is the newest message of a conversation.
func (s *stage) last(t *testing.T, id chat.ConversationID) chat.Message {
	t.Helper()
	page, err := s.desk.Chat(context.Background(), s.bench.Who, id, 0, 1)
	if err != nil || len(page.Messages) == 0 {
		t.Fatalf("%v, %d messages", err, len(page.Messages))
	}
	return page.Messages[0]
}

// written is the conversation of a customer.
func (s *stage) written(t *testing.T, name string) chat.ConversationID {
	t.Helper()
	for _, c := range s.list.people.rows() {
		if c.Contact.Name == name {
			return c.ID
		}
	}
	t.Fatalf("no chat with %q", name)
	return 0
}

func TestForward(t *testing.T) {
	const oleg = "Олег Савин"
	t.Run("a text goes to the chosen chat, is seen before, and can be taken back", func(t *testing.T) {
		s := newStage(t)
		v := s.forwarding(t, chat.Message{Kind: chat.KindText, Text: "Rua da Prata 112"})
		if v.Send(); s.desk.Calls("Send") != 0 {
			t.Fatal("it left before a chat was chosen")
		}
		choose(t, v, oleg)
		v.Send()
		to := s.written(t, oleg)
		if m := s.last(t, to); m.Text != "Rua da Prata 112" || m.Inbound() || s.floating != nil || s.opened() != 1 {
			t.Fatalf("the chat ends with %+v; %T floats, %d is open", m, s.floating, s.opened())
		}
		if said := s.said[len(s.said)-1]; said != "To Олег Савин · Leaves in 5 seconds" {
			t.Errorf("said %q", said)
		}
		s.undo()
		if m := s.last(t, to); m.Text == "Rua da Prata 112" {
			t.Error("it stays in the chat")
		}
	})
	t.Run("after it has left, taking it back says so", func(t *testing.T) {
		s := newStage(t)
		v := s.forwarding(t, chat.Message{Kind: chat.KindText, Text: "hello"})
		choose(t, v, oleg)
		v.Send()
		s.loop.Advance(time.Minute)
		if s.undo(); s.said[len(s.said)-1] != "It has left already." {
			t.Errorf("said %q", s.said)
		}
	})
	t.Run("what is written for the other chat stays there", func(t *testing.T) {
		s := newStage(t)
		to := s.written(t, oleg)
		if err := s.desk.SaveDraft(t.Context(), s.bench.Who, to, "half a sentence"); err != nil {
			t.Fatal(err)
		}
		v := s.forwarding(t, chat.Message{Kind: chat.KindText, Text: "hello"})
		choose(t, v, oleg)
		s.desk.FailNext("SaveDraft", &desk.Error{Code: desk.Unavailable}) // no second call may have to mend it
		v.Send()
		stays := func(when string) {
			if d, err := s.desk.Draft(t.Context(), s.bench.Who, to); err != nil || d.Text != "half a sentence" {
				t.Errorf("%s the draft is %q, %v", when, d.Text, err)
			}
		}
		stays("after it was forwarded")
		s.undo()
		stays("taken back")
	})
	t.Run("a file goes with its caption and its name, a place as a place", func(t *testing.T) {
		s := newStage(t)
		file := s.desk.PutFile(pdf)
		v := s.forwarding(t, chat.Message{Kind: chat.KindDocument, Text: "the bill", Media: &chat.Media{
			MIME: "application/pdf", Name: "bill.pdf", Size: int64(len(pdf)), State: chat.MediaHere, File: file,
		}})
		choose(t, v, oleg)
		v.Send()
		to := s.written(t, oleg)
		if m := s.last(t, to); m.Media == nil || m.Media.File != file || m.Media.Name != "bill.pdf" || m.Text != "the bill" {
			t.Errorf("the chat ends with %+v", m)
		}
		v = s.forwarding(t, chat.Message{Kind: chat.KindLocation, Location: &chat.Location{Latitude: 38.7, Longitude: -9.1, Name: "Shop"}})
		choose(t, v, oleg)
		v.Send()
		if m := s.last(t, to); m.Location == nil || m.Location.Name != "Shop" {
			t.Errorf("the chat ends with %+v", m)
		}
	})
	t.Run("a chat whose window is closed, or that somebody else answers, says so and is refused", func(t *testing.T) {
		s := newStage(t)
		s.desk.Edit(s.written(t, oleg), func(c *chat.Conversation) { c.LastInbound = s.loop.Now().Add(-25 * time.Hour) })
		v := s.forwarding(t, chat.Message{Kind: chat.KindText, Text: "hello"})
		reasons := map[string]string{}
		for _, r := range v.Rows() {
			reasons[r.Name] = r.Reason
		}
		if reasons[oleg] != "24 h passed: templates only" || reasons["Beatriz Nunes"] != "Pedro is answering here" {
			t.Errorf("the reasons are %q", reasons)
		}
		if _, there := reasons["João Ferreira"]; there {
			t.Error("the chat that it comes from is offered")
		}
		for _, name := range []string{oleg, "Beatriz Nunes"} {
			choose(t, v, name)
			v.Send()
		}
		if s.desk.Calls("Send") != 0 {
			t.Error("it was sent all the same")
		}
	})
	t.Run("resolved chats are found too, and those that can be written to stand first", func(t *testing.T) {
		s := newStage(t)
		s.desk.Edit(s.written(t, oleg), func(c *chat.Conversation) { c.State = chat.StateResolved })
		v := s.forwarding(t, chat.Message{Kind: chat.KindText, Text: "hello"})
		choose(t, v, oleg)
		barred := false
		for _, r := range v.Rows() {
			if barred && r.Reason == "" {
				t.Errorf("%s stands behind those that cannot be written to", r.Name)
			}
			barred = barred || r.Reason != ""
		}
	})
	t.Run("a search looks once typing pauses, and Down chooses what it found", func(t *testing.T) {
		s := newStage(t)
		v := s.forwarding(t, chat.Message{Kind: chat.KindText, Text: "hello"})
		before := s.desk.Calls("List")
		s.window.SetContent(v)
		for _, r := range "оле" {
			v.Target().TypedRune(r)
		}
		if s.desk.Calls("List") != before {
			t.Error("it looked while the person was typing")
		}
		s.loop.Advance(searchAfter)
		v.Target().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
		v.Send()
		if rows := v.Rows(); len(rows) != 1 || rows[0].Name != oleg || s.last(t, s.written(t, oleg)).Text != "hello" {
			t.Errorf("found %+v", rows)
		}
	})
	t.Run("what cannot be forwarded says why", func(t *testing.T) {
		s := newStage(t)
		for _, c := range []struct {
			m    chat.Message
			want string
		}{
			{chat.Message{Kind: chat.KindText, Text: "forget it", RevokedAt: s.loop.Now()}, "Deleted: it is not forwarded"},
			{chat.Message{Kind: chat.KindImage, Media: &chat.Media{State: chat.MediaWaiting}}, "Its file is not here"},
			{chat.Message{Kind: chat.KindContacts, Cards: []chat.Card{{Name: "Rosa"}}}, "Shopbell forwards texts, files and places"},
			{chat.Message{Kind: chat.KindText, Text: strings.Repeat("😀", chat.MaxText/2+1)}, "Too long to forward: 4098 letters, and 4096 is the most"},
		} {
			id := s.say(c.m)
			s.chat.menu(keyOf(id), fyne.NewPos(0, 0))
			i := slices.IndexFunc(s.bench.menu, func(it kit.MenuItem) bool { return it.Text == "Forward…" })
			if item := s.bench.menu[i]; item.Do != nil || item.Reason != c.want {
				t.Errorf("%s: %q, want %q", c.m.Kind, item.Reason, c.want)
			}
			if s.chat.act(keyOf(id), kit.ActPassOn); s.floating != nil || s.said[len(s.said)-1] != c.want {
				t.Errorf("%s: said %q", c.m.Kind, s.said)
			}
		}
	})
	t.Run("a file that Meta does not take says why, and the list stays", func(t *testing.T) {
		s := newStage(t)
		v := s.forwarding(t, chat.Message{Kind: chat.KindText, Text: "hello"})
		choose(t, v, oleg)
		s.desk.FailNext("Send", &desk.FileError{Code: chat.MediaWrongType})
		v.Send()
		if s.floating == nil || !slices.Equal(s.said, []string{"WhatsApp does not take files of this kind."}) {
			t.Errorf("said %q", s.said)
		}
	})
	t.Run("chats that cannot be loaded say why, and can be loaded again", func(t *testing.T) {
		s := newStage(t)
		s.desk.FailNext("List", &desk.Error{Code: desk.Unavailable})
		id := s.desk.Say(1, chat.Message{Author: chat.AuthorCustomer, Kind: chat.KindText, Text: "hello"})
		s.Open(1)
		s.desk.FailNext("List", &desk.Error{Code: desk.Unavailable})
		s.chat.act(keyOf(id), kit.ActPassOn)
		v, ok := s.floating.(*kit.Picker)
		if !ok || len(v.Rows()) != 0 {
			t.Fatalf("%T floats", s.floating)
		}
		if v.OnReload(); len(v.Rows()) == 0 {
			t.Error("they are not loaded again")
		}
	})
	t.Run("a file that is dropped meanwhile goes nowhere, and that is said", func(t *testing.T) {
		s := newStage(t)
		s.forwarding(t, chat.Message{Kind: chat.KindText, Text: "hello"})
		s.Drop([]Offer{offer("a.pdf", pdf)})
		if len(s.talk.with.files) != 0 || !slices.Equal(s.said, []string{"What is forwarded takes no files. Close this first, then drop it into the chat."}) {
			t.Errorf("%d files, said %q", len(s.talk.with.files), s.said)
		}
	})
	t.Run("who may not answer is not offered it", func(t *testing.T) {
		s := newStage(t)
		s.chat.Who = desktest.Anna
		s.chat.Who.Role = staff.Analyst
		id := s.say(chat.Message{Kind: chat.KindText, Text: "hello"})
		if s.chat.act(keyOf(id), kit.ActPassOn); s.floating != nil {
			t.Error("it is offered")
		}
	})
}
