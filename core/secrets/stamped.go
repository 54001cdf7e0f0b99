package secrets

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"shopbell/core/desk"
)

// stampsName is the entry in which a place keeps when each of its secrets was set
// or deleted last.
const stampsName = "stamps"

// stamped is a place for secrets that knows when each was set or deleted, so that
// of two places the later word counts.
type stamped struct {
	Store
	now func() time.Time

	mu sync.Mutex // of the stamps: one reads, changes and writes them
}

// Set implements Store.
func (s *stamped) Set(name string, value desk.Secret) error {
	if name == stampsName {
		return fmt.Errorf("secrets: %s is a name of this package's own", name)
	}
	if err := check(name, value); err != nil {
		return err
	}
	return s.set(name, value, s.now())
}

// Delete implements Store.
func (s *stamped) Delete(name string) error { return s.set(name, "", s.now()) }

// set stores a secret, or deletes it where the value is empty, as of a time. The
// stamp comes second: without it the secret is there, and counts as old.
func (s *stamped) set(name string, value desk.Secret, at time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := put(s.Store, name, value); err != nil {
		return err
	}
	all, err := stampsOf(s.Store)
	if err != nil {
		return err
	}
	all[name] = at.UTC()
	text, err := json.Marshal(all)
	if err != nil {
		return fmt.Errorf("secrets: %w", err)
	}
	return s.Store.Set(stampsName, desk.Secret(text))
}

func put(s Store, name string, value desk.Secret) error {
	if value == "" {
		return s.Delete(name)
	}
	return s.Set(name, value)
}

// take moves what f holds to s, where f's word is the later one, and then removes
// the file. A secret without a stamp is older than any that has one; of two without,
// the file's counts: it was written where the keyring was missing. It returns the
// names of what was taken over. ErrUnreadable is of f, which stays then, as it does
// after any other error.
func (s *stamped) take(f *file) (names []string, err error) {
	theirs, err := stampsOf(f)
	if err != nil {
		return nil, err
	}
	held, err := f.names()
	if err != nil {
		return nil, err
	}
	for _, name := range held {
		if _, ok := theirs[name]; !ok && name != stampsName {
			theirs[name] = time.Time{}
		}
	}
	ours, err := stampsOf(s.Store)
	if err != nil {
		return nil, err
	}
	for name, at := range theirs {
		if ours[name].After(at) {
			continue
		}
		value, err := f.Get(name)
		if err != nil && !errors.Is(err, ErrNotFound) {
			return nil, err
		}
		if err := s.move(name, value, at); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	slices.Sort(names)
	return names, f.remove()
}

// move is set, and looks whether it is there now: what it came from goes next.
func (s *stamped) move(name string, value desk.Secret, at time.Time) error {
	if err := s.set(name, value, at); err != nil {
		return err
	}
	kept, err := s.Get(name)
	if value == "" && errors.Is(err, ErrNotFound) {
		return nil
	}
	if err == nil && kept != value {
		err = fmt.Errorf("secrets: %s was not kept as it was given", name)
	}
	return err
}

// stampsOf are the stamps of a place; none where it has none yet. Those that are
// damaged count as none.
func stampsOf(s Store) (map[string]time.Time, error) {
	all := map[string]time.Time{}
	text, err := s.Get(stampsName)
	if errors.Is(err, ErrNotFound) {
		return all, nil
	}
	if err != nil {
		return nil, err
	}
	if json.Unmarshal([]byte(text.Reveal()), &all) != nil {
		clear(all)
	}
	return all, nil
}
