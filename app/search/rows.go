package search

import (
	"strings"
	"time"
	"unicode/utf8"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/find"
)

var kindIcons = map[desk.HitKind]look.IconName{
	desk.HitPerson: look.IconPerson, desk.HitOrder: look.IconBag, desk.HitMessage: look.IconChat,
	desk.HitNote: look.IconNote, desk.HitFile: look.IconPaperclip,
}

// kindBoxes are the kinds as the filter has them, the most usual first.
var kindBoxes = []desk.HitKind{desk.HitMessage, desk.HitNote, desk.HitPerson, desk.HitOrder, desk.HitFile}

// The words of what a filter chooses.
var (
	whenWords = map[When]string{
		AnyTime: "search.any", Week: "search.week", Month: "search.month", Year: "search.year", Today: "search.today", Dates: "search.dates",
	}
	kindWords = map[desk.HitKind]string{
		desk.HitPerson: "search.kind_person", desk.HitOrder: "search.kind_order", desk.HitMessage: "search.kind_message",
		desk.HitNote: "search.kind_note", desk.HitFile: "search.kind_file",
	}
	authorWords = map[chat.Author]string{
		chat.AuthorCustomer: "search.author_customer", chat.AuthorAgent: "search.author_agent", chat.AuthorRule: "search.author_rule",
	}
	stateWords = map[chat.State]string{chat.StateOpen: "search.state_open", chat.StateResolved: "search.state_resolved"}
)

// groups are the sections as the list shows them.
func (m *model) groups(now time.Time) []kit.FoundGroup {
	f := m.task.State().Value
	at := m.index()
	var all []kit.FoundGroup
	i := 0
	for _, s := range f.Sections {
		g := kit.FoundGroup{Icon: kindIcons[s.Kind], Title: m.Words.T(kindWords[s.Kind]), Aside: m.counted(f.Counts, f.Counts.Kinds[s.Kind])}
		if s.Kind == desk.HitMessage {
			g.Aside = m.Words.N("search.in_chats", f.Counts.Chats, locale.Args{"Count": g.Aside, "Chats": m.counted(f.Counts, f.Counts.Chats)})
			if len(f.Also) > 0 {
				g.Aside += " · " + m.Words.T("search.forms")
			}
		}
		if s.Next != "" {
			g.More = m.Words.T("search.more")
		}
		for _, h := range s.Hits {
			row := m.row(h, now)
			row.Selected = i == at
			g.Rows = append(g.Rows, row)
			i++
		}
		all = append(all, g)
	}
	return all
}

// counted writes a number of hits, which may be one of at least.
func (m *model) counted(c desk.HitCounts, n int) string {
	if c.More && n > 0 {
		return m.Words.T("search.at_least", locale.Args{"N": m.Words.Count(n)})
	}
	return m.Words.Count(n)
}

func (m *model) row(h desk.Hit, now time.Time) kit.FoundRow {
	r := kit.FoundRow{Person: m.Chats.Person(h.Contact), Name: kit.FoundText{Text: h.Contact.DisplayName()}}
	line := marked(h.Snippet, "", "")
	switch h.Kind {
	case desk.HitPerson:
		m.person(h, &r)
		return r
	case desk.HitOrder:
		after := ""
		if h.Paid {
			after = " · " + m.Words.T("search.paid")
		}
		r.About = marked(h.Snippet, m.Words.T("search.order")+" ", after)
		return r
	case desk.HitNote:
		r.Note = m.Words.T("chat.note")
	default:
		r.Tag, r.Hue = h.Department, m.Chats.Hue(h.Department)
	}
	r.Time, r.Who = m.Words.Recent(h.At, now), m.author(h)
	if h.Kind == desk.HitFile && h.Field == desk.FieldFile {
		r.Who = m.Chats.Kind(h.MessageKind, h.Voice)
		if h.Size > 0 {
			line = marked(h.Snippet, "", " · "+m.Words.Size(h.Size))
		}
	}
	r.Text = line
	return r
}

// person says by what somebody was found: the name itself, or what stands beside it.
func (m *model) person(h desk.Hit, r *kit.FoundRow) {
	phone := kit.FoundText{}
	if h.Contact.Phone != "" {
		phone.Text = chat.FormatPhone(h.Contact.Phone)
	}
	switch {
	case h.Field == desk.FieldText && h.Snippet.Text == r.Name.Text:
		r.Name, r.About = marked(h.Snippet, "", ""), phone
	case h.Field == desk.FieldLabel:
		r.About = marked(h.Snippet, m.Words.T("search.label_open"), m.Words.T("search.label_close"))
	case h.Field == desk.FieldUsername:
		r.About = marked(h.Snippet, "@", "")
	default:
		r.About = marked(h.Snippet, "", "")
	}
}

// author says who wrote something.
func (m *model) author(h desk.Hit) string {
	switch h.Author {
	case chat.AuthorCustomer:
		return m.Words.T("search.author_customer")
	case chat.AuthorRule:
		if h.RuleName != "" {
			return m.Words.T("search.rule", locale.Args{"Rule": h.RuleName})
		}
		return m.Words.T("chat.auto")
	}
	if h.AgentName == "" {
		return m.Words.T("chat.from_phone")
	}
	return h.AgentName
}

// marked is a snippet with words around it. Its spans are bytes, and the list's runes.
func marked(s find.Snippet, before, after string) kit.FoundText {
	t := kit.FoundText{Text: before + s.Text + after}
	runes := func(at int) int { return utf8.RuneCountInString(before) + utf8.RuneCountInString(s.Text[:at]) }
	for _, f := range s.Found {
		t.Found = append(t.Found, kit.Stretch{From: runes(f.From), To: runes(f.To)})
	}
	return t
}

// alsoLine names what was found otherwise than typed.
func (m *model) alsoLine() string {
	f := m.task.State().Value
	if len(f.Also) == 0 || f.text != m.text {
		return ""
	}
	return m.Words.T("search.also", locale.Args{"Words": strings.Join(f.Also, ", ")})
}
