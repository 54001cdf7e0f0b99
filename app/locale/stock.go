package locale

import (
	"path/filepath"
	"strconv"
	"time"
	"unicode"
	"unicode/utf8"

	"shopbell/core/desk"
)

// StockProblem is the sentence of one thing wrong with a stock file, with its line
// and column where it has them. A code that this version does not know gets a
// general one: the desk may be newer.
func (w *Words) StockProblem(p desk.StockProblem) string {
	what := w.stockFault(p)
	args := Args{"Line": p.Line, "Column": p.Column, "What": what}
	switch {
	case p.Line == 0:
		return capital(what)
	case p.Column == "":
		return w.T("stock.at_line", args)
	}
	return w.T("stock.at_column", args)
}

// LevelFault says what is wrong with a level that a person typed.
func (w *Words) LevelFault(code desk.StockProblemCode, typed string) string {
	return capital(w.stockFault(desk.StockProblem{Code: code, Value: typed, Limit: desk.MaxStockLevel}))
}

// stockFault is a problem without its place, as it stands within a sentence.
func (w *Words) stockFault(p desk.StockProblem) string {
	limit := strconv.Itoa(p.Limit)
	if p.Code == desk.StockTooLarge {
		limit = w.Size(int64(p.Limit))
	}
	args := Args{"Column": p.Column, "Value": p.Value, "Limit": limit, "Other": p.Other}
	if p.Code == desk.StockNoColumns { // so the desk names a column that was guessed
		switch p.Column {
		case "sku":
			return w.T("stock.no_sku_title")
		case "level":
			return w.T("stock.no_level_title")
		}
	}
	if what, ok := w.find("stockfault."+string(p.Code), args); ok {
		return what
	}
	return w.T("stock.fault_other")
}

// StockState says in one sentence or two how the watched file stands, and what to
// do where it does not stand well.
func (w *Words) StockState(r desk.StockReport, now time.Time) string {
	args := Args{"File": filepath.Base(r.File.Path), "Articles": w.N("stock.articles", r.Rows), "Broken": w.N("stock.rows", r.Broken)}
	if !r.At.IsZero() {
		args["When"] = w.Moment(r.At, now)
	}
	if what, ok := w.find("stockfile."+string(r.State), args); ok {
		return what
	}
	return w.T("stock.state_other")
}

// capital begins a sentence.
func capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}
