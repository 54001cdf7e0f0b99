package tour

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"shopbell/core/chat"
	"shopbell/core/desk/desktest"
)

func TestCount(t *testing.T) {
	now := func() time.Time { return desktest.SampleNow }
	asked := desktest.SampleNow
	desk := desktest.New(now)
	for i, first := range []time.Duration{10 * time.Millisecond, 30 * time.Millisecond} {
		id := desk.Add(chat.Conversation{Contact: chat.Contact{Phone: "35190000000" + string(rune('0'+i))}})
		for _, m := range []chat.Message{
			{Author: chat.AuthorCustomer, Kind: chat.KindText, At: asked},
			{Author: chat.AuthorRule, Kind: chat.KindText, At: asked, Accepted: asked.Add(first), Status: chat.StatusRead},
			{Author: chat.AuthorDesk, Kind: chat.KindSystem, Text: string(chat.SysRouted), At: asked},
			{Author: chat.AuthorAgent, Kind: chat.KindText, At: asked, Accepted: asked.Add(time.Hour), Status: chat.StatusSent},
			{Author: chat.AuthorAgent, Kind: chat.KindText, At: asked, Status: chat.StatusQueued},
		} {
			desk.Say(id, m)
		}
		if i == 1 {
			desk.Say(id, chat.Message{Author: chat.AuthorAgent, Kind: chat.KindText, At: asked, Status: chat.StatusFailed})
			desk.Edit(id, func(c *chat.Conversation) { c.State = chat.StateResolved })
		}
	}
	got, err := count(t.Context(), seat{desk, desktest.Anna})
	if err != nil {
		t.Fatal(err)
	}
	want := Summary{MessagesIn: 2, Automatic: 2, Answers: 2, Customers: 2, Lost: 1, P50: 10, P99: 30}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("summary (-want +got):\n%s", diff)
	}

	var table strings.Builder
	if err := got.Print(&table); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(strings.Join(strings.Fields(table.String()), " "), "answers out 2 customers 2 found by the search 0 lost 1") {
		t.Errorf("table:\n%s", table.String())
	}
}

func TestWordOf(t *testing.T) {
	ours := chat.Message{Author: chat.AuthorAgent, Text: "Congratulations"}
	asked := chat.Message{Author: chat.AuthorCustomer, Text: "Где сапоги 38-го размера?"}
	if got := wordOf([]chat.Message{ours, asked}); got != "размера" {
		t.Errorf("the word is %q", got)
	}
	if got := wordOf([]chat.Message{ours}); got != "" {
		t.Errorf("of nothing is made %q", got)
	}
}

func TestLanguageOf(t *testing.T) {
	for text, want := range map[string]string{
		"Сколько стоит?": "ru", "Ainda não chegou": "pt", "Any news?": "en", "": "en", "ÇÃO": "pt",
	} {
		if got := languageOf(text); got != want {
			t.Errorf("%q is %s, want %s", text, got, want)
		}
	}
}
