package desktest

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"shopbell/core/autoreply/words"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

// customer is what a Fake keeps of one identity: who was merged keeps what is theirs.
type customer struct {
	desk.Customer
	orders []desk.Order     // oldest first
	into   *customer        // whom they were merged into; nil: they are a customer
	merges []*merge         // into this one, oldest first
	apart  []chat.ContactID // NotSame was said of these
}

// merge is one that can be undone.
type merge struct {
	desk.MergeRecord
	goes   *customer
	before map[chat.ProfileField]string // what it replaced
	after  map[chat.ProfileField]string
}

// people returns the customers by id, with one for each contact who has a
// conversation. The caller holds mu.
func (f *Fake) people() map[chat.ContactID]*customer {
	for _, v := range f.convs {
		id := cmp.Or(v.Contact.Identity, v.Contact.ID)
		if f.customers[id] == nil {
			v.Contact.Identity, v.Contact.ProfileName = id, cmp.Or(v.Contact.ProfileName, v.Contact.Name)
			f.customers[id] = &customer{Customer: desk.Customer{Contact: v.Contact}}
		}
	}
	return f.customers
}

// person returns the customer that an id belongs to. The caller holds mu.
func (f *Fake) person(id chat.ContactID) (*customer, error) {
	c := f.people()[id]
	if c == nil {
		return nil, desk.Errorf(desk.NotFound, "customer %d", id)
	}
	for c.into != nil {
		c = c.into
	}
	return c, nil
}

// identities are all who are one with c, c first. The caller holds mu.
func (f *Fake) identities(c *customer) (list []*customer) {
	for _, other := range f.people() {
		if root, err := f.person(other.Contact.ID); err == nil && root == c && other != c {
			list = append(list, other)
		}
	}
	slices.SortFunc(list, func(a, b *customer) int { return cmp.Compare(a.Contact.ID, b.Contact.ID) })
	return append([]*customer{c}, list...)
}

// chats are the conversations of a customer, newest first. The caller holds mu.
func (f *Fake) chats(c *customer) (list []chat.Conversation) {
	for _, v := range f.convs {
		if v.Contact.ID == c.Contact.ID {
			list = append(list, *v)
		}
	}
	slices.SortFunc(list, func(a, b chat.Conversation) int { return cmp.Compare(b.ID, a.ID) })
	return list
}

// whole fills in what is counted. The caller holds mu.
func (f *Fake) whole(c *customer) (desk.Customer, []desk.Order) {
	d := c.Customer
	d.Contact.OptedOut, d.Contact.Blocked = !d.OptedOutAt.IsZero(), !d.BlockedAt.IsZero()
	d.Labels, d.Merges = nil, nil
	var orders []desk.Order
	for _, own := range f.identities(c) {
		d.Labels = append(d.Labels, own.Labels...)
		orders = append(orders, own.orders...)
		d.Chats = append(d.Chats, desk.CustomerChat{
			Identity: own.Contact.Identity, Phone: own.Contact.Phone, Username: own.Contact.Username, ProfileName: own.Contact.ProfileName,
		})
		for _, m := range own.merges {
			if f.Now().Before(m.Until) {
				d.Merges = append([]desk.MergeRecord{m.MergeRecord}, d.Merges...)
			}
		}
	}
	slices.Sort(d.Labels)
	d.Labels = slices.Compact(d.Labels)
	slices.SortFunc(orders, func(a, b desk.Order) int { return cmp.Compare(b.ID, a.ID) })
	d.Orders = len(orders)
	for _, o := range orders {
		if o.PaidAt.IsZero() {
			continue
		}
		i := slices.IndexFunc(d.Spent, func(m desk.Money) bool { return m.Currency == o.Currency })
		if i < 0 {
			i = len(d.Spent)
			d.Spent = append(d.Spent, desk.Money{Currency: o.Currency})
		}
		d.Spent[i].Minor += o.Minor
	}
	slices.SortFunc(d.Spent, func(a, b desk.Money) int {
		return cmp.Or(compareBool(a.Currency != f.currency, b.Currency != f.currency), strings.Compare(a.Currency, b.Currency))
	})
	var matters []chat.Matter
	for _, v := range f.chats(c) {
		d.Conversations++
		if v.LastAt.After(d.LastAt) {
			d.LastAt = v.LastAt
		}
		if v.Rating.Score != 0 {
			d.Ratings++
			d.Scores += v.Rating.Score
		}
		matters = append(matters, chat.Matter{Question: v.Question, Department: v.Department, StartedAt: v.StartedAt, ResolvedAt: v.ResolvedAt})
		for _, m := range f.messages[v.ID] {
			if m.Kind == chat.KindNote {
				d.Notes++
			}
		}
	}
	if r, repeats := chat.RepeatOf(matters); repeats {
		d.Repeat = &r
	}
	return d, orders
}

func (f *Fake) rowOf(c *customer) desk.CustomerRow {
	d, _ := f.whole(c)
	row := desk.CustomerRow{Contact: d.Contact, Language: d.Language, Labels: d.Labels, LastAt: d.LastAt, Orders: d.Orders}
	if len(d.Spent) > 0 && d.Spent[0].Currency == f.currency {
		row.Spent = d.Spent[0].Minor
	}
	return row
}

// Customers keeps the contract of desk.Customers.
func (f *Fake) Customers(ctx context.Context, _ desk.Actor, q desk.CustomerQuery) (page desk.CustomerPage, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "Customers"); err != nil {
		return page, err
	}
	order, ok := customerOrders[cmp.Or(q.Sort, desk.SortLastContact)]
	switch {
	case !ok:
		return page, &desk.Error{Code: desk.Invalid, Field: "sort"}
	case q.Limit < 0 || q.Limit > 200:
		return page, &desk.Error{Code: desk.Invalid, Field: "limit", Limit: 200}
	case len(words.Plain(q.Search)) > desk.MaxSearchWords:
		return page, &desk.Error{Code: desk.Invalid, Field: "search", Limit: desk.MaxSearchWords}
	}
	var rows []desk.CustomerRow
	total := 0
	for _, c := range f.people() {
		if c.into == nil {
			total++
			if f.wanted(c, q) {
				rows = append(rows, f.rowOf(c))
			}
		}
	}
	slices.SortFunc(rows, func(a, b desk.CustomerRow) int {
		n := cmp.Or(order(a, b), cmp.Compare(a.Contact.ID, b.Contact.ID))
		if q.Reverse {
			n = -n
		}
		return n
	})
	start, shown := 0, len(rows)
	if q.After != "" {
		last := slices.IndexFunc(rows, func(r desk.CustomerRow) bool { return strconv.Itoa(int(r.Contact.ID)) == q.After })
		if last < 0 {
			return page, &desk.Error{Code: desk.Invalid, Field: "cursor"}
		}
		start, total, shown = last+1, 0, 0
	}
	end := min(len(rows), start+cmp.Or(q.Limit, 50))
	page = desk.CustomerPage{Rows: rows[start:end], Total: total, Shown: shown, Currency: f.currency}
	if end < len(rows) {
		page.Next = strconv.Itoa(int(rows[end-1].Contact.ID))
	}
	return page, nil
}

var customerOrders = map[desk.CustomerSort]func(a, b desk.CustomerRow) int{
	desk.SortLastContact: func(a, b desk.CustomerRow) int { return b.LastAt.Compare(a.LastAt) },
	desk.SortName: func(a, b desk.CustomerRow) int {
		return cmp.Or(compareBool(a.Contact.Name == "", b.Contact.Name == ""), strings.Compare(strings.ToLower(a.Contact.Name), strings.ToLower(b.Contact.Name)))
	},
	desk.SortOrders: func(a, b desk.CustomerRow) int { return cmp.Compare(b.Orders, a.Orders) },
	desk.SortSpent:  func(a, b desk.CustomerRow) int { return cmp.Compare(b.Spent, a.Spent) },
	desk.SortAdded:  func(a, b desk.CustomerRow) int { return cmp.Compare(a.Contact.ID, b.Contact.ID) },
}

// compareBool puts false before true.
func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// wanted reports whether a query finds a customer. The caller holds mu.
func (f *Fake) wanted(c *customer, q desk.CustomerQuery) bool {
	d, orders := f.whole(c)
	chats := f.chats(c)
	within := func(v chat.Conversation) bool { return f.Now().Sub(v.LastInbound) <= q.WroteWithin }
	for _, l := range q.Labels {
		if !slices.Contains(d.Labels, l) {
			return false
		}
	}
	switch {
	case q.Language != "" && d.Language != q.Language,
		q.NoOrder && d.Orders > 0,
		q.WroteWithin > 0 && !slices.ContainsFunc(chats, within),
		q.Department != "" && !slices.ContainsFunc(chats, func(v chat.Conversation) bool { return v.Department == q.Department }),
		q.SpentAtLeast > 0 && f.rowOf(c).Spent < q.SpentAtLeast:
		return false
	}
	known := d.Contact
	known.Name += " " + strings.Join(d.Labels, " ")
	for _, o := range orders {
		known.Name += " " + o.Number
	}
	for _, other := range f.identities(c) {
		known.Name += " " + other.Contact.Name + " " + other.Contact.ProfileName
	}
	return matches(known, q.Search)
}

// Customer keeps the contract of desk.Customers.
func (f *Fake) Customer(ctx context.Context, _ desk.Actor, id chat.ContactID) (desk.Customer, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "Customer"); err != nil {
		return desk.Customer{}, err
	}
	c, err := f.person(id)
	if err != nil {
		return desk.Customer{}, err
	}
	d, _ := f.whole(c)
	return d, nil
}

// CustomerChats keeps the contract of desk.Customers.
func (f *Fake) CustomerChats(ctx context.Context, _ desk.Actor, id chat.ContactID, before chat.ConversationID, limit int) (page desk.CustomerChats, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "CustomerChats"); err != nil {
		return page, err
	}
	c, err := f.person(id)
	if err != nil {
		return page, err
	}
	for _, v := range f.chats(c) {
		switch {
		case before != 0 && v.ID >= before:
		case len(page.Rows) < cmp.Or(limit, 20):
			page.Rows = append(page.Rows, v)
		default:
			page.Next = page.Rows[len(page.Rows)-1].ID
		}
	}
	return page, nil
}

// CustomerOrders keeps the contract of desk.Customers.
func (f *Fake) CustomerOrders(ctx context.Context, _ desk.Actor, id chat.ContactID, before desk.OrderID, limit int) (page desk.OrderPage, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "CustomerOrders"); err != nil {
		return page, err
	}
	c, err := f.person(id)
	if err != nil {
		return page, err
	}
	_, orders := f.whole(c)
	for _, o := range orders {
		switch {
		case before != 0 && o.ID >= before:
		case len(page.Orders) < cmp.Or(limit, 20):
			page.Orders = append(page.Orders, o)
		default:
			page.Next = page.Orders[len(page.Orders)-1].ID
		}
	}
	return page, nil
}

// Labels keeps the contract of desk.Customers.
func (f *Fake) Labels(ctx context.Context, _ desk.Actor) (list []desk.Label, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "Labels"); err != nil {
		return nil, err
	}
	count := map[string]int{}
	for _, c := range f.people() {
		if c.into == nil {
			d, _ := f.whole(c)
			for _, l := range d.Labels {
				count[l]++
			}
		}
	}
	for name, n := range count {
		list = append(list, desk.Label{Name: name, Customers: n})
	}
	slices.SortFunc(list, func(a, b desk.Label) int { return strings.Compare(a.Name, b.Name) })
	return list, nil
}

// nowIf is the clock's time where something holds, and else the zero time.
func (f *Fake) nowIf(holds bool) (t time.Time) {
	if holds {
		t = f.Now()
	}
	return t
}

// unfit gives an error of chat.Profile or of labels the code of the desk.
func unfit(err error) error {
	if e, ok := errors.AsType[*chat.ProfileError](err); ok {
		return &desk.Error{Code: desk.Invalid, Field: string(e.Field), Limit: e.Limit, Err: e}
	}
	return err
}
