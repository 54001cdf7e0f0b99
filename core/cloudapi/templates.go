package cloudapi

import (
	"context"
	"strings"

	"github.com/tidwall/gjson"

	"shopbell/core/chat"
)

// Templates lists the templates of a business account, whatever their status, in
// the order of Graph. It changes nothing and may be called again. Errors are as
// of Phone.
func (c *Client) Templates(ctx context.Context, waba string) ([]chat.Template, error) {
	const fields = "name,language,status,category,components,parameter_format,rejected_reason"
	var out []chat.Template
	err := c.list(ctx, waba, "message_templates", fields, func(v gjson.Result) {
		out = append(out, readTemplate(v))
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

func readTemplate(v gjson.Result) chat.Template {
	t := chat.Template{
		Name:     text(v.Get("name")),
		Language: text(v.Get("language")),
		Category: strings.ToLower(text(v.Get("category"))),
		Status:   text(v.Get("status")),
		Named:    strings.EqualFold(text(v.Get("parameter_format")), "named"),
		Rejected: text(v.Get("rejected_reason")),
	}
	if strings.EqualFold(t.Rejected, "none") {
		t.Rejected = ""
	}
	v.Get("components").ForEach(func(_, part gjson.Result) bool {
		said := text(part.Get("text"))
		switch strings.ToLower(text(part.Get("type"))) {
		case "header":
			t.Header = chat.TemplateHeader{Format: strings.ToLower(text(part.Get("format"))), Text: said}
		case "body":
			t.Body = said
		case "footer":
			t.Footer = said
		case "buttons":
			part.Get("buttons").ForEach(func(_, b gjson.Result) bool {
				t.Buttons = append(t.Buttons, chat.TemplateButton{
					Type:  strings.ToLower(text(b.Get("type"))),
					Title: text(b.Get("text")),
					URL:   text(b.Get("url")),
				})
				return true
			})
		}
		return true
	})
	return t
}
