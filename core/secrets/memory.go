package secrets

import (
	"sync"

	"shopbell/core/desk"
)

// Memory is a Store that forgets everything with the process: for tests, and for
// keys that must not be kept. The zero value is empty and ready.
type Memory struct {
	mu  sync.Mutex
	all map[string]desk.Secret
}

// Get implements Store.
func (m *Memory) Get(name string) (desk.Secret, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	value, ok := m.all[name]
	if !ok {
		return "", ErrNotFound
	}
	return value, nil
}

// Set implements Store.
func (m *Memory) Set(name string, value desk.Secret) error {
	if err := check(name, value); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.all == nil {
		m.all = map[string]desk.Secret{}
	}
	m.all[name] = value
	return nil
}

// Delete implements Store.
func (m *Memory) Delete(name string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.all, name)
	return nil
}

// Kind implements Store: they are not kept.
func (*Memory) Kind() desk.SecretStore { return desk.StoreGiven }
