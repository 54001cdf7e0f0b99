package intake_test

import (
	"strconv"
	"testing"
	"time"

	"shopbell/core/chat"
)

// pastText is a text of a customer's out of the phone's history.
func pastText(p person, id, words string, at time.Time) map[string]any {
	change := text(p, id, words)
	value := change["value"].(map[string]any)
	messages := value["messages"].([]any)
	messages[0].(map[string]any)["timestamp"] = strconv.FormatInt(at.Unix(), 10)
	delete(value, "messages")
	value["history"] = []any{map[string]any{"threads": []any{map[string]any{"id": p.phone, "messages": messages}}}}
	change["field"] = "history"
	return change
}

func TestAPastMessageOpensNoReplyWindow(t *testing.T) {
	p := person{phone: "351912000001"}
	past := webhook(t, pastText(p, "wamid.past", "hello", start.Add(-time.Hour)))
	t.Run("of who has not written since", func(t *testing.T) {
		w := newWorld(t, nil)
		w.start()
		w.take(past)
		w.settle()
		if v := w.only(); !v.LastAt.Equal(start.Add(-time.Hour)) || !v.LastInbound.IsZero() || chat.WindowOf(v.LastInbound).Open(w.time()) {
			t.Errorf("the row is %+v", v)
		}
	})
	t.Run("and closes none", func(t *testing.T) {
		w := newWorld(t, nil)
		w.start()
		w.take(webhook(t, text(p, "wamid.1", "hello")))
		w.take(past)
		w.settle()
		if v := w.only(); !v.LastInbound.Equal(start) {
			t.Errorf("the row is %+v", v)
		}
	})
}
