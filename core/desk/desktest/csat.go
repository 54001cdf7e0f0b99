package desktest

import (
	"cmp"
	"context"

	"shopbell/core/desk"
)

// ratingText is what a Fake asks until it is told otherwise.
const ratingText = "How was our help today? Please rate it from 1 to 5."

// RatingQuestion keeps the contract of desk.Ratings.
func (f *Fake) RatingQuestion(ctx context.Context, _ desk.Actor) (desk.RatingQuestion, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	q := f.rating
	q.Text = cmp.Or(q.Text, ratingText)
	return q, f.enter(ctx, "RatingQuestion")
}

// SetRatingQuestion keeps the contract of desk.Ratings; nobody is asked.
func (f *Fake) SetRatingQuestion(ctx context.Context, _ desk.Actor, q desk.RatingQuestion) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "SetRatingQuestion"); err != nil {
		return err
	}
	q, err := q.Tidy()
	if err == nil {
		f.rating = q
	}
	return err
}
