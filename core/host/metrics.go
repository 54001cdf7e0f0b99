package host

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"shopbell/core/store"
)

// metrics are what /metrics shows. They name no customer.
type metrics struct {
	registry *prometheus.Registry
	webhooks *prometheus.CounterVec
	replies  prometheus.Counter
	items    prometheus.Counter
}

func newMetrics(h *Host) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		webhooks: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "shopbell_webhooks_total", Help: "Webhook requests by the HTTP status they were answered with.",
		}, []string{"status"}),
		items: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "shopbell_messages_in_total", Help: "Inbound messages processed.",
		}),
		replies: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "shopbell_automatic_replies_total", Help: "Automatic replies put into the outbox.",
		}),
	}
	m.registry.MustRegister(m.webhooks, m.items, m.replies, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), &queues{h: h})
	return m
}

func (m *metrics) received(status int) { m.webhooks.WithLabelValues(strconv.Itoa(status)).Inc() }

func (m *metrics) decided(replies int) {
	m.items.Inc()
	m.replies.Add(float64(replies))
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

// queues reads the lengths of the queues when they are asked for.
type queues struct{ h *Host }

var (
	queuedDesc  = prometheus.NewDesc("shopbell_webhooks_queued", "Stored webhooks not yet processed.", nil, nil)
	waitingDesc = prometheus.NewDesc("shopbell_outbox_waiting", "Messages waiting to leave or leaving.", nil, nil)
	unknownDesc = prometheus.NewDesc("shopbell_outbox_unknown", "Messages of unknown fate.", nil, nil)
	parkedDesc  = prometheus.NewDesc("shopbell_events_parked", "Events that could not be processed.", nil, nil)
)

func (q *queues) Describe(c chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{queuedDesc, waitingDesc, unknownDesc, parkedDesc} {
		c <- d
	}
}

func (q *queues) Collect(c chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	var queued, waiting, unknown, parked int
	err := q.h.db.View(ctx, func(r *store.Reader) (err error) {
		if waiting, unknown, err = r.OutboxCounts(); err != nil {
			return err
		}
		if parked, err = r.ParkedCount(); err != nil {
			return err
		}
		queued, err = r.QueuedCount()
		return err
	})
	for desc, n := range map[*prometheus.Desc]int{queuedDesc: queued, waitingDesc: waiting, unknownDesc: unknown, parkedDesc: parked} {
		if err != nil {
			c <- prometheus.NewInvalidMetric(desc, err)
			continue
		}
		c <- prometheus.MustNewConstMetric(desc, prometheus.GaugeValue, float64(n))
	}
}
