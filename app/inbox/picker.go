package inbox

import (
	"context"
	"crypto/rand"
	"slices"
	"strings"
	"time"

	"shopbell/app/kit"
	"shopbell/app/live"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

// picker offers the templates of a chat's channel, has the chosen one filled in,
// and sends it.
type picker struct {
	*talk
	view   *kit.Picker
	close  func()
	task   *live.Task[[]chat.Template]
	search string
	shown  []chat.Template
	chosen filling // Name "": none
	fields []*kit.Field
	file   *attachment // over the chosen template; nil: none yet
	slot   *kit.FileSlot
	token  string    // the same template sent twice by two taps is one message
	at     time.Time // when it is to leave; zero: now
}

// chooseTemplate opens the templates. They may be sent at any time, and are all
// that may be sent when the window is closed.
func (p *chatPane) chooseTemplate() { p.chooseTemplateFor(time.Time{}) }

// chooseTemplateFor is chooseTemplate of one that leaves at a moment.
func (p *chatPane) chooseTemplateFor(at time.Time) {
	if !p.mayTemplate() {
		return
	}
	t := p.talk
	word := t.Words.T
	v := &picker{talk: t, token: rand.Text(), at: at}
	who := word("template.for", locale.Args{"Name": t.conv.Contact.DisplayName()})
	if !at.IsZero() {
		who = locale.Dotted(who, word("schedule.goes", locale.Args{"When": t.Words.Deadline(at, t.now())}))
	}
	v.view = kit.NewPicker(kit.PickerWords{
		Icon:  look.IconTemplate,
		Title: word("template.title"), For: who,
		Search: word("template.search"), Reload: word("template.reload"), Cancel: word("template.cancel"), Send: word("template.send"),
	})
	v.view.OnChoose = v.choose
	v.view.OnSearch = func(text string) { v.search = text; v.draw() }
	v.view.OnReload = func() { v.task.Load(v.load(true)) }
	v.view.OnSend = v.send
	v.view.OnPicture = p.picture
	v.slot = kit.NewFileSlot(v.chooseFile)
	v.close = p.Float(v.view, v.view.Target())
	v.view.OnCancel = v.close
	p.picker = v
	v.task = live.NewTask(t.scope, func(all []chat.Template) bool { return len(all) == 0 }, func(live.State[[]chat.Template]) { v.draw() })
	v.task.Load(v.load(false))
	v.drawChosen()
}

func (v *picker) load(reload bool) func(context.Context) ([]chat.Template, error) {
	return func(ctx context.Context) ([]chat.Template, error) {
		return v.Desk.Templates(ctx, v.Who, v.id, reload)
	}
}

// draw shows the list.
func (v *picker) draw() {
	state := v.task.State()
	v.shown = nil
	var rows []kit.PickerRow
	current := -1
	for _, t := range state.Value {
		if !matches(t, v.search) {
			continue
		}
		if t.Name == v.chosen.Name && t.Language == v.chosen.Language {
			current = len(rows)
		}
		v.shown = append(v.shown, t)
		tag, hue := v.category(t.Category)
		rows = append(rows, kit.PickerRow{
			Name: t.Name, Text: strings.Join(strings.Fields(t.Body), " "), Tag: tag, Hue: hue,
			Language: strings.ToUpper(t.Language), Reason: v.barredTemplate(t),
		})
	}
	v.view.SetRows(rows, current, v.message(state, len(rows)))
}

// message stands in the list where there is nothing to choose, or something to know.
func (v *picker) message(state live.State[[]chat.Template], rows int) string {
	switch {
	case state.Err != nil:
		return v.Words.Explain(state.Err).String()
	case rows > 0:
		return ""
	case state.Phase == live.Empty:
		return v.Words.T("template.none") + ". " + v.Words.T("template.none_hint")
	case state.Phase == live.Ready:
		return v.Words.T("list.nothing_found")
	}
	return v.Words.T("template.loading")
}

func matches(t chat.Template, search string) bool {
	search = strings.ToLower(strings.TrimSpace(search))
	return strings.Contains(strings.ToLower(t.Name), search) || strings.Contains(strings.ToLower(t.Body), search)
}

func (v *picker) category(c string) (string, kit.Hue) {
	switch strings.ToLower(c) {
	case "marketing":
		return v.Words.T("template.marketing"), kit.HuePlum
	case "utility":
		return v.Words.T("template.utility"), kit.HueInfo
	case "authentication":
		return v.Words.T("template.authentication"), kit.HueNone
	}
	return c, kit.HueNone
}

func (v *picker) choose(i int) {
	v.chosen = filling{Template: v.shown[i], blanks: blanksOf(v.shown[i])}
	v.renew()
	v.recall()
	v.guess()
	v.recallFile()
	v.draw()
	v.drawChosen()
	for i, b := range v.chosen.blanks {
		if b.value == "" {
			v.Focus(v.fields[i].Target())
			return
		}
	}
}

// renew says that what will be sent is another message than before.
func (v *picker) renew() { v.token = rand.Text() }

// recall fills in what was typed before the box was closed.
func (v *picker) recall() {
	typed := v.forms.templates[keyOfTemplate(v.chosen.Template)]
	for i, b := range v.chosen.blanks {
		if at := slices.IndexFunc(typed, b.same); at >= 0 {
			v.chosen.blanks[i].value = typed[at].value
		}
	}
}

// keep has what is typed be there again when the box was closed by mistake.
func (v *picker) keep() {
	if v.forms.templates == nil {
		v.forms.templates = map[string][]blank{}
	}
	v.forms.templates[keyOfTemplate(v.chosen.Template)] = slices.Clone(v.chosen.blanks)
}

func keyOfTemplate(t chat.Template) string { return t.Name + "." + t.Language }

// guess fills in what the desk knows: a variable called name is the customer's.
func (v *picker) guess() {
	for i, b := range v.chosen.blanks {
		if b.value == "" && (b.name == "name" || b.name == "customer_name") {
			v.chosen.blanks[i].value = v.conv.Contact.DisplayName()
		}
	}
}

// drawChosen shows the chosen template with a field for each variable.
func (v *picker) drawChosen() {
	if v.chosen.Name == "" {
		v.view.SetView(kit.PickerView{})
		return
	}
	v.fields = make([]*kit.Field, len(v.chosen.blanks))
	for i, b := range v.chosen.blanks {
		f := kit.NewTextField(kit.FieldWords{Label: v.label(b)})
		f.SetText(b.value)
		f.OnChanged = func() {
			v.chosen.blanks[i].value = f.Text()
			v.keep()
			v.renew()
			v.show()
		}
		v.fields[i] = f
	}
	v.show()
}

// label names the field of a variable: those of header and link are counted
// apart from the body's, so their numbers alone would name two.
func (v *picker) label(b blank) string {
	switch {
	case b.part == "header":
		return v.Words.T("template.variable_header", locale.Args{"Name": b.name})
	case b.part == "button":
		return v.Words.T("template.variable_button", locale.Args{"Button": v.chosen.Buttons[b.place].Title})
	case v.chosen.Named:
		return b.name
	}
	return v.Words.T("template.variable", locale.Args{"Name": b.name})
}

// show shows the chosen template as it is filled in now.
func (v *picker) show() {
	if v.chosen.Name == "" {
		return
	}
	barred := v.barredTemplate(v.chosen.Template)
	if barred == "" {
		barred = v.fileFault()
	}
	if barred == "" && !v.chosen.complete() {
		barred = v.Words.T("template.fill")
	}
	hint := barred
	if hint == "" {
		hint = v.Words.T("template.hint")
	}
	preview := v.chosen.preview(v.Deps)
	v.previewFile(&preview)
	v.view.SetView(kit.PickerView{
		Name: v.chosen.Name, Preview: preview, File: v.drawFile(), Fields: v.fields, Hint: hint, Barred: barred,
	})
}

// send sends the chosen template and closes the picker once the desk has it.
func (v *picker) send() {
	ref := v.chosen.ref()
	if v.file != nil {
		ref.HeaderFile, ref.HeaderName = v.file.Media.File, v.file.offer.Name
	}
	sent, blanks := keyOfTemplate(v.chosen.Template), slices.Clone(v.chosen.blanks)
	v.sendApart(desk.Answer{Template: ref, At: v.at}, v.token, func() (back func()) {
		delete(v.forms.templates, sent)
		v.explain(v.keepFile())
		v.close()
		return func() {
			if _, again := v.forms.templates[sent]; !again && v.forms.templates != nil {
				v.forms.templates[sent] = blanks
			}
		}
	})
}
