package inbox

import (
	"fmt"
	"math"
	"net/url"
	"testing"

	"pgregory.net/rapid"
)

func TestSpotsInMapLinks(t *testing.T) {
	tests := map[string]struct {
		text, want string // "": none
	}{
		"two numbers":                       {"38.7071, -9.1365", "38.7071 -9.1365"},
		"two whole numbers":                 {" 38,-9 ", "38 -9"},
		"the middle of a Google map":        {"https://www.google.com/maps/@38.7071,-9.1365,17z", "38.7071 -9.1365"},
		"the pin rather than the middle":    {"https://www.google.com/maps/place/Marola+Shoes/@38.71,-9.14,17z/data=!3m1!4b1!4m6!3m5!1s0x0!8m2!3d38.7071!4d-9.1365", "38.7071 -9.1365 Marola Shoes"},
		"a name with letters of its own":    {"https://www.google.com/maps/place/Caf%C3%A9+Z%C3%A9/@38.7071,-9.1365,17z", "38.7071 -9.1365 Café Zé"},
		"a question":                        {"https://maps.google.com/?q=38.7071,-9.1365", "38.7071 -9.1365"},
		"a question with its comma escaped": {"https://maps.google.com/?q=38.7071%2C-9.1365", "38.7071 -9.1365"},
		"a question with its name":          {"https://maps.google.com/maps?q=38.7071,-9.1365(Marola)", "38.7071 -9.1365 Marola"},
		"a search":                          {"https://www.google.com/maps/search/?api=1&query=38.7071%2C-9.1365", "38.7071 -9.1365"},
		"a way":                             {"https://www.google.com/maps/dir/?api=1&destination=38.7071,-9.1365", "38.7071 -9.1365"},
		"Apple's with its name":             {"https://maps.apple.com/?ll=38.7071,-9.1365&q=Marola+Shoes", "38.7071 -9.1365 Marola Shoes"},
		"OpenStreetMap's mark":              {"https://www.openstreetmap.org/?mlat=38.7071&mlon=-9.1365#map=17/38.7/-9.1", "38.7071 -9.1365"},
		"OpenStreetMap's middle":            {"https://www.openstreetmap.org/#map=17/38.7071/-9.1365", "38.7071 -9.1365"},
		"Yandex, longitude first":           {"https://yandex.ru/maps/?ll=37.6176,55.7558&z=16", "55.7558 37.6176"},
		"Yandex with a mark":                {"https://yandex.ru/maps/?ll=1,2&pt=37.6176,55.7558,pm2rdm", "55.7558 37.6176"},
		"geo":                               {"geo:38.7071,-9.1365", "38.7071 -9.1365"},
		"geo with an uncertainty":           {"geo:38.7071,-9.1365;u=35", "38.7071 -9.1365"},
		"geo as Android shares it":          {"geo:0,0?q=38.7071,-9.1365(Marola)", "38.7071 -9.1365 Marola"},
		"a short link":                      {"https://maps.app.goo.gl/AbC123", ""},
		"an address":                        {"Rua da Prata 112, Lisboa", ""},
		"nothing":                           {"", ""},
		"what is not on the map":            {"91.5, 10", ""},
		"what is east of the date line":     {"https://maps.google.com/?q=10,181", ""},
		"another program's address":         {"javascript:@38.7071,-9.1365", ""},
		"a page with numbers and no map":    {"https://shop.example/prices?size=38,39", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := ""
			if s, ok := parseSpot(tt.text); ok {
				got = formatDegrees(s.latitude) + " " + formatDegrees(s.longitude)
				if s.name != "" {
					got += " " + s.name
				}
			}
			if got != tt.want {
				t.Errorf("found %q, want %q", got, tt.want)
			}
		})
	}
	t.Run("what is written is found again in every form", func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			lat, lon := rapid.Float64Range(-90, 90).Draw(t, "latitude"), rapid.Float64Range(-180, 180).Draw(t, "longitude")
			a, b := formatDegrees(lat), formatDegrees(lon)
			for _, text := range []string{
				a + "," + b, "geo:" + a + "," + b, "https://www.google.com/maps/@" + a + "," + b + ",15z",
				"https://maps.google.com/?q=" + url.QueryEscape(a+","+b), "https://www.openstreetmap.org/#map=5/" + a + "/" + b,
			} {
				s, ok := parseSpot(text)
				if !ok || math.Abs(s.latitude-lat) > 1e-6 || math.Abs(s.longitude-lon) > 1e-6 {
					t.Fatalf("%q gives %v %v", text, s, ok)
				}
			}
		})
	})
	t.Run("whatever is pasted, what is found is on the map", func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			text := rapid.SampledFrom([]string{"", "geo:", "https://maps.google.com/?q=", "https://yandex.ru/maps/?pt=", "https://a.b/@"}).Draw(t, "start") +
				rapid.StringMatching(`[-0-9.,@!3d/ ]{0,20}`).Draw(t, "rest")
			if s, ok := parseSpot(text); ok && (math.Abs(s.latitude) > 90 || math.Abs(s.longitude) > 180) {
				t.Fatalf("%q gives %s", text, fmt.Sprint(s))
			}
		})
	})
}
