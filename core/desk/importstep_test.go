package desk_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shopbell/core/chat"
	"shopbell/core/contactfile"
	"shopbell/core/desk"
)

func TestWhatBecomesOfAPersonWhoIsImported(t *testing.T) {
	const here, other, fresh, bad, strange = "351912555014", "351912555015", "351912555016", "15550100077", "15550100078"
	ana := desk.Known{Called: "Ana of WhatsApp", Profile: chat.Profile{Email: "ana@mail.example"}, Labels: []string{"VIP"}}
	person := func(p chat.Profile, labels []string, phones ...string) contactfile.Person {
		return contactfile.Person{Phones: phones, Profile: p, Labels: labels}
	}
	changed := func(fields ...chat.ProfileField) desk.ImportResult {
		return desk.ImportResult{Outcome: desk.ImportChanged, Customer: 7, Fields: fields}
	}
	refused := func(of chat.ContactID, field chat.ProfileField, limit int) desk.ImportResult {
		return desk.ImportResult{Outcome: desk.ImportRefused, Customer: of, Wrong: field, Limit: limit}
	}
	for name, tt := range map[string]struct {
		person contactfile.Person
		want   desk.ImportResult
	}{
		"who is not known is new":                 {person(chat.Profile{Name: "Rui"}, nil, fresh), desk.ImportResult{Outcome: desk.ImportNew}},
		"who is known as they are stays":          {person(chat.Profile{}, nil, here), desk.ImportResult{Outcome: desk.ImportSame, Customer: 7}},
		"what is known already is the same":       {person(chat.Profile{Email: "ana@mail.example"}, []string{"vip"}, here), desk.ImportResult{Outcome: desk.ImportSame, Customer: 7}},
		"a name of WhatsApp becomes nobody's own": {person(chat.Profile{Name: "Ana of WhatsApp"}, nil, here), desk.ImportResult{Outcome: desk.ImportSame, Customer: 7}},
		"a field is filled":                       {person(chat.Profile{Address: "Rua A 1"}, nil, here), changed(chat.FieldAddress)},
		"a filled one is replaced":                {person(chat.Profile{Email: "new@mail.example"}, nil, here), changed(chat.FieldEmail)},
		"labels and phones are added":             {person(chat.Profile{}, []string{"Lisbon"}, here, fresh), changed(desk.ImportPhone, chat.FieldLabel)},
		"a phone of somebody else stays there":    {person(chat.Profile{}, nil, here, other), desk.ImportResult{Outcome: desk.ImportSame, Customer: 7, Taken: []string{other}}},
		"without a phone nobody is known":         {person(chat.Profile{Name: "Rui"}, nil), refused(0, desk.ImportPhone, 0)},
		"a number that there is not":              {person(chat.Profile{}, nil, bad), refused(0, desk.ImportPhone, 0)},
		"such a number of who is known":           {person(chat.Profile{}, nil, here, bad), desk.ImportResult{Outcome: desk.ImportSame, Customer: 7, Bad: []string{bad}}},
		"such a number that somebody writes from": {person(chat.Profile{}, nil, strange), desk.ImportResult{Outcome: desk.ImportSame, Customer: 7}},
		"a number with its 00":                    {person(chat.Profile{}, nil, "00"+here), desk.ImportResult{Outcome: desk.ImportSame, Customer: 7}},
		"a note that is too long":                 {person(chat.Profile{About: strings.Repeat("x", 10_000)}, nil, here), refused(7, chat.FieldAbout, chat.MaxProfileAbout)},
		"a bad address":                           {person(chat.Profile{Email: "nobody"}, nil, fresh), refused(0, chat.FieldEmail, 0)},
		"too many labels":                         {person(chat.Profile{}, strings.Split("abcdefghijklmnopqrst", ""), here), refused(7, chat.FieldLabel, chat.MaxLabels)},
		"a label that is too long":                {person(chat.Profile{}, []string{strings.Repeat("x", 31)}, here), refused(7, chat.FieldLabel, chat.MaxLabel)},
	} {
		t.Run(name, func(t *testing.T) {
			before := slices.Clone(ana.Labels)
			got, err := desk.StepOf(tt.person, func(phone string) (chat.ContactID, error) {
				return map[string]chat.ContactID{here: 7, strange: 7, other: 8}[phone], nil
			}, func(chat.ContactID) (desk.Known, error) { return ana, nil })
			if diff := cmp.Diff(tt.want, got.ImportResult); diff != "" || err != nil {
				t.Errorf("%s, %v", diff, err)
			}
			if email := got.Profile.Email; got.Customer == 7 && got.Outcome != desk.ImportRefused && email == "" {
				t.Error("an empty field replaced one")
			}
			if !slices.Equal(before, ana.Labels) {
				t.Errorf("the known labels became %q", ana.Labels)
			}
		})
	}
}
