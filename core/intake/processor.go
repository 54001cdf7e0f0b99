package intake

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync/atomic"
	"time"

	"shopbell/core/autoreply"
	"shopbell/core/chat"
	"shopbell/core/cloudapi"
	"shopbell/core/store"
)

// AutomaticSendBefore is how long an automatic message may wait to leave: later
// it is dropped, not sent (rules-file, "Which rule answers").
const AutomaticSendBefore = 5 * time.Minute

// Processor turns one item of a webhook into rows. Safe for concurrent use.
type Processor struct {
	// Rules are the rules in force; swapped as a whole. Must hold a book.
	Rules *atomic.Pointer[autoreply.Book]
	// Pictures returns the shop's pictures by the names that rules have for them; nil
	// means none. The map is not changed any more. Must not block: it is called inside
	// the writer.
	Pictures func() map[string]chat.Media
	// Shop is the shop's name for {shop}.
	Shop string
	// Stock returns the level of an article, and whether it is known. Must not block:
	// it is asked inside the writer. Nil means that no level is known.
	Stock func(sku string) (level int, known bool)
	// Sandbox marks the channels that messages come in on as simulated.
	Sandbox bool
	// SendBefore is AutomaticSendBefore where it is 0.
	SendBefore time.Duration
	// Pick chooses among n variants; nil means at random.
	Pick func(n int) int
	// Decided, where set, is told of every inbound message that was stored (for the
	// figures): how many replies were decided on. Called after the commit.
	Decided func(replies int)
}

// Origin is where an item stands in the journal.
type Origin struct {
	Webhook int64
	Item    int
}

// Prepare does what can be done outside the writer, the matching of words. The
// unit of work, apply, may run more than once, and for an item that was processed
// already it changes nothing. Once it is committed the caller calls stored.
func (p *Processor) Prepare(item cloudapi.Item) (apply func(*store.Tx, Origin) error, stored func()) {
	switch {
	case item.Problem != nil:
		return func(*store.Tx, Origin) error { return fmt.Errorf("intake: item cannot be read: %w", item.Problem) }, nothing
	case item.Status != nil:
		return func(tx *store.Tx, _ Origin) error { return tx.ApplyStatus(reportOf(*item.Status)) }, nothing
	case item.Message != nil && item.Message.Change != nil:
		return func(tx *store.Tx, _ Origin) error { return p.changeIdentity(tx, item) }, nothing
	case item.Message != nil:
		if apply := amend(item.Message); apply != nil {
			return apply, nothing
		}
		return p.prepareMessage(item)
	case item.Echo != nil:
		if apply := amend(&item.Echo.Message); apply != nil {
			return apply, nothing
		}
		return func(tx *store.Tx, _ Origin) error { return p.echo(tx, item) }, nothing
	case item.Past != nil:
		if apply := amend(&item.Past.Message); apply != nil {
			return apply, nothing
		}
		return func(tx *store.Tx, _ Origin) error { return p.past(tx, item) }, nothing
	}
	return func(tx *store.Tx, from Origin) error { return notice(tx, from, item) }, nothing
}

// nothing follows the commit of most items.
func nothing() {}

func (p *Processor) prepareMessage(item cloudapi.Item) (apply func(*store.Tx, Origin) error, stored func()) {
	book := p.Rules.Load()
	match := book.Match(words(item.Message))
	var isNew bool
	var replies int
	apply = func(tx *store.Tx, _ Origin) (err error) {
		isNew, replies, err = p.receive(tx, item, book, match)
		return err
	}
	stored = func() {
		if isNew && p.Decided != nil {
			p.Decided(replies)
		}
	}
	return apply, stored
}

// notice keeps what is about the account, and lets the templates follow.
func notice(tx *store.Tx, from Origin, item cloudapi.Item) error {
	isNew, err := tx.AddAccountNotice(from.Webhook, from.Item, item.Field, item.Raw)
	if err != nil || !isNew || item.Notice == nil || item.Notice.Template == nil {
		return err
	}
	n := item.Notice.Template
	return tx.ChangeTemplate(item.Channel.WABAID, n.Name, n.Language, func(t *chat.Template) {
		switch n.Status {
		case "", "FLAGGED": // of a template that may still be sent
		case "REINSTATED", "UNARCHIVED": // events only: Meta's list has it as approved again
			t.Status, t.Rejected = chat.TemplateApproved, ""
		default:
			t.Status, t.Rejected = n.Status, n.Reason
		}
		if n.Category != "" {
			t.Category = n.Category
		}
	})
}

func reportOf(s cloudapi.StatusReport) store.StatusReport {
	r := store.StatusReport{WAMID: s.WAMID, Callback: s.Opaque, Status: s.Status, At: s.At}
	if len(s.Errors) > 0 {
		e := s.Errors[0]
		r.Code, r.Text = e.Code, strings.TrimSpace(e.Title+" "+e.Details)
	}
	if s.Pricing != nil {
		r.Price = &store.Price{Model: s.Pricing.Model, Type: s.Pricing.Type, Category: s.Pricing.Category, Billable: s.Pricing.Billable}
	}
	return r
}

func (p *Processor) channel(tx *store.Tx, ref cloudapi.ChannelRef) (chat.Channel, error) {
	return tx.KnowChannel(chat.Channel{
		PhoneNumberID: ref.PhoneNumberID, WABAID: ref.WABAID, DisplayPhone: ref.DisplayPhone, Sandbox: p.Sandbox,
	})
}

// receive stores an inbound message and what follows from it. It is not new where
// it was stored before.
func (p *Processor) receive(tx *store.Tx, item cloudapi.Item, book *autoreply.Book, match autoreply.Matches) (isNew bool, replies int, err error) {
	if item.Message.ID == "" {
		return false, 0, errors.New("intake: a message without an id")
	}
	// The network delivers a message again when in doubt: the id decides.
	known, edited, err := tx.Arrival(item.Message.ID)
	if err != nil || known {
		return false, 0, err
	}
	channel, err := p.channel(tx, item.Channel)
	if err != nil {
		return false, 0, err
	}
	contact, stranger, err := tx.KnowContact(personOf(item))
	if err != nil {
		return false, 0, err
	}
	in := messageOf(item.Message, tx.Now())
	in.Author, in.Contact, in.Channel, in.NotEdited = chat.AuthorCustomer, contact.ID, channel.ID, !edited
	if !stranger {
		if rated, err := takeRating(tx, contact, &in, buttonOf(item.Message)); err != nil || rated {
			return rated, 0, err
		}
	}
	silent := chat.Silent(in.Kind, in.RawKind)
	conversation, err := conversationOf(tx, channel.ID, contact, stranger, silent || contact.Blocked)
	if err != nil {
		return false, 0, err
	}
	in.Conversation = conversation.ID
	if err := tx.AddMessage(&in); err != nil {
		return false, 0, err
	}
	if item.Message.Button != nil {
		if err := tx.Press(item.Message.ReplyTo, item.Message.Button.ID); err != nil {
			return false, 0, err
		}
	}
	if contact.Blocked && !silent {
		conversation.LastInbound = latest(conversation.LastInbound, in.At)
	}
	if silent || contact.Blocked {
		if in.Kind != chat.KindReaction {
			conversation.LastAt = latest(conversation.LastAt, in.At)
		}
		if err := p.hear(tx, &conversation, in.Message, item, book, match); err != nil {
			return false, 0, err
		}
		return true, 0, tx.SaveConversation(conversation)
	}
	replies, err = p.answer(tx, &conversation, in.Message, item, stranger, book, match)
	return true, replies, err
}

// conversationOf returns where a message belongs. What is silent takes no matter
// up again: it stands in the last conversation, as that is.
func conversationOf(tx *store.Tx, channel chat.ChannelID, contact chat.Contact, stranger, silent bool) (chat.Conversation, error) {
	if stranger {
		return tx.OpenConversation(channel, contact)
	}
	if silent {
		if v, err := tx.LatestConversation(channel, contact); !errors.Is(err, store.ErrNotFound) {
			return v, err
		}
	}
	return tx.TakeUp(channel, contact)
}

// answer lets a stored message be seen, and carries out what the rules decide.
func (p *Processor) answer(tx *store.Tx, v *chat.Conversation, m chat.Message, item cloudapi.Item, stranger bool,
	book *autoreply.Book, match autoreply.Matches,
) (replies int, err error) {
	first := stranger
	if !stranger && v.LastInbound.IsZero() {
		// What is silent makes a contact and is no message yet.
		if first, err = tx.NeverWrote(m.Contact, m.ID); err != nil {
			return 0, err
		}
	}
	waited := v.WaitingSince
	noteArrival(v, m)
	if first {
		tx.NewCustomer(v.ID)
	}
	if m.Kind == chat.KindEdited { // it says nothing that a rule could answer
		return 0, tx.SaveConversation(*v)
	}
	facts := autoreply.Facts{
		Now: tx.Now(), MessageAt: m.At, Kind: m.Kind, RawKind: m.RawKind,
		FirstContact: first, LockHeld: v.Lock.Held(tx.Now()), PersonAnsweredAt: v.PersonAt,
		Department: v.Department, ButtonID: buttonOf(item.Message),
		OptedOut: v.Contact.OptedOut, FirstName: firstName(v.Contact), Shop: p.Shop, Pick: p.pick(), Stock: p.Stock,
	}
	var pictures map[string]chat.Media
	if p.Pictures != nil {
		pictures = p.Pictures()
	}
	facts.HasPicture = func(name string) bool {
		_, ok := pictures[name]
		return ok
	}
	if err := remember(tx, v.Contact, stranger, book, &facts); err != nil {
		return 0, err
	}
	var lookup error
	facts.LastVariant = func(rule string) int {
		if stranger {
			return autoreply.NoVariant
		}
		last, err := tx.LastVariant(m.Contact, rule)
		lookup = errors.Join(lookup, err)
		return last
	}
	decision := book.Decide(match, facts)
	if lookup != nil {
		return 0, lookup
	}
	if decision.Answered && !waited.IsZero() {
		// Who asked for a person waits for one, whatever the rules answer meanwhile.
		asked, err := tx.HasLine(v.Contact.ID, chat.SysHandOver, waited.Add(-time.Second)) // lines stand in whole seconds
		if err != nil {
			return 0, err
		}
		decision.Answered = !asked
	}
	if err := p.carryOut(tx, v, decision, pictures); err != nil {
		return 0, err
	}
	return len(decision.Replies), tx.SaveConversation(*v)
}

// hear carries out that who is blocked asks for silence: it holds when they are not
// blocked any more. Nothing else follows from what they write.
func (p *Processor) hear(tx *store.Tx, v *chat.Conversation, m chat.Message, item cloudapi.Item, book *autoreply.Book, match autoreply.Matches) error {
	d := book.Decide(match, autoreply.Facts{
		Now: tx.Now(), MessageAt: m.At, Kind: m.Kind, RawKind: m.RawKind, ButtonID: buttonOf(item.Message), OptedOut: v.Contact.OptedOut,
	})
	if !d.OptOut {
		return nil
	}
	return p.carryOut(tx, v, d, nil)
}

// buttonOf is the id of the button that a message presses; empty: none.
func buttonOf(m *cloudapi.Message) string {
	if m.Button == nil {
		return ""
	}
	return m.Button.ID
}

// noteArrival lets the conversation's row show a new inbound message that is not
// silent.
func noteArrival(v *chat.Conversation, m chat.Message) {
	v.LastAt = latest(v.LastAt, m.At)
	v.LastInbound = latest(v.LastInbound, m.At)
	v.Unread++
	if v.WaitingSince.IsZero() || m.At.Before(v.WaitingSince) {
		v.WaitingSince = m.At
	}
}

// remember fills in what the contact got before. A new one got nothing.
func remember(tx *store.Tx, c chat.Contact, isNew bool, book *autoreply.Book, f *autoreply.Facts) error {
	if isNew {
		return nil
	}
	sent, err := tx.AutomaticSince(c.ID, tx.Now().Add(-book.History()))
	if err != nil {
		return err
	}
	for _, a := range sent {
		f.Automatic = append(f.Automatic, autoreply.Sent{
			At: a.At, RuleID: a.RuleID, Trigger: autoreply.Trigger(a.Trigger), Variant: a.Variant,
		})
	}
	if len(sent) >= autoreply.MaxAutomatic {
		if f.CapTold, err = tx.HasLine(c.ID, chat.SysCapReached, tx.Now().Add(-autoreply.CapWindow)); err != nil {
			return err
		}
	}
	return nil
}

// carryOut stores what was decided and changes the row accordingly.
func (p *Processor) carryOut(tx *store.Tx, v *chat.Conversation, d autoreply.Decision, pictures map[string]chat.Media) error {
	for i, r := range d.Replies {
		if err := p.reply(tx, v, r, pictures, d.Answered && i == len(d.Replies)-1); err != nil {
			return err
		}
	}
	if d.Answered {
		v.WaitingSince = time.Time{}
	}
	if d.Department != "" {
		v.Department = d.Department
	}
	if d.Question != "" && v.Question == "" {
		v.Question = d.Question
	}
	if d.OptOut {
		if err := tx.OptOut(v.Contact.ID); err != nil {
			return err
		}
	}
	for _, line := range d.System {
		if err := tx.AddLine(*v, line.Code, line.Data); err != nil {
			return err
		}
	}
	if d.Solved {
		return solve(tx, v)
	}
	return nil
}

func (p *Processor) reply(tx *store.Tx, v *chat.Conversation, r autoreply.Reply, pictures map[string]chat.Media, answers bool) error {
	within := p.SendBefore
	if within == 0 {
		within = AutomaticSendBefore
	}
	m := chat.Message{
		Conversation: v.ID, Contact: v.Contact.ID, Author: chat.AuthorRule,
		RuleID: r.RuleID, RuleName: r.RuleName, RuleTrigger: string(r.Trigger), RuleVariant: r.Variant,
		Kind: kindOf(r), Text: r.Text, Buttons: r.Buttons, Link: r.Link, Answers: answers, At: latest(tx.Now(), v.LastAt),
	}
	if picture, ok := pictures[r.Picture]; ok {
		m.Media = &picture
	}
	out := store.Outgoing{
		NewMessage: store.NewMessage{Channel: v.Channel, Message: m},
		SendBefore: tx.Now().Add(within),
		Encode: func(callback string) ([]byte, error) {
			return letter(m, v.Contact.Address, callback).Encode()
		},
	}
	v.LastAt = out.At
	return tx.AddOutgoing(&out)
}

// changeIdentity follows a customer to a new number or user id.
func (p *Processor) changeIdentity(tx *store.Tx, item cloudapi.Item) error {
	c := item.Message.Change
	old := store.Person{Phone: c.OldPhone, UserID: c.OldUserID}
	if len(old.Aliases()) == 0 {
		old = personOf(item)
	}
	for _, a := range old.Aliases() {
		contact, err := tx.ContactOf(a)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		return p.follow(tx, contact, item)
	}
	return nil // somebody who never wrote: there is nothing to follow
}

func (p *Processor) follow(tx *store.Tx, contact chat.Contact, item cloudapi.Item) error {
	c := item.Message.Change
	if _, err := tx.MessageByWAMID(item.Message.ID); item.Message.ID != "" && (err == nil || !errors.Is(err, store.ErrNotFound)) {
		return err
	}
	if err := tx.MoveAddress(&contact, store.Person{Phone: c.NewPhone, UserID: c.NewUserID}); err != nil {
		return err
	}
	channel, err := p.channel(tx, item.Channel)
	if err != nil {
		return err
	}
	v, err := tx.LatestConversation(channel.ID, contact)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return tx.AddMessage(&store.NewMessage{Channel: channel.ID, Message: chat.Message{
		Conversation: v.ID, Contact: contact.ID, Author: chat.AuthorDesk, Kind: chat.KindSystem, Text: string(chat.SysNumberChanged),
		WAMID: item.Message.ID, At: latest(tx.Now(), v.LastAt),
		Data: map[string]string{"from": firstOf(c.OldPhone, c.OldUserID), "to": firstOf(c.NewPhone, c.NewUserID)},
	}})
}

func (p *Processor) pick() func(int) int {
	if p.Pick != nil {
		return p.Pick
	}
	return rand.IntN
}

// firstName is what the customer calls themselves: what the shop calls them is for its
// own people.
func firstName(c chat.Contact) string {
	name, _, _ := strings.Cut(strings.TrimSpace(c.ProfileName), " ")
	return name
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
