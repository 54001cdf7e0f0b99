package outbox

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"shopbell/core/cloudapi"
)

func TestWhatSomebodyElseMetHoldsTheChannelUp(t *testing.T) {
	simulated(t, "a refused key does, until a message is taken", func(t *testing.T) {
		d := open(t, always(nil))
		d.Heard(1, graphError(190))
		synctest.Wait()
		if s := d.State().Channels; len(s) != 1 || s[0].Condition != Refused || s[0].Code != 190 {
			t.Errorf("the channels are %+v", s)
		}
		id := d.put(1)
		time.Sleep(refusedPause - time.Second)
		if sent := d.sent(); len(sent) != 0 {
			t.Errorf("sent %v at once", sent)
		}
		time.Sleep(2 * time.Second)
		if sent := d.sent(); !slices.Equal(sent, []int64{id}) || d.State().Channels[0].Condition != OK {
			t.Errorf("sent %v, and the channel is %+v", sent, d.State().Channels[0])
		}
	})
	for name, err := range map[string]error{
		"no network does not":      cloudapi.ErrNotSent,
		"no answer does not":       cloudapi.ErrNoAnswer,
		"a wrong request does not": graphError(131009),
		"being too fast does not":  graphError(130429),
		"a good answer does not":   nil,
	} {
		simulated(t, name, func(t *testing.T) {
			d := open(t, always(nil))
			d.Heard(1, err)
			d.put(1)
			synctest.Wait()
			if s := d.State().Channels; len(d.sent()) != 1 || len(s) != 1 || s[0].Condition != OK {
				t.Errorf("sent %v, and the channels are %+v", d.sent(), s)
			}
		})
	}
}
