package app

import (
	"errors"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"shopbell/app/kit/kittest"
)

func TestRefusal(t *testing.T) {
	w, err := newRefusal(test.NewTempApp(t), errors.New("make the data folder: permission denied"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Close)
	shown := strings.Join(kittest.Texts(w.Content()), " ")
	for _, want := range []string{"The shop could not be opened", "make the data folder: permission denied"} {
		if !strings.Contains(shown, want) {
			t.Errorf("shows %q, not %q", shown, want)
		}
	}
}
