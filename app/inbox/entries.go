package inbox

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

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
		if m.Status != chat.StatusScheduled && (before.IsZero() || !t.Words.SameDay(before, m.At)) {
			all = append(all, kit.Day{ID: m.At.Format(time.DateOnly), Text: t.Words.Day(m.At, now)})
		}
		before = m.At
		all = append(all, t.entry(m, now))
	}
	return all
}

func keyOf(id chat.MessageID) string { return strconv.FormatInt(int64(id), 10) }

func (t *talk) entry(m chat.Message, now time.Time) kit.Entry {
	id := keyOf(m.ID)
	switch m.Kind {
	case chat.KindSystem:
		return kit.Pill{ID: id, Icon: systemIcon(chat.SystemCode(m.Text)), Text: t.Words.SystemLine(m), Time: t.Words.Clock(m.At)}
	case chat.KindRating:
		if m.Author == chat.AuthorDesk {
			return kit.Pill{ID: id, Icon: look.IconSmile, Text: t.Words.RatingLine(m), Time: t.Words.Clock(m.At)}
		}
	case chat.KindNote:
		return kit.Note{ID: id, Title: t.Words.T("chat.note"), By: m.AgentName + " · " + t.Words.Clock(m.At), Text: m.Text}
	}
	b := kit.Message{ID: id, Side: kit.Ours, Text: m.Text, Time: t.Words.Clock(m.At), Tick: tickOf(m.Status), Reactions: reactions(m.Reactions)}
	if m.Inbound() {
		b.Side, b.Tick = kit.Theirs, kit.TickNone
	}
	for _, button := range m.Buttons {
		b.Choices = append(b.Choices, kit.Choice{Title: button.Title, Pressed: button.Pressed})
	}
	t.content(m, &b, now)
	if b.Text == m.Text {
		b.Found = t.found(m)
	}
	t.label(m, &b)
	if q := m.Quote; q != nil {
		b.Quote = t.quoted(*q, now)
	}
	t.changes(m, &b)
	if m.Status == chat.StatusScheduled {
		t.scheduled(m, &b, now)
		return b
	}
	t.trouble(m, &b)
	return b
}

// label says who or what a message comes from, where it is not a person's own.
func (t *talk) label(m chat.Message, b *kit.Message) {
	switch {
	case m.Author == chat.AuthorRule:
		b.LabelIcon, b.Label = look.IconBolt, t.Words.T("chat.auto")
		if m.RuleName != "" {
			b.Detail = t.Words.T("chat.auto_rule", locale.Args{"Rule": m.RuleName})
		}
	case m.Template != nil:
		b.LabelIcon, b.Label, b.Detail = look.IconTemplate, t.Words.T("kind.template"), m.Template.Name
	case m.List != nil:
		rows := 0
		for _, s := range m.List.Sections {
			rows += len(s.Rows)
		}
		b.LabelIcon, b.Label, b.Detail = look.IconList, t.Words.T("kind.list"), t.Words.N("chat.list_rows", rows)
	case m.Kind == chat.KindRating:
		b.LabelIcon, b.Detail = look.IconSmile, t.Words.T("rating.answer")
	case m.Kind == chat.KindReaction: // else it stands on the message that it is about
		b.LabelIcon, b.Detail = look.IconSmile, t.Words.T("chat.reacted")
	case m.Kind == chat.KindGroup:
		b.LabelIcon, b.Detail = look.IconChat, t.Words.T("chat.group")
	case m.FromPhone():
		b.Detail = t.Words.T("chat.from_phone")
	case m.Kind == chat.KindButton:
		b.LabelIcon, b.Detail, b.Strong = look.IconReply, t.Words.T("chat.tapped"), true
	case m.Referral != nil && !isAd(b.Content):
		b.LabelIcon, b.Detail = look.IconMegaphone, t.cameBy(*m.Referral)
	case m.Forwarded:
		b.LabelIcon, b.Detail = look.IconForward, t.Words.T("chat.forwarded")
	}
}

func isAd(c kit.Content) bool {
	_, ok := c.(kit.Ad)
	return ok
}

// quoted is the message that another one answers.
func (t *talk) quoted(q chat.Quote, now time.Time) kit.Quote {
	v := kit.Quote{Title: t.authorOf(q.Author, q.Name), Text: shortened(q.Text)}
	if q.Message != 0 {
		v.Key = keyOf(q.Message)
	}
	switch {
	case q.Revoked:
		v.Text = t.Words.T("chat.quote_deleted")
	case v.Text == "":
		v.Text = t.kindWord(q.Kind, false)
	}
	if !q.At.IsZero() {
		v.Title += " · " + t.Words.Recent(q.At, now)
	}
	return v
}

// authorOf names who wrote a message that is quoted.
func (t *talk) authorOf(a chat.Author, name string) string {
	switch a {
	case chat.AuthorCustomer:
		return t.conv.Contact.DisplayName()
	case chat.AuthorRule:
		return t.Words.T("chat.auto")
	}
	if name == "" {
		return t.Words.T("chat.from_phone")
	}
	return name
}

// shortened marks a line that the desk may have cut off (chat.PreviewRunes).
func shortened(line string) string {
	if utf8.RuneCountInString(line) >= chat.PreviewRunes {
		return line + "…"
	}
	return line
}

// reactions are the emoji on a message, each once, and how many there are when
// there is more than one.
func reactions(all []chat.Reaction) string {
	var emoji []string
	seen := map[string]bool{}
	for _, r := range all {
		if !seen[r.Emoji] {
			seen[r.Emoji] = true
			emoji = append(emoji, r.Emoji)
		}
	}
	if len(all) > 1 {
		emoji = append(emoji, strconv.Itoa(len(all)))
	}
	return strings.Join(emoji, " ")
}

// changes marks what its author changed or took back.
func (t *talk) changes(m chat.Message, b *kit.Message) {
	if !m.RevokedAt.IsZero() {
		b.Deleted, b.LabelIcon, b.Label = true, look.IconTrash, t.Words.T("chat.deleted")
		if !m.Inbound() {
			b.Label = t.Words.T("chat.deleted_ours")
		}
		b.Detail = t.Words.T("chat.deleted_at", locale.Args{"Clock": t.Words.Clock(m.RevokedAt)})
		return
	}
	if m.EditedAt.IsZero() {
		return
	}
	b.Time = t.Words.T("chat.edited", locale.Args{"Clock": t.Words.Clock(m.EditedAt)})
	if n := len(m.Edits); n > 0 {
		b.Aside = kit.Aside{Icon: look.IconHistory, Text: t.Words.T("chat.before", locale.Args{"Text": m.Edits[n-1].Text})}
	}
}

// trouble says what went wrong with a message and what the person may do.
func (t *talk) trouble(m chat.Message, b *kit.Message) {
	retry := true
	switch m.Status {
	case chat.StatusFailed:
		refusal := t.Words.Refusal(m.ErrorCode, m.ErrorText)
		b.Trouble, b.Reason, retry = kit.TroubleFailed, refusal.String(), refusal.Retry
	case chat.StatusExpired:
		b.Trouble, b.Reason = kit.TroubleFailed, t.Words.T("chat.expired")
	case chat.StatusUnknown:
		b.Trouble, b.Reason, b.Hint = kit.TroubleUnknown, t.Words.T("chat.unknown"), t.Words.T("chat.unknown_hint")
		b.Actions = []kit.Action{
			{Text: t.Words.T("chat.arrived"), Do: func() { t.settle(m.ID, true) }},
			{Text: t.Words.T("chat.send_again"), Do: func() { t.sendAgain(m.ID) }},
		}
		return
	default:
		return
	}
	open := m.Template != nil || chat.WindowOf(t.conv.LastInbound).Open(t.now())
	if retry && open && !m.FromPhone() {
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
