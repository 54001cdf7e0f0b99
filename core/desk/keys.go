package desk

import (
	"strings"

	"shopbell/core/chat"
)

// Digits of an id: Meta gives out some 14 to 17, and promises no number. What is
// far from that is a phone number's end, or half an id.
const shortestID, longestID = 10, 20

// IsID reports whether id has the form of those that Meta gives to numbers and
// accounts: digits alone. A phone as people write it, and a name, have not.
func IsID(id string) bool {
	return chat.Digits(id) == id && len(id) >= shortestID && len(id) <= longestID
}

// Malformed is a CheckMalformed for each id that IsID refuses, in the order of the
// form; nobody is asked for it. White space around an id does not count, and an
// empty one is not looked at, nor are the secrets.
func (k Keys) Malformed() (checks []Check) {
	for _, f := range []struct{ name, value string }{{"phone_number_id", k.PhoneNumberID}, {"waba_id", k.WABAID}} {
		if id := strings.TrimSpace(f.value); id != "" && !IsID(id) {
			checks = append(checks, Check{Field: f.name, State: CheckBad, Code: CheckMalformed})
		}
	}
	return checks
}
