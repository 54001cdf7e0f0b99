package inbox

import (
	"context"
	"errors"
	"strings"
	"testing"

	"shopbell/app/kit"
	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/desk/desktest"
)

func (s *stage) lastNote(t *testing.T) kit.Note {
	t.Helper()
	var last kit.Note
	for _, e := range s.chat.thread.Entries() {
		if n, ok := e.(kit.Note); ok {
			last = n
		}
	}
	return last
}

func TestNotes(t *testing.T) {
	noted := func(t *testing.T) *stage {
		t.Helper()
		s := newStage(t)
		s.Open(desktest.Marina)
		s.ToggleNote()
		s.typed(t, "A note")
		s.Send()
		return s
	}
	t.Run("a note is written beside the answer, and each keeps its text", func(t *testing.T) {
		s := newStage(t)
		s.Open(desktest.Marina)
		s.typed(t, "An answer")
		s.ToggleNote()
		if s.chat.composer.Text() != "" || !s.chat.composer.Noting() {
			t.Fatalf("the note begins with %q", s.chat.composer.Text())
		}
		s.typed(t, "A note")
		s.ToggleNote()
		if got := s.chat.composer.Text(); got != "An answer" {
			t.Errorf("the answer is %q", got)
		}
		s.ToggleNote()
		s.Send()
		if n := s.lastNote(t); n.Text != "A note" || !strings.HasPrefix(n.By, desktest.Anna.Name) {
			t.Errorf("the note is %+v", n)
		}
		if got := s.chat.composer.Text(); got != "An answer" || s.chat.composer.Noting() {
			t.Errorf("after the note the composer has %q", got)
		}
		if n := s.desk.Calls("Send"); n != 0 {
			t.Errorf("%d answers were sent", n)
		}
	})
	t.Run("it is taken back with its text", func(t *testing.T) {
		s := noted(t)
		s.undo()
		if n := s.lastNote(t); n.Text != "" {
			t.Errorf("the note %+v is still there", n)
		}
		if got := s.chat.composer.Text(); got != "A note" || !s.chat.composer.Noting() {
			t.Errorf("the composer has %q", got)
		}
	})
	t.Run("it is taken back from another chat, before what was written since", func(t *testing.T) {
		s := noted(t)
		undo := s.undo
		s.ToggleNote()
		s.typed(t, "and another")
		s.Open(3)
		undo()
		if d, _ := s.desk.NoteDraft(t.Context(), desktest.Anna, desktest.Marina); d.Text != "A note\nand another" {
			t.Errorf("kept is %q", d.Text)
		}
		s.Open(desktest.Marina)
		s.ToggleNote()
		if got := s.chat.composer.Text(); got != "A note\nand another" {
			t.Errorf("the note is %q", got)
		}
	})
	t.Run("it is taken back into its chat that was left and opened again", func(t *testing.T) {
		s := noted(t)
		undo := s.undo
		s.Open(3)
		s.Open(desktest.Marina)
		undo()
		if got := s.chat.composer.Text(); got != "A note" || !s.chat.composer.Noting() {
			t.Errorf("the composer has %q", got)
		}
	})
	for _, call := range []string{"NoteDraft", "SaveNoteDraft"} {
		t.Run("it is not lost where the chat was left and "+call+" fails", func(t *testing.T) {
			s := noted(t)
			undo := s.undo
			s.Open(3)
			s.desk.FailNext(call, &desk.Error{Code: desk.Unavailable})
			undo()
			s.desk.FailNext(call, nil)
			if d, err := s.desk.NoteDraft(t.Context(), desktest.Anna, desktest.Marina); err != nil || d.Text != "A note" {
				t.Errorf("kept is %q, %v", d.Text, err)
			}
		})
	}
	t.Run("its draft outlives the chat, apart from the answer's", func(t *testing.T) {
		b := newBench(t)
		x := b.open(desktest.Marina)
		x.note.show(true)
		x.note.typed("A note")
		x.close()
		if d, _ := b.desk.NoteDraft(context.Background(), b.Who, desktest.Marina); d.Text != "A note" {
			t.Fatalf("kept is %q", d.Text)
		}
		again := b.open(desktest.Marina)
		again.note.show(true)
		if again.note.text != "A note" || again.draft.text != "" {
			t.Errorf("the note is %q, the answer %q", again.note.text, again.draft.text)
		}
	})
	t.Run("it is written where somebody else answers", func(t *testing.T) {
		s := newStage(t)
		s.Open(2) // Pedro's
		s.ToggleNote()
		s.typed(t, "Ask her for the number")
		s.Send()
		if n := s.lastNote(t); n.Text != "Ask her for the number" {
			t.Errorf("the note is %+v", n)
		}
	})
	t.Run("one that cannot be kept stays in the composer", func(t *testing.T) {
		s := newStage(t)
		s.Open(desktest.Marina)
		s.ToggleNote()
		s.typed(t, "A note")
		s.desk.FailNext("AddNote", &desk.Error{Code: desk.DiskFull, Err: errors.New("full")})
		s.Send()
		if got := s.chat.composer.Text(); got != "A note" || len(s.said) == 0 {
			t.Errorf("the composer has %q, said %v", got, s.said)
		}
	})
	t.Run("one key begins it with date, kind and state", func(t *testing.T) {
		s := newStage(t)
		s.desk.Edit(desktest.Marina, func(c *chat.Conversation) { c.Question = "size" })
		s.Open(desktest.Marina)
		s.StampNote()
		if got, want := s.chat.composer.Text(), "24 Nov 14:06 · Size · waits 1 min: "; got != want {
			t.Errorf("the note begins with %q, want %q", got, want)
		}
	})
}
