package desktest

import (
	"errors"
	"slices"

	"github.com/google/go-cmp/cmp"

	"shopbell/core/chat"
	"shopbell/core/contactfile"
	"shopbell/core/desk"
)

// outcomes checks what became of people.
func (b *bench) outcomes(what string, got []desk.ImportResult, err error, want ...desk.ImportOutcome) {
	b.Helper()
	var all []desk.ImportOutcome
	for _, r := range got {
		all = append(all, r.Outcome)
	}
	if !slices.Equal(all, want) || err != nil {
		b.Errorf("%s: %+v, %v; want %q", what, got, err, want)
	}
}

func (b *bench) importing() {
	ctx := b.Context()
	v := b.Write(b.T, 0, "hello")
	known := b.row(v).Contact
	people := []contactfile.Person{
		{Phones: []string{known.Phone}, Profile: chat.Profile{Name: known.Name, Email: "a@example.com"}, Labels: []string{"Regular"}},
		{Phones: []string{"551187654321", "351912555016"}, Profile: chat.Profile{Name: "Марина", Language: "ru"}},
		{Phones: []string{"12"}, Profile: chat.Profile{Name: "Nobody"}},
	}
	plan, err := b.Desk.PlanImport(ctx, b.Pedro, people)
	b.outcomes("the plan", plan, err, desk.ImportChanged, desk.ImportNew, desk.ImportRefused)
	if plan[0].Customer != known.ID || !slices.Equal(plan[0].Fields, []chat.ProfileField{chat.FieldEmail, chat.FieldLabel}) || plan[2].Wrong != desk.ImportPhone {
		b.Errorf("the plan is %+v", plan)
	}
	if d := b.customerOf(v); d.Email != "" {
		b.Errorf("the plan changed %+v", d)
	}
	done, err := b.Desk.ImportCustomers(ctx, b.Pedro, people)
	b.outcomes("the import", done, err, desk.ImportChanged, desk.ImportNew, desk.ImportRefused)
	if d := b.customerOf(v); d.Email != "a@example.com" || !slices.Equal(d.Labels, []string{"Regular"}) || d.Profile.Name != "" {
		b.Errorf("who was known is %+v", d)
	}
	d, err := b.Desk.Customer(ctx, b.Anna, done[1].Customer)
	if err != nil || d.Contact.Name != "Марина" || d.Language != "ru" || len(d.Chats) != 2 || d.Chats[1].Phone != "351912555016" {
		b.Errorf("who is new is %+v, %v", d, err)
	}
	if got := b.customersFound(desk.CustomerQuery{Sort: desk.SortName}); !slices.Equal(got, []string{b.Name(0), "Марина"}) {
		b.Errorf("the customers are %q", got)
	}
	again := []contactfile.Person{{Phones: []string{"5511987654321"}}, people[0], {Phones: []string{"351912555016"}, Profile: chat.Profile{Email: "m@example.com"}}}
	done, err = b.Desk.ImportCustomers(ctx, b.Anna, again)
	b.outcomes("importing again", done, err, desk.ImportSame, desk.ImportSame, desk.ImportChanged)
	if now, err := b.Desk.Customer(ctx, b.Anna, d.Contact.ID); err != nil || now.Email != "m@example.com" || now.Profile.Name != "Марина" || done[2].Customer != d.Contact.ID {
		b.Errorf("an import changed %+v, %v", now, err)
	}
	done, err = b.Desk.ImportCustomers(ctx, b.Anna, []contactfile.Person{{Phones: []string{known.Phone, "351912555016"}}})
	b.outcomes("two customers' phones", done, err, desk.ImportSame)
	if !slices.Equal(done[0].Taken, []string{"351912555016"}) {
		b.Errorf("taken are %q", done[0].Taken)
	}
	if len(d.Merges) != 1 {
		b.Fatalf("the merges are %+v", d.Merges)
	}
	b.want(b.Desk.UndoMerge(ctx, b.Anna, d.Merges[0].ID), "", "taking two phones of one person apart")
	plan, err = b.Desk.PlanImport(ctx, b.Anna, []contactfile.Person{{Phones: []string{"351912555016"}}})
	if b.outcomes("the other phone", plan, err, desk.ImportSame); plan[0].Customer == d.Contact.ID || plan[0].Customer != d.Merges[0].Goes {
		b.Errorf("the other phone is customer %d's", plan[0].Customer)
	}
	_, err = b.Desk.PlanImport(ctx, b.Anna, make([]contactfile.Person, desk.MaxImport+1))
	if e, ok := errors.AsType[*desk.Error](err); !ok || e.Field != "people" || e.Limit != desk.MaxImport {
		b.Errorf("too many: %v", err)
	}
}

func (b *bench) exporting() {
	ctx := b.Context()
	v := b.Write(b.T, 0, "hello")
	known := b.row(v).Contact
	b.label(known.ID, "Regular")
	id, err := b.Desk.NewCustomer(ctx, b.Anna, "351912555014", chat.Profile{Name: "Ana", Email: "ana@example.com", Address: "Rua A 1", About: "likes red", Language: "pt"})
	b.want(err, "", "adding")
	a := contactfile.Person{Phones: []string{known.Phone}, Profile: chat.Profile{Name: known.Name}, Labels: []string{"Regular"}}
	ana := contactfile.Person{
		Phones:  []string{"351912555014"},
		Profile: chat.Profile{Name: "Ana", Email: "ana@example.com", Address: "Rua A 1", About: "likes red", Language: "pt"},
	}
	for name, tt := range map[string]struct {
		q    desk.ExportQuery
		want []contactfile.Person
	}{
		"all, by name":       {desk.ExportQuery{CustomerQuery: desk.CustomerQuery{Sort: desk.SortName}}, []contactfile.Person{ana, a}},
		"whom a query finds": {desk.ExportQuery{CustomerQuery: desk.CustomerQuery{Labels: []string{"Regular"}}}, []contactfile.Person{a}},
		"some":               {desk.ExportQuery{Only: []chat.ContactID{id, id + 9999}}, []contactfile.Person{ana}},
	} {
		for _, limit := range []int{0, 1} {
			var got []contactfile.Person
			tt.q.Limit, tt.q.After = limit, ""
			for {
				page, err := b.Desk.ExportCustomers(ctx, b.Anna, tt.q)
				if err != nil {
					b.Fatalf("%s: %v", name, err)
				}
				got = append(got, page.People...)
				if tt.q.After = page.Next; page.Next == "" {
					break
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				b.Errorf("%s, in pages of %d: %s", name, limit, diff)
			}
		}
	}
	for field, q := range map[string]desk.ExportQuery{
		"limit": {CustomerQuery: desk.CustomerQuery{Limit: desk.MaxExport + 1}}, "only": {Only: make([]chat.ContactID, desk.MaxExport+1)},
	} {
		_, err := b.Desk.ExportCustomers(ctx, b.Anna, q)
		if e, ok := errors.AsType[*desk.Error](err); !ok || e.Code != desk.Invalid || e.Field != field {
			b.Errorf("a bad %s: %v", field, err)
		}
	}
}
