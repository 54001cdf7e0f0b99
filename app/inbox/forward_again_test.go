package inbox

import (
	"context"
	"slices"
	"testing"

	"shopbell/app/kit"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

// halting is a desk that lets a test act while a call is under way, and that can lose
// the reply to one.
type halting struct {
	Desk
	onSend, onList func() // nil: nothing happens
	sends          int
	lose           bool // the next answer is stored, and nobody hears of it
}

func (h *halting) Send(ctx context.Context, who desk.Actor, id chat.ConversationID, a desk.Answer, token string) (chat.MessageID, error) {
	h.sends++
	if h.onSend != nil {
		h.onSend()
	}
	m, err := h.Desk.Send(ctx, who, id, a, token)
	if h.lose {
		h.lose = false
		return 0, context.DeadlineExceeded
	}
	return m, err
}

func (h *halting) List(ctx context.Context, who desk.Actor, q desk.ListQuery) (desk.ListPage, error) {
	if h.onList != nil {
		h.onList()
	}
	return h.Desk.List(ctx, who, q)
}

// halted is a stage whose open chats stand on a halting desk.
func halted(t *testing.T) (*stage, *halting) {
	s := newStage(t)
	h := &halting{Desk: s.desk}
	s.Screen.Desk = h
	return s, h
}

func TestForwardAgain(t *testing.T) {
	const oleg, words = "Олег Савин", "Rua da Prata 112"
	text := chat.Message{Kind: chat.KindText, Text: words}
	count := func(t *testing.T, s *stage) (n int) {
		t.Helper()
		page, err := s.desk.Chat(t.Context(), s.bench.Who, s.written(t, oleg), 0, 100)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range page.Messages {
			if m.Text == words {
				n++
			}
		}
		return n
	}
	t.Run("after the reply was lost, the chat has it once, also when its row is chosen once more", func(t *testing.T) {
		s, h := halted(t)
		v := s.forwarding(t, text)
		choose(t, v, oleg)
		h.lose = true
		v.Send()
		choose(t, v, oleg)
		if v.Send(); h.sends != 2 || count(t, s) != 1 || s.floating != nil {
			t.Errorf("sent %d times, it is there %d times; said %q", h.sends, count(t, s), s.said)
		}
	})
	t.Run("while it is on its way it is not sent again, to no chat, and the list says so", func(t *testing.T) {
		s, h := halted(t)
		v := s.forwarding(t, text)
		choose(t, v, oleg)
		told := false
		h.onSend = func() {
			h.onSend = nil
			v.Send()
			choose(t, v, "Tiago Moreira")
			v.Send()
			told = says(v, "Forwarding…") && !says(v, "To Tiago Moreira")
		}
		v.Send()
		if h.sends != 1 || count(t, s) != 1 || !told || s.floating != nil {
			t.Errorf("sent %d times, it is there %d times; it was said: %v", h.sends, count(t, s), told)
		}
	})
	t.Run("once it failed it can be sent to another chat", func(t *testing.T) {
		s, h := halted(t)
		v := s.forwarding(t, text)
		other := slices.IndexFunc(v.Rows(), func(r kit.PickerRow) bool { return r.Name != oleg && r.Reason == "" })
		v.OnChoose(other)
		s.desk.FailNext("Send", &desk.Error{Code: desk.Unavailable})
		v.Send()
		choose(t, v, oleg)
		if v.Send(); h.sends != 2 || count(t, s) != 1 {
			t.Errorf("sent %d times, it is there %d times; said %q", h.sends, count(t, s), s.said)
		}
	})
	t.Run("the list is made for the chat as it stood when it was asked for", func(t *testing.T) {
		s, h := halted(t)
		id := s.say(text)
		h.onList = func() { s.talk.conv = chat.Conversation{} } // as an event may have it, on the other thread
		s.chat.act(keyOf(id), kit.ActPassOn)
		for _, r := range s.floating.(*kit.Picker).Rows() {
			if r.Name == "João Ferreira" {
				t.Error("the chat that it comes from is offered")
			}
		}
	})
}
