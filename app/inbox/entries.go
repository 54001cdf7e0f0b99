package inbox

import (
	"strconv"
	"time"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/chat"
)

// entries are the messages of a chat as the thread shows them, with a line
// between two days.
func (t *talk) entries(now time.Time) []kit.Entry {
	all := make([]kit.Entry, 0, len(t.messages)+4)
	var before time.Time
	for _, m := range t.messages {
		if before.IsZero() || !t.Words.SameDay(before, m.At) {
			all = append(all, kit.Day{ID: m.At.Format(time.DateOnly), Text: t.Words.Day(m.At, now)})
		}
		before = m.At
		all = append(all, t.entry(m))
	}
	return all
}

func (t *talk) entry(m chat.Message) kit.Entry {
	id := strconv.FormatInt(int64(m.ID), 10)
	switch m.Kind {
	case chat.KindSystem:
		return kit.Pill{ID: id, Icon: systemIcon(chat.SystemCode(m.Text)), Text: t.Words.SystemLine(m), Time: t.Words.Clock(m.At)}
	case chat.KindNote:
		return kit.Note{ID: id, Title: t.Words.T("chat.note"), By: m.AgentName + " · " + t.Words.Clock(m.At), Text: m.Text}
	}
	b := kit.Message{ID: id, Side: kit.Ours, Text: m.Text, Time: t.Words.Clock(m.At), Tick: tickOf(m.Status)}
	if m.Inbound() {
		b.Side, b.Tick = kit.Theirs, kit.TickNone
	}
	if m.Kind == chat.KindUnsupported || m.Kind == chat.KindReaction {
		b.Strange, b.Text = true, t.Words.T("chat.unsupported")
	}
	if m.Author == chat.AuthorRule {
		b.Label = t.Words.T("chat.auto")
		if m.RuleName != "" {
			b.Detail = t.Words.T("chat.auto_rule", locale.Args{"Rule": m.RuleName})
		}
	}
	for _, button := range m.Buttons {
		b.Choices = append(b.Choices, kit.Choice{Title: button.Title, Pressed: button.Pressed})
	}
	t.trouble(m, &b)
	return b
}

// trouble says what went wrong with a message and what the person may do.
func (t *talk) trouble(m chat.Message, b *kit.Message) {
	switch m.Status {
	case chat.StatusFailed:
		b.Trouble, b.Reason = kit.TroubleFailed, t.Words.ExplainGraph(m.ErrorCode)
	case chat.StatusExpired:
		b.Trouble, b.Reason = kit.TroubleFailed, t.Words.T("chat.expired")
	case chat.StatusUnknown:
		b.Trouble, b.Reason = kit.TroubleUnknown, t.Words.T("chat.unknown")
		b.Actions = []kit.Action{
			{Text: t.Words.T("chat.arrived"), Do: func() { t.settle(m.ID, true) }},
			{Text: t.Words.T("chat.did_not"), Do: func() { t.settle(m.ID, false) }},
		}
		return
	default:
		return
	}
	if chat.WindowOf(t.conv.LastInbound).Open(t.now()) {
		b.Actions = []kit.Action{{Text: t.Words.T("try_again"), Do: func() { t.retry(m.ID) }}}
	}
}

func tickOf(s chat.Status) kit.Tick {
	switch s {
	case chat.StatusQueued:
		return kit.TickWaiting
	case chat.StatusSent:
		return kit.TickSent
	case chat.StatusDelivered:
		return kit.TickDelivered
	case chat.StatusRead, chat.StatusPlayed:
		return kit.TickRead
	}
	return kit.TickNone
}

func systemIcon(code chat.SystemCode) look.IconName {
	switch code {
	case chat.SysRouted:
		return look.IconRoute
	case chat.SysResolved, chat.SysSolved:
		return look.IconCheck
	case chat.SysReopened:
		return look.IconRetry
	case chat.SysCapReached:
		return look.IconBolt
	case chat.SysAutoExpired:
		return look.IconClock
	}
	return look.IconAlert
}
