package chat

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Contact is a person, known under one alias or more. A person may write under
// several spellings of one phone number, and under a business-scoped user id
// when WhatsApp hides the phone.
//
// People who turned out to be one are merged: all of them have the ID of the one who
// stayed then, and each keeps an Identity. What the network says is of an identity,
// and so are chats, which stay apart in WhatsApp; everything else is of the person.
type Contact struct {
	ID          ContactID
	Identity    ContactID // whose Address, Phone and names of the network these are; the ID where nobody was merged
	Name        string    // what the shop calls them, else ProfileName; may be empty
	ProfileName string    // as last reported; may be empty
	Username    string    // WhatsApp user name without the "@"; may be empty
	Address     Address
	Phone       string // digits of the phone last seen; empty when hidden
	FirstAt     time.Time
	OptedOut    bool // asked for silence ("stop"): no automatic message any more
	Blocked     bool // by the shop: what they write is stored, and nobody is told
	CreatedAt   time.Time
}

// AliasKind tells what an Alias value is.
type AliasKind string

const (
	AliasPhone AliasKind = "phone" // value is a PhoneKey
	AliasUser  AliasKind = "user"  // value is a business-scoped user id, whole and unaltered
)

// Alias is one name the network has for a contact. (Kind, Value) belongs to at
// most one contact at a time.
type Alias struct {
	Kind  AliasKind
	Value string
}

// Address is where an answer to a contact goes. A phone is sent as "to", a
// business-scoped user id as "recipient": an id put into "to" is accepted by
// Meta and silently not delivered (Cloud API, business-scoped user ids).
type Address struct {
	Kind  AliasKind
	Value string // AliasPhone: the digits exactly as Meta reported them, not the PhoneKey
}

// IsZero reports whether there is nowhere to send to.
func (a Address) IsZero() bool { return a.Value == "" }

// Digits returns the ASCII digits of s, so that "+250 788 123 200" and
// "250788123200" compare equal.
func Digits(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return strings.Map(func(r rune) rune {
				if r >= '0' && r <= '9' {
					return r
				}
				return -1
			}, s)
		}
	}
	return s
}

// PhoneKey returns one key for all spellings of a phone number that WhatsApp
// uses for the same person: Brazil with and without the ninth digit, Mexico 52
// and 521, Argentina 54 and 549. It is a key for look-up only and must never be
// dialled: answers go to exactly the number that was received.
func PhoneKey(phone string) string {
	d := Digits(phone)
	switch {
	case len(d) == 12 && strings.HasPrefix(d, "55") && d[4] >= '6':
		return d[:4] + "9" + d[4:] // 55 DD NNNNNNNN: a mobile number without its ninth digit
	case len(d) == 13 && strings.HasPrefix(d, "521"):
		return "52" + d[3:]
	case len(d) == 13 && strings.HasPrefix(d, "549"):
		return "54" + d[3:]
	}
	return d
}

// FormatPhone groups the digits of a phone number for reading:
// "351912555014" becomes "+351 912 555 014". What has no digits is returned as
// it came.
func FormatPhone(phone string) string {
	d := Digits(phone)
	if d == "" {
		return phone
	}
	cc := callingCodeLen(d)
	if cc >= len(d) {
		return "+" + d
	}
	var b strings.Builder
	b.WriteByte('+')
	b.WriteString(d[:cc])
	rest := d[cc:]
	for len(rest) > 0 {
		n := 3
		if len(rest) == 4 || len(rest) == 2 {
			n = len(rest)
		}
		n = min(n, len(rest))
		b.WriteByte(' ')
		b.WriteString(rest[:n])
		rest = rest[n:]
	}
	return b.String()
}

// callingCodeLen is the length of the ITU country calling code at the start of
// d. Two digits unless the zone is 1 or 7, or the block is one of three-digit codes.
func callingCodeLen(d string) int {
	if len(d) < 3 {
		return 1
	}
	switch d[0] {
	case '1', '7':
		return 1
	}
	switch d[:2] {
	case "21", "22", "23", "24", "25", "26", "29", "35", "37", "38", "42", "50", "59", "67", "68", "69", "80", "85", "87", "88", "96", "97", "99":
		return 3
	}
	return 2
}

// Reach is the name that people write the contact under, for reading: the grouped
// phone, else "@username", "" of who has neither.
func (c Contact) Reach() string {
	switch {
	case c.Phone != "":
		return FormatPhone(c.Phone)
	case c.Username != "":
		return "@" + c.Username
	}
	return ""
}

// DisplayName is what a screen calls the contact: the profile name unless it is
// blank, else "@username", else the grouped phone, else the user id.
func (c Contact) DisplayName() string {
	switch {
	case strings.TrimSpace(c.Name) != "":
		return c.Name
	case c.Username != "":
		return "@" + c.Username
	case c.Phone != "":
		return FormatPhone(c.Phone)
	}
	return c.Address.Value
}

// Initials returns one or two upper-case letters for the avatar: the first
// letters of the first and last word of the name that begin with a letter, and
// "#" for a contact known by number only.
func (c Contact) Initials() string {
	var first, last rune
	for _, w := range strings.Fields(c.Name) {
		r, _ := utf8.DecodeRuneInString(w)
		switch {
		case !unicode.IsLetter(r):
		case first == 0:
			first = r
		default:
			last = r
		}
	}
	switch {
	case first == 0 && c.Username != "":
		return "@"
	case first == 0:
		return "#"
	case last == 0:
		return strings.ToUpper(string(first))
	}
	return strings.ToUpper(string(first) + string(last))
}
