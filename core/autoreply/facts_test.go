package autoreply

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"shopbell/core/chat"
)

// A decisionTest is one message, what is known of its customer, and what follows.
// Without facts it is a text that comes on Wednesday at noon.
type decisionTest struct {
	name  string
	text  string
	facts func(*Facts)
	want  outcome
}

func checkDecisions(t *testing.T, b *Book, tests []decisionTest) {
	t.Helper()
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			f := Facts{Now: wednesdayNoon, MessageAt: wednesdayNoon, Kind: chat.KindText, Shop: "Bell"}
			if tc.facts != nil {
				tc.facts(&f)
			}
			d := b.Decide(b.Match(tc.text), f)
			if diff := cmp.Diff(tc.want, outcomeOf(d, tc.want.Reasons)); diff != "" {
				t.Errorf("(-want +got)\n%s\nreasons: %v", diff, d.Reasons)
			}
		})
	}
}

// checkNamed fails where a line or a step of the specification has no test.
func checkNamed(t *testing.T, tests []decisionTest, lines ...string) {
	t.Helper()
	for _, line := range lines {
		if !slices.ContainsFunc(tests, func(tc decisionTest) bool { return strings.HasPrefix(tc.name, line+":") }) {
			t.Errorf("no test names %s", line)
		}
	}
}

func set(fs ...func(*Facts)) func(*Facts) {
	return func(f *Facts) {
		for _, set := range fs {
			set(f)
		}
	}
}

func press(b Button) func(*Facts) {
	return func(f *Facts) { f.Kind, f.ButtonID = chat.KindButton, ButtonID(0, b) }
}

func at(now time.Time) func(*Facts) {
	return func(f *Facts) { f.Now, f.MessageAt = now, now }
}

func age(d time.Duration) func(*Facts) { return func(f *Facts) { f.MessageAt = f.Now.Add(-d) } }

func first(f *Facts)    { f.FirstContact = true }
func locked(f *Facts)   { f.LockHeld = true }
func optedOut(f *Facts) { f.OptedOut = true }

// had gives the automatic messages of the past, as earlier makes them.
func had(lines ...string) func(*Facts) {
	return func(f *Facts) { f.Automatic = earlier(f.Now, lines...) }
}

// left gives the level of one article; of the others it is not known.
func left(sku string, level int) func(*Facts) {
	return func(f *Facts) {
		f.Stock = func(asked string) (int, bool) { return level, asked == sku }
	}
}

// ageOf reads a duration of a test; a mistyped one is none.
func ageOf(s string) time.Duration {
	d, err := time.ParseDuration(s)
	if err != nil {
		return 0
	}
	return d
}

// earlier makes the automatic messages of the past, each "rule trigger age".
func earlier(now time.Time, lines ...string) (sent []Sent) {
	for _, line := range lines {
		f := strings.Fields(line)
		sent = append(sent, Sent{At: now.Add(-ageOf(f[2])), RuleID: f[0], Trigger: Trigger(f[1])})
	}
	return sent
}

// outcome is a Decision in few words.
type outcome struct {
	Replies    string // "rule text", one a line
	Department string
	Question   string
	Flags      string // answered solved optout order
	System     string
	Reasons    string // codes, those that matter
}

func outcomeOf(d Decision, reasons string) outcome {
	o := outcome{Department: d.Department, Question: d.Question}
	var replies, flags, system, codes []string
	for _, r := range d.Replies {
		line := r.RuleID + ": " + r.Text
		for _, b := range r.Buttons {
			line += " [" + b.Title + "]"
		}
		if r.Link != nil {
			line += " <" + r.Link.Title + " " + r.Link.URL + ">"
		}
		if r.Picture != "" {
			line += " (" + r.Picture + ")"
		}
		replies = append(replies, line)
	}
	for _, f := range []struct {
		name string
		set  bool
	}{{"answered", d.Answered}, {"solved", d.Solved}, {"optout", d.OptOut}, {"order", d.WantsOrder}} {
		if f.set {
			flags = append(flags, f.name)
		}
	}
	for _, s := range d.System {
		system = append(system, string(s.Code))
	}
	for _, r := range d.Reasons {
		if code := strings.TrimSpace(string(r.Code) + " " + r.RuleID); reasons != "" && strings.Contains(reasons, code) {
			codes = append(codes, code)
		}
	}
	o.Replies, o.Flags, o.System, o.Reasons = strings.Join(replies, "\n"), strings.Join(flags, " "), strings.Join(system, " "), strings.Join(codes, ", ")
	return o
}
