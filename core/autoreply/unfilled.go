package autoreply

import (
	"fmt"
	"regexp"
)

// toFillIn is a place in the text of a starter pack that only the shop can fill in.
// The question mark behind the bracket keeps it apart from brackets that customers
// are meant to read.
var toFillIn = regexp.MustCompile(`\[\?[^\[\]]*\]`)

// Unfilled returns the first place of a text that is still to be filled in, such as
// "[? 2–5 days]", "" where there is none. A rule that is switched on may have none
// (FaultUnfilled).
func Unfilled(text string) string { return toFillIn.FindString(text) }

// AllUnfilled returns where each such place of a text begins and ends, in bytes.
func AllUnfilled(text string) [][]int { return toFillIn.FindAllStringIndex(text, -1) }

// filledIn checks that a rule that is switched on says nothing that is still to be
// filled in.
func (c *checker) filledIn(r Rule) {
	if !r.Enabled {
		return
	}
	look := func(field, text string) {
		if place := Unfilled(text); place != "" {
			c.fail(FaultUnfilled, field, 0, "has %q, which is still to be filled in: write what is so in your shop, without the brackets, or switch the rule off", place)
		}
	}
	for i, v := range r.Replies {
		look(fmt.Sprintf("replies[%d].text", i), v.Text)
	}
	if r.Stock != nil {
		look("stock.text", r.Stock.Text)
	}
	look("order_text", r.OrderText)
}
