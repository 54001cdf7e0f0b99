package sandbox

import (
	"slices"
	"time"
)

// Stats are counts since Open.
type Stats struct {
	Written         int // messages of customers that the desk acknowledged
	WebhookFailures int // tries to deliver a webhook that were not answered by 200
	Accepted        int // sends that were taken, answered or not
	Refused         int // sends answered with a Graph error
	Delivered       int // messages on customers' phones
	ReadByCustomer  int
	ReadByShop      int // times the shop said that it has read, or types
	Uploaded        int // files of the shop's
	LostReplies     int // sends that were taken and will never reach anybody
	// Replies counts first answers to a customer; the durations run from the
	// first try to deliver the customer's webhook to taking the answer, over the
	// last sampleSize of them. Zero without any.
	Replies            int
	ReplyP50, ReplyP99 time.Duration
}

// sampleSize bounds the latencies kept.
const sampleSize = 4096

// counters are Stats in the making. mu of the Sandbox guards them.
type counters struct {
	Stats
	sample []time.Duration // a ring once it is full
}

func (c *counters) reply(took time.Duration) {
	if len(c.sample) < sampleSize {
		c.sample = append(c.sample, took)
	} else {
		c.sample[c.Replies%sampleSize] = took
	}
	c.Replies++
}

// Stats returns the counts as they stand.
func (s *Sandbox) Stats() Stats {
	s.mu.Lock()
	out, sample := s.stats.Stats, slices.Clone(s.stats.sample)
	s.mu.Unlock()
	if len(sample) > 0 {
		slices.Sort(sample)
		out.ReplyP50 = sample[(len(sample)-1)*50/100]
		out.ReplyP99 = sample[(len(sample)-1)*99/100]
	}
	return out
}
