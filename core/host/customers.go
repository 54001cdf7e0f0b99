package host

import (
	"context"
	"fmt"
	"time"

	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/staff"
	"shopbell/core/store"
)

const (
	customersSubject = "customers" // of audit entries about all of them
	usualHistory     = 20          // conversations or orders on a page
)

func customerSubject(id chat.ContactID) string { return fmt.Sprintf("customer:%d", id) }

// Customers implements desk.Customers.
func (h *Host) Customers(ctx context.Context, who desk.Actor, q desk.CustomerQuery) (page desk.CustomerPage, err error) {
	if err := h.allow(ctx, who, staff.SeeConversations, "customer.list", customersSubject); err != nil {
		return page, err
	}
	query, err := h.customerQuery(q, 200)
	if err != nil {
		return page, err
	}
	err = h.db.View(ctx, func(r *store.Reader) error {
		page, err = r.Customers(query)
		return err
	})
	return page, listFault(err)
}

// customerQuery makes what was asked for comparable. Invalid.
func (h *Host) customerQuery(q desk.CustomerQuery, most int) (query store.CustomerQuery, err error) {
	if q.Limit, err = within("limit", q.Limit, 50, most); err != nil {
		return query, err
	}
	switch q.Sort {
	case "", desk.SortLastContact, desk.SortName, desk.SortOrders, desk.SortSpent, desk.SortAdded:
	default:
		return query, invalid("sort", fmt.Errorf("customers have no order %q", q.Sort))
	}
	query = store.CustomerQuery{CustomerQuery: q, Now: h.now()}
	query.Words, query.Digits, err = wordsOf(q.Search)
	return query, err
}

// customer runs a read of one customer by a person, whatever id of theirs was given.
func (h *Host) customer(ctx context.Context, who desk.Actor, id chat.ContactID, read func(*store.Reader, chat.ContactID) error) error {
	if err := h.allow(ctx, who, staff.SeeConversations, "customer.see", customerSubject(id)); err != nil {
		return err
	}
	return fault(h.db.View(ctx, func(r *store.Reader) error {
		person, err := r.Person(id)
		if err != nil {
			return err
		}
		return read(r, person)
	}))
}

// Customer implements desk.Customers.
func (h *Host) Customer(ctx context.Context, who desk.Actor, id chat.ContactID) (d desk.Customer, err error) {
	now := h.now().UTC()
	month := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, time.UTC)
	err = h.customer(ctx, who, id, func(r *store.Reader, person chat.ContactID) error {
		d, err = r.Customer(person, month, now.Add(-desk.UndoMergeWithin))
		return err
	})
	return d, err
}

// CustomerChats implements desk.Customers.
func (h *Host) CustomerChats(ctx context.Context, who desk.Actor, id chat.ContactID, before chat.ConversationID, limit int) (page desk.CustomerChats, err error) {
	if limit, err = within("limit", limit, usualHistory, 200); err != nil {
		return page, err
	}
	err = h.customer(ctx, who, id, func(r *store.Reader, person chat.ContactID) error {
		rows, err := r.ConversationsOf(person, before, limit+1)
		var last *chat.Conversation
		if page.Rows, last = pageOf(rows, limit); last != nil {
			page.Next = last.ID
		}
		return err
	})
	return page, err
}

// CustomerOrders implements desk.Customers.
func (h *Host) CustomerOrders(ctx context.Context, who desk.Actor, id chat.ContactID, before desk.OrderID, limit int) (page desk.OrderPage, err error) {
	if limit, err = within("limit", limit, usualHistory, 200); err != nil {
		return page, err
	}
	err = h.customer(ctx, who, id, func(r *store.Reader, person chat.ContactID) error {
		orders, err := r.Orders(person, before, limit+1)
		var last *desk.Order
		if page.Orders, last = pageOf(orders, limit); last != nil {
			page.Next = last.ID
		}
		return err
	})
	return page, err
}

// pageOf takes a page out of what was read with one row more than limit: that one
// tells that there is another page, which begins after last. nil: there is none.
func pageOf[Row any](rows []Row, limit int) (page []Row, last *Row) {
	if len(rows) <= limit {
		return rows, nil
	}
	return rows[:limit], &rows[limit-1]
}

// Labels implements desk.Customers.
func (h *Host) Labels(ctx context.Context, who desk.Actor) (list []desk.Label, err error) {
	if err := h.allow(ctx, who, staff.SeeConversations, "customer.labels", customersSubject); err != nil {
		return nil, err
	}
	err = h.db.View(ctx, func(r *store.Reader) error {
		list, err = r.Labels()
		return err
	})
	return list, fault(err)
}

// Duplicates implements desk.Customers.
func (h *Host) Duplicates(ctx context.Context, who desk.Actor) (list []desk.Duplicate, err error) {
	if err := h.allow(ctx, who, staff.MergeCustomers, "customer.duplicates", customersSubject); err != nil {
		return nil, err
	}
	err = h.db.View(ctx, func(r *store.Reader) error {
		list, err = r.Duplicates(desk.MaxDuplicates)
		return err
	})
	return list, fault(err)
}
