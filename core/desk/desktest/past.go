package desktest

import (
	"cmp"
	"context"
	"slices"
	"time"

	"shopbell/core/autoreply"
	"shopbell/core/desk"
	"shopbell/core/learn"
)

// pastChat is a chat that the shop brought from its phone.
type pastChat struct {
	mark     string
	messages []learn.Message // by time and place
}

// PastChats keeps the contract of desk.PastChats.
func (f *Fake) PastChats(ctx context.Context, _ desk.Actor) (desk.PastReport, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "PastChats"); err != nil {
		return desk.PastReport{}, err
	}
	return f.pastReport(), nil
}

// pastReport sums up what is kept. The caller holds mu.
func (f *Fake) pastReport() (p desk.PastReport) {
	for _, c := range f.past {
		p.Chats++
		p.Messages += len(c.messages)
		first, last := c.messages[0].At, c.messages[len(c.messages)-1].At
		if p.From.IsZero() || first.Before(p.From) {
			p.From = first
		}
		if last.After(p.To) {
			p.To = last
		}
	}
	return p
}

// KeepPast keeps the contract of desk.PastChats.
func (f *Fake) KeepPast(ctx context.Context, _ desk.Actor, chat string, messages []learn.Message) (added int, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := cmp.Or(f.enter(ctx, "KeepPast"), desk.CheckPast(chat, messages)); err != nil {
		return 0, err
	}
	if len(messages) == 0 {
		return 0, nil
	}
	at := slices.IndexFunc(f.past, func(c pastChat) bool { return c.mark == chat })
	if at < 0 {
		at = len(f.past)
		f.past = append(f.past, pastChat{mark: chat})
	}
	for _, m := range messages {
		place, there := slices.BinarySearchFunc(f.past[at].messages, m, func(a, b learn.Message) int {
			return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Place, b.Place))
		})
		if !there {
			f.past[at].messages = slices.Insert(f.past[at].messages, place, m)
			added++
		}
	}
	return added, nil
}

// ForgetPast keeps the contract of desk.PastChats.
func (f *Fake) ForgetPast(ctx context.Context, _ desk.Actor) (desk.PastReport, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "ForgetPast"); err != nil {
		return desk.PastReport{}, err
	}
	was := f.pastReport()
	f.past = nil
	return was, nil
}

// BenchPast keeps the contract of desk.PastChats; the shop has no levels.
func (f *Fake) BenchPast(ctx context.Context, _ desk.Actor, file *autoreply.File) (r desk.RuleBench, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "BenchPast"); err != nil {
		return r, err
	}
	bench, draft, err := f.bench(file)
	if err != nil {
		return r, err
	}
	zone, err := time.LoadLocation(draft.Timezone)
	if err != nil {
		return r, err
	}
	var times []time.Time
	for _, c := range f.past {
		for _, q := range learn.Questions(c.messages, zone) {
			bench.Ask(q)
			times = append(times, q.At)
		}
	}
	if len(times) > 0 {
		r.From, r.To = slices.MinFunc(times, time.Time.Compare), slices.MaxFunc(times, time.Time.Compare)
	}
	r.Report = bench.Report()
	return r, nil
}
