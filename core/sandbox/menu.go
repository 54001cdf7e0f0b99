package sandbox

import (
	"net/url"
	"strings"

	"shopbell/core/chat"
	"shopbell/core/cloudapi"
)

// Limits of an interactive message, in UTF-16 units (cloud-api section 3).
const (
	maxHeader      = 60
	maxFooter      = 60
	maxListButton  = 20
	maxSections    = 10
	maxRows        = 10 // of all sections together
	maxSection     = 24
	maxRowID       = 200
	maxRow         = 24
	maxDescription = 72
	maxLinkTitle   = 20
)

// menu is what an interactive message offers below its text.
type menu struct {
	header, footer string
	headerFile     *mediaPart // in place of header
	headerKind     string     // image, video or document, with headerFile
	buttons        []chat.Button
	list           *chat.List
	link           *chat.Link
	asksPlace      bool
}

type interactivePart struct {
	Type   string      `json:"type"`
	Header *headerPart `json:"header"`
	Body   struct {
		Text string `json:"text"`
	} `json:"body"`
	Footer *struct {
		Text string `json:"text"`
	} `json:"footer"`
	Action struct {
		Name    string `json:"name"`
		Button  string `json:"button"`
		Buttons []struct {
			Type  string `json:"type"`
			Reply struct {
				ID    string `json:"id"`
				Title string `json:"title"`
			} `json:"reply"`
		} `json:"buttons"`
		Sections []struct {
			Title string `json:"title"`
			Rows  []struct {
				ID          string `json:"id"`
				Title       string `json:"title"`
				Description string `json:"description"`
			} `json:"rows"`
		} `json:"sections"`
		Parameters struct {
			Title string `json:"display_text"`
			URL   string `json:"url"`
		} `json:"parameters"`
	} `json:"action"`
}

type headerPart struct {
	Type     string     `json:"type"`
	Text     string     `json:"text"`
	Image    *mediaPart `json:"image"`
	Video    *mediaPart `json:"video"`
	Document *mediaPart `json:"document"`
}

func (o *order) interactive(p *interactivePart) *refusal {
	o.text = p.Body.Text
	if bad := checkText("body", o.text, chat.MaxInteractiveBody); bad != nil {
		return bad
	}
	if bad := o.menu.frame(p); bad != nil {
		return bad
	}
	switch p.Type {
	case "button":
		for _, b := range p.Action.Buttons {
			if b.Type != "reply" {
				return wrong(131009, "a button must be of type reply")
			}
			o.menu.buttons = append(o.menu.buttons, chat.Button{ID: b.Reply.ID, Title: b.Reply.Title})
		}
		return checkButtons(o.menu.buttons)
	case "list":
		list := &chat.List{Button: p.Action.Button}
		for _, s := range p.Action.Sections {
			section := chat.ListSection{Title: s.Title}
			for _, r := range s.Rows {
				section.Rows = append(section.Rows, chat.ListRow{ID: r.ID, Title: r.Title, Description: r.Description})
			}
			list.Sections = append(list.Sections, section)
		}
		o.kind, o.menu.list = chat.KindList, list
		if o.menu.headerFile != nil {
			return wrong(131009, "the header of a list must be text")
		}
		return checkList(list)
	case "cta_url":
		o.kind, o.menu.link = chat.KindLink, &chat.Link{Title: p.Action.Parameters.Title, URL: p.Action.Parameters.URL}
		if p.Action.Name != "cta_url" {
			return wrong(131009, "action.name must be cta_url")
		}
		return checkLink(o.menu.link)
	case "location_request_message":
		o.menu.asksPlace = true
		if p.Action.Name != "send_location" {
			return wrong(131009, "action.name must be send_location")
		}
		return nil
	}
	return wrong(131009, "there is no interactive message of type %q here", p.Type)
}

// frame reads header and footer.
func (m *menu) frame(p *interactivePart) *refusal {
	if p.Footer != nil {
		m.footer = p.Footer.Text
		if bad := checkText("footer", m.footer, maxFooter); bad != nil {
			return bad
		}
	}
	if p.Header == nil {
		return nil
	}
	m.headerKind = p.Header.Type
	switch p.Header.Type {
	case "text":
		m.header = p.Header.Text
		return checkText("header", m.header, maxHeader)
	case "image":
		m.headerFile = p.Header.Image
	case "video":
		m.headerFile = p.Header.Video
	case "document":
		m.headerFile = p.Header.Document
	default:
		return wrong(131009, "there is no header of type %q", p.Header.Type)
	}
	if m.headerFile == nil {
		return wrong(131008, "header.%s is required", p.Header.Type)
	}
	return m.headerFile.check()
}

func checkButtons(buttons []chat.Button) *refusal {
	if n := len(buttons); n < 1 || n > cloudapi.MaxButtons {
		return wrong(131009, "%d buttons, want 1 to %d", n, cloudapi.MaxButtons)
	}
	ids, titles := map[string]bool{}, map[string]bool{}
	for _, b := range buttons {
		switch {
		case !identifier(b.ID, cloudapi.MaxButtonID):
			return wrong(131009, "button id %q is empty, too long or has spaces at its ends", b.ID)
		case strings.TrimSpace(b.Title) == "" || chat.Units(b.Title) > cloudapi.MaxButtonTitle:
			return wrong(131009, "button title %q is empty or too long", b.Title)
		case ids[b.ID] || titles[b.Title]:
			return wrong(131009, "button %q stands twice", b.Title)
		}
		ids[b.ID], titles[b.Title] = true, true
	}
	return nil
}

func checkList(l *chat.List) *refusal {
	if bad := checkText("action.button", l.Button, maxListButton); bad != nil {
		return bad
	}
	if n := len(l.Sections); n < 1 || n > maxSections {
		return wrong(131009, "%d sections, want 1 to %d", n, maxSections)
	}
	rows, ids := 0, map[string]bool{}
	for _, s := range l.Sections {
		if s.Title == "" && len(l.Sections) > 1 || chat.Units(s.Title) > maxSection {
			return wrong(131009, "section title %q is empty or too long", s.Title)
		}
		if rows += len(s.Rows); len(s.Rows) == 0 || rows > maxRows {
			return wrong(131009, "a section without rows, or more than %d rows", maxRows)
		}
		for _, r := range s.Rows {
			switch {
			case !identifier(r.ID, maxRowID) || ids[r.ID]:
				return wrong(131009, "row id %q is empty, too long, has spaces at its ends or stands twice", r.ID)
			case strings.TrimSpace(r.Title) == "" || chat.Units(r.Title) > maxRow:
				return wrong(131009, "row title %q is empty or too long", r.Title)
			case chat.Units(r.Description) > maxDescription:
				return wrong(131009, "row description %q is too long", r.Description)
			}
			ids[r.ID] = true
		}
	}
	return nil
}

func checkLink(l *chat.Link) *refusal {
	if bad := checkText("display_text", l.Title, maxLinkTitle); bad != nil {
		return bad
	}
	u, err := url.Parse(l.URL)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return wrong(131009, "url %q is no web address", l.URL)
	}
	return nil
}

func identifier(id string, limit int) bool {
	return id != "" && strings.TrimSpace(id) == id && chat.Units(id) <= limit
}
