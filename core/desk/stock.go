package desk

import (
	"context"
	"fmt"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"
)

const (
	// MaxStockUpdate bounds one content update, in bytes of compact JSON (mission
	// A8: at most 5 KB, hard).
	MaxStockUpdate = 5 << 10
	// MaxStockLevel is the highest level: replies keep 5 characters free for it
	// (rules-file, "In texts").
	MaxStockLevel = 99_999
	// MaxSKU bounds a SKU, in UTF-16 units: rules can name none that is longer
	// (autoreply.MaxSKU).
	MaxSKU = 64
	// MaxArticleName bounds the name of an article, in UTF-16 units. A limit of the
	// desk: an update must hold one article whatever it is called.
	MaxArticleName = 200
)

// StockOrigin says where a level comes from.
type StockOrigin string

const (
	StockByFile   StockOrigin = "file"   // the watched file
	StockByPerson StockOrigin = "person" // edited in the program, or imported by hand
	StockByPush   StockOrigin = "push"   // another program, through the local API
)

// StockKey is what two spellings of one SKU have in common: the same letters,
// whatever their case, and no spaces around them.
func StockKey(sku string) string {
	return strings.ToLower(norm.NFC.String(strings.TrimSpace(sku)))
}

// Article is what is known of one article.
type Article struct {
	SKU    string // as its source writes it; letter case and spaces around it do not count
	Name   string // may be empty
	Level  int    // 0..MaxStockLevel
	Origin StockOrigin
	At     time.Time // of the last change
}

// StockChange is what an update says of one article. The form in JSON is that of
// the API, and what MaxStockUpdate counts.
type StockChange struct {
	SKU   string `json:"sku"`
	Level int    `json:"level"`
	Name  string `json:"name,omitempty"` // empty: it keeps the one it has
	// Forget makes the level unknown, as if the article had never been named.
	Forget bool `json:"forget,omitempty"`
}

// StockQuery asks for one page of articles by SKU.
type StockQuery struct {
	// Search matches any part of the SKU or the name, whatever the letter case.
	Search string
	After  string // Next of the page before; empty: the first page
	Limit  int    // 1..MaxStockPage; 0 means 100
}

// MaxStockPage is the highest StockQuery.Limit.
const MaxStockPage = 500

// StockPage is one page of articles. Next is empty on the last one.
type StockPage struct {
	Articles []Article
	Next     string
}

// StockColumns are the headers of a stock file's columns. An empty one is guessed
// from the usual words in five languages each time the file is read.
type StockColumns struct {
	SKU, Level, Name string
	// Sheet of a workbook; empty: the first.
	Sheet string
}

// StockFile is the file that is watched. An empty Path is none. The path is one
// of the computer that the desk runs on.
type StockFile struct {
	Path    string
	Columns StockColumns
}

// StockFileState is how the watched file stands. Whatever is wrong with it, the
// last good levels stay in force.
type StockFileState string

const (
	StockFileNone     StockFileState = "none"     // none is chosen
	StockFileReading  StockFileState = "reading"  // it has not been read yet, or the desk could not store what it says and tries again
	StockFileGood     StockFileState = "good"     // every row took effect
	StockFilePartly   StockFileState = "partly"   // all but the rows under Problems took effect
	StockFileMissing  StockFileState = "missing"  // it is not there
	StockFileLocked   StockFileState = "locked"   // it cannot be opened now; mostly another program holds it. It is tried again
	StockFileUnusable StockFileState = "unusable" // nothing of it took effect; Problems says why
)

// StockProblemCode names what is wrong with a row, or with the whole file.
type StockProblemCode string

// Of a row: its article keeps the last good level.
const (
	StockNoSKU       StockProblemCode = "no_sku"
	StockLongSKU     StockProblemCode = "long_sku"     // limit: characters
	StockLongName    StockProblemCode = "long_name"    // limit: characters
	StockNoLevel     StockProblemCode = "no_level"     // the cell is empty
	StockNoNumber    StockProblemCode = "no_number"    // what stands there is no number
	StockNotWhole    StockProblemCode = "not_whole"    // a part of a piece
	StockNegative    StockProblemCode = "negative"     // sold more than there is
	StockTooMany     StockProblemCode = "too_many"     // over Limit
	StockAmbiguous   StockProblemCode = "ambiguous"    // 1,234 may be one or a thousand, and no other row tells
	StockDuplicate   StockProblemCode = "duplicate"    // the article stands in row Other too
	StockBrokenQuote StockProblemCode = "broken_quote" // a quotation mark has no partner
)

// Of the file: nothing of it takes effect.
const (
	StockNoColumns    StockProblemCode = "no_columns"    // no row has the headers that are looked for; Column names the one missing
	StockNoRows       StockProblemCode = "no_rows"       // nothing stands under the headers
	StockNoSheet      StockProblemCode = "no_sheet"      // the workbook has no such sheet; Value names it
	StockNoTable      StockProblemCode = "no_table"      // neither a text table nor a workbook
	StockOldWorkbook  StockProblemCode = "old_workbook"  // .xls: it must be saved as .xlsx
	StockBadWorkbook  StockProblemCode = "bad_workbook"  // damaged, or with a password
	StockTooLarge     StockProblemCode = "too_large"     // over Limit bytes, a workbook once it is unpacked
	StockTooManyRows  StockProblemCode = "too_many_rows" // over Limit rows
	StockNotThere     StockProblemCode = "not_there"
	StockLocked       StockProblemCode = "locked"       // mostly another program holds it
	StockNotReadable  StockProblemCode = "not_readable" // the system does not let it be read
	StockNotAFilePath StockProblemCode = "not_a_file"   // a folder, or a path that is not whole
)

// StockProblem is one thing wrong with a stock file.
type StockProblem struct {
	Code   StockProblemCode
	Line   int    // as the program that wrote the file counts them, from 1; 0: the whole file
	Column string // header of the column; may be empty
	// Value is what stands there; of more than 60 characters the beginning and "…".
	Value string
	Limit int // that it breaks; 0: none
	Other int // line, of StockDuplicate
}

func (p StockProblem) String() string {
	s := string(p.Code)
	if p.Line > 0 {
		s = fmt.Sprintf("line %d: %s", p.Line, s)
	}
	if p.Column != "" {
		s += fmt.Sprintf(" in column %q", p.Column)
	}
	if p.Value != "" {
		s += fmt.Sprintf(": %q", p.Value)
	}
	if p.Limit > 0 {
		s += fmt.Sprintf(" (limit %d)", p.Limit)
	}
	if p.Other > 0 {
		s += fmt.Sprintf(" (as line %d)", p.Other)
	}
	return s
}

// StockReport is what became of the watched file when it was last looked at.
type StockReport struct {
	File    StockFile
	State   StockFileState
	At      time.Time    // when it was last read; zero: never since the desk opened
	Columns StockColumns // that were found
	Rows    int          // with an article
	Changed int          // articles that the last reading changed
	// Problems by line; at most MaxStockProblems of them, Broken counts all.
	Problems []StockProblem
	Broken   int
}

// MaxStockProblems is how many problems a report lists.
const MaxStockProblems = 200

// StockPreview is what a file would say, before it is chosen.
type StockPreview struct {
	Headers []string   // of the row that has the columns; else the first row with text
	First   [][]string // up to 5 rows under it, as they stand
	Columns StockColumns
	Sheets  []string // of a workbook
	Rows    int      // with an article
	// Problems is as in StockReport.
	Problems []StockProblem
	Broken   int
	Usable   bool // it can be chosen
}

// UsualAPIListen is where the local API answers.
const UsualAPIListen = "127.0.0.1:8421"

// LocalAPI is how other programs on this computer reach the desk.
type LocalAPI struct {
	On      bool
	Given   bool   // it came with the start of the desk, which alone can change it
	Address string // http://127.0.0.1:PORT, without a path; empty while it is off
	// Token is what they must send. Empty where it is off, or Given.
	Token Secret
}

// Stock is what a person does with the levels of articles. EventStock tells of
// changes of levels and of the file's state.
type Stock interface {
	// Articles needs SeeStock. The levels that it returns are in force. Invalid with
	// the Field limit.
	Articles(ctx context.Context, who Actor, q StockQuery) (StockPage, error)
	// SetLevels is one content update, all or nothing; it is in force when the call
	// returns, and may be made again: what stands already is no change. Needs
	// EditStock. Invalid with the Field sku, level, name or levels: nothing in it, an
	// article named twice, more than Limit bytes (MaxStockUpdate).
	SetLevels(ctx context.Context, who Actor, changes []StockChange) error
	// StockReport needs SeeStock.
	StockReport(ctx context.Context, who Actor) (StockReport, error)
	// PreviewStock reads a file without choosing it. What is wrong with it is in the
	// preview, not in the error. Needs EditStock.
	PreviewStock(ctx context.Context, who Actor, f StockFile) (StockPreview, error)
	// SetStockFile chooses the file that is watched from now on, in place of another;
	// its levels take effect soon after. With an empty path none is watched, and the
	// levels stay. Needs EditStock. Invalid with the Field path where nothing of the
	// file could take effect: PreviewStock says why.
	SetStockFile(ctx context.Context, who Actor, f StockFile) error
	// LocalAPI tells how programs push levels. It shows the token, so it needs
	// EditConnection.
	LocalAPI(ctx context.Context, who Actor) (LocalAPI, error)
	// SetLocalAPI switches the local API on, with a new token, or off. On where it is
	// on gives it another token: the old one is worth nothing any more. It stays as
	// it is through starts of the desk. Needs EditConnection. Conflict where it is
	// Given; Unavailable where there is no place for keys, or nothing can listen at
	// UsualAPIListen, mostly because another program does.
	SetLocalAPI(ctx context.Context, who Actor, on bool) (LocalAPI, error)
}
