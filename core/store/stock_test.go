package store_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	core "shopbell/core/desk"
	"shopbell/core/store"
	"shopbell/core/store/storetest"
)

// set stores one update of "SKU=level" and returns how many articles it changed.
// A level of "-" forgets the article.
func (d *desk) set(origin core.StockOrigin, levels ...string) (changed int) {
	d.t.Helper()
	var changes []core.StockChange
	for _, l := range levels {
		sku, level, _ := strings.Cut(l, "=")
		c := core.StockChange{SKU: sku, Forget: level == "-"}
		if !c.Forget {
			if _, err := fmt.Sscan(level, &c.Level); err != nil {
				d.t.Fatal(err)
			}
		}
		changes = append(changes, c)
	}
	d.update(func(tx *store.Tx) (err error) { changed, err = tx.SetStock(changes, origin); return err })
	return changed
}

// since returns the levels that changed after a revision, as "key=level".
func (d *desk) since(revision int64) (levels []string, now int64) {
	d.t.Helper()
	rows, now, err := d.db.StockSince(d.Context(), revision)
	d.done(err)
	for _, r := range rows {
		l := r.Key + "=-"
		if r.Known {
			l = fmt.Sprintf("%s=%d", r.Key, r.Level)
		}
		levels = append(levels, l)
	}
	slices.Sort(levels)
	return levels, now
}

func TestLevelsAreStored(t *testing.T) {
	t.Run("the last one stands, whatever the case of the SKU", func(t *testing.T) {
		d := newDesk(t)
		d.set(core.StockByFile, "BT-39=4", "SN-1=10")
		if n := d.set(core.StockByPerson, " bt-39 =3"); n != 1 {
			t.Errorf("%d articles changed, want 1", n)
		}
		d.view(func(r *store.Reader) error {
			a, err := r.Article("Bt-39")
			if a.SKU != "bt-39" || a.Level != 3 || a.Origin != core.StockByPerson || !a.At.Equal(d.now) {
				t.Errorf("it is %+v, %v", a, err)
			}
			return nil
		})
	})
	t.Run("what stands already is no change", func(t *testing.T) {
		d := newDesk(t)
		d.set(core.StockByFile, "A=1", "B=2")
		_, before := d.since(0)
		if n := d.set(core.StockByFile, "A=1", "B=2"); n != 0 {
			t.Errorf("%d articles changed", n)
		}
		if levels, now := d.since(before); now != before || len(levels) != 0 {
			t.Errorf("since then %v changed, in revision %d", levels, now)
		}
	})
	t.Run("a change without a name keeps the name", func(t *testing.T) {
		d := newDesk(t)
		d.update(func(tx *store.Tx) error {
			_, err := tx.SetStock([]core.StockChange{{SKU: "A", Level: 1, Name: "Boot"}}, core.StockByFile)
			return err
		})
		d.set(core.StockByPush, "A=2")
		d.view(func(r *store.Reader) error {
			if a, err := r.Article("A"); a.Name != "Boot" || a.Level != 2 {
				t.Errorf("it is %+v, %v", a, err)
			}
			return nil
		})
	})
	t.Run("one that is forgotten is told of, and found no more", func(t *testing.T) {
		d := newDesk(t)
		d.set(core.StockByFile, "A=1", "B=2")
		_, before := d.since(0)
		if n := d.set(core.StockByFile, "A=-", "C=-"); n != 1 {
			t.Errorf("%d articles changed, want 1", n)
		}
		if levels, _ := d.since(before); !slices.Equal(levels, []string{"a=-"}) {
			t.Errorf("since then %v changed", levels)
		}
		d.view(func(r *store.Reader) error {
			if a, err := r.Article("A"); !errors.Is(err, store.ErrNotFound) {
				t.Errorf("it is %+v, %v", a, err)
			}
			list, _, err := r.Articles("", "", 10)
			if len(list) != 1 || list[0].SKU != "B" {
				t.Errorf("listed are %+v, %v", list, err)
			}
			return nil
		})
	})
	t.Run("an update that fails half-way changes nothing", func(t *testing.T) {
		d := newDesk(t)
		d.set(core.StockByFile, "A=1")
		cure := storetest.Poison(t, d.path, "stock", "sku", "C")
		err := d.db.Update(t.Context(), func(tx *store.Tx) error {
			_, err := tx.SetStock([]core.StockChange{{SKU: "B", Level: 1}, {SKU: "C", Level: 1}}, core.StockByFile)
			return err
		})
		cure()
		if levels, _ := d.since(0); err == nil || !slices.Equal(levels, []string{"a=1"}) {
			t.Errorf("%v are stored, %v", levels, err)
		}
	})
}

func TestArticlesAreFoundInPages(t *testing.T) {
	d := newDesk(t)
	d.update(func(tx *store.Tx) error {
		_, err := tx.SetStock([]core.StockChange{
			{SKU: "BT-39", Name: "Сапоги", Level: 1}, {SKU: "bt-40", Name: "САПОГИ синие", Level: 2}, {SKU: "SN-1", Name: "50% off_boots", Level: 3},
		}, core.StockByFile)
		return err
	})
	for search, want := range map[string][]string{
		"": {"BT-39", "bt-40", "SN-1"}, "bt": {"BT-39", "bt-40"}, "сапоги": {"BT-39", "bt-40"}, "СИНИЕ": {"bt-40"}, "%": {"SN-1"}, "_b": {"SN-1"}, "-": {"BT-39", "bt-40", "SN-1"}, "x": nil,
	} {
		for limit := 1; limit <= 3; limit++ {
			t.Run(fmt.Sprintf("%q, %d to a page", search, limit), func(t *testing.T) {
				var got []string
				for after := ""; ; {
					var list []core.Article
					d.view(func(r *store.Reader) (err error) { list, after, err = r.Articles(search, after, limit); return err })
					if len(list) > limit {
						t.Fatalf("a page of %d", len(list))
					}
					for _, a := range list {
						got = append(got, a.SKU)
					}
					if after == "" {
						break
					}
				}
				if !slices.Equal(got, want) {
					t.Errorf("found %v, want %v", got, want)
				}
			})
		}
	}
}

// Whoever follows the revisions knows what the file knows, whatever was changed.
func TestFollowingRevisionsMissesNothing(t *testing.T) {
	d := newDesk(t)
	rapid.Check(t, func(rt *rapid.T) {
		d.t = rt
		defer func() { d.t = t }()
		all, seen := d.since(0)
		known := map[string]string{}
		follow := func(levels []string) {
			for _, l := range levels {
				key, level, _ := strings.Cut(l, "=")
				known[key] = level
			}
		}
		follow(all)
		update := rapid.SliceOfNDistinct(rapid.StringMatching(`[A-D]=([0-3]|-)`), 0, 4, func(s string) string { return s[:1] })
		for range rapid.IntRange(1, 6).Draw(rt, "steps") {
			d.set(core.StockByPush, update.Draw(rt, "update")...)
			if rapid.Bool().Draw(rt, "looks") {
				var levels []string
				levels, seen = d.since(seen)
				follow(levels)
			}
		}
		levels, _ := d.since(seen)
		follow(levels)
		all, _ = d.since(0)
		for _, l := range all {
			if key, level, _ := strings.Cut(l, "="); known[key] != level {
				rt.Errorf("%s is known as %s, and is %s", key, known[key], level)
			}
		}
	})
}

// BenchmarkImportStock stores 5,000 articles in updates of 5 KB. Another writer
// waits for one of them at most.
func BenchmarkImportStock(b *testing.B) {
	db := storetest.Open(b, store.Options{})
	level, units := 0, 0
	for b.Loop() {
		level++
		var updates [][]core.StockChange
		for at := range 5_000 {
			if at%60 == 0 {
				updates = append(updates, nil)
			}
			last := len(updates) - 1
			updates[last] = append(updates[last], core.StockChange{SKU: fmt.Sprintf("SKU-%05d", at), Level: level, Name: "An article of the usual length"})
		}
		if n, err := db.ImportStock(b.Context(), updates, core.StockByFile, nil); err != nil || n != 5_000 {
			b.Fatal(n, err)
		}
		units += len(updates)
	}
	b.ReportMetric(b.Elapsed().Seconds()*1000/float64(units), "ms/update")
}
