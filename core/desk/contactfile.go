package desk

import (
	"context"

	"shopbell/core/chat"
	"shopbell/core/contactfile"
)

// MaxImport is how many people one call of PlanImport or ImportCustomers takes: so many
// are stored without keeping a customer's message waiting.
const MaxImport = 200

// MaxExport is how many customers a page of an export has at most.
const MaxExport = 1000

// ImportOutcome says what becomes of a person who is imported.
type ImportOutcome string

const (
	ImportNew     ImportOutcome = "new"     // a customer is made
	ImportChanged ImportOutcome = "changed" // a customer is given what they had not, or had otherwise
	ImportSame    ImportOutcome = "same"    // a customer has all of it
	ImportRefused ImportOutcome = "refused" // nothing is taken: Wrong says why
)

// ImportPhone is, beside those of chat, a field of ImportResult.
const ImportPhone = chat.ProfileField("phone")

// ImportResult is what becomes of one person.
type ImportResult struct {
	Outcome  ImportOutcome
	Customer chat.ContactID      // 0 where there is none yet
	Fields   []chat.ProfileField // that are filled or replaced, of ImportChanged; ImportPhone and chat.FieldLabel where some are added
	// Taken are numbers that another customer has: they stay there.
	Taken []string
	// Bad are numbers that there are not: they are left out.
	Bad []string
	// Wrong and Limit tell what is refused, as Field and Limit of an Error.
	Wrong chat.ProfileField
	Limit int
}

// ExportQuery says who is exported.
type ExportQuery struct {
	Only []chat.ContactID // these, at most MaxExport of them; empty: whom the query finds
	CustomerQuery
}

// ExportPage is one page of an export.
type ExportPage struct {
	People []contactfile.Person // without a phone where WhatsApp hides it
	Next   string               // "" on the last page
}

// ContactFiles moves customers between Shopbell and files of other programs
// (core/contactfile), which the caller reads and writes.
type ContactFiles interface {
	// PlanImport tells what ImportCustomers would make of people, one result for each,
	// and changes nothing. Needs Answer. Invalid with the Field people for more than
	// MaxImport.
	PlanImport(ctx context.Context, who Actor, people []contactfile.Person) ([]ImportResult, error)
	// ImportCustomers takes people, all who are not refused, in one transaction. Who has
	// one of the phones is the customer, whatever spelling of it they write under; of
	// several the one whose phone stands first. Other phones are theirs then too, each
	// with a chat of its own, as after a merge, and can be taken apart in the same way.
	// An empty field replaces nothing, and labels are added. Doing it again changes
	// nothing more. Needs Answer. Errors are those of PlanImport.
	ImportCustomers(ctx context.Context, who Actor, people []contactfile.Person) ([]ImportResult, error)
	// ExportCustomers returns one page of customers, as they are called; each page is
	// audited. Needs ExportCustomers. Invalid as Customers says, with a limit of
	// MaxExport, and with the Field only.
	ExportCustomers(ctx context.Context, who Actor, q ExportQuery) (ExportPage, error)
}
