package autoreply

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"shopbell/core/chat"
)

// maxKind is the longest word for a kind of question, a limit of our own.
const maxKind = 30

// A checker keeps the first fault it is told.
type checker struct {
	rule  string // label of the rule under check
	fault *FileError
}

// fail notes a fault unless there is one already.
func (c *checker) fail(code FaultCode, field string, limit int, format string, args ...any) {
	if c.fault == nil {
		c.fault = &FileError{Code: code, Rule: c.rule, Field: field, Limit: limit, Problem: fmt.Sprintf(format, args...)}
	}
}

// check returns the first thing in f that breaks the format or a limit, and
// nil when there is none. References between rules are checked by references.
func (f File) check() *FileError {
	c := &checker{}
	if f.Version != Version {
		c.fail(FaultVersion, "version", Version, "is %d, and this Shopbell reads version %d: export the rules again, or update Shopbell", f.Version, Version)
	}
	if _, err := f.zone(); err != nil {
		c.fail(FaultUnknown, "timezone", 0, "%q is no time zone: write an IANA name such as Europe/Lisbon", f.Timezone)
	}
	if f.Language != "" && !slices.Contains(Languages, f.Language) {
		c.fail(FaultUnknown, "language", 0, "%q is not known: write one of %s", f.Language, strings.Join(Languages, ", "))
	}
	c.windows("open", f.Open)
	for i, date := range f.Holidays {
		if _, err := time.Parse(time.DateOnly, date); err != nil {
			c.fail(FaultForm, fmt.Sprintf("holidays[%d]", i), 0, "%q is no date: write it as 2026-12-25", date)
		}
	}
	names := make(map[string]bool, len(f.Departments))
	for i, name := range f.Departments {
		field := fmt.Sprintf("departments[%d]", i)
		c.label(field, name, MaxName)
		if names[fold(name)] {
			c.fail(FaultTwice, field, 0, "%q stands twice: keep one", name)
		}
		names[fold(name)] = true
	}
	ids := make(map[string]bool, len(f.Rules))
	for i, r := range f.Rules {
		c.rule = fmt.Sprintf("#%d", i+1)
		if label := r.ID; label != "" {
			c.rule = label
		} else if r.Name != "" {
			c.rule = r.Name
		}
		if ids[r.ID] {
			c.fail(FaultTwice, "id", 0, "%q is the id of another rule too: give one of them its own", r.ID)
		}
		ids[r.ID] = true
		c.checkRule(r)
	}
	return c.fault
}

// zone loads the time zone. "Local" is refused: a shop's hours must not depend
// on the machine.
func (f File) zone() (*time.Location, error) {
	if f.Timezone == "Local" {
		return nil, fmt.Errorf("time zone %q differs from machine to machine", f.Timezone)
	}
	return time.LoadLocation(f.Timezone)
}

func (c *checker) checkRule(r Rule) {
	c.label("name", r.Name, MaxName)
	c.label("id", r.ID, MaxID)
	switch r.Trigger {
	case TriggerFirstContact, TriggerKeyword, TriggerOffHours:
	default:
		c.fail(FaultUnknown, "trigger", 0, "%q is not known: write first_contact, keyword or off_hours", r.Trigger)
	}
	switch r.Match {
	case "", MatchForms, MatchExact, MatchPhrase:
	default:
		c.fail(FaultUnknown, "match", 0, "%q is not known: write forms, exact or phrase", r.Match)
	}
	c.keywords(r.Keywords)
	c.windows("when", r.When)
	if r.Kind != "" {
		c.label("kind", r.Kind, maxKind)
	}
	if r.Department != "" {
		c.label("department", r.Department, MaxName)
	}
	if _, ok := r.minInterval(); !ok {
		c.fail(FaultForm, "min_interval", int(MaxMinInterval/time.Hour), "%q is no duration: write hours or minutes such as 6h or 90m, from 0s to %d h",
			r.MinInterval, int(MaxMinInterval/time.Hour))
	}
	if s := r.Stock; s != nil {
		c.label("stock.sku", s.SKU, MaxSKU)
		c.text("stock.text", s.Text, 0)
		if s.Below < 1 {
			c.fail(FaultFew, "stock.below", 1, "is %d: write the level from which on the usual replies are sent, at least 1", s.Below)
		}
	}
	if n := len(r.Replies); n > MaxReplies {
		c.fail(FaultMany, "replies", MaxReplies, "has %d variants, the limit is %d: take out %d", n, MaxReplies, n-MaxReplies)
	}
	if len(r.Replies) == 0 && r.Stock == nil && (r.Trigger != TriggerKeyword || r.Department == "") {
		c.fail(FaultMissing, "replies", 1, "is empty: write at least one reply; only a keyword rule with a department may do without")
	}
	for i, v := range r.Replies {
		c.variant(fmt.Sprintf("replies[%d]", i), v)
	}
	if r.OrderText != "" {
		c.text("order_text", r.OrderText, 0)
	}
	c.filledIn(r)
	c.size(r)
}

func (c *checker) keywords(keywords []string) {
	if n := len(keywords); n > MaxKeywords {
		c.fail(FaultMany, "keywords", MaxKeywords, "has %d, the limit is %d: take out %d, or make a second rule", n, MaxKeywords, n-MaxKeywords)
	}
	for i, k := range keywords {
		if len(wordsOf(k)) == 0 {
			c.fail(FaultForm, fmt.Sprintf("keywords[%d]", i), 0, "%q has no letter or digit, so no message matches it: take it out", k)
		}
		c.printable(fmt.Sprintf("keywords[%d]", i), k)
	}
}

func (c *checker) windows(field string, windows []Window) {
	for i, w := range windows {
		if _, sub, problem := w.compile(); problem != "" {
			c.fail(FaultForm, fmt.Sprintf("%s[%d].%s", field, i, sub), 0, "%s", problem)
		}
	}
}

func (c *checker) variant(field string, v Variant) {
	reserve := 0
	if v.link() != nil {
		reserve = OfferReserve
	}
	c.text(field+".text", v.Text, reserve)
	if v.Picture != "" {
		c.picture(field+".picture", v.Picture)
	}
	if n := len(v.Buttons); n > MaxButtons {
		c.fail(FaultMany, field+".buttons", MaxButtons, "has %d, the limit is %d: take out %d", n, MaxButtons, n-MaxButtons)
	}
	titles := make(map[string]bool, len(v.Buttons))
	for i, b := range v.Buttons {
		at := fmt.Sprintf("%s.buttons[%d]", field, i)
		c.label(at+".title", b.Title, MaxTitle)
		if titles[b.Title] {
			c.fail(FaultTwice, at+".title", 0, "%q stands on another button of this reply too: WhatsApp wants them different", b.Title)
		}
		titles[b.Title] = true
		c.action(at, b)
		if b.Action == ActionLink && len(v.Buttons) > 1 {
			c.fail(FaultAlone, at+".action", 1, "a link cannot stand beside other buttons: keep it alone in its reply")
		}
	}
}

// action checks that a button has what its action needs, and nothing else.
func (c *checker) action(at string, b Button) {
	wantRule, wantSKU, wantURL := false, false, false
	switch b.Action {
	case ActionRule:
		wantRule = true
		c.label(at+".rule", b.Rule, MaxID)
	case ActionStock:
		wantSKU = true
		c.label(at+".sku", b.SKU, MaxSKU)
	case ActionLink:
		wantURL = true
		c.label(at+".url", b.URL, MaxURL)
		if !isWebAddress(b.URL) {
			c.fail(FaultForm, at+".url", 0, "%q is no web address: write it whole, beginning with https://", b.URL)
		}
	case ActionHandOver, ActionOrder, ActionSolved:
	default:
		c.fail(FaultUnknown, at+".action", 0, "%q is not known: write rule, hand_over, stock, order, solved or link", b.Action)
	}
	for _, extra := range []struct {
		field, value string
		wanted       bool
	}{{"rule", b.Rule, wantRule}, {"sku", b.SKU, wantSKU}, {"url", b.URL, wantURL}} {
		if extra.value != "" && !extra.wanted {
			c.fail(FaultStray, at+"."+extra.field, 0, "has no meaning for the action %q: take it out", b.Action)
		}
	}
}

func (c *checker) picture(field, name string) {
	c.label(field, name, MaxPicture)
	if !isFileName(name) {
		c.fail(FaultForm, field, 0, "%q is no file name: write it without a folder and without any of / \\ : * ? \" < > |", name)
	}
}

// isFileName reports whether a picture's name can be a file's in a folder of any
// system, and in no other folder.
func isFileName(s string) bool {
	return !strings.ContainsAny(s, `/\:*?"<>|`) && !strings.HasPrefix(s, ".") && !strings.HasSuffix(s, ".") && !deviceName.MatchString(s)
}

// deviceName is what Windows takes for a device, in every folder.
var deviceName = regexp.MustCompile(`(?i)^(con|prn|aux|nul|com\d|lpt\d) *(\.|$)`)

func isWebAddress(s string) bool {
	host, ok := strings.CutPrefix(s, "https://")
	if !ok {
		host, ok = strings.CutPrefix(s, "http://")
	}
	return ok && host != "" && !strings.HasPrefix(host, "/") && !strings.ContainsFunc(s, unicode.IsSpace)
}

// text checks a text that is sent: not blank, and at most MaxText units once it
// is filled in and what Shopbell may add (extra units) has joined it.
func (c *checker) text(field, s string, extra int) {
	if strings.TrimSpace(fill(s, "", "", "")) == "" {
		c.fail(FaultMissing, field, 0, "is empty, or is so without a name: write a text")
	}
	c.printable(field, strings.NewReplacer("\n", "", "\r", "", "\t", "").Replace(s))
	units, most := chat.Units(s), reserved(s)+extra
	if most <= MaxText {
		return
	}
	if units > MaxText {
		c.fail(FaultLong, field, MaxText, "has %d characters, the limit is %d: shorten it by %d", units, MaxText, most-MaxText)
		return
	}
	c.fail(FaultLong, field, MaxText, "has %d characters and can have %d once it is filled in, the limit is %d: shorten it by %d",
		units, most, MaxText, most-MaxText)
}

// label checks a short line: 1 to limit units, one line, no blank at either end.
func (c *checker) label(field, s string, limit int) {
	n := chat.Units(s)
	switch {
	case n == 0:
		c.fail(FaultMissing, field, limit, "is missing: write 1 to %d characters", limit)
	case n > limit:
		c.fail(FaultLong, field, limit, "has %d characters, the limit is %d: shorten it by %d", n, limit, n-limit)
	case strings.TrimSpace(s) != s:
		c.fail(FaultForm, field, 0, "begins or ends with a blank: take it out")
	}
	c.printable(field, s)
}

// printable checks that s is text of one line.
func (c *checker) printable(field, s string) {
	if !utf8.ValidString(s) || strings.ContainsFunc(s, unicode.IsControl) {
		c.fail(FaultForm, field, 0, "has a control character or a line break, or is not UTF-8: take it out")
	}
}

// size holds a rule to MaxUpdate.
func (c *checker) size(r Rule) {
	if c.fault != nil {
		return
	}
	compact, err := encode(r, "")
	if err != nil {
		c.fail(FaultFile, "", 0, "cannot be written as JSON: %v", err)
		return
	}
	if n := len(compact); n > MaxUpdate {
		c.fail(FaultLarge, "", MaxUpdate, "is %d bytes large, the limit of one update is %d: shorten texts or keywords, or make a second rule", n, MaxUpdate)
	}
}

// references returns the first button that points to a rule f does not hold.
func (f File) references() *FileError {
	ids := make(map[string]bool, len(f.Rules))
	for _, r := range f.Rules {
		ids[r.ID] = true
	}
	for _, r := range f.Rules {
		for i, v := range r.Replies {
			for j, b := range v.Buttons {
				if b.Action == ActionRule && !ids[b.Rule] {
					return &FileError{
						Code: FaultNoRule, Rule: r.ID, Field: fmt.Sprintf("replies[%d].buttons[%d].rule", i, j),
						Problem: fmt.Sprintf("there is no rule with the id %q: add it, or point the button to another", b.Rule),
					}
				}
			}
		}
	}
	return nil
}

// minInterval returns the least time between two messages of the rule's kind.
func (r Rule) minInterval() (time.Duration, bool) {
	if r.MinInterval == "" {
		return DefaultMinInterval, true
	}
	d, err := time.ParseDuration(r.MinInterval)
	signed := strings.ContainsAny(r.MinInterval, "+-")
	return d, err == nil && !signed && d <= MaxMinInterval
}

// link returns the link button, nil where there is none.
func (v Variant) link() *chat.Link {
	for _, b := range v.Buttons {
		if b.Action == ActionLink {
			return &chat.Link{Title: b.Title, URL: b.URL}
		}
	}
	return nil
}
