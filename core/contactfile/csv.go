package contactfile

import (
	"regexp"
	"slices"
	"strings"

	"shopbell/core/table"
)

// column is what stands under a header.
type column int

const (
	columnName column = iota
	columnGiven
	columnMiddle
	columnFamily
	columnLanguage
	columnEmail
	columnAddress
	columnStreet
	columnCity
	columnState
	columnCode
	columnCountry
	columnLabels
	columnAbout
	columns // how many there are
)

// columnWords are the words over the columns in English, Portuguese, Russian and
// Spanish, and those of Google's and Outlook's files, folded (table.Fold), the surest
// first. What belongs to nothing, as "file as", is left out.
var columnWords = [columns][]string{
	columnGiven:    {"first name", "given name", "primeiro nome", "nome proprio", "nombre de pila", "primer nombre"},
	columnMiddle:   {"middle name", "additional name", "second name", "nome do meio", "segundo nombre", "отчество"},
	columnFamily:   {"last name", "family name", "surname", "sobrenome", "apelido", "ultimo nome", "фамилия", "apellido", "apellidos"},
	columnName:     {"name", "full name", "display name", "customer", "client", "contact", "nome", "nome completo", "cliente", "contato", "contacto", "имя", "фио", "имя и фамилия", "полное имя", "клиент", "покупатель", "контакт", "nombre", "nombre completo"},
	columnLanguage: {"language", "lang", "idioma", "lingua", "язык"},
	columnEmail:    {"e mail", "email", "mail", "e mail address", "email address", "e mail 1 value", "endereco de e mail", "correo", "correo electronico", "почта", "электронная почта", "эл почта", "имейл"},
	columnAddress:  {"address", "postal address", "delivery address", "shipping address", "home address", "address 1 formatted", "endereco", "endereco de entrega", "morada", "direccion", "direccion de envio", "domicilio", "адрес", "адрес доставки", "домашний адрес"},
	columnStreet:   {"street", "street address", "address 1 street", "home street", "business street", "rua", "calle", "улица"},
	columnCity:     {"city", "town", "address 1 city", "home city", "business city", "cidade", "localidade", "ciudad", "город"},
	columnState:    {"state", "region", "province", "address 1 region", "home state", "business state", "estado", "distrito", "provincia", "область", "регион"},
	columnCode:     {"postal code", "postcode", "zip", "zip code", "address 1 postal code", "home postal code", "business postal code", "cep", "codigo postal", "индекс", "почтовый индекс"},
	columnCountry:  {"country", "country region", "address 1 country", "home country region", "home country", "business country region", "business country", "pais", "страна"},
	columnLabels:   {"labels", "label", "tags", "tag", "groups", "group", "group membership", "categories", "category", "etiquetas", "etiqueta", "marcadores", "marcador", "grupos", "grupo", "categorias", "categoria", "метки", "метка", "теги", "тег", "группы", "группа", "ярлыки", "категории", "категория"},
	columnAbout:    {"notes", "note", "comments", "comment", "about", "remarks", "observacoes", "observacao", "notas", "nota", "comentarios", "observaciones", "заметки", "заметка", "примечания", "примечание", "комментарий", "комментарии"},
}

// phoneWord tells the header of a column of phone numbers, and noPhone of those that
// are none all the same.
var (
	phoneWord = regexp.MustCompile(`(^| )(phones?|mobile|cell|cellular|tel|telephone|whatsapp|telefones?|celular|telemovel|telefonos?|movil|телефоны?|тел|моб|мобильный|номер телефона|вотсап|ватсап)( |$)`)
	noPhone   = regexp.MustCompile(`(^| )(type|label|tipo|тип|fax|факс|pager|isdn|telex|carrier)( |$)`)
)

// headerRows is how many rows are looked at for headers.
const headerRows = 20

// layout is where the columns of a table stand; -1: nowhere.
type layout struct {
	at     [columns]int
	phones []int
	google bool // the labels are Google's
}

// layoutOf finds the columns by their headers. ok is false where none is over phone
// numbers.
func layoutOf(cells []string) (l layout, ok bool) {
	headers := make([]string, len(cells))
	for i, c := range cells {
		headers[i] = table.Fold(c)
		l.google = l.google || headers[i] == googleHeader
		if phoneWord.MatchString(headers[i]) && !noPhone.MatchString(headers[i]) {
			l.phones = append(l.phones, i)
		}
	}
	taken := slices.Clone(l.phones)
	for c, words := range columnWords {
		l.at[c] = -1
		for _, word := range words {
			if at := slices.Index(headers, word); at >= 0 && !slices.Contains(taken, at) {
				l.at[c] = at
				taken = append(taken, at)
				break
			}
		}
	}
	return l, len(l.phones) > 0
}

// readTable reads a table whose first rows hold the headers.
func (r *reader) readTable(data []byte) error {
	rows, ok := table.Read(data, MaxPeople+headerRows+1)
	switch {
	case !ok:
		return &FileError{Code: NotText}
	case len(rows) > MaxPeople+headerRows:
		return &FileError{Code: TooMany, Limit: MaxPeople}
	}
	var l layout
	head := slices.IndexFunc(rows[:min(len(rows), headerRows)], func(row table.Row) (found bool) {
		l, found = layoutOf(row.Cells)
		return found
	})
	if head < 0 {
		return &FileError{Code: NoColumns}
	}
	headers := rows[head].Cells
	for _, row := range rows[head+1:] {
		if row.Broken {
			r.fault(row.Line, BrokenQuote, row.Cells[0])
			continue
		}
		if strings.TrimSpace(strings.Join(row.Cells, "")) == "" {
			continue
		}
		r.ignoreOthers(l, headers, row.Cells)
		r.add(row.Line, l.person(row.Cells))
		if err := r.wrong(); err != nil {
			return err
		}
	}
	return r.wrong()
}

// ignoreOthers notes the columns that hold something and mean nothing here.
func (r *reader) ignoreOthers(l layout, headers, cells []string) {
	for i, c := range cells {
		if strings.TrimSpace(c) == "" || slices.Contains(l.phones, i) || slices.Contains(l.at[:], i) {
			continue
		}
		if i < len(headers) && strings.TrimSpace(headers[i]) != "" {
			r.ignore(strings.TrimSpace(headers[i]))
		}
	}
}

// person reads a row.
func (l layout) person(cells []string) (p Person) {
	get := func(i int) string {
		if i < 0 || i >= len(cells) {
			return ""
		}
		return table.Plain(strings.TrimSpace(cells[i]))
	}
	of := func(c column) string { return get(l.at[c]) }
	p.Name = of(columnName)
	parts := joined(" ", of(columnGiven), of(columnMiddle), of(columnFamily))
	switch {
	case p.Name == "":
		p.Name = parts
	case l.at[columnGiven] < 0: // a first name, where the last has a column of its own
		p.Name = joined(" ", p.Name, of(columnMiddle), of(columnFamily))
	}
	p.Language, p.About = of(columnLanguage), of(columnAbout)
	p.Email = first(several(of(columnEmail)))
	if p.Address = of(columnAddress); p.Address == "" {
		p.Address = joined(", ", of(columnStreet), of(columnCity), of(columnState), of(columnCode), of(columnCountry))
	}
	p.Labels = labelsOf(of(columnLabels), l.google)
	for _, i := range l.phones {
		p.Phones = append(p.Phones, several(get(i))...)
	}
	return p
}

// between stands between values in one cell, as Google writes it; betweenIn is one that
// stands in a label, as WriteCSV writes that.
const (
	between   = ":::"
	betweenIn = `\` + between
)

// googleHeader is one that Google writes, folded. Its own labels begin with an asterisk and are
// none of the shop.
const googleHeader = "phone 1 value"

// several cuts a cell that holds more than one number or address.
func several(cell string) (values []string) {
	for _, v := range strings.FieldsFunc(strings.ReplaceAll(cell, between, ";"), func(r rune) bool { return strings.ContainsRune(";,/\n", r) }) {
		if v = strings.TrimSpace(v); v != "" {
			values = append(values, v)
		}
	}
	return values
}

func first(values []string) string {
	if len(values) == 0 {
		return ""
	}
	return values[0]
}

// labelsOf cuts a cell of labels.
func labelsOf(cell string, google bool) (labels []string) {
	cell = strings.ReplaceAll(cell, betweenIn, "\x01")
	cut := func(r rune) bool { return strings.ContainsRune(";,\n", r) }
	if strings.Contains(cell, between) {
		cell, cut = strings.ReplaceAll(cell, between, "\x00"), func(r rune) bool { return r == 0 }
	}
	for _, l := range strings.FieldsFunc(cell, cut) {
		l = strings.Join(strings.Fields(strings.ReplaceAll(l, "\x01", between)), " ")
		if l != "" && (!google || !strings.HasPrefix(l, "* ")) {
			labels = append(labels, l)
		}
	}
	return labels
}

// joined puts together what is not empty.
func joined(between string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return strings.TrimSpace(p) == "" }), between)
}
