package desk

import (
	"time"

	"shopbell/core/rulebench"
)

// BenchDays are the periods that a bench of rules knows.
var BenchDays = []int{7, 30, 90}

// RuleBench is what rules would have said to the questions of a period.
type RuleBench struct {
	rulebench.Report
	From, To time.Time // From included, To not
	Took     time.Duration
}
