package desktest

import (
	"testing"
	"time"

	"shopbell/core/chat"
	"shopbell/core/desk"
)

// Bench is a desk under Run, with the world around it. No customer has written
// yet, no automatic message is sent, and Meta has the templates of the sandbox.
type Bench struct {
	Desk desk.Service
	// Anna and Pedro may both answer.
	Anna, Pedro desk.Actor
	// Now is the desk's clock; Forward puts it ahead.
	Now     func() time.Time
	Forward func(time.Duration)
	// Write lets customer n write one text, now, and returns the conversation once
	// the desk shows it.
	Write func(t *testing.T, n int, text string) chat.ConversationID
	// Photo lets customer n send a photo, a JPEG, now, and returns its message once
	// the desk has it whole.
	Photo func(t *testing.T, n int, content []byte) chat.MessageID
	// Name is the name of customer n: "Customer" and a letter, A for 0.
	Name func(n int) string
	// Fate decides what becomes of messages sent from now on: chat.StatusRead,
	// StatusFailed or StatusUnknown. At first they are read.
	Fate func(t *testing.T, s chat.Status)
	// Await returns once a message has met its fate.
	Await func(t *testing.T, id chat.MessageID, s chat.Status)
}

// Run holds a desk against the contract of desk.Service, as far as a screen can
// see it. open makes a new one for each subtest and cleans up after itself.
func Run(t *testing.T, open func(t *testing.T) *Bench) {
	for _, part := range []struct {
		name string
		test func(*bench)
	}{
		{"a lock keeps others from answering", (*bench).lockKeepsOthersOut},
		{"a lock ends by itself unless it is renewed", (*bench).lockEnds},
		{"sending takes a free lock and clears the sender's draft", (*bench).sendTakesLock},
		{"sending what is not the draft leaves the draft", (*bench).sendKeepsDraft},
		{"the same token is the same message", (*bench).tokens},
		{"bad input is refused with its reason", (*bench).badInput},
		{"after the window only the customer can begin", (*bench).window},
		{"a failed message is sent again", (*bench).retry},
		{"a person settles what nobody knows", (*bench).settle},
		{"resolving can be undone", (*bench).resolve},
		{"a customer who writes again opens a resolved matter", (*bench).writesAgain},
		{"drafts belong to one person and one conversation", (*bench).drafts},
		{"a note is the team's, and changes nothing of the row", (*bench).notes},
		{"a note is taken back by its author, soon", (*bench).notesTakenBack},
		{"quick replies are the shop's", (*bench).quickReplies},
		{"an answer that is held back is taken back", (*bench).takenBack},
		{"what is taken back is the draft again, before what was typed since", (*bench).takenBackToDraft},
		{"a scheduled answer leaves at its moment", (*bench).scheduled},
		{"a scheduled answer asks once the customer wrote", (*bench).scheduledAsks},
		{"who waits while the window ends is listed by what is left", (*bench).closing},
		{"the list is in order, in pages of any size", (*bench).list},
		{"search finds the beginnings of words and parts of numbers", (*bench).search},
		{"what a person has in view is unread no more", (*bench).seeing},
		{"typing respects the lock, and takes none", (*bench).typing},
		{"receipts are on until they are switched off", (*bench).receipts},
		{"customers are asked for no rating until that is switched on", (*bench).ratings},
		{"everybody has a name, and may change it", (*bench).ownName},
		{"a chat is read in pages from its end", (*bench).chat},
		{"a file is taken for what it holds", (*bench).attaching},
		{"every kind of answer leaves", (*bench).answers},
		{"an answer that cannot leave is refused with its reason", (*bench).badAnswers},
		{"a template needs no window", (*bench).templates},
		{"the shop has one reaction on a message", (*bench).reactions},
		{"a customer's photo can be opened", (*bench).photos},
		{"rules are saved, and had back", (*bench).savingRules},
		{"rules that break a limit change nothing", (*bench).badRules},
		{"two people do not save over one another", (*bench).savingAtOnce},
		{"a message is tried on any rules", (*bench).tryingRules},
		{"rules are run over past chats", (*bench).benchingRules},
		{"chats of the phone are kept once, and erased", (*bench).keepingPast},
		{"chats of the phone that break a limit change nothing", (*bench).badPast},
		{"rules are run over the phone's chats, which are in no inbox", (*bench).benchingPast},
		{"what chats began with can be read", (*bench).firstQuestions},
		{"what was resolved with no person is counted", (*bench).answeredAlone},
		{"a rules file is looked at before it is saved", (*bench).readingRules},
		{"replies have the shop's pictures", (*bench).picturesOfRules},
		{"the shop keeps a profile of each customer", (*bench).profiles},
		{"customers have labels", (*bench).labelling},
		{"labels that two people change at once are all kept", (*bench).labellingAtOnce},
		{"orders are added and paid", (*bench).ordering},
		{"customers are listed in every order, in pages of any size", (*bench).customersList},
		{"a customer is added by their phone", (*bench).newCustomers},
		{"people of a file become customers, or what is known of them", (*bench).importing},
		{"customers are exported, whom a query finds or some", (*bench).exporting},
		{"of who is blocked nobody is told", (*bench).blocking},
		{"two customers become one, and two again", (*bench).merging},
		{"who looks like one person is proposed until somebody says no", (*bench).twins},
		{"what was said is found, and who said it", (*bench).finding},
		{"a search that makes no sense is refused with its reason", (*bench).badSearches},
		{"a chat is read around a message", (*bench).around},
		{"changes are told to whoever listens", (*bench).events},
		{"a sandbox has no keys to change", (*bench).noSetup},
		{"levels of articles are set and found", (*bench).levels},
		{"a stock file is looked at, chosen and read", (*bench).stockFile},
		{"a sandbox has no local API to switch on", (*bench).noLocal},
	} {
		t.Run(part.name, func(t *testing.T) { part.test(&bench{Bench: open(t), T: t}) })
	}
}

// bench is a Bench within one subtest.
type bench struct {
	*Bench
	*testing.T
}

// want checks the code of an error; "" is none.
func (b *bench) want(err error, code desk.Code, what string) {
	b.Helper()
	if got := desk.CodeOf(err); got != code {
		b.Errorf("%s: got %q (%v), want %q", what, got, err, code)
	}
}

func (b *bench) row(id chat.ConversationID) chat.Conversation {
	b.Helper()
	v, err := b.Desk.Conversation(b.Context(), b.Anna, id)
	b.want(err, "", "reading a row")
	return v
}

func (b *bench) send(who desk.Actor, id chat.ConversationID, text string) chat.MessageID {
	b.Helper()
	m, err := b.Desk.Send(b.Context(), who, id, desk.Answer{Text: text}, "")
	if err != nil {
		b.Fatalf("%s sends %q: %v", who.Name, text, err)
	}
	return m
}

// sent sends a message of Anna's that meets a fate.
func (b *bench) sent(id chat.ConversationID, fate chat.Status) chat.MessageID {
	b.Helper()
	b.Fate(b.T, fate)
	m := b.send(b.Anna, id, "yes")
	b.Await(b.T, m, fate)
	b.Fate(b.T, chat.StatusRead)
	return m
}

func (b *bench) lockKeepsOthersOut() {
	ctx := b.Context()
	id := b.Write(b.T, 0, "hello")
	if v, err := b.Desk.Take(ctx, b.Anna, id); err != nil || !v.Lock.HeldBy(int64(b.Anna.Agent), b.Now()) || v.Lock.HolderName != b.Anna.Name || v.Unread != 0 {
		b.Fatalf("Anna takes: %+v, %v", v, err)
	}
	failed := b.sent(id, chat.StatusFailed)
	v, err := b.Desk.Take(ctx, b.Pedro, id)
	b.want(err, desk.LockedByOther, "Pedro takes")
	if v.ID != id || v.Lock.Holder != int64(b.Anna.Agent) {
		b.Errorf("with the refusal came %+v, want the row with its holder", v)
	}
	_, err = b.Desk.Send(ctx, b.Pedro, id, desk.Answer{Text: "no"}, "")
	b.want(err, desk.LockedByOther, "Pedro sends")
	b.want(b.Desk.Retry(ctx, b.Pedro, failed), desk.LockedByOther, "Pedro sends again")
	b.want(b.Desk.Resolve(ctx, b.Pedro, id), desk.LockedByOther, "Pedro resolves")
	b.want(b.Desk.LetGo(ctx, b.Pedro, id), "", "Pedro lets go of what he does not hold")
	if !b.row(id).Lock.HeldBy(int64(b.Anna.Agent), b.Now()) {
		b.Error("Anna lost the lock")
	}
	b.want(b.Desk.LetGo(ctx, b.Anna, id), "", "Anna lets go")
	_, err = b.Desk.Take(ctx, b.Pedro, id)
	b.want(err, "", "Pedro takes what is free")
}

func (b *bench) lockEnds() {
	ctx := b.Context()
	id := b.Write(b.T, 0, "hello")
	_, err := b.Desk.Take(ctx, b.Anna, id)
	b.want(err, "", "Anna takes")
	b.Forward(chat.LockFor - time.Minute)
	b.send(b.Anna, id, "yes")
	b.Forward(2 * time.Minute)
	_, err = b.Desk.Take(ctx, b.Pedro, id)
	b.want(err, desk.LockedByOther, "Pedro takes before the renewed end")
	b.Forward(chat.LockFor)
	_, err = b.Desk.Take(ctx, b.Pedro, id)
	b.want(err, "", "Pedro takes after it")
}

func (b *bench) sendTakesLock() {
	ctx := b.Context()
	id := b.Write(b.T, 0, "hello")
	b.want(b.Desk.SaveDraft(ctx, b.Anna, id, "hers"), "", "Anna types")
	b.want(b.Desk.SaveDraft(ctx, b.Pedro, id, "his"), "", "Pedro types")
	m := b.send(b.Pedro, id, "  yes\n")
	b.Await(b.T, m, chat.StatusRead)
	v := b.row(id)
	if !v.Lock.HeldBy(int64(b.Pedro.Agent), b.Now()) || v.AssignedTo != int64(b.Pedro.Agent) || !v.WaitingSince.IsZero() || v.Unread != 0 {
		b.Errorf("after the answer the row is %+v", v)
	}
	if p := v.Preview; p.Text != "yes" || p.Author != chat.AuthorAgent || p.Status != chat.StatusRead {
		b.Errorf("the preview is %+v", p)
	}
	got, err := b.Desk.Message(ctx, b.Anna, m)
	if err != nil || got.Text != "yes" || got.AgentID != int64(b.Pedro.Agent) || got.Conversation != id {
		b.Errorf("the message is %+v, %v", got, err)
	}
	b.draft(b.Pedro, id, "")
	b.draft(b.Anna, id, "hers")
}

func (b *bench) sendKeepsDraft() {
	ctx := b.Context()
	id := b.Write(b.T, 0, "hello")
	b.want(b.Desk.SaveDraft(ctx, b.Anna, id, "half a sentence"), "", "Anna types")
	for what, at := range map[string]time.Time{"now": {}, "later": b.Now().Add(time.Hour)} {
		_, err := b.Desk.Send(ctx, b.Anna, id, desk.Answer{Text: "passed on", KeepDraft: true, At: at}, "")
		b.want(err, "", "Anna passes on what leaves "+what)
		b.draft(b.Anna, id, "half a sentence")
	}
}

func (b *bench) tokens() {
	ctx := b.Context()
	one, other := b.Write(b.T, 0, "hello"), b.Write(b.T, 1, "hello")
	send := func(id chat.ConversationID, token string) chat.MessageID {
		b.Helper()
		m, err := b.Desk.Send(ctx, b.Anna, id, desk.Answer{Text: "yes"}, token)
		b.want(err, "", "sending with the token "+token)
		return m
	}
	first := send(one, "a")
	if again := send(one, "a"); again != first {
		b.Errorf("the same token made message %d, want %d", again, first)
	}
	seen := map[chat.MessageID]bool{first: true}
	for _, m := range []chat.MessageID{send(one, "b"), send(other, "a"), send(one, ""), send(one, "")} {
		if seen[m] {
			b.Errorf("message %d was made twice", m)
		}
		seen[m] = true
	}
}

func (b *bench) window() {
	ctx := b.Context()
	id := b.Write(b.T, 0, "hello")
	failed := b.sent(id, chat.StatusFailed)
	b.Forward(chat.MetaWindow + time.Second)
	_, err := b.Desk.Send(ctx, b.Anna, id, desk.Answer{Text: "too late"}, "")
	b.want(err, desk.WindowClosed, "sending after 24 hours")
	b.want(b.Desk.Retry(ctx, b.Anna, failed), desk.WindowClosed, "sending again after 24 hours")
	if b.row(id).Lock.Held(b.Now()) {
		b.Error("what was refused took the lock")
	}
	b.Write(b.T, 0, "still there?")
	b.want(b.Desk.Retry(ctx, b.Anna, failed), "", "sending again after the customer wrote")
	b.Await(b.T, failed, chat.StatusRead)
}

func (b *bench) retry() {
	ctx := b.Context()
	id := b.Write(b.T, 0, "hello")
	since := b.row(id).WaitingSince
	m := b.sent(id, chat.StatusFailed)
	if got := b.row(id).WaitingSince; since.IsZero() || !got.Equal(since) {
		b.Errorf("waits since %v, want %v: nobody answered", got, since)
	}
	b.Forward(time.Second)
	b.want(b.Desk.Retry(ctx, b.Anna, m), "", "sending again")
	if got := b.row(id).WaitingSince; !got.IsZero() {
		b.Errorf("waits since %v", got)
	}
	b.Await(b.T, m, chat.StatusRead)
	b.want(b.Desk.Retry(ctx, b.Anna, m), desk.Conflict, "sending again what was read")
	b.want(b.Desk.Retry(ctx, b.Anna, m+1000), desk.NotFound, "sending again what is not there")
}

func (b *bench) settle() {
	ctx := b.Context()
	for n, left := range []bool{true, false} {
		id := b.Write(b.T, n, "hello")
		since := b.row(id).WaitingSince
		m := b.sent(id, chat.StatusUnknown)
		b.want(b.Desk.Retry(ctx, b.Anna, m), desk.Conflict, "sending again what may have left")
		b.want(b.Desk.Settle(ctx, b.Pedro, m, left), "", "settling")
		want, waits := chat.StatusFailed, since
		if left {
			want, waits = chat.StatusSent, time.Time{}
		}
		got, err := b.Desk.Message(ctx, b.Anna, m)
		if err != nil || got.Status != want {
			b.Errorf("it left: %t, and is %q (%v), want %q", left, got.Status, err, want)
		}
		if got := b.row(id).WaitingSince; !got.Equal(waits) {
			b.Errorf("it left: %t, and the customer waits since %v, want %v", left, got, waits)
		}
		b.want(b.Desk.Settle(ctx, b.Anna, m, left), desk.Conflict, "settling twice")
	}
}

func (b *bench) resolve() {
	ctx := b.Context()
	id := b.Write(b.T, 0, "hello")
	since := b.row(id).WaitingSince
	_, err := b.Desk.Take(ctx, b.Anna, id)
	b.want(err, "", "taking")
	b.want(b.Desk.Resolve(ctx, b.Anna, id), "", "resolving")
	b.want(b.Desk.Resolve(ctx, b.Pedro, id), "", "resolving twice")
	v := b.row(id)
	if v.State != chat.StateResolved || v.Lock.Held(b.Now()) || v.ResolvedAt.IsZero() || !v.WaitingSince.IsZero() || v.Unread != 0 {
		b.Errorf("the resolved row is %+v", v)
	}
	b.counts(desk.Counts{Resolved: 1})
	b.want(b.Desk.Reopen(ctx, b.Pedro, id), "", "reopening")
	b.want(b.Desk.Reopen(ctx, b.Pedro, id), "", "reopening twice")
	v = b.row(id)
	if v.State != chat.StateOpen || !v.ResolvedAt.IsZero() || !v.WaitingSince.Equal(since) {
		b.Errorf("the reopened row is %+v, want it to wait since %v", v, since)
	}
	b.counts(desk.Counts{Waiting: 1, All: 1})
	b.want(b.Desk.Resolve(ctx, b.Anna, id), "", "resolving again")
	b.send(b.Anna, id, "one more thing")
	if v := b.row(id); v.State != chat.StateOpen || !v.ResolvedAt.IsZero() {
		b.Errorf("an answer left the row %s", v.State)
	}
}

func (b *bench) writesAgain() {
	id := b.Write(b.T, 0, "hello")
	b.want(b.Desk.Resolve(b.Context(), b.Anna, id), "", "resolving")
	b.Forward(time.Minute)
	if again := b.Write(b.T, 0, "and"); again != id {
		b.Fatalf("the matter goes on in conversation %d, want %d", again, id)
	}
	if v := b.row(id); v.State != chat.StateOpen || !v.ResolvedAt.IsZero() || v.WaitingSince.IsZero() || v.Unread != 1 {
		b.Errorf("the row is %+v", v)
	}
}
