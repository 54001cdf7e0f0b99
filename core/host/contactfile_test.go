package host_test

import (
	"slices"
	"testing"

	"shopbell/core/chat"
	"shopbell/core/contactfile"
	"shopbell/core/desk"
)

func TestWhoMayImportAndExportIsAudited(t *testing.T) {
	s := openShop(t)
	ctx := t.Context()
	s.hear(emma, "zzz")
	people := []contactfile.Person{{Phones: []string{"351912555014"}, Profile: chat.Profile{Name: "Marina Secret"}}}
	for _, tt := range []struct {
		who            desk.Actor
		imports, moves desk.Code
	}{{s.anna, "", ""}, {s.pedro, "", desk.Forbidden}, {s.olga, desk.Forbidden, desk.Forbidden}} {
		_, err := s.PlanImport(ctx, tt.who, people)
		s.is(err, tt.imports, tt.who.Name+" plans an import")
		_, err = s.ImportCustomers(ctx, tt.who, people)
		s.is(err, tt.imports, tt.who.Name+" imports")
		_, err = s.ExportCustomers(ctx, tt.who, desk.ExportQuery{})
		s.is(err, tt.moves, tt.who.Name+" exports")
	}
	want := []string{
		"customer.export customers refused", "customer.import customers refused", "customer.import customers refused", // an analyst
		"customer.export customers refused",                       // an operator
		"customer.export customers", "customer.import customer:2", // an administrator; what changes nothing is none of the audit's
	}
	if got := s.trail(len(want)); !slices.Equal(got, want) {
		t.Errorf("the trail is %q, want %q", got, want)
	}
}

func TestWhoWritesFromAnotherPhoneOfAnImportedPersonIsThatPerson(t *testing.T) {
	s := openShop(t)
	done, err := s.ImportCustomers(t.Context(), s.anna, []contactfile.Person{
		{Phones: []string{"351912555014", "5511987654321"}, Profile: chat.Profile{Name: "Marina"}},
	})
	s.is(err, "", "importing")
	other := otto
	other.Phone = "551187654321" // as WhatsApp spells it
	row := s.row(s.hear(other, "zzz"))
	if row.Contact.ID != done[0].Customer || row.Contact.Name != "Marina" || row.Contact.Phone != other.Phone {
		t.Errorf("the chat is with %+v, want customer %d", row.Contact, done[0].Customer)
	}
}

func TestAnExportOfMergedCustomersHasAllTheirPhones(t *testing.T) {
	s := openShop(t)
	ctx := t.Context()
	one, two := s.row(s.hear(emma, "zzz")).Contact.ID, s.row(s.hear(otto, "zzz")).Contact.ID
	_, err := s.Merge(ctx, s.anna, desk.MergeChoice{Stays: one, Goes: two})
	s.is(err, "", "merging")
	page, err := s.ExportCustomers(ctx, s.anna, desk.ExportQuery{})
	if err != nil || len(page.People) != 1 || !slices.Equal(page.People[0].Phones, []string{emma.Phone, otto.Phone}) {
		t.Errorf("exported are %+v, %v", page.People, err)
	}
}
