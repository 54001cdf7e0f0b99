package rules

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2/container"

	"shopbell/app/kit"
	"shopbell/app/live"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/desk"
	"shopbell/core/rulebench"
)

// benchChats is the page over the bench that lists the chats which two rules want.
type benchChats struct {
	*subPage
	of    rulebench.Conflict
	task  *live.Task[[]desk.FirstQuestion]
	about *kit.Paragraph
	list  *kit.ChatList
	none  *kit.Empty
	again *kit.Button
}

func newBenchChats(s *Screen) *benchChats {
	w := s.Words
	c := &benchChats{about: kit.NewParagraph("", kit.Small, look.Text2), list: kit.NewChatList()}
	c.again = kit.NewButton(w.T("rules.again"), kit.Primary, c.load)
	c.none = kit.NewEmpty(look.IconChat, "", "", c.again)
	c.list.OnOpen = func(i int) { c.Chat(c.task.State().Value[i].Conversation) }
	c.subPage = newSubPage(s, subWords{w.T("bench.chats_back"), w.T("bench.chats_title"), ""},
		kit.PaneData{Fixed: c.about, Filled: container.NewStack(c.list, container.NewCenter(c.none))})
	c.task = live.NewTask(s.Scope, func(list []desk.FirstQuestion) bool { return len(list) == 0 }, c.show)
	return c
}

// open lists the chats of a conflict.
func (c *benchChats) open(of rulebench.Conflict) {
	c.of = of
	c.about.Set(c.said())
	c.task.Forget()
	c.load()
	c.enter(c.list.Target(), c.bench.again)
}

// said names the two rules, and how many of their chats are listed where not all are.
func (c *benchChats) said() string {
	said := c.Words.T("bench.chats_both", locale.Args{"First": c.bench.ruleName(c.of.Rules[0]), "Second": c.bench.ruleName(c.of.Rules[1])})
	if shown := len(c.of.Conversations); shown < c.of.Chats {
		said += " " + c.Words.N("bench.last_of", c.of.Chats, locale.Args{"Shown": shown})
	}
	return said
}

func (c *benchChats) load() {
	ids := c.of.Conversations
	c.task.Load(func(ctx context.Context) ([]desk.FirstQuestion, error) { return c.Desk.FirstQuestions(ctx, c.Who, ids) })
}

// show brings the list up to date.
func (c *benchChats) show(is live.State[[]desk.FirstQuestion]) {
	var rows []kit.RowData
	visible(c.none, is.Phase == live.Empty || is.Phase == live.Failed)
	visible(c.again, is.Phase == live.Failed)
	switch is.Phase {
	case live.Failed:
		c.none.Set(look.IconAlert, c.Words.T("bench.chats_failed"), c.explain(is.Err))
	case live.Empty:
		c.none.Set(look.IconChat, c.Words.T("bench.chats_none"), c.Words.T("bench.chats_none_hint"))
	case live.Loading:
		rows = slices.Repeat([]kit.RowData{{Loading: true}}, 5)
	}
	for _, q := range is.Value {
		rows = append(rows, kit.RowData{
			Person: kit.Person{Initials: q.Contact.Initials(), Seed: uint64(q.Contact.ID)}, Name: q.Contact.DisplayName(),
			Time: c.Words.Moment(q.At, c.Scope.Now()), Preview: strings.Join(strings.Fields(q.Text), " "),
		})
	}
	c.list.SetRows(rows)
	c.pane.Refresh()
}
