package outbox

import (
	"errors"
	"testing"
	"time"

	"shopbell/core/cloudapi"
)

func TestJudge(t *testing.T) {
	const s = time.Second
	asked := func(code int, after time.Duration) error {
		return &cloudapi.Error{HTTP: 429, GraphError: cloudapi.GraphError{Code: code}, RetryAfter: after}
	}
	for _, c := range []struct {
		name  string
		err   error
		later int
		fate  fate
		sign  sign
		code  int
		wait  time.Duration // with a jitter that is nearly 1
	}{
		{"no error is an acceptance", nil, 0, fateSent, signGood, 0, 0},
		{"a request that did not leave goes again when the channel is back", errNotSent, 0, fateAgain, signSilent, 0, 0},
		{"a request with no answer is unknown", errNoAnswer, 0, fateUnknown, signSilent, 0, 0},
		{"an error of nobody's is unknown, not sent twice", errors.New("?"), 0, fateUnknown, signSilent, 0, 0},
		{"an overloaded service is tried again after a second", graphError(131016), 0, fateAgain, signGood, 131016, s},
		{"and after more the next times", graphError(131016), 3, fateAgain, signGood, 131016, 8 * s},
		{"but never after more than a minute", graphError(131016), 40, fateAgain, signGood, 131016, 60 * s},
		{"what Meta asks for counts when it is more", asked(131016, 90*s), 0, fateAgain, signGood, 131016, 90 * s},
		{"something went wrong is tried again", graphError(131000), 2, fateAgain, signGood, 131000, 4 * s},
		{"and given up after three tries", graphError(131000), 3, fateFailed, signGood, 131000, 0},
		{"an unknown code of a failing server is tried again", &cloudapi.Error{HTTP: 500, GraphError: cloudapi.GraphError{Code: 999999}}, 0, fateAgain, signGood, 999999, s},
		{"an unknown code of a refusing server is final", graphError(999999), 0, fateFailed, signGood, 999999, 0},
		{"the number's rate slows the channel", graphError(130429), 0, fateAgain, signSlow, 130429, 0},
		{"the app's rate slows the channel", graphError(4), 0, fateAgain, signSlow, 4, 0},
		{"the account's rate slows the channel", graphError(80007), 0, fateAgain, signSlow, 80007, 0},
		{"a number on its way up slows the channel", graphError(131057), 0, fateAgain, signSlow, 131057, 0},
		{"a pair limit waits 4^0 seconds first", graphError(131056), 0, fateAgain, signGood, 131056, s},
		{"then 4^1", graphError(131056), 1, fateAgain, signGood, 131056, 4 * s},
		{"then 4^2", graphError(131056), 2, fateAgain, signGood, 131056, 16 * s},
		{"and 4^5 at most", graphError(131056), 63, fateAgain, signGood, 131056, 1024 * s},
		{"a blocked number holds the channel for long", graphError(133016), 0, fateAgain, signBlocked, 133016, 0},
		{"a wrong token stops the channel and keeps the row", graphError(190), 0, fateAgain, signRefused, 190, 0},
		{"a missing permission stops the channel", graphError(200), 0, fateAgain, signRefused, 200, 0},
		{"an unpaid account stops the channel", graphError(131042), 0, fateAgain, signRefused, 131042, 0},
		{"an unregistered number stops the channel", graphError(133010), 0, fateAgain, signRefused, 133010, 0},
		{"a closed window is final", graphError(131047), 0, fateFailed, signGood, 131047, 0},
		{"a recipient who cannot be reached is final", graphError(131026), 0, fateFailed, signGood, 131026, 0},
		{"a wrong parameter is final", graphError(100), 0, fateFailed, signGood, 100, 0},
		{"a wrong template is final", graphError(132001), 0, fateFailed, signGood, 132001, 0},
		{"a marketing cap of a day is final", graphError(131049), 0, fateFailed, signGood, 131049, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := judge(c.err, c.later, 0.999999999)
			if v.fate != c.fate || v.sign != c.sign || v.code != c.code {
				t.Errorf("got %s, %s, %d; want %s, %s, %d", v.fate, v.sign, v.code, c.fate, c.sign, c.code)
			}
			if d := c.wait - v.wait; d < 0 || d > time.Microsecond {
				t.Errorf("waits %v, want %v", v.wait, c.wait)
			}
			if (v.text == "") != (c.err == nil) {
				t.Errorf("text is %q for error %v", v.text, c.err)
			}
		})
	}
	t.Run("jitter takes at most half of the wait away", func(t *testing.T) {
		if v := judge(graphError(131016), 2, 0); v.wait != 2*s {
			t.Errorf("waits %v, want 2s", v.wait)
		}
	})
}

func TestGate(t *testing.T) {
	start := time.Unix(1_800_000_000, 0)
	at := func(s float64) time.Time { return start.Add(time.Duration(s * float64(time.Second))) }
	silent := verdict{fate: fateAgain, sign: signSilent}
	good := verdict{fate: fateSent, sign: signGood}
	refused := verdict{fate: fateAgain, sign: signRefused, code: 190}
	const full = 0.999999999 // jitter
	expect := func(t *testing.T, g *gate, now time.Time, admits int, c Condition) {
		t.Helper()
		if n := min(g.admits(now), 2); n != admits || g.condition != c {
			t.Errorf("at %v: admits %d while %s, want %d while %s", now.Sub(start), n, g.condition, admits, c)
		}
	}

	t.Run("a failure shuts it for a second, then one probe passes", func(t *testing.T) {
		g := &gate{condition: OK}
		if !g.answered(g.depart(), silent, at(0), full) {
			t.Error("going offline is no change")
		}
		expect(t, g, at(0.9), 0, Offline)
		expect(t, g, at(1), 1, Offline)
		g.depart()
		expect(t, g, at(2), 0, Offline)
	})
	t.Run("failing probes shut it for 1, 2, 4 … 30 s", func(t *testing.T) {
		g := &gate{condition: OK}
		now := 0.0
		for _, pause := range []float64{1, 2, 4, 8, 16, 30, 30} {
			g.answered(g.depart(), silent, at(now), full)
			expect(t, g, at(now+pause-0.01), 0, Offline)
			now += pause
			expect(t, g, at(now), 1, Offline)
		}
	})
	t.Run("a probe that is answered opens it and forgets the failures", func(t *testing.T) {
		g := &gate{condition: OK}
		g.answered(g.depart(), silent, at(0), full)
		g.answered(g.depart(), silent, at(1), full)
		if !g.answered(g.depart(), good, at(3), full) {
			t.Error("opening is no change")
		}
		expect(t, g, at(3), 2, OK)
		g.answered(g.depart(), silent, at(4), full)
		expect(t, g, at(5), 1, Offline)
	})
	t.Run("what was under way when it shut counts once", func(t *testing.T) {
		g := &gate{condition: OK}
		a, b, c := g.depart(), g.depart(), g.depart()
		g.answered(a, silent, at(0), full)
		g.answered(b, silent, at(0.5), full)
		expect(t, g, at(1), 1, Offline)
		g.answered(c, good, at(1), full)
		expect(t, g, at(1), 1, Offline)
	})
	t.Run("a late failure does not shut what a probe has opened", func(t *testing.T) {
		g := &gate{condition: OK}
		a, b := g.depart(), g.depart()
		g.answered(a, silent, at(0), full)
		g.answered(g.depart(), good, at(1), full)
		g.answered(b, silent, at(1.1), full)
		expect(t, g, at(1.2), 2, OK)
	})
	t.Run("a refusal is never old news", func(t *testing.T) {
		g := &gate{condition: OK}
		a, b := g.depart(), g.depart()
		g.answered(a, silent, at(0), full)
		if !g.answered(b, refused, at(0.1), full) || g.code != 190 {
			t.Errorf("code is %d, want 190 and a change", g.code)
		}
		expect(t, g, at(59), 0, Refused)
		expect(t, g, at(61), 1, Refused)
	})
	t.Run("many refusals at once leave one minute between two probes", func(t *testing.T) {
		g := &gate{condition: OK}
		a, b := g.depart(), g.depart()
		g.answered(a, refused, at(0), full)
		g.answered(b, refused, at(30), full)
		expect(t, g, at(60), 1, Refused)
	})
	t.Run("a network that fails does not hide a refusal", func(t *testing.T) {
		g := &gate{condition: OK}
		g.answered(g.depart(), refused, at(0), full)
		if g.answered(g.depart(), silent, at(60), full) || g.code != 190 {
			t.Errorf("code is %d, want 190 and no change", g.code)
		}
		expect(t, g, at(60.5), 0, Refused)
	})
	t.Run("what Meta asks for is waited for", func(t *testing.T) {
		g := &gate{condition: OK}
		g.answered(g.depart(), verdict{fate: fateAgain, sign: signSlow, code: 130429, asked: 45 * time.Second}, at(0), full)
		expect(t, g, at(44), 0, Slowed)
		expect(t, g, at(45), 1, Slowed)
	})
	t.Run("a person in a hurry gets a probe, and one only", func(t *testing.T) {
		g := &gate{condition: OK}
		g.answered(g.depart(), refused, at(0), full)
		g.hurry()
		expect(t, g, at(1), 1, Refused)
		g.depart()
		expect(t, g, at(1), 0, Refused)
	})
}
