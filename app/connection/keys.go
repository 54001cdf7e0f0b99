package connection

import (
	"context"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/live"
	"shopbell/app/look"
	"shopbell/core/desk"
)

// keysCard is the card with the four values from Meta.
type keysCard struct {
	*Screen
	panel *kit.Panel
	// fields by the names of desk.Check.Field, in their order on the card.
	fields map[string]*kit.Field
	order  []string

	trouble *kit.Status // Meta could not be asked
	again   *kit.Button // asks once more, in the bar with trouble
	unasked *kit.Bar
	where   *kit.Link // opens the page of the value that had the keyboard last
	remove  *kit.Link
	sure    *kit.Bar // asks before the keys are removed

	typed  *live.Debounce
	report *live.Task[desk.KeysReport]
	usable bool   // what is typed, as Meta said
	dirty  bool   // typed since it was stored
	at     string // the field that had the keyboard last
}

func newKeysCard(s *Screen) *keysCard {
	w := s.Words
	c := &keysCard{Screen: s, order: []string{"phone_number_id", "waba_id", "token", "app_secret"}, trouble: kit.NewStatus(kit.FindingNone, "")}
	c.at, c.fields = c.order[0], map[string]*kit.Field{}
	for i, name := range c.order {
		makeField := kit.NewField
		if name == "token" || name == "app_secret" {
			makeField = kit.NewSecretField
		}
		f := makeField(kit.FieldWords{Label: c.label(name), Help: w.T("connect.open_page"), Show: w.T("connect.show"), Hide: w.T("connect.hide")})
		f.Set(kit.FindingNone, w.T(sources[name].hint))
		c.fields[name] = f
		f.OnHelp = func() { c.openPage(name) }
		f.OnChanged = func() { c.changed(name) }
		f.OnSubmit = func() {
			if i+1 < len(c.order) {
				s.Focus(c.fields[c.order[i+1]].Target())
			} else {
				s.Continue()
			}
		}
		f.OnFocus = func() {
			c.at = name
			c.entered(f)
		}
	}
	c.typed = live.NewDebounce(s.Scope, checkAfter, c.look)
	c.report = live.NewTask(s.Scope, nil, c.showReport)
	c.buildPanel()
	return c
}

func (c *keysCard) buildPanel() {
	w := c.Words
	c.where = kit.NewOption(w.T("connect.where"), look.IconOpen, func() { c.openPage(c.at) })
	c.remove = kit.NewOption(w.T("connect.remove"), look.IconTrash, func() { c.askRemoval(true) })
	yes := kit.NewButton(w.T("connect.remove"), kit.Plain, c.forget)
	no := kit.NewButton(w.T("connect.keep"), kit.Soft, func() { c.askRemoval(false) })
	c.sure = kit.NewBar(words(w.T("connect.remove_hint")), no, yes)
	c.sure.Hide()
	c.remove.Hide()
	c.again = kit.NewButton(w.T("connect.check_again"), kit.Soft, c.look)
	c.again.SetSmall(true)
	c.unasked = kit.NewBar(c.trouble, c.again)
	c.unasked.Hide()
	f := c.fields
	c.panel = kit.NewPanel(w.T("connect.keys"), "", kit.NewStack(12,
		kit.NewColumns(16, 210, f["phone_number_id"], f["waba_id"]),
		kit.NewColumns(16, 210, f["token"], f["app_secret"]), c.unasked, c.sure), c.remove, c.where)
}

// entered makes the card's step the current one when the person comes to it.
func (c *keysCard) entered(f *kit.Field) {
	c.page.Reveal(f)
	if c.current != stepKeys {
		c.current, c.chosen = stepKeys, true
		c.Screen.show()
	}
}

func (c *keysCard) first() fyne.Focusable { return c.fields[c.order[0]].Target() }

// disable says why nothing can be changed.
func (c *keysCard) disable(why string) {
	for _, f := range c.fields {
		f.SetDisabled(why)
	}
}

func (c *keysCard) hideLetters() {
	for _, f := range c.fields {
		f.HideLetters()
	}
}

// typedKeys is what stands in the fields.
func (c *keysCard) typedKeys() desk.Keys {
	return desk.Keys{
		PhoneNumberID: c.fields["phone_number_id"].Text(), WABAID: c.fields["waba_id"].Text(),
		Token: desk.Secret(c.fields["token"].Text()), AppSecret: desk.Secret(c.fields["app_secret"].Text()),
	}
}

// changed is called when a person has typed or pasted into a field.
func (c *keysCard) changed(field string) {
	c.dirty, c.usable = true, false
	c.current, c.chosen = stepKeys, true
	c.report.Forget() // an answer under way is to what was typed before
	c.unasked.Hide()
	c.take(field)
	c.typed.Trigger()
	c.Screen.show()
}

// look asks Meta about what is typed. What is no id is said before Meta answers:
// a phone or a name in its place is the usual mistake, and Meta may be away.
func (c *keysCard) look() {
	for _, name := range c.order {
		if _, snippet := recognise(c.fields[name].Text()); snippet {
			return // what is wrong with it is said already
		}
	}
	keys := c.typedKeys()
	c.showChecks(keys.Malformed())
	for _, name := range c.order {
		f := c.fields[name]
		if finding, _ := f.Status(); f.Text() != "" && finding != kit.FindingBad {
			f.Set(kit.FindingBusy, c.Words.T("connect.checking"))
		}
	}
	c.page.Refresh()
	c.report.Load(func(ctx context.Context) (desk.KeysReport, error) { return c.Desk.CheckKeys(ctx, c.Who, keys) })
}

func (c *keysCard) showReport(state live.State[desk.KeysReport]) {
	switch state.Phase {
	case live.Ready, live.Empty:
		c.usable = state.Value.Usable
		c.number.learn(state.Value)
		c.unasked.Hide()
		c.showChecks(state.Value.Checks)
	case live.Failed, live.Stale:
		c.usable = false
		c.showChecks(c.typedKeys().Malformed())
		c.trouble.Set(kit.FindingWarn, c.unreached(state.Err))
		c.unasked.Show()
	}
	c.Screen.show()
}

// unreached says why the keys could not be looked at. Here desk.Unavailable is of
// Meta, whom the desk asks, not of the desk.
func (c *keysCard) unreached(err error) string {
	if desk.CodeOf(err) == desk.Unavailable {
		return c.Words.T("connect.meta_unreached")
	}
	return c.Words.Explain(err).String()
}

// showChecks puts each check under its field. Where a field has several, the
// worst is the one to deal with.
func (c *keysCard) showChecks(checks []desk.Check) {
	worst := map[string]desk.Check{}
	for _, check := range checks {
		if now, has := worst[check.Field]; !has || rank(check.State) > rank(now.State) {
			worst[check.Field] = check
		}
	}
	for _, name := range c.order {
		f := c.fields[name]
		check, has := worst[name]
		switch {
		case !has:
			f.Set(kit.FindingNone, c.kept(name))
		case check.Code == desk.CheckMissing:
			f.Set(kit.FindingNone, c.Words.T(sources[name].hint)) // where it is helps more than that it is not here
		default:
			f.Set(findingOf(check.State), c.Words.Check(check, c.now()))
		}
	}
}

// rank orders states by how much they matter.
func rank(s desk.CheckState) int {
	switch s {
	case desk.CheckBad:
		return 3
	case desk.CheckWarn:
		return 2
	case desk.CheckOK:
		return 1
	}
	return 0
}

// faults counts the fields that something is wrong with.
func (c *keysCard) faults() (n int) {
	for _, f := range c.fields {
		if finding, _ := f.Status(); finding == kit.FindingBad {
			n++
		}
	}
	return n
}

// learn shows what is stored in the fields that the person has not touched.
func (c *keysCard) learn(known desk.Connected) {
	show(c.remove, known.HasToken && c.forbidden() == "")
	for name, stored := range map[string]bool{"token": known.HasToken, "app_secret": known.HasAppSecret} {
		placeholder := ""
		if stored {
			placeholder = "••••••••••••••••"
		}
		c.fields[name].SetPlaceholder(placeholder)
	}
	if c.dirty {
		return
	}
	first := c.fields["phone_number_id"].Text() == "" && known.PhoneNumberID != ""
	c.fields["phone_number_id"].SetText(known.PhoneNumberID)
	c.fields["waba_id"].SetText(known.WABAID)
	if first && known.HasToken && c.forbidden() == "" {
		c.look() // whether they are still well
		return
	}
	if c.report.State().Phase == live.Pending && c.forbidden() == "" {
		c.showChecks(nil)
	}
}

// kept says where a stored secret is, or where a value stands at Meta. That stays
// when the value is there: the rows do not move under the mouse.
func (c *keysCard) kept(field string) string {
	stored := field == "token" && c.known.HasToken || field == "app_secret" && c.known.HasAppSecret
	switch {
	case !stored || c.fields[field].Text() != "":
		return c.Words.T(sources[field].hint)
	case c.known.Store == desk.StoreFile:
		return c.Words.T("connect.kept_file")
	}
	return c.Words.T("connect.kept_keyring")
}

// blocked is why the keys cannot be saved now.
func (c *keysCard) blocked() string {
	switch {
	case c.usable:
		return ""
	case c.faults() > 0:
		return c.Words.N("connect.fix_first", c.faults())
	case !c.dirty && c.hasKeys():
		return ""
	case c.unasked.Visible():
		return c.Words.T("connect.not_asked")
	}
	return c.Words.T("connect.keys_first")
}

// save stores what is typed and goes on; with nothing typed it only goes on.
func (c *keysCard) save() {
	if !c.dirty {
		c.Go(stepArrival)
		return
	}
	c.typed.Stop()
	keys := c.typedKeys()
	var report desk.KeysReport
	c.next.SetBusy(true)
	c.Scope.Do(func(ctx context.Context) (err error) {
		report, err = c.Desk.SaveKeys(ctx, c.Who, keys)
		return err
	}, func(err error) {
		c.next.SetBusy(false)
		if err != nil && desk.CodeOf(err) != desk.Invalid {
			c.failed(err)
			return
		}
		current := c.typedKeys() == keys // else the report is of what was typed before
		if err == nil {
			c.dirty = !current
			c.wipe(keys)
			c.Say(c.Words.T("connect.keys_saved"), true)
			c.load()
		}
		if current {
			c.report.Change(report)
		}
		if current && err == nil {
			c.Go(stepArrival)
		}
	})
}

// wipe forgets the letters of secrets that are kept now.
func (c *keysCard) wipe(kept desk.Keys) {
	for name, letters := range map[string]desk.Secret{"token": kept.Token, "app_secret": kept.AppSecret} {
		if f := c.fields[name]; f.Text() == letters.Reveal() {
			f.HideLetters()
			f.SetText("")
		}
	}
}

func (c *keysCard) askRemoval(on bool) {
	show(c.sure, on)
	c.page.Refresh()
}

// forget takes the keys off this computer.
func (c *keysCard) forget() {
	c.askRemoval(false)
	c.Scope.Do(func(ctx context.Context) error { return c.Desk.ForgetKeys(ctx, c.Who) }, func(err error) {
		if err != nil {
			c.failed(err)
			return
		}
		c.wipe(c.typedKeys())
		c.dirty, c.usable = false, false
		c.report.Forget()
		c.number.learn(desk.KeysReport{})
		c.unasked.Hide()
		c.showChecks(nil)
		c.Say(c.Words.T("connect.keys_removed"), true)
		c.load()
	})
}

// show shows or hides o.
func show(o fyne.CanvasObject, on bool) {
	if on {
		o.Show()
	} else {
		o.Hide()
	}
}
