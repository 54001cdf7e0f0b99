package settings

import (
	"context"
	"fmt"

	"shopbell/app/kit"
	"shopbell/app/live"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/desk"
	"shopbell/core/staff"
)

// stockAPI is the card of the local API, through which other programs of this
// computer send levels.
type stockAPI struct {
	*Screen
	task  *live.Task[desk.LocalAPI]
	shown desk.Secret // the token, while it is shown: from when it was made until the settings are left

	trouble string // what kept it from being switched

	line    *kit.Switch
	state   *kit.Status
	address *copied
	token   *copied
	secret  *kit.Paragraph // what to know of the token
	anew    *kit.Button
	sure    *kit.Bar // asks before the token ends
	example *copied
	inside  *kit.Stack // what there is while it is on
	card    *kit.Panel
}

// copied is a value with its name and a button that copies it.
type copied struct {
	value *kit.Paragraph
	text  string
	body  *kit.Stack
}

func newCopied(s *Screen, name string) *copied {
	c := &copied{value: kit.NewParagraph("", kit.Body, look.Text)}
	button := kit.NewIconButton(look.IconCopy, s.Words.T("stock.copy"), func() { s.Copy(c.text) })
	c.body = kit.NewStack(0, kit.NewLine(s.Words.T(name), kit.Small, look.Text2), kit.NewBar(c.value, button))
	return c
}

func (c *copied) set(text string) {
	c.text = text
	c.value.Set(text)
}

func newStockAPI(s *Screen) *stockAPI {
	w := s.Words
	a := &stockAPI{
		Screen: s, state: kit.NewStatus(kit.FindingNone, ""), address: newCopied(s, "stock.address"), token: newCopied(s, "stock.token"),
		example: newCopied(s, "stock.example"), secret: kit.NewParagraph("", kit.Small, look.Text2),
	}
	a.task = live.NewTask(s.Scope, nil, func(live.State[desk.LocalAPI]) { a.draw() })
	a.line = kit.NewSwitch(w.T("stock.api"), w.T("stock.api_about"), a.turn)
	a.line.SetDisabled(w.T("stock.loading"))
	a.anew = s.soft("stock.token_new", func() { a.askAnew(true) })
	a.anew.SetSmall(true)
	keep := s.soft("stock.token_keep", func() { a.askAnew(false) })
	end := kit.NewButton(w.T("stock.token_new"), kit.Plain, func() { a.turn(true) })
	a.sure = kit.NewBar(kit.NewParagraph(w.T("stock.token_sure"), kit.Small, look.Text), keep, end)
	a.sure.Hide()
	limit := w.T("stock.limit", locale.Args{"Limit": w.Size(desk.MaxStockUpdate)})
	a.inside = kit.NewStack(10, kit.NewDivider(), a.address.body, a.token.body, kit.NewBar(a.secret, a.anew), a.sure,
		a.example.body, kit.NewParagraph(limit, kit.Small, look.Text2))
	a.inside.Hide()
	a.card = kit.NewPanel(w.T("stock.programs"), "", kit.NewStack(8, a.line, a.state, a.inside))
	return a
}

func (a *stockAPI) may() bool { return a.Who.Role.May(staff.EditConnection) }

func (a *stockAPI) load() {
	if !a.may() {
		a.line.SetAbout(a.Words.T("stock.api_admin"))
		a.line.SetDisabled(a.Words.T("stock.api_admin"))
		a.page.Refresh()
		return
	}
	a.task.Load(func(ctx context.Context) (desk.LocalAPI, error) { return a.Levels.LocalAPI(ctx, a.Who) })
}

func (a *stockAPI) draw() {
	w, is := a.Words, a.task.State()
	api := is.Value
	switch {
	case is.Phase == live.Failed:
		a.state.Set(kit.FindingBad, w.Explain(is.Err).String())
		a.line.SetDisabled(a.state.Text())
	case is.Phase != live.Ready:
		a.line.SetDisabled(w.T("stock.loading"))
	case api.Given:
		why := w.T("stock.api_given")
		if a.Place.Sandbox && !api.On {
			why = w.T("stock.api_sandbox")
		}
		a.line.SetAbout(why)
		a.line.SetDisabled(why)
	default:
		a.state.Set(kit.FindingBad, a.trouble)
		a.line.SetDisabled("")
	}
	a.line.SetOn(api.On)
	a.drawInside(api)
	a.page.Refresh()
}

func (a *stockAPI) drawInside(api desk.LocalAPI) {
	w := a.Words
	setVisible(a.inside, api.On)
	a.address.set(api.Address)
	token := a.shown.Reveal()
	a.token.set(token)
	setVisible(a.token.body, token != "")
	a.secret.Set(w.T("stock.token_kept"))
	if token != "" {
		a.secret.Set(w.T("stock.token_once"))
	} else {
		token = w.T("stock.example_token")
	}
	if api.Given {
		a.secret.Set(w.T("stock.api_given"))
	}
	setVisible(a.anew, !api.Given)
	a.example.set(exampleOf(api.Address, token))
}

// exampleOf is a command that sends a level. Its quotation marks are those that
// the command lines of all systems understand.
func exampleOf(address, token string) string {
	return fmt.Sprintf(`curl -X PUT -H "Authorization: Bearer %s" -H "Content-Type: application/json" -d "{\"levels\":[{\"sku\":\"BT-39\",\"level\":4}]}" %s/v1/stock`, token, address)
}

func (a *stockAPI) askAnew(on bool) {
	setVisible(a.sure, on)
	setVisible(a.anew, !on)
	a.page.Refresh()
}

// turn switches it on, with a new token, or off.
func (a *stockAPI) turn(on bool) {
	w := a.Words
	a.trouble = ""
	a.askAnew(false)
	a.line.SetDisabled(w.T("stock.loading"))
	var api desk.LocalAPI
	a.Scope.Do(func(ctx context.Context) (err error) {
		api, err = a.Levels.SetLocalAPI(ctx, a.Who, on)
		return err
	}, func(err error) {
		a.shown = api.Token
		if err != nil {
			a.failed(err)
			return
		}
		a.task.Change(api)
		said := "stock.api_off"
		if on {
			said = "stock.api_on"
		}
		a.Say(w.T(said), true)
	})
}

// failed says why it could not be switched, and asks how it stands now.
func (a *stockAPI) failed(err error) {
	a.trouble = a.Words.Explain(err).String()
	if desk.CodeOf(err) == desk.Unavailable {
		a.trouble = a.Words.T("stock.api_failed", locale.Args{"Address": desk.UsualAPIListen})
	}
	a.load()
}
