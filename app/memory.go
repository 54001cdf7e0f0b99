package app

import "fyne.io/fyne/v2"

// memory is an inbox.Memory in the preferences of this computer. What is used in
// the sandbox stands apart: it is never offered to real customers.
type memory struct {
	kept    fyne.Preferences
	sandbox bool
}

func (m memory) key(key string) string {
	if m.sandbox {
		return "sandbox." + key
	}
	return "shop." + key
}

// String implements inbox.Memory.
func (m memory) String(key string) string { return m.kept.String(m.key(key)) }

// SetString implements inbox.Memory.
func (m memory) SetString(key, text string) { m.kept.SetString(m.key(key), text) }
