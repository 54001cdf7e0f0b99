package stock

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"shopbell/core/desk"
)

// numbers reads the levels of one column. Programs write a thousand as 1,000 or
// 1.000 and one piece as 1,000 or 1.000, and only the column as a whole tells
// which: in "3,000; 12,000; 0,500" the comma is a decimal sign, in
// "950; 1,200; 12,000" it is not.
type numbers struct {
	decimal   [2]bool // the sign surely is a decimal sign; by the place in signs
	thousands [2]bool // the sign surely stands between thousands
	plain     bool    // there is a number of up to three digits without a sign
}

const signs = ".,"

// spaced is a number with a space or an apostrophe between its thousands.
var spaced = regexp.MustCompile(`^\d{1,3}([ \x{a0}\x{202f}\x{2009}'’]\d{3})+([.,]\d*)?$`)

// groups of a cell: what stands between the signs, without what can stand between
// thousands only.
type groups struct {
	negative bool
	parts    []string
	signs    []byte
}

// split takes a cell apart. ok is false for what is no number in any reading.
func split(cell string) (g groups, ok bool) {
	cell = strings.TrimSpace(strings.NewReplacer("−", "-", "–", "-").Replace(cell))
	cell, g.negative = strings.CutPrefix(cell, "-")
	if rest, both := strings.CutPrefix(cell, "+"); both && !g.negative {
		cell = rest
	}
	if spaced.MatchString(cell) {
		cell = strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' || strings.ContainsRune(signs, r) {
				return r
			}
			return -1
		}, cell)
	}
	at := 0
	for i := range len(cell) {
		switch c := cell[i]; {
		case strings.IndexByte(signs, c) >= 0:
			g.parts, g.signs = append(g.parts, cell[at:i]), append(g.signs, c)
			at = i + 1
		case c < '0' || c > '9':
			return g, false
		}
	}
	g.parts = append(g.parts, cell[at:])
	for i, p := range g.parts {
		// "12." and ".5" are written by some programs; "." is not.
		if p == "" && (len(g.parts) != 2 || g.parts[1-i] == "") {
			return g, false
		}
	}
	return g, true
}

// learn takes down what a cell tells of the column's signs.
func (n *numbers) learn(cell string) {
	g, ok := split(cell)
	if !ok {
		return
	}
	place := func(i int) int { return strings.IndexByte(signs, g.signs[i]) }
	last := g.parts[len(g.parts)-1]
	switch {
	case len(g.signs) == 0:
		n.plain = n.plain || len(last) <= 3
	case len(g.signs) > 1:
		for i := range len(g.signs) - 1 {
			n.thousands[place(i)] = true
		}
		if end := len(g.signs) - 1; g.signs[end] == g.signs[0] {
			n.thousands[place(end)] = true
		} else {
			n.decimal[place(end)] = true
		}
	case len(last) != 3, strings.HasPrefix(g.parts[0], "0"), len(g.parts[0]) == 0, len(g.parts[0]) > 3:
		n.decimal[place(0)] = true
	}
}

// isDecimal says whether a sign is a decimal sign, before three digits. known is
// false where the column does not tell.
func (n *numbers) isDecimal(sign byte) (decimal, known bool) {
	i := strings.IndexByte(signs, sign)
	other := 1 - i
	yes, no := n.decimal[i] || n.thousands[other], n.thousands[i] || n.decimal[other]
	switch {
	case yes && no:
		return false, false
	case yes || no:
		return yes, true
	case n.plain: // pieces are written without a sign, so it stands for thousands
		return false, true
	}
	return false, false
}

// level reads a cell. A code says what is wrong with it.
func (n *numbers) level(cell string) (level int, code desk.StockProblemCode) {
	if strings.TrimSpace(cell) == "" {
		return 0, desk.StockNoLevel
	}
	g, ok := split(cell)
	if !ok {
		return 0, desk.StockNoNumber
	}
	whole, fraction := strings.Join(g.parts, ""), ""
	if k := len(g.signs); k > 0 {
		decimal := g.signs[k-1] != g.signs[0]
		if k == 1 {
			decimal = true
			if len(g.parts[1]) == 3 && len(g.parts[0]) <= 3 && g.parts[0] != "" && !strings.HasPrefix(g.parts[0], "0") {
				var known bool
				if decimal, known = n.isDecimal(g.signs[0]); !known {
					return 0, desk.StockAmbiguous
				}
			}
		}
		between := g.parts[1:]
		if decimal {
			whole, fraction = strings.Join(g.parts[:k], ""), g.parts[k]
			between = g.parts[1:k]
		}
		for _, p := range between {
			if len(p) != 3 || len(g.parts[0]) > 3 || g.parts[0] == "" {
				return 0, desk.StockNoNumber
			}
		}
	}
	return rounded(whole, strings.Trim(fraction, "0") != "", g.negative)
}

// rounded is the level that digits make.
func rounded(whole string, parts, negative bool) (int, desk.StockProblemCode) {
	whole = strings.TrimLeft(whole, "0")
	if negative && (whole != "" || parts) {
		return 0, desk.StockNegative
	}
	if parts {
		return 0, desk.StockNotWhole
	}
	if whole == "" {
		return 0, ""
	}
	v, err := strconv.Atoi(whole)
	if err != nil || v > desk.MaxStockLevel {
		return 0, desk.StockTooMany
	}
	return v, ""
}

// inWorkbook reads a number as a workbook stores it, with a point as its decimal
// sign. ok is false where the cell holds text.
func inWorkbook(cell string) (level int, code desk.StockProblemCode, ok bool) {
	if strings.Trim(cell, "0123456789+-.eE") != "" || cell == "" {
		return 0, "", false
	}
	v, err := strconv.ParseFloat(cell, 64)
	if err != nil || math.IsInf(v, 0) {
		return 0, "", false
	}
	// A sum of tenths is seldom exactly whole.
	near := math.Round(v)
	level, code = rounded(strconv.FormatFloat(math.Abs(near), 'f', 0, 64), math.Abs(v-near) > 1e-6, v < -1e-6)
	return level, code, true
}
