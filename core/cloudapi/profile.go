package cloudapi

import (
	"context"
	"net/http"
	"net/url"

	"github.com/tidwall/gjson"
)

// Profile is what customers see of the shop.
type Profile struct {
	About       string
	Address     string
	Description string
	Email       string
	Websites    []string
	Vertical    string // the line of business, in Meta's own word
	PictureURL  string
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
