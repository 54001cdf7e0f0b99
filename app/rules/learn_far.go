package rules

import (
	"strconv"
	"strings"
	"time"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/learn"
)

// farEvery is how often the page says anew how far a reading is.
const farEvery = 150 * time.Millisecond

// readingCard says how far the reading is, and what was read once it is over.
type readingCard struct {
	*learning
	was    progress // that the list of chats shows
	panel  *kit.Panel
	way    *kit.Way
	figure *kit.Line
	of     *kit.Line
	share  *kit.Line
	bar    *kit.Progress
	about  *kit.Paragraph
	hold   *kit.Button
	end    *kit.Button
}

func newReadingCard(l *learning, w *locale.Words) *readingCard {
	c := &readingCard{
		learning: l, way: newLearnWay(w), bar: kit.NewProgress(), about: kit.NewParagraph("", kit.Tiny, look.Text2),
		figure: kit.NewLine("", kit.Font{Type: look.Figure, Bold: true}, look.Text),
		of:     kit.NewLine("", kit.Small, look.Text2), share: kit.NewLine("", kit.SmallBold, look.Text),
	}
	c.hold = kit.NewButton("", kit.Plain, func() { c.pace.hold(!c.pace.isHeld()); c.show() })
	c.end = kit.NewButton(w.T("learn.stop"), kit.Plain, func() { c.pace.stop() })
	for _, b := range []*kit.Button{c.hold, c.end} {
		b.SetSmall(true)
	}
	c.panel = kit.NewPanel("", "", kit.NewStack(8, kit.NewBar(c.way, c.hold, c.end),
		kit.NewRun(8, kit.Own(c.figure), kit.Rest(c.of, 160), kit.Own(c.share)), c.bar, c.about))
	return c
}

// The steps from the phone to rules.
const (
	wayExport = iota
	wayRead
	wayLook
)

// newLearnWay makes the steps; the last one is that the rules are saved, elsewhere.
func newLearnWay(w *locale.Words) *kit.Way {
	return kit.NewWay(w.T("learn.way_export"), w.T("learn.way_read"), w.T("learn.way_look"), w.T("learn.way_save"))
}

// show brings the card up to date.
func (c *readingCard) show() {
	w := c.Words
	for _, b := range []*kit.Button{c.hold, c.end} {
		if c.pace != nil {
			b.Show()
		} else {
			b.Hide()
		}
	}
	if c.pace == nil {
		c.over()
		return
	}
	c.way.Set(wayRead)
	p := c.pace.now()
	c.hold.SetText(w.T("learn.pause"))
	c.hold.SetIcon(look.IconPause, false)
	if c.pace.isHeld() {
		c.hold.SetText(w.T("learn.go_on"))
		c.hold.SetIcon(look.IconPlay, false)
	}
	c.bar.Set(p.part(), false)
	c.share.Set(w.Percent(int(1000*p.part()), 1000))
	switch p.stage {
	case stageLook:
		c.figure.Set(strconv.Itoa(max(0, p.file-1)))
		c.of.Set(w.N("learn.looked", p.files))
		c.about.Set(c.bytes(p))
	case stageRead:
		c.figure.Set(strconv.Itoa(p.messages))
		c.of.Set(w.N("learn.read_of", p.all))
		c.about.Set(w.T("learn.file_of", locale.Args{"File": p.file, "Files": p.files}) + " · " + c.bytes(p))
	case stagePropose:
		c.figure.Set(strconv.Itoa(p.messages))
		c.of.Set(w.T("learn.proposing"))
		c.about.Set(c.bytes(p))
	case stageKeep:
		c.figure.Set(strconv.Itoa(p.messages))
		c.of.Set(w.N("learn.kept_of", p.all))
		c.about.Set(w.T("learn.no_names"))
	}
	c.pane.Refresh()
}

// tick brings the card up to date, and the list of chats where the next one has begun.
// It does nothing for a reading that is not the one under way.
func (c *readingCard) tick(of *pace) {
	if of != c.pace {
		return
	}
	if now := of.now(); now.stage != c.was.stage || now.file != c.was.file {
		c.was = now
		c.learning.show()
		return
	}
	c.show()
}

// bytes says how much of the texts is read.
func (c *readingCard) bytes(p progress) string {
	return c.Words.T("learn.size_of", locale.Args{"N": c.Words.Size(p.bytes), "All": c.Words.Size(p.size)})
}

// over says what was read.
func (c *readingCard) over() {
	w, t := c.Words, c.talk
	c.way.Set(wayLook)
	c.bar.Set(1, true)
	c.share.Set(w.Percent(1, 1))
	c.figure.Set(strconv.Itoa(t.messages))
	c.of.Set(w.N("learn.was_read", t.people))
	parts := []string{w.N("learn.questions", t.found.Questions)}
	if !t.since.IsZero() {
		parts = append(parts, w.T("learn.since", locale.Args{"Date": w.FileDate(learn.InZone(t.since, w.Zone()), c.Scope.Now())}))
	}
	c.about.Set(locale.Dotted(append(parts, c.languages())...))
}

// languages are the shares of the languages in which customers ask, the greatest first,
// but for those of less than half a percent.
func (c *readingCard) languages() string {
	var list []string
	for _, s := range c.talk.spoken {
		if 200*s.questions < c.talk.found.Questions {
			break
		}
		name := strings.ToUpper(s.language)
		if name == "" {
			name = c.Words.T("learn.other_language")
		}
		list = append(list, name+" "+c.Words.Percent(s.questions, c.talk.found.Questions))
	}
	return strings.Join(list, ", ")
}
