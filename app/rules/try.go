package rules

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"shopbell/app/kit"
	"shopbell/app/live"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/autoreply"
	"shopbell/core/desk"
)

// trial is Try it: a message that nobody sent, and what the rules would do with it
// as they are edited now (mission A10). Nothing is sent.
type trial struct {
	*preview
	content *kit.Stack

	message *kit.Field
	given   circumstances
	tags    *tags
	results *results

	task    *live.Task[autoreply.Explanation]
	again   *live.Debounce   // after the rules were edited
	asked   *autoreply.Trial // what was tried last; nil: nothing was
	pressed string           // the title of the button that was pressed for it
	fresh   bool             // a person asked, and has not seen what came of it
}

// tryAgainAfter is how long after the last change of the rules they are tried again.
const tryAgainAfter = 300 * time.Millisecond

func newTrial(p *preview) *trial {
	word := p.Words.T
	t := &trial{preview: p}
	t.message = kit.NewTextField(kit.FieldWords{Placeholder: word("try.message")})
	t.message.OnSubmit = t.run
	t.message.OnFocus = func() { p.pane.Reveal(t.message) }
	run := kit.NewButton("", kit.Primary, t.run)
	run.SetIcon(look.IconPlay, false)
	run.SetTip(word("try.run") + "  Enter")
	t.tags = newTags(t)
	t.results = newResults(t)
	t.task = live.NewTask(p.Scope, nil, func(live.State[autoreply.Explanation]) { t.show() })
	t.again = live.NewDebounce(p.Scope, tryAgainAfter, t.ask)
	head := kit.NewBar(kit.NewLine(word("try.title"), kit.BodyBold, look.Text), kit.NewKeyCap(p.Keys.Try))
	t.content = kit.NewStack(6, head, kit.NewRun(8, kit.Rest(t.message, 120), kit.Own(run)), t.tags.content, t.results.content)
	return t
}

// run tries the message.
func (t *trial) run() {
	if strings.TrimSpace(t.message.Text()) == "" {
		t.Focus(t.message.Target())
		return
	}
	t.pressed = ""
	t.begin(autoreply.Trial{Message: t.message.Text()})
}

// press tries a button under the reply that is being edited.
func (t *trial) press(id, title string) {
	t.pressed = title
	t.begin(autoreply.Trial{Button: id})
}

// begin asks the desk what follows from a message or a button.
func (t *trial) begin(trial autoreply.Trial) {
	t.asked, t.fresh = &trial, true
	t.ask()
}

// changed tries again what was tried last, in other circumstances.
func (t *trial) changed() {
	t.tags.show()
	if t.asked != nil {
		t.ask()
	}
	t.showPhone()
	t.pane.Refresh()
}

// edited tries again what was tried last, with the rules as they are now.
func (t *trial) edited() {
	t.tags.show()
	if t.asked != nil {
		t.again.Trigger()
	}
	t.pane.Refresh()
}

// ask tries what was asked, in the circumstances that are set, with the rules as
// they are edited. The latest one counts.
func (t *trial) ask() {
	t.again.Stop()
	if t.asked == nil || t.editing == nil || t.fault() != nil || t.tags.wrong() {
		t.show()
		return
	}
	file, trial := t.editing.File(), t.given.of(*t.asked, t.now(), t.zone())
	trial.FirstName, trial.Shop = t.Words.T("phone.name"), t.Shop
	t.task.Load(func(ctx context.Context) (autoreply.Explanation, error) {
		return t.Desk.TryRules(ctx, t.Who, &file, trial)
	})
}

// show shows what came of it.
func (t *trial) show() {
	t.results.show(t.task.State())
	t.showPhone()
	t.pane.Refresh()
}

// problem is why there is no result; empty: there is one, or nothing was tried.
func (t *trial) problem(err error) string {
	if t.asked == nil {
		return ""
	}
	if fault := t.fault(); fault != nil {
		return t.faultWords(fault)
	}
	if err == nil {
		return ""
	}
	if e, ok := errors.AsType[*desk.Error](err); ok && e.Field == "message" {
		return t.Words.T("try.message_long", locale.Args{"N": strconv.Itoa(e.Limit)})
	}
	return t.explain(err)
}

// answeredBy reports whether the message that was tried last is answered by a rule.
func (t *trial) answeredBy(ruleID string) bool {
	if t.asked == nil || t.asked.Message == "" || ruleID == "" {
		return false
	}
	for _, r := range t.task.State().Value.Decision.Replies {
		if r.RuleID == ruleID {
			return true
		}
	}
	return false
}

// now is the shop's time, to the minute.
func (t *trial) now() time.Time { return t.Scope.Now().In(t.zone()).Truncate(time.Minute) }

// at is when the message arrives.
func (t *trial) at() time.Time {
	if at := t.given.of(autoreply.Trial{}, t.now(), t.zone()).At; !at.IsZero() {
		return at
	}
	return t.now()
}

// zone is where the clock of the rules stands. One that is not known is a fault of
// the file, which is told.
func (t *trial) zone() *time.Location {
	if t.editing == nil {
		return time.UTC
	}
	zone, err := time.LoadLocation(t.editing.File().Timezone)
	if err != nil {
		return time.UTC
	}
	return zone
}

// circumstances are what a message is tried in.
type circumstances struct {
	first      bool
	day        time.Time // midnight in UTC of the date it arrives on; zero: it arrives now
	minute     int       // of the day
	before     int       // automatic messages that the customer got
	levels     map[string]int
	department string
}

// of puts the circumstances into a trial. A message that arrives now has no time of
// its own: the desk's clock counts.
func (c circumstances) of(t autoreply.Trial, now time.Time, zone *time.Location) autoreply.Trial {
	t.First, t.Before, t.Stock, t.Department = c.first, c.before, c.levels, c.department
	if !c.day.IsZero() {
		year, month, day := c.day.Date()
		t.At = time.Date(year, month, day, c.minute/60, c.minute%60, 0, 0, zone)
	}
	return t
}

// sampleLevel is the level of an article in a picture of a reply: the one that is
// set, else the shop's own.
func (t *trial) sampleLevel(sku string) string {
	level, known := t.given.levels[desk.StockKey(sku)]
	if !known {
		level, known = t.editor.articles.level(sku)
	}
	if !known {
		return sampleStock
	}
	return strconv.Itoa(level)
}

// sampleStock stands for a level of which nothing is known here.
const sampleStock = "7"
