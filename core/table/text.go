package table

import (
	"bytes"
	"encoding/csv"
	"errors"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	xunicode "golang.org/x/text/encoding/unicode"
)

// Row is one record of a table.
type Row struct {
	Line  int // where it begins, from 1
	Cells []string
	// Broken: a quotation mark has no partner; the line stands whole in the one cell.
	Broken bool
}

// Decode makes text of a text file: UTF-8 or UTF-16, with or without a byte order
// mark, else Windows-1251 (Cyrillic) or 1252 (Western European). ok is false for
// what is no text.
func Decode(data []byte) (text string, ok bool) {
	var from encoding.Encoding
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		from = xunicode.UTF16(xunicode.LittleEndian, xunicode.UseBOM)
	case bytes.IndexByte(data, 0) >= 0:
		end, even := endian(data)
		if !even {
			return "", false
		}
		from = xunicode.UTF16(end, xunicode.IgnoreBOM)
	case utf8.Valid(data):
		return strings.TrimPrefix(string(data), "\ufeff"), true
	case cyrillic(data):
		from = charmap.Windows1251
	default:
		from = charmap.Windows1252
	}
	out, err := from.NewDecoder().Bytes(data)
	if err != nil || bytes.IndexByte(out, 0) >= 0 {
		return "", false
	}
	return string(out), true
}

// endian tells the byte order of UTF-16 without a mark by the zeros of its digits,
// separators and line ends. ok is false where they stand on both sides.
func endian(data []byte) (order xunicode.Endianness, ok bool) {
	var zeros [2]int
	for i, c := range data {
		if c == 0 {
			zeros[i%2]++
		}
	}
	order = xunicode.LittleEndian
	if zeros[0] > 0 {
		order = xunicode.BigEndian
	}
	return order, zeros[0] == 0 || zeros[1] == 0
}

// cyrillic tells Windows-1251 from 1252. Letters over 0x7F stand alone in Cyrillic
// words, and between ASCII letters in words of Western Europe.
func cyrillic(data []byte) bool {
	ascii := func(i int) bool {
		return i >= 0 && i < len(data) && (data[i]|0x20 >= 'a' && data[i]|0x20 <= 'z')
	}
	alone, between := 0, 0
	for i := 0; i < len(data); i++ {
		begin := i
		for i < len(data) && data[i] >= 0xa8 { // both have letters from here on
			i++
		}
		switch n := i - begin; {
		case n == 0:
		case ascii(begin-1) || ascii(i):
			between++
		case n > 1:
			alone++
		}
	}
	return alone > between
}

// separators that a text table may have.
var separators = []rune{',', ';', '\t'}

// separator finds out what stands between the cells of a text: what Excel wrote
// into a first line "sep=;", else the one that cuts the first rows most evenly.
// skip is how many lines are no part of the table.
func separator(text string) (sep rune, skip int) {
	first, _, _ := strings.Cut(text, "\n")
	if s, ok := strings.CutPrefix(strings.TrimRight(first, "\r"), "sep="); ok && utf8.RuneCountInString(s) == 1 {
		sep, _ = utf8.DecodeRuneInString(s)
		if sep != '"' && sep != utf8.RuneError {
			return sep, 1
		}
	}
	best := 0
	sep = ','
	for _, s := range separators {
		widths := map[int]int{}
		for _, r := range records(text, s, 0, sampleRows) {
			if len(r.Cells) > 1 {
				widths[len(r.Cells)]++
			}
		}
		for width, rows := range widths {
			// Evenness counts most; of two that are even, the one with more cells.
			if score := rows*1000 + width; score > best {
				best, sep = score, s
			}
		}
	}
	return sep, 0
}

const sampleRows = 50

// records cuts a text into rows, at most limit of them. A quotation mark
// without its partner breaks the one line it stands on, and no other.
func records(text string, sep rune, skip, limit int) (rows []Row) {
	line := 1 // of the beginning of text
	skipLines := func(n int) {
		for range n {
			_, text, _ = strings.Cut(text, "\n")
			line++
		}
	}
	skipLines(skip)
	for text != "" {
		r := csv.NewReader(strings.NewReader(text))
		r.Comma, r.FieldsPerRecord = sep, -1
		r.TrimLeadingSpace = sep != '\t' // it would take a tab for a space
		var fault *csv.ParseError
		for len(rows) < limit {
			cells, err := r.Read()
			if err != nil {
				errors.As(err, &fault) // at the end of the text there is none
				break
			}
			at, _ := r.FieldPos(0)
			rows = append(rows, Row{Line: line + at - 1, Cells: cells})
		}
		if fault == nil {
			return rows
		}
		skipLines(fault.StartLine - 1)
		one, _, _ := strings.Cut(text, "\n")
		rows = append(rows, loose(one, sep, line))
		skipLines(1)
	}
	return rows
}

// loose reads one line that is not written by the rules: a quotation mark within a
// cell (3/4" pipe) is a part of it.
func loose(text string, sep rune, line int) Row {
	text = strings.TrimRight(text, "\r")
	cells := strings.Split(text, string(sep))
	for _, c := range cells {
		if strings.HasPrefix(strings.TrimSpace(c), `"`) {
			return Row{Line: line, Cells: []string{text}, Broken: true}
		}
	}
	return Row{Line: line, Cells: cells}
}

// maxLine bounds a line of a text, in bytes: what is longer is no row of a table.
const maxLine = 1 << 20

// Read cuts a text into the rows of a table, at most limit of them: commas, semicolons
// or tabs stand between its cells, in any encoding that Decode knows. ok is false for
// what is no table.
func Read(data []byte, limit int) (rows []Row, ok bool) {
	text, ok := Decode(data)
	if !ok {
		return nil, false
	}
	text = Lines(text)
	for line := range strings.SplitSeq(text, "\n") {
		if len(line) > maxLine {
			return nil, false
		}
	}
	sep, skip := separator(text)
	return records(text, sep, skip, limit), true
}

// Lines ends all lines of a text with a line feed alone.
func Lines(text string) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	return strings.ReplaceAll(text, "\r", "\n") // as some programs on a Mac end lines
}
