package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// echo is a program under test that is wrong in a way the test chooses: reply
// says how often it answers the n-th webhook, and whom.
func echo(t *testing.T, g *graph, reply func(n int, from string) (to string, times int)) *target {
	t.Helper()
	var count atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		_, rest, _ := strings.Cut(string(body), `"from":"`)
		from, _, _ := strings.Cut(rest, `"`)
		to, times := reply(int(count.Add(1)-1), from)
		if times < 0 {
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		for range times {
			message := fmt.Sprintf(`{"to":"+%s","type":"text","text":{"body":%q}}`, to, replyText)
			request, err := http.NewRequestWithContext(r.Context(), http.MethodPost, g.url+"/v25.0/1/messages", strings.NewReader(message))
			if err != nil {
				t.Error(err)
				return
			}
			request.Header.Set("Authorization", "Bearer "+token)
			response, err := http.DefaultClient.Do(request)
			if err != nil {
				t.Error(err)
				return
			}
			response.Body.Close()
		}
	}))
	t.Cleanup(server.Close)
	return &target{webhook: server.URL, secret: appSecret, phoneNumberID: phoneNumberID, wabaID: wabaID, graph: g, client: server.Client()}
}

// The generator is only worth something if it sees what goes wrong.
func TestLoadCountsWhatGoesWrong(t *testing.T) {
	for _, c := range []struct {
		name  string
		reply func(n int, from string) (string, int)
		want  figures
	}{
		{"every message is answered once", func(_ int, from string) (string, int) { return from, 1 }, figures{Replies: 4}},
		{"a reply too many is extra", func(n int, from string) (string, int) {
			if n == 2 {
				return from, 2
			}
			return from, 1
		}, figures{Replies: 5, Extra: 1}},
		{"a reply to somebody who never wrote is misdirected", func(n int, from string) (string, int) {
			if n == 0 {
				return "447700900999", 1
			}
			return from, 1
		}, figures{Replies: 3, Missing: 1, Misdirected: 1}},
		{"a webhook without 200 is refused", func(n int, from string) (string, int) {
			if n == 3 {
				return from, -1
			}
			return from, 1
		}, figures{Replies: 3, Missing: 1, Refused: 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel() // missing replies are waited for until patience runs out
			g, err := openGraph(token)
			if err != nil {
				t.Fatal(err)
			}
			defer g.close()
			m, err := echo(t, g, c.reply).run(t.Context(), load{name: "test", messages: 4, customers: 4, rate: 20}, firstCustomer)
			if err != nil {
				t.Fatal(err)
			}
			got := sum("test", []measured{m})
			if got.Replies != c.want.Replies || got.Missing != c.want.Missing || got.Extra != c.want.Extra ||
				got.Misdirected != c.want.Misdirected || got.Refused != c.want.Refused {
				t.Errorf("got %+v, want the counts of %+v", got, c.want)
			}
		})
	}
}

func TestACustomerIsOwedTheLimit(t *testing.T) {
	c := counter{load: load{messages: 25, customers: 10, limit: 2}}
	for customer, want := range map[int]int{0: 2, 4: 2, 9: 2} {
		if got := c.expected(customer); got != want {
			t.Errorf("customer %d is owed %d replies, want %d", customer, got, want)
		}
	}
	c.load.limit = 0
	for customer, want := range map[int]int{0: 3, 4: 3, 5: 2, 9: 2} {
		if got := c.expected(customer); got != want {
			t.Errorf("without a limit customer %d is owed %d replies, want %d", customer, got, want)
		}
	}
}

func TestPercentilesOfAHundredValues(t *testing.T) {
	var d []time.Duration
	for i := range 100 {
		d = append(d, time.Duration(100-i)*time.Millisecond)
	}
	if p50, p99 := percentiles(d); p50 != 51 || p99 != 100 {
		t.Errorf("p50 %v and p99 %v, want 51 and 100", p50, p99)
	}
}

func TestTheP99LiesInItsRange(t *testing.T) {
	var d []time.Duration
	for i := range 1000 {
		d = append(d, time.Duration(i+1)*time.Millisecond)
	}
	low, high := p99Range(d)
	if _, p99 := percentiles(d); p99 != 991 || low != 984 || high != 997 {
		t.Errorf("p99 %v in %v to %v, want 991 in 984 to 997", p99, low, high)
	}
	if low, high := p99Range(d[:1]); low != 1 || high != 1 {
		t.Errorf("of one message: %v to %v", low, high)
	}
	if low, high := p99Range(nil); low != 0 || high != 0 {
		t.Errorf("of none: %v to %v", low, high)
	}
}
