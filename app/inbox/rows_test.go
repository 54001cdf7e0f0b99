package inbox

import (
	"testing"
	"time"

	"shopbell/core/desk"
	"shopbell/core/desk/desktest"
)

func TestARowSaysWhenAScheduledAnswerLeaves(t *testing.T) {
	s := newStage(t)
	if _, err := s.desk.Send(t.Context(), desktest.Anna, desktest.Marina, desk.Answer{Text: "Good morning", At: s.loop.Now().Add(18 * time.Hour)}, ""); err != nil {
		t.Fatal(err)
	}
	s.heard()
	marked := 0
	for _, row := range s.list.list.Rows() {
		switch {
		case row.GoesAt == "":
		case row.Name == "Марина Волкова" && row.GoesAt == "tomorrow 08:06":
			marked++
		default:
			t.Errorf("the row of %s says %q", row.Name, row.GoesAt)
		}
	}
	if marked != 1 {
		t.Errorf("%d rows are marked", marked)
	}
}
