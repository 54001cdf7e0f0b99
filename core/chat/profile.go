package chat

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/language"
)

// Limits of a Profile and of labels, in characters. They are the shop's own: what
// fits on a screen and in the columns of other programs.
const (
	MaxProfileName    = 100
	MaxProfileEmail   = 254 // RFC 5321, section 4.5.3.1.3
	MaxProfileAddress = 300
	MaxProfileAbout   = 1000
	MaxLabel          = 30
	MaxLabels         = 20 // a count, of one customer
)

// Profile is what the shop itself knows of a customer. Nothing of it is sent to the
// customer, and nothing that the network reports changes it.
type Profile struct {
	Name     string // what the shop calls them, in place of Contact.ProfileName; may be empty
	Language string // BCP 47, as "ru" or "pt-BR"; empty: not known
	Email    string
	Address  string // where parcels go
	About    string // anything else
}

// ProfileField names a field of Profile. Values cross the network and are stored.
type ProfileField string

const (
	FieldName     ProfileField = "name"
	FieldLanguage ProfileField = "language"
	FieldEmail    ProfileField = "email"
	FieldAddress  ProfileField = "address"
	FieldAbout    ProfileField = "about"
)

// ProfileFields are all fields, in the order of a form.
func ProfileFields() []ProfileField {
	return []ProfileField{FieldName, FieldLanguage, FieldAddress, FieldEmail, FieldAbout}
}

// Field returns the place of a field in p; nil where there is none of that name.
func (p *Profile) Field(f ProfileField) *string {
	switch f {
	case FieldName:
		return &p.Name
	case FieldLanguage:
		return &p.Language
	case FieldEmail:
		return &p.Email
	case FieldAddress:
		return &p.Address
	case FieldAbout:
		return &p.About
	}
	return nil
}

// ProfileError says which field of a Profile, or which label, is not taken.
type ProfileError struct {
	Field ProfileField
	Limit int // in characters; 0 where no limit is broken
	Err   error
}

func (e *ProfileError) Error() string { return "chat: " + string(e.Field) + ": " + e.Err.Error() }

func (e *ProfileError) Unwrap() error { return e.Err }

// Tidy returns p without white space around its fields, and its language as BCP 47
// writes it. A *ProfileError says what cannot be kept.
func (p Profile) Tidy() (Profile, error) {
	limits := map[ProfileField]int{
		FieldName: MaxProfileName, FieldEmail: MaxProfileEmail, FieldAddress: MaxProfileAddress, FieldAbout: MaxProfileAbout,
	}
	for _, f := range ProfileFields() {
		value := p.Field(f)
		*value = strings.TrimSpace(*value)
		if limit := limits[f]; limit > 0 {
			if err := fits(f, *value, limit); err != nil {
				return p, err
			}
		}
	}
	if p.Email != "" && !isEmail(p.Email) {
		return p, &ProfileError{Field: FieldEmail, Err: errors.New("an e-mail address has the form name@example.com")}
	}
	if p.Language != "" {
		tag, err := language.Parse(p.Language)
		if err != nil {
			return p, &ProfileError{Field: FieldLanguage, Err: err}
		}
		p.Language = tag.String()
	}
	return p, nil
}

func fits(f ProfileField, s string, limit int) error {
	switch {
	case !utf8.ValidString(s):
		return &ProfileError{Field: f, Err: errors.New("it is not UTF-8")}
	case utf8.RuneCountInString(s) > limit:
		return &ProfileError{Field: f, Limit: limit, Err: fmt.Errorf("it has more than %d characters", limit)}
	}
	return nil
}

// isEmail tells an address from what surely is none. Only a letter to it would tell more.
func isEmail(s string) bool {
	name, domain, found := strings.Cut(s, "@")
	return found && name != "" && domain != "" && !strings.ContainsAny(domain, "@ ") && !strings.ContainsAny(name, " <>,;") &&
		!strings.HasPrefix(domain, ".") && !strings.HasSuffix(domain, ".")
}

// FieldLabel is what a ProfileError of TidyLabels names.
const FieldLabel ProfileField = "label"

// TidyLabels returns labels without white space around them, each once: two that
// differ in upper and lower case only are one, as it is written first. A
// *ProfileError says what cannot be kept.
func TidyLabels(labels []string) ([]string, error) {
	tidy := make([]string, 0, len(labels))
	seen := map[string]bool{}
	for _, l := range labels {
		l = strings.Join(strings.Fields(l), " ")
		if l == "" {
			return nil, &ProfileError{Field: FieldLabel, Err: errors.New("a label has a name")}
		}
		if err := fits(FieldLabel, l, MaxLabel); err != nil {
			return nil, err
		}
		if key := strings.ToLower(l); !seen[key] {
			seen[key] = true
			tidy = append(tidy, l)
		}
	}
	if len(tidy) > MaxLabels {
		return nil, &ProfileError{Field: FieldLabel, Limit: MaxLabels, Err: fmt.Errorf("a customer has at most %d labels", MaxLabels)}
	}
	return tidy, nil
}
