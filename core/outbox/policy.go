package outbox

import (
	"errors"
	"time"

	"shopbell/core/cloudapi"
)

// What the outbox does with the answer to one try. It is decided by Meta's error
// code and never by its words (Cloud API, error codes); judge is the whole
// policy, gate.go what it means for a channel.

// fate is what becomes of a row after one try.
type fate string

const (
	fateSent    fate = "sent"    // accepted
	fateAgain   fate = "again"   // did not leave; ready once more
	fateUnknown fate = "unknown" // may have left; not tried again by itself
	fateFailed  fate = "failed"  // refused for good
)

// sign is what one try tells about its channel.
type sign string

const (
	signGood    sign = "good"    // Meta answered as it should, if only to refuse one message
	signSlow    sign = "slow"    // the whole number must send more slowly
	signBlocked sign = "blocked" // as signSlow, for long
	signSilent  sign = "silent"  // no answer: the network or Meta is away
	signRefused sign = "refused" // the key, the account or the number is refused
)

// verdict is the answer to one try, judged.
type verdict struct {
	fate fate
	sign sign
	code int    // Meta's error code; 0 where it gave none
	text string // the error in its own words, for "More"; empty for fateSent
	// wait is how long this row must not be tried again. 0: as soon as its
	// channel lets it.
	wait time.Duration
	// asked is how long Meta asked us to wait; 0: it did not.
	asked time.Duration
}

const (
	firstPause, maxPause     = time.Second, 30 * time.Second // of a channel
	firstBlocked, maxBlocked = time.Minute, time.Hour        // of a channel, after signBlocked
	refusedPause             = time.Minute                   // between two probes of a refused channel
	firstWait, maxWait       = time.Second, time.Minute      // of one row
	maxAsked                 = time.Hour                     // of what Meta may ask us to wait

	// someTries is how often "something went wrong" (131000) is answered with
	// another try: "few times" (Cloud API, errors).
	someTries = 3
	// maxPairPower bounds the 4^X seconds after 131056 (Cloud API, pair rate) to 17 minutes.
	maxPairPower = 5
)

// Codes within cloudapi.ClassRetry that need more than another try.
const (
	codeSomethingWrong = 131000

	codeAppCalls     = 4      // too many calls of the app
	codeAccountCalls = 80007  // too many calls of the business account
	codeNumberRate   = 130429 // too many messages of the number
	codeUpgrade      = 131057 // the number is being moved to a higher rate, up to a minute
	codeMaintenance  = 133004 // the server is away for a while
)

// judge decides about one try. err is what Courier.Send returned, later is how
// often Meta has answered "later" for this row before, and jitter a random
// number in [0, 1).
func judge(err error, later int, jitter float64) verdict {
	if err == nil {
		return verdict{fate: fateSent, sign: signGood}
	}
	v := verdict{text: err.Error()}
	if graph, ok := errors.AsType[*cloudapi.Error](err); ok {
		v.code = graph.Code
		v.asked = graph.RetryAfter
	}
	switch cloudapi.ClassOf(err) {
	case cloudapi.ClassNotSent:
		v.fate, v.sign = fateAgain, signSilent
	case cloudapi.ClassRetry:
		v.fate, v.sign = fateAgain, signGood
		switch v.code {
		case codeAppCalls, codeAccountCalls, codeNumberRate, codeUpgrade, codeMaintenance:
			v.sign = signSlow
		case codeSomethingWrong:
			if later >= someTries {
				v.fate = fateFailed
			}
		}
		if v.fate == fateAgain && v.sign == signGood {
			v.wait = max(v.asked, jittered(grown(firstWait, maxWait, later), jitter))
		}
	case cloudapi.ClassPair:
		v.fate, v.sign = fateAgain, signGood
		v.wait = max(v.asked, time.Second<<(2*min(later, maxPairPower)))
	case cloudapi.ClassSlow:
		v.fate, v.sign = fateAgain, signBlocked
	case cloudapi.ClassAccount, cloudapi.ClassRegistration, cloudapi.ClassToken:
		v.fate, v.sign = fateAgain, signRefused
	case cloudapi.ClassDay, cloudapi.ClassTemplateNeeded, cloudapi.ClassRecipient,
		cloudapi.ClassParameters, cloudapi.ClassTemplate:
		v.fate, v.sign = fateFailed, signGood
	default:
		// ClassNoAnswer, and whatever else does not tell where the message is. The
		// channel pauses too: a network that swallows messages makes each of them
		// a question for a person.
		v.fate, v.sign = fateUnknown, signSilent
	}
	return v
}

// grown is first, doubled n times, at most limit.
func grown(first, limit time.Duration, n int) time.Duration {
	d := first
	for ; n > 0 && d < limit; n-- {
		d *= 2
	}
	return min(d, limit)
}

// jittered is a time between half of d and d, so that what failed together does
// not come back together.
func jittered(d time.Duration, jitter float64) time.Duration {
	return d/2 + time.Duration(float64(d/2)*jitter)
}
