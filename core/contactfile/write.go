package contactfile

import (
	"bytes"
	"encoding/csv"
	"strings"
	"unicode/utf8"

	"shopbell/core/chat"
	"shopbell/core/table"
)

// Titles are the words over the columns of a table, in the person's language. Read
// knows those of app/locale.
type Titles struct {
	Name, Phone, Labels, Language, Email, Address, About string
}

// WriteCSV returns people as a table that spreadsheet programs open and Read reads: no
// cell of it is a formula to them. Line ends within a text become line feeds, and a NUL,
// which no table can hold, becomes U+FFFD.
func WriteCSV(people []Person, t Titles) ([]byte, error) {
	out := bytes.NewBufferString(table.ByteOrderMark)
	file := csv.NewWriter(out)
	rows := [][]string{{t.Name, t.Phone, t.Labels, t.Language, t.Email, t.Address, t.About}}
	for _, p := range people {
		rows = append(rows, cellsOf(p))
	}
	for _, cells := range rows {
		for i, c := range cells {
			cells[i] = table.Cell(holdable(c))
		}
	}
	if err := file.WriteAll(rows); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// holdable is a text with what a file of text can hold.
func holdable(s string) string { return strings.ReplaceAll(table.Lines(s), "\x00", "\ufffd") }

func cellsOf(p Person) []string {
	escaped := make([]string, len(p.Labels))
	for i, l := range p.Labels {
		escaped[i] = strings.ReplaceAll(l, between, betweenIn)
	}
	labels := strings.Join(escaped, " "+between+" ")
	if len(p.Labels) == 1 && strings.ContainsAny(labels, ";,\n") {
		labels += " " + between // it would be read as several
	}
	phones := make([]string, len(p.Phones))
	for i, phone := range p.Phones {
		phones[i] = bracketed(phone)
	}
	return []string{p.Name, strings.Join(phones, "; "), labels, p.Language, p.Email, p.Address, p.About}
}

// bracketed is a number for reading that no spreadsheet program takes for a formula:
// "(+351) 912 555 014".
func bracketed(phone string) string {
	code, rest, _ := strings.Cut(chat.FormatPhone(phone), " ")
	return strings.TrimSpace("(" + code + ") " + rest)
}

// WriteVCard returns people as vCards 3.0, which telephones and Read read. Texts change
// as WriteCSV says.
func WriteVCard(people []Person) []byte {
	var out bytes.Buffer
	for _, p := range people {
		writeLine(&out, beginCard)
		writeLine(&out, "VERSION:3.0")
		name := p.Name
		if name == "" && len(p.Phones) > 0 {
			name = chat.FormatPhone(p.Phones[0]) // a card has a name (RFC 2426, 3.1.1)
		}
		writeLine(&out, "FN:"+escaped(name))
		writeLine(&out, "N:;"+escaped(name)+";;;")
		for _, phone := range p.Phones {
			writeLine(&out, "TEL;TYPE=CELL:+"+phone)
		}
		write := func(head, value string) {
			if value != "" {
				writeLine(&out, head+value)
			}
		}
		write("EMAIL:", escaped(p.Email))
		if p.Address != "" {
			writeLine(&out, "ADR;TYPE=HOME:;;"+escaped(p.Address)+";;;;")
		}
		labels := make([]string, len(p.Labels))
		for i, l := range p.Labels {
			labels[i] = escaped(l)
		}
		write("CATEGORIES:", strings.Join(labels, ","))
		write("LANG:", escaped(p.Language)) // of 4.0; others pass over it
		write("NOTE:", escaped(p.About))
		writeLine(&out, "END:VCARD")
	}
	return out.Bytes()
}

var escapes = strings.NewReplacer(`\`, `\\`, ",", `\,`, ";", `\;`, "\n", `\n`)

func escaped(s string) string { return escapes.Replace(holdable(s)) }

// lineBytes is how long a line of a card is at most, without its end (RFC 2426, 2.6).
const lineBytes = 75

// writeLine folds a line between two characters.
func writeLine(out *bytes.Buffer, line string) {
	room := lineBytes
	for len(line) > room {
		end := room
		for !utf8.RuneStart(line[end]) {
			end--
		}
		out.WriteString(line[:end] + "\r\n ")
		line, room = line[end:], lineBytes-1
	}
	out.WriteString(line + "\r\n")
}
