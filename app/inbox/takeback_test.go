package inbox

import (
	"slices"
	"testing"
	"time"

	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/desk/desktest"
)

func TestTakingAnAnswerBack(t *testing.T) {
	sent := func(t *testing.T) *stage {
		s := newStage(t)
		s.Open(1)
		s.outside.offers = []Offer{offer("a.pdf", pdf)}
		s.Attach()
		s.talk.quote(s.talk.messages[0])
		s.typed(t, "here you are")
		s.Send()
		return s
	}
	t.Run("puts text, files and quote into the composer again", func(t *testing.T) {
		s := sent(t)
		if !slices.Contains(s.said, "Leaves in 5 seconds") {
			t.Fatalf("said %q", s.said)
		}
		before := len(s.bubbles())
		s.undo()
		if got := len(s.chat.tray.Files()); got != 1 || s.chat.composer.Text() != "here you are" || s.talk.with.quoted.ID == 0 {
			t.Errorf("the composer has %d files, %q and the quote %d", got, s.chat.composer.Text(), s.talk.with.quoted.ID)
		}
		if got := len(s.bubbles()); got != before-1 {
			t.Errorf("%d bubbles are shown, want %d", got, before-1)
		}
		s.Send()
		if b := s.lastBubble(t); b.Text != "here you are" {
			t.Errorf("sent again is %+v", b)
		}
	})
	t.Run("keeps what was typed since", func(t *testing.T) {
		s := sent(t)
		s.typed(t, "and one more")
		s.undo()
		if got := s.chat.composer.Text(); got != "here you are\nand one more" {
			t.Errorf("the composer has %q", got)
		}
	})
	t.Run("works from another chat", func(t *testing.T) {
		s := sent(t)
		undo := s.undo
		s.Open(3)
		undo()
		if got := s.chat.composer.Text(); got != "" {
			t.Errorf("the other chat has %q", got)
		}
		s.Open(1)
		if got := s.chat.composer.Text(); got != "here you are" || len(s.chat.tray.Files()) != 1 {
			t.Errorf("its chat has %q and %d files", got, len(s.chat.tray.Files()))
		}
	})
	t.Run("keeps what was typed and left since, too", func(t *testing.T) {
		s := sent(t)
		undo := s.undo
		s.Open(3)
		s.Open(1)
		s.typed(t, "and one more")
		s.Open(3)
		undo()
		s.Open(1)
		if got := s.chat.composer.Text(); got != "here you are\nand one more" {
			t.Errorf("the composer has %q", got)
		}
	})
	t.Run("is not offered where the window ends so soon that the answer leaves at once", func(t *testing.T) {
		s := newStage(t)
		s.desk.Edit(1, func(c *chat.Conversation) {
			c.LastInbound = s.loop.Now().Add(usualHold - time.Second - chat.MetaWindow)
		})
		s.Open(1)
		s.typed(t, "yes")
		s.Send()
		if len(s.said) != 0 || s.lastBubble(t).Text != "yes" {
			t.Errorf("said %q, sent was %+v", s.said, s.lastBubble(t))
		}
	})
	t.Run("says so when it has left", func(t *testing.T) {
		s := sent(t)
		s.loop.Advance(usualHold + time.Second)
		s.undo()
		if last := s.said[len(s.said)-1]; last != "It has left already." || s.chat.composer.Text() != "" {
			t.Errorf("said %q, the composer has %q", last, s.chat.composer.Text())
		}
	})
	t.Run("is not lost where the draft cannot be read when the chat is opened again", func(t *testing.T) {
		s := sent(t)
		undo := s.undo
		s.Open(3)
		s.desk.FailNext("Draft", &desk.Error{Code: desk.Unavailable})
		s.Open(1)
		undo()
		if got := s.chat.composer.Text(); got != "here you are" {
			t.Errorf("the composer has %q", got)
		}
		s.Open(3)
		s.Open(1)
		if got := s.chat.composer.Text(); got != "here you are" {
			t.Errorf("opened again the composer has %q", got)
		}
	})
	for _, call := range []string{"Draft", "SaveDraft"} {
		t.Run("is not lost where the chat was left and "+call+" fails", func(t *testing.T) {
			s := sent(t)
			undo := s.undo
			s.Open(3)
			s.desk.FailNext(call, &desk.Error{Code: desk.Unavailable})
			undo()
			s.desk.FailNext(call, nil)
			s.Open(1)
			if got := s.chat.composer.Text(); got != "here you are" {
				t.Errorf("the composer has %q", got)
			}
		})
	}
	t.Run("is kept by the desk at once, with what stood there", func(t *testing.T) {
		s := sent(t)
		s.typed(t, "and one more")
		s.talk.draft.flush()
		s.desk.FailNext("SaveDraft", &desk.Error{Code: desk.Unavailable})
		s.undo()
		if d, err := s.desk.Draft(t.Context(), s.bench.Who, 1); err != nil || d.Text != "here you are\nand one more" {
			t.Errorf("kept is %q, %v", d.Text, err)
		}
	})
	t.Run("shows the answer beside which a note is written, and loses neither", func(t *testing.T) {
		s := sent(t)
		s.talk.note.show(true)
		s.typed(t, "call her")
		s.undo()
		if got := s.chat.composer.Text(); got != "here you are" {
			t.Errorf("the composer has %q", got)
		}
		s.talk.note.show(true)
		if got := s.chat.composer.Text(); got != "call her" {
			t.Errorf("the note has %q", got)
		}
	})
	t.Run("can be switched off, and be longer", func(t *testing.T) {
		b := newBench(t)
		for _, hold := range holds {
			b.setHold(hold)
			if got := b.hold(); got != hold {
				t.Errorf("%s was chosen, and %s is kept", hold, got)
			}
		}
		b.setHold(0)
		said := len(b.said)
		x := b.open(1)
		x.typed("yes")
		x.send()
		if len(b.said) != said {
			t.Errorf("said %q though nothing can be taken back", b.said)
		}
		b.memory.SetString(holdKey, "nonsense")
		if got := b.hold(); got != usualHold {
			t.Errorf("of nonsense is made %s", got)
		}
	})
}

func TestTakingBackWhatWasFilledIn(t *testing.T) {
	t.Run("a list stands in its form again", func(t *testing.T) {
		s := opened(t)
		view := s.fill(t, "List…")
		f := formOf[*listForm](t, s)
		put(f.text, "Which size?")
		put(f.button, "Sizes")
		for _, line := range f.typed.lines {
			put(f.lines[line].title, "38")
		}
		before := len(s.bubbles())
		view.Send()
		if len(s.bubbles()) != before+1 || !slices.Contains(s.said, "Leaves in 5 seconds") {
			t.Fatalf("said %q", s.said)
		}
		s.undo()
		if len(s.bubbles()) != before || s.said[len(s.said)-1] != "Taken back" {
			t.Errorf("%d bubbles are left of %d, said %q", len(s.bubbles()), before, s.said)
		}
		s.fill(t, "List…")
		if got := formOf[*listForm](t, s).text.Text(); got != "Which size?" {
			t.Errorf("the form has %q", got)
		}
	})
	t.Run("a place is taken back, and what was begun since stays", func(t *testing.T) {
		s := opened(t)
		view := s.fill(t, "Place…")
		f := formOf[*placeForm](t, s)
		put(f.source, "https://www.google.com/maps/place/Marola+Shoes/@38.7071,-9.1365,17z")
		before := len(s.bubbles())
		view.Send()
		undo := s.undo
		s.fill(t, "Place…")
		put(formOf[*placeForm](t, s).name, "Another shop")
		undo()
		if len(s.bubbles()) != before || s.talk.forms.place.name != "Another shop" {
			t.Errorf("%d bubbles are left of %d, the form has %+v", len(s.bubbles()), before, s.talk.forms.place)
		}
	})
	t.Run("a template is taken back where no window is open", func(t *testing.T) {
		s := newStage(t)
		s.desk.SetTemplates(chat.Template{Name: "hi", Language: "en", Status: chat.TemplateApproved, Body: "Hi {{1}}"})
		s.desk.Edit(desktest.Marina, func(c *chat.Conversation) { c.LastInbound = s.loop.Now().Add(-48 * time.Hour) })
		s.Open(desktest.Marina)
		before := len(s.bubbles())
		s.chat.chooseTemplate()
		s.chat.picker.view.OnChoose(0)
		put(s.chat.picker.fields[0], "Marina")
		s.chat.picker.view.OnSend()
		if len(s.bubbles()) != before+1 {
			t.Fatalf("said %q", s.said)
		}
		s.undo()
		if len(s.bubbles()) != before || s.talk.forms.templates["hi.en"][0].value != "Marina" {
			t.Errorf("%d bubbles are left of %d, kept is %+v", len(s.bubbles()), before, s.talk.forms.templates)
		}
	})
	t.Run("what has left stays", func(t *testing.T) {
		s := opened(t)
		view := s.fill(t, "Place…")
		put(formOf[*placeForm](t, s).source, "https://www.google.com/maps/place/Marola+Shoes/@38.7071,-9.1365,17z")
		view.Send()
		s.loop.Advance(usualHold + time.Second)
		s.undo()
		if last := s.said[len(s.said)-1]; last != "It has left already." {
			t.Errorf("said %q", last)
		}
	})
}

// schedule has Anna put an answer in a chat for a moment.
func (s *stage) schedule(t *testing.T, id chat.ConversationID, text string, in time.Duration) {
	t.Helper()
	s.Open(id)
	s.typed(t, text)
	s.talk.sendAt(s.loop.Now().Add(in))
}

func (s *stage) act(t *testing.T, word string) {
	t.Helper()
	b := s.lastBubble(t)
	for _, a := range b.Actions {
		if a.Text == word {
			a.Do()
			return
		}
	}
	t.Fatalf("there is no %q among %+v", word, b.Actions)
}

func TestScheduledAnswers(t *testing.T) {
	t.Run("stand at the end of the chat until their moment", func(t *testing.T) {
		s := newStage(t)
		s.schedule(t, desktest.Marina, "Good morning!", 18*time.Hour)
		b := s.lastBubble(t)
		if b.Reason != "Goes tomorrow 08:06" || b.Time != "" || s.chat.composer.Text() != "" {
			t.Errorf("the bubble is %+v", b)
		}
		if last := s.said[len(s.said)-1]; last != "It goes tomorrow 08:06" {
			t.Errorf("said %q", last)
		}
		s.act(t, "Send now")
		if b := s.lastBubble(t); b.Text != "Good morning!" || b.Reason != "" || b.Time == "" {
			t.Errorf("after sending it is %+v", b)
		}
	})
	t.Run("ask once the customer wrote", func(t *testing.T) {
		s := newStage(t)
		s.schedule(t, desktest.Marina, "Good morning!", 18*time.Hour)
		s.desk.CustomerWrites(desktest.Marina, "Never mind")
		s.heard()
		if b := s.lastBubble(t); b.Reason != "The customer wrote since. Send it all the same?" {
			t.Fatalf("the bubble is %+v", b)
		}
		s.act(t, "Keep the time")
		if b := s.lastBubble(t); b.Reason != "Goes tomorrow 08:06" {
			t.Errorf("kept, it is %+v", b)
		}
	})
	t.Run("are cancelled into the composer", func(t *testing.T) {
		s := newStage(t)
		s.schedule(t, desktest.Marina, "Good morning!", 18*time.Hour)
		s.act(t, "Cancel")
		if b := s.lastBubble(t); b.Text == "Good morning!" || s.chat.composer.Text() != "Good morning!" {
			t.Errorf("the composer has %q, the chat %+v", s.chat.composer.Text(), b)
		}
	})
	t.Run("are cancelled with what they answer", func(t *testing.T) {
		s := newStage(t)
		s.Open(desktest.Marina)
		asked := s.talk.messages[0]
		s.talk.quote(asked)
		s.typed(t, "Good morning!")
		s.talk.sendAt(s.loop.Now().Add(18 * time.Hour))
		s.act(t, "Cancel")
		if got := s.talk.with.quoted.ID; got != asked.ID {
			t.Errorf("the composer quotes %d, want %d", got, asked.ID)
		}
	})
	t.Run("can be changed to another moment", func(t *testing.T) {
		s := newStage(t)
		s.desk.SetOpening(desktest.SampleNow.Add(20 * time.Hour))
		s.schedule(t, desktest.Marina, "Good morning!", 18*time.Hour)
		s.act(t, "Change")
		s.choose(t, "At opening time: tomorrow 10:06")
		if b := s.lastBubble(t); b.Reason != "Goes tomorrow 10:06" {
			t.Errorf("changed, it is %+v", b)
		}
	})
}

func TestChangingTheMomentOfAScheduledMessage(t *testing.T) {
	later := desktest.SampleNow.Add(26 * time.Hour) // Marina's window ends before
	open := func(t *testing.T, a desk.Answer) *stage {
		s := newStage(t)
		s.desk.SetOpening(later)
		s.desk.SetTemplates(chat.Template{Name: "hi", Language: "en", Status: chat.TemplateApproved, Body: "Hi"})
		a.At = s.loop.Now().Add(2 * time.Hour)
		if _, err := s.desk.Send(t.Context(), desktest.Anna, desktest.Marina, a, "token"); err != nil {
			t.Fatal(err)
		}
		s.Open(desktest.Marina)
		s.act(t, "Change")
		return s
	}
	t.Run("puts a template after the window, too", func(t *testing.T) {
		s := open(t, desk.Answer{Template: &desk.TemplateRef{Name: "hi", Language: "en"}})
		s.choose(t, "At opening time: tomorrow 16:06")
		if b := s.lastBubble(t); b.Reason != "Goes tomorrow 16:06" {
			t.Errorf("changed, it is %+v", b)
		}
	})
	t.Run("cancels a template without a word of the composer, where it does not stand", func(t *testing.T) {
		s := open(t, desk.Answer{Template: &desk.TemplateRef{Name: "hi", Language: "en"}})
		s.act(t, "Cancel")
		if b := s.lastBubble(t); b.Text == "Hi" || len(s.said) != 0 || s.chat.composer.Text() != "" {
			t.Errorf("said %q, the composer has %q, the chat %+v", s.said, s.chat.composer.Text(), b)
		}
	})
	t.Run("puts a text no later than the window, and sends no template beside it", func(t *testing.T) {
		s := open(t, desk.Answer{Text: "Good morning!"})
		for _, it := range s.menu {
			if it.Text == "At opening time: tomorrow 16:06" && it.Do == nil && it.Reason != "" {
				return
			}
		}
		t.Errorf("the menu is %+v", s.menu)
	})
}

// choose takes an item of the menu that is open.
func (s *stage) choose(t *testing.T, text string) {
	t.Helper()
	var all []string
	for _, it := range s.menu {
		if it.Text == text && it.Do != nil {
			it.Do()
			return
		}
		all = append(all, it.Text)
	}
	t.Fatalf("there is no %q among %q", text, all)
}

func TestTheMenuOfMoments(t *testing.T) {
	t.Run("wants an answer first", func(t *testing.T) {
		s := newStage(t)
		s.Open(desktest.Marina)
		s.chat.scheduleMenu()
		for _, it := range s.menu {
			if it.Text == "In 1 h: 15:06" && it.Do == nil && it.Reason != "" {
				return
			}
		}
		t.Errorf("the menu is %+v", s.menu)
	})
	t.Run("says what is missing while a file is not ready, though there are words", func(t *testing.T) {
		s := newStage(t)
		s.Open(desktest.Marina)
		s.typed(t, "Good morning!")
		s.talk.with.files = append(s.talk.with.files, &attachment{key: "1", offer: offer("a.pdf", pdf)})
		s.chat.scheduleMenu()
		for _, it := range s.menu {
			if it.Text == "In 1 h: 15:06" && it.Do == nil && it.Reason == "Wait for the file, or take it out" {
				return
			}
		}
		t.Errorf("the menu is %+v", s.menu)
	})
	t.Run("puts the answer for the opening", func(t *testing.T) {
		s := newStage(t)
		s.desk.SetOpening(desktest.SampleNow.Add(18 * time.Hour))
		s.Open(desktest.Marina)
		s.typed(t, "Good morning!")
		s.chat.scheduleMenu()
		s.choose(t, "At opening time: tomorrow 08:06")
		if b := s.lastBubble(t); b.Reason != "Goes tomorrow 08:06" {
			t.Errorf("the bubble is %+v", b)
		}
	})
	t.Run("offers a template where the window ends before", func(t *testing.T) {
		s := newStage(t)
		s.desk.SetOpening(desktest.SampleNow.Add(26 * time.Hour))
		s.Open(desktest.Marina)
		s.typed(t, "Good morning!")
		s.chat.scheduleMenu()
		s.choose(t, "tomorrow 16:06: as a template")
		if p := s.chat.picker; p == nil || s.floating != p.view || !p.at.Equal(desktest.SampleNow.Add(26*time.Hour)) {
			t.Errorf("what opened is %T", s.floating)
		}
	})
	t.Run("keeps for how long an answer can be taken back", func(t *testing.T) {
		s := newStage(t)
		s.Open(desktest.Marina)
		s.chat.scheduleMenu()
		s.choose(t, "10 seconds")
		if got := s.chat.hold(); got != desk.MaxHold {
			t.Errorf("kept is %s", got)
		}
	})
}
