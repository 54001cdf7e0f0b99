package rules

import (
	"context"
	"errors"
	"io"
	"sync"
)

// stage is what a reading is at.
type stage uint8

const (
	stageLook    stage = iota // who writes in the files, and how their dates stand
	stageRead                 // the chats, whole
	stagePropose              // rules
	stageKeep                 // what was read, for the bench
)

// progress is how far a reading is.
type progress struct {
	stage         stage
	file, files   int   // the one under way, from 1; files is 0 before the first
	bytes, size   int64 // of its text; from stageRead on of all texts
	messages, all int   // read, or in stageKeep kept; all is 0 while it is not known
}

// part is how much of the stage is done, from 0 to 1.
func (p progress) part() float32 {
	within := float32(p.bytes) / float32(max(1, p.size))
	switch {
	case p.stage == stageKeep:
		within = float32(p.messages) / float32(max(1, p.all))
	case p.stage == stageLook && p.files > 0:
		within = (float32(p.file-1) + min(within, 1)) / float32(p.files)
	}
	return min(within, 1)
}

// errStopped ends a reading that the person stopped.
var errStopped = errors.New("rules: the reading was stopped")

// pace is a reading under way: how far it is, and whether a person holds it up. It is
// used by the reading and by the UI thread at once.
type pace struct {
	mu      sync.Mutex
	at      progress
	held    chan struct{} // closed when it goes on; nil: it goes
	stopped bool
}

// now is how far it is.
func (p *pace) now() progress {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.at
}

// note changes how far it is.
func (p *pace) note(change func(at *progress)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	change(&p.at)
}

// hold holds it up, or lets it go on.
func (p *pace) hold(on bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if on == (p.held != nil) {
		return
	}
	if on {
		p.held = make(chan struct{})
		return
	}
	close(p.held)
	p.held = nil
}

// isHeld reports whether it is held up.
func (p *pace) isHeld() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.held != nil
}

// stop ends it, also where it is held up.
func (p *pace) stop() {
	p.note(func(*progress) { p.stopped = true })
	p.hold(false)
}

// pass waits while it is held up. The error is errStopped, or that of ctx.
func (p *pace) pass(ctx context.Context) error {
	for {
		p.mu.Lock()
		held, stopped := p.held, p.stopped
		p.mu.Unlock()
		if err := ctx.Err(); err != nil {
			return err
		}
		if stopped {
			return errStopped
		}
		if held == nil {
			return nil
		}
		select {
		case <-held:
		case <-ctx.Done():
		}
	}
}

// paced counts what is read of a text, and reads at a pace.
type paced struct {
	ctx context.Context
	*pace
	text io.Reader
}

func (r paced) Read(p []byte) (int, error) {
	if err := r.pass(r.ctx); err != nil {
		return 0, err
	}
	n, err := r.text.Read(p)
	r.note(func(at *progress) { at.bytes += int64(n) })
	return n, err
}
