package chat

import (
	"errors"
	"fmt"
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// ErrNoNumber is returned for what is no phone number.
var ErrNoNumber = errors.New("chat: there is no such number")

// Number returns the digits of a phone number with its country's code, as people write
// it: with that code, or without it in region (as "PT"; "" is none). ErrNoNumber.
func Number(written, region string) (digits string, err error) {
	for _, in := range numberForms(written, region) {
		n, err := phonenumbers.Parse(in.text, in.region)
		if err == nil && phonenumbers.IsValidNumber(n) {
			return Digits(phonenumbers.Format(n, phonenumbers.E164)), nil
		}
	}
	return "", fmt.Errorf("%w: it is written with its country's code, as +351 912 555 014", ErrNoNumber)
}

type numberForm struct{ text, region string }

// numberForms are the ways in which a number may be meant, the surest first. WhatsApp's
// own spellings come last: no plan of numbers knows them.
func numberForms(written, region string) (forms []numberForm) {
	whole := strings.TrimPrefix(Digits(written), "00")
	if region != "" && !WithCountry(written) {
		forms = append(forms, numberForm{written, region})
	}
	return append(forms, numberForm{text: "+" + whole}, numberForm{text: "+" + PhoneKey(whole)})
}

// WithCountry reports whether a number is written so that it begins with a country's
// code: after a plus, or after 00.
func WithCountry(written string) bool {
	plus, first := strings.IndexAny(written, "+＋"), strings.IndexAny(written, "0123456789")
	return first >= 0 && (plus >= 0 && plus < first || strings.HasPrefix(Digits(written), "00"))
}

// Region returns the region that a number with its country's code is of, as "PT"; ""
// where that is not known.
func Region(phone string) string {
	n, err := phonenumbers.Parse("+"+Digits(phone), "")
	if err != nil {
		return ""
	}
	region := phonenumbers.GetRegionCodeForNumber(n)
	if region == "" || region == nowhere {
		region = phonenumbers.GetRegionCodeForCountryCode(int(n.GetCountryCode()))
	}
	return strings.TrimSuffix(region, nowhere)
}

// nowhere is the region of what has none (CLDR).
const nowhere = "ZZ"
