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

// SetRatings keeps the contract of desk.Ratings; nobody is asked.
func (f *Fake) SetRatings(ctx context.Context, _ desk.Actor, on bool) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	err := f.enter(ctx, "SetRatings")
	if err == nil {
		f.rating.On = on
	}
	return err
}

// SetRatingText keeps the contract of desk.Ratings.
func (f *Fake) SetRatingText(ctx context.Context, _ desk.Actor, text string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "SetRatingText"); err != nil {
		return err
	}
	text, err := desk.TidyRatingText(text)
	if err == nil {
		f.rating.Text = text
	}
	return err
}
