package desktest

import (
	"errors"
	"slices"
	"time"

	"github.com/google/go-cmp/cmp"

	"shopbell/core/chat"
	"shopbell/core/desk"
)

// customerOf returns who a conversation is with.
func (b *bench) customerOf(v chat.ConversationID) desk.Customer {
	b.Helper()
	d, err := b.Desk.Customer(b.Context(), b.Anna, b.row(v).Contact.ID)
	b.want(err, "", "reading a customer")
	return d
}

// customersFound returns the names that a query finds, in its order.
func (b *bench) customersFound(q desk.CustomerQuery) (names []string) {
	b.Helper()
	for {
		page, err := b.Desk.Customers(b.Context(), b.Anna, q)
		if err != nil {
			b.Fatalf("a page of customers after %q: %v", q.After, err)
		}
		for _, r := range page.Rows {
			names = append(names, r.Contact.DisplayName())
		}
		if page.Next == "" {
			return names
		}
		q.After = page.Next
	}
}

func (b *bench) profiles() {
	ctx := b.Context()
	v := b.Write(b.T, 0, "hello")
	id := b.row(v).Contact.ID
	b.want(b.Desk.SaveProfile(ctx, b.Pedro, id, chat.Profile{Name: " Ana Lima ", Language: "PT-br", Email: "ana@example.com", Address: "Rua A 1"}), "", "saving")
	want := chat.Profile{Name: "Ana Lima", Language: "pt-BR", Email: "ana@example.com", Address: "Rua A 1"}
	d := b.customerOf(v)
	if diff := cmp.Diff(want, d.Profile); diff != "" {
		b.Error(diff)
	}
	if d.Contact.Name != "Ana Lima" || d.Contact.ProfileName != b.Name(0) || b.row(v).Contact.Name != "Ana Lima" {
		b.Errorf("the contact is %+v, and %q in the inbox", d.Contact, b.row(v).Contact.Name)
	}
	if d.ChangedBy != b.Pedro.Agent || d.ChangedByName != b.Pedro.Name || d.ChangedAt.IsZero() {
		b.Errorf("last changed by %d %q at %v", d.ChangedBy, d.ChangedByName, d.ChangedAt)
	}
	for field, p := range map[string]chat.Profile{
		"email": {Email: "nobody"}, "language": {Language: "?"}, "name": {Name: string(make([]rune, chat.MaxProfileName+1))},
	} {
		err := b.Desk.SaveProfile(ctx, b.Anna, id, p)
		if e, ok := errors.AsType[*desk.Error](err); !ok || e.Code != desk.Invalid || e.Field != field {
			b.Errorf("a bad %s: %v", field, err)
		}
	}
	b.want(b.Desk.SaveProfile(ctx, b.Anna, id+9999, chat.Profile{}), desk.NotFound, "nobody's profile")
	if diff := cmp.Diff(want, b.customerOf(v).Profile); diff != "" {
		b.Errorf("what was refused changed something: %s", diff)
	}
}

func (b *bench) labelling() {
	ctx := b.Context()
	v := b.Write(b.T, 0, "hello")
	b.Write(b.T, 1, "hello")
	id := b.row(v).Contact.ID
	change := func(add, remove []string) desk.LabelChange {
		b.Helper()
		made, err := b.Desk.ChangeLabels(ctx, b.Pedro, id, desk.LabelChange{Add: add, Remove: remove})
		b.want(err, "", "labelling")
		return made
	}
	change([]string{"Regular", " Size  38 ", "regular"}, nil)
	_, err := b.Desk.ChangeLabels(ctx, b.Pedro, id, desk.LabelChange{Add: []string{""}})
	b.want(err, desk.Invalid, "no name")
	if got := b.customerOf(v).Labels; !slices.Equal(got, []string{"Regular", "Size 38"}) {
		b.Errorf("the labels are %q", got)
	}
	list, err := b.Desk.Labels(ctx, b.Anna)
	if diff := cmp.Diff([]desk.Label{{Name: "Regular", Customers: 1}, {Name: "Size 38", Customers: 1}}, list); diff != "" || err != nil {
		b.Errorf("%v: %s", err, diff)
	}
	if got := b.customersFound(desk.CustomerQuery{Labels: []string{"Regular"}}); !slices.Equal(got, []string{b.Name(0)}) {
		b.Errorf("with the label are %q", got)
	}
	made := change([]string{"VIP", "REGULAR"}, []string{"size 38", "Lisbon"})
	if diff := cmp.Diff(desk.LabelChange{Add: []string{"VIP"}, Remove: []string{"Size 38"}}, made); diff != "" {
		b.Errorf("what was changed: %s", diff)
	}
	back := made.Reverse()
	change(back.Add, back.Remove)
	if got := b.customerOf(v).Labels; !slices.Equal(got, []string{"Regular", "Size 38"}) {
		b.Errorf("taken back, the labels are %q", got)
	}
	change(nil, []string{"Regular", "Size 38"})
	if got := b.customerOf(v).Labels; len(got) > 0 {
		b.Errorf("the labels are %q", got)
	}
}

// label gives a customer a label.
func (b *bench) label(id chat.ContactID, label string) {
	b.Helper()
	_, err := b.Desk.ChangeLabels(b.Context(), b.Anna, id, desk.LabelChange{Add: []string{label}})
	b.want(err, "", "a label")
}

func (b *bench) labellingAtOnce() {
	v := b.Write(b.T, 0, "hello")
	id := b.row(v).Contact.ID
	b.label(id, "Old")
	want := []string{"A", "B", "C", "D", "E", "F"}
	errs := make(chan error)
	for _, l := range want {
		go func() {
			_, err := b.Desk.ChangeLabels(b.Context(), b.Pedro, id, desk.LabelChange{Add: []string{l}, Remove: []string{"Old"}})
			errs <- err
		}()
	}
	for range want {
		b.want(<-errs, "", "labelling")
	}
	if got := b.customerOf(v).Labels; !slices.Equal(got, want) {
		b.Errorf("the labels are %q, want %q", got, want)
	}
}

func (b *bench) ordering() {
	ctx := b.Context()
	v, other := b.Write(b.T, 0, "hello"), b.Write(b.T, 1, "hello")
	id := b.row(v).Contact.ID
	add := func(o desk.OrderDraft) desk.OrderID {
		b.Helper()
		made, err := b.Desk.AddOrder(ctx, b.Pedro, id, o)
		b.want(err, "", "adding an order")
		return made
	}
	boots := add(desk.OrderDraft{Conversation: v, Number: "#1048", Title: "Boots", Money: desk.Money{Minor: 8900, Currency: "EUR"}})
	add(desk.OrderDraft{Number: "#1031", Money: desk.Money{Minor: 700, Currency: "USD"}, Paid: true})
	for field, o := range map[string]desk.OrderDraft{
		"amount": {Money: desk.Money{Minor: -1, Currency: "EUR"}}, "currency": {Money: desk.Money{Currency: "euro"}},
	} {
		_, err := b.Desk.AddOrder(ctx, b.Anna, id, o)
		if e, ok := errors.AsType[*desk.Error](err); !ok || e.Code != desk.Invalid || e.Field != field {
			b.Errorf("a bad %s: %v", field, err)
		}
	}
	_, err := b.Desk.AddOrder(ctx, b.Anna, id, desk.OrderDraft{Conversation: other, Money: desk.Money{Currency: "EUR"}})
	b.want(err, desk.NotFound, "an order in somebody else's conversation")

	b.want(b.Desk.SetPaid(ctx, b.Pedro, boots, true), "", "marking as paid")
	b.want(b.Desk.SetPaid(ctx, b.Anna, boots, true), "", "marking as paid twice")
	b.want(b.Desk.SetPaid(ctx, b.Anna, boots+999, true), desk.NotFound, "marking nothing")
	page, err := b.Desk.CustomerOrders(ctx, b.Anna, id, 0, 1)
	if err != nil || len(page.Orders) != 1 || page.Orders[0].Number != "#1031" || page.Next == 0 {
		b.Fatalf("the first page is %+v, %v", page, err)
	}
	if page, err = b.Desk.CustomerOrders(ctx, b.Anna, id, page.Next, 1); err != nil || len(page.Orders) != 1 || page.Next != 0 {
		b.Fatalf("the second page is %+v, %v", page, err)
	}
	if o := page.Orders[0]; o.ID != boots || o.PaidBy != b.Pedro.Agent || o.PaidAt.IsZero() || o.By != b.Pedro.Agent || o.Conversation != v {
		b.Errorf("the order is %+v", o)
	}
	if d := b.customerOf(v); d.Orders != 2 || !slices.Equal(d.Spent, []desk.Money{{Minor: 8900, Currency: "EUR"}, {Minor: 700, Currency: "USD"}}) {
		b.Errorf("%d orders, %+v", d.Orders, d.Spent)
	}
	found, err := b.Desk.Customers(ctx, b.Anna, desk.CustomerQuery{Search: "1048"})
	if err != nil || len(found.Rows) != 1 || found.Rows[0].Spent != 8900 || found.Currency != "EUR" || found.Shown != 1 || found.Total != 2 {
		b.Errorf("by the order's number: %+v, %v", found, err)
	}
	b.want(b.Desk.SetPaid(ctx, b.Anna, boots, false), "", "taking the mark back")
	if d := b.customerOf(v); !slices.Equal(d.Spent, []desk.Money{{Minor: 700, Currency: "USD"}}) {
		b.Errorf("without the mark %+v", d.Spent)
	}
}

func (b *bench) customersList() {
	ctx := b.Context()
	var ids []chat.ContactID
	for n := range 4 {
		v := b.Write(b.T, n, "hello")
		b.Forward(time.Minute)
		ids = append(ids, b.row(v).Contact.ID)
	}
	for n, o := range map[int]int64{1: 500, 2: 900} {
		_, err := b.Desk.AddOrder(ctx, b.Anna, ids[n], desk.OrderDraft{Money: desk.Money{Minor: o, Currency: "EUR"}, Paid: true})
		b.want(err, "", "an order")
	}
	b.want(b.Desk.SaveProfile(ctx, b.Anna, ids[3], chat.Profile{Name: "Ana", Language: "pt"}), "", "a profile")
	a, bb, c := b.Name(0), b.Name(1), b.Name(2)
	for name, tt := range map[string]struct {
		q    desk.CustomerQuery
		want []string
	}{
		"by the last contact":          {desk.CustomerQuery{}, []string{"Ana", c, bb, a}},
		"by the last contact, oldest":  {desk.CustomerQuery{Reverse: true}, []string{a, bb, c, "Ana"}},
		"by name":                      {desk.CustomerQuery{Sort: desk.SortName}, []string{"Ana", a, bb, c}},
		"by name, from Z":              {desk.CustomerQuery{Sort: desk.SortName, Reverse: true}, []string{c, bb, a, "Ana"}},
		"by what they spent":           {desk.CustomerQuery{Sort: desk.SortSpent, SpentAtLeast: 1}, []string{c, bb}},
		"in which they were added":     {desk.CustomerQuery{Sort: desk.SortAdded}, []string{a, bb, c, "Ana"}},
		"the other way round":          {desk.CustomerQuery{Sort: desk.SortAdded, Reverse: true}, []string{"Ana", c, bb, a}},
		"who spent much":               {desk.CustomerQuery{SpentAtLeast: 900}, []string{c}},
		"who ordered nothing":          {desk.CustomerQuery{NoOrder: true}, []string{"Ana", a}},
		"in a language":                {desk.CustomerQuery{Language: "pt"}, []string{"Ana"}},
		"who wrote lately":             {desk.CustomerQuery{WroteWithin: 150 * time.Second}, []string{"Ana", c}},
		"by a name":                    {desk.CustomerQuery{Search: "an"}, []string{"Ana"}},
		"by a name of the network too": {desk.CustomerQuery{Search: "customer"}, []string{"Ana", c, bb, a}},
		"nobody":                       {desk.CustomerQuery{Search: "zzz"}, nil},
	} {
		for _, limit := range []int{0, 1} {
			tt.q.Limit = limit
			if got := b.customersFound(tt.q); !slices.Equal(got, tt.want) {
				b.Errorf("%s, in pages of %d: %q, want %q", name, limit, got, tt.want)
			}
		}
	}
	for field, q := range map[string]desk.CustomerQuery{"sort": {Sort: "luck"}, "limit": {Limit: 201}, "cursor": {After: "?"}} {
		_, err := b.Desk.Customers(ctx, b.Anna, q)
		if e, ok := errors.AsType[*desk.Error](err); !ok || e.Code != desk.Invalid || e.Field != field {
			b.Errorf("a bad %s: %v", field, err)
		}
	}
}

func (b *bench) newCustomers() {
	ctx := b.Context()
	id, err := b.Desk.NewCustomer(ctx, b.Pedro, "+351 912 555 014", chat.Profile{Name: "Марина"})
	b.want(err, "", "adding")
	d, err := b.Desk.Customer(ctx, b.Anna, id)
	if err != nil || d.Contact.Name != "Марина" || d.Contact.Phone != "351912555014" || d.Conversations != 0 {
		b.Errorf("the customer is %+v, %v", d, err)
	}
	again, err := b.Desk.NewCustomer(ctx, b.Anna, "351912555014", chat.Profile{})
	b.want(err, desk.Conflict, "adding the same number")
	if again != id {
		b.Errorf("the number is said to be %d's, want %d", again, id)
	}
	_, err = b.Desk.NewCustomer(ctx, b.Anna, "12", chat.Profile{})
	b.want(err, desk.Invalid, "no number")
}

func (b *bench) blocking() {
	ctx := b.Context()
	v := b.Write(b.T, 0, "hello")
	id := b.row(v).Contact.ID
	b.want(b.Desk.SetBlocked(ctx, b.Anna, id, true), "", "blocking")
	b.want(b.Desk.SetOptedOut(ctx, b.Anna, id, true), "", "opting out")
	if row := b.row(v); row.Unread != 0 || !row.WaitingSince.IsZero() || !row.Contact.Blocked || !row.Contact.OptedOut {
		b.Errorf("the row of who is blocked is %+v", row)
	}
	if d := b.customerOf(v); d.BlockedAt.IsZero() || d.OptedOutAt.IsZero() {
		b.Errorf("blocked at %v, opted out at %v", d.BlockedAt, d.OptedOutAt)
	}
	b.Write(b.T, 0, "hello?")
	if row := b.row(v); row.Unread != 0 || !row.WaitingSince.IsZero() {
		b.Errorf("after a message of who is blocked the row is %+v", row)
	}
	b.want(b.Desk.SetBlocked(ctx, b.Anna, id, false), "", "unblocking")
	b.want(b.Desk.SetOptedOut(ctx, b.Anna, id, false), "", "opting in")
	b.Write(b.T, 0, "and now?")
	if row := b.row(v); row.Unread != 1 || row.WaitingSince.IsZero() || row.Contact.Blocked || row.Contact.OptedOut {
		b.Errorf("unblocked, the row is %+v", row)
	}
}

func (b *bench) merging() {
	ctx := b.Context()
	v1, v2 := b.Write(b.T, 0, "hello"), b.Write(b.T, 1, "hi")
	stays, goes := b.row(v1).Contact.ID, b.row(v2).Contact.ID
	b.want(b.Desk.SaveProfile(ctx, b.Anna, goes, chat.Profile{Email: "ana@example.com"}), "", "a profile")
	b.label(goes, "Lisbon")
	id, err := b.Desk.Merge(ctx, b.Anna, desk.MergeChoice{Stays: stays, Goes: goes, Take: []chat.ProfileField{chat.FieldEmail}})
	b.want(err, "", "merging")
	if got := b.customersFound(desk.CustomerQuery{}); !slices.Equal(got, []string{b.Name(0)}) {
		b.Errorf("the customers are %q", got)
	}
	d := b.customerOf(v2)
	if d.Contact.ID != stays || d.Email != "ana@example.com" || d.Conversations != 2 || !slices.Equal(d.Labels, []string{"Lisbon"}) || len(d.Chats) != 2 {
		b.Errorf("together they are %+v", d)
	}
	if len(d.Merges) != 1 || d.Merges[0].ID != id || d.Merges[0].Goes != goes || d.Merges[0].Name != b.Name(1) {
		b.Errorf("the merges are %+v", d.Merges)
	}
	if old, err := b.Desk.Customer(ctx, b.Anna, goes); err != nil || old.Contact.ID != stays {
		b.Errorf("by the old id: %+v, %v", old.Contact, err)
	}
	if page, err := b.Desk.CustomerChats(ctx, b.Anna, stays, 0, 0); err != nil || len(page.Rows) != 2 || page.Rows[0].ID != max(v1, v2) {
		b.Errorf("the conversations are %+v, %v", page, err)
	}
	// The chats stay apart, and each goes on.
	if again := b.Write(b.T, 1, "more"); again != v2 || b.row(v2).Contact.ID != stays || b.row(v2).Contact.Phone == b.row(v1).Contact.Phone {
		b.Errorf("it goes on in conversation %d: %+v", again, b.row(again).Contact)
	}
	_, err = b.Desk.Merge(ctx, b.Anna, desk.MergeChoice{Stays: stays, Goes: goes})
	b.want(err, desk.Conflict, "merging who was merged")
	_, err = b.Desk.Merge(ctx, b.Anna, desk.MergeChoice{Stays: stays, Goes: stays})
	b.want(err, desk.Invalid, "merging somebody with themselves")

	b.want(b.Desk.UndoMerge(ctx, b.Anna, id), "", "undoing")
	b.want(b.Desk.UndoMerge(ctx, b.Anna, id), desk.Conflict, "undoing twice")
	b.want(b.Desk.UndoMerge(ctx, b.Anna, id+999), desk.NotFound, "undoing nothing")
	one, two := b.customerOf(v1), b.customerOf(v2)
	if one.Contact.ID != stays || two.Contact.ID != goes || one.Email != "" || two.Email != "ana@example.com" || len(one.Labels) != 0 || len(two.Labels) != 1 {
		b.Errorf("apart they are %+v and %+v", one, two)
	}
	id, err = b.Desk.Merge(ctx, b.Anna, desk.MergeChoice{Stays: stays, Goes: goes})
	b.want(err, "", "merging again")
	b.Forward(desk.UndoMergeWithin)
	b.want(b.Desk.UndoMerge(ctx, b.Anna, id), desk.Conflict, "undoing after 30 days")
}

func (b *bench) twins() {
	ctx := b.Context()
	v1, v2 := b.Write(b.T, 0, "hello"), b.Write(b.T, 1, "hi")
	one, two := b.row(v1).Contact.ID, b.row(v2).Contact.ID
	for _, id := range []chat.ContactID{one, two} {
		b.want(b.Desk.SaveProfile(ctx, b.Anna, id, chat.Profile{Email: "ana@example.com"}), "", "a profile")
	}
	list, err := b.Desk.Duplicates(ctx, b.Anna)
	if err != nil || len(list) != 1 || !slices.Contains(list[0].Reasons, chat.SameEmail) ||
		!slices.Contains([]chat.ContactID{list[0].A.Contact.ID, list[0].B.Contact.ID}, two) {
		b.Fatalf("the pairs are %+v, %v", list, err)
	}
	b.want(b.Desk.NotSame(ctx, b.Anna, two, one), "", "saying that they are two")
	b.want(b.Desk.NotSame(ctx, b.Anna, one, two), "", "saying it twice")
	if list, err = b.Desk.Duplicates(ctx, b.Anna); err != nil || len(list) != 0 {
		b.Errorf("the pairs are %+v, %v", list, err)
	}
}
