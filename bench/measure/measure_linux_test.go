package measure_test

import (
	"os"
	"testing"

	"shopbell/bench/measure"
)

func TestWhatPaintsIsAPartOfTheMemory(t *testing.T) {
	memory, err := measure.MemoryOf(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	painter, err := measure.PainterOf(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	if painter < 0 || painter >= memory.Now || memory.Now > memory.Peak {
		t.Errorf("%v MiB of %v paint; at most there were %v", painter, memory.Now, memory.Peak)
	}
}
