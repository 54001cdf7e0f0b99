package inbox

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/live"
	"shopbell/app/look"
	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/find"
	"shopbell/core/staff"
)

// quickData is what quick replies are chosen from.
type quickData struct {
	all  []desk.QuickReply
	shop string
}

// quick offers the shop's quick replies over the composer, and has who may change
// them.
type quick struct {
	*talk
	pane   *chatPane
	view   *kit.Finder
	close  func()
	task   *live.Task[quickData]
	search string
	shown  []desk.QuickReply
	eaten  int // letters before the caret that led here: "/"

	fresh, edit, remove *kit.Button
}

// chooseQuick opens the quick replies. The chosen one replaces as many letters before
// the caret as are eaten.
func (p *chatPane) chooseQuick(eaten int) {
	if !p.canWrite() {
		return
	}
	t, word := p.talk, p.Words.T
	q := &quick{talk: t, pane: p, eaten: eaten}
	make := func(key string, do func()) *kit.Button {
		b := kit.NewButton(word(key), kit.Plain, do)
		b.SetSmall(true)
		setVisible(b, p.Who.Role.May(staff.EditQuickReplies))
		return b
	}
	q.remove = make("quick.delete", func() { q.lit(q.delete) })
	q.edit = make("quick.edit", func() { q.lit(func(r desk.QuickReply) { q.form(r) }) })
	q.fresh = make("quick.new", func() { q.form(desk.QuickReply{}) })
	if written := strings.TrimSpace(strings.TrimSuffix(t.draft.text, "/")); written != "" {
		q.fresh = make("quick.new_from", func() { q.form(desk.QuickReply{Text: written}) })
	}
	hint := word("quick.hint")
	if !p.Who.Role.May(staff.EditQuickReplies) {
		hint = word("quick.reader")
	}
	q.view = kit.NewFinder(kit.FinderWords{Search: word("quick.search"), Hint: hint}, q.fresh, q.edit, q.remove)
	q.view.OnSearch = func(text string) { q.search = text; q.draw() }
	q.view.OnLight = func(int) { q.preview() }
	q.view.OnTake = q.take
	q.close = p.Float(q.view, q.view.Target())
	q.task = live.NewTask(t.scope, func(d quickData) bool { return len(d.all) == 0 }, func(live.State[quickData]) { q.draw() })
	p.quick = q
	q.task.Load(q.load)
	q.draw()
}

func (q *quick) load(ctx context.Context) (d quickData, err error) {
	if d.all, err = q.Desk.QuickReplies(ctx, q.Who); err != nil {
		return d, err
	}
	d.shop, err = q.Desk.ShopName(ctx, q.Who)
	return d, err
}

// heard loads the quick replies again while they are open.
func (q *quick) heard() {
	if q != nil && q.Floats(q.view) {
		q.task.Refresh(q.load)
	}
}

func (q *quick) draw() {
	state := q.task.State()
	q.shown = found(state.Value.all, q.search)
	rows := make([]kit.FinderRow, len(q.shown))
	for i, r := range q.shown {
		rows[i] = kit.FinderRow{Mark: "/" + r.Shortcut, Title: r.Title, Text: strings.Join(strings.Fields(r.Text), " ")}
	}
	message := ""
	switch {
	case len(rows) > 0:
	case state.Err != nil:
		message = q.Words.Explain(state.Err).String()
	case state.Phase == live.Empty:
		message = q.Words.T("quick.none") + ". " + q.Words.T("quick.none_hint")
	case state.Phase == live.Ready:
		message = q.Words.T("quick.nothing")
	default:
		message = q.Words.T("quick.loading")
	}
	q.view.SetRows(rows, message)
	q.preview()
}

// found are the replies that a search means: those whose shortcut begins with it,
// then those in which every word of it begins a word.
func found(all []desk.QuickReply, search string) []desk.QuickReply {
	search = strings.ToLower(strings.TrimPrefix(strings.TrimSpace(search), "/"))
	rank := func(r desk.QuickReply) int {
		if strings.HasPrefix(strings.ToLower(r.Shortcut), search) {
			return 0
		}
		if !find.Begins(search, r.Shortcut+" "+r.Title+" "+r.Text) {
			return -1
		}
		return 1
	}
	var list []desk.QuickReply
	for _, r := range all {
		if rank(r) >= 0 {
			list = append(list, r)
		}
	}
	slices.SortStableFunc(list, func(a, b desk.QuickReply) int { return cmp.Compare(rank(a), rank(b)) })
	return list
}

// lit calls f with the lit reply, if one is.
func (q *quick) lit(f func(desk.QuickReply)) {
	if i := q.view.Lit(); i >= 0 && i < len(q.shown) {
		f(q.shown[i])
	}
}

// filled is what the customer will read.
func (q *quick) filled(r desk.QuickReply) string {
	first, _, _ := strings.Cut(strings.TrimSpace(q.conv.Contact.Name), " ")
	return r.Fill(first, q.task.State().Value.shop, q.Who.Name)
}

func (q *quick) preview() {
	text := ""
	q.lit(func(r desk.QuickReply) { text = q.filled(r) })
	q.view.SetPreview(text)
	none := ""
	if text == "" {
		none = q.Words.T("quick.nothing")
	}
	q.edit.SetDisabled(none)
	q.remove.SetDisabled(none)
}

// take puts a reply into the composer.
func (q *quick) take(i int) {
	text := q.filled(q.shown[i])
	q.close()
	if q.pane.talk != q.talk {
		return
	}
	q.pane.Focus(q.pane.composer.Target())
	q.pane.composer.Insert(text, q.eaten)
}

// delete forgets a reply; the toast keeps it anew.
func (q *quick) delete(r desk.QuickReply) {
	again := r
	again.ID = 0
	q.change(func(ctx context.Context) error { return q.Desk.DeleteQuickReply(ctx, q.Who, r.ID) }, func() {
		q.Say(q.Words.T("quick.deleted"), func() {
			q.change(func(ctx context.Context) error {
				_, err := q.Desk.SaveQuickReply(ctx, q.Who, again)
				return err
			}, func() {})
		})
	})
}

// change calls the desk, and goes on where it agreed.
func (q *quick) change(call func(context.Context) error, then func()) {
	q.Scope.Do(call, func(err error) {
		if err != nil {
			q.explain(err)
			return
		}
		then()
		q.heard()
	})
}

// form has a reply written anew or changed.
func (q *quick) form(r desk.QuickReply) {
	word := q.Words.T
	shortcut := kit.NewTextField(kit.FieldWords{Label: word("quick.shortcut")})
	title := kit.NewTextField(kit.FieldWords{Label: word("quick.name")})
	text := kit.NewAreaField(kit.FieldWords{Label: word("quick.text")}, 6)
	theirs := newTheirs(q, &r, shortcut, title, text)
	var close func()
	sheet := kit.NewSheet(kit.SheetWords{
		Icon: look.IconChat, Title: word("quick.title"), Cancel: word("template.cancel"), Send: word("quick.save"),
		SendKeys: q.Keys.Send, SendIcon: look.IconCheck,
	}, fyne.NewSize(480, 430), kit.NewStack(10, theirs.box, shortcut, title, text))
	check := func() {
		sheet.Set(word("quick.places"), q.faultOf(r, shortcut, title, text))
	}
	for _, f := range []struct {
		field *kit.Field
		limit int
		value *string
	}{{shortcut, desk.MaxShortcut, &r.Shortcut}, {title, desk.MaxQuickTitle, &r.Title}, {text, chat.MaxText, &r.Text}} {
		f.field.SetText(*f.value)
		f.field.SetLimit(f.limit)
		f.field.OnChanged = func() { *f.value = f.field.Text(); check() }
		f.field.OnFocus = func() { sheet.Reveal(f.field) }
	}
	theirs.taken = func() { check(); sheet.Refresh() }
	sheet.OnSend = func() {
		q.Scope.Do(func(ctx context.Context) error {
			_, err := q.Desk.SaveQuickReply(ctx, q.Who, r)
			return err
		}, func(err error) {
			fault, _ := errors.AsType[*desk.Error](err)
			switch {
			case err == nil:
				close()
				q.Done(word("quick.saved"))
				q.heard()
			case fault != nil && fault.Code == desk.Conflict && fault.Field == "version":
				theirs.load()
			case desk.CodeOf(err) == desk.Conflict:
				shortcut.Set(kit.FindingBad, word("quick.taken"))
				sheet.Set(word("quick.taken"), "")
			default:
				q.explain(err)
			}
		})
	}
	check()
	close = q.Float(sheet, shortcut.Target())
	sheet.OnCancel = close
}

// faultOf says at the fields what is wrong with a reply, and why it cannot be kept;
// empty: it can.
func (q *quick) faultOf(r desk.QuickReply, shortcut, title, text *kit.Field) string {
	switch {
	case q.tooLong(shortcut, title, text):
		return q.Words.T("form.wrong")
	case strings.ContainsFunc(strings.TrimSpace(r.Shortcut), unicode.IsSpace):
		shortcut.Set(kit.FindingBad, q.Words.T("quick.blank"))
		return q.Words.T("quick.blank")
	case strings.TrimSpace(r.Shortcut) == "" || strings.TrimSpace(r.Title) == "" || strings.TrimSpace(r.Text) == "":
		return q.Words.T("quick.fill")
	}
	return ""
}
