package kit

import (
	"testing"

	"shopbell/app/look"
)

func TestIconsInLinesOfText(t *testing.T) {
	startWith(t, look.Choice{Mode: look.Light, Percent: 150})
	for name, icon := range map[string]iconImage{
		"a chip": newChip().glyph, "a keyword": newWordChip(NewWordBox(""), 0).cross, "a rule's sign": newRuleRow(NewRuleList().inner).warn,
		"a heading of rules": newRuleHead().glyph,
	} {
		t.Run("that of "+name+" grows with the text", func(t *testing.T) {
			if icon.px != 18 && icon.px != 21 {
				t.Errorf("it is %v at 150 %%", icon.px)
			}
		})
	}
}
