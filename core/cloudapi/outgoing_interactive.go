package cloudapi

import (
	"fmt"
	"net/url"
	"strings"

	"shopbell/core/chat"
)

// Limits of the Cloud API (section 3) for what can be pressed, in UTF-16 units
// unless said otherwise. chat has those of lists and links.
const (
	MaxButtons     = 3 // a count
	MaxButtonTitle = 20
	MaxButtonID    = 256
	MaxHeader      = 60
	MaxFooter      = 60
	MaxListRowID   = 200
)

type wireInteractive struct {
	Type   string      `json:"type"`
	Header *wireHeader `json:"header,omitempty"`
	Body   wireBody    `json:"body"`
	Footer *wireBody   `json:"footer,omitempty"`
	Action wireAction  `json:"action"`
}

type wireHeader struct {
	Type     string     `json:"type"`
	Text     string     `json:"text,omitempty"`
	Image    *wireMedia `json:"image,omitempty"`
	Video    *wireMedia `json:"video,omitempty"`
	Document *wireMedia `json:"document,omitempty"`
}

type wireBody struct {
	Text string `json:"text"`
}

type wireAction struct {
	Name       string        `json:"name,omitempty"`
	Buttons    []wireButton  `json:"buttons,omitempty"`
	Button     string        `json:"button,omitempty"`
	Sections   []wireSection `json:"sections,omitempty"`
	Parameters *wireLink     `json:"parameters,omitempty"`
}

type wireButton struct {
	Type  string    `json:"type"`
	Reply wireReply `json:"reply"`
}

type wireReply struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

type wireSection struct {
	Title string    `json:"title,omitempty"`
	Rows  []wireRow `json:"rows"`
}

type wireRow struct {
	ID          string `json:"id"`
	Title       string `json:"title"`
	Description string `json:"description,omitempty"`
}

type wireLink struct {
	Title string `json:"display_text"`
	URL   string `json:"url"`
}

func (o Outgoing) interactive() (*wireInteractive, error) {
	if err := filled("text", o.Text, chat.MaxInteractiveBody); err != nil {
		return nil, err
	}
	w := &wireInteractive{Body: wireBody{Text: o.Text}}
	var err error
	switch {
	case o.List != nil:
		w.Type = "list"
		w.Action, err = encodeList(o.List)
	case o.Link != nil:
		w.Type = "cta_url"
		w.Action, err = encodeLink(o.Link)
	case o.AskLocation:
		w.Type = "location_request_message"
		w.Action.Name = "send_location"
	default:
		w.Type = "button"
		w.Action.Buttons, err = encodeButtons(o.Buttons)
	}
	if err != nil {
		return nil, err
	}
	if o.Header != nil {
		if w.Header, err = encodeHeader(o.Header, o.List != nil); err != nil {
			return nil, err
		}
	}
	if o.Footer != "" {
		if err := filled("footer", o.Footer, MaxFooter); err != nil {
			return nil, err
		}
		w.Footer = &wireBody{Text: o.Footer}
	}
	return w, nil
}

func encodeHeader(h *Header, textOnly bool) (*wireHeader, error) {
	switch {
	case h.Location != nil || h.Variable != "":
		return nil, &InvalidError{Field: "header", Problem: "has what only a template's may have: a place or a named variable"}
	case h.Media != nil && h.Text != "":
		return nil, &InvalidError{Field: "header", Problem: "is a text or a file, not both"}
	case h.Media == nil:
		if err := filled("header.text", h.Text, MaxHeader); err != nil {
			return nil, err
		}
		return &wireHeader{Type: "text", Text: h.Text}, nil
	case textOnly:
		return nil, &InvalidError{Field: "header.media", Problem: "does not stand above a list: only a text does"}
	}
	m, err := h.Media.inHeader()
	if err != nil {
		return nil, err
	}
	w := &wireHeader{Type: string(h.Media.Kind)}
	switch h.Media.Kind {
	case chat.KindImage:
		w.Image = m
	case chat.KindVideo:
		w.Video = m
	default:
		w.Document = m
	}
	return w, nil
}

func encodeButtons(buttons []chat.Button) ([]wireButton, error) {
	if len(buttons) > MaxButtons {
		return nil, &InvalidError{Field: "buttons", Limit: MaxButtons,
			Problem: fmt.Sprintf("are %d: at most %d fit under one message", len(buttons), MaxButtons)}
	}
	var out []wireButton
	var ids, titles []string
	for i, b := range buttons {
		if err := choice(fmt.Sprintf("buttons[%d]", i), b.ID, MaxButtonID, b.Title, MaxButtonTitle); err != nil {
			return nil, err
		}
		ids, titles = append(ids, b.ID), append(titles, b.Title)
		out = append(out, wireButton{Type: "reply", Reply: wireReply{ID: b.ID, Title: b.Title}})
	}
	if i, ok := repeated(ids); ok {
		return nil, &InvalidError{Field: fmt.Sprintf("buttons[%d].id", i), Problem: "is used twice in one message"}
	}
	if i, ok := repeated(titles); ok {
		return nil, &InvalidError{Field: fmt.Sprintf("buttons[%d].title", i), Problem: "is used twice in one message"}
	}
	return out, nil
}

// choice checks something to press: a reply button or a row of a list.
func choice(field, id string, maxID int, title string, maxTitle int) error {
	if err := within(field+".id", id, maxID); err != nil {
		return err
	}
	if id == "" || strings.TrimSpace(id) != id {
		return &InvalidError{Field: field + ".id", Problem: "is empty or begins or ends with a space"}
	}
	return filled(field+".title", title, maxTitle)
}

func encodeList(l *chat.List) (wireAction, error) {
	if err := filled("list.button", l.Button, chat.MaxListButton); err != nil {
		return wireAction{}, err
	}
	if len(l.Sections) > chat.MaxListSections {
		return wireAction{}, &InvalidError{Field: "list.sections", Limit: chat.MaxListSections,
			Problem: fmt.Sprintf("are %d: at most %d fit into one list", len(l.Sections), chat.MaxListSections)}
	}
	w := wireAction{Button: l.Button}
	seen := map[string]bool{}
	for i, s := range l.Sections {
		field := fmt.Sprintf("list.sections[%d]", i)
		if err := within(field+".title", s.Title, chat.MaxListTitle); err != nil {
			return wireAction{}, err
		}
		if len(l.Sections) > 1 && strings.TrimSpace(s.Title) == "" {
			return wireAction{}, &InvalidError{Field: field + ".title", Problem: "is empty: each of several sections needs one"}
		}
		if len(s.Rows) == 0 {
			return wireAction{}, &InvalidError{Field: field + ".rows", Problem: "are none: give the customer something to choose"}
		}
		section := wireSection{Title: s.Title}
		for j, r := range s.Rows {
			row := fmt.Sprintf("%s.rows[%d]", field, j)
			if err := choice(row, r.ID, MaxListRowID, r.Title, chat.MaxListTitle); err != nil {
				return wireAction{}, err
			}
			if err := within(row+".description", r.Description, chat.MaxListRowDetails); err != nil {
				return wireAction{}, err
			}
			if seen[r.ID] {
				return wireAction{}, &InvalidError{Field: row + ".id", Problem: "is used twice in one message"}
			}
			seen[r.ID] = true
			section.Rows = append(section.Rows, wireRow{ID: r.ID, Title: r.Title, Description: r.Description})
		}
		w.Sections = append(w.Sections, section)
	}
	if len(seen) == 0 || len(seen) > chat.MaxListRows {
		return wireAction{}, &InvalidError{Field: "list.rows", Limit: chat.MaxListRows,
			Problem: fmt.Sprintf("are %d: want 1 to %d in all sections together", len(seen), chat.MaxListRows)}
	}
	return w, nil
}

func encodeLink(l *chat.Link) (wireAction, error) {
	if err := filled("link.title", l.Title, chat.MaxLinkTitle); err != nil {
		return wireAction{}, err
	}
	if u, err := url.Parse(l.URL); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return wireAction{}, &InvalidError{Field: "link.url", Problem: `is no address of a page: want "https://..."`}
	}
	return wireAction{Name: "cta_url", Parameters: &wireLink{Title: l.Title, URL: l.URL}}, nil
}
