package table_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"shopbell/core/table"
)

func TestNoCellIsAFormulaAndEachIsHadBack(t *testing.T) {
	for text, want := range map[string]string{
		"":             "",
		"Ana":          "Ana",
		"=1+1":         "'=1+1",
		"+351":         "'+351",
		"-1":           "'-1",
		"@SUM(A1)":     "'@SUM(A1)",
		"\tx":          "'\tx",
		"\r=1":         "'\r=1",
		"'tis":         "'tis",
		"'=1":          "''=1",
		"O'Neill - Co": "O'Neill - Co",
		"＝1+1":         "'＝1+1",
		"日本":           "日本",
	} {
		if got := table.Cell(text); got != want {
			t.Errorf("the cell of %q is %q, want %q", text, got, want)
		}
	}
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.StringMatching(`['=+@\t-]{0,3}.{0,5}`).Draw(rt, "text")
		cell := table.Cell(text)
		if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
			rt.Errorf("%q begins as a formula", cell)
		}
		if back := table.Plain(cell); back != text {
			rt.Errorf("%q is had back as %q", text, back)
		}
	})
}
