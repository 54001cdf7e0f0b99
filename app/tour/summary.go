package tour

import (
	"context"
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
	"time"

	"shopbell/core/chat"
	"shopbell/core/desk"
)

// Summary is what has happened at a desk, counted from its own messages.
type Summary struct {
	MessagesIn int `json:"messages_in"`
	Automatic  int `json:"automatic_replies"` // accepted by the network
	Answers    int `json:"answers_out"`       // of people, accepted by the network
	Customers  int `json:"customers"`
	Found      int `json:"search_hits"` // what the search of the tour showed
	// Lost counts customers' messages that the desk acknowledged and does not
	// have, and messages of ours that did not surely arrive.
	Lost int     `json:"lost"`
	P50  float64 `json:"webhook_to_reply_p50_ms"` // from storing the webhook to the accepted reply
	P99  float64 `json:"webhook_to_reply_p99_ms"`
}

// count reads every conversation of the desk, the resolved ones too.
func count(ctx context.Context, at seat) (Summary, error) {
	var s Summary
	var took []time.Duration
	seen := map[chat.MessageID]bool{} // chats of one contact share messages
	for _, filter := range []desk.Filter{desk.FilterAll, desk.FilterResolved} {
		q := desk.ListQuery{Filter: filter, Limit: 200}
		for {
			page, err := at.List(ctx, at.who, q)
			if err != nil {
				return s, err
			}
			for _, c := range page.Rows {
				messages, err := all(ctx, at, c.ID)
				if err != nil {
					return s, err
				}
				took = append(took, s.add(messages, seen)...)
			}
			if q.After = page.Next; q.After == "" {
				break
			}
		}
	}
	people, err := at.Customers(ctx, at.who, desk.CustomerQuery{Limit: 1})
	if err != nil {
		return s, err
	}
	s.Customers = people.Total
	slices.Sort(took)
	s.P50, s.P99 = percentile(took, 50), percentile(took, 99)
	return s, nil
}

// percentile returns the smallest of the sorted durations that p percent do not
// exceed (nearest rank), in milliseconds; 0 where there are none.
func percentile(sorted []time.Duration, p int) float64 {
	if len(sorted) == 0 {
		return 0
	}
	rank := (len(sorted)*p + 99) / 100
	return float64(sorted[rank-1]) / float64(time.Millisecond)
}

// all reads the messages of a chat, oldest first.
func all(ctx context.Context, at seat, id chat.ConversationID) ([]chat.Message, error) {
	var messages []chat.Message
	for before := chat.MessageID(0); ; {
		page, err := at.Chat(ctx, at.who, id, before, 500)
		if err != nil {
			return nil, err
		}
		messages = append(page.Messages, messages...)
		if before = page.Older; before == 0 {
			return messages, nil
		}
	}
}

// add counts messages not seen before and returns how long each automatic reply
// took from the customer's message before it.
func (s *Summary) add(messages []chat.Message, seen map[chat.MessageID]bool) (took []time.Duration) {
	var asked time.Time
	for _, m := range messages {
		known := seen[m.ID]
		seen[m.ID] = true
		switch {
		case m.Inbound():
			asked = m.Arrived
			if !known {
				s.MessagesIn++
			}
		case known || m.Status == chat.StatusNone || m.Status == chat.StatusQueued:
		case m.Status == chat.StatusFailed || m.Status == chat.StatusExpired || m.Status == chat.StatusUnknown:
			s.Lost++
		case m.Author == chat.AuthorRule:
			s.Automatic++
			if !m.Accepted.IsZero() && !asked.IsZero() {
				took = append(took, m.Accepted.Sub(asked))
			}
		default:
			s.Answers++
		}
	}
	return took
}

// Print writes the summary as a table.
func (s Summary) Print(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	for _, row := range []struct {
		name  string
		value string
	}{
		{"messages in", fmt.Sprint(s.MessagesIn)},
		{"automatic replies", fmt.Sprint(s.Automatic)},
		{"answers out", fmt.Sprint(s.Answers)},
		{"customers", fmt.Sprint(s.Customers)},
		{"found by the search", fmt.Sprint(s.Found)},
		{"lost", fmt.Sprint(s.Lost)},
		{"webhook to reply, p50", fmt.Sprintf("%.1f ms", s.P50)},
		{"webhook to reply, p99", fmt.Sprintf("%.1f ms", s.P99)},
	} {
		if _, err := fmt.Fprintf(t, "%s\t%s\t\n", row.name, row.value); err != nil {
			return err
		}
	}
	return t.Flush()
}
