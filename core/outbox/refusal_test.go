package outbox

import (
	"strconv"
	"testing"

	"shopbell/core/chat"
	"shopbell/core/cloudapi"
)

// Every code of Meta's page of error codes, with what becomes of the message and
// of its channel: tried again, slowed down, given up, or everything stopped and
// the owner told (signRefused is desk.ConnectionRefused).
func TestEveryCodeOfMetaIsHandled(t *testing.T) {
	rows := []struct {
		class chat.RefusalClass
		fate  fate
		sign  sign
		codes []int
	}{
		{chat.RefusalRetry, fateAgain, signGood, []int{1, 2, 131000, 131016}},
		{chat.RefusalRetry, fateAgain, signSlow, []int{4, 80007, 130429, 131057, 133004}},
		{chat.RefusalPair, fateAgain, signGood, []int{131056}},
		{chat.RefusalSlow, fateAgain, signBlocked, []int{133016}},
		{chat.RefusalDay, fateFailed, signGood, []int{131049}},
		{chat.RefusalTemplateNeeded, fateFailed, signGood, []int{131047}},
		{chat.RefusalRecipient, fateFailed, signGood, []int{131021, 131026, 131030, 131050, 131062, 130472}},
		{chat.RefusalParameters, fateFailed, signGood, []int{100, 131008, 131009, 131051, 131052, 131053, 135000}},
		{chat.RefusalTemplate, fateFailed, signGood,
			[]int{132000, 132001, 132005, 132007, 132012, 132015, 132016, 132068, 132069, 131064}},
		{chat.RefusalAccount, fateAgain, signRefused, []int{368, 130497, 131031, 131037, 131042, 131045, 131048}},
		{chat.RefusalRegistration, fateAgain, signRefused, []int{133005, 133006, 133008, 133009, 133010, 133015}},
		{chat.RefusalToken, fateAgain, signRefused, []int{0, 3, 10, 190, 200, 250, 299, 131005}},
	}
	for _, row := range rows {
		for _, code := range row.codes {
			t.Run(strconv.Itoa(code)+" is of class "+string(row.class), func(t *testing.T) {
				err := graphError(code)
				if class := cloudapi.ClassOf(err); class != cloudapi.Class(row.class) {
					t.Errorf("class %q", class)
				}
				if v := judge(err, 0, 0.5); v.fate != row.fate || v.sign != row.sign {
					t.Errorf("got %s, %s; want %s, %s", v.fate, v.sign, row.fate, row.sign)
				}
			})
		}
	}
}
