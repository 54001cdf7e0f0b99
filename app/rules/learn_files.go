package rules

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/chatexport"
	"shopbell/core/learn"
)

// shownFiles is how many chats are listed at first; those that need a look stand there
// in any case.
const shownFiles = 6

// files lists the chats and what became of each.
func (l *learning) files() fyne.CanvasObject {
	w := l.Words
	var items []fyne.CanvasObject
	rest, restMessages := 0, 0
	for i := range l.chats {
		c := &l.chats[i]
		if i < len(l.talk.chats) {
			c = &l.talk.chats[i]
		}
		finding, _ := l.state(i, c)
		if !l.allRows && i >= shownFiles && finding != kit.FindingBad && finding != kit.FindingWarn {
			rest++
			restMessages += c.messages
			continue
		}
		if len(items) > 0 {
			items = append(items, kit.NewDivider())
		}
		items = append(items, l.file(i, c))
	}
	if rest > 0 {
		more := kit.NewTextButton(w.N("learn.more", rest), func() { l.allRows = true; l.show() })
		items = append(items, kit.NewDivider(), kit.NewBar(kit.NewParagraph(w.N("learn.messages", restMessages), kit.Tiny, look.Text2), more))
	}
	return kit.NewPanel(w.T("learn.files"), w.N("learn.files_of", len(l.chats)), kit.NewStack(8, items...))
}

// stateWide is the room of what became of a chat.
const stateWide float32 = 200

// file is the row of a chat, with the lines that could not be read where they are
// asked for.
func (l *learning) file(i int, c *pastChat) fyne.CanvasObject {
	w := l.Words
	var about []string
	if !c.from.IsZero() {
		about = append(about, w.N("learn.messages", c.messages), l.days(c.from, c.to))
	}
	if c.language != "" {
		about = append(about, strings.ToUpper(c.language))
	}
	if c.err != nil {
		about = append(about, l.refusal(c.err))
	}
	row := []fyne.CanvasObject{kit.NewRun(12,
		kit.Rest(kit.NewStack(2, kit.NewParagraph(c.name, kit.BodyBold, look.Text), kit.NewParagraph(locale.Dotted(about...), kit.Tiny, look.Text2)), 220),
		kit.Wide(kit.NewStatus(l.state(i, c)), stateWide))}
	if len(c.unreadParts) > 0 {
		word := "learn.lines_show"
		if l.listed[i] {
			word = "learn.lines_hide"
		}
		row = append(row, kit.NewTextButton(w.T(word), func() { l.listed[i] = !l.listed[i]; l.show() }))
		if l.listed[i] {
			row = append(row, kit.NewParagraph(l.unreadLines(c), kit.Tiny, look.Text2))
		}
	}
	return kit.NewStack(4, row...)
}

// days are the days of the first and the last message, which the phone's clock showed.
func (l *learning) days(from, to time.Time) string {
	w, now := l.Words, l.Scope.Now()
	from, to = learn.InZone(from, w.Zone()), learn.InZone(to, w.Zone())
	if w.SameDay(from, to) {
		return w.FileDate(to, now)
	}
	return w.FileDate(from, now) + " – " + w.FileDate(to, now)
}

// shownParts is how many stretches of lines that could not be read are named.
const shownParts = 100

// reasons say why lines could not be read.
var reasons = map[chatexport.Reason]string{
	chatexport.ReasonLost: "learn.why_lost", chatexport.ReasonLong: "learn.why_long", chatexport.ReasonText: "learn.why_text",
	chatexport.ReasonDate: "learn.why_date", chatexport.ReasonCalendar: "learn.why_calendar",
}

// unreadLines names the lines of a chat that could not be read, with the reasons.
func (l *learning) unreadLines(c *pastChat) string {
	w := l.Words
	var list []string
	for _, p := range c.unreadParts[:min(len(c.unreadParts), shownParts)] {
		line := strconv.Itoa(p.line)
		if p.lines > 1 {
			line += "–" + strconv.Itoa(p.line+p.lines-1)
		}
		list = append(list, w.N("learn.line", p.lines, locale.Args{"Lines": line, "Why": w.T(reasons[p.reason])}))
	}
	if more := len(c.unreadParts) - len(list); more > 0 {
		list = append(list, w.N("learn.lines_more", more))
	}
	return strings.Join(list, "\n")
}

// state is what became of a chat.
func (l *learning) state(i int, c *pastChat) (kit.Finding, string) {
	w := l.Words
	switch {
	case c.err != nil:
		return kit.FindingBad, w.T("learn.unreadable")
	case c.outline.IsGroup():
		return kit.FindingNone, w.T("learn.group")
	case l.pace != nil && c.messages == 0:
		return l.underWay(i)
	case l.isUnread():
		return kit.FindingNone, w.T("learn.unread_yet")
	case c.messages == 0:
		return kit.FindingWarn, w.T("learn.asks")
	case c.again:
		return kit.FindingNone, w.T("learn.again")
	case c.unread > 0:
		return kit.FindingWarn, w.N("learn.unread", c.unread)
	}
	return kit.FindingGood, w.T("learn.all_read")
}

// underWay is what a reading that goes on makes of the chats.
func (l *learning) underWay(i int) (kit.Finding, string) {
	switch now := l.pace.now(); {
	case now.stage > stageRead || now.stage == stageRead && i+1 < now.file:
		return kit.FindingGood, l.Words.T("learn.read")
	case now.stage == stageRead && i+1 == now.file:
		return kit.FindingBusy, l.Words.T("learn.reading")
	}
	return kit.FindingNone, l.Words.T("learn.waits")
}

// refusals say why a file is not read.
var refusals = map[chatexport.FileCode]string{
	chatexport.FileLocked: "learn.locked", chatexport.FileNoChat: "learn.no_chat", chatexport.FileBroken: "learn.broken",
	chatexport.FileLarge: "learn.large", chatexport.FileEncoding: "learn.encoding",
}

func (l *learning) refusal(err error) string {
	if errors.Is(err, chatexport.ErrNoChat) {
		return l.Words.T("learn.no_chat")
	}
	if e, ok := errors.AsType[*chatexport.FileError](err); ok {
		return l.Words.T(refusals[e.Code])
	}
	return l.explain(err)
}
