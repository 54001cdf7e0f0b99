package stock

import (
	"slices"
	"strings"

	"shopbell/core/desk"
	"shopbell/core/table"
)

// The words over the columns of stock files in English, Russian, Portuguese,
// Spanish and Indonesian, folded (see table.Fold), the surest first.
//
//nolint:misspell // Spanish is not misspelled English
var (
	skuWords = []string{
		"sku", "article number", "item number", "product code", "item code", "stock code", "article", "part number", "code", "barcode", "ean", "id",
		"артикул", "код товара", "код артикула", "код", "штрихкод", "штрих код",
		"referencia", "codigo do produto", "codigo del producto", "codigo", "cod", "ref", "artigo", "codigo de barras",
		"kode barang", "kode produk", "kode",
	}
	levelWords = []string{
		"stock level", "in stock", "on hand", "available", "quantity", "qty", "level", "stock", "balance", "units", "count", "inventory",
		"остаток на складе", "остаток", "остатки", "количество", "кол во", "в наличии", "наличие", "доступно", "на складе",
		"quantidade em estoque", "estoque", "quantidade", "qtde", "qtd", "saldo", "disponivel", "existencia",
		"existencias", "cantidad disponible", "cantidad", "cant", "inventario", "disponible", "unidades",
		"jumlah stok", "stok", "jumlah", "sisa", "persediaan",
	}
	nameWords = []string{
		"product name", "item name", "name", "product", "title", "description", "item",
		"наименование товара", "наименование", "название", "номенклатура", "товар", "описание",
		"nome do produto", "nome", "produto", "descricao", "designacao",
		"nombre del producto", "nombre", "producto", "descripcion", "articulo",
		"nama barang", "nama produk", "nama", "barang", "produk",
	}
)

// place is where the columns stand in a row of headers; -1: nowhere.
type place struct {
	sku, level, name int
}

// found reports whether a table can be read by it.
func (p place) found() bool { return p.sku >= 0 && p.level >= 0 && p.sku != p.level }

// locate finds columns in a row: those with the headers that are asked for, others
// by the usual words.
func locate(cells []string, want desk.StockColumns) place {
	headers := make([]string, len(cells))
	for i, c := range cells {
		headers[i] = table.Fold(c)
	}
	var taken []int
	find := func(asked string, words []string) int {
		var at int
		if asked != "" {
			at = slices.Index(headers, table.Fold(asked))
		} else {
			at = guess(headers, words, taken)
		}
		if at >= 0 {
			taken = append(taken, at)
		}
		return at
	}
	// What is asked for is taken before anything is guessed.
	for _, asked := range []string{want.SKU, want.Level, want.Name} {
		if i := slices.Index(headers, table.Fold(asked)); asked != "" && i >= 0 {
			taken = append(taken, i)
		}
	}
	return place{sku: find(want.SKU, skuWords), level: find(want.Level, levelWords), name: find(want.Name, nameWords)}
}

// guess returns the column whose header is one of words, else the one whose header
// begins with one, else the one that has one in it; -1 for none.
func guess(headers, words []string, taken []int) int {
	for _, fits := range []func(header, word string) bool{
		func(header, word string) bool { return header == word },
		func(header, word string) bool { return strings.HasPrefix(header, word+" ") },
		func(header, word string) bool { return strings.Contains(" "+header+" ", " "+word+" ") },
	} {
		for _, w := range words {
			for i, h := range headers {
				if fits(h, w) && !slices.Contains(taken, i) {
					return i
				}
			}
		}
	}
	return -1
}

// headerRows is how many rows are looked at for headers: some programs write the
// shop's name and a date above them.
const headerRows = 20

// header finds the row with the headers; -1 where there is none, with what the
// best row lacks.
func header(rows []row, want desk.StockColumns) (at int, p place) {
	best := place{-1, -1, -1}
	for i := range min(len(rows), headerRows) {
		if rows[i].broken {
			continue
		}
		p := locate(rows[i].cells, want)
		if p.found() {
			return i, p
		}
		if p.sku >= 0 || p.level >= 0 && best.sku < 0 {
			best = p
		}
	}
	return -1, best
}
