package chat_test

import (
	"errors"
	"testing"

	"shopbell/core/chat"
)

func TestANumberIsReadAsPeopleWriteIt(t *testing.T) {
	for name, tt := range map[string]struct{ written, region, want string }{
		"with its country's code":               {"+351 912 555 014", "", "351912555014"},
		"with it in brackets":                   {"(+351) 912-555-014", "BR", "351912555014"},
		"with it after two zeros":               {"00351 912555014", "BR", "351912555014"},
		"with it and no sign":                   {"351912555014", "", "351912555014"},
		"with it and no sign, in another place": {"351912555014", "BR", "351912555014"},
		"without it, at home":                   {"912 555 014", "PT", "351912555014"},
		"as it is dialled in Russia":            {"8 (916) 123-45-67", "RU", "79161234567"},
		"as it is dialled in Brazil":            {"(11) 98765-4321", "BR", "5511987654321"},
		"as WhatsApp spells it in Brazil":       {"551187654321", "", "5511987654321"},
		"without it, nowhere":                   {"912 555 014", "", ""},
		"too short":                             {"112", "PT", ""},
		"no digits":                             {"—", "PT", ""},
		"nothing":                               {"", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := chat.Number(tt.written, tt.region)
			if got != tt.want || errors.Is(err, chat.ErrNoNumber) != (tt.want == "") {
				t.Errorf("%q in %q is %q, %v; want %q", tt.written, tt.region, got, err, tt.want)
			}
		})
	}
}

func TestANumberTellsItsRegion(t *testing.T) {
	for phone, want := range map[string]string{
		"351912555014": "PT", "+7 916 123-45-67": "RU", "+55 11 98765-4321": "BR", "15550100077": "US", "": "", "999": "",
	} {
		if got := chat.Region(phone); got != want {
			t.Errorf("%q is of %q, want %q", phone, got, want)
		}
	}
}
