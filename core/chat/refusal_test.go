package chat

import "testing"

// The rows are those of Meta's page of error codes.
func TestRefusalOf(t *testing.T) {
	rows := map[RefusalClass][]int{
		RefusalRetry:          {1, 2, 4, 80007, 130429, 131016, 131000, 131057, 133004},
		RefusalPair:           {131056},
		RefusalSlow:           {133016},
		RefusalDay:            {131049},
		RefusalTemplateNeeded: {131047},
		RefusalRecipient:      {131026, 131050, 130472, 131030, 131021, 131062},
		RefusalParameters:     {100, 131008, 131009, 131051, 131052, 131053, 135000},
		RefusalTemplate:       {132000, 132001, 132005, 132007, 132012, 132015, 132016, 132068, 132069, 131064},
		RefusalAccount:        {131042, 131031, 368, 131048, 130497, 131037, 131045},
		RefusalRegistration:   {133005, 133006, 133008, 133009, 133010, 133015},
		RefusalToken:          {0, 190, 3, 10, 200, 250, 299, 131005},
		"":                    {-1, 5, 199, 300, 999999},
	}
	for want, codes := range rows {
		for _, code := range codes {
			if got := RefusalOf(code); got != want {
				t.Errorf("RefusalOf(%d) = %q, want %q", code, got, want)
			}
		}
	}
}
