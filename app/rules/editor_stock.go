package rules

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/live"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/autoreply"
	"shopbell/core/desk"
)

// articles are the articles whose levels the desk knows, for what is offered where
// one is typed.
type articles struct {
	*Screen
	task *live.Task[desk.StockPage]
}

// load fetches them; without any that can be seen nothing is offered.
func (a *articles) load() {
	if a.task == nil {
		a.task = live.NewTask(a.Scope, nil, func(live.State[desk.StockPage]) { a.preview.show() })
	}
	a.task.Refresh(func(ctx context.Context) (desk.StockPage, error) {
		return a.Desk.Articles(ctx, a.Who, desk.StockQuery{Limit: desk.MaxStockPage})
	})
}

// offered is how many articles a menu shows.
const offered = 12

// matching are the articles that have a text in their SKU or name, at most offered.
func (a *articles) matching(text string) []desk.Article {
	text = strings.ToLower(strings.TrimSpace(text))
	var found []desk.Article
	if a.task == nil {
		return nil
	}
	for _, x := range a.task.State().Value.Articles {
		if len(found) < offered && (strings.Contains(strings.ToLower(x.SKU), text) || strings.Contains(strings.ToLower(x.Name), text)) {
			found = append(found, x)
		}
	}
	return found
}

// level is how many are left of an article, where that was heard of.
func (a *articles) level(sku string) (level int, known bool) {
	if a.task == nil {
		return 0, false
	}
	for _, x := range a.task.State().Value.Articles {
		if desk.StockKey(x.SKU) == desk.StockKey(sku) {
			return x.Level, true
		}
	}
	return 0, false
}

// skuField is where an article is typed, or chosen from the stock.
type skuField struct {
	run   *kit.Run
	field *kit.Field
}

func newSKUField(e *editor, changed func(sku string)) *skuField {
	w := e.Words
	s := &skuField{field: kit.NewTextField(kit.FieldWords{Placeholder: w.T("rules.sku")})}
	s.field.OnChanged = func() { changed(strings.TrimSpace(s.field.Text())) }
	var choose *kit.IconButton
	choose = kit.NewIconButton(look.IconExpand, w.T("rules.choose_sku"), func() {
		found := e.articles.matching(s.field.Text())
		if len(found) == 0 {
			found = e.articles.matching("")
		}
		var items []kit.MenuItem
		for _, a := range found {
			items = append(items, kit.MenuItem{Icon: look.IconStock, Text: strings.TrimSpace(a.SKU + "  " + a.Name), Keys: strconv.Itoa(a.Level), Do: func() { changed(a.SKU) }})
		}
		if len(items) == 0 {
			items = []kit.MenuItem{{Text: w.T("rules.no_stock")}}
		}
		e.menuUnder(choose, items)
	})
	s.run = kit.NewRun(2, kit.Rest(s.field, 86), kit.Own(choose))
	return s
}

func (s *skuField) set(sku string) { setTrimmed(s.field, sku) }

// stockBlock says another text while little is left of an article.
type stockBlock struct {
	*editor
	stack *kit.Stack
	on    *kit.Toggle
	sku   *skuField
	below *kit.Field
	text  *kit.Field
	parts []fyne.CanvasObject // of a rule that has it
	kept  autoreply.Stock     // what was there when it was switched off
}

func newStockBlock(e *editor) *stockBlock {
	w := e.Words
	line := func(key string) *kit.Line { return kit.NewLine(w.T(key), kit.Body, look.Text2) }
	b := &stockBlock{editor: e, below: kit.NewField(kit.FieldWords{Placeholder: "10"}), text: kit.NewAreaField(kit.FieldWords{Placeholder: w.T("rules.stock_text")}, 2), kept: autoreply.Stock{Below: 10}}
	b.on = kit.NewToggle(w.T("rules.low_stock"), func(on bool) {
		b.change("", func(r *autoreply.Rule) {
			if r.Stock != nil {
				b.kept = *r.Stock
				r.Stock = nil
			}
			if on {
				kept := b.kept
				r.Stock = &kept
			}
		})
	})
	set := func(field string, fn func(*autoreply.Stock)) {
		b.change(field, func(r *autoreply.Rule) {
			if r.Stock != nil {
				fn(r.Stock)
			}
		})
	}
	b.sku = newSKUField(e, func(sku string) { set("stock-sku", func(s *autoreply.Stock) { s.SKU = sku }) })
	b.below.OnChanged = func() {
		n, err := strconv.Atoi(b.below.Text())
		if err != nil {
			n = 0 // which the check refuses, with words
		}
		set("stock-below", func(s *autoreply.Stock) { s.Below = n })
	}
	b.text.SetLimit(autoreply.MaxText)
	b.text.OnChanged = func() { set("stock-text", func(s *autoreply.Stock) { s.Text = b.text.Text() }) }
	b.text.OnFocus = func() { b.pane.Reveal(b.text) }
	of, below, instead := line("rules.when_stock"), line("rules.is_below"), line("rules.say_instead")
	b.parts = []fyne.CanvasObject{of, b.sku.run, below, b.below, instead, b.text}
	b.stack = kit.NewStack(8,
		kit.NewRun(8, kit.Own(b.on), kit.Own(kit.NewLine(w.T("rules.low_stock"), kit.BodyBold, look.Text)), kit.Own(of), kit.Wide(b.sku.run, 160), kit.Own(below), kit.Wide(b.below, 62), kit.Own(instead)),
		b.text)
	return b
}

func (b *stockBlock) content() kit.Fitting { return b.stack }
func (b *stockBlock) settle()              {}

func (b *stockBlock) sync(r autoreply.Rule) {
	has := r.Stock != nil
	b.on.SetOn(has)
	for _, o := range b.parts {
		visible(o, has)
	}
	if !has {
		return
	}
	b.sku.set(r.Stock.SKU)
	if n, err := strconv.Atoi(b.below.Text()); err != nil && r.Stock.Below != 0 || err == nil && n != r.Stock.Below {
		b.below.SetText(strconv.Itoa(r.Stock.Below))
	}
	setField(b.text, r.Stock.Text)
	b.text.Set(b.tooLong(r.Stock.Text))
	showPlaces(b.text)
}

// tooLong says by how much a text is too long once it is filled in.
func (e *editor) tooLong(text string) (kit.Finding, string) {
	over := autoreply.Filled(text) - autoreply.MaxText
	switch {
	case over <= 0:
		return kit.FindingNone, ""
	case units(text) > autoreply.MaxText:
		return kit.FindingBad, e.Words.N("rules.too_long", over, locale.Args{"Most": autoreply.MaxText})
	}
	return kit.FindingBad, e.Words.N("rules.too_long_filled", over, locale.Args{"Most": autoreply.MaxText})
}

// orderBlock is what answers the order buttons of a rule.
type orderBlock struct {
	*editor
	stack *kit.Stack
	text  *kit.Field
	parts []fyne.CanvasObject
}

func newOrderBlock(e *editor) *orderBlock {
	w := e.Words
	b := &orderBlock{editor: e, text: kit.NewAreaField(kit.FieldWords{Placeholder: w.T("rules.order_text_hint")}, 2)}
	b.text.SetLimit(autoreply.MaxText)
	b.text.OnChanged = func() { b.change("order_text", func(r *autoreply.Rule) { r.OrderText = b.text.Text() }) }
	b.text.OnFocus = func() { b.pane.Reveal(b.text) }
	name := kit.NewLine(w.T("rules.order_text"), kit.BodyBold, look.Text)
	about := kit.NewParagraph(w.T("rules.order_text_about"), kit.Small, look.Text2)
	b.parts = []fyne.CanvasObject{name, about, b.text}
	b.stack = kit.NewStack(6, b.parts...)
	return b
}

func (b *orderBlock) content() kit.Fitting { return b.stack }
func (b *orderBlock) settle()              {}

func (b *orderBlock) sync(r autoreply.Rule) {
	has := r.OrderText != ""
	for _, v := range r.Replies {
		for _, x := range v.Buttons {
			has = has || x.Action == autoreply.ActionOrder
		}
	}
	for _, o := range b.parts {
		visible(o, has)
	}
	visible(b.stack, has)
	setField(b.text, r.OrderText)
	b.text.Set(b.tooLong(r.OrderText))
	showPlaces(b.text)
}
