package stock

import "shopbell/core/desk"

// Diff returns what a file changes of the articles that are known: the file says
// what holds, also where a level was edited or pushed since. An article that came
// from the file and stands in it no more is forgotten, unless it may be the one of
// a broken row. No file, or one that cannot be read, changes nothing.
func Diff(t *Table, known []desk.Article) (changes []desk.StockChange) {
	if !t.Usable() {
		return nil
	}
	before := make(map[string]desk.Article, len(known))
	for _, a := range known {
		before[desk.StockKey(a.SKU)] = a
	}
	named := make(map[string]bool, len(t.Levels))
	for _, l := range t.Levels {
		key := desk.StockKey(l.SKU)
		named[key] = true
		a, there := before[key]
		same := a.SKU == l.SKU && a.Level == l.Level && a.Origin == desk.StockByFile && (l.Name == "" || l.Name == a.Name)
		if !there || !same {
			changes = append(changes, l)
		}
	}
	if t.Anonymous {
		return changes
	}
	for _, a := range known {
		if key := desk.StockKey(a.SKU); a.Origin == desk.StockByFile && !named[key] && !t.Unclear[key] {
			changes = append(changes, desk.StockChange{SKU: a.SKU, Forget: true})
		}
	}
	return changes
}
