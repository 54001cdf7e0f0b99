package autoreply

import (
	"time"

	"shopbell/core/chat"
)

// A Book is a File ready to answer: checked, with its words indexed and its
// hours computed. It never changes, so any number of goroutines may use one.
type Book struct {
	zone     *time.Location
	language string
	open     []span
	holidays map[int]bool
	rules    []rule         // in the order of the file
	byID     map[string]int // into rules
	bySKU    map[string]int // the rule that answers for an article, into rules
	index    wordIndex
	history  time.Duration
}

// A rule is a Rule with everything computed that does not depend on the
// message.
type rule struct {
	id, name    string
	trigger     Trigger
	enabled     bool
	when        []span
	kind        string
	department  string
	minInterval time.Duration
	variants    []variant
	stock       *stock   // nil where it depends on no article
	orderText   *variant // nil where there is none
}

// A variant is a Variant as it is sent.
type variant struct {
	text    string
	picture string // name of the file; empty for most
	buttons []chat.Button
	person  bool       // one of the buttons hands over to a person
	link    *chat.Link // the only button, where there is one
}

// Empty returns a book with no rules: it answers nothing. Buttons of older
// messages and opt-outs are still taken as what they are.
func Empty() *Book {
	return &Book{zone: time.UTC, open: defaultOpen, history: CapWindow}
}

// Check returns the first fault of f, references between rules included, as a
// *FileError; nil where there is none. It costs a part of what Compile does, and is
// for a file that changes with each letter that is typed.
func (f File) Check() error {
	if fault := f.check(); fault != nil {
		return fault
	}
	if fault := f.references(); fault != nil {
		return fault
	}
	return nil
}

// Compile checks f as Check does, and makes a Book of it that does not depend on f
// any more. It returns a *FileError for the first fault.
func Compile(f File) (*Book, error) {
	if err := f.Check(); err != nil {
		return nil, err
	}
	zone, err := f.zone()
	if err != nil {
		return nil, &FileError{Code: FaultUnknown, Field: "timezone", Problem: err.Error()}
	}
	open, err := spans(f.Open)
	if err != nil {
		return nil, err
	}
	if len(open) == 0 {
		open = defaultOpen
	}
	b := &Book{
		zone: zone, language: f.Language, open: open,
		holidays: make(map[int]bool, len(f.Holidays)),
		rules:    make([]rule, 0, len(f.Rules)),
		byID:     make(map[string]int, len(f.Rules)),
		history:  CapWindow,
	}
	for _, written := range f.Holidays {
		date, err := time.Parse(time.DateOnly, written)
		if err != nil {
			return nil, &FileError{Code: FaultForm, Field: "holidays", Problem: err.Error()}
		}
		b.holidays[dateNumber(date)] = true
	}
	for i, r := range f.Rules {
		ready, err := compileRule(r)
		if err != nil {
			return nil, err
		}
		b.rules = append(b.rules, ready)
		b.byID[r.ID] = i
		b.history = max(b.history, ready.minInterval)
	}
	b.bySKU = articles(f.Rules)
	b.index = indexWords(f.Rules)
	return b, nil
}

func compileRule(r Rule) (rule, error) {
	when, err := spans(r.When)
	if err != nil {
		return rule{}, err
	}
	minInterval, _ := r.minInterval() // check has seen it
	out := rule{
		id: r.ID, name: r.Name, trigger: r.Trigger, enabled: r.Enabled, when: when,
		kind: r.Kind, department: r.Department, minInterval: minInterval,
	}
	if out.kind == "" {
		out.kind = KindOther
	}
	for _, v := range r.Replies {
		out.variants = append(out.variants, compileVariant(r.ID, v))
	}
	if s := r.Stock; s != nil {
		out.stock = &stock{sku: s.SKU, below: s.Below, text: variant{text: s.Text}}
	}
	if r.OrderText != "" {
		out.orderText = &variant{text: r.OrderText}
	}
	return out, nil
}

func compileVariant(ruleID string, v Variant) variant {
	out := variant{text: v.Text, picture: v.Picture, link: v.link()}
	for i, b := range v.Buttons {
		if b.Action == ActionOrder {
			b.Rule = ruleID // whose order_text answers
		}
		if b.Action == ActionHandOver {
			out.person = true
		}
		if id := ButtonID(i, b); id != "" {
			out.buttons = append(out.buttons, chat.Button{ID: id, Title: b.Title})
		}
	}
	return out
}

func spans(windows []Window) ([]span, error) {
	var out []span
	for _, w := range windows {
		s, field, problem := w.compile()
		if problem != "" {
			return nil, &FileError{Code: FaultForm, Field: field, Problem: problem}
		}
		out = append(out, s)
	}
	return out, nil
}

// History returns how far back Facts.Automatic must reach: CapWindow, or the
// longest minimum interval of the rules where that is longer.
func (b *Book) History() time.Duration { return b.history }

// rule returns the rule with an id, nil where there is none.
func (b *Book) rule(id string) *rule {
	if i, ok := b.byID[id]; ok {
		return &b.rules[i]
	}
	return nil
}
