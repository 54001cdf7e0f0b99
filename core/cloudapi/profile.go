package cloudapi

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"github.com/tidwall/gjson"
)

// Limits of the Cloud API (section 8) for a business profile, in UTF-16 units
// unless said otherwise.
const (
	MaxAbout       = 139
	MaxAddress     = 256
	MaxDescription = 256
	MaxEmail       = 128
	MaxWebsites    = 2 // a count
	MaxWebsite     = 256
)

// Profile is what customers see of the shop.
type Profile struct {
	About       string
	Address     string
	Description string
	Email       string
	Websites    []string // at most MaxWebsites, with http or https
	Vertical    string   // of Verticals
	PictureURL  string   // filled on reading; it cannot be set here
}

// Verticals are the lines of business that Meta knows.
func Verticals() []string {
	return []string{"OTHER", "AUTO", "BEAUTY", "APPAREL", "EDU", "ENTERTAIN", "EVENT_PLAN", "FINANCE", "GROCERY", "GOVT",
		"HOTEL", "HEALTH", "NONPROFIT", "PROF_SERVICES", "RETAIL", "TRAVEL", "RESTAURANT", "ALCOHOL", "ONLINE_GAMBLING",
		"PHYSICAL_GAMBLING", "OTC_DRUGS"}
}

const profileEdge = "whatsapp_business_profile"

// Profile asks for the profile of a number. It changes nothing and may be called
// again. Errors are as of Phone.
func (c *Client) Profile(ctx context.Context, phoneNumberID string) (Profile, error) {
	if err := numeric("phone number id", phoneNumberID); err != nil {
		return Profile{}, err
	}
	a, err := c.ask(ctx, call{method: http.MethodGet, node: phoneNumberID, edge: profileEdge, query: url.Values{
		"fields": {"about,address,description,email,websites,vertical,profile_picture_url"},
	}})
	if err != nil {
		return Profile{}, err
	}
	v := a.body.Get("data.0")
	if a.status != http.StatusOK || !v.IsObject() {
		return Profile{}, a.unusable()
	}
	if inner := v.Get("business_profile"); inner.IsObject() { // as Meta's own description has it; Graph leaves it out
		v = inner
	}
	return readProfile(v), nil
}

func readProfile(v gjson.Result) Profile {
	return Profile{
		About:       text(v.Get("about")),
		Address:     text(v.Get("address")),
		Description: text(v.Get("description")),
		Email:       text(v.Get("email")),
		Websites:    texts(v.Get("websites")),
		Vertical:    text(v.Get("vertical")),
		PictureURL:  text(v.Get("profile_picture_url")),
	}
}

type wireProfile struct {
	Product     string   `json:"messaging_product"`
	About       string   `json:"about,omitempty"`
	Address     string   `json:"address"`
	Description string   `json:"description"`
	Email       string   `json:"email"`
	Websites    []string `json:"websites"`
	Vertical    string   `json:"vertical,omitempty"`
}

// SetProfile replaces the profile of a number. An empty About or Vertical stays
// as it is: Meta takes none. The picture stays too. It may be called again.
// Errors are as of Phone; an *InvalidError names the field and the limit.
func (c *Client) SetProfile(ctx context.Context, phoneNumberID string, p Profile) error {
	if err := numeric("phone number id", phoneNumberID); err != nil {
		return err
	}
	if err := p.check(); err != nil {
		return err
	}
	body, err := json.Marshal(wireProfile{
		Product: "whatsapp", About: p.About, Address: p.Address, Description: p.Description,
		Email: p.Email, Websites: append([]string{}, p.Websites...), Vertical: p.Vertical,
	})
	if err != nil {
		return err
	}
	return c.change(ctx, call{method: http.MethodPost, node: phoneNumberID, edge: profileEdge, body: body})
}

func (p Profile) check() error {
	for _, f := range []struct {
		field, s string
		limit    int
	}{
		{"about", p.About, MaxAbout}, {"address", p.Address, MaxAddress},
		{"description", p.Description, MaxDescription}, {"email", p.Email, MaxEmail},
	} {
		if err := within(f.field, f.s, f.limit); err != nil {
			return err
		}
	}
	if n := len(p.Websites); n > MaxWebsites {
		return &InvalidError{Field: "websites", Limit: MaxWebsites, Problem: fmt.Sprintf("are %d: at most %d are shown", n, MaxWebsites)}
	}
	for i, site := range p.Websites {
		field := fmt.Sprintf("websites[%d]", i)
		if err := within(field, site, MaxWebsite); err != nil {
			return err
		}
		if u, err := url.Parse(site); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
			return &InvalidError{Field: field, Problem: `is no address of a page: want "https://..."`}
		}
	}
	if p.Vertical != "" && !slices.Contains(Verticals(), p.Vertical) {
		return &InvalidError{Field: "vertical", Problem: fmt.Sprintf("%q is none of Meta's lines of business", p.Vertical)}
	}
	return nil
}
