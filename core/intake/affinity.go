package intake

import (
	"hash/maphash"
	"sync"

	"shopbell/core/chat"
)

// affinity sends all items of one person to one worker while any of them is
// under way, whatever alias each of them carries.
//
// The keys of an item are the aliases it shows and all that its person was known
// by when the dispatcher looked. So two items of one person share a key, or the
// item that joins their aliases is itself under way and shares one with each.
// An alias keeps its worker until sweep, which the dispatcher calls before it
// looks people up: so what was joined since then is found here.
type affinity struct {
	workers int
	seed    maphash.Seed

	mu      sync.Mutex
	drained sync.Cond // a key's last item ended
	keys    map[chat.Alias]*lane
}

type lane struct {
	worker int
	busy   int // items under way
}

func newAffinity(workers int) *affinity {
	a := &affinity{workers: workers, seed: maphash.MakeSeed(), keys: map[chat.Alias]*lane{}}
	a.drained.L = &a.mu
	return a
}

// sweep forgets the keys with nothing under way.
func (a *affinity) sweep() {
	a.mu.Lock()
	defer a.mu.Unlock()
	for k, l := range a.keys {
		if l.busy == 0 {
			delete(a.keys, k)
		}
	}
}

// enter returns the worker for an item with these keys and counts it as under
// way. Where the keys are at two workers (an item has just shown that two
// aliases are one person) it waits until all but one are free.
func (a *affinity) enter(keys []chat.Alias) (worker int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for {
		busy, known, clash := -1, -1, false
		for _, k := range keys {
			l := a.keys[k]
			switch {
			case l == nil:
			case l.busy > 0:
				clash = clash || busy >= 0 && busy != l.worker
				busy = l.worker
			default:
				known = l.worker
			}
		}
		if clash {
			a.drained.Wait()
			continue
		}
		switch {
		case busy >= 0:
			worker = busy
		case known >= 0:
			worker = known
		default:
			worker = a.pick(keys)
		}
		for _, k := range keys {
			l := a.keys[k]
			if l == nil {
				l = &lane{}
				a.keys[k] = l
			}
			l.worker = worker
			l.busy++
		}
		return worker
	}
}

// leave counts an item as ended.
func (a *affinity) leave(keys []chat.Alias) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, k := range keys {
		if l := a.keys[k]; l != nil {
			if l.busy--; l.busy == 0 {
				a.drained.Broadcast()
			}
		}
	}
}

// pick spreads people over the workers; what is about nobody goes to the first.
func (a *affinity) pick(keys []chat.Alias) int {
	if len(keys) == 0 {
		return 0
	}
	return int(maphash.Comparable(a.seed, keys[0]) % uint64(a.workers))
}
