package kit

// cutKey is what the shape of a text depends on.
type cutKey struct {
	text  string
	width float32
	font  Font
	scale float32
}

// widthKey is what the width of a text depends on.
type widthKey struct {
	text  string
	font  Font
	scale float32
}

// widths, cuts and wraps keep the last results: a list asks for the same rows again at
// every refresh, people use the same words, and to measure one costs some 50 µs. Fyne
// forgets what was not asked for in a minute. UI goroutine only.
var (
	widths = newCache[widthKey, float32](8192)
	cuts   = newCache[cutKey, string](4096)
	wraps  = newCache[cutKey, []string](4096)
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
