package chat_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"shopbell/core/chat"
)

func TestAProfileIsTidiedOrRefused(t *testing.T) {
	for name, tt := range map[string]struct {
		p     chat.Profile
		want  chat.Profile
		field chat.ProfileField
		limit int
	}{
		"white space and a language's spelling": {
			p: chat.Profile{Name: " Ana\n", Language: "pt_br", Email: " a@b.example "}, want: chat.Profile{Name: "Ana", Language: "pt-BR", Email: "a@b.example"},
		},
		"nothing":                       {},
		"40 emoji and another script":   {p: chat.Profile{Name: strings.Repeat("🙏", 40) + "Марина"}, want: chat.Profile{Name: strings.Repeat("🙏", 40) + "Марина"}},
		"a name over the limit":         {p: chat.Profile{Name: strings.Repeat("я", chat.MaxProfileName+1)}, field: chat.FieldName, limit: chat.MaxProfileName},
		"an address over the limit":     {p: chat.Profile{Address: strings.Repeat("a", chat.MaxProfileAddress+1)}, field: chat.FieldAddress, limit: chat.MaxProfileAddress},
		"text that is not UTF-8":        {p: chat.Profile{About: "\xff"}, field: chat.FieldAbout},
		"an e-mail address without @":   {p: chat.Profile{Email: "ana.example.com"}, field: chat.FieldEmail},
		"two e-mail addresses":          {p: chat.Profile{Email: "a@b.example,c@d.example"}, field: chat.FieldEmail},
		"a language that there is not":  {p: chat.Profile{Language: "klingonish"}, field: chat.FieldLanguage},
		"an e-mail address with a name": {p: chat.Profile{Email: "Ana <a@b.example>"}, field: chat.FieldEmail},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := tt.p.Tidy()
			if tt.field != "" {
				if e, ok := errors.AsType[*chat.ProfileError](err); !ok || e.Field != tt.field || e.Limit != tt.limit {
					t.Errorf("got %v, want the field %s and the limit %d", err, tt.field, tt.limit)
				}
				return
			}
			if diff := cmp.Diff(tt.want, got); diff != "" || err != nil {
				t.Errorf("%v: %s", err, diff)
			}
		})
	}
}

func TestLabelsAreTidiedOrRefused(t *testing.T) {
	got, err := chat.TidyLabels([]string{" Size  38 ", "VIP", "vip", "Лиссабон"})
	if err != nil || !slices.Equal(got, []string{"Size 38", "VIP", "Лиссабон"}) {
		t.Errorf("got %q, %v", got, err)
	}
	many := make([]string, chat.MaxLabels+1)
	for i := range many {
		many[i] = strings.Repeat("a", i+1)
	}
	for name, labels := range map[string][]string{
		"no name": {" "}, "too long": {strings.Repeat("я", chat.MaxLabel+1)}, "too many": many,
	} {
		if _, err := chat.TidyLabels(labels); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}

func TestARepeatContactIsOneAboutTheSameWithinSevenDaysOfResolving(t *testing.T) {
	now := time.Date(2026, 11, 24, 14, 0, 0, 0, time.UTC)
	about := func(question, department string, started, resolved time.Duration) chat.Matter {
		m := chat.Matter{Question: question, Department: department, StartedAt: now.Add(-started)}
		if resolved > 0 {
			m.ResolvedAt = now.Add(-resolved)
		}
		return m
	}
	const day = 24 * time.Hour
	newest := about("size", "Sales", 0, 0)
	for name, tt := range map[string]struct {
		before []chat.Matter
		times  int // 0: it repeats nothing
	}{
		"nothing before":            {},
		"twice":                     {[]chat.Matter{about("size", "", 6*day, 6*day-time.Hour), about("size", "Returns", 3*day, 3*day-time.Hour)}, 3},
		"another question":          {[]chat.Matter{about("price", "Sales", day, day/2)}, 0},
		"resolved 7 days ago":       {[]chat.Matter{about("size", "", 20*day, 7*day)}, 2},
		"resolved longer ago":       {[]chat.Matter{about("size", "", 20*day, 7*day+time.Second)}, 0},
		"one that is not resolved":  {[]chat.Matter{about("size", "", day, 0)}, 0},
		"a department is no rule's": {[]chat.Matter{about("", "Sales", day, day/2)}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			got, repeats := chat.RepeatOf(append(tt.before, newest))
			if len(got.Times) != tt.times || repeats != (tt.times > 0) || repeats && (got.Kind != "size" || !got.Times[tt.times-1].Equal(now)) {
				t.Errorf("got %+v, %t; want %d times", got, repeats, tt.times)
			}
		})
	}
	same := []chat.Matter{about("", "Sales", 2*day, day), about("", "Sales", 0, 0)}
	if got, repeats := chat.RepeatOf(same); !repeats || got.Kind != "Sales" {
		t.Errorf("without a rule the department counts: got %+v, %t", got, repeats)
	}
}
