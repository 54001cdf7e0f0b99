package sandbox

import (
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"shopbell/core/chat"
	"shopbell/core/cloudapi"
)

func TestGraphKeepsMetasRules(t *testing.T) {
	w := open(t)
	w.write(t, ann, "Hello")
	send := func(token, path, body string) int {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, w.GraphURL()+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Authorization", "Bearer "+token)
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		raw, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		if resp.StatusCode == http.StatusOK {
			return 0
		}
		_, after, _ := strings.Cut(string(raw), `"code":`)
		n := 0
		for _, digit := range after {
			if digit < '0' || digit > '9' {
				break
			}
			n = n*10 + int(digit-'0')
		}
		return n
	}
	const path = "/v25.0/106540352242922/messages"
	message := func(rest string) string { return `{"messaging_product":"whatsapp",` + rest + `}` }
	text := func(body string) string {
		return message(`"to":"+447700900199","type":"text","text":{"body":"` + body + `"}`)
	}
	menu := func(body, buttons string) string {
		return message(`"to":"+447700900199","type":"interactive","interactive":{"type":"button","body":{"text":"` + body + `"},"action":{"buttons":[` + buttons + `]}}`)
	}
	button := func(id, title string) string {
		return `{"type":"reply","reply":{"id":"` + id + `","title":"` + title + `"}}`
	}
	tests := []struct {
		name, token, path, body string
		code                    int
	}{
		{"text to a customer", "token", path, text("hi"), 0},
		{"4096 letters", "token", path, text(strings.Repeat("я", 4096)), 0},
		{"buttons", "token", path, menu("hi", button("a", "A")+","+button("b", "B")+","+button("c", "C")), 0},
		{"a wrong token", "tokem", path, text("hi"), 190},
		{"another shop's number", "token", "/v25.0/999/messages", text("hi"), 100},
		{"a path nobody knows", "token", "/v25.0/106540352242922/calls", text("hi"), 100},
		{"no JSON", "token", path, `{`, 100},
		{"no product", "token", path, `{"to":"+447700900199","type":"text","text":{"body":"hi"}}`, 100},
		{"nobody to send to", "token", path, message(`"type":"text","text":{"body":"hi"}`), 131008},
		{"a phone with letters in between", "token", path, message(`"to":"+44 7700","type":"text","text":{"body":"hi"}`), 131009},
		{"a phone as recipient", "token", path, message(`"recipient":"447700900199","type":"text","text":{"body":"hi"}`), 131009},
		{"a stranger", "token", path, message(`"to":"+15550000000","type":"text","text":{"body":"hi"}`), 131030},
		{"4097 letters", "token", path, text(strings.Repeat("я", 4097)), 131009},
		{"an empty text", "token", path, text(" "), 131008},
		{"1025 letters above buttons", "token", path, menu(strings.Repeat("я", 1025), button("a", "A")), 131009},
		{"no button", "token", path, menu("hi", ""), 131009},
		{"four buttons", "token", path, menu("hi", button("a", "A")+","+button("b", "B")+","+button("c", "C")+","+button("d", "D")), 131009},
		{"a title of 21", "token", path, menu("hi", button("a", strings.Repeat("я", 21))), 131009},
		{"a title twice", "token", path, menu("hi", button("a", "A")+","+button("b", "A")), 131009},
		{"an id with a space at its end", "token", path, menu("hi", button("a ", "A")), 131009},
		{"an opaque string of 513", "token", path, message(`"to":"+447700900199","type":"text","text":{"body":"hi"},"biz_opaque_callback_data":"` + strings.Repeat("o", 513) + `"`), 131009},
		{"a kind nobody knows", "token", path, message(`"to":"+447700900199","type":"poll","poll":{}`), 131051},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := send(tt.token, tt.path, tt.body); got != tt.code {
				t.Errorf("code %d, want %d", got, tt.code)
			}
		})
	}
	t.Run("a user id in to is taken and reaches nobody", func(t *testing.T) {
		before := len(w.Inbox(ann))
		if got := send("token", path, message(`"to":"GB.1","type":"text","text":{"body":"hi"}`)); got != 0 {
			t.Errorf("code %d", got)
		}
		w.settle(t)
		if n := len(w.Inbox(ann)); n != before || w.Stats().LostReplies != 1 {
			t.Errorf("inbox grew by %d, stats %+v", n-before, w.Stats())
		}
	})
}

// What the desk may encode the Graph API takes, and reads as it was meant.
func TestWhatEncodesIsTaken(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := cloudapi.Outgoing{
			To:      chat.Address{Kind: chat.AliasPhone, Value: rapid.StringMatching(`[0-9]{1,15}`).Draw(t, "phone")},
			Text:    rapid.String().Draw(t, "text"),
			Opaque:  rapid.String().Draw(t, "opaque"),
			ReplyTo: rapid.StringMatching(`(wamid\.[a-z]+)?`).Draw(t, "reply"),
		}
		if rapid.Bool().Draw(t, "hidden") {
			o.To = chat.Address{Kind: chat.AliasUser, Value: rapid.StringMatching(`[A-Z]{2}\.(ENT\.)?[0-9A-Za-z]{1,128}`).Draw(t, "user")}
		}
		for range rapid.IntRange(0, 4).Draw(t, "buttons") {
			o.Buttons = append(o.Buttons, chat.Button{ID: rapid.StringN(0, 3, -1).Draw(t, "id"), Title: rapid.StringN(0, 21, -1).Draw(t, "title")})
		}
		body, err := o.Encode()
		if err != nil {
			return
		}
		got, bad := readOrder(body)
		if bad != nil {
			t.Fatalf("refused %s: %+v", body, bad)
		}
		if got.text != o.Text || got.opaque != o.Opaque || got.replyTo != o.ReplyTo || got.byUser != (o.To.Kind == chat.AliasUser) ||
			got.misplaced || strings.TrimPrefix(got.to, "+") != o.To.Value || !slices.Equal(got.menu.buttons, o.Buttons) {
			t.Fatalf("read %+v, meant %+v", got, o)
		}
	})
}

func TestLatenciesAreThoseOfTheLastReplies(t *testing.T) {
	var s Sandbox
	for i := range sampleSize + 100 {
		took := time.Duration(i) * time.Millisecond
		if i < 100 {
			took = time.Hour // pushed out by the last hundred
		}
		s.stats.reply(took)
	}
	st := s.Stats()
	if st.Replies != sampleSize+100 || st.ReplyP50 != 2147*time.Millisecond || st.ReplyP99 != 4154*time.Millisecond {
		t.Errorf("stats = %+v", st)
	}
}

func TestWindow(t *testing.T) {
	w := open(t)
	w.write(t, ann, "Hello")
	w.clock.move(24*time.Hour - time.Second)
	if _, err := w.answer(t, ann, "in time"); err != nil {
		t.Error(err)
	}
	w.clock.move(time.Second)
	if _, err := w.answer(t, ann, "too late"); cloudapi.ClassOf(err) != cloudapi.ClassTemplateNeeded {
		t.Errorf("error = %v", err)
	}
	w.write(t, ann, "Still there?")
	if _, err := w.answer(t, ann, "yes"); err != nil {
		t.Error(err)
	}
}

func TestPairLimit(t *testing.T) {
	w := open(t)
	w.write(t, ann, "Hello")
	w.write(t, bob, "Hello")
	for i := range pairBurst {
		if _, err := w.answer(t, ann, "x"); err != nil {
			t.Fatalf("message %d: %v", i, err)
		}
	}
	if _, err := w.answer(t, ann, "x"); cloudapi.ClassOf(err) != cloudapi.ClassPair {
		t.Errorf("error = %v", err)
	}
	if _, err := w.answer(t, bob, "x"); err != nil {
		t.Errorf("another customer: %v", err)
	}
	w.clock.move(pairEvery)
	if _, err := w.answer(t, ann, "x"); err != nil {
		t.Errorf("6 s later: %v", err)
	}
}
