package desk

import (
	"errors"
	"slices"
	"strings"

	"shopbell/core/chat"
	"shopbell/core/contactfile"
)

// Known is a customer as far as an import is held against them.
type Known struct {
	Called string // Contact.Name
	chat.Profile
	Labels []string
}

// ImportStep is what an import does for one person: what it tells, and what it stores.
type ImportStep struct {
	ImportResult
	Profile chat.Profile // whole, as it stands afterwards
	Labels  []string     // all of them, afterwards
	Phones  []string     // that nobody has yet, as they are dialled: they become the customer's
}

// StepOf decides what becomes of a person. ownerOf tells whose a phone is, 0 for
// nobody's, and know what a customer is known by; errors are theirs.
func StepOf(p contactfile.Person, ownerOf func(phone string) (chat.ContactID, error), know func(chat.ContactID) (Known, error)) (s ImportStep, err error) {
	for _, written := range p.Phones {
		phone, faulty := chat.Number("+"+written, "")
		if faulty != nil {
			phone = written // somebody may write from it all the same
		}
		owner, err := ownerOf(phone)
		if err != nil {
			return s, err
		}
		switch {
		case owner == 0 && faulty != nil:
			s.Bad = append(s.Bad, written)
		case owner == 0:
			s.Phones = append(s.Phones, phone)
		case s.Customer == 0:
			s.Customer = owner
		case s.Customer != owner:
			s.Taken = append(s.Taken, phone)
		}
	}
	var known Known
	if s.Customer != 0 {
		if known, err = know(s.Customer); err != nil {
			return s, err
		}
	}
	s.Profile, s.Labels = known.Profile, known.Labels
	if r := s.fill(p, known.Called); r != nil {
		return ImportStep{ImportResult: ImportResult{Outcome: ImportRefused, Customer: s.Customer, Wrong: r.field, Limit: r.limit}}, nil
	}
	switch {
	case s.Customer == 0:
		s.Outcome, s.Fields = ImportNew, nil
	case len(s.Fields) > 0:
		s.Outcome = ImportChanged
	default:
		s.Outcome = ImportSame
	}
	return s, nil
}

// refusal is what of a person is not taken, and the limit that it breaks.
type refusal struct {
	field chat.ProfileField
	limit int
}

// fill takes what p knows more or otherwise; nil: it did.
func (s *ImportStep) fill(p contactfile.Person, called string) *refusal {
	if len(s.Bad) == len(p.Phones) {
		return &refusal{field: ImportPhone}
	}
	tidy, err := p.Profile.Tidy()
	if err != nil {
		return refusalOf(err)
	}
	for _, f := range chat.ProfileFields() {
		value, have := *tidy.Field(f), s.Profile.Field(f)
		if value != "" && value != *have && (f != chat.FieldName || value != called) {
			*have = value
			s.Fields = append(s.Fields, f)
		}
	}
	if len(s.Phones) > 0 {
		s.Fields = append(s.Fields, ImportPhone)
	}
	labels, err := chat.TidyLabels(slices.Concat(s.Labels, p.Labels))
	if err != nil {
		return refusalOf(err)
	}
	if len(labels) > len(s.Labels) {
		s.Fields = append(s.Fields, chat.FieldLabel)
	}
	s.Labels = labels
	return nil
}

func refusalOf(err error) *refusal {
	if e, ok := errors.AsType[*chat.ProfileError](err); ok {
		return &refusal{e.Field, e.Limit}
	}
	return &refusal{}
}

// CheckImport returns why PlanImport and ImportCustomers take no such call, nil where
// they do.
func CheckImport(people []contactfile.Person) error {
	if len(people) > MaxImport {
		return &Error{Code: Invalid, Field: "people", Limit: MaxImport}
	}
	for _, p := range people {
		for _, phone := range p.Phones {
			if phone == "" || strings.Trim(phone, "0123456789") != "" {
				return &Error{Code: Invalid, Field: string(ImportPhone), Err: chat.ErrNoNumber}
			}
		}
	}
	return nil
}
