package host_test

import (
	"testing"

	"shopbell/core/desk"
	"shopbell/core/sandbox"
)

func TestNothingIsQuotedThatItsAuthorTookBack(t *testing.T) {
	s := openShop(t)
	m := s.receive(emma, sandbox.Text("forget it"))
	if _, err := s.Sandbox().Say(t.Context(), emma, sandbox.Revoke(m.WAMID)); err != nil {
		t.Fatal(err)
	}
	s.until("it is taken back", func() bool { return !s.find(m.WAMID).RevokedAt.IsZero() })
	before := len(s.chat(m.Conversation))
	if _, err := s.Send(t.Context(), s.anna, m.Conversation, desk.Answer{Text: "this?", Quote: m.ID}, ""); desk.CodeOf(err) != desk.NotFound {
		t.Errorf("an answer that quotes it gives %v", err)
	}
	if got := len(s.chat(m.Conversation)); got != before {
		t.Errorf("the chat has %d messages, had %d", got, before)
	}
}
