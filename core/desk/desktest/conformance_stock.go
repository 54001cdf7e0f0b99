package desktest

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"shopbell/core/desk"
)

// articles lists what is known as "SKU=level origin", page by page.
func (b *bench) articles(search string, limit int) (list []string) {
	b.Helper()
	q := desk.StockQuery{Search: search, Limit: limit}
	for {
		page, err := b.Desk.Articles(b.Context(), b.Anna, q)
		if err != nil {
			b.Fatal(err)
		}
		for _, a := range page.Articles {
			list = append(list, fmt.Sprintf("%s=%d %s", a.SKU, a.Level, a.Origin))
		}
		if q.After = page.Next; q.After == "" {
			return list
		}
	}
}

func (b *bench) levels() {
	ctx := b.Context()
	set := func(changes ...desk.StockChange) error { return b.Desk.SetLevels(ctx, b.Anna, changes) }
	b.want(set(desk.StockChange{SKU: "BT-39", Name: "Boots", Level: 4}, desk.StockChange{SKU: "SN-1", Level: 12}), "", "setting levels")
	b.want(set(desk.StockChange{SKU: "bt-39", Level: 3}, desk.StockChange{SKU: "X", Forget: true}), "", "setting one again")
	for search, want := range map[string][]string{
		"": {"bt-39=3 person", "SN-1=12 person"}, "BOOT": {"bt-39=3 person"}, "n-1": {"SN-1=12 person"}, "none": nil,
	} {
		if got := b.articles(search, 1); !slices.Equal(got, want) {
			b.Errorf("a search for %q finds %v, want %v", search, got, want)
		}
	}
	b.want(set(desk.StockChange{SKU: "BT-39", Forget: true}), "", "forgetting one")
	if got := b.articles("", 0); !slices.Equal(got, []string{"SN-1=12 person"}) {
		b.Errorf("then there are %v", got)
	}
	long := make([]desk.StockChange, 200)
	for i := range long {
		long[i] = desk.StockChange{SKU: fmt.Sprintf("LONG-%020d", i), Level: i}
	}
	for what, c := range map[string]struct {
		changes []desk.StockChange
		field   string
	}{
		"nothing":             {nil, "levels"},
		"more than 5 KB":      {long, "levels"},
		"no SKU":              {[]desk.StockChange{{Level: 1}}, "sku"},
		"an article twice":    {[]desk.StockChange{{SKU: "A"}, {SKU: "a "}}, "sku"},
		"a long name":         {[]desk.StockChange{{SKU: "A", Name: strings.Repeat("n", 201)}}, "name"},
		"fewer than none":     {[]desk.StockChange{{SKU: "A", Level: 1}, {SKU: "B", Level: -1}}, "level"},
		"more than there are": {[]desk.StockChange{{SKU: "A", Level: desk.MaxStockLevel + 1}}, "level"},
	} {
		b.wantField(set(c.changes...), c.field, what)
	}
	if got := b.articles("", 0); !slices.Equal(got, []string{"SN-1=12 person"}) {
		b.Errorf("after refusals there are %v", got)
	}
	_, err := b.Desk.Articles(ctx, b.Anna, desk.StockQuery{Limit: desk.MaxStockPage + 1})
	b.wantField(err, "limit", "a page that is too long")
}

// wantField checks that input was refused for a field.
func (b *bench) wantField(err error, field, what string) {
	b.Helper()
	b.want(err, desk.Invalid, what)
	if fault, ok := errors.AsType[*desk.Error](err); ok && fault.Field != field {
		b.Errorf("%s: refused for %q, want %q", what, fault.Field, field)
	}
}

func (b *bench) stockFile() {
	ctx := b.Context()
	path := filepath.Join(b.TempDir(), "stock.csv")
	if err := os.WriteFile(path, []byte("Código;Produto;Livre\nBT-39;Botas;4\nSN-1;Ténis;many\n"), 0o600); err != nil {
		b.Fatal(err)
	}
	report := func() desk.StockReport {
		b.Helper()
		r, err := b.Desk.StockReport(ctx, b.Anna)
		b.want(err, "", "the report")
		return r
	}
	if r := report(); r.State != desk.StockFileNone {
		b.Errorf("at first the file is %+v", r)
	}
	guessed, err := b.Desk.PreviewStock(ctx, b.Anna, desk.StockFile{Path: path})
	b.want(err, "", "a preview")
	if guessed.Usable || len(guessed.Problems) != 1 || guessed.Problems[0].Code != desk.StockNoColumns || guessed.Broken != 1 {
		b.Errorf("with a column that cannot be guessed the preview is %+v", guessed)
	}
	b.wantField(b.Desk.SetStockFile(ctx, b.Anna, desk.StockFile{Path: path}), "path", "a file that says nothing")
	for what, c := range map[string]struct {
		path string
		code desk.StockProblemCode
	}{
		"a file that is not there": {path + ".no", desk.StockNotThere}, "a folder": {filepath.Dir(path), desk.StockNotAFilePath}, "half a path": {"stock.csv", desk.StockNotAFilePath},
	} {
		b.wantField(b.Desk.SetStockFile(ctx, b.Anna, desk.StockFile{Path: c.path}), "path", what)
		if p, err := b.Desk.PreviewStock(ctx, b.Anna, desk.StockFile{Path: c.path}); err != nil || p.Usable || len(p.Problems) != 1 || p.Problems[0].Code != c.code {
			b.Errorf("the preview of %s is %+v, %v", what, p, err)
		}
	}
	file := desk.StockFile{Path: path, Columns: desk.StockColumns{Level: "Livre"}}
	found := desk.StockColumns{SKU: "Código", Level: "Livre", Name: "Produto"}
	p, err := b.Desk.PreviewStock(ctx, b.Anna, file)
	b.want(err, "", "a preview")
	if !p.Usable || p.Columns != found || !slices.Equal(p.Headers, []string{"Código", "Produto", "Livre"}) || len(p.First) != 2 || p.Rows != 2 || p.Broken != 1 {
		b.Errorf("the preview is %+v", p)
	}
	events := b.Desk.Subscribe(ctx)
	b.want(b.Desk.SetStockFile(ctx, b.Anna, file), "", "choosing a file")
	for report().State == desk.StockFileReading {
		<-events
	}
	want := desk.StockProblem{Code: desk.StockNoNumber, Line: 3, Column: "Livre", Value: "many"}
	if r := report(); r.State != desk.StockFilePartly || r.File.Path != path || r.Columns != found || r.Rows != 2 || r.Changed != 1 ||
		r.Broken != 1 || !slices.Equal(r.Problems, []desk.StockProblem{want}) {
		b.Errorf("the report is %+v", r)
	}
	if got := b.articles("", 0); !slices.Equal(got, []string{"BT-39=4 file"}) {
		b.Errorf("there are %v", got)
	}
	b.want(b.Desk.SetStockFile(ctx, b.Anna, desk.StockFile{}), "", "choosing none")
	if r := report(); r.State != desk.StockFileNone || r.File != (desk.StockFile{}) {
		b.Errorf("then the file is %+v", r)
	}
	if got := b.articles("", 0); !slices.Equal(got, []string{"BT-39=4 file"}) {
		b.Errorf("then there are %v", got)
	}
}
