package rules

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/autoreply"
	"shopbell/core/chatexport"
	"shopbell/core/learn"
)

// show brings the page up to date.
func (l *learning) show() {
	w := l.Words
	if l.pane == nil {
		return // it is being made
	}
	l.bring.SetBusy(l.pace != nil)
	var main, right []fyne.CanvasObject
	switch {
	case l.err != nil:
		main = append(main, kit.NewPanel(w.T("learn.failed"), "", kit.NewStatus(kit.FindingBad, l.explain(l.err))))
	case l.isUnread():
		again := kit.NewButton(w.T("learn.read_on"), kit.Plain, l.read)
		main = append(main, kit.NewPanel(w.T("learn.stopped"), "", kit.NewParagraph(w.T("learn.stopped_about"), kit.Small, look.Text2), again))
	case l.pace != nil || l.talk.kinds != nil:
		l.far.show()
		main = append(main, l.far.panel)
	}
	if l.helped || len(l.chats) == 0 && l.pace == nil && l.err == nil {
		main = append(main, l.how())
	}
	if len(l.chats) > 0 {
		main = append(main, l.files())
		if l.pace == nil && l.err == nil && !l.stopped {
			main = append(main, l.questions()...)
		}
		main = append(main, l.counts()...)
		right = []fyne.CanvasObject{l.proposals()}
	}
	main = append(main, l.keeping()...)
	main = append(main, kit.NewStatus(kit.FindingNone, w.T("learn.promise")))
	l.cards.Set(main, right)
	l.pane.Refresh()
}

// how says how a chat is exported.
func (l *learning) how() fyne.CanvasObject {
	w := l.Words
	var items []fyne.CanvasObject
	if len(l.chats) == 0 {
		way := newLearnWay(w)
		way.Set(wayExport)
		items = append(items, way, kit.NewSpace(4))
	}
	items = append(items, kit.NewLine(w.T("learn.how"), kit.BodyBold, look.Text), kit.NewParagraph(w.T("learn.how_about"), kit.Body, look.Text2))
	for i, key := range []string{"learn.how_open", "learn.how_menu", "learn.how_send", "learn.how_add"} {
		items = append(items, kit.NewParagraph(strconv.Itoa(i+1)+". "+w.T(key), kit.Body, look.Text))
	}
	return kit.NewPanel("", "", kit.NewStack(8, items...))
}

// questions asks what the chats leave open, each once for all of them.
func (l *learning) questions() (cards []fyne.CanvasObject) {
	w := l.Words
	if sample := l.doubted(); sample != "" && l.dates() == chatexport.OrderUnknown {
		cards = append(cards, l.ask(w.T("learn.dates", locale.Args{"Date": sample}), w.T("learn.dates_about"),
			kit.Action{Text: w.T("learn.day_first"), Do: func() { l.order = chatexport.OrderDayMonth; l.read() }},
			kit.Action{Text: w.T("learn.month_first"), Do: func() { l.order = chatexport.OrderMonthDay; l.read() }}))
	}
	if name, candidates := l.who(); name == "" && len(candidates) > 0 {
		var answers []kit.Action
		for _, c := range candidates[:min(len(candidates), shownCandidates)] {
			answers = append(answers, kit.Action{Text: c, Do: func() { l.shop = c; l.read() }})
		}
		cards = append(cards, l.ask(w.T("learn.who"), w.T("learn.who_about"), answers...))
	}
	return cards
}

// shownCandidates is how many names are offered as the shop's.
const shownCandidates = 8

// ask is a card with a button for each answer.
func (l *learning) ask(title, about string, answers ...kit.Action) fyne.CanvasObject {
	var spans []kit.Span
	for _, a := range answers {
		spans = append(spans, kit.Own(kit.NewButton(a.Text, kit.Plain, a.Do)))
	}
	card := kit.NewPanel(title, "", kit.NewStack(10, kit.NewParagraph(about, kit.Small, look.Text2), kit.NewRun(8, spans...)))
	card.SetCurrent(true)
	return card
}

// counts are what was read and what was not, once something was.
func (l *learning) counts() []fyne.CanvasObject {
	if l.talk.kinds == nil {
		return nil
	}
	w, k := l.Words, l.talk.kinds
	locked, groups, unread := 0, 0, 0
	for _, c := range l.talk.chats {
		switch {
		case c.err != nil:
			locked++
		case c.outline.IsGroup():
			groups++
		}
		unread += c.unread
	}
	read, not := kit.NewFacts(), kit.NewFacts()
	read.Set(
		kit.Fact{Name: w.T("learn.read_pairs"), Value: w.Count(l.talk.pairs)},
		kit.Fact{Name: w.T("learn.read_questions"), Value: w.Count(l.talk.found.Questions)},
		kit.Fact{Name: w.T("learn.read_people"), Value: w.Count(l.talk.people)})
	facts := []kit.Fact{
		{Name: w.T("learn.not_media"), Value: w.Count(k[chatexport.KindOmitted] + k[chatexport.KindAttached])},
		{Name: w.T("learn.not_calls"), Value: w.Count(k[chatexport.KindCall] + k[chatexport.KindViewOnce] + k[chatexport.KindDeleted])},
		{Name: w.T("learn.not_groups"), Value: w.Count(groups)},
	}
	if locked > 0 {
		facts = append(facts, kit.Fact{Name: w.T("learn.not_files"), Value: w.Count(locked), Finding: kit.FindingBad})
	}
	if unread > 0 {
		facts = append(facts, kit.Fact{Name: w.T("learn.not_lines"), Value: w.Count(unread), Finding: kit.FindingWarn})
	}
	not.Set(facts...)
	return []fyne.CanvasObject{kit.NewColumns(learnGap, 240, kit.NewPanel(w.T("learn.read"), "", read), kit.NewPanel(w.T("learn.not_read"), "", not))}
}

// proposals are the rules that the chats suggest.
func (l *learning) proposals() fyne.CanvasObject {
	w, found := l.Words, l.talk.found
	if len(found.Proposals) == 0 {
		text := w.T("learn.nothing")
		if l.pace != nil || l.talk.kinds == nil {
			text = w.T("learn.later")
		}
		return kit.NewPanel(w.T("learn.proposed"), "", kit.NewParagraph(text, kit.Small, look.Text2))
	}
	items := []fyne.CanvasObject{kit.NewParagraph(w.T("learn.proposed_about"), kit.Small, look.Text2)}
	for i, p := range found.Proposals {
		row := kit.NewPick(func(on bool) { l.taken[i] = on; l.showChosen() })
		row.Set(kit.PickData{
			Title: p.Rule.Name, Aside: w.N("learn.asked", p.Asked), About: strings.Join(p.Rule.Keywords, ", "),
			Quote: p.Answer, Note: l.doubt(p), On: l.taken[i],
		})
		items = append(items, kit.NewDivider(), row)
	}
	l.would = kit.NewParagraph("", kit.SmallBold, look.Text)
	l.take = kit.NewButton("", kit.Primary, l.add)
	l.take.SetIcon(look.IconPlus, false)
	l.showChosen()
	items = append(items, kit.NewDivider(), l.would, kit.NewBar(kit.NewParagraph(w.T("packs.hint"), kit.Tiny, look.Text2), l.take))
	return kit.NewPanel(w.T("learn.proposed"), "", kit.NewStack(10, items...))
}

// showChosen says what the proposals that are ticked would answer.
func (l *learning) showChosen() {
	w, found, n := l.Words, l.talk.found, l.chosen()
	answered := found.Answered(func(i int) bool { return l.taken[i] })
	l.would.Set(w.N("learn.would", n, locale.Args{"Share": w.Percent(answered, found.Questions), "All": found.Questions}))
	l.take.SetText(w.N("learn.take", n))
	barred := ""
	if n == 0 {
		barred = w.T("packs.none")
	}
	l.take.SetDisabled(barred)
	l.pane.Refresh()
}

// doubts say why a person should look at an answer.
var doubts = map[learn.Doubt]string{
	learn.DoubtSilent: "learn.doubt_silent", learn.DoubtDiffer: "learn.doubt_differ", learn.DoubtPersonal: "learn.doubt_personal",
	learn.DoubtVaried: "learn.doubt_varied", learn.DoubtLong: "learn.doubt_long", learn.DoubtUnfit: "learn.doubt_unfit",
}

func (l *learning) doubt(p learn.Proposal) string {
	if p.Doubt == learn.DoubtNone {
		return ""
	}
	numbers := slices.Clone(p.Differ)
	for i, n := range numbers {
		if n == "" {
			numbers[i] = "–"
		}
	}
	return l.Words.T(doubts[p.Doubt], locale.Args{"Numbers": strings.Join(numbers, " / "), "Limit": autoreply.MaxText})
}
