package inbox

import (
	"fmt"
	"testing"
	"time"

	"shopbell/core/chat"
)

func TestWhatAPersonHasInViewIsSeen(t *testing.T) {
	// open is a stage with the first chat open, longer than the window.
	open := func(t *testing.T) *stage {
		s := newStage(t)
		for i := range 30 {
			s.desk.CustomerWrites(1, fmt.Sprint("line ", i))
		}
		s.heard()
		s.Open(1)
		return s
	}
	unread := func(t *testing.T, s *stage, want int) {
		t.Helper()
		v, err := s.desk.Conversation(t.Context(), s.bench.Who, 1)
		if err != nil || v.Unread != want {
			t.Errorf("%d are unread (%v), want %d", v.Unread, err, want)
		}
	}
	writes := func(s *stage) {
		s.desk.CustomerWrites(1, "Alô?")
		s.heard()
	}
	t.Run("a message that comes into the open chat, once", func(t *testing.T) {
		s := open(t)
		writes(s)
		unread(t, s, 0)
		for range 3 {
			s.heard()
			s.Tick(s.loop.Now())
		}
		if n := s.desk.Calls("Seen"); n != 1 {
			t.Errorf("the desk was told %d times", n)
		}
	})
	t.Run("not while the person looks elsewhere, and then soon", func(t *testing.T) {
		s := open(t)
		s.away = true
		writes(s)
		s.Tick(s.loop.Now())
		unread(t, s, 1)
		s.away = false
		s.Tick(s.loop.Now())
		unread(t, s, 0)
	})
	t.Run("not while the person reads further up, and then when they come down", func(t *testing.T) {
		s := open(t)
		s.Page(-2)
		writes(s)
		s.Tick(s.loop.Now())
		unread(t, s, 1)
		s.chat.thread.ScrollToEnd()
		unread(t, s, 0)
	})
	t.Run("not in a chat that is only chosen in the list", func(t *testing.T) {
		s := newStage(t)
		writes(s)
		s.Tick(s.loop.Now())
		if n := s.desk.Calls("Seen"); n != 0 {
			t.Errorf("the desk was told %d times", n)
		}
	})
}

func TestTypingIsToldNowAndThen(t *testing.T) {
	b := newBench(t)
	talk := b.open(1)
	told := func(want int, when string) {
		t.Helper()
		if n := b.desk.Calls("Typing"); n != want {
			t.Errorf("%s the desk was told %d times, want %d", when, n, want)
		}
	}
	talk.typed(" ")
	told(0, "after a blank")
	talk.typed("H")
	talk.typed("Hi")
	told(1, "after two keys")
	b.loop.Advance(typingEvery - time.Second)
	talk.typed("Hi!")
	told(1, "after 19 s")
	b.loop.Advance(time.Second)
	talk.typed("Hi! ")
	told(2, "after 20 s")
	talk.send()
	if last := talk.messages[len(talk.messages)-1]; last.Author != chat.AuthorAgent {
		t.Fatalf("the answer is not there: %+v", last)
	}
	talk.typed("A")
	told(3, "after an answer")
}
