package customers

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"shopbell/app/kit/kittest"
	"shopbell/app/live"
	"shopbell/app/locale"
	"shopbell/core/chat"
	"shopbell/core/contactfile"
	"shopbell/core/desk"
	"shopbell/core/staff"
)

// chose is a stage on which a file was chosen to be imported.
func chose(t *testing.T, content string) *stage {
	t.Helper()
	s := loaded(t)
	s.chosen = content
	s.press(s.list.root, "Import")
	if s.float == nil {
		t.Fatal("no box opened")
	}
	return s
}

func (s *stage) floatSays(texts ...string) {
	s.t.Helper()
	all := strings.Join(kittest.Texts(s.float), "\n")
	for _, text := range texts {
		if !strings.Contains(all, text) {
			s.t.Errorf("the box does not say %q, but\n%s", text, all)
		}
	}
}

func (s *stage) found(search string) []desk.CustomerRow {
	s.t.Helper()
	page, err := s.desk.Customers(s.t.Context(), s.Who, desk.CustomerQuery{Search: search})
	if err != nil {
		s.t.Fatal(err)
	}
	return page.Rows
}

func TestImport(t *testing.T) {
	rui := loaded(t).found("Rui")[0].Contact.Phone
	file := "name,phone,e-mail,labels,birthday\nAna Lima,912 555 044,ana@mail.example,Lisbon,1 May\nRui Tavares,+" + rui + ",rui@mail.example,,\n" +
		"Eva,,,,\nIvo,912555045,nobody,,\nRui Tavares,+" + rui + ",,,\n"
	t.Run("what will happen is said first, and then done", func(t *testing.T) {
		s := chose(t, file)
		s.floatSays("1 customer is new", "1 customer changes", "2 things are not taken", "Rui Tavares: E-mail", "birthday",
			"Line 4: “Eva” has no phone number", "Line 5: E-mail – An address looks like")
		if s.desk.Calls("ImportCustomers") > 0 {
			t.Fatal("it was imported before it was said")
		}
		s.press(s.float, "Import")
		ana := s.found("Ana Lima")
		if len(ana) != 1 || ana[0].Contact.Phone != "351912555044" || !slices.Equal(ana[0].Labels, []string{"Lisbon"}) || s.float != nil {
			t.Fatalf("Ana is %+v", ana)
		}
		c, err := s.desk.Customer(t.Context(), s.Who, s.id("Rui"))
		if err != nil || c.Email != "rui@mail.example" {
			t.Errorf("Rui is %+v, %v", c, err)
		}
		if said := s.said[len(s.said)-1]; said != "1 customer added · 1 changed" || !s.sees("10 people") {
			t.Errorf("it says %q", said)
		}
	})
	t.Run("a file that changes nothing cannot be imported", func(t *testing.T) {
		s := chose(t, "name,phone\nRui Tavares,+"+rui+"\n")
		s.floatSays("1 customer stays as they are", "There is nothing to import")
		s.press(s.float, "Import")
		if s.desk.Calls("ImportCustomers") > 0 {
			t.Error("it was imported")
		}
	})
	t.Run("a file of which nothing is taken is told with what to do", func(t *testing.T) {
		for content, want := range map[string]string{
			"a,b\n1,2\n":         "No column is over phone numbers",
			"":                   "No column is over phone numbers",
			"name,phone\n":       "Nobody stands in this file",
			"PK\x00\x00\x03\x04": "neither a table nor a file of contacts",
		} {
			chose(t, content).floatSays(want)
		}
	})
	t.Run("a desk that fails is explained", func(t *testing.T) {
		s := loaded(t)
		s.desk.FailNext("PlanImport", desk.Errorf(desk.DiskFull, "full"))
		s.chosen = file
		s.press(s.list.root, "Import")
		s.floatSays(s.Words.Explain(desk.Errorf(desk.DiskFull, "")).What)
	})
	t.Run("an import is stopped by closing its box, and says how far it came", func(t *testing.T) {
		var many strings.Builder
		many.WriteString("phone\n")
		for n := range desk.MaxImport + 5 {
			fmt.Fprintf(&many, "+3519125%05d\n", n)
		}
		s := chose(t, many.String())
		s.floatSays("205 customers are new")
		s.Screen.Desk = &interrupted{Desk: s.desk, at: 2, by: s.shut}
		s.press(s.float, "Import")
		if said := s.said[len(s.said)-1]; !strings.HasPrefix(said, "Stopped: 200 of 205") || !s.sees("209 people") {
			t.Errorf("it says %q", said)
		}
	})
	t.Run("who looks like one person is looked for once it is done, not while it runs", func(t *testing.T) {
		s := chose(t, file)
		before := s.desk.Calls("Duplicates")
		s.Screen.Desk = &interrupted{Desk: s.desk, at: 1, by: func() {
			s.Heard(live.Batch{Events: []desk.Event{{Kind: desk.EventCustomer}}})
			if n := s.desk.Calls("Duplicates") - before; n > 0 {
				t.Errorf("%d times while it ran", n)
			}
		}}
		s.press(s.float, "Import")
		if n := s.desk.Calls("Duplicates") - before; n != 1 {
			t.Errorf("%d times", n)
		}
	})
	t.Run("an operator imports and exports nothing, an analyst does neither", func(t *testing.T) {
		for role, in := range map[staff.Role]bool{staff.Operator: true, staff.Analyst: false} {
			s := newStage(t, 1208, desk.Actor{Agent: 2, Role: role, Name: "Pedro"})
			s.Load()
			s.settle()
			s.chosen = file
			s.press(s.list.root, "Export")
			s.press(s.list.root, "Import")
			if s.menu != nil || (s.float != nil) != in {
				t.Errorf("%s is offered %+v and %v", role, s.menu, s.float)
			}
		}
	})
}

// interrupted is a desk under whose import something happens.
type interrupted struct {
	Desk
	at int // counts down the calls of ImportCustomers
	by func()
}

func (d *interrupted) ImportCustomers(ctx context.Context, who desk.Actor, people []contactfile.Person) ([]desk.ImportResult, error) {
	if d.at--; d.at == 0 {
		d.by()
	}
	return d.Desk.ImportCustomers(ctx, who, people)
}

// moving is a desk on which somebody orders while it exports.
type moving struct {
	Desk
	calls int // counts down those of ExportCustomers until then
	goes  chat.ContactID
}

func (d *moving) ExportCustomers(ctx context.Context, who desk.Actor, q desk.ExportQuery) (desk.ExportPage, error) {
	if d.calls--; d.calls == 0 {
		if _, err := d.AddOrder(ctx, who, d.goes, desk.OrderDraft{Money: desk.Money{Currency: "EUR"}}); err != nil {
			return desk.ExportPage{}, err
		}
	}
	return d.Desk.ExportCustomers(ctx, who, q)
}

func TestExport(t *testing.T) {
	t.Run("all that are shown become a table", func(t *testing.T) {
		s := loaded(t)
		s.list.search.SetText("Inês")
		s.settle()
		s.press(s.list.root, "Export")
		s.pick("As a table (CSV)")
		got := s.saved["customers-"+s.Scope.Now().Format(time.DateOnly)+".csv"]
		if !strings.HasPrefix(got, "\ufeffName,Phone,Labels,Language,E-mail,Address,Notes\nInês Carvalho,(+351)") || strings.Count(got, "\n") != 2 {
			t.Errorf("the file is %q", got)
		}
		if said := s.said[len(s.said)-1]; said != "1 customer exported" {
			t.Errorf("it says %q", said)
		}
	})
	t.Run("who moves in the list while it runs is not missed, and nobody stands in it twice", func(t *testing.T) {
		s := loaded(t)
		for i := range 250 { // more than a page
			if _, err := s.desk.NewCustomer(t.Context(), s.Who, fmt.Sprintf("44770%07d", i), chat.Profile{Name: fmt.Sprintf("New %03d", i)}); err != nil {
				t.Fatal(err)
			}
		}
		s.asked.sort = desk.SortOrders
		d := &moving{Desk: s.desk, calls: 2, goes: s.id("New 249")} // from the end to the beginning
		people, err := Deps{Desk: d, Who: s.Who}.readAll(t.Context(), s.exported())
		if err != nil || d.calls > 0 {
			t.Fatal(d.calls, err)
		}
		in := map[string]int{}
		for _, p := range people {
			in[p.Name]++
		}
		for i := range 250 {
			if name := fmt.Sprintf("New %03d", i); in[name] != 1 {
				t.Errorf("%s stands in it %d times", name, in[name])
			}
		}
	})
	t.Run("those that are selected become contacts", func(t *testing.T) {
		s := loaded(t)
		for _, name := range []string{"Rui", "Inês"} {
			s.tick(s.id(name), true)
		}
		s.list.draw()
		s.press(s.list.root, "Export")
		s.pick("As contacts (vCard)")
		for name, got := range s.saved {
			if strings.Count(got, "BEGIN:VCARD") != 2 || !strings.HasSuffix(name, ".vcf") {
				t.Errorf("%s is %q", name, got)
			}
		}
	})
	t.Run("an export is read back as it was written in every language", func(t *testing.T) {
		want := contactfile.Person{
			Phones: []string{"351912555014"}, Labels: []string{"VIP"},
			Profile: chat.Profile{Name: "Ana", Language: "pt", Email: "ana@mail.example", Address: "Rua A 1", About: "red"},
		}
		for _, language := range locale.Languages() {
			w, err := locale.New(language, time.UTC)
			if err != nil {
				t.Fatal(err)
			}
			data, err := contactfile.WriteCSV([]contactfile.Person{want}, titles(w))
			if err != nil {
				t.Fatal(err)
			}
			f, err := contactfile.Read(t.Context(), data, "")
			if err != nil || len(f.Ignored) > 0 || len(f.People) != 1 || fmt.Sprint(f.People[0].Person) != fmt.Sprint(want) {
				t.Errorf("%s: %+v, %v of %q", language, f, err, data)
			}
		}
	})
}
