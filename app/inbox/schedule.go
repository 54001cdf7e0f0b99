package inbox

import (
	"context"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

// scheduleMenu offers, over its tool, when the answer in the composer leaves.
func (p *chatPane) scheduleMenu() {
	t := p.talk
	if t == nil || !p.canWrite() {
		return
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(p.later)
	missing := ""
	if state, _ := t.with.state(); state != kit.LoadReady && strings.TrimSpace(t.draft.text) == "" {
		missing = p.Words.T("schedule.write_first")
	}
	p.offerTimes(t, at, missing, t.sendAt, append([]kit.MenuItem{{Text: p.Words.T("schedule.undo")}}, p.holdItems()...))
}

// holdItems choose how long an answer can be taken back.
func (p *chatPane) holdItems() []kit.MenuItem {
	items := make([]kit.MenuItem, 0, len(holds))
	for _, hold := range holds {
		text := p.Words.T("schedule.no_undo")
		if hold > 0 {
			text = p.Words.N("schedule.undo_for", int(hold/time.Second))
		}
		items = append(items, kit.MenuItem{Text: text, Current: hold == p.hold(), Do: func() { p.setHold(hold) }})
	}
	return items
}

// offerTimes opens a menu of moments, with more below them. choose gets the one that
// is chosen; where Meta's window ends before it, a template is offered in its place.
func (p *chatPane) offerTimes(t *talk, at fyne.Position, missing string, choose func(time.Time), more []kit.MenuItem) {
	var opening time.Time
	t.scope.Do(func(ctx context.Context) (err error) {
		opening, err = t.Desk.NextOpening(ctx, t.Who)
		return err
	}, func(err error) {
		if err != nil && desk.CodeOf(err) != desk.NotFound {
			t.explain(err)
			return
		}
		now := t.now()
		item := func(key string, when time.Time) kit.MenuItem {
			it := kit.MenuItem{Icon: look.IconClock, Text: t.Words.T(key, locale.Args{"When": t.Words.Deadline(when, now)}), Reason: missing}
			switch {
			case missing != "":
			case !when.Before(chat.WindowOf(t.conv.LastInbound).MetaUntil):
				it.Icon, it.Text = look.IconTemplate, t.Words.T("schedule.template", locale.Args{"When": t.Words.Deadline(when, now)})
				it.Do = func() { p.chooseTemplateFor(when) }
			default:
				it.Do = func() { choose(when) }
			}
			return it
		}
		var items []kit.MenuItem
		if until := chat.WindowOf(t.conv.LastInbound).MetaUntil; until.After(now) {
			items = append(items, kit.MenuItem{Text: t.Words.T("schedule.until", locale.Args{"When": t.Words.Deadline(until, now)})})
		}
		if !opening.IsZero() {
			items = append(items, item("schedule.opening", opening))
		}
		items = append(items, item("schedule.hour", now.Add(time.Hour)))
		pick := kit.MenuItem{Icon: look.IconPencil, Text: t.Words.T("schedule.pick"), Reason: missing}
		if missing == "" {
			pick.Do = func() { p.pickTime(t, choose) }
		}
		t.Menu(at, append(append(items, pick), more...))
	})
}

// pickTime asks for a date and a time of day.
func (p *chatPane) pickTime(t *talk, choose func(time.Time)) {
	word, now := t.Words.T, t.now()
	date := kit.NewTextField(kit.FieldWords{Label: word("schedule.date"), Placeholder: "24.12.2026"})
	clock := kit.NewTextField(kit.FieldWords{Label: word("schedule.clock"), Placeholder: "08:00"})
	tomorrow := now.AddDate(0, 0, 1)
	date.SetText(t.Words.Typed(tomorrow))
	clock.SetText("08:00")
	var close func()
	sheet := kit.NewSheet(kit.SheetWords{
		Icon: look.IconClock, Title: word("schedule.title"), Cancel: word("template.cancel"), Send: word("schedule.set"),
		SendKeys: t.Keys.Send, SendIcon: look.IconClock,
	}, fyne.NewSize(440, 236), kit.NewStack(10, kit.NewColumns(12, 120, date, clock)))
	check := func() (when time.Time, ok bool) {
		when, ok = t.Words.ParseMoment(date.Text(), clock.Text(), now)
		until := chat.WindowOf(t.conv.LastInbound).MetaUntil
		switch {
		case !ok:
			sheet.Set("", word("schedule.unread"))
		case !when.After(now):
			sheet.Set("", word("schedule.past"))
		case when.Sub(now) > desk.MaxSchedule:
			sheet.Set("", t.Words.N("schedule.far", int(desk.MaxSchedule/(24*time.Hour))))
		case !when.Before(until):
			sheet.Set(word("schedule.as_template", locale.Args{"Until": t.Words.Deadline(until, now)}), "")
		default:
			sheet.Set(word("schedule.goes", locale.Args{"When": t.Words.Deadline(when, now)}), "")
		}
		return when, ok
	}
	for _, f := range []*kit.Field{date, clock} {
		f.OnChanged = func() { check() }
	}
	sheet.OnSend = func() {
		when, ok := check()
		if !ok {
			return
		}
		close()
		if when.Before(chat.WindowOf(t.conv.LastInbound).MetaUntil) {
			choose(when)
		} else {
			p.chooseTemplateFor(when)
		}
	}
	check()
	close = p.Float(sheet, date.Target())
	sheet.OnCancel = close
}

// scheduled shows when a message leaves, and what the person may do about it.
func (t *talk) scheduled(m chat.Message, b *kit.Message, now time.Time) {
	when := locale.Args{"When": t.Words.Deadline(m.GoesAt, now)}
	b.Time, b.Tick = "", kit.TickNone
	b.Trouble, b.Reason = kit.TroubleScheduled, t.Words.T("schedule.goes", when)
	sendNow := kit.Action{Text: t.Words.T("schedule.now"), Do: func() {
		t.do(func(ctx context.Context) error { return t.Desk.SendNow(ctx, t.Who, m.ID) }, nil)
	}}
	change := kit.Action{Text: t.Words.T("schedule.change"), Do: func() { t.retime(m) }}
	cancel := kit.Action{Text: t.Words.T("schedule.cancel"), Do: func() { t.unschedule(m) }}
	b.Actions = []kit.Action{change, sendNow, cancel}
	if !m.Asks {
		return
	}
	b.Trouble, b.Reason, b.Hint = kit.TroubleAsks, t.Words.T("schedule.asks"), t.Words.T("schedule.asks_hint", when)
	b.Actions = []kit.Action{sendNow, change, cancel}
	if m.GoesAt.After(now) {
		keep := kit.Action{Text: t.Words.T("schedule.keep"), Do: func() { t.reschedule(m.ID, m.GoesAt) }}
		b.Actions = []kit.Action{keep, sendNow, cancel}
	}
}

func (t *talk) reschedule(id chat.MessageID, at time.Time) {
	t.do(func(ctx context.Context) error { return t.Desk.Reschedule(ctx, t.Who, id, at) }, nil)
}

// unschedule takes a scheduled message back: it stands in the composer again.
func (t *talk) unschedule(m chat.Message) {
	var files []*attachment
	if m.Media != nil && m.Template == nil {
		t.with.count++
		files = append(files, &attachment{
			key: strconv.Itoa(t.with.count), offer: Offer{Name: m.Media.Name}, ready: true, Attachment: desk.Attachment{Kind: m.Kind, Media: *m.Media},
		})
	}
	text := m.Text
	if m.Template != nil {
		text = ""
	}
	t.do(func(ctx context.Context) error { return t.Desk.Withdraw(ctx, t.Who, m.ID) }, func() {
		t.restore(text, files, chat.Message{})
		t.Say(t.Words.T("toast.unscheduled"), nil)
	})
}
