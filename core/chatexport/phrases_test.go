package chatexport

import (
	"strings"
	"testing"
)

func TestNoPhraseIsOfTwoKinds(t *testing.T) {
	of := make(map[string]string)
	section := ""
	for line := range strings.Lines(phraseFile) {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "["):
			section = line
		case line == "" || strings.HasPrefix(line, "#"):
		default:
			text := plain(strings.TrimSuffix(line, "*"))
			if before, ok := of[text]; ok {
				t.Errorf("%q stands in %s and in %s", text, before, section)
			}
			of[text] = section
		}
	}
	for _, kind := range []Kind{KindOmitted, KindAttached, KindDeleted, KindCall, KindViewOnce, editedKind} {
		if !strings.Contains(phraseFile, "["+string(kind)+"]") {
			t.Errorf("there are no phrases of the kind %s", kind)
		}
	}
}
