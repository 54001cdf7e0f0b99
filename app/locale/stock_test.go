package locale

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"
	"time"

	"shopbell/core/desk"
)

// constants are the values of all constants of a type in the contract of stock.
func constants(t *testing.T, of string) (values []string) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "../../core/desk/stock.go", nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if name, ok := spec.Type.(*ast.Ident); ok && name.Name == of {
			for _, v := range spec.Values {
				s, err := strconv.Unquote(v.(*ast.BasicLit).Value)
				if err != nil {
					t.Fatal(err)
				}
				values = append(values, s)
			}
		}
		return true
	})
	return values
}

func TestStockProblem(t *testing.T) {
	w := open(t, English)
	for _, tt := range []struct {
		name    string
		problem desk.StockProblem
		want    string
	}{
		{"a row is named by its line and column", desk.StockProblem{Code: desk.StockNoNumber, Line: 3, Column: "Free", Value: "many"}, "Line 3, “Free”: “many” is no number"},
		{"a row without a column by its line", desk.StockProblem{Code: desk.StockBrokenQuote, Line: 9}, "Line 9: a quotation mark has no partner"},
		{"a double names the other line", desk.StockProblem{Code: desk.StockDuplicate, Line: 9, Column: "SKU", Value: "A", Other: 4}, "Line 9, “SKU”: “A” stands in line 4 too, with another level"},
		{"what is wrong with the whole file is a sentence of its own", desk.StockProblem{Code: desk.StockOldWorkbook}, "This is an old workbook. Open it and save it as .xlsx"},
		{"a limit of bytes is a size", desk.StockProblem{Code: desk.StockTooLarge, Limit: 32 << 20}, "The file is larger than 32 MB. Leave only the columns that are needed"},
		{"a column that was not guessed is called as titles are", desk.StockProblem{Code: desk.StockNoColumns, Column: "sku"}, "No row has a title like “SKU” or “Article”. Choose the column above, or add the title to the file"},
		{"a column that was chosen by its own title", desk.StockProblem{Code: desk.StockNoColumns, Column: "Free"}, "No row has the title “Free”. Choose another column, or give the file this title"},
		{"a code of a newer desk is no riddle", desk.StockProblem{Code: "quantum", Line: 2}, "Line 2: something that this version has no words for"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := w.StockProblem(tt.problem); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
	t.Run("every code has words of its own in every language", func(t *testing.T) {
		codes := constants(t, "StockProblemCode")
		if len(codes) < 20 {
			t.Fatalf("the contract has %q", codes)
		}
		for _, lang := range Languages() {
			w := open(t, lang)
			for _, code := range codes {
				p := desk.StockProblem{Code: desk.StockProblemCode(code), Line: 3, Column: "C", Value: "V", Limit: 64, Other: 2}
				got := w.StockProblem(p)
				if strings.Contains(got, w.T("stock.fault_other")) || strings.Contains(got, "<no value>") || strings.Contains(got, "stockfault.") {
					t.Errorf("%s: %s is %q", lang, code, got)
				}
			}
		}
	})
}

func TestStockState(t *testing.T) {
	now := time.Date(2025, 11, 24, 14, 5, 0, 0, time.UTC)
	partly := desk.StockReport{State: desk.StockFilePartly, File: desk.StockFile{Path: "/shop/stock.csv"}, At: now.Add(-time.Minute), Rows: 12, Broken: 1}
	t.Run("says what was read, when, and what holds for the rest", func(t *testing.T) {
		want := "stock.csv, read 14:04: 12 articles. Not understood: 1 row. Their articles keep the last level."
		if got := open(t, English).StockState(partly, now); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	})
	t.Run("every state has words of its own in every language", func(t *testing.T) {
		states := constants(t, "StockFileState")
		if len(states) < 5 {
			t.Fatalf("the contract has %q", states)
		}
		for _, lang := range Languages() {
			w := open(t, lang)
			for _, state := range states {
				r := partly
				r.State = desk.StockFileState(state)
				if r.State != desk.StockFileGood && r.State != desk.StockFilePartly {
					r.At = time.Time{} // it has not been read since the start
				}
				if got := w.StockState(r, now); got == w.T("stock.state_other") || strings.Contains(got, "<no value>") || strings.Contains(got, "stockfile.") {
					t.Errorf("%s: %s is %q", lang, state, got)
				}
			}
		}
	})
	t.Run("one of a newer desk is no riddle", func(t *testing.T) {
		r := partly
		r.State = "orbiting"
		if w := open(t, English); w.StockState(r, now) != w.T("stock.state_other") {
			t.Errorf("it is %q", w.StockState(r, now))
		}
	})
}

func TestLevelFault(t *testing.T) {
	want := "“100000” is more than 99999, the highest level"
	if got := open(t, English).LevelFault(desk.StockTooMany, "100000"); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
