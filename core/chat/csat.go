package chat

import (
	"strconv"
	"strings"
	"time"
)

// A customer is asked once in a conversation how it was (mission R9): after a person
// resolved it, or the customer pressed "Solved".
const (
	// AskRatingAfter is how long after a person resolved: so long resolving can be
	// taken back without a trace. Who pressed "Solved" is asked at once.
	AskRatingAfter = 2 * time.Minute
	// AskRatingWithin is how late a question may be that could not be asked in time,
	// because the desk was off: hours later nobody knows what it is about.
	AskRatingWithin = time.Hour
	// RatingWithin is how long after the question an answer counts.
	RatingWithin = 24 * time.Hour
	// MaxScore is the best score; the worst is 1.
	MaxScore = 5
)

// Rating is what a customer was asked and said about a conversation. Zero: they were
// not asked, or the question failed or expired, and they may be asked another time.
type Rating struct {
	// Asked is when the question left, as Meta reports it; until then it is when it was
	// put into the outbox. Zero: not yet, or never.
	Asked time.Time
	Score int       // 1..MaxScore; 0: no answer
	At    time.Time // of the answer
}

// MayAskRating reports whether the customer of v may be asked at now: v is resolved,
// and they were not asked in it; they did not ask for silence and are not blocked; and
// the message is free (WindowOf).
func (v Conversation) MayAskRating(now time.Time) bool {
	return v.State == StateResolved && v.Rating.Asked.IsZero() && !v.Contact.OptedOut && !v.Contact.Blocked &&
		WindowOf(v.LastInbound).Open(now)
}

// DataScore is where the Data of a question has the score that was said to it.
const DataScore = "score"

// Score is what the customer said to the question m; 0: nothing, or it is none.
func (m Message) Score() int {
	score, _ := scoreOf(m.Data[DataScore])
	return score
}

// ratingID begins the ids of the rows of RatingList, with the version of their form.
const ratingID = "sbr1:"

// star stands once for each point of a score. The list is the same in all languages.
const star = "★"

// RatingList is the choice under the question, the best score on top.
func RatingList() *List {
	l := &List{Button: star + " 1–" + strconv.Itoa(MaxScore), Sections: []ListSection{{}}}
	for n := MaxScore; n >= 1; n-- {
		l.Sections[0].Rows = append(l.Sections[0].Rows, ListRow{ID: ratingID + strconv.Itoa(n), Title: strconv.Itoa(n) + " " + strings.Repeat(star, n)})
	}
	return l
}

// ChosenScore is the score of a chosen row of RatingList; false for any other id.
func ChosenScore(id string) (score int, ok bool) {
	digit, ok := strings.CutPrefix(id, ratingID)
	if !ok {
		return 0, false
	}
	return scoreOf(digit)
}

// TypedScore is the score that a whole message is: a digit, perhaps with one star or "/5"
// behind it, so many stars, or both as a row of RatingList has them. False for all that
// says more.
func TypedScore(text string) (score int, ok bool) {
	text = strings.ReplaceAll(text, "\ufe0f", "")                  // an emoji's, not a text's
	text = strings.ReplaceAll(text, "\u20e3", "")                  // the frame of a keycap
	text = strings.NewReplacer("⭐", star, "🌟", star).Replace(text) // as phones offer them
	text = strings.TrimRight(strings.TrimSpace(text), ".!")
	if of, cut := strings.CutSuffix(text, "/"+strconv.Itoa(MaxScore)); cut {
		text = of
	}
	digit, stars := strings.TrimSpace(text), ""
	if at := strings.Index(digit, star); at >= 0 {
		digit, stars = strings.TrimSpace(digit[:at]), strings.ReplaceAll(digit[at:], " ", "")
	}
	n := strings.Count(stars, star)
	if stars != strings.Repeat(star, n) {
		return 0, false
	}
	if digit == "" {
		return n, n >= 1 && n <= MaxScore
	}
	score, ok = scoreOf(digit)
	return score, ok && (n <= 1 || n == score)
}

// scoreOf reads one digit.
func scoreOf(digit string) (int, bool) {
	n, err := strconv.Atoi(digit)
	return n, err == nil && len(digit) == 1 && n >= 1 && n <= MaxScore
}
