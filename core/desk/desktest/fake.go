// Package desktest holds a desk in memory, for tests of screens and for
// pictures. It keeps the contract of desk.Service as far as a screen can see
// it, and knows neither rules nor a network.
package desktest

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/find"
	"shopbell/core/staff"
)

// Fake is a desk.Service in memory. Safe for use by many goroutines. The fields
// of the struct are set before its first use.
type Fake struct {
	// Now is the clock of locks, windows and new messages.
	Now func() time.Time

	mu        sync.Mutex
	convs     map[chat.ConversationID]*chat.Conversation
	messages  map[chat.ConversationID][]chat.Message // oldest first
	drafts    map[draftKey]desk.Draft
	sent      map[string]chat.MessageID // by conversation and token
	files     map[string][]byte         // by their sums
	health    desk.Health
	meta      Meta
	keys      desk.Keys        // that SaveKeys has kept
	connected desk.Connected   // what else Connected tells
	fail      map[string]error // by method name; see FailNext
	calls     map[string]int
	lastMsg   chat.MessageID
	seq       uint64
	readers   []chan desk.Event
	articles  map[string]desk.Article // by desk.StockKey
	stock     desk.StockReport
	local     desk.LocalAPI

	composer   composer
	templates  []chat.Template // by name
	noReceipts bool
	rating     desk.RatingQuestion
	unindexed  int                          // percent; see SetIndexed
	customers  map[chat.ContactID]*customer // by identity
	currency   string                       // of the first order
	lastOrder  desk.OrderID
	lastMerge  desk.MergeID
	rules      []desk.RulesState // every revision, oldest first
	pictures   map[string]string // of rules: file by name
	past       []pastChat        // in the order in which they came
}

var _ desk.Service = (*Fake)(nil)

// draftKey says whose draft it is, and where.
type draftKey struct {
	agent staff.AgentID
	in    chat.ConversationID
}

// New returns an empty desk that is connected to a sandbox.
func New(now func() time.Time) *Fake {
	return &Fake{
		Now:       now,
		convs:     map[chat.ConversationID]*chat.Conversation{},
		messages:  map[chat.ConversationID][]chat.Message{},
		drafts:    map[draftKey]desk.Draft{},
		sent:      map[string]chat.MessageID{},
		files:     map[string][]byte{},
		articles:  map[string]desk.Article{},
		health:    desk.Health{State: desk.ConnectionOK, Sandbox: true},
		pictures:  map[string]string{},
		customers: map[chat.ContactID]*customer{},
		composer:  newComposer(),
		fail:      map[string]error{},
		calls:     map[string]int{},
	}
}

// enter counts a call and returns the error that FailNext ordered for it. The
// caller holds mu.
func (f *Fake) enter(ctx context.Context, method string) error {
	f.calls[method]++
	if err := ctx.Err(); err != nil {
		return &desk.Error{Code: desk.Unavailable, Err: err}
	}
	err := f.fail[method]
	delete(f.fail, method)
	return err
}

func (f *Fake) find(id chat.ConversationID) (*chat.Conversation, error) {
	c, ok := f.convs[id]
	if !ok {
		return nil, desk.Errorf(desk.NotFound, "conversation %d", id)
	}
	return c, nil
}

func (f *Fake) findMessage(id chat.MessageID) (*chat.Message, error) {
	for _, list := range f.messages {
		for i := range list {
			if list[i].ID == id {
				return &list[i], nil
			}
		}
	}
	return nil, desk.Errorf(desk.NotFound, "message %d", id)
}

// List keeps the contract of desk.Inbox.
func (f *Fake) List(ctx context.Context, who desk.Actor, q desk.ListQuery) (desk.ListPage, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "List"); err != nil {
		return desk.ListPage{}, err
	}
	if q.Limit < 0 || q.Limit > 200 {
		return desk.ListPage{}, &desk.Error{Code: desk.Invalid, Field: "limit", Limit: 200}
	}
	switch q.Filter {
	case desk.FilterMine, desk.FilterWaiting, desk.FilterAll, desk.FilterResolved, desk.FilterClosing:
	default:
		return desk.ListPage{}, &desk.Error{Code: desk.Invalid, Field: "filter"}
	}
	var rows []chat.Conversation
	for _, c := range f.convs {
		if f.inFilter(*c, who, q.Filter) && matches(c.Contact, q.Search) {
			rows = append(rows, f.shown(*c))
		}
	}
	slices.SortFunc(rows, func(a, b chat.Conversation) int {
		aw, bw := !a.WaitingSince.IsZero(), !b.WaitingSince.IsZero()
		switch {
		case q.Filter == desk.FilterClosing:
			return cmp.Or(a.LastInbound.Compare(b.LastInbound), cmp.Compare(a.ID, b.ID))
		case q.Filter != desk.FilterResolved && aw != bw:
			if aw {
				return -1
			}
			return 1
		case q.Filter != desk.FilterResolved && aw:
			return cmp.Or(a.WaitingSince.Compare(b.WaitingSince), cmp.Compare(a.ID, b.ID))
		}
		return cmp.Or(b.ResolvedAt.Compare(a.ResolvedAt), b.LastAt.Compare(a.LastAt), cmp.Compare(a.ID, b.ID))
	})
	start := 0
	if q.After != "" {
		last := slices.IndexFunc(rows, func(c chat.Conversation) bool { return cursor(c) == q.After })
		if last < 0 {
			return desk.ListPage{}, &desk.Error{Code: desk.Invalid, Field: "cursor"}
		}
		start = last + 1
	}
	limit := cmp.Or(q.Limit, 50)
	end := min(len(rows), start+limit)
	page := desk.ListPage{Rows: rows[start:end]}
	if end < len(rows) {
		page.Next = cursor(rows[end-1])
	}
	return page, nil
}

func cursor(c chat.Conversation) string { return "after " + c.Contact.Phone }

func (f *Fake) inFilter(c chat.Conversation, who desk.Actor, filter desk.Filter) bool {
	open := c.State == chat.StateOpen
	switch filter {
	case desk.FilterMine:
		return open && (c.Lock.HeldBy(int64(who.Agent), f.Now()) || c.AssignedTo == int64(who.Agent))
	case desk.FilterWaiting:
		return open && !c.WaitingSince.IsZero()
	case desk.FilterResolved:
		return !open
	case desk.FilterClosing:
		left := chat.WindowOf(c.LastInbound).MetaUntil.Sub(f.Now())
		return open && !c.WaitingSince.IsZero() && left > 0 && left <= desk.ClosingSoon
	}
	return open
}

func matches(c chat.Contact, search string) bool {
	if d := find.Phone(search); d != "" && strings.Contains(c.Phone, d) {
		return true
	}
	return find.Begins(search, c.Name+" "+c.Username)
}

// Counts keeps the contract of desk.Inbox.
func (f *Fake) Counts(ctx context.Context, who desk.Actor) (desk.Counts, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "Counts"); err != nil {
		return desk.Counts{}, err
	}
	var n desk.Counts
	for _, c := range f.convs {
		for filter, count := range map[desk.Filter]*int{
			desk.FilterMine: &n.Mine, desk.FilterWaiting: &n.Waiting, desk.FilterAll: &n.All, desk.FilterResolved: &n.Resolved,
			desk.FilterClosing: &n.Closing,
		} {
			if f.inFilter(*c, who, filter) {
				*count++
			}
		}
	}
	return n, nil
}

// Conversation keeps the contract of desk.Inbox.
func (f *Fake) Conversation(ctx context.Context, _ desk.Actor, id chat.ConversationID) (chat.Conversation, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "Conversation"); err != nil {
		return chat.Conversation{}, err
	}
	c, err := f.find(id)
	if err != nil {
		return chat.Conversation{}, err
	}
	return f.shown(*c), nil
}

// shown fills in what of a row stands in its messages.
func (f *Fake) shown(c chat.Conversation) chat.Conversation {
	for _, m := range f.messages[c.ID] {
		if m.Status == chat.StatusScheduled && (c.GoesAt.IsZero() || m.GoesAt.Before(c.GoesAt)) {
			c.GoesAt = m.GoesAt
		}
	}
	return c
}

// Chat keeps the contract of desk.Inbox.
func (f *Fake) Chat(ctx context.Context, _ desk.Actor, id chat.ConversationID, before chat.MessageID, limit int) (desk.ChatPage, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "Chat"); err != nil {
		return desk.ChatPage{}, err
	}
	c, err := f.find(id)
	if err != nil {
		return desk.ChatPage{}, err
	}
	if limit < 0 || limit > 500 {
		return desk.ChatPage{}, &desk.Error{Code: desk.Invalid, Field: "limit", Limit: 500}
	}
	all := f.messages[id]
	if before != 0 {
		end := slices.IndexFunc(all, func(m chat.Message) bool { return m.ID == before })
		all = all[:max(0, end)]
	}
	page := desk.ChatPage{Conversation: *c}
	start := max(0, len(all)-cmp.Or(limit, 60))
	page.Messages = slices.Clone(all[start:])
	if start > 0 {
		page.Older = page.Messages[0].ID
	}
	return page, nil
}

// Message keeps the contract of desk.Inbox.
func (f *Fake) Message(ctx context.Context, _ desk.Actor, id chat.MessageID) (chat.Message, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "Message"); err != nil {
		return chat.Message{}, err
	}
	m, err := f.findMessage(id)
	if err != nil {
		return chat.Message{}, err
	}
	return *m, nil
}
