package outbox

import (
	"math"
	"time"
)

// gate is the door of one channel. While Condition is OK everybody may pass.
// Otherwise it is shut for a while, then one message passes as a probe, and its
// answer opens the gate or shuts it for longer.
//
// Many messages are under way when a network goes away, and all of them fail.
// That is one failure, not many: what departed before the gate was last shut
// neither opens it nor shuts it for longer.
type gate struct {
	condition Condition
	code      int
	until     time.Time // shut until then; no meaning while OK
	failures  int       // in a row
	shut      int       // how often the gate was shut
	probe     bool      // a probe is under way
}

// pass is what a message took along at its departure.
type pass struct {
	shut  int
	probe bool
}

// admits returns how many messages may depart at now.
func (g *gate) admits(now time.Time) int {
	switch {
	case g.condition == OK:
		return math.MaxInt
	case g.probe || now.Before(g.until):
		return 0
	}
	return 1
}

// opens returns when admits may become positive by itself; zero when it is
// positive, or waits for a probe.
func (g *gate) opens(now time.Time) time.Time {
	if g.condition == OK || g.probe || !now.Before(g.until) {
		return time.Time{}
	}
	return g.until
}

// depart lets one message through; admits must have allowed it.
func (g *gate) depart() pass {
	if g.condition == OK {
		return pass{shut: g.shut}
	}
	g.probe = true
	return pass{shut: g.shut, probe: true}
}

// answered takes the answer to a message that departed with p and reports
// whether the condition or its code changed.
func (g *gate) answered(p pass, v verdict, now time.Time, jitter float64) (changed bool) {
	was, code := g.condition, g.code
	if p.probe {
		g.probe = false
	}
	switch {
	case p.shut != g.shut && (v.sign != signRefused || g.condition == Refused):
		// Old news. Only a refusal never is: it says what a person has to do.
	case v.sign == signGood:
		g.condition, g.code, g.failures = OK, 0, 0
	default:
		g.close(v, now, jitter)
	}
	return g.condition != was || g.code != code
}

// close shuts the gate after bad news.
func (g *gate) close(v verdict, now time.Time, jitter float64) {
	var pause time.Duration
	switch v.sign {
	case signRefused:
		g.condition, g.code = Refused, v.code
		pause = refusedPause
	case signSilent:
		// A refusal stands until Meta itself says otherwise.
		if g.condition != Refused {
			g.condition, g.code = Offline, 0
		}
		pause = jittered(grown(firstPause, maxPause, g.failures), jitter)
	case signBlocked:
		g.condition, g.code = Slowed, v.code
		pause = jittered(grown(firstBlocked, maxBlocked, g.failures), jitter)
	default:
		g.condition, g.code = Slowed, v.code
		pause = jittered(grown(firstPause, maxPause, g.failures), jitter)
	}
	g.failures++
	g.shut++
	g.until = now.Add(max(v.asked, pause))
}

// hurry lets a probe through at once.
func (g *gate) hurry() { g.until, g.failures = time.Time{}, 0 }
