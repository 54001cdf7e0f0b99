package words

import (
	"slices"
	"strings"
	"testing"
)

func TestTheLexicon(t *testing.T) {
	for _, l := range Languages {
		t.Run(string(l), func(t *testing.T) {
			data, err := lexiconFiles.ReadFile("lexicon/" + string(l) + ".txt")
			if err != nil {
				t.Fatal(err)
			}
			seen := map[string]int{}
			section := ""
			var sections []string
			for n, line := range strings.Split(string(data), "\n") {
				line, _, _ = strings.Cut(line, "#")
				fields := strings.Fields(line)
				if len(fields) == 0 {
					continue
				}
				if strings.HasPrefix(fields[0], "[") {
					section = fields[0]
					sections = append(sections, section)
					continue
				}
				for _, field := range fields {
					word, isHead := strings.CutSuffix(field, "*")
					if isHead && section != "[families]" && section != "[others]" {
						t.Errorf("line %d: %q: beginnings stand in families and others only", n+1, field)
					}
					if section == "[glue]" {
						word = strings.TrimSuffix(word, "+")
					}
					if folded := Split(word); word != "" && !slices.Equal(folded, []string{Fold(word)}) {
						t.Errorf("line %d: %q is not one word", n+1, field)
					}
					if section != "[families]" && section != "[others]" {
						continue
					}
					// The word and its beginning say one thing; two lines would be two families.
					key := bare(Fold(field))
					if before, ok := seen[key]; ok && before != n {
						t.Errorf("line %d: %q stands in line %d already", n+1, field, before+1)
					}
					seen[key] = n
				}
			}
			if want := []string{"[families]", "[others]", "[common]", "[glue]"}; !slices.Equal(sections, want) {
				t.Errorf("sections %v, want %v", sections, want)
			}
		})
	}
}

// An idiom is of two words at least: one alone would hide a word for good.
func TestIdiomsAreWordGroups(t *testing.T) {
	for _, l := range Languages {
		data, err := lexiconFiles.ReadFile("lexicon/idioms/" + string(l) + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		for n, line := range strings.Split(string(data), "\n") {
			line, _, _ = strings.Cut(line, "#")
			for group := range strings.SplitSeq(strings.TrimSuffix(strings.TrimSpace(line), ";"), ";") {
				fields := strings.Fields(group)
				if len(fields) < 2 && strings.TrimSpace(line) != "" {
					t.Errorf("%s, line %d: %q is no word group", l, n+1, group)
				}
				if head, ok := strings.CutSuffix(strings.Fields(group + " -")[0], "*"); ok && headOf(bare(Fold(head))) == "" {
					t.Errorf("%s, line %d: %q is shorter than headKey", l, n+1, head)
				}
				for _, field := range fields {
					if word := strings.TrimSuffix(field, "*"); word != "" && !slices.Equal(Split(word), []string{Fold(word)}) {
						t.Errorf("%s, line %d: %q is not one word", l, n+1, field)
					}
				}
			}
		}
	}
}

// A word that stands twice says nothing more.
func TestUsualWordsStandOnce(t *testing.T) {
	for _, l := range []Language{Russian, English, Portuguese, Spanish} {
		data, err := lexiconFiles.ReadFile("lexicon/wider/" + string(l) + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]int{}
		for n, line := range strings.Split(string(data), "\n") {
			line, _, _ = strings.Cut(line, "#")
			for _, word := range strings.Fields(line) {
				key := bare(Fold(word))
				if !slices.Equal(Split(word), []string{Fold(word)}) {
					t.Errorf("%s, line %d: %q is not one word", l, n+1, word)
				}
				if before, ok := seen[key]; ok {
					t.Errorf("%s, line %d: %q stands in line %d already", l, n+1, word, before)
				}
				seen[key] = n + 1
			}
		}
	}
}
