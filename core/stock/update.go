package stock

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"shopbell/core/chat"
	"shopbell/core/desk"
)

// update is the form in which the size of an update is counted: that of the API.
type update struct {
	Levels []desk.StockChange `json:"levels"`
}

// size of an update in bytes of compact JSON.
func size(changes []desk.StockChange) (int, error) { return bytesOf(update{changes}) }

// bytesOf counts the JSON of a value, as programs that are not careful of HTML
// write it.
func bytesOf(v any) (int, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return b.Len() - len("\n"), err
}

// Check returns what keeps changes from being one content update: a *desk.Error
// with Invalid, the Field and the Limit, that names the first bad article.
func Check(changes []desk.StockChange) error {
	if len(changes) == 0 {
		return invalid("levels", 0, "there is nothing in the update: name at least one article")
	}
	n, err := size(changes)
	if err != nil {
		return err
	}
	if n > desk.MaxStockUpdate {
		return invalid("levels", desk.MaxStockUpdate, "the update has %d bytes, at most %d are taken: send it in parts", n, desk.MaxStockUpdate)
	}
	seen := map[string]bool{}
	for i, c := range changes {
		key := desk.StockKey(c.SKU)
		switch code, limit := faultOf(c); {
		case code == desk.StockNoSKU:
			return invalid("sku", 0, "levels[%d] has no sku: name the article", i)
		case code == desk.StockLongSKU:
			return invalid("sku", limit, "levels[%d]: a sku has at most %d characters, on one line", i, limit)
		case code == desk.StockLongName:
			return invalid("name", limit, "levels[%d] (%s): a name has at most %d characters, on one line", i, c.SKU, limit)
		case code != "":
			return invalid("level", desk.MaxStockLevel, "levels[%d] (%s): the level is %d, it must be from 0 to %d", i, c.SKU, c.Level, desk.MaxStockLevel)
		case seen[key]:
			return invalid("sku", 0, "levels[%d] (%s): the article is in the update twice", i, c.SKU)
		}
		seen[key] = true
	}
	return nil
}

func invalid(field string, limit int, format string, args ...any) error {
	return &desk.Error{Code: desk.Invalid, Field: field, Limit: limit, Err: fmt.Errorf("stock: "+format, args...)}
}

// faultOf says what is wrong with one change, and the limit that it breaks; "" for
// nothing.
func faultOf(c desk.StockChange) (desk.StockProblemCode, int) {
	sku := strings.TrimSpace(c.SKU)
	switch {
	case sku == "":
		return desk.StockNoSKU, 0
	case tooLong(sku, desk.MaxSKU):
		return desk.StockLongSKU, desk.MaxSKU
	case tooLong(c.Name, desk.MaxArticleName):
		return desk.StockLongName, desk.MaxArticleName
	case c.Level < 0 && !c.Forget:
		return desk.StockNegative, 0
	case c.Level > desk.MaxStockLevel && !c.Forget:
		return desk.StockTooMany, desk.MaxStockLevel
	}
	return "", 0
}

// tooLong reports whether s is over a limit, in UTF-16 units, or no line of text.
func tooLong(s string, limit int) bool {
	return chat.Units(s) > limit || !utf8.ValidString(s) || strings.ContainsFunc(s, unicode.IsControl)
}

// Split makes content updates of changes, in order, each of at most
// desk.MaxStockUpdate bytes. It is for what the desk reads by itself: a file may
// have any number of articles, and changes of it take effect 5 KB at a time. What
// is pushed or typed is refused instead (Check). Each change must be one that Check
// takes alone.
func Split(changes []desk.StockChange) (updates [][]desk.StockChange, err error) {
	frame, err := size([]desk.StockChange{})
	if err != nil {
		return nil, err
	}
	begin, filled := 0, frame
	for i, c := range changes {
		n, err := bytesOf(c)
		if err != nil {
			return nil, err
		}
		n += len(",")
		if filled+n > desk.MaxStockUpdate && i > begin {
			updates = append(updates, changes[begin:i])
			begin, filled = i, frame
		}
		filled += n
	}
	if begin < len(changes) {
		updates = append(updates, changes[begin:])
	}
	return updates, nil
}
