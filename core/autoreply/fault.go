package autoreply

import (
	"fmt"
	"strings"
)

// FileError is the first fault of a rules file. Parse and Compile return it as
// a *FileError; nothing of such a file is taken over.
type FileError struct {
	Code    FaultCode
	Rule    string // id of the rule, else its name, else its place ("#3"); empty: the file itself
	Field   string // "replies[0].buttons[2].title"; empty: the whole rule or file
	Limit   int    // the limit it breaks, 0 where there is none
	Problem string // what is wrong and what to do, for developers, in English
}

// FaultCode says for machines what is wrong; app/locale turns it into a sentence
// with the field and the limit.
type FaultCode string

// The faults of a rules file.
const (
	FaultFile      FaultCode = "file"       // it cannot be read as one
	FaultVersion   FaultCode = "version"    // it is of another version
	FaultUnknown   FaultCode = "unknown"    // none of the values there are
	FaultForm      FaultCode = "form"       // not written as it must be
	FaultMissing   FaultCode = "missing"    // it must be there
	FaultTwice     FaultCode = "twice"      // another one is the same
	FaultStray     FaultCode = "stray"      // it has no meaning where it stands
	FaultAlone     FaultCode = "alone"      // a link button beside others
	FaultLong      FaultCode = "long"       // over Limit characters, once it is filled in
	FaultMany      FaultCode = "many"       // more than Limit
	FaultFew       FaultCode = "few"        // less than Limit
	FaultLarge     FaultCode = "large"      // over Limit bytes
	FaultNoRule    FaultCode = "no_rule"    // a button leads to a rule that is not there
	FaultNoPicture FaultCode = "no_picture" // the shop does not have the picture
	FaultUnfilled  FaultCode = "unfilled"   // switched on with a place that is still to be filled in
)

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
