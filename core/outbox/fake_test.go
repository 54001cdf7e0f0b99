package outbox

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"time"

	"shopbell/core/chat"
	"shopbell/core/cloudapi"
	"shopbell/core/store"
)

// memory is a Ledger without a disk that keeps the rules of the real one and
// notes whoever breaks them. It is used where time is simulated; what holds on a
// real file is tested in store_test.go.
type memory struct {
	now func() time.Time

	// pace is how long a call takes before it does anything. Set it before use.
	pace func(op string) time.Duration

	writing chan struct{} // full while somebody writes: one at a time, as on a file

	mu     sync.Mutex
	rows   []*memoryRow // by id, from 1
	faults []string
	// refuse decides about every call before it is served.
	refuse        func(op string) error
	reads, claims int // calls of OutboxReady and OutboxClaim
}

type memoryRow struct {
	store.OutboxRow
	state string // ready, sending, sent, unknown, failed, expired
	code  int
	at    time.Time // of sent and unknown
}

var errDisk = errors.New("no room")

func newMemory(now func() time.Time) *memory {
	return &memory{now: now, writing: make(chan struct{}, 1), pace: func(string) time.Duration { return 0 }, refuse: func(string) error { return nil }}
}

// put adds a ready row. The payload is the row's id.
func (m *memory) put(channel chat.ChannelID, contact chat.ContactID, firstAt time.Time, ttl time.Duration) *memoryRow {
	m.mu.Lock()
	defer m.mu.Unlock()
	r := &memoryRow{state: "ready", OutboxRow: m.next(0, channel, contact, firstAt, ttl)}
	m.rows = append(m.rows, r)
	return r
}

// next is the row after the last one and skip more.
func (m *memory) next(skip int, channel chat.ChannelID, contact chat.ContactID, firstAt time.Time, ttl time.Duration) store.OutboxRow {
	id := int64(len(m.rows) + skip + 1)
	return store.OutboxRow{
		ID: id, Message: chat.MessageID(id), Contact: contact, Channel: channel,
		PhoneNumberID: strconv.Itoa(int(channel)), Payload: strconv.AppendInt(nil, id, 10),
		NewCustomer: firstAt, SendBefore: m.now().Add(ttl),
	}
}

// commit adds rows to one contact as the store does: the sender is asked which
// of them leave with the commit, which takes a while and may fail. Rows of a
// commit that failed are not there, and the next ones get their ids.
func (m *memory) commit(s *Sender, n int, took time.Duration, fails bool, channel chat.ChannelID, contact chat.ContactID, firstAt time.Time, ttl time.Duration) {
	m.writing <- struct{}{}
	defer func() { <-m.writing }()
	var rows []store.OutboxRow
	m.mu.Lock()
	for i := range n {
		rows = append(rows, m.next(i, channel, contact, firstAt, ttl))
	}
	m.mu.Unlock()
	claim := s.Claim(rows)
	time.Sleep(took)
	m.mu.Lock()
	stored := !fails && m.refuse("commit") == nil
	for _, row := range rows {
		if stored {
			r := &memoryRow{state: "ready", OutboxRow: row}
			if slices.Contains(claim.IDs, row.ID) {
				r.state = "sending"
			}
			m.rows = append(m.rows, r)
		}
	}
	m.mu.Unlock()
	time.Sleep(took) // stored, and not told yet
	if claim.Done != nil {
		claim.Done(stored)
	}
	if stored && !claim.Known {
		s.Wake()
	}
}

func (m *memory) state(id int64) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.rows[id-1].state
}

// states counts the rows by state.
func (m *memory) states() map[string]int {
	m.mu.Lock()
	defer m.mu.Unlock()
	n := map[string]int{}
	for _, r := range m.rows {
		n[r.state]++
	}
	return n
}

func (m *memory) fault(format string, args ...any) {
	m.faults = append(m.faults, fmt.Sprintf(format, args...))
}

func (m *memory) OutboxReady(ctx context.Context, after int64, limit int) ([]store.OutboxRow, error) {
	time.Sleep(m.pace("ready"))
	m.mu.Lock()
	defer m.mu.Unlock()
	m.reads++
	if err := m.allowed(ctx, "ready"); err != nil {
		return nil, err
	}
	var list []store.OutboxRow
	for _, r := range m.rows[min(int(after), len(m.rows)):] {
		if len(list) == limit {
			break
		}
		if r.state == "ready" {
			list = append(list, r.OutboxRow)
		}
	}
	return list, nil
}

func (m *memory) OutboxClaim(ctx context.Context, ids []int64) (claimed []int64, err error) {
	m.writing <- struct{}{}
	defer func() { <-m.writing }()
	time.Sleep(m.pace("claim"))
	m.mu.Lock()
	defer m.mu.Unlock()
	m.claims++
	if err := m.allowed(ctx, "claim"); err != nil {
		return nil, err
	}
	for _, id := range ids {
		if r := m.rows[id-1]; r.state == "ready" {
			r.state = "sending"
			claimed = append(claimed, id)
		}
	}
	return claimed, nil
}

func (m *memory) allowed(ctx context.Context, op string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return m.refuse(op)
}

// settle moves a row out of "sending".
func (m *memory) settle(ctx context.Context, op string, id int64, to string, change func(*memoryRow)) error {
	m.writing <- struct{}{}
	defer func() { <-m.writing }()
	time.Sleep(m.pace(op))
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.allowed(ctx, op); err != nil {
		return err
	}
	r := m.rows[id-1]
	if r.state != "sending" {
		m.fault("row %d: %s while %s", id, op, r.state)
		return nil
	}
	r.state = to
	change(r)
	return nil
}

func (m *memory) OutboxSent(ctx context.Context, id int64, a store.Acceptance) error {
	return m.settle(ctx, "sent", id, "sent", func(r *memoryRow) { r.at = a.At })
}

func (m *memory) OutboxBack(ctx context.Context, id int64, notBefore time.Time, code int, text string) error {
	return m.settle(ctx, "back", id, "ready", func(r *memoryRow) {
		r.NotBefore, r.code = notBefore, code
	})
}

func (m *memory) OutboxUnknown(ctx context.Context, id int64, why string) error {
	return m.settle(ctx, "unknown", id, "unknown", func(r *memoryRow) { r.at = m.now() })
}

func (m *memory) OutboxFailed(ctx context.Context, id int64, code int, text string) error {
	return m.settle(ctx, "failed", id, "failed", func(r *memoryRow) { r.code = code })
}

func (m *memory) OutboxExpire(ctx context.Context, now time.Time) (n int, err error) {
	m.writing <- struct{}{}
	defer func() { <-m.writing }()
	time.Sleep(m.pace("expire"))
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.allowed(ctx, "expire"); err != nil {
		return 0, err
	}
	for _, r := range m.rows {
		if r.state == "ready" && !now.Before(r.SendBefore) {
			r.state = "expired"
			n++
		}
	}
	return n, nil
}

func (m *memory) OutboxRecover(ctx context.Context) (n int, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.allowed(ctx, "recover"); err != nil {
		return 0, err
	}
	for _, r := range m.rows {
		if r.state == "sending" {
			r.state, r.at = "unknown", m.now()
			n++
		}
	}
	return n, nil
}

func (m *memory) OutboxRecent(ctx context.Context, since time.Time) (list []store.OutboxPast, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, r := range m.rows {
		if (r.state == "sent" || r.state == "unknown") && !r.at.Before(since) {
			list = append(list, store.OutboxPast{Contact: r.Contact, Channel: r.Channel, At: r.at})
		}
	}
	return list, nil
}

// courierFunc is a Courier that is one function of the row's id.
type courierFunc func(ctx context.Context, id int64) error

func (f courierFunc) Send(ctx context.Context, _ string, body []byte) (cloudapi.Accepted, error) {
	id, err := strconv.ParseInt(string(body), 10, 64)
	if err != nil {
		return cloudapi.Accepted{}, err
	}
	if err := f(ctx, id); err != nil {
		return cloudapi.Accepted{}, err
	}
	return cloudapi.Accepted{WAMID: "wamid." + string(body)}, nil
}

func graphError(code int) error {
	return &cloudapi.Error{HTTP: 400, GraphError: cloudapi.GraphError{Code: code, Message: "said Meta"}}
}

var (
	errNotSent  = fmt.Errorf("%w: connection refused", cloudapi.ErrNotSent)
	errNoAnswer = fmt.Errorf("%w: timeout", cloudapi.ErrNoAnswer)
)

var _ Ledger = (*memory)(nil)
