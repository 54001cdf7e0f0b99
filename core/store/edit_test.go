package store_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"shopbell/core/chat"
	"shopbell/core/store"
	"shopbell/core/store/storetest"
)

// life is what is reported of a message that was reacted to, changed twice, and
// taken back, a second between any two. Ids begin with its name.
func life(d *desk, c chat.Contact, name string) []func() {
	target := name + ".m"
	at := func(seconds int) time.Time { return opening.Add(time.Duration(seconds) * time.Second) }
	edit := func(id, text string, seconds int) func() {
		return func() {
			d.update(func(tx *store.Tx) error { return tx.AddEdit(target, name+id, text, at(seconds)) })
		}
	}
	message := func(id string, m chat.Message) func() {
		return func() {
			m.WAMID = name + id
			if !d.known(m.WAMID) { // as intake asks
				d.receive(c, store.NewMessage{Message: m})
			}
		}
	}
	reaction := func(id, emoji string, seconds int) func() {
		return message(id, chat.Message{Kind: chat.KindReaction, Text: emoji, ReplyTo: target, At: at(seconds)})
	}
	return []func(){
		message(".m", chat.Message{Kind: chat.KindText, Text: "first", At: at(0)}),
		edit(".e1", "second", 1), edit(".e2", "third", 2),
		reaction(".r1", "👍", 1), reaction(".r2", "", 2), reaction(".r3", "❤️", 3),
		func() { d.update(func(tx *store.Tx) error { return tx.AddRevoke(target, name+".v", at(4)) }) },
	}
}

func (d *desk) known(wamid string) (known bool) {
	d.t.Helper()
	d.view(func(r *store.Reader) error { _, err := r.MessageByWAMID(wamid); known = err == nil; return nil })
	return known
}

func TestInWhateverOrderAndHoweverOftenThingsComeAMessageEndsTheSame(t *testing.T) {
	want := chat.Message{
		Kind: chat.KindText, Text: "third", EditedAt: opening.Add(2 * time.Second), RevokedAt: opening.Add(4 * time.Second),
		Edits:     []chat.Edit{{Text: "first", At: opening.Add(time.Second)}, {Text: "second", At: opening.Add(2 * time.Second)}},
		Reactions: []chat.Reaction{{Emoji: "❤️", Author: chat.AuthorCustomer, At: opening.Add(3 * time.Second)}},
	}
	d := newDesk(t)
	rapid.Check(t, func(rt *rapid.T) {
		d.t = rt
		defer func() { d.t = t }()
		c := d.customer()
		events := life(d, c, fmt.Sprintf("wamid.%d", c.ID))
		order := rapid.Permutation(events).Draw(rt, "order")
		order = append(order, rapid.SliceOfN(rapid.SampledFrom(events), 0, 5).Draw(rt, "again")...)
		for _, report := range order {
			report()
		}
		list := d.chat(c)
		if len(list) != 1 {
			rt.Fatalf("the chat shows %d messages, want 1", len(list))
		}
		m := list[0]
		got := chat.Message{Kind: m.Kind, Text: m.Text, EditedAt: m.EditedAt, RevokedAt: m.RevokedAt, Edits: m.Edits, Reactions: m.Reactions}
		if diff := cmp.Diff(want, got); diff != "" {
			rt.Fatalf("(-want +got):\n%s", diff)
		}
		if p := d.conversation(m.Conversation).Preview; p.Kind != chat.KindRevoked || p.Text != "" {
			rt.Fatalf("the row shows %+v of what was taken back", p)
		}
	})
}

func TestTheListShowsWhatAMessageSaysSinceItWasChanged(t *testing.T) {
	d := newDesk(t)
	m := d.write(d.customer(), 0)
	d.update(func(tx *store.Tx) error { return tx.AddEdit(m.WAMID, "wamid.e", "changed", d.now) })
	if p := d.conversation(m.Conversation).Preview; p.Kind != chat.KindText || p.Text != "changed" {
		t.Errorf("the row shows %+v", p)
	}
}

func TestTheListShowsTheMessageAtTheEndOfTheChatWhateverComesLate(t *testing.T) {
	d := newDesk(t)
	c := d.customer()
	say := func(text string, at time.Time) chat.Message {
		return d.receive(c, store.NewMessage{Message: chat.Message{Kind: chat.KindText, Text: text, At: at}})
	}
	say("one", d.now)
	say("two, of the same second", d.now)
	m := say("of an hour before", d.now.Add(-time.Hour))
	if p := d.conversation(m.Conversation).Preview; p.Text != "two, of the same second" {
		t.Errorf("the row shows %q", p.Text)
	}
}

func TestReactions(t *testing.T) {
	tests := []struct {
		name string
		do   func(d *desk, c chat.Contact, m chat.Message)
		want []string // author and emoji
	}{
		{"one of each side stands", func(d *desk, c chat.Contact, m chat.Message) {
			d.react(c, m, "👍")
			d.answerWithReaction(c, m, "🎉")
		}, []string{"agent 🎉", "customer 👍"}},
		{"a later one takes the place of an earlier one of the same second", func(d *desk, c chat.Contact, m chat.Message) {
			d.step = 0
			d.react(c, m, "👍")
			d.react(c, m, "❤️")
		}, []string{"customer ❤️"}},
		{"one that Meta refused does not stand, and the one before it does", func(d *desk, c chat.Contact, m chat.Message) {
			d.answerWithReaction(c, m, "🎉")
			l := d.answerWithReaction(c, m, "🍾")
			d.claim(l)
			d.done(d.db.OutboxFailed(d.Context(), l.row, 131009, "too old"))
		}, []string{"agent 🎉"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := newDesk(t)
			c := d.customer()
			m := d.write(c, 0)
			tt.do(d, c, m)
			var got []string
			for _, r := range d.message(m.ID).Reactions {
				got = append(got, string(r.Author)+" "+r.Emoji)
			}
			slices.Sort(got)
			if !slices.Equal(got, tt.want) {
				t.Errorf("reactions %q, want %q", got, tt.want)
			}
			if n := len(d.chat(c)); n != 1 {
				t.Errorf("the chat shows %d messages, want the one", n)
			}
		})
	}
}

func (d *desk) react(c chat.Contact, m chat.Message, emoji string) {
	d.t.Helper()
	d.receive(c, store.NewMessage{Message: chat.Message{Kind: chat.KindReaction, Text: emoji, ReplyTo: m.WAMID}})
}

// answerWithReaction is a reaction of agent 1's on its way.
func (d *desk) answerWithReaction(c chat.Contact, m chat.Message, emoji string) (l letter) {
	d.t.Helper()
	d.update(func(tx *store.Tx) error {
		out := d.outgoing(tx, chat.Message{
			Conversation: m.Conversation, Contact: c.ID, Author: chat.AuthorAgent, AgentID: 1,
			Kind: chat.KindReaction, Text: emoji, ReplyTo: m.WAMID,
		}, &l)
		err := tx.AddOutgoing(out)
		l.message = out.ID
		return err
	})
	l.row = d.rowOf(l.message).ID
	return l
}

func TestAReactionToAMessageThatIsNotKnownIsShownItself(t *testing.T) {
	d := newDesk(t)
	c := d.customer()
	foreign := chat.Message{WAMID: "wamid.foreign"}
	d.react(c, foreign, "👍")
	d.react(c, foreign, "❤️")
	if list := d.chat(c); len(list) != 1 || list[0].Kind != chat.KindReaction || list[0].Text != "❤️" {
		t.Errorf("the chat shows %+v, want the last reaction", list)
	}
	d.react(c, foreign, "")
	if list := d.chat(c); len(list) != 0 {
		t.Errorf("the chat shows %+v, want nothing: it was taken off", list)
	}
}

func TestAReactionAnnouncesTheMessageItStandsOn(t *testing.T) {
	d := newDesk(t)
	c := d.customer()
	m := d.write(c, 0)
	var told []store.Change
	d.told = func(c []store.Change) { told = append(told, c...) }
	d.react(c, m, "👍")
	if want := []store.Change{{Kind: store.MessageChanged, Conversation: m.Conversation, Message: m.ID}}; !slices.Equal(told, want) {
		t.Errorf("announced %+v, want %+v", told, want)
	}
}

func TestAReactionOfAPersonsThatExpiresIsNoDraft(t *testing.T) {
	d := newDesk(t)
	c := d.customer()
	m := d.write(c, 0)
	d.answerWithReaction(c, m, "👍")
	if n, err := d.db.OutboxExpire(t.Context(), d.now.Add(time.Hour)); n != 1 || err != nil {
		t.Fatalf("%d expired: %v", n, err)
	}
	d.view(func(r *store.Reader) error {
		text, _, err := r.Draft(1, m.Conversation)
		if text != "" {
			t.Errorf("the draft is %q", text)
		}
		return err
	})
}

func TestReactionsOfTheFirstVersionStandOnTheirMessages(t *testing.T) {
	path := filepath.Join(t.TempDir(), store.FileName)
	if err := store.MigrateFirst(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	storetest.Exec(t, path, `INSERT INTO channel VALUES (1, '1', '1', '', '', 0, 0);
		INSERT INTO contact VALUES (1, '', '', '1', 'phone', '1', '', 0, NULL, 0);
		INSERT INTO conversation (id, channel_id, contact_id, state, started_at, last_at) VALUES (1, 1, 1, 'open', 0, 0);
		INSERT INTO message (id, conversation_id, contact_id, channel_id, author, kind, raw_kind, text, wamid, at, arrived_at, status, raw)
		VALUES (1, 1, 1, 1, 'customer', 'text', '', 'one', 'wamid.1', 0, 0, '', NULL),
			(2, 1, 1, 1, 'customer', 'reaction', 'reaction', '', 'wamid.2', 0, 0, '', '{"reaction": {"message_id": "wamid.1", "emoji": "👍"}}'),
			(3, 1, 1, 1, 'customer', 'reaction', 'reaction', '', 'wamid.3', 0, 0, '', '{"reaction": "?"}')`)
	db, err := store.Open(t.Context(), path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	storetest.View(t, db, func(r *store.Reader) error {
		list, err := r.Messages(1, 1, 0, 10)
		if err == nil && (len(list) != 1 || len(list[0].Reactions) != 1 || list[0].Reactions[0].Emoji != "👍") {
			t.Errorf("the chat is %+v, want one message with its reaction", list)
		}
		return err
	})
}
