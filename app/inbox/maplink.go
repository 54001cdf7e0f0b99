package inbox

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"
)

// spot is what a map link names: a point, and the name of a place where it has one.
type spot struct {
	latitude, longitude float64 // degrees
	name                string
}

// degrees matches two numbers with a comma between them: "38.7071,-9.1365".
const degrees = `(-?\d{1,3}(?:\.\d+)?)\s*,\s*(-?\d{1,3}(?:\.\d+)?)`

var (
	pinnedAt = regexp.MustCompile(`!3d(-?\d{1,3}(?:\.\d+)?)!4d(-?\d{1,3}(?:\.\d+)?)`) // the pin of a Google link
	centred  = regexp.MustCompile(`@` + degrees)                                      // the middle of its map
	placeOf  = regexp.MustCompile(`/place/([^/@]+)`)
	hashAt   = regexp.MustCompile(`map=\d+(?:\.\d+)?/(-?\d{1,3}(?:\.\d+)?)/(-?\d{1,3}(?:\.\d+)?)`) // OpenStreetMap
	pair     = regexp.MustCompile(`^\s*` + degrees + `\s*$`)
	leading  = regexp.MustCompile(`^` + degrees)
	geo      = regexp.MustCompile(`^geo:` + degrees)
)

// parseSpot reads a link of a map, a geo: address (RFC 5870), or two numbers with a
// comma between them. It asks nobody: a short link holds no numbers, and is not ok.
func parseSpot(text string) (s spot, ok bool) {
	text = strings.TrimSpace(text)
	if s, ok := matched(pair, text); ok {
		return s, true
	}
	if strings.HasPrefix(text, "geo:") {
		_, query, _ := strings.Cut(text, "?") // Android: geo:0,0?q=38.7,-9.1(Name)
		if s, ok := inQuery(query); ok {
			return s, true
		}
		return matched(geo, text)
	}
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" {
		return spot{}, false
	}
	return inAddress(u)
}

// inAddress looks from the most exact to the least: the pin, what was asked for, the
// middle of the map.
func inAddress(u *url.URL) (s spot, ok bool) {
	if strings.Contains(u.Host, "yandex") {
		return inYandex(u.Query())
	}
	if s, ok = matched(pinnedAt, u.Path); !ok {
		if s, ok = inQuery(u.RawQuery); !ok {
			if s, ok = matched(centred, u.Path); !ok {
				s, ok = matched(hashAt, u.Fragment)
			}
		}
	}
	if m := placeOf.FindStringSubmatch(u.Path); m != nil && ok && s.name == "" {
		s.name = strings.ReplaceAll(m[1], "+", " ")
	}
	return s, ok
}

func matched(form *regexp.Regexp, text string) (spot, bool) {
	if m := form.FindStringSubmatch(text); m != nil {
		return spotOf(m[1], m[2])
	}
	return spot{}, false
}

// inQuery finds the point in the parameters that the makers of maps use for one.
func inQuery(query string) (spot, bool) {
	q, err := url.ParseQuery(query)
	if err != nil {
		return spot{}, false
	}
	if q.Has("mlat") {
		return spotOf(q.Get("mlat"), q.Get("mlon"))
	}
	for _, key := range []string{"q", "query", "ll", "destination", "daddr", "sll", "center"} {
		point, name, named := strings.Cut(q.Get(key), "(")
		if m := pair.FindStringSubmatch(strings.TrimPrefix(point, "loc:")); m != nil {
			s, ok := spotOf(m[1], m[2])
			if named {
				s.name = strings.TrimSuffix(name, ")")
			} else if label := q.Get("q"); key != "q" && !pair.MatchString(label) {
				s.name = label // Apple's: ll is the point, q its name
			}
			return s, ok
		}
	}
	return spot{}, false
}

// inYandex reads parameters that name the longitude first.
func inYandex(q url.Values) (spot, bool) {
	for _, key := range []string{"pt", "whatshere[point]", "ll"} {
		if m := leading.FindStringSubmatch(q.Get(key)); m != nil {
			return spotOf(m[2], m[1])
		}
	}
	return spot{}, false
}

// spotOf reads two numbers; what is not on the map is not ok.
func spotOf(latitude, longitude string) (spot, bool) {
	lat, okLat := parseDegrees(latitude, 90)
	lon, okLon := parseDegrees(longitude, 180)
	if !okLat || !okLon {
		return spot{}, false
	}
	return spot{latitude: lat, longitude: lon}, true
}

// parseDegrees reads a number between -most and most, with a point or a comma
// before its fraction.
func parseDegrees(text string, most float64) (float64, bool) {
	v, err := strconv.ParseFloat(strings.Replace(strings.TrimSpace(text), ",", ".", 1), 64)
	return v, err == nil && v >= -most && v <= most
}

// formatDegrees writes a number of degrees to the length of a hand.
func formatDegrees(v float64) string {
	return strings.TrimSuffix(strings.TrimRight(strconv.FormatFloat(v, 'f', 6, 64), "0"), ".")
}
