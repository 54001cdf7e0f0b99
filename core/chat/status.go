package chat

// Status says how far an outgoing message has come, and of an inbound one whether
// the desk was there when it came. Values are stored and sent
// to other programs: add new ones, never change old ones.
type Status string

const (
	StatusNone      Status = ""          // inbound messages but StatusPast, notes, system lines
	StatusScheduled Status = "scheduled" // in the outbox, to leave at a moment that was chosen
	StatusQueued    Status = "queued"    // in the outbox, not yet accepted
	StatusSent      Status = "sent"      // accepted by the Graph API
	StatusDelivered Status = "delivered" // on the customer's phone
	StatusRead      Status = "read"
	StatusPlayed    Status = "played"  // a voice note, heard
	StatusFailed    Status = "failed"  // refused for good; ErrorCode says why
	StatusUnknown   Status = "unknown" // written to the network, no answer: may or may not have left
	StatusExpired   Status = "expired" // not sent before its send_before, and never will be
	// StatusPast is that of a customer's message of before the number was connected:
	// nobody ever waited here for an answer to it.
	StatusPast Status = "past"
)

// rank orders what Meta reports. The other statuses are our own, and everything
// Meta reports stands above them.
var rank = map[Status]int{StatusSent: 1, StatusDelivered: 2, StatusRead: 3, StatusPlayed: 4}

// Climb returns the status after next was reported while s stood, and whether
// that is a change. A status only climbs (cloud-api 2.2): late and duplicate
// reports change nothing, "delivered" may be skipped, "failed" replaces only
// queued, unknown and sent, and a report of success from Meta overrules our own
// failed, expired or unknown, because the message is there. Nothing leads back
// to queued: a message that is sent once more is a new attempt, not a report.
func (s Status) Climb(next Status) (Status, bool) {
	switch next {
	case StatusFailed:
		if s == StatusQueued || s == StatusUnknown || s == StatusSent {
			return StatusFailed, true
		}
		return s, false
	case StatusExpired:
		if s == StatusQueued || s == StatusScheduled {
			return StatusExpired, true
		}
		return s, false
	case StatusUnknown:
		if s == StatusQueued {
			return next, true
		}
		return s, false
	}
	if rank[next] == 0 || s == StatusNone {
		return s, false
	}
	if s == StatusFailed && next == StatusSent {
		return s, false // a late "sent" does not undo a refusal that came after it
	}
	if rank[next] > rank[s] {
		return next, true
	}
	return s, false
}
