package inbox

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/core/chat"
	"shopbell/core/desk"
)

// long is a stage whose first chat has ten pages of messages, of which one far back was
// asked about.
func long(t *testing.T) (s *stage, far chat.MessageID) {
	t.Helper()
	s = newStage(t)
	for i := range 10 * chatPageSize {
		id := s.desk.CustomerWrites(1, fmt.Sprint("line ", i))
		if i == 2*chatPageSize {
			far = id
		}
	}
	return s, far
}

// gapless fails the test where a message is missing among those that are loaded. Between
// the first of the chat and the others lie those of other chats.
func gapless(t *testing.T, messages []chat.Message) {
	t.Helper()
	for i := 1; i < len(messages); i++ {
		if messages[i-1].ID > 1 && messages[i].ID != messages[i-1].ID+1 {
			t.Fatalf("message %d follows %d", messages[i].ID, messages[i-1].ID)
		}
	}
}

// inSight reports whether a message stands wholly between the edges of the thread.
func (s *stage) inSight(id chat.MessageID) bool {
	at := s.chat.thread.At(keyOf(id))
	top := fyne.CurrentApp().Driver().AbsolutePositionForObject(s.chat.thread).Y
	return at != s.chat.thread.At("") && at.Y > top && at.Y < top+s.chat.thread.Size().Height
}

func TestAMessageFarBack(t *testing.T) {
	t.Run("is opened by the part of the chat around it, in one call", func(t *testing.T) {
		s, far := long(t)
		s.OpenAt(1, far, "")
		if !s.inSight(far) || s.talk.sought != 0 {
			t.Error("it is not in sight")
		}
		gapless(t, s.talk.messages)
		if len(s.talk.messages) != chatPageSize || s.desk.Calls("Around") != 1 {
			t.Errorf("%d messages were loaded by %d calls", len(s.talk.messages), s.desk.Calls("Around"))
		}
	})
	t.Run("is gone to in a chat that is open", func(t *testing.T) {
		s, far := long(t)
		s.Open(1)
		s.OpenAt(1, far, "")
		if !s.inSight(far) {
			t.Error("it is not in sight")
		}
	})
	t.Run("does not count as the end: nothing is seen", func(t *testing.T) {
		s, far := long(t)
		s.OpenAt(1, far, "")
		s.Page(100) // also not at the bottom of what is loaded
		if s.chat.thread.AtEnd() || s.desk.Calls("Seen") != 0 {
			t.Errorf("at the end: %v; the desk was told %d times", s.chat.thread.AtEnd(), s.desk.Calls("Seen"))
		}
	})
	t.Run("stays in sight when somebody writes", func(t *testing.T) {
		s, far := long(t)
		s.OpenAt(1, far, "")
		s.desk.CustomerWrites(1, "one more")
		s.heard()
		if !s.inSight(far) || s.lastBubble(t).Text == "one more" {
			t.Errorf("in sight: %v; the last is %q", s.inSight(far), s.lastBubble(t).Text)
		}
	})
	t.Run("is read on from, page by page, to where the newest stand", func(t *testing.T) {
		s, far := long(t)
		s.OpenAt(1, far, "")
		s.desk.CustomerWrites(1, "the newest")
		for range 100 {
			s.Page(1)
			gapless(t, s.talk.messages)
		}
		if s.lastBubble(t).Text != "the newest" || !s.chat.thread.AtEnd() || s.chat.toEnd.Visible() {
			t.Errorf("the last is %q, at the end: %v", s.lastBubble(t).Text, s.chat.thread.AtEnd())
		}
	})
	t.Run("keeps its place when a later page comes", func(t *testing.T) {
		s, far := long(t)
		s.OpenAt(1, far, "")
		before := s.chat.thread.At(keyOf(far))
		s.talk.loadNewer()
		if at := s.chat.thread.At(keyOf(far)); at != before || len(s.talk.messages) != 2*chatPageSize {
			t.Errorf("it went from %v to %v; %d messages", before, at, len(s.talk.messages))
		}
	})
	for name, back := range map[string]func(*testing.T, *stage){
		"a button leads": func(_ *testing.T, s *stage) { test.Tap(s.chat.toEnd) },
		"End leads":      func(_ *testing.T, s *stage) { s.chat.thread.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd}) },
		"an answer leads": func(t *testing.T, s *stage) {
			s.typed(t, "right away")
			s.Send()
		},
	} {
		t.Run(name+" back to the newest", func(t *testing.T) {
			s, far := long(t)
			s.OpenAt(1, far, "")
			if !s.chat.toEnd.Visible() {
				t.Fatal("there is no button")
			}
			back(t, s)
			if !s.chat.thread.AtEnd() || s.chat.toEnd.Visible() || s.talk.newer != 0 {
				t.Errorf("at the end: %v, button: %v", s.chat.thread.AtEnd(), s.chat.toEnd.Visible())
			}
			if got := s.lastBubble(t).Text; got != fmt.Sprint("line ", 10*chatPageSize-1) && got != "right away" {
				t.Errorf("the last is %q", got)
			}
			gapless(t, s.talk.messages)
		})
	}
	t.Run("joins what is loaded where it lies just before it", func(t *testing.T) {
		s, _ := long(t)
		s.Open(1)
		near := s.talk.messages[0].ID - 2
		s.OpenAt(1, near, "")
		gapless(t, s.talk.messages)
		if s.talk.newer != 0 || !s.inSight(near) || s.lastBubble(t).Text != fmt.Sprint("line ", 10*chatPageSize-1) {
			t.Errorf("newer is %d, in sight: %v, the last is %q", s.talk.newer, s.inSight(near), s.lastBubble(t).Text)
		}
	})
	t.Run("is said to be gone where it is not stored", func(t *testing.T) {
		s, _ := long(t)
		s.OpenAt(1, 999_999, "")
		if !slices.Equal(s.said, []string{s.Screen.Words.T("chat.quote_gone")}) || s.talk.sought != 0 {
			t.Errorf("said %v", s.said)
		}
		if !s.chat.thread.AtEnd() || len(s.bubbles()) == 0 {
			t.Error("the end of the chat is not shown")
		}
	})
	t.Run("that could not be read is explained, and leads nobody away later", func(t *testing.T) {
		s, far := long(t)
		s.Open(1)
		s.desk.FailNext("Around", &desk.Error{Code: desk.Unavailable})
		s.OpenAt(1, far, "")
		if want := s.Screen.Words.Explain(&desk.Error{Code: desk.Unavailable}).String(); !slices.Equal(s.said, []string{want}) {
			t.Errorf("said %q", s.said)
		}
		s.typed(t, "I type at the end")
		s.desk.CustomerWrites(1, "one more")
		s.heard()
		if s.talk.newer != 0 || s.lastBubble(t).Text != "one more" {
			t.Errorf("newer is %d, the last is %q", s.talk.newer, s.lastBubble(t).Text)
		}
	})
	t.Run("is gone to again after an error", func(t *testing.T) {
		s, far := long(t)
		s.desk.FailNext("Around", errors.New("no"))
		s.OpenAt(1, far, "")
		s.OpenAt(1, far, "")
		if !s.inSight(far) {
			t.Error("it is not in sight")
		}
	})
	t.Run("is sought no more by who goes to the newest", func(t *testing.T) {
		s, far := long(t)
		s.Open(1)
		s.talk.sought = far // it is on its way
		s.talk.toNewest()
		s.heard()
		if s.talk.newer != 0 || !s.chat.thread.AtEnd() {
			t.Errorf("newer is %d, at the end: %v", s.talk.newer, s.chat.thread.AtEnd())
		}
	})
}

// overtaken is a desk on which something happens before the last page of a chat is returned.
type overtaken struct {
	Desk
	meanwhile func()
}

func (o *overtaken) After(ctx context.Context, who desk.Actor, id chat.ConversationID, after chat.MessageID, limit int) (desk.ChatStretch, error) {
	page, err := o.Desk.After(ctx, who, id, after, limit)
	if page.Newer == 0 {
		o.meanwhile()
	}
	return page, err
}

func TestAMessageThatComesBeforeTheLastPageOfAPartIsShown(t *testing.T) {
	s, far := long(t)
	s.OpenAt(1, far, "")
	last := s.desk.CustomerWrites(1, "the last")
	for (last-s.talk.newer)%chatPageSize != 0 { // so that the newest page does not meet what is loaded
		last = s.desk.CustomerWrites(1, "the last")
	}
	s.talk.further.Desk = &overtaken{s.desk, func() {
		s.desk.CustomerWrites(1, "meanwhile")
		s.heard()
	}}
	for s.talk.newer != 0 {
		s.talk.loadNewer()
		gapless(t, s.talk.messages)
	}
	if got := s.lastBubble(t).Text; got != "meanwhile" {
		t.Errorf("the last is %q", got)
	}
}

func TestAChatOfAnyLengthIsReadWithFewMessagesLoaded(t *testing.T) {
	s, _ := long(t)
	for i := range 10 * chatPageSize {
		s.desk.CustomerWrites(1, fmt.Sprint("and ", i))
	}
	s.Open(1)
	all := 20*chatPageSize + 1
	read := func(pages float32, there func() bool) {
		t.Helper()
		for range all {
			if there() {
				return
			}
			s.Page(pages)
			gapless(t, s.talk.messages)
			if n := len(s.talk.messages); n > mostLoaded+chatPageSize {
				t.Fatalf("%d messages are loaded", n)
			}
		}
		t.Fatalf("it is not reached: the first is %q, the last %q", s.bubbles()[0].Text, s.lastBubble(t).Text)
	}
	last := fmt.Sprint("and ", 10*chatPageSize-1)
	read(-1, func() bool { return s.talk.older == 0 && s.talk.newer != 0 })
	read(1, func() bool { return s.chat.thread.AtEnd() })
	if got := s.lastBubble(t).Text; got != last {
		t.Errorf("the last is %q, want %q", got, last)
	}
}

func TestWordsThatWereFound(t *testing.T) {
	marked := func(s *stage) (all []string) {
		for _, m := range s.bubbles() {
			for _, f := range m.Found {
				all = append(all, string([]rune(m.Text)[f.From:f.To]))
			}
		}
		return all
	}
	s := newStage(t)
	hit := s.desk.CustomerWrites(1, "Põe as BOTAS à parte, as botas castanhas 👢")
	s.desk.CustomerWrites(1, "botas, sim")
	t.Run("are marked in the message that was found", func(t *testing.T) {
		s.OpenAt(1, hit, "botas")
		if got := strings.Join(marked(s), " "); got != "BOTAS botas" {
			t.Errorf("marked %q", got)
		}
	})
	t.Run("stay marked when something happens", func(t *testing.T) {
		s.desk.CustomerWrites(1, "e mais")
		s.heard()
		if len(marked(s)) != 2 {
			t.Errorf("marked %q", marked(s))
		}
	})
	t.Run("are no more once the chat was left", func(t *testing.T) {
		s.Open(2)
		s.Open(1)
		if len(marked(s)) != 0 {
			t.Errorf("marked %q", marked(s))
		}
	})
	t.Run("are none where nothing was looked for", func(t *testing.T) {
		s.OpenAt(1, hit, "")
		if len(marked(s)) != 0 {
			t.Errorf("marked %q", marked(s))
		}
	})
}
