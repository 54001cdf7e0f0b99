package rules

import (
	"shopbell/app/kit"
	"shopbell/app/look"
	"shopbell/core/autoreply"
)

// beginning stands in a shop without rules: the ways to begin.
type beginning struct{ stack *kit.Stack }

func newBeginning(e *editor) *beginning {
	w := e.Words
	pack := kit.NewCard(kit.CardData{
		Icon: look.IconBolt, Hue: kit.HuePrimary, Primary: true, Title: w.T("packs.begin"), Text: w.T("packs.begin_text"),
		Time: w.T("packs.begin_time"), Button: w.T("packs.begin_do"),
	}, e.openPacks)
	old := kit.NewCard(kit.CardData{
		Icon: look.IconChat, Hue: kit.HueOk, Title: w.T("learn.open"), Text: w.T("learn.begin_text"),
		Time: w.T("learn.begin_time"), Button: w.T("learn.begin_do"),
	}, e.openLearning)
	write := kit.NewCard(kit.CardData{
		Icon: look.IconPencil, Hue: kit.HuePlum, Title: w.T("rules.begin_write"), Text: w.T("rules.begin_write_text"),
		Time: w.T("rules.begin_write_time"), Button: w.T("rules.begin_write_do"),
	}, func() { e.create(groupKeywords) })
	bring := kit.NewCard(kit.CardData{
		Icon: look.IconShare, Hue: kit.HueInfo, Title: w.T("rules.begin_import"), Text: w.T("rules.begin_import_text"),
		Time: w.T("rules.begin_import_time"), Button: w.T("rules.begin_import_do"),
	}, func() { e.bring(false) })
	if !e.may {
		old.Button().SetDisabled(w.T("rules.not_yours"))
		pack.Button().SetDisabled(w.T("rules.not_yours"))
		write.Button().SetDisabled(w.T("rules.not_yours"))
		bring.Button().SetDisabled(w.T("rules.not_yours"))
	}
	return &beginning{kit.NewStack(16, kit.NewHero(), kit.NewParagraph(w.T("rules.begin"), kit.Heading, look.Text),
		kit.NewParagraph(w.T("rules.begin_hint"), kit.Body, look.Text2), kit.NewColumns(12, 200, pack, old, write, bring))}
}

func (b *beginning) content() kit.Fitting { return b.stack }
func (b *beginning) sync(autoreply.Rule)  {}
func (b *beginning) settle()              {}

// nothing stands where no rule is open.
type nothing struct{ stack *kit.Stack }

func newNothing(e *editor) *nothing {
	return &nothing{kit.NewStack(0, kit.NewSpace(80), kit.NewEmpty(look.IconBolt, e.Words.T("rules.choose"), e.Words.T("rules.choose_hint"), nil))}
}

func (b *nothing) content() kit.Fitting { return b.stack }
func (b *nothing) sync(autoreply.Rule)  {}
func (b *nothing) settle()              {}
