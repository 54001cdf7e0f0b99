package main

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"math"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"shopbell/bench/measure"
)

// load is what is offered in one phase, and what must come of it.
type load struct {
	name      string
	messages  int
	customers int     // message i comes from customer i mod customers
	rate      float64 // messages a second in an open loop; 0: a closed loop of 16
	limit     int     // replies one customer gets at most; 0: one to each message
}

// concurrency of the closed loop: the number the goal is stated for.
const concurrency = 16

// patience: a phase ends when no reply has come for this long, so that a missing
// one is counted and not waited for.
const patience = 10 * time.Second

// figures of one phase.
type figures struct {
	Phase         string  `json:"phase"`
	Messages      int     `json:"messages"`
	Refused       int     `json:"refused"` // webhooks not answered with 200
	Replies       int     `json:"replies"`
	Missing       int     `json:"missing"`
	Extra         int     `json:"extra"`
	Misdirected   int     `json:"misdirected"`
	AcceptPerSec  float64 `json:"accepts_per_s"` // webhooks answered with 200
	RepliesPerSec float64 `json:"replies_per_s"`
	AcceptP50     float64 `json:"accept_p50_ms"`
	AcceptP99     float64 `json:"accept_p99_ms"`
	ReplyP50      float64 `json:"reply_p50_ms"`
	ReplyP99      float64 `json:"reply_p99_ms"`
	ReplyP99Low   float64 `json:"reply_p99_low_ms"` // the p99 lies between these with 95 %
	ReplyP99High  float64 `json:"reply_p99_high_ms"`
	CPUPerMessage float64 `json:"cpu_ms_per_message"`
}

// target is the program under test as the network sees it.
type target struct {
	webhook, secret, phoneNumberID, wabaID string
	graph                                  *graph
	client                                 *http.Client
}

// counter follows every message of a phase without a lock: a customer's k-th
// reply answers that customer's k-th message.
type counter struct {
	load    load
	first   int64 // phone of customer 0
	start   time.Time
	clock   []atomic.Int64 // per message: when its clock started, ns since start
	replied []atomic.Int64 // per message: latency of its reply in ns, 0 while there is none
	got     []atomic.Int32 // per customer: replies so far
	total   atomic.Int64
	last    atomic.Int64 // when the last reply came, ns since start
	astray  atomic.Int64
}

// expected is the number of replies one customer must get.
func (c *counter) expected(customer int) int {
	n := c.load.messages / c.load.customers
	if customer < c.load.messages%c.load.customers {
		n++
	}
	if c.load.limit > 0 {
		n = min(n, c.load.limit)
	}
	return n
}

func (c *counter) reply(phone int64, text string) {
	now := int64(time.Since(c.start))
	customer := phone - c.first
	if customer < 0 || customer >= int64(c.load.customers) || !strings.HasPrefix(text, replyText) {
		c.astray.Add(1)
		return
	}
	k := int(c.got[customer].Add(1)) - 1
	if message := int(customer) + k*c.load.customers; message < c.load.messages {
		c.replied[message].Store(max(1, now-c.clock[message].Load()))
	}
	c.last.Store(now)
	c.total.Add(1)
}

// measured is what one run of a load came to.
type measured struct {
	*counter
	accepted []time.Duration // per message, until it was answered with 200; 0: refused
	posting  time.Duration   // how long the messages took to be posted
}

// run offers the load and waits for what it draws. It ends early with ctx.
func (t *target) run(ctx context.Context, l load, first int64) (measured, error) {
	c := &counter{
		load: l, first: first, start: time.Now(),
		clock:   make([]atomic.Int64, l.messages),
		replied: make([]atomic.Int64, l.messages),
		got:     make([]atomic.Int32, l.customers),
	}
	accept := c.reply
	t.graph.accept.Store(&accept)
	defer t.graph.accept.Store(nil)

	accepted := make([]time.Duration, l.messages)
	post := func(i int) {
		began := time.Now()
		if t.post(ctx, i, first+int64(i%l.customers)) == nil {
			accepted[i] = max(1, time.Since(began))
		}
	}
	if l.rate > 0 {
		openLoop(ctx, c, post)
	} else {
		closedLoop(ctx, c, post)
	}
	posting := time.Since(c.start)
	expected := 0
	for i := range l.customers {
		expected += c.expected(i)
	}
	if err := c.wait(ctx, int64(expected)); err != nil {
		return measured{}, err
	}
	return measured{counter: c, accepted: accepted, posting: posting}, nil
}

func closedLoop(ctx context.Context, c *counter, post func(int)) {
	var next atomic.Int64
	var workers sync.WaitGroup
	for range concurrency {
		workers.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= c.load.messages {
					return
				}
				c.clock[i].Store(int64(time.Since(c.start)))
				post(i)
			}
		})
	}
	workers.Wait()
}

// openLoop starts a message's clock when it was due, so that a program that
// stalls is charged for the queue it caused.
func openLoop(ctx context.Context, c *counter, post func(int)) {
	var posts sync.WaitGroup
	timer := time.NewTimer(0)
	defer timer.Stop()
	for i := range c.load.messages {
		due := time.Duration(float64(i) / c.load.rate * float64(time.Second))
		timer.Reset(due - time.Since(c.start))
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		}
		c.clock[i].Store(int64(due))
		posts.Go(func() { post(i) })
	}
	posts.Wait()
}

// wait returns when all expected replies are there and a further second brought
// no extra one, or when patience has run out.
func (c *counter) wait(ctx context.Context, expected int64) error {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	ended := time.Now()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
		quiet := min(time.Since(c.start.Add(time.Duration(c.last.Load()))), time.Since(ended))
		if quiet > patience || (c.total.Load() >= expected && quiet > time.Second) {
			return nil
		}
	}
}

// sum returns the figures of a phase from all its parts.
func sum(phase string, parts []measured) figures {
	f := figures{Phase: phase}
	var accept, reply []time.Duration
	var posting, replying time.Duration
	for _, m := range parts {
		f.Messages += m.load.messages
		f.Replies += int(m.total.Load())
		f.Misdirected += int(m.astray.Load())
		for i := range m.got {
			got, want := int(m.got[i].Load()), m.expected(i)
			f.Missing += max(0, want-got)
			f.Extra += max(0, got-want)
		}
		for i, took := range m.accepted {
			if took == 0 {
				f.Refused++
			} else {
				accept = append(accept, took)
			}
			if ns := m.replied[i].Load(); ns > 0 {
				reply = append(reply, time.Duration(ns))
			}
		}
		posting += m.posting
		replying += time.Duration(m.last.Load())
	}
	f.AcceptP50, f.AcceptP99 = percentiles(accept)
	f.ReplyP50, f.ReplyP99 = percentiles(reply)
	f.ReplyP99Low, f.ReplyP99High = p99Range(reply)
	f.AcceptPerSec = float64(f.Messages-f.Refused) / posting.Seconds()
	if replying > 0 {
		f.RepliesPerSec = float64(f.Replies) / replying.Seconds()
	}
	return f
}

// percentiles returns p50 and p99 in milliseconds, 0 where nothing was measured.
func percentiles(d []time.Duration) (p50, p99 float64) {
	slices.Sort(d)
	return measure.Quantile(d, 0.50), measure.Quantile(d, 0.99)
}

// p99Range returns the bounds in milliseconds between which the p99 lies with
// 95 %: the number of messages below it is binomial, whatever their times are.
func p99Range(d []time.Duration) (low, high float64) {
	slices.Sort(d)
	n := float64(len(d))
	rank, off := 0.99*n, 1.96*math.Sqrt(n*0.99*0.01)
	return measure.Rank(d, rank-off), measure.Rank(d, rank+off)
}

// post sends one signed inbound text message as Meta does. Anything but 200 is an error.
func (t *target) post(ctx context.Context, i int, phone int64) error {
	body := fmt.Appendf(nil, `{"object":"whatsapp_business_account","entry":[{"id":"%s","changes":[{"field":"messages","value":{`+
		`"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550783881","phone_number_id":"%s"},`+
		`"contacts":[{"profile":{"name":"Customer %d"},"wa_id":"%d"}],`+
		`"messages":[{"from":"%d","id":"wamid.in.%d.%d","timestamp":"%d","type":"text","text":{"body":"Hello, what is the price of the boots?"}}]}}]}]}`,
		t.wabaID, t.phoneNumberID, phone, phone, phone, phone, i, time.Now().Unix())
	mac := hmac.New(sha256.New, []byte(t.secret))
	mac.Write(body)
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, t.webhook, bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("X-Hub-Signature-256", "sha256="+hex.EncodeToString(mac.Sum(nil)))
	response, err := t.client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if _, err := io.Copy(io.Discard, response.Body); err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("webhook answered %s", response.Status)
	}
	return nil
}
