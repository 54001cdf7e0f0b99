package autoreply

import "strconv"

// KindStock is the kind of question of a pressed stock button.
const KindStock = "stock"

// stock is a Stock as it is asked and sent.
type stock struct {
	sku   string
	below int
	text  variant
}

// articles says which rule answers the stock buttons of each article: the first
// that depends on it, else the first with such a button; one that is switched on
// before one that is not. Letter case tells no articles apart.
func articles(rules []Rule) map[string]int {
	of := make(map[string]int)
	claim := func(sku string, rule int) {
		if _, taken := of[fold(sku)]; !taken {
			of[fold(sku)] = rule
		}
	}
	for _, enabled := range []bool{true, false} {
		for i, r := range rules {
			if r.Enabled == enabled && r.Stock != nil {
				claim(r.Stock.SKU, i)
			}
		}
		for i, r := range rules {
			for _, v := range r.Replies {
				for _, b := range v.Buttons {
					if r.Enabled == enabled && b.Action == ActionStock {
						claim(b.SKU, i)
					}
				}
			}
		}
	}
	return of
}

// sku returns the article that a rule depends on, "" for none.
func (r *rule) sku() string {
	if r.stock == nil {
		return ""
	}
	return r.stock.sku
}

// seen is a level as a decision saw it first.
type seen struct {
	level int
	known bool
}

// level returns how many are left of an article. It may change meanwhile: what a
// decision has seen once holds to its end.
func (d *deciding) level(sku string) (level int, known bool) {
	if d.facts.Stock == nil || sku == "" {
		return 0, false
	}
	key := fold(sku)
	s, asked := d.levels[key]
	if !asked {
		s.level, s.known = d.facts.Stock(sku)
		if d.levels == nil {
			d.levels = map[string]seen{}
		}
		d.levels[key] = s
	}
	return s.level, s.known
}

// levelFor returns the level for {stock} in a rule's texts, "" where it is not
// known.
func (d *deciding) levelFor(r *rule) string {
	level, known := d.level(r.sku())
	if !known {
		return ""
	}
	return strconv.Itoa(level)
}

// isLow reports whether a rule's stock condition holds.
func (d *deciding) isLow(r *rule) bool {
	if r.stock == nil {
		return false
	}
	level, known := d.level(r.stock.sku)
	return known && level < r.stock.below
}

// pressStock answers a stock button: with the stock text of the rule that depends
// on the article while the level is low, else with Shopbell's own words.
func (d *deciding) pressStock(sku string) {
	d.out.Question = KindStock
	i, ok := d.book.bySKU[fold(sku)]
	if !ok {
		d.reason(ReasonGone, "")
		return
	}
	r := &d.book.rules[i]
	d.trace.note(Reason{Code: ReasonPressed, RuleID: r.id})
	if !d.inForce(r, r.id) {
		return
	}
	level, known := d.level(sku)
	if !known {
		d.reason(ReasonNoStock, r.id, "sku", sku)
		return
	}
	if !d.mayAnswer(true) {
		return
	}
	if fold(r.sku()) == fold(sku) && d.isLow(r) {
		d.out.Answered = d.sendStock(r, TriggerButton)
		return
	}
	words := ownFor(r.sample(), d.book.language)
	v := &variant{text: words.inStock}
	if level <= 0 {
		v.text = words.soldOut
	}
	d.out.Answered = d.sendText(r, choice{variant: v, kind: textLevel, number: NoVariant, level: strconv.Itoa(level)}, TriggerButton)
}

// sendStock sends the stock text of a rule that has one.
func (d *deciding) sendStock(r *rule, trigger Trigger) bool {
	return d.sendText(r, choice{variant: &r.stock.text, kind: textStock, number: NoVariant, level: d.levelFor(r)}, trigger)
}

// sample returns a text of the rule by which its language can be told.
func (r *rule) sample() string {
	switch {
	case r.stock != nil:
		return r.stock.text.text
	case len(r.variants) > 0:
		return r.variants[0].text
	}
	return r.name
}
