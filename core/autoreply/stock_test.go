package autoreply

import (
	"testing"

	"shopbell/core/chat"
)

// A file or a program may change a level while a decision is made.
func TestADecisionSeesOneLevelOfAnArticle(t *testing.T) {
	b := book(t, `{"version": 1, "rules": [{"id": "boots", "name": "Boots", "trigger": "keyword", "match": "exact", "keywords": ["boots"],
		"stock": {"sku": "BT-1", "below": 10, "text": "Only {stock} left"}, "replies": [{"text": "Plenty: {stock}"}]}]}`)
	for name, tt := range map[string]struct {
		levels []int // one after the other
		button bool
		want   string
	}{
		"low, whatever comes":              {[]int{4, 50, 60, 70}, false, "Only 4 left"},
		"high, whatever comes":             {[]int{50, 4, 3, 2}, false, "Plenty: 50"},
		"of a button in another spelling":  {[]int{4, 50, 60, 70}, true, "Only 4 left"},
		"of a button, where there is much": {[]int{50, 4, 3, 2}, true, "In stock: 50"},
	} {
		t.Run(name, func(t *testing.T) {
			f := Facts{Now: wednesdayNoon, MessageAt: wednesdayNoon, Kind: chat.KindText}
			if tt.button {
				press(Button{Action: ActionStock, SKU: "bt-1"})(&f)
			}
			asked := 0
			f.Stock = func(string) (int, bool) {
				asked++
				return tt.levels[asked-1], true
			}
			d := b.Decide(b.Match("boots"), f)
			if len(d.Replies) != 1 || d.Replies[0].Text != tt.want || asked != 1 {
				t.Errorf("asked %d times, replied %+v, want %q", asked, d.Replies, tt.want)
			}
		})
	}
}
