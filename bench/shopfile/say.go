package shopfile

import (
	"fmt"
	"strings"
	"time"

	"shopbell/core/chat"
	"shopbell/core/store"
)

// Chances of what follows what.
const (
	answersAlone  = 0.6  // a rule answers the first question
	writesAgain   = 0.25 // the same side goes on
	isNote        = 0.02
	isReaction    = 0.03
	fromTemplate  = 0.03 // of the shop's messages
	staysUnread   = 0.1  // of the shop's messages
	quotes        = 0.05
	costs         = 0.2 // of the shop's messages: Meta told a price
	hasFile       = 0.12
	keptByMeta    = 7 * 24 * time.Hour // Cloud API: files that customers send
	routedOnStart = 0.1
)

var rules = []struct{ id, name string }{
	{"hours", "Opening hours"}, {"delivery", "Delivery"}, {"sizes", "Sizes"}, {"returns", "Returns"},
}

var departments = []string{"", "", "", "Sales", "Repairs"}

// say stores the next message of a conversation.
func (f *filler) say(tx *store.Tx, t *talk) error {
	n := f.message(t)
	n.Channel, n.NotEdited = f.channel.ID, true
	n.Conversation, n.Contact, n.At, n.Arrived = t.conv.ID, t.conv.Contact.ID, t.at, t.at
	if err := tx.AddMessage(&n); err != nil {
		return err
	}
	f.written++
	t.left--
	if n.Kind != chat.KindReaction && n.Kind != chat.KindNote && n.Kind != chat.KindSystem {
		f.follow(t, n.Message)
	}
	if n.Status == chat.StatusNone || n.Kind == chat.KindReaction || f.rng.Float64() >= costs {
		return nil
	}
	return tx.ApplyStatus(store.StatusReport{WAMID: n.WAMID, Status: chat.StatusSent, At: n.At, Price: priceOf(n.Kind)})
}

// follow lets the row of a conversation follow its newest message.
func (f *filler) follow(t *talk, m chat.Message) {
	v := &t.conv
	t.turn, v.LastAt = m.Author, m.At
	switch m.Author {
	case chat.AuthorCustomer:
		t.theirs, v.LastInbound = m.WAMID, m.At
		v.Unread++
		if v.WaitingSince.IsZero() {
			v.WaitingSince = m.At
		}
	default:
		t.ours, v.WaitingSince, v.Unread = m.WAMID, time.Time{}, 0
		if m.Author == chat.AuthorAgent {
			v.PersonAt = m.At
			if v.AssignedTo == 0 {
				v.AssignedTo = m.AgentID
			}
		}
	}
}

// message draws what comes next.
func (f *filler) message(t *talk) store.NewMessage {
	switch {
	case !t.begun:
		t.begun = true
		if f.rng.Float64() < routedOnStart {
			t.conv.Department = pick(f, departments)
		}
		return f.fromCustomer(t)
	case t.left == 1 && t.outcome == resolved:
		who := pick(f, f.agents)
		return store.NewMessage{Message: chat.Message{
			Author: chat.AuthorDesk, Kind: chat.KindSystem, Text: string(chat.SysResolved), Data: map[string]string{"agent": who.Name},
		}}
	case t.left == 1 && t.outcome == answered:
		return f.fromAgent(t)
	case t.left == 1:
		return f.fromCustomer(t)
	case t.ours == "" && f.rng.Float64() < answersAlone:
		return f.fromRule(t)
	}
	switch p := f.rng.Float64(); {
	case p < isNote:
		return store.NewMessage{Message: chat.Message{
			Author: chat.AuthorAgent, AgentID: int64(pick(f, f.agents).ID), Kind: chat.KindNote, Text: pick(f, notes),
		}}
	case p < isNote+isReaction && t.ours != "":
		return f.sent(t, chat.Message{Author: chat.AuthorCustomer, Kind: chat.KindReaction, Text: pick(f, emoji), ReplyTo: t.ours})
	}
	if (t.turn == chat.AuthorCustomer) != (f.rng.Float64() < writesAgain) {
		return f.fromAgent(t)
	}
	return f.fromCustomer(t)
}

// sent gives what went over Meta's network its id, and what it quotes.
func (f *filler) sent(t *talk, m chat.Message) store.NewMessage {
	f.ids++
	m.WAMID = fmt.Sprintf("wamid.HBgMMzUxOTEwMDAwMDAwFQIAERgS%08X", f.ids)
	if m.ReplyTo == "" && t.theirs != "" && f.rng.Float64() < quotes {
		m.ReplyTo = t.theirs
	}
	return store.NewMessage{Message: m}
}

func (f *filler) fromCustomer(t *talk) store.NewMessage {
	m := chat.Message{Author: chat.AuthorCustomer, Kind: chat.KindText, Text: f.text(t.speech.asks)}
	if f.rng.Float64() < hasFile {
		f.file(t, &m)
	}
	return f.sent(t, m)
}

// file makes of a text what carries a file or a place. The file itself is lost: Meta
// keeps it for a week.
func (f *filler) file(t *talk, m *chat.Message) {
	lost := &chat.Media{
		Size: 20_000 + f.rng.Int64N(900_000), State: chat.MediaLost, Code: chat.MediaGone, Until: t.at.Add(keptByMeta),
	}
	switch f.rng.IntN(8) {
	case 0:
		m.Kind, m.Text = chat.KindAudio, ""
		lost.MIME, lost.Voice, lost.Duration = "audio/ogg", true, time.Duration(2+f.rng.IntN(50))*time.Second
	case 1:
		m.Kind, m.Text = chat.KindDocument, ""
		lost.MIME, lost.Name = "application/pdf", fmt.Sprintf("invoice-%d.pdf", f.rng.IntN(9000))
	case 2:
		m.Kind, m.Text = chat.KindLocation, ""
		m.Location = &chat.Location{Latitude: 38.7 + f.rng.Float64()/10, Longitude: -9.2 + f.rng.Float64()/10}
		return
	default:
		m.Kind = chat.KindImage
		lost.MIME, lost.Width, lost.Height = "image/jpeg", 1200, 1600
		if f.rng.IntN(2) == 0 {
			m.Text = ""
		}
	}
	m.Media = lost
}

// ours gives a message of the shop's how far it came.
func (f *filler) ours(t *talk, m chat.Message) store.NewMessage {
	m.Status, m.Answers = chat.StatusRead, true
	if f.rng.Float64() < staysUnread {
		m.Status = chat.StatusDelivered
	}
	return f.sent(t, m)
}

func (f *filler) fromRule(t *talk) store.NewMessage {
	rule := pick(f, rules)
	m := chat.Message{
		Author: chat.AuthorRule, RuleID: rule.id, RuleName: rule.name, RuleTrigger: "keyword", Kind: chat.KindText, Text: f.text(t.speech.replies),
	}
	if f.rng.IntN(3) == 0 {
		m.Kind = chat.KindInteractive
		m.Buttons = []chat.Button{{ID: "person", Title: t.speech.person}, {ID: "solved", Title: t.speech.solved}}
	}
	return f.ours(t, m)
}

func (f *filler) fromAgent(t *talk) store.NewMessage {
	m := chat.Message{
		Author: chat.AuthorAgent, AgentID: int64(pick(f, f.agents).ID), Kind: chat.KindText, Text: f.text(t.speech.answers),
	}
	if f.rng.Float64() < fromTemplate {
		m.Kind = chat.KindTemplate
		m.Template = &chat.TemplateUse{Name: "order_ready", Language: t.speech.code}
	}
	return f.ours(t, m)
}

// text draws one to three sentences.
func (f *filler) text(of []string) string {
	said := make([]string, 1+f.rng.IntN(3))
	for i := range said {
		said[i] = pick(f, of)
		if strings.Contains(said[i], "%d") {
			said[i] = fmt.Sprintf(said[i], 10_000+f.rng.IntN(90_000))
		}
	}
	return strings.Join(said, " ")
}

// priceOf is what Meta tells of a message: answers within the window are free.
func priceOf(k chat.Kind) *store.Price {
	if k == chat.KindTemplate {
		return &store.Price{Model: "PMP", Type: "regular", Category: "utility", Billable: true}
	}
	return &store.Price{Model: "PMP", Type: "free_customer_service", Category: "service"}
}
