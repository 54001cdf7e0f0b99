package intake

import (
	"hash/maphash"
	"sync"

	"shopbell/core/chat"
)

// affinity sends all items of one person to one worker while any of them is
// under way, whatever alias each of them carries.
//
// An alias or contact keeps its worker until sweep, which the dispatcher calls
// before it looks contacts up: so a look-up that finds nobody is never newer
// than what it is compared with.
type affinity struct {
	workers int
	seed    maphash.Seed

	mu      sync.Mutex
	drained sync.Cond // a key's last item ended
	keys    map[personKey]*lane
}

// personKey is an alias of a person, or the contact it belongs to.
type personKey struct {
	alias   chat.Alias
	contact chat.ContactID
}

type lane struct {
	worker int
	busy   int // items under way
}

func newAffinity(workers int) *affinity {
	a := &affinity{workers: workers, seed: maphash.MakeSeed(), keys: map[personKey]*lane{}}
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
func (a *affinity) enter(keys []personKey) (worker int) {
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
func (a *affinity) leave(keys []personKey) {
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

func (a *affinity) pick(keys []personKey) int {
	var h maphash.Hash
	h.SetSeed(a.seed)
	if len(keys) > 0 {
		maphash.WriteComparable(&h, keys[len(keys)-1])
	}
	return int(h.Sum64() % uint64(a.workers))
}
