package outbox_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"shopbell/core/chat"
	"shopbell/core/cloudapi"
	"shopbell/core/outbox"
	"shopbell/core/store"
	"shopbell/core/store/storetest"
)

// These tests run on a real shop file and real HTTP. Time goes on by itself and
// is moved forward where a test would have to wait.

var _ outbox.Ledger = (*store.DB)(nil)
var _ outbox.Courier = (*cloudapi.Client)(nil)

// shop is a shop file with a Graph API and a Sender in between.
type shop struct {
	t       *testing.T
	db      *store.DB
	graph   *graph
	channel chat.Channel
	ahead   atomic.Int64  // of the clock
	news    chan struct{} // something changed
	sender  *outbox.Sender
	claimer atomic.Pointer[outbox.Sender]
	limits  outbox.Limits
}

func openShop(t *testing.T, l outbox.Limits) *shop {
	s := &shop{t: t, news: make(chan struct{}, 1), limits: l, graph: newGraph(t)}
	s.db = storetest.Open(t, store.Options{Now: s.now, Changed: func([]store.Change) { s.changed() }, Claim: func(rows []store.OutboxRow) store.Claim {
		if sender := s.claimer.Load(); sender != nil {
			return sender.Claim(rows)
		}
		return store.Claim{}
	}})
	storetest.Update(t, s.db, func(tx *store.Tx) (err error) {
		s.channel, err = tx.KnowChannel(chat.Channel{PhoneNumberID: "106540352242922", Name: "Shop"})
		return err
	})
	return s
}

func (s *shop) now() time.Time { return time.Now().Add(time.Duration(s.ahead.Load())) }

func (s *shop) pass(d time.Duration) { s.ahead.Add(int64(d)) }

func (s *shop) changed() {
	select {
	case s.news <- struct{}{}:
	default:
	}
}

// send starts a Sender; stop ends it, at the latest with the test.
func (s *shop) send() (stop func()) {
	s.t.Helper()
	client, err := cloudapi.NewClient(cloudapi.ClientOptions{BaseURL: s.graph.url, Token: "token"})
	if err != nil {
		s.t.Fatal(err)
	}
	s.sender, err = outbox.New(outbox.Options{
		Ledger: s.db, Courier: client, Now: s.now, Limits: s.limits, Changed: s.changed,
	})
	if err != nil {
		s.t.Fatal(err)
	}
	s.claimer.Store(s.sender)
	ctx, end := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.sender.Run(ctx) }()
	stop = sync.OnceFunc(func() {
		end()
		if err := <-done; err != nil {
			s.t.Error(err)
		}
		client.Close()
	})
	s.t.Cleanup(stop)
	return stop
}

// write stores messages to customers, all in one unit, and wakes the sender.
func (s *shop) write(ttl time.Duration, to ...string) (ids []chat.MessageID) {
	s.t.Helper()
	storetest.Update(s.t, s.db, func(tx *store.Tx) error {
		for _, phone := range to {
			id, err := addOutgoing(tx, s.channel.ID, phone, ttl)
			if err != nil {
				return err
			}
			ids = append(ids, id)
		}
		return nil
	})
	if s.sender != nil {
		s.sender.Wake()
	}
	return ids
}

// addOutgoing stores an automatic text whose words are its place among the
// messages.
func addOutgoing(tx *store.Tx, channel chat.ChannelID, phone string, ttl time.Duration) (chat.MessageID, error) {
	contact, _, err := tx.KnowContact(store.Person{Phone: phone})
	if err != nil {
		return 0, err
	}
	v, err := tx.TakeUp(channel, contact)
	if err != nil {
		return 0, err
	}
	o := store.Outgoing{SendBefore: tx.Now().Add(ttl), NewMessage: store.NewMessage{Channel: channel, Message: chat.Message{
		Conversation: v.ID, Contact: contact.ID, Author: chat.AuthorRule, Kind: chat.KindText, Text: "hello",
	}}}
	o.Encode = func(callback string) ([]byte, error) {
		return cloudapi.Outgoing{To: contact.Address, Text: fmt.Sprintf("%06d", o.ID), Opaque: callback}.Encode()
	}
	err = tx.AddOutgoing(&o)
	return o.ID, err
}

// until waits for cond, which is asked again whenever something changed.
func (s *shop) until(what string, cond func() bool) {
	s.t.Helper()
	limit := time.After(30 * time.Second)
	for !cond() {
		select {
		case <-s.news:
		case <-limit:
			s.t.Fatalf("no end of waiting until %s; state %+v", what, s.sender.State())
		}
	}
}

func (s *shop) status(id chat.MessageID) (m chat.Message) {
	s.t.Helper()
	storetest.View(s.t, s.db, func(r *store.Reader) (err error) {
		m, err = r.Message(id)
		return err
	})
	return m
}

func (s *shop) untilStatus(want chat.Status, ids ...chat.MessageID) {
	s.t.Helper()
	for _, id := range ids {
		s.until(fmt.Sprintf("message %d is %s", id, want), func() bool { return s.status(id).Status == want })
	}
}

func (s *shop) untilCondition(want outbox.Condition) {
	s.t.Helper()
	s.until("the channel is "+string(want), func() bool {
		c := s.sender.State().Channels
		return len(c) == 1 && c[0].Condition == want
	})
}

// graph is a Graph API that notes what arrives.
type graph struct {
	url  string
	addr string
	srv  *http.Server

	mu      sync.Mutex
	refuse  int                 // a Graph error code; 0: accept
	arrived map[string][]string // texts by recipient, accepted ones
}

func newGraph(t testing.TB) *graph {
	g := &graph{arrived: map[string][]string{}}
	l := httptest.NewUnstartedServer(nil).Listener
	g.addr = l.Addr().String()
	g.url = "http://" + g.addr
	g.serve(t, l)
	t.Cleanup(func() { g.down(t) })
	return g
}

func (g *graph) serve(t testing.TB, l net.Listener) {
	g.srv = &http.Server{Handler: g, ReadHeaderTimeout: time.Minute}
	srv := g.srv
	go func() {
		if err := srv.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			t.Error(err)
		}
	}()
}

// down closes the port and every connection.
func (g *graph) down(t testing.TB) {
	if err := g.srv.Close(); err != nil {
		t.Error(err)
	}
}

// up listens again at the same address.
func (g *graph) up(t testing.TB) {
	l, err := net.Listen("tcp", g.addr)
	if err != nil {
		t.Fatal(err)
	}
	g.serve(t, l)
}

func (g *graph) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	var m struct {
		To   string
		Text struct{ Body string }
	}
	if err != nil || json.Unmarshal(body, &m) != nil {
		http.Error(w, "bad body", http.StatusBadRequest)
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.refuse != 0 {
		w.WriteHeader(http.StatusBadRequest)
		fmt.Fprintf(w, `{"error":{"message":"refused","code":%d}}`, g.refuse)
		return
	}
	g.arrived[m.To] = append(g.arrived[m.To], m.Text.Body)
	fmt.Fprintf(w, `{"contacts":[{"wa_id":%q}],"messages":[{"id":"wamid.%s"}]}`, strings.TrimPrefix(m.To, "+"), m.Text.Body)
}

func (g *graph) refuseWith(code int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.refuse = code
}

// texts returns what arrived at a recipient, in order.
func (g *graph) texts(phone string) string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return strings.Join(g.arrived["+"+phone], " ")
}

// words are the texts that messages with these ids carry.
func words(ids ...chat.MessageID) string {
	var w []string
	for _, id := range ids {
		w = append(w, fmt.Sprintf("%06d", id))
	}
	return strings.Join(w, " ")
}

func phone(n int) string { return fmt.Sprintf("4477009%05d", n) }

func TestOnDisk(t *testing.T) {
	t.Run("every message leaves once, in order for its customer", func(t *testing.T) {
		s := openShop(t, outbox.Limits{})
		s.send()
		wrote := map[string][]chat.MessageID{}
		for round := range 5 {
			var to []string
			for n := range 20 {
				to = append(to, phone((n*7+round)%20))
			}
			for i, id := range s.write(time.Minute, to...) {
				wrote[to[i]] = append(wrote[to[i]], id)
			}
		}
		for to, ids := range wrote {
			s.untilStatus(chat.StatusSent, ids...)
			if got := s.graph.texts(to); got != words(ids...) {
				t.Errorf("%s got %s, want %s", to, got, words(ids...))
			}
			if m := s.status(ids[0]); m.WAMID != "wamid."+words(ids[0]) {
				t.Errorf("message %d has wamid %q", ids[0], m.WAMID)
			}
		}
	})
	t.Run("what a crash left in sending is unknown, and not sent", func(t *testing.T) {
		s := openShop(t, outbox.Limits{})
		ids := s.write(time.Minute, phone(1), phone(1))
		rows, err := s.db.OutboxReady(t.Context(), 0, 10)
		if err != nil || len(rows) != 2 {
			t.Fatalf("%d rows, %v", len(rows), err)
		}
		if _, err := s.db.OutboxClaim(t.Context(), []int64{rows[0].ID}); err != nil {
			t.Fatal(err)
		}
		s.send()
		s.untilStatus(chat.StatusUnknown, ids[0])
		s.untilStatus(chat.StatusSent, ids[1])
		if got := s.graph.texts(phone(1)); got != words(ids[1]) {
			t.Errorf("sent %s, want %s", got, words(ids[1]))
		}
	})
	t.Run("while Meta is away messages wait; late ones expire, the others leave once, in order", func(t *testing.T) {
		s := openShop(t, outbox.Limits{})
		s.graph.down(t)
		s.send()
		late := s.write(5*time.Minute, phone(1), phone(2))
		s.untilCondition(outbox.Offline)
		s.pass(6 * time.Minute)
		good := s.write(5*time.Minute, phone(1), phone(1), phone(3))
		s.untilStatus(chat.StatusExpired, late...)
		s.graph.up(t)
		s.sender.TryNow()
		s.untilStatus(chat.StatusSent, good...)
		s.untilCondition(outbox.OK)
		for to, want := range map[string]string{phone(1): words(good[0], good[1]), phone(2): "", phone(3): words(good[2])} {
			if got := s.graph.texts(to); got != want {
				t.Errorf("%s got %q, want %q", to, got, want)
			}
		}
	})
	t.Run("a refused key keeps messages until it is accepted", func(t *testing.T) {
		s := openShop(t, outbox.Limits{})
		s.graph.refuseWith(190)
		s.send()
		ids := s.write(time.Hour, phone(1), phone(2))
		s.untilCondition(outbox.Refused)
		if c := s.sender.State().Channels[0]; c.Code != 190 || c.Channel != s.channel.ID {
			t.Errorf("state is %+v", c)
		}
		s.graph.refuseWith(0)
		s.sender.TryNow()
		s.untilStatus(chat.StatusSent, ids...)
	})
	t.Run("a refused message fails with Meta's code and words", func(t *testing.T) {
		s := openShop(t, outbox.Limits{})
		s.graph.refuseWith(131047)
		s.send()
		id := s.write(time.Hour, phone(1))[0]
		s.untilStatus(chat.StatusFailed, id)
		if m := s.status(id); m.ErrorCode != 131047 || !strings.Contains(m.ErrorText, "refused") {
			t.Errorf("failed with %d %q", m.ErrorCode, m.ErrorText)
		}
	})
	t.Run("a restart does not give a new customer another five messages", func(t *testing.T) {
		s := openShop(t, outbox.DefaultLimits())
		stop := s.send()
		five := s.write(time.Hour, phone(1), phone(1), phone(1), phone(1), phone(1))
		s.untilStatus(chat.StatusSent, five...)
		stop()

		// Both are read at once, and the sixth is the older one: when the other has
		// gone, the sixth could have gone too.
		ids := s.write(time.Hour, phone(1), phone(2))
		s.send()
		s.untilStatus(chat.StatusSent, ids[1])
		if got := s.graph.texts(phone(1)); got != words(five...) {
			t.Errorf("got %s within a minute", got)
		}
		s.pass(time.Minute + time.Second)
		s.sender.TryNow()
		s.untilStatus(chat.StatusSent, ids[0])
	})
	t.Run("a closed file stops the sending and is said in the state", func(t *testing.T) {
		db, err := store.Open(t.Context(), t.TempDir()+"/shop.db", store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		s := &shop{t: t, db: db, graph: newGraph(t), news: make(chan struct{}, 1)}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		s.send()
		s.until("the state says so", func() bool { return s.sender.State().Ledger != nil })
	})
}
