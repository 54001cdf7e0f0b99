package contactfile_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"

	"shopbell/core/chat"
	"shopbell/core/contactfile"
)

var english = contactfile.Titles{Name: "Name", Phone: "Phone", Labels: "Labels", Language: "Language", Email: "E-mail", Address: "Address", About: "Notes"}

// read reads a file in Portugal.
func read(t testing.TB, data string) *contactfile.File {
	t.Helper()
	f, err := contactfile.Read(t.Context(), []byte(data), "PT")
	if err != nil {
		t.Fatalf("%q: %v", data, err)
	}
	return f
}

func person(name string, phones ...string) contactfile.Person {
	return contactfile.Person{Phones: phones, Profile: chat.Profile{Name: name}}
}

func TestTablesOfOtherPrograms(t *testing.T) {
	marina := person("Марина Волкова", "351912555014")
	for name, tt := range map[string]struct {
		file    string
		want    []contactfile.Person
		ignored []string
	}{
		"the shop's own words, with semicolons": {
			file: "Имя;Телефон;Почта;Метки;Язык;Адрес;Заметки\nМарина Волкова;+351 912 555 014;m@mail.example;Лиссабон, VIP;русский;Rua da Prata 112;любит 38\n",
			want: []contactfile.Person{{
				Phones: []string{"351912555014"}, Labels: []string{"Лиссабон", "VIP"},
				Profile: chat.Profile{Name: "Марина Волкова", Language: "ru", Email: "m@mail.example", Address: "Rua da Prata 112", About: "любит 38"},
			}},
		},
		"Google's": {
			file: "First Name,Middle Name,Last Name,Organization Name,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value,Address 1 - Formatted\n" +
				"Ana,Maria,Lima,Bell,\"a\nb\",* myContacts ::: Lisbon ::: Regular,Home,ana@mail.example,Mobile,912 555 014 ::: +351 912 555 015,Fax,+351 212 555 016,\"Rua A 1\nLisboa\"\n",
			want: []contactfile.Person{{
				Phones: []string{"351912555014", "351912555015", "351212555016"}, Labels: []string{"Lisbon", "Regular"},
				Profile: chat.Profile{Name: "Ana Maria Lima", Email: "ana@mail.example", Address: "Rua A 1\nLisboa", About: "a\nb"},
			}},
			ignored: []string{"Organization Name", "E-mail 1 - Label", "Phone 1 - Label", "Phone 2 - Label"},
		},
		"Outlook's": {
			file: "Title,First Name,Last Name,Home Street,Home City,Home Postal Code,Home Country/Region,Business Fax,Mobile Phone,E-mail Address,Categories,Birthday\n" +
				"Dr,Rui,Tavares,Rua B 2,Porto,4000-001,Portugal,222 555 016,912 555 014,rui@mail.example,Wholesale;VIP,0/0/00\n",
			want: []contactfile.Person{{
				Phones: []string{"351912555014"}, Labels: []string{"Wholesale", "VIP"},
				Profile: chat.Profile{Name: "Rui Tavares", Email: "rui@mail.example", Address: "Rua B 2, Porto, 4000-001, Portugal"},
			}},
			ignored: []string{"Title", "Business Fax", "Birthday"},
		},
		"a first and a last name in Russian": {file: "Фамилия\tИмя\tМобильный\nВолкова\tМарина\t912555014\n", want: []contactfile.Person{marina}},
		"a title above the headers":          {file: "Bell & Sons\n\nNome;Telemóvel\nМарина Волкова;00351912555014\n", want: []contactfile.Person{marina}},
		"a Spanish one":                      {file: "nombre,teléfono\nМарина Волкова,(+351) 912-555-014\n", want: []contactfile.Person{marina}},
		"formulas that were made harmless":   {file: "name,phone\n'=1+1,'+351912555014\n", want: []contactfile.Person{person("=1+1", "351912555014")}},
		"a number in the place of a name":    {file: "name,phone\n+351 912 555 014,+351912555014\n", want: []contactfile.Person{person("", "351912555014")}},
	} {
		t.Run(name, func(t *testing.T) {
			f := read(t, tt.file)
			if diff := cmp.Diff(tt.want, people(f)); diff != "" || len(f.Problems) > 0 {
				t.Errorf("%s\nproblems %+v", diff, f.Problems)
			}
			if !slices.Equal(f.Ignored, tt.ignored) || f.Format != contactfile.CSV {
				t.Errorf("%s, ignored %q", f.Format, f.Ignored)
			}
		})
	}
}

func people(f *contactfile.File) (all []contactfile.Person) {
	for _, e := range f.People {
		all = append(all, e.Person)
	}
	return all
}

func TestCardsOfTelephones(t *testing.T) {
	for name, tt := range map[string]struct {
		file    string
		want    contactfile.Person
		ignored []string
	}{
		"of an old Android, in quoted-printable": {
			file: "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=92=D0=BE=D0=BB=D0=BA=D0=BE=D0=B2=D0=B0;=D0=9C=D0=B0=\r\n=D1=80=D0=B8=D0=BD=D0=B0;;;\r\n" +
				"TEL;CELL;PREF:912555014\r\nPHOTO;ENCODING=BASE64;JPEG:/9j/4AAQ\r\n SkZJRg==\r\n\r\nEND:VCARD\r\n",
			want: person("Марина Волкова", "351912555014"), ignored: []string{"PHOTO"},
		},
		"of Windows-1251 in quoted-printable": {
			file: "BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=WINDOWS-1251;QUOTED-PRINTABLE:=CC=E0=F0=E8=ED=E0\nTEL:+351912555014\nEND:VCARD\n",
			want: person("Марина", "351912555014"),
		},
		"of an iPhone": {
			file: "BEGIN:VCARD\r\nVERSION:3.0\r\nPRODID:-//Apple Inc.//iPhone OS 18//EN\r\nN:Lima;Ana;;;\r\nFN:Ana Lima\r\nORG:Bell\\, Sons;\r\n" +
				"item1.TEL;type=pref:+351 912 555 014\r\nitem1.X-ABLabel:_$!<Mobile>!$_\r\nTEL;type=WORK;type=FAX:212555016\r\nTEL;TYPE=\"fax,work\":212555017\r\nEMAIL;type=INTERNET:ana@mail.example\r\n" +
				"item2.ADR;type=HOME:;;Rua da Prata 112\\; 2º;Lisboa;;1100-420;Portugal\r\nNOTE:one\\ntwo\\, three \\\\ four\r\nCATEGORIES:Lisbon,Size 38\\, wide\r\nEND:VCARD\r\n",
			want: contactfile.Person{
				Phones: []string{"351912555014"}, Labels: []string{"Lisbon", "Size 38, wide"},
				Profile: chat.Profile{Name: "Ana Lima", Email: "ana@mail.example", Address: "Rua da Prata 112; 2º, Lisboa, 1100-420, Portugal", About: "one\ntwo, three \\ four"},
			},
			ignored: []string{"ORG", "TEL"},
		},
		"of version 4, folded": {
			file: "BEGIN:VCARD\nVERSION:4.0\nFN:Ana\n  Lima\nTEL;VALUE=uri;TYPE=\"voice,cell\":tel:+351-912-555-014;ext=1\nLANG;PREF=1:pt-br\nEND:VCARD\n",
			want: contactfile.Person{Phones: []string{"351912555014"}, Profile: chat.Profile{Name: "Ana Lima", Language: "pt-BR"}},
		},
		"with somebody else's card within": {
			file: "BEGIN:VCARD\nFN:Ana\nTEL:912555014\nAGENT:\nBEGIN:VCARD\nFN:Rui\nTEL:912555015\nEND:VCARD\nEND:VCARD\n",
			want: person("Ana", "351912555014"),
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := read(t, tt.file)
			if diff := cmp.Diff([]contactfile.Person{tt.want}, people(f)); diff != "" || len(f.Problems) > 0 {
				t.Errorf("%s\nproblems %+v", diff, f.Problems)
			}
			if !slices.Equal(f.Ignored, tt.ignored) || f.Format != contactfile.VCard {
				t.Errorf("%s, ignored %q", f.Format, f.Ignored)
			}
		})
	}
}

func TestEncodingsOfTables(t *testing.T) {
	russian, portuguese := "Имя;Телефон\nМарина Волкова;+351912555014\n", "Nome;Telemóvel\nInês Conceição;+351912555014\n"
	encode := func(text string, with interface{ String(string) (string, error) }) string {
		t.Helper()
		s, err := with.String(text)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	for name, tt := range map[string]struct{ file, want string }{
		"UTF-8 with a mark": {"\ufeff" + russian, "Марина Волкова"},
		"Windows-1251":      {encode(russian, charmap.Windows1251.NewEncoder()), "Марина Волкова"},
		"Windows-1252":      {encode(portuguese, charmap.Windows1252.NewEncoder()), "Inês Conceição"},
		"UTF-16":            {encode(russian, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder()), "Марина Волкова"},
	} {
		t.Run(name, func(t *testing.T) {
			if f := read(t, tt.file); len(f.People) != 1 || f.People[0].Name != tt.want {
				t.Errorf("read %+v", f)
			}
		})
	}
}

func TestWhatIsNotTakenIsNamedByLine(t *testing.T) {
	for name, tt := range map[string]struct {
		file string
		want []contactfile.Problem
		left int // people
	}{
		"a table": {
			file: "name,phone,language\nAna,912555014,pt\nRui,,\nEva,12,\n\"Ivo,1\nZoe,+351912555015,???\n",
			want: []contactfile.Problem{
				{Line: 3, Code: contactfile.NoPhone, Value: "Rui"}, {Line: 4, Code: contactfile.BadPhone, Value: "12"},
				{Line: 5, Code: contactfile.BrokenQuote, Value: "\"Ivo,1"}, {Line: 6, Code: contactfile.BadLanguage, Value: "???"},
			},
			left: 2,
		},
		"cards": {
			file: "BEGIN:VCARD\nFN:Ana\nTEL:912555014\nnonsense\nEND:VCARD\nBEGIN:VCARD\nFN:Rui\nEND:VCARD\nBEGIN:VCARD\nFN:Eva\nTEL:912555015\n",
			want: []contactfile.Problem{
				{Line: 4, Code: contactfile.BadLine, Value: "nonsense"}, {Line: 6, Code: contactfile.NoPhone, Value: "Rui"},
				{Line: 9, Code: contactfile.BrokenCard, Value: "Eva"},
			},
			left: 1,
		},
		"a card within which the next begins": {
			file: "BEGIN:VCARD\nFN:Ana\nBEGIN:VCARD\nFN:Rui\nTEL:912555014\nEND:VCARD\n",
			want: []contactfile.Problem{{Line: 1, Code: contactfile.BrokenCard, Value: "Ana"}}, left: 1,
		},
		"one of two numbers": {
			file: "name,phone\nAna,912555014; 34\n", want: []contactfile.Problem{{Line: 2, Code: contactfile.BadPhone, Value: "34"}}, left: 1,
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := read(t, tt.file)
			if diff := cmp.Diff(tt.want, f.Problems); diff != "" || len(f.People) != tt.left {
				t.Errorf("%s\n%d people", diff, len(f.People))
			}
		})
	}
}

func TestAFileOfWhichNothingIsTakenIsRefused(t *testing.T) {
	for name, tt := range map[string]struct {
		file []byte
		want contactfile.FileError
	}{
		"no columns":    {[]byte("a,b\n1,2\n"), contactfile.FileError{Code: contactfile.NoColumns}},
		"nothing":       {nil, contactfile.FileError{Code: contactfile.NoColumns}},
		"headers alone": {[]byte("name,phone\n"), contactfile.FileError{Code: contactfile.NobodyInIt}},
		"a picture":     {[]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01"), contactfile.FileError{Code: contactfile.NotText}},
		"a list":        {[]byte("BEGIN:VCARD\n" + strings.Repeat("a\n", contactfile.MaxProblems+1)), contactfile.FileError{Code: contactfile.TooFaulty, Limit: contactfile.MaxProblems}},
		"too large":     {make([]byte, contactfile.MaxFile+1), contactfile.FileError{Code: contactfile.TooLarge, Limit: contactfile.MaxFile}},
		"too many":      {[]byte("phone\n" + strings.Repeat("1\n", contactfile.MaxPeople+30)), contactfile.FileError{Code: contactfile.TooMany, Limit: contactfile.MaxPeople}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := contactfile.Read(t.Context(), tt.file, "PT")
			if e, ok := errors.AsType[*contactfile.FileError](err); !ok || *e != tt.want {
				t.Errorf("got %v, want %v", err, &tt.want)
			}
		})
	}
}

func TestWhatIsReadStopsWithWhoAskedForIt(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, file := range []string{"name,phone\nAna,912555014\n", "BEGIN:VCARD\nTEL:912555014\nEND:VCARD\n"} {
		if _, err := contactfile.Read(ctx, []byte(file), "PT"); !errors.Is(err, context.Canceled) {
			t.Errorf("%q: %v", file, err)
		}
	}
}

func TestWhatIsPassedOverIsBounded(t *testing.T) {
	var b strings.Builder
	b.WriteString("BEGIN:VCARD\nTEL:912555014\n")
	for n := range 2 * contactfile.MaxIgnored {
		fmt.Fprintf(&b, "X-%d:a\n", n)
	}
	b.WriteString("CATEGORIES:")
	for n := range 10 * chat.MaxLabels {
		fmt.Fprintf(&b, "l%d,", n)
	}
	b.WriteString("\nEND:VCARD\n")
	f := read(t, b.String())
	if len(f.Ignored) != contactfile.MaxIgnored || len(f.People) != 1 || len(f.People[0].Labels) != chat.MaxLabels+1 {
		t.Errorf("%d names, %d labels of %d people", len(f.Ignored), len(f.People[0].Labels), len(f.People))
	}
}

func TestWhoStandsTwiceIsOnePerson(t *testing.T) {
	f := read(t, "name,phone,e-mail,labels\nAna,+55 11 8765-4321,,A\nAna Lima,+55 11 98765-4321 ; 912555014,ana@mail.example,a;B\nRui,912555014,rui@mail.example,\n")
	want := []contactfile.Person{{
		Phones: []string{"5511987654321", "351912555014"}, Labels: []string{"A", "B"}, Profile: chat.Profile{Name: "Ana", Email: "ana@mail.example"},
	}}
	if diff := cmp.Diff(want, people(f)); diff != "" {
		t.Error(diff)
	}
}

// anybody draws a person without a phone that the shop may keep, however strange.
func anybody() *rapid.Generator[contactfile.Person] {
	text := func(rt *rapid.T, name string, limit int) string {
		s := rapid.OneOf(
			rapid.String(), rapid.SampledFrom([]string{
				"=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "'=x", "a;b,c\\d:e\nf", "\"quoted\"", "\u202eevil\u200b", "END:VCARD", " x ", strings.Repeat("é", 10_000), "sep=;",
			}),
		).Draw(rt, name)
		s = strings.NewReplacer("\r", "\n", "\x00", "").Replace(s)
		if runes := []rune(s); len(runes) > limit {
			s = string(runes[:limit])
		}
		return strings.TrimSpace(s)
	}
	return rapid.Custom(func(rt *rapid.T) contactfile.Person {
		p := contactfile.Person{
			Profile: chat.Profile{
				Name: rapid.SampledFrom([]string{"N", "1001"}).Draw(rt, "first") + text(rt, "name", 10_001), Language: rapid.SampledFrom([]string{"", "ru", "pt-BR"}).Draw(rt, "language"),
				Email: rapid.SampledFrom([]string{"", "ana@mail.example", "-a@mail.example"}).Draw(rt, "email"), Address: text(rt, "address", 300), About: text(rt, "about", 10_001),
			},
		}
		labels, err := chat.TidyLabels(rapid.SliceOfN(rapid.SampledFrom([]string{"VIP", "* VIP", "Lisbon ::: North", ":::", "Size 38, wide", "a;b", "=1", "'x", "\\n"}), 0, 4).Draw(rt, "labels"))
		if err != nil {
			rt.Fatal(err)
		}
		if len(labels) > 0 {
			p.Labels = labels
		}
		return p
	})
}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		all := rapid.SliceOfN(anybody(), 1, 5).Draw(rt, "people")
		for i := range all {
			for range rapid.IntRange(1, 3).Draw(rt, "phones") {
				all[i].Phones = append(all[i].Phones, fmt.Sprintf("35191255%02d%02d", i, len(all[i].Phones)))
			}
		}
		table, err := contactfile.WriteCSV(all, english)
		if err != nil {
			rt.Fatal(err)
		}
		for name, data := range map[string][]byte{"CSV": table, "vCard": contactfile.WriteVCard(all)} {
			f, err := contactfile.Read(t.Context(), data, "BR")
			if err != nil {
				rt.Fatalf("%s: %v", name, err)
			}
			if diff := cmp.Diff(all, people(f)); diff != "" || len(f.Problems)+len(f.Ignored) > 0 {
				rt.Errorf("%s: %s\nproblems %+v, ignored %q, of\n%s", name, diff, f.Problems, f.Ignored, data)
			}
		}
	})
}

func TestAnExportCarriesNoFormulas(t *testing.T) {
	p := contactfile.Person{
		Phones: []string{"351912555014"}, Labels: []string{"=L"}, Profile: chat.Profile{Name: "=1+1", Email: "-a@mail.example", Address: "@here", About: "\t=1"},
	}
	data, err := contactfile.WriteCSV([]contactfile.Person{p}, english)
	if want := "\ufeffName,Phone,Labels,Language,E-mail,Address,Notes\n'=1+1,(+351) 912 555 014,'=L,,'-a@mail.example,'@here,'\t=1\n"; string(data) != want || err != nil {
		t.Errorf("%q, %v", data, err)
	}
}

func TestLinesOfCardsAreFoldedBetweenCharacters(t *testing.T) {
	data := contactfile.WriteVCard([]contactfile.Person{person(strings.Repeat("Марина ", 100), "351912555014")})
	for line := range strings.SplitSeq(string(data), "\r\n") {
		if len(line) > 75 || strings.ToValidUTF8(line, "?") != line {
			t.Errorf("a line is %q", line)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{
		"name,phone\nAna,912555014\n", "sep=;\nname;phone\n\"a", "BEGIN:VCARD\nFN;ENCODING=QUOTED-PRINTABLE:=D0=\n=9C\nTEL:1\nEND:VCARD", "BEGIN:VCARD\nAGENT:\nBEGIN:VCARD\nEND:VCARD",
		"BEGIN:VCARD\nPHOTO;BASE64:AAAA\nAAAA\n\nN:;;\nADR:;\\;\nEND:VCARD\n", "\xff\xfeB\x00E\x00",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := contactfile.Read(t.Context(), data, "PT")
		if err != nil {
			return
		}
		for _, e := range file.People {
			if len(e.Phones) == 0 || e.Line < 1 {
				t.Errorf("read %+v", e)
			}
		}
		if _, err := contactfile.Read(t.Context(), contactfile.WriteVCard(people(file)), "PT"); err != nil && len(file.People) > 0 {
			t.Errorf("what was read and written cannot be read: %v", err)
		}
	})
}
