package learn_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"shopbell/core/chat"
	"shopbell/core/chatexport"
	"shopbell/core/learn"
	"shopbell/core/rulebench"
)

// chatOf is a chat of the entries, in which the shop writes as "Loja".
func chatOf(entries ...chatexport.Entry) *learn.Chat {
	c := learn.NewChat("Loja")
	for _, e := range entries {
		c.Add(e)
	}
	return c
}

// of is an entry of another kind.
func of(kind chatexport.Kind, e chatexport.Entry) chatexport.Entry {
	e.Kind = kind
	return e
}

func TestMessagesOfAChat(t *testing.T) {
	c := chatOf(
		said(0, "", "Messages are encrypted."), said(0, "Ana", " Hi "), of(chatexport.KindOmitted, said(0, "Ana", "")), said(0, "Ana", "Is it there?"),
		of(chatexport.KindAttached, said(1, "Loja", "our shoes")), of(chatexport.KindUnread, said(0, "", "")), said(0, "Loja", "Yes"),
	)
	want := []learn.Message{
		{At: start, Text: "Hi"},
		{At: start, Place: 2, Text: "Is it there?"},
		{At: start.Add(time.Minute), Shop: true},
		{At: start, Place: 3, Shop: true, Text: "Yes"},
	}
	if diff := cmp.Diff(want, c.Messages()); diff != "" {
		t.Error(diff)
	}
}

func TestMarksOfChats(t *testing.T) {
	first := said(0, "Ana", "Is it there?")
	one := chatOf(said(0, "Loja", "Welcome"), first).Mark()
	for _, c := range []struct {
		name string
		chat *learn.Chat
		same bool
	}{
		{"goes on in a later export", chatOf(said(0, "Loja", "Welcome"), first, said(5, "Loja", "Yes"), said(9, "Ana", "Thanks")), true},
		{"has another name in the address book", chatOf(said(0, "Ana from Porto", "Is it there?")), true},
		{"begins at another time", chatOf(said(1, "Ana", "Is it there?")), false},
		{"begins with other words", chatOf(said(0, "Rui", "Hello")), false},
	} {
		t.Run("a chat that "+c.name, func(t *testing.T) {
			if got := c.chat.Mark(); (got == one) != c.same || got == "" {
				t.Errorf("its mark is %q, the first one's %q", got, one)
			}
		})
	}
	t.Run("a chat in which the customer wrote nothing has none", func(t *testing.T) {
		if got := chatOf(said(0, "Loja", "Welcome"), of(chatexport.KindOmitted, said(1, "Ana", ""))).Mark(); got != "" {
			t.Errorf("its mark is %q", got)
		}
	})
}

func TestQuestionsForABench(t *testing.T) {
	lisbon, err := time.LoadLocation("Europe/Lisbon")
	if err != nil {
		t.Fatal(err)
	}
	c := chatOf(said(0, "Loja", "Welcome"), said(1, "Ana", "Hi"), said(2, "Ana", "Is it there?"), said(3, "Loja", "Yes"), said(4, "Ana", "How much?"))
	want := []rulebench.Question{
		{At: time.Date(2025, 3, 3, 10, 1, 0, 0, lisbon), Kind: chat.KindText, Text: "Hi\nIs it there?", First: true},
		{At: time.Date(2025, 3, 3, 10, 4, 0, 0, lisbon), Kind: chat.KindText, Text: "How much?"},
	}
	if diff := cmp.Diff(want, learn.Questions(c.Messages(), lisbon)); diff != "" {
		t.Error(diff)
	}
}
