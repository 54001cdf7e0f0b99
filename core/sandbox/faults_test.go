package sandbox

import (
	"context"
	"errors"
	"math/rand/v2"
	"net"
	"strings"
	"testing"
	"time"

	"shopbell/core/chat"
	"shopbell/core/cloudapi"
)

func (w world) spoil(t *testing.T, f Faults) {
	t.Helper()
	if err := w.SetFaults(f); err != nil {
		t.Fatal(err)
	}
}

func TestFaults(t *testing.T) {
	t.Run("down refuses connections and comes back at the same address", func(t *testing.T) {
		w := open(t)
		w.write(t, ann, "Hello")
		if _, err := w.answer(t, ann, "before"); err != nil {
			t.Fatal(err)
		}
		url := w.GraphURL()
		w.spoil(t, Faults{Down: true})
		w.spoil(t, Faults{Down: true})
		w.client.Close() // no idle connection from before
		if _, err := w.answer(t, ann, "meanwhile"); !errors.Is(err, cloudapi.ErrNotSent) {
			t.Errorf("error = %v", err)
		}
		w.spoil(t, Faults{})
		if w.GraphURL() != url {
			t.Errorf("the address changed")
		}
		if _, err := w.answer(t, ann, "after"); err != nil {
			t.Error(err)
		}
		if inbox := w.Inbox(ann); len(inbox) != 2 || inbox[1].Text != "after" {
			t.Errorf("inbox = %+v", inbox)
		}
	})
	t.Run("down frees the port at once", func(t *testing.T) {
		for range 100 {
			w := open(t)
			w.spoil(t, Faults{Down: true})
			ln, err := net.Listen("tcp", strings.TrimPrefix(w.GraphURL(), "http://"))
			if err != nil {
				t.Fatal(err)
			}
			if err := ln.Close(); err != nil {
				t.Fatal(err)
			}
		}
	})
	t.Run("down stays down while somebody else has the port", func(t *testing.T) {
		w := open(t)
		w.spoil(t, Faults{Down: true})
		squatter, err := net.Listen("tcp", strings.TrimPrefix(w.GraphURL(), "http://"))
		if err != nil {
			t.Fatal(err)
		}
		if err := w.SetFaults(Faults{}); err == nil {
			t.Error("two listen on one port")
		}
		if err := squatter.Close(); err != nil {
			t.Fatal(err)
		}
		w.spoil(t, Faults{})
		if _, err := w.client.Phone(t.Context(), keys.PhoneNumberID); err != nil {
			t.Error(err)
		}
	})
	t.Run("the next sends are refused with the code that was asked for", func(t *testing.T) {
		w := open(t)
		w.write(t, ann, "Hello")
		w.spoil(t, Faults{Refuse: Refusal{Often: Often{Next: 2}, Code: 131016}})
		for range 2 {
			if _, err := w.answer(t, ann, "x"); code(err) != 131016 || cloudapi.ClassOf(err) != cloudapi.ClassRetry {
				t.Errorf("error = %v", err)
			}
		}
		if _, err := w.answer(t, ann, "x"); err != nil {
			t.Error(err)
		}
		if st := w.Stats(); st.Refused != 2 || st.Accepted != 1 {
			t.Errorf("stats = %+v", st)
		}
	})
	t.Run("a message that fails later is taken and reported failed", func(t *testing.T) {
		w := open(t)
		w.write(t, ann, "Hello")
		w.spoil(t, Faults{Fail: Refusal{Often: Often{Next: 1}, Code: 131026}})
		got, err := w.answer(t, ann, "x")
		if err != nil {
			t.Fatal(err)
		}
		w.settle(t)
		reports := w.shop.statuses(got.WAMID)
		last := reports[len(reports)-1]
		if last.Status != chat.StatusFailed || len(last.Errors) != 1 || last.Errors[0].Code != 131026 {
			t.Errorf("statuses = %+v", reports)
		}
		if len(w.Inbox(ann)) != 0 || w.Stats().LostReplies != 1 {
			t.Errorf("stats = %+v", w.Stats())
		}
	})
	for _, delivered := range []bool{false, true} {
		name := "a cut after reading loses the message"
		if delivered {
			name = "a cut after reading may have delivered the message, and its statuses tell"
		}
		t.Run(name, func(t *testing.T) {
			w := open(t)
			w.write(t, ann, "Hello")
			w.spoil(t, Faults{Cut: Cut{Often: Often{Next: 1}, Delivered: delivered}})
			if _, err := w.answer(t, ann, "x"); !errors.Is(err, cloudapi.ErrNoAnswer) {
				t.Errorf("error = %v", err)
			}
			w.settle(t)
			told := false
			for _, it := range w.shop.all() {
				told = told || it.Status != nil && it.Status.Opaque == "row 7"
			}
			if got := len(w.Inbox(ann)) == 1; got != delivered || told != delivered {
				t.Errorf("delivered %t, told %t, want %t", got, told, delivered)
			}
		})
	}
	t.Run("statuses may come before the answer", func(t *testing.T) {
		w := open(t)
		w.write(t, ann, "Hello")
		w.spoil(t, Faults{StatusBeforeAnswer: true})
		got, err := w.answer(t, ann, "x")
		if err != nil {
			t.Fatal(err)
		}
		if len(w.shop.statuses(got.WAMID)) < 2 { // no settling: they are there already
			t.Errorf("statuses = %+v", w.shop.statuses(got.WAMID))
		}
	})
	t.Run("statuses may come twice or not at all", func(t *testing.T) {
		w := open(t)
		w.write(t, ann, "Hello")
		w.spoil(t, Faults{DuplicateStatuses: true})
		twice, err := w.answer(t, ann, "x")
		if err != nil {
			t.Fatal(err)
		}
		w.settle(t)
		w.spoil(t, Faults{NoStatuses: true})
		never, err := w.answer(t, ann, "x")
		if err != nil {
			t.Fatal(err)
		}
		w.settle(t)
		reports := w.shop.statuses(twice.WAMID)
		if len(reports)%2 != 0 || len(reports) == 0 {
			t.Fatalf("%d statuses", len(reports))
		}
		for i := 0; i < len(reports); i += 2 {
			if reports[i].Status != reports[i+1].Status {
				t.Errorf("statuses = %+v", reports)
			}
		}
		if n := len(w.shop.statuses(never.WAMID)); n != 0 {
			t.Errorf("%d statuses of the silent message", n)
		}
	})
	t.Run("a customer's message may come twice", func(t *testing.T) {
		w := open(t)
		w.spoil(t, Faults{DuplicateWebhooks: true})
		wamid := w.write(t, ann, "Hello")
		items := w.shop.all()
		if len(items) != 2 || items[0].Message.ID != wamid || items[1].Message.ID != wamid {
			t.Errorf("items = %+v", items)
		}
		if st := w.Stats(); st.Written != 1 {
			t.Errorf("stats = %+v", st)
		}
	})
	t.Run("latency outlasts an impatient desk", func(t *testing.T) {
		w := open(t)
		w.write(t, ann, "Hello")
		w.spoil(t, Faults{Latency: time.Hour})
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		body, err := cloudapi.Outgoing{To: chat.Address{Kind: chat.AliasPhone, Value: ann.Phone}, Text: "x"}.Encode()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.client.Send(ctx, keys.PhoneNumberID, body); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("error = %v", err)
		}
		if len(w.Inbox(ann)) != 0 {
			t.Error("the message arrived all the same")
		}
	})
}

func TestWebhooksAreRepeated(t *testing.T) {
	w := open(t)
	w.shop.refuseNext(3)
	w.write(t, ann, "Hello")
	if items := w.shop.all(); len(items) != 1 {
		t.Errorf("%d items", len(items))
	}
	if st := w.Stats(); st.WebhookFailures != 3 || st.Written != 1 {
		t.Errorf("stats = %+v", st)
	}
	t.Run("until the caller gives up", func(t *testing.T) {
		w.shop.refuseNext(1 << 30)
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(20*time.Millisecond, cancel)
		wamid, err := w.Write(ctx, ann, "Hello?")
		if !errors.Is(err, context.Canceled) || wamid == "" {
			t.Errorf("Write = %q, %v", wamid, err)
		}
	})
	t.Run("but one Post is one try", func(t *testing.T) {
		w.shop.refuseNext(1)
		if status, err := w.Post(t.Context(), []byte(`{"entry":[]}`)); status != 503 || err != nil {
			t.Errorf("Post = %d, %v", status, err)
		}
		if status, err := w.Post(t.Context(), []byte(`nonsense`)); status != 400 || err != nil {
			t.Errorf("a signed body that is no webhook = %d, %v", status, err)
		}
	})
}

func TestOften(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	o := Often{Next: 3}
	for i := range 5 {
		if got := o.happens(rng); got != (i < 3) {
			t.Errorf("time %d: %t", i, got)
		}
	}
	o = Often{Rate: 0.25}
	n := 0
	for range 10000 {
		if o.happens(rng) {
			n++
		}
	}
	if n < 2300 || n > 2700 {
		t.Errorf("a rate of 0.25 happened %d times in 10000", n)
	}
}
