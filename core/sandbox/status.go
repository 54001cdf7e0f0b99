package sandbox

import (
	"context"
	"strconv"
	"time"

	"shopbell/core/chat"
)

type status struct {
	ID              string        `json:"id"`
	Status          string        `json:"status"`
	Timestamp       string        `json:"timestamp"`
	RecipientID     string        `json:"recipient_id,omitempty"`
	RecipientUserID string        `json:"recipient_user_id,omitempty"`
	Opaque          string        `json:"biz_opaque_callback_data,omitempty"`
	Pricing         *pricing      `json:"pricing,omitempty"`
	Errors          []statusError `json:"errors,omitempty"`
}

type pricing struct {
	Billable bool   `json:"billable"`
	Model    string `json:"pricing_model"`
	Type     string `json:"type"`
	Category string `json:"category"`
}

// price is what Meta says of a message's price: answers in the window are free
// here, a template costs what its category does.
func (a accepted) price() *pricing {
	if a.category != "" {
		return &pricing{Billable: true, Model: "PMP", Type: "regular", Category: a.category}
	}
	return &pricing{Billable: false, Model: "PMP", Type: "free_customer_service", Category: "service"}
}

type statusError struct {
	Code    int    `json:"code"`
	Title   string `json:"title"`
	Message string `json:"message"`
}

// step is one status of a message. It comes after tenths of Options.Delay have
// passed since the one before.
type step struct {
	status string
	after  int
	priced bool
}

// plan lists the statuses of a message. Meta leaves "delivered" out where the
// chat is open (every 7th message to a customer, the 4th first), some are never
// read (every 10th), and the price stands once, on one status or another. It hangs
// on the messages of this customer alone, so that the same run gives the same, and
// nobody else's messages decide what is read. A voice note that is read is played
// too.
func plan(a accepted) []step {
	if a.refused {
		return []step{{status: "failed", after: 2}}
	}
	if a.fail != 0 {
		return []step{{status: "sent", after: 2}, {status: "failed", after: 8}}
	}
	if a.kind == chat.KindReaction {
		return []step{{status: "sent", after: 2}}
	}
	steps := []step{{status: "sent", after: 2}}
	open, never := a.number%7 == 3, a.number%10 == 9
	if !open || never {
		steps = append(steps, step{status: "delivered", after: 8})
	}
	if !never {
		steps = append(steps, step{status: "read", after: 20})
	}
	priced := 0
	if a.number%5 == 4 {
		priced = len(steps) - 1
	}
	steps[priced].priced = true
	if !never && a.voice {
		steps = append(steps, step{status: "played", after: 20})
	}
	return steps
}

// report delivers the statuses of a in order, each until the desk takes it or
// ctx ends.
func (s *Sandbox) report(ctx context.Context, a accepted, delay time.Duration) {
	s.mu.Lock()
	silent, twice := s.faults.NoStatuses, s.faults.DuplicateStatuses
	to := a.to.customer
	s.mu.Unlock()
	for _, st := range plan(a) {
		if !wait(ctx, delay*time.Duration(st.after)/10) {
			return
		}
		w := status{
			ID: a.wamid, Status: st.status, Timestamp: strconv.FormatInt(s.o.Now().Unix(), 10),
			RecipientID: to.Phone, RecipientUserID: to.UserID, Opaque: a.opaque,
		}
		if st.priced {
			w.Pricing = a.price()
		}
		switch st.status {
		case "failed":
			w.Errors = []statusError{{Code: a.fail, Title: "Fault of the sandbox", Message: "Fault of the sandbox"}}
		case "read":
			s.mu.Lock()
			s.stats.ReadByCustomer++
			s.mu.Unlock()
		}
		if silent {
			continue
		}
		packed, err := s.pack("messages", value{Statuses: []status{w}})
		if err != nil {
			s.o.Log.Error("sandbox: status", "error", err)
			return
		}
		if s.push(ctx, packed) != nil {
			return // counted as failed webhooks; ctx ended
		}
		if twice && s.push(ctx, packed) != nil {
			return
		}
	}
}
