package host

import (
	"context"
	"errors"

	"shopbell/core/contactfile"
	"shopbell/core/desk"
	"shopbell/core/staff"
	"shopbell/core/store"
)

// PlanImport implements desk.ContactFiles.
func (h *Host) PlanImport(ctx context.Context, who desk.Actor, people []contactfile.Person) (results []desk.ImportResult, err error) {
	if err := h.allow(ctx, who, staff.Answer, "customer.import", customersSubject); err != nil {
		return nil, err
	}
	if err := desk.CheckImport(people); err != nil {
		return nil, err
	}
	err = h.db.View(ctx, func(r *store.Reader) error {
		for _, p := range people {
			s, err := r.PlanImport(p)
			if err != nil {
				return err
			}
			results = append(results, s.ImportResult)
		}
		return nil
	})
	return results, fault(err)
}

// ImportCustomers implements desk.ContactFiles.
func (h *Host) ImportCustomers(ctx context.Context, who desk.Actor, people []contactfile.Person) (results []desk.ImportResult, err error) {
	const action = "customer.import"
	if err := h.allow(ctx, who, staff.Answer, action, customersSubject); err != nil {
		return nil, err
	}
	if err := desk.CheckImport(people); err != nil {
		return nil, err
	}
	err = h.db.Update(ctx, func(tx *store.Tx) error {
		results = nil // a unit may run twice
		for _, p := range people {
			r, err := tx.ImportCustomer(p, who.Agent)
			if err != nil {
				return err
			}
			results = append(results, r)
			if r.Outcome != desk.ImportNew && r.Outcome != desk.ImportChanged {
				continue
			}
			if err := tx.Audit(done(who, action, customerSubject(r.Customer))); err != nil {
				return err
			}
		}
		return nil
	})
	return results, customerFault(err)
}

// ExportCustomers implements desk.ContactFiles.
func (h *Host) ExportCustomers(ctx context.Context, who desk.Actor, q desk.ExportQuery) (page desk.ExportPage, err error) {
	const action = "customer.export"
	if err := h.allow(ctx, who, staff.ExportCustomers, action, customersSubject); err != nil {
		return page, err
	}
	if len(q.Only) > desk.MaxExport {
		return page, &desk.Error{Code: desk.Invalid, Field: "only", Limit: desk.MaxExport}
	}
	query, err := h.customerQuery(q.CustomerQuery, desk.MaxExport)
	if err != nil {
		return page, err
	}
	if err := h.db.View(ctx, func(r *store.Reader) error {
		ids := q.Only
		if len(ids) == 0 {
			found, err := r.Customers(query)
			if err != nil {
				return err
			}
			for _, row := range found.Rows {
				ids = append(ids, row.Contact.ID)
			}
			page.Next = found.Next
		}
		page.People, err = r.Exported(ids)
		return err
	}); err != nil {
		return desk.ExportPage{}, listFault(err)
	}
	return page, fault(h.db.Update(ctx, func(tx *store.Tx) error { return tx.Audit(done(who, action, customersSubject)) }))
}

// listFault is fault for a list of customers.
func listFault(err error) error {
	if errors.Is(err, store.ErrCursor) {
		return invalid("cursor", err)
	}
	return fault(err)
}
