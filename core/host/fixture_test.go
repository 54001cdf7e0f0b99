package host_test

import (
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/host"
	"shopbell/core/sandbox"
	"shopbell/core/staff"
	"shopbell/core/store"
	"shopbell/core/store/storetest"
)

// shop is a sandbox desk with three people and a clock that can be put forward.
type shop struct {
	*host.Host
	t                 *testing.T
	dir               string // the sandbox shop's own
	ahead             atomic.Int64
	anna, pedro, olga desk.Actor // administrator, operator, analyst
}

// openShop opens a shop with no simulated delays. Its rules are the sandbox's,
// or those given.
func openShop(t *testing.T, rules ...[]byte) *shop {
	t.Helper()
	dir := t.TempDir()
	s := &shop{t: t, dir: filepath.Join(dir, host.SandboxFolder)}
	storetest.Seed(t, s.file())
	db, err := store.Open(t.Context(), s.file(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Update(t.Context(), func(tx *store.Tx) error {
		for _, p := range []struct {
			actor *desk.Actor
			name  string
			role  staff.Role
		}{{&s.anna, "Anna", staff.Administrator}, {&s.pedro, "Pedro", staff.Operator}, {&s.olga, "Olga", staff.Analyst}} {
			a, err := tx.AddAgent(p.name, p.role)
			if err != nil {
				return err
			}
			*p.actor = desk.Actor{Agent: a.ID, Role: a.Role, Name: a.Name}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	for _, file := range rules {
		if _, _, err := host.ImportRules(t.Context(), s.dir, file, false, nil); err != nil {
			t.Fatal(err)
		}
	}
	s.Host, err = host.Open(t.Context(), host.Options{DataDir: dir, Sandbox: true, NetworkDelay: -1, Now: s.time})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func (s *shop) file() string { return filepath.Join(s.dir, store.FileName) }

func (s *shop) time() time.Time { return time.Now().Add(time.Duration(s.ahead.Load())) }

// forward lets time pass.
func (s *shop) forward(d time.Duration) { s.ahead.Add(int64(d)) }

func (s *shop) faults(f sandbox.Faults) {
	s.t.Helper()
	if err := s.Sandbox().SetFaults(f); err != nil {
		s.t.Fatal(err)
	}
}

// until asks again after every event of the desk until ok holds.
func (s *shop) until(what string, ok func() bool) {
	s.t.Helper()
	eventually(s.t, s.Host, what, ok)
}

// write lets Emma write, and returns her conversation once the desk shows it and
// has sent what the rules answer.
func (s *shop) write(text string) chat.ConversationID { s.t.Helper(); return s.hear(emma, text) }

// receive lets a customer send anything, and returns it once the desk shows it,
// with its file.
func (s *shop) receive(c sandbox.Customer, said sandbox.Said) (m chat.Message) {
	s.t.Helper()
	wamid, err := s.Sandbox().Say(s.t.Context(), c, said)
	if err != nil {
		s.t.Fatal(err)
	}
	s.until("what was sent is in a chat, with its file", func() bool {
		m = s.find(wamid)
		return m.ID != 0 && (m.Media == nil || m.Media.State != chat.MediaWaiting && m.Media.State != chat.MediaFetching)
	})
	return m
}

// find looks for a message in all chats; zero where it is in none.
func (s *shop) find(wamid string) chat.Message {
	s.t.Helper()
	page, err := s.List(s.t.Context(), s.anna, desk.ListQuery{Filter: desk.FilterAll})
	if err != nil {
		s.t.Fatal(err)
	}
	for _, row := range page.Rows {
		for _, m := range s.chat(row.ID) {
			if m.WAMID == wamid {
				return m
			}
		}
	}
	return chat.Message{}
}

// hear lets a customer write.
func (s *shop) hear(c sandbox.Customer, text string) chat.ConversationID {
	s.t.Helper()
	wamid, err := s.Sandbox().Write(s.t.Context(), c, text)
	if err != nil {
		s.t.Fatal(err)
	}
	var id chat.ConversationID
	s.until("what was written is in a chat", func() bool {
		page, err := s.List(s.t.Context(), s.anna, desk.ListQuery{Filter: desk.FilterAll})
		if err != nil {
			s.t.Fatal(err)
		}
		for _, row := range page.Rows {
			for _, m := range s.chat(row.ID) {
				if m.WAMID == wamid {
					id = row.ID
				}
			}
		}
		return id != 0
	})
	s.until("nothing is on its way", func() bool { return s.health().Waiting == 0 })
	return id
}

func (s *shop) chat(id chat.ConversationID) []chat.Message {
	s.t.Helper()
	page, err := s.Chat(s.t.Context(), s.anna, id, 0, 500)
	if err != nil {
		s.t.Fatal(err)
	}
	return page.Messages
}

func (s *shop) row(id chat.ConversationID) chat.Conversation {
	s.t.Helper()
	v, err := s.Conversation(s.t.Context(), s.anna, id)
	if err != nil {
		s.t.Fatal(err)
	}
	return v
}

func (s *shop) send(who desk.Actor, id chat.ConversationID, text string) chat.MessageID {
	s.t.Helper()
	m, err := s.Send(s.t.Context(), who, id, desk.Answer{Text: text}, "")
	if err != nil {
		s.t.Fatal(err)
	}
	return m
}

// becomes waits until a message has a status.
func (s *shop) becomes(id chat.MessageID, want chat.Status) (m chat.Message) {
	s.t.Helper()
	s.until("the message is "+string(want), func() bool {
		var err error
		if m, err = s.Message(s.t.Context(), s.anna, id); err != nil {
			s.t.Fatal(err)
		}
		return m.Status == want
	})
	return m
}

// is checks the code of an error.
func (s *shop) is(err error, want desk.Code, what string) {
	s.t.Helper()
	if got := desk.CodeOf(err); got != want {
		s.t.Errorf("%s: got %q (%v), want %q", what, got, err, want)
	}
}
