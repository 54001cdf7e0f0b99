package host_test

import (
	"errors"
	"os"
	"testing"

	"github.com/zalando/go-keyring"
)

// No test touches the keyring of whoever runs it.
func TestMain(m *testing.M) {
	keyring.MockInitWithError(errors.New("no keyring in tests"))
	os.Exit(m.Run())
}
