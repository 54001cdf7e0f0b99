package licences

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestFormat(t *testing.T) {
	t.Run("what is written is read back", func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			text := rapid.StringMatching(`[a-z =]+(\n{1,3}[A-Z =]+){0,3}`)
			var all []Licence
			for range rapid.IntRange(0, 4).Draw(t, "how many") {
				all = append(all, Licence{"m v1." + text.Draw(t, "of")[:1], text.Draw(t, "text")})
			}
			if diff := cmp.Diff(all, parse(string(Format(all)))); diff != "" {
				t.Error(diff)
			}
		})
	})
	t.Run("the program holds Go's, and every text says something", func(t *testing.T) {
		all := All()
		if all[0].Of != "Go" || !strings.Contains(all[0].Text, "The Go Authors") {
			t.Errorf("the first is of %q", all[0].Of)
		}
		for _, l := range all {
			if len(l.Text) < 40 {
				t.Errorf("%s: %q", l.Of, l.Text)
			}
		}
	})
}
