package kit

// cutKey is what the shape of a text depends on.
type cutKey struct {
	text  string
	width float32
	font  Font
	scale float32
}

// cuts and wraps keep the last results: a list asks for the same rows again at
// every refresh, and one measurement costs up to 90 µs. UI goroutine only.
var (
	cuts  = newCache[cutKey, string](4096)
	wraps = newCache[cutKey, []string](4096)
)

// cache keeps up to twice limit values: when the young half is full, the old
// half is dropped, and what is asked for again moves to the young one.
type cache[K comparable, V any] struct {
	limit      int
	young, old map[K]V
}

func newCache[K comparable, V any](limit int) *cache[K, V] {
	return &cache[K, V]{limit: limit, young: make(map[K]V)}
}

func (c *cache[K, V]) get(k K) (V, bool) {
	if v, ok := c.young[k]; ok {
		return v, true
	}
	v, ok := c.old[k]
	if ok {
		c.put(k, v)
	}
	return v, ok
}

func (c *cache[K, V]) put(k K, v V) {
	if len(c.young) >= c.limit {
		c.old, c.young = c.young, make(map[K]V, c.limit)
	}
	c.young[k] = v
}
