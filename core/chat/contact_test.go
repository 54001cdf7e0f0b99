package chat

import (
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

func TestPhoneKey(t *testing.T) {
	tests := []struct{ name, phone, want string }{
		{"an ordinary number stays as it is", "351912555014", "351912555014"},
		{"what people write between digits is left out", "+351 (912) 555-014", "351912555014"},
		{"a Brazilian mobile gets its ninth digit", "551187654321", "5511987654321"},
		{"a Brazilian mobile with its ninth digit stays", "5511987654321", "5511987654321"},
		{"a Brazilian landline has no ninth digit", "551132654321", "551132654321"},
		{"a Mexican mobile loses the 1 of old", "5215512345678", "525512345678"},
		{"a Mexican number of today stays", "525512345678", "525512345678"},
		{"an Argentine mobile loses its 9", "5491123456789", "541123456789"},
		{"an Argentine number without the 9 stays", "541123456789", "541123456789"},
		{"a number with a Mexican beginning and another length is no Mexican mobile", "52155123456", "52155123456"},
		{"no digits give no key", "unknown", ""},
		{"digits of other scripts are none", "٣٥١", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := PhoneKey(tt.phone); got != tt.want {
				t.Errorf("PhoneKey(%q) = %q, want %q", tt.phone, got, tt.want)
			}
		})
	}
}

// phones are numbers of the countries with two spellings, and any others.
var phones = rapid.OneOf(
	rapid.StringMatching(`55[1-9][1-9]9?[2-9][0-9]{7}`),
	rapid.StringMatching(`521?[0-9]{10}`),
	rapid.StringMatching(`549?[0-9]{10}`),
	rapid.StringMatching(`\+?[0-9 ()-]{0,20}`),
	rapid.String(),
)

func TestPhoneKeyOfAKeyIsTheKey(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		phone := phones.Draw(t, "phone")
		key := PhoneKey(phone)
		if again := PhoneKey(key); again != key {
			t.Fatalf("PhoneKey(%q) = %q, whose key is %q", phone, key, again)
		}
	})
}

func TestFormatPhone(t *testing.T) {
	tests := []struct{ name, phone, want string }{
		{"three digits of country, groups of three", "351912555014", "+351 912 555 014"},
		{"one digit of country, a last group of four", "15550100771", "+1 555 010 0771"},
		{"Russia", "79161234567", "+7 916 123 4567"},
		{"two digits of country", "5511987654321", "+55 119 876 543 21"},
		{"what was written between digits is replaced", "+44 (20) 7946-0018", "+44 207 946 0018"},
		{"fewer digits than a country has", "3", "+3"},
		{"a country alone", "351", "+351"},
		{"what has no digits stays", "PT.abc", "PT.abc"},
		{"nothing stays nothing", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := FormatPhone(tt.phone); got != tt.want {
				t.Errorf("FormatPhone(%q) = %q, want %q", tt.phone, got, tt.want)
			}
		})
	}
}

func TestFormatPhoneKeepsEveryDigit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		phone := phones.Draw(t, "phone")
		if got := FormatPhone(phone); Digits(got) != Digits(phone) {
			t.Fatalf("FormatPhone(%q) = %q", phone, got)
		}
	})
}

func TestDigitsKeepsASCIIDigitsOnly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		var want strings.Builder
		for _, r := range s {
			if strings.ContainsRune("0123456789", r) {
				want.WriteRune(r)
			}
		}
		if got := Digits(s); got != want.String() {
			t.Fatalf("Digits(%q) = %q, want %q", s, got, want.String())
		}
	})
}

func TestContactIsCalledByTheBestNameThereIs(t *testing.T) {
	user := Address{Kind: AliasUser, Value: "PT.1"}
	tests := []struct {
		name              string
		contact           Contact
		display, initials string
	}{
		{"a first and a last name", Contact{Name: "Emma Clark", Phone: "15550100771"}, "Emma Clark", "EC"},
		{"one name", Contact{Name: "emma"}, "emma", "E"},
		{"the names between first and last are left out", Contact{Name: "Ana Maria da Silva"}, "Ana Maria da Silva", "AS"},
		{"another script", Contact{Name: "Пётр волков"}, "Пётр волков", "ПВ"},
		{"an emoji is no word", Contact{Name: "🌸 Kate 🌸"}, "🌸 Kate 🌸", "K"},
		{"a name of an emoji alone has no letters", Contact{Name: "🌸", Phone: "15550100771"}, "🌸", "#"},
		{"a name of an emoji alone beside a user name", Contact{Name: "🌸", Username: "kate"}, "🌸", "@"},
		{"a user name", Contact{Username: "kate.m", Phone: "15550100771"}, "@kate.m", "@"},
		{"a blank name is none", Contact{Name: " \u00a0", Username: "kate.m"}, "@kate.m", "@"},
		{"a phone", Contact{Phone: "351912555014", Address: user}, "+351 912 555 014", "#"},
		{"a user id", Contact{Address: user}, "PT.1", "#"},
		{"bytes that are no text", Contact{Name: "\xff\xfe"}, "\xff\xfe", "#"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.contact.DisplayName(); got != tt.display {
				t.Errorf("DisplayName() = %q, want %q", got, tt.display)
			}
			if got := tt.contact.Initials(); got != tt.initials {
				t.Errorf("Initials() = %q, want %q", got, tt.initials)
			}
		})
	}
}

func TestContactIsReachedByPhoneElseByUserName(t *testing.T) {
	for _, c := range []struct {
		contact Contact
		want    string
	}{
		{Contact{Name: "Maria", Phone: "351912555014", Username: "maria"}, "+351 912 555 014"},
		{Contact{Name: "Maria", Username: "maria"}, "@maria"},
		{Contact{Name: "Maria"}, ""},
	} {
		if got := c.contact.Reach(); got != c.want {
			t.Errorf("%+v is reached by %q, not %q", c.contact, got, c.want)
		}
	}
}

func TestInitialsAreOneOrTwoCapitals(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.String().Draw(t, "name")
		got := Contact{Name: name}.Initials()
		letters := []rune(got)
		if got != "#" && (len(letters) < 1 || len(letters) > 2 || !unicode.IsLetter(letters[0])) {
			t.Fatalf("Initials of %q are %q", name, got)
		}
	})
}

func TestAddressIsZeroOnlyWithoutAValue(t *testing.T) {
	if !(Address{Kind: AliasPhone}).IsZero() || (Address{Kind: AliasUser, Value: "PT.1"}).IsZero() {
		t.Error("an address is zero exactly when it has no value")
	}
}
