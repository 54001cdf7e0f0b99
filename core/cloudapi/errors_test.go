package cloudapi

import (
	"context"
	"errors"
	"fmt"
	"testing"
)

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
