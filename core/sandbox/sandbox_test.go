package sandbox

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"shopbell/core/chat"
	"shopbell/core/cloudapi"
	"shopbell/core/desk"
)

var (
	ann  = Customer{Phone: "447700900199", UserID: "GB.1", Name: "Ann", Language: "en"}
	bob  = Customer{UserID: "US.2", Name: "Bob", Username: "bob", Language: "en"}
	keys = Options{AppSecret: "secret", Token: "token", PhoneNumberID: "106540352242922", WABAID: "1020304050", DisplayPhone: "15550783881", Delay: -1}
)

// clock is a time that stands until it is moved.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// shop is a desk's webhook: it verifies, parses and keeps what it is told.
type shop struct {
	mu     sync.Mutex
	items  []cloudapi.Item
	refuse int                 // the next refuse webhooks are answered with 503
	told   func(cloudapi.Item) // may be nil
}

func (s *shop) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil || !cloudapi.Verify(keys.AppSecret, body, r.Header.Get(cloudapi.SignatureHeader)) {
		http.Error(w, "bad signature", http.StatusUnauthorized)
		return
	}
	items, err := cloudapi.Parse(body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.refuse > 0 {
		s.refuse--
		http.Error(w, "full", http.StatusServiceUnavailable)
		return
	}
	s.items = append(s.items, items...)
	if s.told != nil {
		for _, it := range items {
			s.told(it)
		}
	}
}

func (s *shop) refuseNext(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refuse = n
}

func (s *shop) all() []cloudapi.Item {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]cloudapi.Item(nil), s.items...)
}

// statuses lists what was reported of wamid, in order.
func (s *shop) statuses(wamid string) (out []cloudapi.StatusReport) {
	for _, it := range s.all() {
		if it.Status != nil && it.Status.WAMID == wamid {
			out = append(out, *it.Status)
		}
	}
	return out
}

// world is a sandbox, a desk's webhook and a desk's client of the Graph API.
type world struct {
	*Sandbox
	shop   *shop
	clock  *clock
	client *cloudapi.Client
}

func open(t *testing.T) world {
	t.Helper()
	w := world{shop: &shop{}, clock: &clock{now: time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)}}
	srv := httptest.NewServer(w.shop)
	t.Cleanup(srv.Close)
	o := keys
	o.Now = w.clock.Now
	o.WebhookURL = srv.URL
	var err error
	if w.Sandbox, err = Open(o); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	})
	w.client, err = cloudapi.NewClient(cloudapi.ClientOptions{BaseURL: w.GraphURL(), Token: desk.Secret(keys.Token)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.client.Close)
	return w
}

func (w world) write(t *testing.T, c Customer, text string) string {
	t.Helper()
	wamid, err := w.Write(t.Context(), c, text)
	if err != nil {
		t.Fatal(err)
	}
	return wamid
}

// answer sends text to c as the desk would.
func (w world) answer(t *testing.T, c Customer, text string, buttons ...chat.Button) (cloudapi.Accepted, error) {
	t.Helper()
	to := chat.Address{Kind: chat.AliasPhone, Value: c.Phone}
	if c.Phone == "" {
		to = chat.Address{Kind: chat.AliasUser, Value: c.UserID}
	}
	body, err := cloudapi.Outgoing{To: to, Text: text, Buttons: buttons, Opaque: "row 7"}.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return w.client.Send(t.Context(), keys.PhoneNumberID, body)
}

func (w world) settle(t *testing.T) {
	t.Helper()
	if err := w.Idle(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// code is Meta's code of err, -1 where there is none.
func code(err error) int {
	if e, ok := errors.AsType[*cloudapi.Error](err); ok {
		return e.Code
	}
	return -1
}

func TestCustomersReachTheDesk(t *testing.T) {
	w := open(t)
	first := w.write(t, ann, "Hello 👋")
	second := w.write(t, bob, "Hi")
	press, err := w.Press(t.Context(), ann, "b1", "Delivery", "wamid.ours")
	if err != nil {
		t.Fatal(err)
	}
	items := w.shop.all()
	if len(items) != 3 {
		t.Fatalf("%d items", len(items))
	}
	want := []cloudapi.Message{
		{ID: first, Type: "text", Text: "Hello 👋", From: cloudapi.Party{Phone: ann.Phone, UserID: ann.UserID, Name: "Ann"}},
		{ID: second, Type: "text", Text: "Hi", From: cloudapi.Party{UserID: bob.UserID, Name: "Bob", Username: "bob"}},
		{ID: press, Type: "interactive", ReplyTo: "wamid.ours", From: cloudapi.Party{Phone: ann.Phone, UserID: ann.UserID, Name: "Ann"}},
	}
	for i, it := range items {
		m := it.Message
		if m == nil {
			t.Fatalf("item %d = %+v", i, it)
		}
		if m.ID != want[i].ID || m.Type != want[i].Type || m.Text != want[i].Text || m.From != want[i].From || m.ReplyTo != want[i].ReplyTo {
			t.Errorf("message %d = %+v", i, m)
		}
		if !m.At.Equal(w.clock.Now()) || it.Channel.PhoneNumberID != keys.PhoneNumberID || it.Channel.WABAID != keys.WABAID {
			t.Errorf("message %d at %v on %+v", i, m.At, it.Channel)
		}
	}
	if b := items[2].Message.Button; b == nil || b.ID != "b1" || b.Title != "Delivery" {
		t.Errorf("button = %+v", b)
	}
	if first == second || second == press {
		t.Error("two messages have one id")
	}
}

func TestAnswersReachTheCustomer(t *testing.T) {
	for _, c := range []Customer{ann, bob} {
		t.Run(c.Name, func(t *testing.T) {
			w := open(t)
			w.write(t, c, "Hello")
			w.clock.move(300 * time.Millisecond)
			got, err := w.answer(t, c, "Good morning", chat.Button{ID: "b1", Title: "Delivery"})
			if err != nil {
				t.Fatal(err)
			}
			if got.WaID != c.Phone || c.Phone == "" && got.UserID != c.UserID {
				t.Errorf("accepted = %+v", got)
			}
			w.settle(t)
			inbox := w.Inbox(c)
			if len(inbox) != 1 || inbox[0].WAMID != got.WAMID || inbox[0].Text != "Good morning" || inbox[0].Opaque != "row 7" ||
				len(inbox[0].Buttons) != 1 || inbox[0].Buttons[0] != (chat.Button{ID: "b1", Title: "Delivery"}) {
				t.Errorf("inbox = %+v", inbox)
			}
			reports := w.shop.statuses(got.WAMID)
			ladder := chat.StatusQueued
			priced := 0
			for _, r := range reports {
				next, climbed := ladder.Climb(r.Status)
				if !climbed {
					t.Errorf("%s after %s", r.Status, ladder)
				}
				ladder = next
				if r.Opaque != "row 7" || r.To.Phone != c.Phone || r.To.UserID != c.UserID {
					t.Errorf("status = %+v", r)
				}
				if r.Pricing != nil {
					priced++
				}
			}
			if ladder != chat.StatusRead && ladder != chat.StatusDelivered || priced != 1 {
				t.Errorf("statuses end with %s, %d prices", ladder, priced)
			}
			st := w.Stats()
			if st.Written != 1 || st.Accepted != 1 || st.Delivered != 1 || st.Replies != 1 || st.ReplyP99 != 300*time.Millisecond {
				t.Errorf("stats = %+v", st)
			}
		})
	}
}

func TestPlanOfStatuses(t *testing.T) {
	seen := map[string]bool{}
	for n := range uint64(200) {
		var words []string
		priced := 0
		for _, st := range plan(accepted{number: n}) {
			words = append(words, st.status)
			if st.priced {
				priced++
			}
		}
		if words[0] != "sent" || len(words) < 2 || priced != 1 {
			t.Errorf("message %d: %v, %d prices", n, words, priced)
		}
		seen[strings.Join(words, " ")] = true
	}
	for _, way := range []string{"sent delivered read", "sent read", "sent delivered"} {
		if !seen[way] {
			t.Errorf("no message goes %q", way)
		}
	}
	if steps := plan(accepted{number: 1, voice: true}); steps[len(steps)-1].status != "played" {
		t.Errorf("a voice note goes %+v", steps)
	}
}

func TestNobodyElsesMessagesDecideWhatACustomerReads(t *testing.T) {
	w := open(t)
	for n := range 20 {
		c := Customer{Phone: fmt.Sprintf("4477009001%02d", n), Name: "Ann"}
		if err := w.Meet(c); err != nil {
			t.Fatal(err)
		}
		got, err := w.answer(t, c, "Good morning")
		if err != nil {
			t.Fatal(err)
		}
		w.settle(t)
		reports := w.shop.statuses(got.WAMID)
		if last := reports[len(reports)-1]; last.Status != chat.StatusRead {
			t.Errorf("the first message to customer %d ends as %s", n, last.Status)
		}
	}
}

func TestNumberCanBeAsked(t *testing.T) {
	w := open(t)
	n, err := w.client.Phone(t.Context(), keys.PhoneNumberID)
	if err != nil || n.DisplayPhone != keys.DisplayPhone {
		t.Errorf("number = %+v, %v", n, err)
	}
}

func TestOpenRefuses(t *testing.T) {
	now := (&clock{}).Now
	for name, o := range map[string]Options{
		"no clock":              keys,
		"no secret":             {Token: "t", PhoneNumberID: "1", WABAID: "1", Now: now},
		"no token":              {AppSecret: "s", PhoneNumberID: "1", WABAID: "1", Now: now},
		"a number that is none": {AppSecret: "s", Token: "t", PhoneNumberID: "x", WABAID: "1", Now: now},
	} {
		if s, err := Open(o); err == nil {
			t.Errorf("%s: opened, then %v", name, s.Close())
		}
	}
}

func TestWriteWithoutAWebhookSaysSo(t *testing.T) {
	o := keys
	o.Now = (&clock{}).Now
	s, err := Open(o)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Write(t.Context(), ann, "hi"); err == nil || !strings.Contains(err.Error(), "Deliver") {
		t.Errorf("error = %v", err)
	}
	if _, err := s.Write(t.Context(), Customer{Name: "nobody"}, "hi"); err == nil {
		t.Error("somebody without an address wrote")
	}
	if err := s.Run(context.Background(), time.Second); err == nil {
		t.Error("Run went on with nobody listening")
	}
}

func TestNobodyWaitsForADeskThatIsAway(t *testing.T) {
	w := open(t)
	w.write(t, ann, "Hello")
	w.shop.refuseNext(1 << 30)
	if _, err := w.answer(t, ann, "x"); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := w.Idle(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("Idle = %v", err)
	}
	if err := w.Close(); err != nil { // statuses are still due
		t.Error(err)
	}
	if err := w.Idle(t.Context()); err != nil {
		t.Errorf("Idle after Close = %v", err)
	}
}

func TestStatusesKeepTheirOrderOverTime(t *testing.T) {
	w := open(t)
	w.o.Delay = 5 * time.Millisecond
	w.write(t, ann, "Hello")
	for range 20 {
		got, err := w.answer(t, ann, "x")
		if err != nil {
			t.Fatal(err)
		}
		w.settle(t)
		ladder := chat.StatusQueued
		for _, r := range w.shop.statuses(got.WAMID) {
			next, climbed := ladder.Climb(r.Status)
			if !climbed {
				t.Errorf("%s after %s", r.Status, ladder)
			}
			ladder = next
		}
		if ladder == chat.StatusQueued {
			t.Error("no status")
		}
	}
}

func TestInboxOfAStrangerIsEmpty(t *testing.T) {
	w := open(t)
	if inbox := w.Inbox(Customer{Phone: "12025550199"}); inbox != nil {
		t.Errorf("inbox = %+v", inbox)
	}
}

func TestCloseTwice(t *testing.T) {
	w := open(t)
	if err := w.Close(); err != nil {
		t.Error(err)
	}
	if err := w.Close(); err != nil {
		t.Error(err)
	}
	if err := w.SetFaults(Faults{Down: true}); err == nil {
		t.Error("a closed sandbox takes faults")
	}
}
