package kit

import (
	"strconv"

	"shopbell/app/look"
)

// SetLimit says how long the value may be, in UTF-16 units, as WhatsApp counts; 0
// takes the limit away. A longer one stays as it was typed or pasted: the counter
// and the edge say so, and Over, and the owner sends nothing meanwhile.
func (f *Field) SetLimit(units int) {
	f.limit = units
	f.Refresh()
}

// Over is by how many UTF-16 units the value is too long; 0 or less: it fits.
func (f *Field) Over() int {
	if f.limit == 0 {
		return 0
	}
	return units(f.entry.Text) - f.limit
}

// inside reports whether the counter has a line of its own in the box: there are
// many lines, and no label that it could stand beside.
func (f *Field) inside() bool { return f.lines > 1 && f.words.Label == "" && f.limit > 0 }

// layoutCounter puts the counter at the end of the one line, beside the label of many
// lines, or below them, and returns where what stands before it must end.
func (f *Field) layoutCounter(width, end, mid float32) float32 {
	switch {
	case f.limit == 0:
		return end
	case f.inside():
		f.counter.rightMid(width-fieldPad, f.labelHeight()+f.boxHeight()-4-Tiny.Line()/2)
		return end
	case f.lines > 1:
		f.counter.rightMid(width, Small.Line()/2+1)
		return end
	}
	f.counter.rightMid(end, mid+1)
	return end - ceil(f.counter.width()) - 8
}

func (f *Field) paintCounter() {
	show(f.counter.box, f.limit > 0 && f.reason == "")
	count := strconv.Itoa(units(f.entry.Text)) + " / " + strconv.Itoa(f.limit)
	if f.Over() > 0 {
		f.counter.setFont(TinyBold)
		f.counter.set(count, look.ErrorText)
		return
	}
	f.counter.setFont(Tiny)
	f.counter.set(count, look.Text3)
}
