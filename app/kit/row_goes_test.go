package kit

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/app/kit/kittest"
)

func TestARowShowsWhenAScheduledAnswerLeaves(t *testing.T) {
	start(t)
	for name, tc := range map[string]struct {
		width float32
		goes  string
		want  bool
	}{
		"where there is room":           {320, "10:00", true},
		"no moment where there is none": {190, "tomorrow 10:00", false},
		"nothing where nothing is":      {320, "", false},
	} {
		t.Run(name, func(t *testing.T) {
			row := NewRow()
			w := test.NewTempWindow(t, row)
			w.SetPadded(false)
			w.Resize(fyne.NewSize(tc.width, RowHeight()))
			row.Set(RowData{Name: "Rui", Department: "Delivery", LockedBy: "Anna", GoesAt: tc.goes})
			if got := slices.Contains(kittest.Texts(row), tc.goes) && tc.goes != ""; got != tc.want {
				t.Errorf("it says %q", kittest.Texts(row))
			}
		})
	}
}
