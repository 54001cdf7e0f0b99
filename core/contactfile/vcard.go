package contactfile

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime/quotedprintable"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"

	"shopbell/core/table"
)

const beginCard = "BEGIN:VCARD"

// isVCard reports whether a file begins as vCards do.
func isVCard(data []byte) bool {
	text, ok := table.Decode(data[:min(len(data), 512)&^1])
	text = strings.TrimLeft(text, "\ufeff \t\r\n")
	return ok && len(text) >= len(beginCard) && strings.EqualFold(text[:len(beginCard)], beginCard)
}

// property is one line of a card, put together again where it was folded.
type property struct {
	line   int
	name   string              // in capitals, without its group
	params map[string][]string // names in capitals; a value alone, as vCard 2.1 has it, under ""
	value  string              // as it stands, with its escapes
}

// readCards reads vCards of the versions 2.1 (as telephones write it), 3.0 and 4.0.
func (r *reader) readCards(data []byte) error {
	text, ok := table.Decode(data)
	if !ok {
		return &FileError{Code: NotText}
	}
	lines := cardLines{rest: table.Lines(text)}
	var card []property
	begun, inner := 0, 0 // the line of BEGIN, 0 outside; cards within the card
	for {
		if err := r.wrong(); err != nil {
			return err
		}
		raw, line, ok := lines.next()
		if !ok {
			break
		}
		if strings.TrimSpace(raw) == "" {
			continue
		}
		p, ok := parseProperty(raw, line)
		begins, ends := ok && p.name == "BEGIN", ok && p.name == "END"
		switch {
		case begins && begun == 0:
			begun, card = line, nil
		case begins && strings.EqualFold(strings.TrimSpace(raw), beginCard) && !agent(card):
			r.fault(begun, BrokenCard, nameIn(card))
			begun, card = line, nil
		case begins:
			inner++
		case ends && inner > 0:
			inner--
		case inner > 0:
		case ends && begun > 0:
			r.addCard(begun, card)
			begun = 0
		case begun == 0 || !ok:
			r.fault(line, BadLine, raw)
		default:
			card = append(card, p)
		}
	}
	if begun > 0 {
		r.fault(begun, BrokenCard, nameIn(card))
	}
	return r.wrong()
}

// agent reports whether the last property says that another card follows within this
// one (vCard 2.1, AGENT).
func agent(card []property) bool {
	return len(card) > 0 && card[len(card)-1].name == "AGENT" && strings.TrimSpace(card[len(card)-1].value) == ""
}

// cardLines cuts a text into lines that are whole again.
type cardLines struct {
	rest string
	line int // of the last line that was cut off
}

func (l *cardLines) cut() (one string) {
	one, l.rest, _ = strings.Cut(l.rest, "\n")
	l.line++
	return one
}

// next returns the next line, with where it begins. A line that begins with white space
// goes on with the one before; so does one after the "=" that ends quoted-printable.
func (l *cardLines) next() (whole string, line int, ok bool) {
	if l.rest == "" {
		return "", 0, false
	}
	parts := []string{l.cut()}
	line = l.line
	head, _, _ := strings.Cut(parts[0], ":")
	head = strings.ToUpper(head)
	soft := strings.Contains(head, "QUOTED-PRINTABLE")
	packed := strings.Contains(head, "ENCODING=B") || strings.Contains(head, ";BASE64")
	for l.rest != "" {
		last := &parts[len(parts)-1]
		switch {
		case soft && strings.HasSuffix(*last, "="):
			*last = strings.TrimSuffix(*last, "=")
			parts = append(parts, strings.TrimLeft(l.cut(), " \t"))
		case l.rest[0] == ' ' || l.rest[0] == '\t':
			parts = append(parts, l.cut()[1:])
		case packed && isBase64(l.rest):
			parts = append(parts, l.cut())
		default:
			return strings.Join(parts, ""), line, true
		}
	}
	return strings.Join(parts, ""), line, true
}

// isBase64 reports whether a text begins with a line of a picture that was not indented.
func isBase64(text string) bool {
	line, _, _ := strings.Cut(text, "\n")
	if len(line) < 4 || strings.ContainsAny(line, ":;") {
		return false
	}
	_, err := base64.StdEncoding.DecodeString(line[:len(line)&^3])
	return err == nil
}

// parseProperty reads a whole line. ok is false for what is no property.
func parseProperty(raw string, line int) (p property, ok bool) {
	head, value, found := cutHead(raw)
	if !found {
		return p, false
	}
	parts := cutOutside(head, ';', '"')
	name := parts[0]
	if i := strings.LastIndexByte(name, '.'); i >= 0 { // "item1.TEL"
		name = name[i+1:]
	}
	name = strings.ToUpper(strings.TrimSpace(name))
	if name == "" || strings.ContainsAny(name, " \t") {
		return p, false
	}
	p = property{line: line, name: name, params: map[string][]string{}, value: value}
	for _, param := range parts[1:] {
		key, value, named := strings.Cut(param, "=")
		if !named {
			key, value = "", param
		}
		key = strings.ToUpper(strings.TrimSpace(key))
		for _, v := range cutOutside(value, ',', '"') {
			p.params[key] = append(p.params[key], strings.Trim(v, `" `))
		}
	}
	return p, true
}

// cutHead cuts a line at its first colon that stands in no quotation marks.
func cutHead(raw string) (head, value string, found bool) {
	parts := cutOutside(raw, ':', '"')
	if len(parts) < 2 {
		return "", "", false
	}
	return parts[0], raw[len(parts[0])+1:], true
}

// cutOutside cuts s at each sep that stands between no two quotes.
func cutOutside(s string, sep, quote byte) (parts []string) {
	begin, quoted := 0, false
	for i := range len(s) {
		switch {
		case s[i] == quote:
			quoted = !quoted
		case s[i] == sep && !quoted:
			parts = append(parts, s[begin:i])
			begin = i + 1
		}
	}
	return append(parts, s[begin:])
}

// has reports whether a parameter has a value, by its name or alone (vCard 2.1).
func (p property) has(param, value string) bool {
	is := func(v string) bool { // TYPE="fax,work" is two (RFC 6350, section 6.4.1)
		return slices.ContainsFunc(strings.Split(v, ","), func(v string) bool { return strings.EqualFold(v, value) })
	}
	return slices.ContainsFunc(p.params[param], is) || slices.ContainsFunc(p.params[""], is)
}

// decoded is the value with its transfer encoding undone; escapes stay.
func (p property) decoded() string {
	if !p.has("ENCODING", "QUOTED-PRINTABLE") {
		return p.value
	}
	data, err := io.ReadAll(quotedprintable.NewReader(strings.NewReader(p.value)))
	if err != nil {
		return p.value // a stray "=": it is shown as it stands
	}
	if charset := p.params["CHARSET"]; len(charset) > 0 {
		if from, err := htmlindex.Get(charset[0]); err == nil {
			if data, err := from.NewDecoder().Bytes(data); err == nil {
				return string(data)
			}
		}
	}
	if text, ok := table.Decode(data); ok && !utf8.Valid(data) {
		return text
	}
	return string(bytes.ToValidUTF8(data, []byte("\ufffd")))
}

// fields are the parts of a value, each without escapes.
func (p property) fields(sep byte) (parts []string) {
	var b strings.Builder
	value := holdable(p.decoded())
	for i := 0; i < len(value); i++ {
		switch c := value[i]; {
		case c == '\\' && i+1 < len(value):
			i++
			switch value[i] {
			case 'n', 'N':
				b.WriteByte('\n')
			case '\\', ',', ';', ':':
				b.WriteByte(value[i])
			default:
				b.WriteString(value[i-1 : i+1])
			}
		case c == sep:
			parts = append(parts, strings.TrimSpace(b.String()))
			b.Reset()
		default:
			b.WriteByte(c)
		}
	}
	return append(parts, strings.TrimSpace(b.String()))
}

// text is the value as one, without escapes.
func (p property) text() string { return p.fields(0)[0] }

// nameIn is what a card calls its person.
func nameIn(card []property) string {
	for _, p := range card {
		if p.name == "FN" {
			return p.text()
		}
	}
	return ""
}

// silent are properties that say nothing of a person.
var silent = []string{"VERSION", "PRODID", "REV", "UID", "N", "SORT-STRING", "X-ABLABEL", "X-ABADR", "KIND", "PROFILE", "MAILER", "CLIENTPIDMAP"}

func (r *reader) addCard(line int, card []property) {
	var p Person
	name := ""
	for _, field := range card {
		text := strings.TrimSpace(field.value)
		switch {
		case strings.Trim(text, ";") == "":
		case field.name == "FN" && p.Name == "":
			p.Name = field.text()
		case field.name == "N" && name == "":
			parts := append(field.fields(';'), "", "", "")
			name = joined(" ", parts[1], parts[2], parts[0])
		case field.name == "TEL" && !field.has("TYPE", "FAX") && !field.has("TYPE", "PAGER"):
			phone, _, _ := strings.Cut(strings.TrimPrefix(field.text(), "tel:"), ";")
			p.Phones = append(p.Phones, phone)
		case field.name == "EMAIL":
			if p.Email == "" {
				p.Email = field.text()
			} else {
				r.ignore(field.name)
			}
		case field.name == "ADR":
			if p.Address == "" {
				p.Address = joined(", ", field.fields(';')...)
			} else {
				r.ignore(field.name)
			}
		case field.name == "LANG" && p.Language == "":
			p.Language = field.text()
		case field.name == "NOTE":
			p.About = joined("\n", p.About, field.text())
		case field.name == "CATEGORIES":
			for _, l := range field.fields(',') {
				if l = strings.Join(strings.Fields(l), " "); l != "" {
					p.Labels = append(p.Labels, l)
				}
			}
		case !slices.Contains(silent, field.name):
			r.ignore(field.name)
		}
	}
	if p.Name == "" {
		p.Name = name
	}
	r.add(line, p)
}
