// Package licences holds the licences of everything that is built into Shopbell.
package licences

import (
	_ "embed"
	"strings"
)

//go:generate go run -C ../.. ./packaging/licences assets/licences/licences.txt

//go:embed licences.txt
var embedded string

// Licence is a text, and what it is for: "example.org/module v1.2.0", with the file
// behind it where that is not the module's own licence.
type Licence struct{ Of, Text string }

// All are those of what is built in: Go first, then modules by their names.
func All() []Licence { return parse(embedded) }

// rule stands over each licence of the file. No licence has such a line.
const rule = "\n\x0c==== "

// Format is the file that All reads.
func Format(all []Licence) []byte {
	var file strings.Builder
	for _, l := range all {
		file.WriteString(rule + l.Of + "\n\n" + l.Text + "\n")
	}
	return []byte(file.String())
}

func parse(file string) (all []Licence) {
	for part := range strings.SplitSeq(file, rule) {
		if of, text, found := strings.Cut(part, "\n\n"); found {
			all = append(all, Licence{of, strings.TrimSuffix(text, "\n")})
		}
	}
	return all
}
