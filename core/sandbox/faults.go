package sandbox

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"time"
)

// Faults are what goes wrong, until the next SetFaults. The zero value is a
// network in which all is well.
type Faults struct {
	// Down refuses connections to the Graph API and cuts those there are. The
	// address stays the same; another program could take the port meanwhile.
	Down bool
	// Latency is added before the Graph API looks at a request.
	Latency time.Duration
	// Refuse answers sends that are in order with a Graph error.
	Refuse Refusal
	// Fail accepts sends and then reports them failed by status.
	Fail Refusal
	// Both answers sends with a Graph error and reports them failed by status too.
	Both Refusal
	// Receipts answers with a Graph error what says that the shop has read.
	Receipts Refusal
	// Cut drops the connection after the whole request was read.
	Cut Cut
	// Garbage answers a send with HTTP 502 and a page of HTML.
	Garbage Cut
	// StatusBeforeAnswer reports "sent" and what follows before the send is
	// answered, as Meta now and then does. Options.Delay does not apply then.
	StatusBeforeAnswer bool
	DuplicateStatuses  bool // each status comes twice
	NoStatuses         bool // none comes at all
	DuplicateWebhooks  bool // each message of a customer comes twice
	Media              MediaFaults
}

// MediaFaults are what goes wrong with files.
type MediaFaults struct {
	Refuse    Refusal // uploads that are in order; To does not apply
	NotYet    Often   // downloads answered by 404, though the file is there
	CutHalf   Often   // downloads that end after half of the file
	NoRanges  bool    // downloads start at the first byte whatever was asked for
	Forgotten bool    // files of customers are gone
	NoURL     bool    // webhooks name the id of a file and no address
	// Foreign replaces scheme and host of the addresses of files: who follows one
	// shows the token to a stranger.
	Foreign string
}

// Often says how often a fault happens: the next Next times for sure, then at
// Rate (0 to 1).
type Often struct {
	Next int
	Rate float64
}

func (o *Often) happens(rng *rand.Rand) bool {
	if o.Next > 0 {
		o.Next--
		return true
	}
	return o.Rate > 0 && rng.Float64() < o.Rate
}

// Refusal is a Graph error code that requests meet.
type Refusal struct {
	Often
	Code int
	To   string // phone or user id: sends to this customer only; empty: to all
}

func (r *Refusal) happens(rng *rand.Rand, to string) bool {
	return (r.To == "" || r.To == to) && r.Often.happens(rng)
}

func (r *Refusal) refusal() *refusal {
	return &refusal{Code: r.Code, Message: "Fault of the sandbox", Details: "The sandbox was told to refuse this"}
}

// Cut is a send without a usable answer.
type Cut struct {
	Often
	Delivered bool // the message was taken all the same, and has its statuses
}

// SetFaults replaces the faults of before. It fails only when the Graph API was
// down and cannot listen on its port again; then it is still down.
func (s *Sandbox) SetFaults(f Faults) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return net.ErrClosed
	}
	switch {
	case f.Down && s.server != nil:
		server := s.server
		s.server = nil
		err := server.Close()
		// A server that has not begun to serve does not know its listener yet.
		if e := s.listener.Close(); !errors.Is(e, net.ErrClosed) {
			err = errors.Join(err, e)
		}
		if err != nil {
			return fmt.Errorf("sandbox: Graph API: %w", err)
		}
	case !f.Down && s.server == nil:
		ln, err := net.Listen("tcp", s.addr)
		if err != nil {
			return fmt.Errorf("sandbox: Graph API cannot come back: %w", err)
		}
		s.serve(ln)
	}
	s.faults = f
	return nil
}
