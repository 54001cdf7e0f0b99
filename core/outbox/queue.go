package outbox

// queue is a heap of recipients for container/heap, which alone calls Len, Less,
// Swap, Push and Pop. Nobody is taken out of its middle.
type queue struct {
	items  []*recipient
	before func(a, b *recipient) bool
}

// first returns who is next; the queue must not be empty.
func (q *queue) first() *recipient { return q.items[0] }

func (q *queue) Len() int           { return len(q.items) }
func (q *queue) Less(i, j int) bool { return q.before(q.items[i], q.items[j]) }
func (q *queue) Swap(i, j int)      { q.items[i], q.items[j] = q.items[j], q.items[i] }

// Push adds a *recipient at the end.
func (q *queue) Push(x any) { q.items = append(q.items, x.(*recipient)) }

// Pop takes the last one.
func (q *queue) Pop() any {
	last := len(q.items) - 1
	r := q.items[last]
	q.items[last] = nil
	q.items = q.items[:last]
	return r
}
