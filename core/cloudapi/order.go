package cloudapi

import (
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"shopbell/core/chat"
)

// readOrder returns nil for an order with an article or an amount that cannot be
// read: half an order is a wrong one.
func readOrder(v gjson.Result) *chat.Order {
	o := &chat.Order{Catalog: text(v.Get("catalog_id"))}
	for _, line := range v.Get("product_items").Array() {
		quantity, err := strconv.ParseInt(text(line.Get("quantity")), 10, 64)
		price, ok := micros(text(line.Get("item_price")))
		product := text(line.Get("product_retailer_id"))
		if err != nil || quantity < 1 || !ok || product == "" {
			return nil
		}
		o.Items = append(o.Items, chat.OrderItem{
			Product: product, Quantity: quantity, Price: price, Currency: text(line.Get("currency")),
		})
	}
	if len(o.Items) == 0 {
		return nil
	}
	return o
}

// micros reads an amount of money without the rounding of a float64: "599.9" is
// 599,900,000. Meta sends what a float made of a price ("0.30000000000000004"),
// so digits beyond the millionth are rounded, half up. An amount below zero, of
// more than 63 bits, or with an exponent beyond any price is none.
func micros(s string) (chat.Micros, bool) {
	mantissa, power, scientific := strings.Cut(strings.ToLower(s), "e")
	exponent := 0
	if scientific {
		var err error
		if exponent, err = strconv.Atoi(power); err != nil || exponent < -maxExponent || exponent > maxExponent {
			return 0, false
		}
	}
	whole, fraction, _ := strings.Cut(mantissa, ".")
	digits := whole + fraction
	if whole == "" || chat.Digits(digits) != digits {
		return 0, false
	}
	end := len(whole) + exponent + 6 // of the millionths, in digits
	up := false
	switch {
	case end < 0:
		digits = "0"
	case end <= len(digits):
		up = end < len(digits) && digits[end] >= '5'
		digits = "0" + digits[:end]
	default:
		digits += strings.Repeat("0", end-len(digits))
	}
	n, err := strconv.ParseUint(digits, 10, 62)
	if err != nil {
		return 0, false
	}
	if up {
		n++
	}
	return chat.Micros(n), true
}

const maxExponent = 30
