package desktest

import (
	"context"
	"slices"

	"shopbell/core/chat"
	"shopbell/core/contactfile"
	"shopbell/core/desk"
)

var _ desk.ContactFiles = (*Fake)(nil)

// PlanImport keeps the contract of desk.ContactFiles.
func (f *Fake) PlanImport(ctx context.Context, _ desk.Actor, people []contactfile.Person) (results []desk.ImportResult, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "PlanImport"); err != nil {
		return nil, err
	}
	if err := desk.CheckImport(people); err != nil {
		return nil, err
	}
	for _, p := range people {
		s, err := f.step(p)
		if err != nil {
			return nil, err
		}
		results = append(results, s.ImportResult)
	}
	return results, nil
}

// step decides what becomes of a person. The caller holds mu.
func (f *Fake) step(p contactfile.Person) (desk.ImportStep, error) {
	return desk.StepOf(p, func(phone string) (chat.ContactID, error) {
		for id, c := range f.people() {
			if chat.PhoneKey(c.Contact.Phone) == chat.PhoneKey(phone) {
				root, err := f.person(id)
				if err != nil {
					return 0, err
				}
				return root.Contact.ID, nil
			}
		}
		return 0, nil
	}, func(id chat.ContactID) (desk.Known, error) {
		c, err := f.person(id)
		if err != nil {
			return desk.Known{}, err
		}
		d, _ := f.whole(c)
		return desk.Known{Called: d.Contact.Name, Profile: d.Profile, Labels: d.Labels}, nil
	})
}

// ImportCustomers keeps the contract of desk.ContactFiles, but for the one transaction.
func (f *Fake) ImportCustomers(ctx context.Context, who desk.Actor, people []contactfile.Person) (results []desk.ImportResult, err error) {
	f.mu.Lock()
	err = f.enter(ctx, "ImportCustomers")
	f.mu.Unlock()
	if err == nil {
		err = desk.CheckImport(people)
	}
	if err != nil {
		return nil, err
	}
	for _, p := range people {
		f.mu.Lock()
		s, err := f.step(p)
		f.mu.Unlock()
		if err == nil && (s.Outcome == desk.ImportNew || s.Outcome == desk.ImportChanged) {
			err = f.take(ctx, who, &s)
		}
		if err != nil {
			return nil, err
		}
		results = append(results, s.ImportResult)
	}
	return results, nil
}

// take stores what was decided of one person.
func (f *Fake) take(ctx context.Context, who desk.Actor, s *desk.ImportStep) (err error) {
	phones := s.Phones
	if s.Customer == 0 {
		if s.Customer, err = f.NewCustomer(ctx, who, phones[0], s.Profile); err != nil {
			return err
		}
		phones = phones[1:]
	}
	if err := f.SaveProfile(ctx, who, s.Customer, s.Profile); err != nil {
		return err
	}
	if _, err := f.ChangeLabels(ctx, who, s.Customer, desk.LabelChange{Add: s.Labels}); err != nil {
		return err
	}
	for _, phone := range phones {
		other, err := f.NewCustomer(ctx, who, phone, chat.Profile{})
		if desk.CodeOf(err) == desk.Conflict {
			continue // the spelling of one that was just added
		}
		if err == nil {
			_, err = f.Merge(ctx, who, desk.MergeChoice{Stays: s.Customer, Goes: other})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// ExportCustomers keeps the contract of desk.ContactFiles.
func (f *Fake) ExportCustomers(ctx context.Context, who desk.Actor, q desk.ExportQuery) (page desk.ExportPage, err error) {
	f.mu.Lock()
	err = f.enter(ctx, "ExportCustomers")
	f.mu.Unlock()
	if err != nil {
		return page, err
	}
	ids := q.Only
	switch {
	case len(ids) > desk.MaxExport:
		return page, &desk.Error{Code: desk.Invalid, Field: "only", Limit: desk.MaxExport}
	case q.Limit < 0 || q.Limit > desk.MaxExport:
		return page, &desk.Error{Code: desk.Invalid, Field: "limit", Limit: desk.MaxExport}
	case len(ids) == 0:
		q.Limit = min(q.Limit, 200)
		found, err := f.Customers(ctx, who, q.CustomerQuery)
		if err != nil {
			return page, err
		}
		for _, row := range found.Rows {
			ids = append(ids, row.Contact.ID)
		}
		page.Next = found.Next
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, id := range ids {
		c := f.people()[id]
		if c == nil || c.into != nil {
			continue
		}
		d, _ := f.whole(c)
		p := contactfile.Person{Profile: d.Profile, Labels: d.Labels}
		p.Name = d.Contact.Name
		for _, one := range d.Chats {
			if one.Phone != "" && !slices.Contains(p.Phones, one.Phone) {
				p.Phones = append(p.Phones, one.Phone)
			}
		}
		page.People = append(page.People, p)
	}
	return page, nil
}
