package store_test

import (
	"flag"
	"fmt"
	"os"
	"testing"
)

// A property that opens a file for each of its checks takes minutes under the race
// detector: a hundred checks are for `make test-long`, some are for every change.
// What is asked for with -rapid.checks counts.
func TestMain(m *testing.M) {
	if os.Getenv("SHOPBELL_LONG") != "1" {
		if err := flag.Set("rapid.checks", "15"); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	flag.Parse()
	os.Exit(m.Run())
}
