package locale

import (
	"math/big"
	"strconv"
	"strings"

	"golang.org/x/text/currency"

	"shopbell/core/chat"
)

const (
	kilo = 1 << 10
	mega = 1 << 20
)

// Size says how large a file is: "184 KB", "1.2 MB". A KB is 1024 bytes, so that
// a limit of 16 << 20 bytes is 16 MB.
func (w *Words) Size(bytes int64) string {
	switch {
	case bytes < kilo:
		return w.T("size.bytes", Args{"N": bytes})
	case bytes < mega-kilo/2:
		return w.T("size.kb", Args{"N": (bytes + kilo/2) / kilo})
	}
	return w.T("size.mb", Args{"N": w.tenths(bytes)})
}

// SizeOf says how much of a limit a file takes: "9.6 of 16 MB".
func (w *Words) SizeOf(bytes, limit int64) string {
	return w.T("size.of", Args{"N": w.tenths(bytes), "Limit": w.Size(limit)})
}

// tenths is a number of MB with one decimal where it has one.
func (w *Words) tenths(bytes int64) string {
	s := strconv.FormatFloat(float64(bytes)/mega, 'f', 1, 64)
	return w.decimal(strings.TrimSuffix(s, ".0"))
}

// FileFault says what is wrong with a file. size and limit are those that a
// MediaTooLarge broke; a limit of 0 is not known, and a size that reads as the
// limit does is not said: a file is read no further than that. A code that this
// version does not know gets general words.
func (w *Words) FileFault(code chat.MediaCode, size, limit int64) string {
	if code == chat.MediaTooLarge && limit == 0 {
		return w.T("media.too_large_in")
	}
	if code == chat.MediaTooLarge && w.Size(size) == w.Size(limit) {
		return w.T("media.too_large_most", Args{"Limit": w.Size(limit)})
	}
	words, ok := w.find("media."+string(code), Args{"Size": w.Size(size), "Limit": w.Size(limit)})
	if !ok {
		return w.T("media.other")
	}
	return words
}

// Money is an amount with as many decimals as its currency has: "$103.00",
// "103,00 $". A currency that is not known stands with its code.
func (w *Words) Money(amount chat.Micros, code string) string {
	return w.money(big.NewRat(int64(amount), 1_000_000), code)
}

// Amount is Money of minor units, cents say.
func (w *Words) Amount(minor int64, code string) string {
	one := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(decimals(code))), nil)
	return w.money(new(big.Rat).SetFrac(big.NewInt(minor), one), code)
}

func (w *Words) money(amount *big.Rat, code string) string {
	number := w.decimal(amount.FloatString(decimals(code)))
	symbol, known := symbols[code]
	switch {
	case !known:
		return number + " " + code
	case w.lang == English:
		return symbol + number
	}
	return number + " " + symbol
}

// ParseAmount reads an amount as people type it ("89", "89,50") into minor units of a
// currency; false where it is none, or has more decimals than the currency.
func ParseAmount(text, code string) (minor int64, ok bool) {
	whole, part, _ := strings.Cut(strings.ReplaceAll(strings.TrimSpace(text), ",", "."), ".")
	digits := decimals(code)
	if whole == "" || len(part) > digits {
		return 0, false
	}
	n, err := strconv.ParseUint(whole+part+strings.Repeat("0", digits-len(part)), 10, 63)
	return int64(n), err == nil
}

// decimals is how many a currency has; one that is not known has two.
func decimals(code string) int {
	digits := 2
	if unit, err := currency.ParseISO(code); err == nil {
		digits, _ = currency.Standard.Rounding(unit)
	}
	return digits
}

// symbols are those that stand for one currency only among the shops' customers.
var symbols = map[string]string{"USD": "$", "EUR": "€", "GBP": "£", "RUB": "₽", "BRL": "R$"}

// decimal gives a number the language's decimal mark.
func (w *Words) decimal(number string) string {
	if w.lang == English {
		return number
	}
	return strings.Replace(number, ".", ",", 1)
}
