package host_test

import (
	"testing"
	"time"

	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/sandbox"
)

// said is the wamid of the newest message of a customer's in a chat.
func (s *shop) said(id chat.ConversationID) (last chat.Message) {
	s.t.Helper()
	for _, m := range s.chat(id) {
		if m.Inbound() {
			last = m
		}
	}
	return last
}

// ticks waits until Emma's phone shows blue ticks down to a message.
func (s *shop) ticks(wamid string) {
	s.t.Helper()
	s.until("blue ticks", func() bool { seen, _ := s.Sandbox().Seen(emma); return seen == wamid })
}

// types waits until Emma's phone shows the shop typing.
func (s *shop) types() {
	s.t.Helper()
	s.until("the shop typing", func() bool { _, typing := s.Sandbox().Seen(emma); return typing })
}

// reads is how often Meta was told that Emma's messages were read, once nothing is
// on its way any more.
func (s *shop) reads() int {
	s.t.Helper()
	s.until("no receipt under way", func() bool { return s.Receipting() == 0 })
	return s.Sandbox().Stats().ReadByShop
}

func TestWhoOpensAChatToAnswerGivesBlueTicks(t *testing.T) {
	s := openShop(t, rulesFile())
	id := s.write("zzz")
	s.write("and")
	if seen, _ := s.Sandbox().Seen(emma); seen != "" {
		t.Fatalf("ticks stand on %s before anybody read it", seen)
	}
	s.chat(id) // reading takes no lock and tells nothing (T5)
	for range 3 {
		if _, err := s.Take(t.Context(), s.anna, id); err != nil {
			t.Fatal(err)
		}
	}
	s.ticks(s.said(id).WAMID)
	if n := s.reads(); n != 1 {
		t.Errorf("Meta was told %d times, want once", n)
	}
	_, err := s.Take(t.Context(), s.pedro, id)
	s.is(err, desk.LockedByOther, "Pedro takes")
}

func TestWhatComesIntoAChatInViewGetsBlueTicks(t *testing.T) {
	s := openShop(t, rulesFile())
	id := s.write("zzz")
	if _, err := s.Take(t.Context(), s.anna, id); err != nil {
		t.Fatal(err)
	}
	s.write("and")
	m := s.said(id)
	for range 3 {
		s.is(s.Seen(t.Context(), s.anna, id, m.ID), "", "Anna sees it")
	}
	s.ticks(m.WAMID)
	if n := s.reads(); n != 2 {
		t.Errorf("Meta was told %d times, want once for each message", n)
	}
	s.is(s.Seen(t.Context(), s.olga, id, m.ID), desk.Forbidden, "Olga sees it")
}

func TestWhoAnswersUnreadReadsIt(t *testing.T) {
	s := openShop(t, rulesFile())
	id := s.write("zzz")
	s.send(s.pedro, id, "yes")
	s.ticks(s.said(id).WAMID)
}

func TestAReactionAfterAMessageDoesNotHideWhatIsRead(t *testing.T) {
	s := openShop(t, rulesFile())
	id := s.write("zzz")
	m := s.said(id)
	s.receive(emma, sandbox.Text("and"))
	last := s.said(id)
	if _, err := s.Sandbox().Say(t.Context(), emma, sandbox.Reaction(m.WAMID, "👍")); err != nil {
		t.Fatal(err)
	}
	s.until("the reaction is there", func() bool { return len(s.find(m.WAMID).Reactions) == 1 })
	if _, err := s.Take(t.Context(), s.anna, id); err != nil {
		t.Fatal(err)
	}
	s.ticks(last.WAMID)
}

func TestACustomerSeesTheShopTyping(t *testing.T) {
	s := openShop(t, rulesFile())
	id := s.write("zzz")
	if _, err := s.Take(t.Context(), s.anna, id); err != nil {
		t.Fatal(err)
	}
	before := s.reads()
	for range 5 { // a key each
		s.is(s.Typing(t.Context(), s.anna, id), "", "Anna types")
	}
	s.types()
	if n := s.reads(); n != before+1 {
		t.Errorf("Meta was told %d times within a moment, want once", n-before)
	}
	s.forward(19 * time.Second)
	s.is(s.Typing(t.Context(), s.anna, id), "", "Anna types on")
	if n := s.reads(); n != before+1 {
		t.Errorf("Meta was told %d times within 20 s, want once", n-before)
	}
	s.forward(2 * time.Second)
	s.is(s.Typing(t.Context(), s.anna, id), "", "Anna types on")
	if n := s.reads(); n != before+2 {
		t.Errorf("Meta was told %d times in 21 s, want twice", n-before)
	}
	s.becomes(s.send(s.anna, id, "yes"), chat.StatusRead)
	if _, typing := s.Sandbox().Seen(emma); typing {
		t.Error("the shop types after it has answered")
	}
	s.forward(time.Second)
	s.is(s.Typing(t.Context(), s.anna, id), "", "Anna types more")
	s.types()
	s.is(s.Typing(t.Context(), s.olga, id), desk.Forbidden, "Olga types")
}

func TestWhatMetaWouldNotTakeIsNotTold(t *testing.T) {
	s := openShop(t, rulesFile())
	id := s.write("zzz")
	s.forward(25 * time.Hour)
	s.is(s.Typing(t.Context(), s.anna, id), "", "typing after the window")
	s.forward(30 * 24 * time.Hour)
	if v, err := s.Take(t.Context(), s.anna, id); err != nil || v.Unread != 0 {
		t.Fatalf("taking after a month: %+v, %v", v, err)
	}
	if n := s.reads(); n != 0 || s.health().State != desk.ConnectionOK {
		t.Errorf("Meta was told %d times, and the connection is %s", n, s.health().State)
	}
}

func TestAShopMayReadUnseen(t *testing.T) {
	s := openShop(t, rulesFile())
	s.is(s.SetReceipts(t.Context(), s.pedro, false), desk.Forbidden, "Pedro switches")
	s.is(s.SetReceipts(t.Context(), s.anna, false), "", "Anna switches off")
	id := s.write("zzz")
	if v, err := s.Take(t.Context(), s.anna, id); err != nil || v.Unread != 0 {
		t.Fatalf("Anna takes: %+v, %v", v, err)
	}
	s.is(s.Typing(t.Context(), s.anna, id), "", "Anna types")
	if n := s.reads(); n != 0 {
		t.Errorf("Meta was told %d times", n)
	}
	s.is(s.SetReceipts(t.Context(), s.anna, true), "", "Anna switches on")
	s.is(s.Typing(t.Context(), s.anna, id), "", "Anna types on")
	s.types()
}

func TestAReceiptThatCannotLeaveIsGivenUp(t *testing.T) {
	s := openShop(t, rulesFile())
	id := s.write("zzz")
	s.faults(sandbox.Faults{Down: true})
	if _, err := s.Take(t.Context(), s.anna, id); err != nil {
		t.Fatal(err)
	}
	if n := s.reads(); n != 0 || s.health().State != desk.ConnectionOK {
		t.Errorf("Meta was told %d times, and the connection is %s", n, s.health().State)
	}
	m := s.send(s.anna, id, "yes") // the outbox is the one to notice
	s.until("the network is away", func() bool { return s.health().State == desk.ConnectionOffline })
	s.is(s.Typing(t.Context(), s.anna, id), "", "typing without a network")
	s.faults(sandbox.Faults{})
	s.is(s.TryNow(t.Context(), s.anna), "", "trying now")
	s.becomes(m, chat.StatusRead)
}

func TestReceiptsWaitForNobodyAndNobodyForThem(t *testing.T) {
	s := openShop(t, rulesFile())
	id := s.write("zzz")
	s.faults(sandbox.Faults{Latency: time.Hour})
	if _, err := s.Take(t.Context(), s.anna, id); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		s.write("and")
		s.is(s.Seen(t.Context(), s.anna, id, s.said(id).ID), "", "Anna sees it")
	}
	if n := s.Receipting(); n != 1 {
		t.Errorf("%d receipts are under way in one conversation", n)
	}
	if err := s.Close(); err != nil { // it would take an hour
		t.Error(err)
	}
}

func TestAKeyRefusedForAReceiptIsKnownAsRefused(t *testing.T) {
	s := openShop(t, rulesFile())
	id := s.write("zzz")
	s.faults(sandbox.Faults{Receipts: sandbox.Refusal{Often: sandbox.Often{Next: 1}, Code: 190}})
	if _, err := s.Take(t.Context(), s.anna, id); err != nil {
		t.Fatal(err)
	}
	s.until("the key is refused", func() bool {
		h := s.health()
		return h.State == desk.ConnectionRefused && h.Code == 190
	})
}
