package main

import (
	"errors"
	"fmt"
	"text/tabwriter"
	"time"

	"shopbell/core/desk"
	"shopbell/core/host"
)

// stockImportCommand puts the levels of a file in force, once.
type stockImportCommand struct {
	File  string `arg:"" type:"existingfile" help:"A table with headers: CSV with commas, semicolons or tabs, or XLSX."`
	SKU   string `name:"sku" placeholder:"COLUMN" help:"Header of the column with the articles' SKUs; else it is guessed."`
	Level string `placeholder:"COLUMN" help:"Header of the column with the levels; else it is guessed."`
	Name  string `placeholder:"COLUMN" help:"Header of the column with the names; else it is guessed."`
	Sheet string `help:"Sheet of a workbook; else the first one."`
}

// Run puts the good rows in force and names the others. With a broken row among
// good ones it fails all the same: a script must not go on as if all were well.
func (c stockImportCommand) Run(s *surroundings) error {
	file := desk.StockFile{Path: c.File, Columns: desk.StockColumns{SKU: c.SKU, Level: c.Level, Name: c.Name, Sheet: c.Sheet}}
	changed, problems, err := host.ImportStock(s.ctx, s.dir, file)
	if refused, ok := errors.AsType[*host.StockError](err); ok {
		return fmt.Errorf("nothing was changed: %w%s", err, stockRemedies[refused.Problem.Code])
	}
	if err != nil {
		return err
	}
	for _, p := range problems {
		fmt.Fprintln(s.errOut, p)
	}
	if _, err := fmt.Fprintf(s.out, "%d articles changed.\n", changed); err != nil {
		return err
	}
	if len(problems) > 0 {
		return fmt.Errorf("%d rows did not take effect: correct them and import again", len(problems))
	}
	return nil
}

// stockRemedies is what to do about a file of which nothing can be used.
var stockRemedies = map[desk.StockProblemCode]string{
	desk.StockNoColumns:   ": name the columns with --sku and --level, by their headers",
	desk.StockOldWorkbook: ": save it as .xlsx, without a password",
	desk.StockBadWorkbook: ": save it anew, without a password",
	desk.StockNoSheet:     ": choose another --sheet",
	desk.StockNoTable:     ": save it as CSV or XLSX",
}

// stockListCommand prints the levels in force.
type stockListCommand struct {
	Search string `placeholder:"WORDS" help:"Only articles with this in their SKU or name."`
}

// Run prints a line for each article, by SKU.
func (c stockListCommand) Run(s *surroundings) error {
	list, err := host.ListStock(s.ctx, s.dir, c.Search)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(s.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "SKU\tLEVEL\tFROM\tCHANGED\tNAME")
	for _, a := range list {
		fmt.Fprintf(w, "%s\t%d\t%s\t%s\t%s\n", a.SKU, a.Level, a.Origin, a.At.Format(time.RFC3339), a.Name)
	}
	return w.Flush()
}
