package sandbox

import (
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"shopbell/core/chat"
)

// Templates are those of the sandbox shop, where Options gives none.
func Templates() []chat.Template {
	return []chat.Template{
		{
			Name: "order_ready", Language: "en_US", Category: "utility", Status: "APPROVED",
			Header: chat.TemplateHeader{Format: "text", Text: "Order {{1}}"},
			Body:   "Hello {{1}}, your order {{2}} is packed. You can pick it up until {{3}}.",
			Footer: "Sandbox shop",
			Buttons: []chat.TemplateButton{
				{Type: "url", Title: "Track it", URL: "https://shop.example/orders/{{1}}"},
				{Type: "quick_reply", Title: "Call me"},
			},
		},
		{
			Name: "order_ready", Language: "ru", Category: "utility", Status: "APPROVED",
			Body: "Здравствуйте, {{1}}! Заказ {{2}} собран. Забрать его можно до {{3}}.",
		},
		{
			Name: "back_in_stock", Language: "en_US", Category: "marketing", Status: "APPROVED", Named: true,
			Header: chat.TemplateHeader{Format: "image"},
			Body:   "{{customer}}, the {{article}} you asked about is back.",
			Buttons: []chat.TemplateButton{
				{Type: "quick_reply", Title: "Keep one for me"}, {Type: "quick_reply", Title: "No, thanks"},
			},
		},
		{
			Name: "follow_up", Language: "pt_PT", Category: "utility", Status: "APPROVED",
			Body: "Olá {{1}}, ainda podemos ajudar com o seu pedido?",
		},
		{Name: "autumn_sale", Language: "en_US", Category: "marketing", Status: "PAUSED", Body: "Everything is cheaper this week."},
		{Name: "winter_sale", Language: "en_US", Category: "marketing", Status: "REJECTED", Body: "BUY NOW!!!", Rejected: "PROMOTIONAL"},
	}
}

// pageSize is how many templates one page has where the request does not say;
// Meta's own is 25.
const pageSize = 25

// maxTemplateBody is the most a body may have once it is filled in (cloud-api
// section 3 has no own number for it: the limit of an interactive body).
const maxTemplateBody = 1024

// templates lists them, a page at a time.
func (s *Sandbox) templates(w http.ResponseWriter, r *http.Request) {
	limit, err := strconv.Atoi(r.FormValue("limit"))
	if err != nil || limit < 1 {
		limit = pageSize
	}
	from, err := strconv.Atoi(strings.TrimPrefix(r.FormValue("after"), "cursor"))
	if err != nil && r.FormValue("after") != "" {
		refuse(w, *wrong(100, "after is no cursor"))
		return
	}
	list := s.o.Templates
	if name := r.FormValue("name"); name != "" {
		list = slices.DeleteFunc(slices.Clone(list), func(t chat.Template) bool { return t.Name != name })
	}
	from = min(max(from, 0), len(list))
	to := min(from+limit, len(list))
	data := []any{}
	for i, t := range list[from:to] {
		data = append(data, wireTemplate(from+i, t))
	}
	page := object{"data": data}
	if len(data) > 0 {
		paging := object{"cursors": object{"before": "cursor" + strconv.Itoa(from), "after": "cursor" + strconv.Itoa(to)}}
		if to < len(list) {
			q := r.URL.Query()
			q.Set("after", "cursor"+strconv.Itoa(to))
			paging["next"] = "http://" + s.addr + r.URL.Path + "?" + q.Encode()
		}
		page["paging"] = paging
	}
	answer(w, http.StatusOK, page)
}

func wireTemplate(i int, t chat.Template) object {
	components := []any{}
	if t.Header.Format != "" {
		components = append(components, object{"type": "HEADER", "format": strings.ToUpper(t.Header.Format), "text": t.Header.Text}.bare())
	}
	components = append(components, object{"type": "BODY", "text": t.Body})
	if t.Footer != "" {
		components = append(components, object{"type": "FOOTER", "text": t.Footer})
	}
	var buttons []any
	for _, b := range t.Buttons {
		buttons = append(buttons, object{"type": strings.ToUpper(b.Type), "text": b.Title, "url": b.URL}.bare())
	}
	if buttons != nil {
		components = append(components, object{"type": "BUTTONS", "buttons": buttons})
	}
	format := "POSITIONAL"
	if t.Named {
		format = "NAMED"
	}
	reason := t.Rejected
	if reason == "" {
		reason = "NONE"
	}
	return object{
		"id": strconv.Itoa(900_000_000_000_000 + i), "name": t.Name, "language": t.Language, "status": t.Status,
		"category": strings.ToUpper(t.Category), "parameter_format": format, "rejected_reason": reason,
		"components": components, "quality_score": object{"score": "UNKNOWN"},
	}
}

type templatePart struct {
	Name     string `json:"name"`
	Language struct {
		Code string `json:"code"`
	} `json:"language"`
	Components []componentPart `json:"components"`
}

type componentPart struct {
	Type       string          `json:"type"`
	SubType    string          `json:"sub_type"`
	Index      flexible        `json:"index"`
	Parameters []parameterPart `json:"parameters"`
}

// flexible is an integer that may come as a string: Meta takes both.
type flexible string

func (f *flexible) UnmarshalJSON(raw []byte) error {
	*f = flexible(strings.Trim(string(raw), `"`))
	return nil
}

type parameterPart struct {
	Type     string        `json:"type"`
	Name     string        `json:"parameter_name"`
	Text     string        `json:"text"`
	Payload  string        `json:"payload"`
	Image    *mediaPart    `json:"image"`
	Video    *mediaPart    `json:"video"`
	Document *mediaPart    `json:"document"`
	Location *locationPart `json:"location"`
}

func (p parameterPart) file() *mediaPart {
	switch p.Type {
	case "image":
		return p.Image
	case "video":
		return p.Video
	case "document":
		return p.Document
	}
	return nil
}

func (t *templatePart) check() *refusal {
	if t.Name == "" || t.Language.Code == "" {
		return wrong(131008, "name and language.code of a template are required")
	}
	return nil
}

func (t *templatePart) component(kind string) (c componentPart, there bool) {
	for _, c := range t.Components {
		if strings.EqualFold(c.Type, kind) {
			return c, true
		}
	}
	return componentPart{}, false
}

// placeholder is a variable: {{1}} or {{name}}.
var placeholder = regexp.MustCompile(`\{\{\s*(\w+)\s*\}\}`)

// fill puts parameters into a text with variables, or says which error it is.
func fill(text string, named bool, given []parameterPart, where string) (string, *refusal) {
	wanted := map[string]bool{}
	for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
		wanted[m[1]] = true
	}
	if len(given) != len(wanted) {
		return "", wrong(132000, "%s: number of localizable_params (%d) does not match the expected number of params (%d)", where, len(given), len(wanted))
	}
	values := map[string]string{}
	for i, p := range given {
		key := strconv.Itoa(i + 1)
		if named {
			key = p.Name
		}
		switch {
		case p.Type != "text":
			return "", wrong(132012, "%s: parameter %s must be text, not %s", where, key, p.Type)
		case !wanted[key]:
			return "", wrong(132000, "%s has no parameter %q", where, key)
		case p.Text == "":
			return "", wrong(131008, "%s: parameter %s has no text", where, key)
		}
		values[key] = p.Text
	}
	return placeholder.ReplaceAllStringFunc(text, func(m string) string {
		return values[placeholder.FindStringSubmatch(m)[1]]
	}), nil
}

// written is a template as the customer gets it.
type written struct {
	header, body, footer string
	headerFile           *mediaPart
	headerKind           string
	buttons              []chat.Button // the payload of a quick reply is its id
	category             string
}

// write fills a template in, or says which of Meta's errors it is.
func (s *Sandbox) write(part *templatePart) (written, *refusal) {
	i := slices.IndexFunc(s.o.Templates, func(t chat.Template) bool {
		return t.Name == part.Name && t.Language == part.Language.Code
	})
	if i < 0 {
		return written{}, wrong(132001, "template name (%s) does not exist in %s", part.Name, part.Language.Code)
	}
	t := s.o.Templates[i]
	switch t.Status {
	case "APPROVED":
	case "PAUSED":
		return written{}, wrong(132015, "template %s is paused", t.Name)
	case "DISABLED":
		return written{}, wrong(132016, "template %s is disabled", t.Name)
	default:
		return written{}, wrong(132001, "template %s is %s in %s", t.Name, t.Status, t.Language)
	}
	out := written{footer: t.Footer, category: t.Category}
	body, _ := part.component("body")
	var bad *refusal
	if out.body, bad = fill(t.Body, t.Named, body.Parameters, "body"); bad != nil {
		return written{}, bad
	}
	if n := chat.Units(out.body); n > maxTemplateBody {
		return written{}, wrong(132005, "the body has %d characters once it is filled in, at most %d are allowed", n, maxTemplateBody)
	}
	if bad := out.top(t, part); bad != nil {
		return written{}, bad
	}
	return out, out.bottom(t, part)
}

// top fills the header.
func (w *written) top(t chat.Template, part *templatePart) (bad *refusal) {
	c, there := part.component("header")
	switch t.Header.Format {
	case "":
		if there {
			return wrong(132000, "the template has no header")
		}
	case "text":
		w.header, bad = fill(t.Header.Text, t.Named, c.Parameters, "header")
		return bad
	case "location":
		if len(c.Parameters) != 1 || c.Parameters[0].Location == nil {
			return wrong(132012, "header: format mismatch, expected LOCATION")
		}
	default:
		if len(c.Parameters) != 1 || c.Parameters[0].Type != t.Header.Format || c.Parameters[0].file() == nil {
			return wrong(132012, "header: format mismatch, expected %s", strings.ToUpper(t.Header.Format))
		}
		w.headerFile, w.headerKind = c.Parameters[0].file(), t.Header.Format
		return w.headerFile.check()
	}
	return nil
}

// bottom fills the buttons.
func (w *written) bottom(t chat.Template, part *templatePart) *refusal {
	given := map[int]componentPart{}
	for _, c := range part.Components {
		if !strings.EqualFold(c.Type, "button") {
			continue
		}
		i, err := strconv.Atoi(string(c.Index))
		if err != nil || i < 0 || i >= len(t.Buttons) || !strings.EqualFold(c.SubType, t.Buttons[i].Type) {
			return wrong(132012, "button %s: the template has no button of type %s there", c.Index, c.SubType)
		}
		given[i] = c
	}
	for i, b := range t.Buttons {
		c := given[i]
		switch b.Type {
		case "quick_reply":
			id := b.Title
			if len(c.Parameters) > 0 && c.Parameters[0].Payload != "" {
				id = c.Parameters[0].Payload
			}
			w.buttons = append(w.buttons, chat.Button{ID: id, Title: b.Title})
		case "url":
			if placeholder.MatchString(b.URL) && (len(c.Parameters) != 1 || c.Parameters[0].Text == "") {
				return wrong(131008, "button %d of type url requires a parameter", i)
			}
		}
	}
	return nil
}
