package autoreply

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"shopbell/core/chat"
)

// The places in a text that are filled in.
const (
	placeName  = "{name}"
	placeShop  = "{shop}"
	placeStock = "{stock}"
)

// reserved returns the most units text can have once it is filled in: each
// place counts what is reserved for it.
func reserved(text string) int {
	return chat.Units(text) +
		strings.Count(text, placeName)*(NameReserve-len(placeName)) +
		strings.Count(text, placeShop)*(ShopReserve-len(placeShop)) +
		strings.Count(text, placeStock)*(StockReserve-len(placeStock))
}

// A Place is something to fill in: Mark, as "{name}" is one, stands for Value.
type Place struct{ Mark, Value string }

// fill puts the customer's first name, the shop's name and a stock level into
// text. {stock} stays where stock is "".
func fill(text, name, shop, stock string) string {
	places := [...]Place{{placeShop, shop}, {placeName, name}, {placeStock, stock}}
	if stock == "" {
		return FillPlaces(text, places[:2])
	}
	return FillPlaces(text, places[:])
}

// FillPlaces puts the values of places into text. A place whose value is empty goes,
// and with it the comma or the blank that led to it: "Hello, {name}!" becomes
// "Hello!" and "{shop}: hello" becomes "Hello". What is filled in is not looked into
// again; what is no place stays. A Mark begins with "{".
func FillPlaces(text string, places []Place) string {
	if !strings.Contains(text, "{") {
		return text
	}
	var out strings.Builder
	for {
		i := strings.IndexByte(text, '{')
		if i < 0 {
			out.WriteString(text)
			return out.String()
		}
		out.WriteString(text[:i])
		text = text[i:]
		at := slices.IndexFunc(places, func(p Place) bool { return strings.HasPrefix(text, p.Mark) })
		switch {
		case at < 0:
			out.WriteByte('{')
			text = text[1:]
		case places[at].Value != "":
			out.WriteString(places[at].Value)
			text = text[len(places[at].Mark):]
		default:
			before, after := closeGap(out.String(), text[len(places[at].Mark):])
			out.Reset()
			out.WriteString(before)
			text = after
		}
	}
}

// closeGap joins what stands before and after a place that is left out.
func closeGap(before, after string) (string, string) {
	lead := strings.TrimRight(before, " ")
	if address, comma := strings.CutSuffix(lead, ","); comma {
		return strings.TrimRight(address, " "), after
	}
	if lead == "" || strings.ContainsAny(lead[len(lead)-1:], ".!?\n") || strings.HasSuffix(lead, "…") {
		return before, capitalised(strings.TrimLeft(after, " ,.!:;—–-")) // a sentence began with the place
	}
	return lead, after
}

func capitalised(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if upper := unicode.ToUpper(r); n > 0 && upper != r && r != utf8.RuneError {
		return string(upper) + s[n:]
	}
	return s
}

// firstName returns name as it may stand in a text: trimmed, and "" when it
// holds a control character, which a profile name may.
func firstName(name string) string {
	name = strings.TrimSpace(name)
	if !utf8.ValidString(name) || strings.ContainsFunc(name, unicode.IsControl) {
		return ""
	}
	return name
}

// Fill returns a text as a reply sends it, for a picture of it before there is a
// customer: with a first name, the shop's name and a stock level in their places. An
// empty name is left out with what led to it; {stock} stays where stock is "". It
// does not hold the result against MaxText.
func Fill(text, name, shop, stock string) string {
	return fill(text, firstName(name), shop, stock)
}
