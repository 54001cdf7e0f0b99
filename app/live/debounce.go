package live

import "time"

// Debounce calls a function once nobody has triggered it for a while. It
// belongs to the UI thread.
type Debounce struct {
	scope *Scope
	wait  time.Duration
	fn    func()
	stop  func()
}

// NewDebounce makes a debounce that calls fn when wait has passed since the
// last Trigger.
func NewDebounce(s *Scope, wait time.Duration, fn func()) *Debounce {
	return &Debounce{scope: s, wait: wait, fn: fn}
}

// Trigger asks for a call and puts off one that was asked for before.
func (d *Debounce) Trigger() {
	d.Stop()
	d.stop = d.scope.After(d.wait, func() {
		d.stop = nil
		d.fn()
	})
}

// Flush makes a call that was asked for happen at once. Without one it does
// nothing.
func (d *Debounce) Flush() {
	if d.Stop() {
		d.fn()
	}
}

// Stop calls off a call that was asked for, and reports whether there was one.
func (d *Debounce) Stop() bool {
	if d.stop == nil {
		return false
	}
	d.stop()
	d.stop = nil
	return true
}
