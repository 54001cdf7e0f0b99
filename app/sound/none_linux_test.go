package sound

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// deaf asks this binary to play something, and to say whether there is no output.
const deaf = "SHOPBELL_TEST_DEAF"

func TestMain(m *testing.M) {
	if os.Getenv(deaf) == "" {
		os.Exit(m.Run())
	}
	var o Output
	for range 2 {
		err := o.Play(context.Background(), &ramp{n: 10}, func(int) {})
		fmt.Println(errors.Is(err, ErrNoOutput))
	}
}

// The libraries of the system read the environment themselves: hence a process of
// its own, in which there is neither a server nor a card.
func TestWithoutAnOutputEachPlaySaysSo(t *testing.T) {
	nowhere := filepath.Join(t.TempDir(), "nowhere")
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), deaf+"=1", "PULSE_SERVER=unix:"+nowhere, "XDG_RUNTIME_DIR="+nowhere, "ALSA_CONFIG_PATH="+nowhere)
	out, err := cmd.Output()
	if err != nil || strings.TrimSpace(string(out)) != "true\ntrue" {
		t.Errorf("%q, %v", out, err)
	}
}
