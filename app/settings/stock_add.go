package settings

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

// stockAdding is the line in which an article is added.
type stockAdding struct {
	*Screen
	sku, name, level *kit.Field
	button           *kit.Button
	body             *kit.Stack
	added            func(desk.StockChange)
}

func newStockAdding(s *Screen, added func(desk.StockChange)) *stockAdding {
	w := s.Words
	a := &stockAdding{
		Screen: s, added: added, sku: kit.NewTextField(kit.FieldWords{Label: w.T("stock.article")}),
		name: kit.NewTextField(kit.FieldWords{Label: w.T("stock.name")}), level: kit.NewField(kit.FieldWords{Label: w.T("stock.level")}),
	}
	for _, f := range []*kit.Field{a.sku, a.name, a.level} {
		f.OnSubmit = a.add
		f.OnFocus = func() { s.page.Reveal(f) }
		f.OnChanged = func() { a.say(f, "") }
	}
	a.button = s.soft("stock.add", a.add)
	a.button.SetIcon(look.IconPlus, false)
	a.body = kit.NewStack(8, kit.NewDivider(), kit.NewLine(w.T("stock.add_title"), kit.BodyBold, look.Text),
		kit.NewColumns(12, 140, a.sku, a.name, a.level), kit.NewBar(kit.NewLine("", kit.Tiny, look.Text2), a.button))
	setVisible(a.body, s.mayEditStock())
	return a
}

// say shows what is wrong with a field; empty: nothing.
func (a *stockAdding) say(f *kit.Field, text string) {
	finding := kit.FindingBad
	if text == "" {
		finding = kit.FindingNone
	}
	if _, now := f.Status(); now == text {
		return
	}
	f.Set(finding, text)
	a.page.Refresh()
}

// change is what is typed. Not ok: a field says what is wrong, and has the keyboard.
func (a *stockAdding) change() (c desk.StockChange, ok bool) {
	w := a.Words
	level, fault := levelOf(a.level.Text())
	c = desk.StockChange{SKU: strings.TrimSpace(a.sku.Text()), Name: strings.TrimSpace(a.name.Text()), Level: level}
	for _, wrong := range []struct {
		field *kit.Field
		is    bool
		text  string
	}{
		{a.sku, c.SKU == "", w.StockProblem(desk.StockProblem{Code: desk.StockNoSKU})},
		{a.sku, tooLong(c.SKU, desk.MaxSKU), w.T("stock.too_long", locale.Args{"Limit": desk.MaxSKU})},
		{a.name, tooLong(c.Name, desk.MaxArticleName), w.T("stock.too_long", locale.Args{"Limit": desk.MaxArticleName})},
		{a.level, fault != "", w.LevelFault(fault, a.level.Text())},
	} {
		if wrong.is {
			a.say(wrong.field, wrong.text)
			a.Focus(wrong.field.Target())
			return c, false
		}
	}
	return c, true
}

func (a *stockAdding) add() {
	c, ok := a.change()
	if !ok || a.button.IsBusy() {
		return
	}
	a.button.SetBusy(true)
	var known *desk.Article
	a.Scope.Do(func(ctx context.Context) (err error) {
		if known, err = a.known(ctx, c.SKU); err != nil || known != nil {
			return err
		}
		return a.Levels.SetLevels(ctx, a.Who, []desk.StockChange{c})
	}, func(err error) {
		a.button.SetBusy(false)
		switch {
		case err != nil:
			a.Say(a.Words.Explain(err).String(), false)
			return
		case known != nil:
			a.say(a.sku, a.Words.T("stock.known", locale.Args{"Level": known.Level}))
			return
		}
		for _, f := range []*kit.Field{a.sku, a.name, a.level} {
			f.SetText("")
			a.say(f, "")
		}
		a.Focus(a.sku.Target())
		a.added(c)
	})
}

// known returns the article with a SKU; nil where there is none.
func (a *stockAdding) known(ctx context.Context, sku string) (*desk.Article, error) {
	q := desk.StockQuery{Search: sku, Limit: desk.MaxStockPage}
	for {
		page, err := a.Levels.Articles(ctx, a.Who, q)
		if err != nil {
			return nil, err
		}
		for _, known := range page.Articles {
			if desk.StockKey(known.SKU) == desk.StockKey(sku) {
				return &known, nil
			}
		}
		if q.After = page.Next; q.After == "" {
			return nil, nil
		}
	}
}

// tooLong reports whether a text has more UTF-16 units than a limit allows.
func tooLong(text string, limit int) bool { return chat.Units(text) > limit }

// levelOf reads a level that a person typed; a code says what is wrong with it.
func levelOf(text string) (int, desk.StockProblemCode) {
	level, err := strconv.Atoi(text)
	switch {
	case text == "":
		return 0, desk.StockNoLevel
	case errors.Is(err, strconv.ErrRange) && level > 0, level > desk.MaxStockLevel:
		return 0, desk.StockTooMany
	case level < 0:
		return 0, desk.StockNegative
	case err != nil:
		if _, err := strconv.ParseFloat(strings.Replace(text, ",", ".", 1), 64); err == nil {
			return 0, desk.StockNotWhole
		}
		return 0, desk.StockNoNumber
	}
	return level, ""
}
