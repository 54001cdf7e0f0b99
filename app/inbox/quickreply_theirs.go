package inbox

import (
	"context"
	"slices"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/core/desk"
)

// theirs offers what somebody else has made of a quick reply while a form changed it:
// the person takes that, or saves once more, knowing it.
type theirs struct {
	*quick
	mine   *desk.QuickReply // of the form
	fields [3]*kit.Field    // shortcut, title, text
	box    *kit.Stack       // hidden until there is something to choose
	line   *kit.Status
	taken  func() // the form shows it now
	now    desk.QuickReply
}

func newTheirs(q *quick, mine *desk.QuickReply, fields ...*kit.Field) *theirs {
	t := &theirs{quick: q, mine: mine, fields: [3]*kit.Field(fields), line: kit.NewStatus(kit.FindingNone, "")}
	take := kit.NewButton(q.Words.T("quick.take_theirs"), kit.Plain, t.take)
	take.SetSmall(true)
	t.box = kit.NewStack(6, t.line, take)
	t.box.Hide()
	return t
}

// load shows what the reply is now.
func (t *theirs) load() {
	var all []desk.QuickReply
	t.Scope.Do(func(ctx context.Context) (err error) {
		all, err = t.Desk.QuickReplies(ctx, t.Who)
		return err
	}, func(err error) {
		i := slices.IndexFunc(all, func(q desk.QuickReply) bool { return q.ID == t.mine.ID })
		if err != nil || i < 0 {
			t.explain(err) // a deleted one is told by the next save
			return
		}
		t.now = all[i]
		t.mine.Version = t.now.Version
		t.line.Set(kit.FindingWarn, t.Words.T("quick.changed", locale.Args{"Text": t.now.Text}))
		t.box.Show()
		t.taken()
	})
}

// take puts theirs into the form.
func (t *theirs) take() {
	*t.mine = t.now
	for i, text := range []string{t.now.Shortcut, t.now.Title, t.now.Text} {
		t.fields[i].SetText(text)
	}
	t.box.Hide()
	t.taken()
}
