package live

import (
	"slices"
	"testing"
)

func TestAppendNewKeepsWhatMovedDownWhereItStood(t *testing.T) {
	itself := func(n int) int { return n }
	if got, want := AppendNew([]int{5, 4, 3}, []int{3, 2, 2, 1}, itself), []int{5, 4, 3, 2, 1}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := AppendNew(nil, []int{1}, itself); !slices.Equal(got, []int{1}) {
		t.Errorf("after no page: %v", got)
	}
}
