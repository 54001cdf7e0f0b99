package host_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/host"
	"shopbell/core/sandbox"
	"shopbell/core/staff"
)

var emma = sandbox.Customer{Phone: "15550100771", Name: "Emma Clark", Language: "en"}

// eventually asks ok again after every event of the desk until it holds.
func eventually(t *testing.T, h *host.Host, what string, ok func() bool) {
	t.Helper()
	events := h.Subscribe(t.Context())
	late := time.After(2 * time.Minute)
	for !ok() {
		select {
		case <-events:
		case <-time.After(50 * time.Millisecond):
		case <-late:
			t.Fatalf("not within 2 min: %s", what)
		}
	}
}

// messages returns the only conversation's chat once it has n messages.
func messages(t *testing.T, h *host.Host, n int) desk.ChatPage {
	t.Helper()
	var page desk.ChatPage
	eventually(t, h, "the chat is complete", func() bool {
		list, err := h.List(t.Context(), h.Owner(), desk.ListQuery{Filter: desk.FilterAll})
		if err != nil {
			t.Fatal(err)
		}
		if len(list.Rows) == 0 {
			return false
		}
		page, err = h.Chat(t.Context(), h.Owner(), list.Rows[0].ID, 0, 0)
		if err != nil {
			t.Fatal(err)
		}
		return len(page.Messages) >= n
	})
	return page
}

func TestAMessageTravelsAllTheWayAndIsAnswered(t *testing.T) {
	h := openShop(t).Host
	who := h.Owner()

	// A customer writes for the first time: the greeting and the keyword answer.
	if _, err := h.Sandbox().Write(t.Context(), emma, "Hello, what is the delivery price?"); err != nil {
		t.Fatal(err)
	}
	eventually(t, h, "both automatic replies on the customer's phone", func() bool { return len(h.Sandbox().Inbox(emma)) == 2 })
	page := messages(t, h, 3)
	if m := page.Messages[0]; !m.Inbound() || m.Text != "Hello, what is the delivery price?" {
		t.Errorf("first message is %+v, want the customer's", m)
	}
	if m := page.Messages[1]; m.Author != chat.AuthorRule || m.RuleName == "" {
		t.Errorf("second message is %+v, want an automatic one with its rule's name", m)
	}

	// An agent answers.
	id := page.Conversation.ID
	v, err := h.Take(t.Context(), who, id)
	if err != nil || !v.Lock.HeldBy(int64(who.Agent), time.Now()) || v.Unread != 0 {
		t.Fatalf("Take: %+v, %v", v, err)
	}
	sent := len(h.Sandbox().Inbox(emma))
	m, err := h.Send(t.Context(), who, id, desk.Answer{Text: "It is 3 euros."}, "token-1")
	if err != nil {
		t.Fatal(err)
	}
	again, err := h.Send(t.Context(), who, id, desk.Answer{Text: "It is 3 euros."}, "token-1")
	if err != nil || again != m {
		t.Errorf("the same token made message %d, want %d (%v)", again, m, err)
	}
	eventually(t, h, "the answer is read", func() bool {
		got, err := h.Message(t.Context(), who, m)
		if err != nil {
			t.Fatal(err)
		}
		return got.Status == chat.StatusRead
	})
	inbox := h.Sandbox().Inbox(emma)
	if len(inbox) != sent+1 || inbox[sent].Text != "It is 3 euros." {
		t.Errorf("the customer's phone has %+v", inbox)
	}
	if v, err = h.Conversation(t.Context(), who, id); err != nil || !v.WaitingSince.IsZero() || v.Preview.Status != chat.StatusRead {
		t.Errorf("after the answer the row is %+v, %v", v, err)
	}
}

func TestResolvingCanBeUndone(t *testing.T) {
	h := openShop(t).Host
	who := h.Owner()
	if _, err := h.Sandbox().Write(t.Context(), emma, "zzz"); err != nil {
		t.Fatal(err)
	}
	page := messages(t, h, 1)
	id, since := page.Conversation.ID, page.Conversation.WaitingSince
	if err := h.Resolve(t.Context(), who, id); err != nil {
		t.Fatal(err)
	}
	if c, err := h.Counts(t.Context(), who); err != nil || c.Resolved != 1 || c.Waiting != 0 || c.All != 0 {
		t.Errorf("counts after resolving: %+v, %v", c, err)
	}
	if err := h.Reopen(t.Context(), who, id); err != nil {
		t.Fatal(err)
	}
	v, err := h.Conversation(t.Context(), who, id)
	if err != nil || v.State != chat.StateOpen || !v.WaitingSince.Equal(since) {
		t.Errorf("after the undo: %s waiting since %s, want open and %s (%v)", v.State, v.WaitingSince, since, err)
	}
}

func TestSearchFindsByNameAndNumber(t *testing.T) {
	h := openShop(t).Host
	people := []sandbox.Customer{emma, {Phone: "15550100772", Name: "Пётр Волков"}, {UserID: "PT.100200300", Name: "Inês", Username: "ines.c"}}
	for _, c := range people {
		if _, err := h.Sandbox().Write(t.Context(), c, "zzz"); err != nil {
			t.Fatal(err)
		}
	}
	eventually(t, h, "all three are there", func() bool {
		c, err := h.Counts(t.Context(), h.Owner())
		if err != nil {
			t.Fatal(err)
		}
		return c.All == 3
	})
	tests := []struct{ search, want string }{
		{"emma", "Emma Clark"}, {"CLA", "Emma Clark"}, {"петр", "Пётр Волков"}, {"волк пётр", "Пётр Волков"},
		{"100 772", "Пётр Волков"}, {"+1 (555) 010-0771", "Emma Clark"}, {"ines", "Inês"},
		{"lark", ""}, {"emma волков", ""}, {"%", "Emma Clark,Inês,Пётр Волков"},
	}
	for _, tt := range tests {
		t.Run(tt.search, func(t *testing.T) {
			page, err := h.List(t.Context(), h.Owner(), desk.ListQuery{Filter: desk.FilterAll, Search: tt.search})
			if err != nil {
				t.Fatal(err)
			}
			got := map[string]bool{}
			for _, v := range page.Rows {
				got[v.Contact.DisplayName()] = true
			}
			var names []string
			for _, c := range []string{"Emma Clark", "Inês", "Пётр Волков"} {
				if got[c] {
					names = append(names, c)
				}
			}
			if s := strings.Join(names, ","); s != tt.want {
				t.Errorf("found %q, want %q", s, tt.want)
			}
		})
	}
}

func TestEveryCallAsksForPermission(t *testing.T) {
	h := openShop(t).Host
	stranger := desk.Actor{Agent: 99, Role: staff.Administrator}
	liar := desk.Actor{Agent: h.Owner().Agent, Role: staff.Analyst}
	for name, who := range map[string]desk.Actor{"a stranger": stranger, "a wrong role": liar} {
		calls := map[string]error{}
		_, calls["List"] = h.List(t.Context(), who, desk.ListQuery{Filter: desk.FilterAll})
		_, calls["Counts"] = h.Counts(t.Context(), who)
		_, calls["Conversation"] = h.Conversation(t.Context(), who, 1)
		_, calls["Chat"] = h.Chat(t.Context(), who, 1, 0, 0)
		_, calls["Message"] = h.Message(t.Context(), who, 1)
		_, calls["Take"] = h.Take(t.Context(), who, 1)
		calls["LetGo"] = h.LetGo(t.Context(), who, 1)
		_, calls["Send"] = h.Send(t.Context(), who, 1, desk.Answer{Text: "x"}, "")
		calls["Retry"] = h.Retry(t.Context(), who, 1)
		calls["Settle"] = h.Settle(t.Context(), who, 1, true)
		calls["Resolve"] = h.Resolve(t.Context(), who, 1)
		calls["Reopen"] = h.Reopen(t.Context(), who, 1)
		_, calls["Draft"] = h.Draft(t.Context(), who, 1)
		calls["SaveDraft"] = h.SaveDraft(t.Context(), who, 1, "x")
		_, calls["Health"] = h.Health(t.Context(), who)
		calls["TryNow"] = h.TryNow(t.Context(), who)
		_, calls["Parked"] = h.Parked(t.Context(), who)
		calls["Replay"] = h.Replay(t.Context(), who, 1)
		_, calls["Connected"] = h.Connected(t.Context(), who)
		_, calls["CheckKeys"] = h.CheckKeys(t.Context(), who, desk.Keys{})
		_, calls["SaveKeys"] = h.SaveKeys(t.Context(), who, desk.Keys{})
		calls["ForgetKeys"] = h.ForgetKeys(t.Context(), who)
		calls["SetArrival"] = h.SetArrival(t.Context(), who, desk.Arrival{})
		_, calls["CheckArrival"] = h.CheckArrival(t.Context(), who)
		_, calls["SendTest"] = h.SendTest(t.Context(), who, "1", "x")
		for call, err := range calls {
			if desk.CodeOf(err) != desk.Forbidden {
				t.Errorf("%s calls %s: got %v, want forbidden", name, call, err)
			}
		}
	}
}

func TestBadInputIsRefusedWithItsReason(t *testing.T) {
	h := openShop(t).Host
	who := h.Owner()
	if _, err := h.Sandbox().Write(t.Context(), emma, "zzz"); err != nil {
		t.Fatal(err)
	}
	id := messages(t, h, 1).Conversation.ID
	_, errEmpty := h.Send(t.Context(), who, id, desk.Answer{Text: "  \n "}, "")
	_, errLong := h.Send(t.Context(), who, id, desk.Answer{Text: strings.Repeat("x", chat.MaxText+1)}, "")
	_, errNone := h.Send(t.Context(), who, id+100, desk.Answer{Text: "x"}, "")
	_, errFilter := h.List(t.Context(), who, desk.ListQuery{Filter: "odd"})
	_, errCursor := h.List(t.Context(), who, desk.ListQuery{Filter: desk.FilterAll, After: "x:y"})
	_, errSearch := h.List(t.Context(), who, desk.ListQuery{Filter: desk.FilterAll, Search: strings.Repeat("emma ", 11)})
	if _, err := h.List(t.Context(), who, desk.ListQuery{Filter: desk.FilterAll, Search: strings.Repeat("emma ", desk.MaxSearchWords)}); err != nil {
		t.Errorf("a search of as many words as may be: %v", err)
	}
	_, errLimit := h.List(t.Context(), who, desk.ListQuery{Filter: desk.FilterAll, Limit: 1000})
	for _, tt := range []struct {
		name string
		err  error
		want desk.Code
	}{
		{"an empty text", errEmpty, desk.Invalid},
		{"a text over the limit", errLong, desk.Invalid},
		{"no such conversation", errNone, desk.NotFound},
		{"no such filter", errFilter, desk.Invalid},
		{"a cursor of somebody else", errCursor, desk.Invalid},
		{"too large a page", errLimit, desk.Invalid},
		{"a search of too many words", errSearch, desk.Invalid},
		{"a draft of no conversation", h.SaveDraft(t.Context(), who, id+100, "x"), desk.NotFound},
		{"a retry of the customer's message", h.Retry(t.Context(), who, 1), desk.Conflict},
		{"settling what is not unknown", h.Settle(t.Context(), who, 1, true), desk.Conflict},
	} {
		if desk.CodeOf(tt.err) != tt.want {
			t.Errorf("%s: got %v, want %s", tt.name, tt.err, tt.want)
		}
	}
	if e, ok := errors.AsType[*desk.Error](errLong); !ok || e.Limit != chat.MaxText || e.Field != "text" {
		t.Errorf("the refusal of a long text names %+v", e)
	}
}

func TestADataFolderHasOneDesk(t *testing.T) {
	dir := t.TempDir()
	h, err := host.Open(t.Context(), host.Options{DataDir: dir})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := host.Open(t.Context(), host.Options{DataDir: dir}); !errors.Is(err, host.ErrInUse) {
		t.Errorf("got %v, want ErrInUse", err)
	}
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	if h, err = host.Open(t.Context(), host.Options{DataDir: dir}); err != nil {
		t.Fatalf("after the first was closed: %v", err)
	}
	if err := h.Close(); err != nil {
		t.Error(err)
	}
}

func TestImportedRulesTakeEffectInARunningDesk(t *testing.T) {
	dir := t.TempDir()
	h, err := host.Open(t.Context(), host.Options{DataDir: dir, Sandbox: true, NetworkDelay: -1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.Close() })
	file := `{"version": 1, "rules": [{"name": "Secret", "trigger": "keyword", "keywords": ["xyzzy"], "replies": [{"text": "plugh"}]}]}`
	n, _, err := host.ImportRules(t.Context(), dir+"/"+host.SandboxFolder, []byte(file), false, nil)
	if err != nil || n != 1 {
		t.Fatalf("import: %d, %v", n, err)
	}
	words := 0
	eventually(t, h, "the new rule answers", func() bool {
		words++
		c := sandbox.Customer{Phone: fmt.Sprintf("1555010%04d", words), Name: "Q"}
		if _, err := h.Sandbox().Write(t.Context(), c, "xyzzy"); err != nil {
			t.Fatal(err)
		}
		late := time.Now().Add(500 * time.Millisecond)
		for time.Now().Before(late) {
			if got := h.Sandbox().Inbox(c); len(got) > 0 {
				return got[len(got)-1].Text == "plugh"
			}
			time.Sleep(5 * time.Millisecond)
		}
		return false
	})
}
