package inbox

import (
	"hash/fnv"
	"time"

	"shopbell/app/kit"
	"shopbell/app/look"
	"shopbell/core/chat"
)

// The steps of a waiting chip (design guide, section 4).
const (
	waitWarn = 5 * time.Minute
	waitLate = 15 * time.Minute
)

// rowOf is a conversation as the list shows it at a moment.
func (d Deps) rowOf(c chat.Conversation, selected bool, now time.Time) kit.RowData {
	row := kit.RowData{
		Person:        d.Person(c.Contact),
		Name:          c.Contact.DisplayName(),
		Time:          d.Words.Recent(c.LastAt, now),
		Quiet:         c.WaitingSince.IsZero() || selected,
		Department:    c.Department,
		DepartmentHue: departmentHue(c.Department),
		Unread:        c.Unread,
		Selected:      selected,
	}
	row.Preview, row.PreviewIcon = d.preview(c.Preview)
	if !c.WaitingSince.IsZero() {
		wait := now.Sub(c.WaitingSince)
		row.Wait, row.WaitText = waitTone(wait), d.Words.Wait(wait)
	}
	if !c.GoesAt.IsZero() {
		row.GoesAt = d.Words.Deadline(c.GoesAt, now)
	}
	switch {
	case d.mine(c):
		row.LockedBy = d.Words.T("list.you")
	case c.Lock.Held(now):
		row.LockedBy = c.Lock.HolderName
	}
	return row
}

func waitTone(wait time.Duration) kit.Tone {
	switch {
	case wait > waitLate:
		return kit.ToneLate
	case wait >= waitWarn:
		return kit.ToneWarn
	}
	return kit.ToneOk
}

// preview is the second line of a row: what the newest message says, with a
// mark for what is ours and for what went wrong.
func (d Deps) preview(p chat.Preview) (text string, icon look.IconName) {
	text = p.Text
	switch p.Kind {
	case chat.KindRevoked:
		return d.Words.T("preview.deleted"), look.IconTrash
	case chat.KindEdited:
		return d.Words.T("preview.changed"), look.IconHistory
	case chat.KindUnsupported, chat.KindGroup:
		if text == "" {
			text = d.Words.T("preview.unsupported")
		}
		return text, look.IconQuestion
	case chat.KindNote:
		return text, look.IconNote
	}
	if text == "" && p.Kind != "" { // a photo without a caption
		text = d.kindWord(p.Kind, false)
	}
	if p.Author != chat.AuthorAgent && p.Author != chat.AuthorRule {
		if p.Kind.HasMedia() {
			return text, kindIcon(p.Kind)
		}
		return text, ""
	}
	switch p.Status {
	case chat.StatusFailed, chat.StatusExpired:
		return text, look.IconAlert
	case chat.StatusUnknown:
		return text, look.IconQuestion
	}
	if p.Author == chat.AuthorRule {
		return text, look.IconBolt
	}
	switch p.Status {
	case chat.StatusQueued:
		return text, look.IconClock
	case chat.StatusSent:
		return text, look.IconCheck
	}
	return text, look.IconChecks
}

// Person is a customer's mark.
func (d Deps) Person(c chat.Contact) kit.Person {
	return kit.Person{Initials: c.Initials(), Seed: uint64(c.ID)}
}

// Hue is a department's colour.
func (d Deps) Hue(department string) kit.Hue { return departmentHue(department) }

// Wait is the colour of how long a customer waits.
func (d Deps) Wait(wait time.Duration) kit.Tone { return waitTone(wait) }

// Kind names a kind of message in a word or two.
func (d Deps) Kind(k chat.Kind, voice bool) string { return d.kindWord(k, voice) }

// departmentHue gives the three departments of a new shop the design's colours
// and every other one always the same of the rest.
func departmentHue(name string) kit.Hue {
	switch name {
	case "":
		return kit.HueNone
	case "Sales":
		return kit.DepartmentHue(0)
	case "Returns":
		return kit.DepartmentHue(1)
	case "Delivery":
		return kit.DepartmentHue(2)
	}
	h := fnv.New32a()
	h.Write([]byte(name)) // never fails
	return kit.DepartmentHue(3 + int(h.Sum32()%3))
}
