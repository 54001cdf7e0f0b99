package autoreply

import (
	"fmt"
	"strings"
)

// FileError is the first fault of a rules file. Parse and Compile return it as
// a *FileError; nothing of such a file is taken over.
type FileError struct {
	Rule    string // id of the rule, else its name, else its place ("#3"); empty: the file itself
	Field   string // "replies[0].buttons[2].title"; empty: the whole rule or file
	Limit   int    // the limit it breaks, 0 where there is none
	Problem string // what is wrong and what to do, for developers, in English
}

// Error names the rule, the field, the limit and what to do.
func (e *FileError) Error() string {
	var b strings.Builder
	b.WriteString("rules file")
	if e.Rule != "" {
		fmt.Fprintf(&b, ": rule %q", e.Rule)
	}
	if e.Field != "" {
		b.WriteString(": " + e.Field)
	}
	b.WriteString(": " + e.Problem)
	return b.String()
}

// Warning is something in a valid file that does less than it seems to.
type Warning struct {
	Rule, Field string // as in FileError
	Problem     string
}

func (w Warning) String() string {
	e := FileError{Rule: w.Rule, Field: w.Field, Problem: w.Problem}
	return e.Error()
}
