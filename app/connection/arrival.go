package connection

import (
	"context"
	"errors"
	"slices"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/desk"
)

// ngrokKeys is where ngrok shows the key and the fixed domain of an account.
const (
	ngrokKeys   = "https://dashboard.ngrok.com/get-started/your-authtoken"
	ngrokDomain = "https://dashboard.ngrok.com/domains"
)

// arrivalCard is the card with the ways messages come.
type arrivalCard struct {
	*Screen
	panel   *kit.Panel
	way     desk.Way
	dirty   bool // chosen or typed since it was stored
	busy    bool // being stored, opened or checked
	opening bool // stored, and to be checked once it is open

	options map[desk.Way]*kit.OptionCard
	sandbox *kit.OptionCard
	tunnel  *kit.Stack
	key     *kit.Field
	domain  *kit.Field

	forwarder *kit.Stack
	forwardTo *kit.Paragraph
	url       *kit.Field

	public *kit.Bar // the address Meta was told
	posts  *kit.Paragraph
	state  *kit.Status
	checks *checkList
	test   *kit.Button
	foot   *kit.Bar
}

func newArrivalCard(s *Screen) *arrivalCard {
	w := s.Words
	c := &arrivalCard{Screen: s, options: map[desk.Way]*kit.OptionCard{}, state: kit.NewStatus(kit.FindingNone, ""), checks: newCheckList()}
	for _, o := range []struct {
		way   desk.Way
		icon  look.IconName
		name  string
		about string
	}{
		{desk.WayTunnel, look.IconTunnel, "connect.tunnel", "connect.tunnel_about"},
		{desk.WayForwarder, look.IconForward, "connect.forwarder", "connect.forwarder_about"},
	} {
		c.options[o.way] = kit.NewOptionCard(o.icon, w.T(o.name), w.T(o.about), func() { c.choose(o.way) })
	}
	c.buildTunnel()
	c.buildForwarder()
	c.posts = words("")
	c.public = kit.NewBar(c.posts, kit.NewIconButton(look.IconCopy, w.T("connect.copy"), func() { s.Copy(s.known.Report.Public) }))
	c.test = kit.NewButton(w.T("connect.check"), kit.Soft, c.check)
	c.foot = kit.NewBar(kit.NewStack(4, c.state, c.checks.stack), c.test)
	c.sandbox = kit.NewOptionCard(look.IconFlask, w.T("connect.sandbox"), w.T("connect.sandbox_about"), s.toSandbox)
	c.panel = kit.NewPanel(w.T("connect.arrival"), "", kit.NewStack(12,
		kit.NewColumns(8, 170, c.options[desk.WayTunnel], c.options[desk.WayForwarder], c.sandbox),
		c.tunnel, c.forwarder, c.foot, c.public))
	c.public.Hide()
	c.draw()
	return c
}

func (c *arrivalCard) buildTunnel() {
	w := c.Words
	c.key = kit.NewSecretField(kit.FieldWords{Label: w.T("connect.tunnel_key"), Show: w.T("connect.show"), Hide: w.T("connect.hide")})
	c.domain = kit.NewField(kit.FieldWords{Label: w.T("connect.tunnel_domain"), Placeholder: "name.ngrok-free.app"})
	c.wire(c.key, func() { c.Focus(c.domain.Target()) })
	c.wire(c.domain, c.check)
	c.domain.Set(kit.FindingNone, w.T("connect.tunnel_domain_hint"))
	c.tunnel = kit.NewStack(8, kit.NewColumns(16, 210, c.key, c.domain),
		kit.NewBar(words(w.T("connect.tunnel_hint")),
			kit.NewOption(w.T("connect.tunnel_get_key"), look.IconOpen, func() { c.Browse(ngrokKeys) }),
			kit.NewOption(w.T("connect.tunnel_get_domain"), look.IconOpen, func() { c.Browse(ngrokDomain) })))
}

func (c *arrivalCard) buildForwarder() {
	w := c.Words
	c.forwardTo = words("")
	c.url = kit.NewField(kit.FieldWords{Label: w.T("connect.public_url"), Placeholder: "https://"})
	c.wire(c.url, c.check)
	copied := kit.NewButton(w.T("connect.copy"), kit.Plain, func() { c.Copy(c.forward()) })
	copied.SetIcon(look.IconCopy, false)
	copied.SetSmall(true)
	c.forwarder = kit.NewStack(8, kit.NewBar(c.forwardTo, copied), c.url)
}

// wire makes a field part of the card.
func (c *arrivalCard) wire(f *kit.Field, submit func()) {
	f.OnChanged = func() {
		c.dirty = true
		c.Screen.show()
	}
	f.OnSubmit = submit
	f.OnFocus = func() {
		c.page.Reveal(f)
		c.atStep()
	}
}

// disable says why nothing can be changed.
func (c *arrivalCard) disable(why string) {
	for _, option := range c.options {
		option.SetDisabled(why)
	}
	for _, f := range []*kit.Field{c.key, c.domain, c.url} {
		f.SetDisabled(why)
	}
}

// atStep makes this the current step.
func (c *arrivalCard) atStep() {
	if c.current != stepArrival {
		c.current, c.chosen = stepArrival, true
		c.Screen.show()
	}
}

func (c *arrivalCard) hideLetters() { c.key.HideLetters() }

// first is where the keyboard goes when the step begins.
func (c *arrivalCard) first() fyne.Focusable {
	switch c.way {
	case desk.WayTunnel:
		return c.key.Target()
	case desk.WayForwarder:
		return c.url.Target()
	}
	return c.options[desk.WayTunnel]
}

func (c *arrivalCard) choose(way desk.Way) {
	c.dirty = c.dirty || way != c.way
	c.way = way
	c.draw()
	c.atStep()
	c.Focus(c.first())
	c.Screen.show()
}

// forward is what an own forwarder must forward to.
func (c *arrivalCard) forward() string {
	return firstOf(c.known.Report.Forward, "http://"+firstOf(c.known.Arrival.Listen, desk.UsualListen))
}

// learn shows what is stored where the person has not typed.
func (c *arrivalCard) learn(known desk.Connected) {
	if !c.dirty {
		c.way = known.Arrival.Way
		c.domain.SetText(known.Arrival.Domain)
		c.url.SetText(known.Arrival.URL)
	}
	placeholder := ""
	if known.HasTunnelKey {
		placeholder = "••••••••••••••••"
	}
	c.key.SetPlaceholder(placeholder)
	if !c.busy {
		c.showReport(known.Report)
	}
	c.draw()
	c.opened(known.Report)
}

// draw shows the parts of the chosen way.
func (c *arrivalCard) draw() {
	for way, option := range c.options {
		option.SetChosen(way == c.way)
	}
	show(c.tunnel, c.way == desk.WayTunnel)
	show(c.forwarder, c.way == desk.WayForwarder)
	c.forwardTo.Set(c.Words.T("connect.forward_to", locale.Args{"Address": c.forward()}))
	show(c.foot, c.way != desk.WayNone)
	c.test.SetDisabled(c.blocked())
}

// showReport shows how the way stands.
func (c *arrivalCard) showReport(r desk.ArrivalReport) {
	w := c.Words
	switch r.State {
	case desk.ArrivalChecked:
		c.state.Set(kit.FindingGood, w.T("connect.arrival_checked"))
	case desk.ArrivalOpen:
		c.state.Set(kit.FindingWarn, w.T("connect.arrival_open"))
	case desk.ArrivalOpening:
		c.state.Set(kit.FindingBusy, w.T("connect.arrival_opening"))
	case desk.ArrivalFailed:
		c.state.Set(kit.FindingBad, w.T("connect.arrival_failed"))
	default:
		c.state.Set(kit.FindingNone, "")
	}
	if faultsIn(r.Checks) > 0 { // then the checks say it better
		c.state.Set(kit.FindingNone, "")
	}
	if slices.ContainsFunc(r.Checks, func(check desk.Check) bool { return check.State != desk.CheckOK }) {
		c.checks.set(c.Screen, r.Checks)
	} else {
		c.checks.set(c.Screen, nil)
	}
	c.posts.Set(w.T("connect.public", locale.Args{"Address": r.Public}))
	show(c.public, r.State == desk.ArrivalChecked)
}

// chosenWay is the way as it stands on the card.
func (c *arrivalCard) chosenWay() desk.Arrival {
	switch c.way {
	case desk.WayTunnel:
		return desk.Arrival{Way: c.way, Domain: c.domain.Text(), TunnelKey: desk.Secret(c.key.Text())}
	case desk.WayForwarder:
		return desk.Arrival{Way: c.way, URL: c.url.Text(), Listen: c.known.Arrival.Listen}
	}
	return desk.Arrival{}
}

// blocked is why the way cannot be checked now.
func (c *arrivalCard) blocked() string {
	w := c.Words
	switch {
	case c.forbidden() != "":
		return c.forbidden()
	case !c.hasKeys():
		return w.T("connect.keys_first")
	case c.way == desk.WayNone:
		return w.T("connect.choose_way")
	case c.way == desk.WayTunnel && c.key.Text() == "" && !c.known.HasTunnelKey:
		return w.T("connect.need_tunnel_key")
	case c.way == desk.WayForwarder && c.url.Text() == "":
		return w.T("connect.need_url")
	}
	return ""
}

// check stores the way if it has changed, waits until it is open, and has the
// public address answer from outside.
func (c *arrivalCard) check() {
	if c.busy || c.blocked() != "" {
		return
	}
	c.setBusy(true)
	if !c.dirty {
		c.askOutside()
		return
	}
	chosen := c.chosenWay()
	c.Scope.Do(func(ctx context.Context) error { return c.Desk.SetArrival(ctx, c.Who, chosen) }, func(err error) {
		if err != nil {
			c.setBusy(false)
			c.refused(err)
			return
		}
		c.stored(chosen)
		c.opening = true
		c.load()
	})
}

// opened goes on with a check once the way stands, open or not.
func (c *arrivalCard) opened(r desk.ArrivalReport) {
	switch {
	case !c.opening || r.State == desk.ArrivalOpening:
	case r.State == desk.ArrivalFailed:
		c.opening = false
		c.setBusy(false)
		c.showReport(r)
	default:
		c.opening = false
		c.askOutside()
	}
}

// lost ends a check that waits for a way of which nothing can be known.
func (c *arrivalCard) lost(err error) {
	if c.opening {
		c.opening = false
		c.setBusy(false)
		c.state.Set(kit.FindingNone, "")
		c.failed(err)
	}
}

func (c *arrivalCard) askOutside() {
	var report desk.ArrivalReport
	c.Scope.Do(func(ctx context.Context) (err error) {
		report, err = c.Desk.CheckArrival(ctx, c.Who)
		return err
	}, func(err error) {
		c.setBusy(false)
		if err != nil {
			c.failed(err)
		} else {
			c.checked(report)
		}
		c.load()
	})
}

func (c *arrivalCard) setBusy(on bool) {
	c.busy = on
	c.test.SetBusy(on)
	c.next.SetBusy(on)
	if on {
		c.state.Set(kit.FindingBusy, c.Words.T("connect.checking"))
		c.checks.set(c.Screen, nil)
		c.page.Refresh()
	}
}

// refused says what is wrong with what was typed, under its field.
func (c *arrivalCard) refused(err error) {
	c.state.Set(kit.FindingNone, "")
	if desk.CodeOf(err) != desk.Invalid {
		c.failed(err)
		return
	}
	what, _ := errors.AsType[*desk.Error](err)
	field, check := c.url, desk.Check{Field: "address", Code: desk.CheckMalformed}
	switch what.Field {
	case "domain":
		field = c.domain
	case "tunnel_key":
		field, check = c.key, desk.Check{Code: desk.CheckTunnelRefused}
	}
	field.Set(kit.FindingBad, c.Words.Check(check, c.now()))
	c.page.Refresh()
}

// stored forgets what needs not be known any more. What was typed meanwhile is
// left to be stored.
func (c *arrivalCard) stored(kept desk.Arrival) {
	c.dirty = c.chosenWay() != kept
	if c.key.Text() == kept.TunnelKey.Reveal() {
		c.key.SetText("")
		c.key.HideLetters()
	}
	c.key.Set(kit.FindingNone, "")
	c.url.Set(kit.FindingNone, "")
	c.domain.Set(kit.FindingNone, c.Words.T("connect.tunnel_domain_hint"))
}

// checked takes the outcome of a check of what is stored now.
func (c *arrivalCard) checked(r desk.ArrivalReport) {
	c.known.Report = r
	c.showReport(r)
	if r.State == desk.ArrivalChecked {
		c.Say(c.Words.T("connect.arrival_saved"), true)
		c.Go(stepTrial)
	}
}

// checkList is the lines of several checks.
type checkList struct {
	stack *kit.Stack
	lines []*kit.Status
}

// mostChecks is how many lines a list has room for: what CheckArrival looks at
// and some more.
const mostChecks = 6

func newCheckList() *checkList {
	l := &checkList{}
	var items []fyne.CanvasObject
	for range mostChecks {
		line := kit.NewStatus(kit.FindingNone, "")
		l.lines = append(l.lines, line)
		items = append(items, line)
	}
	l.stack = kit.NewStack(4, items...)
	return l
}

func (l *checkList) set(s *Screen, checks []desk.Check) {
	for i, line := range l.lines {
		if i < len(checks) {
			line.Set(findingOf(checks[i].State), s.Words.Check(checks[i], s.now()))
		} else {
			line.Set(kit.FindingNone, "")
		}
	}
}
