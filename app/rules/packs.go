package rules

import (
	"slices"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/autoreply"
	"shopbell/core/autoreply/packs"
)

// packSheet offers the rules of a starter pack; those that are chosen join what is
// edited, switched off.
type packSheet struct {
	*Screen
	packs   []packs.Pack
	at      int                       // the pack that is shown
	chosen  map[string]bool           // by ids, the same in all packs: what the person decided
	have    map[string]autoreply.Rule // by ids of the pack that is shown: rules of the shop, packs.Pack.Have
	view    *kit.Sheet
	content *kit.Stack
	rows    []*kit.Pick // by the place of the rule in its pack
	close   func()
}

// packSize is the size of the sheet at a text size of 100 %.
var packSize = fyne.NewSize(560, 560)

// packLanguages are what the languages of the packs call themselves.
var packLanguages = map[string]string{
	"en": "packs.lang_en", "ru": "packs.lang_ru", "pt": "packs.lang_pt", "es": "packs.lang_es", "id": "packs.lang_id",
}

// openPacks shows the starter packs.
func (s *Screen) openPacks() {
	if s.editing == nil || !s.may {
		return
	}
	list, err := packs.All()
	if err != nil {
		s.Say(s.Words.T("packs.failed"), false)
		return
	}
	p := &packSheet{Screen: s, packs: list, chosen: make(map[string]bool)}
	p.at = max(0, slices.IndexFunc(list, func(k packs.Pack) bool { return k.Language == p.language() }))
	p.open()
}

// language is the one the shop speaks to its customers, else that of the screen.
func (p *packSheet) language() string {
	if l := p.editing.File().Language; l != "" {
		return l
	}
	return string(p.Words.Language())
}

func (p *packSheet) open() {
	w := p.Words
	var names []string
	for _, k := range p.packs {
		names = append(names, w.T(packLanguages[k.Language]))
	}
	languages := kit.NewSegmented(func(i int) { p.at = i; p.show() })
	languages.SetItems(names, p.at)
	items := []fyne.CanvasObject{kit.NewParagraph(w.T("packs.about"), kit.Body, look.Text2), languages}
	for _, r := range p.packs[0].File.Rules {
		row := kit.NewPick(func(on bool) { p.choose(r.ID, on) })
		p.rows = append(p.rows, row)
		items = append(items, row)
	}
	p.content = kit.NewStack(14, items...)
	p.view = kit.NewSheet(kit.SheetWords{
		Icon: look.IconBolt, Title: w.T("packs.title"), Cancel: w.T("packs.cancel"), Send: w.T("packs.add"), SendKeys: p.Keys.Send, SendIcon: look.IconPlus,
	}, fyne.NewSize(look.Grow(packSize.Width, 200), packSize.Height), p.content)
	p.view.OnSend = p.add
	p.show()
	p.close = p.Float(p.view, languages, nil)
	p.view.OnCancel = p.close
}

// choose ticks a rule, and with it those that its buttons lead to.
func (p *packSheet) choose(id string, on bool) {
	p.chosen[id] = on
	p.show()
}

// wanted reports whether a rule is ticked by itself: as the person decided, and before
// that where the shop has none like it.
func (p *packSheet) wanted(id string) bool {
	if on, decided := p.chosen[id]; decided {
		return on
	}
	_, has := p.have[id]
	return !has
}

// taken are the rules that are added: those that are chosen and what they need.
func (p *packSheet) taken() []string {
	var ids []string
	for _, r := range p.packs[p.at].File.Rules {
		if p.wanted(r.ID) {
			ids = append(ids, r.ID)
		}
	}
	return p.packs[p.at].With(p.have, ids...)
}

// show brings the rows up to date. A rule that is there for another one's button
// stays ticked.
func (p *packSheet) show() {
	w := p.Words
	p.have = p.packs[p.at].Have(p.editing.File())
	taken := p.taken()
	for i, r := range p.packs[p.at].File.Rules {
		d := kit.PickData{Title: r.Name, Quote: r.Replies[0].Text, On: slices.Contains(taken, r.ID), Note: p.leadsOff(r, taken)}
		if r.Trigger == autoreply.TriggerKeyword {
			d.Aside = w.N("rules.keyword_count", len(r.Keywords))
		}
		if own, has := p.have[r.ID]; has {
			d.About = w.T("packs.have", locale.Args{"Rule": p.nameOf(own)})
		}
		if d.On && p.isLed(r.ID, taken) {
			d.Fixed = w.T("packs.led")
		}
		p.rows[i].Set(d)
	}
	barred := ""
	if len(taken) == 0 {
		barred = w.T("packs.none")
	}
	p.view.Set(w.T("packs.hint"), barred)
}

// leadsOff warns of a button that leads to a rule of the shop's which is switched off.
func (p *packSheet) leadsOff(r autoreply.Rule, taken []string) string {
	for _, b := range r.Replies[0].Buttons {
		if own, has := p.have[b.Rule]; has && !slices.Contains(taken, b.Rule) && !own.Enabled {
			off := p.Words.T("rules.leads_off", locale.Args{"Rule": p.nameOf(own)})
			return p.Words.T("rules.leads_of", locale.Args{"Button": b.Title, "What": off})
		}
	}
	return ""
}

// isLed reports whether a button of another rule that is taken leads to a rule.
func (p *packSheet) isLed(id string, taken []string) bool {
	return slices.ContainsFunc(taken, func(other string) bool {
		return other != id && p.wanted(other) && slices.Contains(p.packs[p.at].With(p.have, other), id)
	})
}

// add puts the rules that are taken beside those of the shop, and the language of the
// pack where the shop has none yet.
func (p *packSheet) add() {
	file := p.editing.File()
	rules := p.packs[p.at].Rules(file, p.taken()...)
	steps := 1
	if file.Language == "" {
		steps++
		p.editing.ChangeFile(func(f *autoreply.File) { f.Language = p.packs[p.at].Language })
	}
	p.editing.Add(rules...)
	p.close()
	p.SayUndo(p.Words.N("packs.added", len(rules)), func() {
		for range steps {
			p.Undo()
		}
	})
}

// unfilled is what of a rule is still to be filled in before it can be switched on;
// empty: nothing, or it is on and a fault by itself.
func (d Deps) unfilled(r autoreply.Rule) string {
	if r.Enabled {
		return ""
	}
	for _, v := range r.Replies {
		if place := autoreply.Unfilled(v.Text); place != "" {
			return d.Words.T("packs.fill_in", locale.Args{"Place": place})
		}
	}
	return ""
}
