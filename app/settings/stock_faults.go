package settings

import (
	"slices"
	"strings"

	"shopbell/app/kit"
	"shopbell/app/look"
	"shopbell/core/desk"
)

// faults lists what is wrong with a stock file: the first lines, and all that are
// known once the person asks for them.
type faults struct {
	*Screen
	list *kit.Paragraph
	rest *kit.Line // how many there are beyond the list
	all  *kit.Button
	foot *kit.Bar
	body *kit.Stack

	lines  []string
	broken int
	whole  bool
}

// fewFaults are shown before the person asks for all.
const fewFaults = 5

func newFaults(s *Screen) *faults {
	f := &faults{Screen: s, list: kit.NewParagraph("", kit.Small, look.Text), rest: kit.NewLine("", kit.Small, look.Text2)}
	f.all = kit.NewButton("", kit.Soft, func() {
		f.whole = true
		f.draw()
		s.page.Refresh()
	})
	f.all.SetSmall(true)
	f.foot = kit.NewBar(f.rest, f.all)
	f.body = kit.NewStack(6, f.list, f.foot)
	f.body.Hide()
	return f
}

// set shows problems, of which there are broken in the file. The same as before
// stay as they are shown.
func (f *faults) set(problems []desk.StockProblem, broken int) {
	var lines []string
	for _, p := range problems {
		lines = append(lines, f.Words.StockProblem(p))
	}
	f.whole = f.whole && slices.Equal(lines, f.lines)
	f.lines, f.broken = lines, broken
	f.draw()
}

func (f *faults) draw() {
	lines := f.lines
	if !f.whole {
		lines = lines[:min(len(lines), fewFaults)]
	}
	f.list.Set(strings.Join(lines, "\n"))
	f.rest.Set("")
	if more := f.broken - len(lines); more > 0 {
		f.rest.Set(f.Words.N("stock.more", more))
	}
	f.all.SetText(f.Words.N("stock.show_all", len(f.lines)))
	setVisible(f.all, len(lines) < len(f.lines))
	setVisible(f.foot, len(lines) < f.broken)
	setVisible(f.body, len(lines) > 0)
}
