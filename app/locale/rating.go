package locale

import (
	"fmt"
	"strings"

	"shopbell/core/chat"
)

// Score is what a customer said of a conversation: "4 of 5".
func (w *Words) Score(score int) string {
	return w.T("rating.score", Args{"Score": score, "Most": chat.MaxScore})
}

// Mean is the mean of n figures that are sum together, to a tenth: "4.8". n is not 0.
func (w *Words) Mean(sum, n int) string {
	return w.decimal(fmt.Sprintf("%.1f", float64(sum)/float64(n)))
}

// RatingLine tells of the question for a rating: that it was asked, what the customer
// said, and who had resolved the matter.
func (w *Words) RatingLine(m chat.Message) string {
	if m.Status == chat.StatusFailed || m.Status == chat.StatusExpired {
		return w.T("rating.unasked")
	}
	by := w.T("rating.by_customer")
	if m.AgentName != "" {
		by = w.T("rating.by", Args{"Name": m.AgentName})
	}
	score := ""
	if said := m.Score(); said != 0 {
		score = w.Score(said)
	}
	return Dotted(w.T("rating.asked"), score, by)
}

// Dotted joins what is not empty.
func Dotted(parts ...string) string {
	var some []string
	for _, p := range parts {
		if p != "" {
			some = append(some, p)
		}
	}
	return strings.Join(some, " · ")
}
