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
	switch state, _ := t.with.state(); {
	case state == kit.LoadComing:
		missing = p.Words.T("schedule.file_first")
	case state != kit.LoadReady && strings.TrimSpace(t.draft.text) == "":
		missing = p.Words.T("schedule.write_first")
	}
	undo := append([]kit.MenuItem{{Text: p.Words.T("schedule.undo")}}, p.holdItems()...)
	p.offerTimes(moments{talk: t, choose: t.sendAt, late: p.chooseTemplateFor}, at, missing, undo)
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

// moments are what a message can be put for.
type moments struct {
	*talk
	free   bool            // the message needs no open window
	choose func(time.Time) // puts it for a moment
	late   func(time.Time) // does so for one after the window; nil: it cannot leave then
}

// retimes are those of a scheduled message. A text that waits already makes no room
// for a template.
func (t *talk) retimes(m chat.Message) moments {
	return moments{talk: t, free: m.Template != nil, choose: func(at time.Time) { t.reschedule(m.ID, at) }}
}

// until is when Meta's window ends.
func (t moments) until() time.Time { return chat.WindowOf(t.conv.LastInbound).MetaUntil }

// isLate reports whether the window ends before a moment.
func (t moments) isLate(when time.Time) bool { return !t.free && !when.Before(t.until()) }

// untilWords say when the window ends.
func (t moments) untilWords(now time.Time) string {
	return t.Words.T("schedule.until", locale.Args{"When": t.Words.Deadline(t.until(), now)})
}

// offerTimes opens a menu of moments, with more below them. missing is why none can be
// chosen yet; empty: one can.
func (p *chatPane) offerTimes(t moments, at fyne.Position, missing string, more []kit.MenuItem) {
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
			case !t.isLate(when):
				it.Do = func() { t.choose(when) }
			case t.late == nil:
				it.Reason = t.untilWords(now)
			default:
				it.Icon, it.Text = look.IconTemplate, t.Words.T("schedule.template", locale.Args{"When": t.Words.Deadline(when, now)})
				it.Do = func() { t.late(when) }
			}
			return it
		}
		var items []kit.MenuItem
		if !t.free && t.until().After(now) {
			items = append(items, kit.MenuItem{Text: t.untilWords(now)})
		}
		if !opening.IsZero() {
			items = append(items, item("schedule.opening", opening))
		}
		items = append(items, item("schedule.hour", now.Add(time.Hour)))
		pick := kit.MenuItem{Icon: look.IconPencil, Text: t.Words.T("schedule.pick"), Reason: missing}
		if missing == "" {
			pick.Do = func() { p.pickTime(t) }
		}
		t.Menu(at, append(append(items, pick), more...))
	})
}

// pickTime asks for a date and a time of day.
func (p *chatPane) pickTime(t moments) {
	word, now := t.Words.T, t.now()
	tomorrow := t.Words.Typed(now.AddDate(0, 0, 1))
	date := kit.NewTextField(kit.FieldWords{Label: word("schedule.date"), Placeholder: tomorrow})
	clock := kit.NewTextField(kit.FieldWords{Label: word("schedule.clock"), Placeholder: "08:00"})
	date.SetText(tomorrow)
	clock.SetText("08:00")
	var close func()
	sheet := kit.NewSheet(kit.SheetWords{
		Icon: look.IconClock, Title: word("schedule.title"), Cancel: word("template.cancel"), Send: word("schedule.set"),
		SendKeys: t.Keys.Send, SendIcon: look.IconClock,
	}, fyne.NewSize(440, 256), kit.NewStack(10, kit.NewColumns(12, 120, date, clock)))
	check := func() (when time.Time, ok bool) {
		when, ok = t.Words.ParseMoment(date.Text(), clock.Text(), now)
		date.Set(kit.FindingNone, "")
		if ok {
			date.Set(kit.FindingNone, t.Words.FullDay(when))
		}
		switch {
		case !ok:
			sheet.Set("", word("schedule.unread", locale.Args{"Date": tomorrow}))
		case !when.After(now):
			sheet.Set("", word("schedule.past"))
		case when.Sub(now) > desk.MaxSchedule:
			sheet.Set("", t.Words.N("schedule.far", int(desk.MaxSchedule/(24*time.Hour))))
		case t.isLate(when) && t.late == nil:
			sheet.Set("", t.untilWords(now))
		case t.isLate(when):
			sheet.Set(word("schedule.as_template", locale.Args{"Until": t.Words.Deadline(t.until(), now)}), "")
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
		if t.isLate(when) {
			t.late(when)
		} else {
			t.choose(when)
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

// unschedule takes a scheduled message back: what a person wrote stands in the composer
// again; a template is filled in anew.
func (t *talk) unschedule(m chat.Message) {
	if m.Template != nil {
		t.do(func(ctx context.Context) error { return t.withdraw(ctx, m.ID) }, nil)
		return
	}
	var files []*attachment
	if m.Media != nil {
		t.with.count++
		files = append(files, &attachment{
			key: strconv.Itoa(t.with.count), offer: Offer{Name: m.Media.Name}, ready: true, Attachment: desk.Attachment{Kind: m.Kind, Media: *m.Media},
		})
	}
	var quote chat.Message
	if m.Quote != nil {
		if i := t.index(m.Quote.Message); i >= 0 {
			quote = t.messages[i]
		}
	}
	var kept desk.Draft
	t.do(func(ctx context.Context) (err error) {
		kept, err = t.Desk.Withdraw(ctx, t.Who, m.ID, t.id)
		return err
	}, func() {
		t.restore(m.Text, kept, files, quote)
		t.Done(t.Words.T("toast.unscheduled"))
	})
}
