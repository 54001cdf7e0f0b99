package cloudapi

import (
	"context"
	"errors"
	"fmt"
	"testing"
)

// The table is the one of cloud-api section 6, row by row.
func TestClassOfCode(t *testing.T) {
	rows := map[Class][]int{
		ClassRetry:          {1, 2, 4, 80007, 130429, 131016, 131000, 131057, 133004},
		ClassPair:           {131056},
		ClassSlow:           {133016},
		ClassDay:            {131049},
		ClassTemplateNeeded: {131047},
		ClassRecipient:      {131026, 131050, 130472, 131030, 131021, 131062},
		ClassParameters:     {100, 131008, 131009, 131051, 131052, 131053, 135000},
		ClassTemplate:       {132000, 132001, 132005, 132007, 132012, 132015, 132016, 132068, 132069, 131064},
		ClassAccount:        {131042, 131031, 368, 131048, 130497, 131037, 131045},
		ClassRegistration:   {133005, 133006, 133008, 133009, 133010, 133015},
		ClassToken:          {0, 190, 3, 10, 200, 250, 299, 131005},
		"":                  {-1, 5, 199, 300, 999999},
	}
	for want, codes := range rows {
		for _, code := range codes {
			if got := ClassOfCode(code); got != want {
				t.Errorf("ClassOfCode(%d) = %q, want %q", code, got, want)
			}
		}
	}
}

func TestClassOf(t *testing.T) {
	graph := func(http, code, subcode int, transient bool) error {
		return fmt.Errorf("send: %w", &Error{HTTP: http, GraphError: GraphError{Code: code, Subcode: subcode}, Transient: transient})
	}
	tests := []struct {
		name string
		err  error
		want Class
	}{
		{"no error", nil, ""},
		{"known code, whatever the HTTP status", graph(500, 131047, 0, true), ClassTemplateNeeded},
		{"expired token told by the subcode", graph(400, 102, 463, false), ClassToken},
		{"unknown code called transient", graph(400, 777777, 0, true), ClassRetry},
		{"unknown code with 4xx", graph(400, 777777, 0, false), ClassParameters},
		{"unknown code with 5xx", graph(503, 777777, 0, false), ClassRetry},
		{"not sent", fmt.Errorf("%w: %w", ErrNotSent, context.DeadlineExceeded), ClassNotSent},
		{"no answer", fmt.Errorf("%w: %w", ErrNoAnswer, context.DeadlineExceeded), ClassNoAnswer},
		{"an invalid message", &InvalidError{Field: "text"}, ClassParameters},
		{"somebody else's error never sends twice", errors.New("?"), ClassNoAnswer},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := ClassOf(tt.err); got != tt.want {
				t.Errorf("ClassOf = %q, want %q", got, tt.want)
			}
		})
	}
}
