package sandbox

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
)

//go:embed stories.json
var storiesFile []byte

// cast is the content of stories.json: who writes to the shop, and what.
type cast struct {
	Customers []Customer          `json:"customers"`
	Stories   []story             `json:"stories"`
	Waiting   map[string][]string `json:"waiting"` // by language: what one says who waits too long
}

// story is one matter of a customer. Each turn lists ways to say the same; the
// first opens, each later one follows an answer of the shop.
type story struct {
	Language string     `json:"language"`
	Topic    string     `json:"topic"`
	Turns    [][]string `json:"turns"`
}

// loadCast reads stories.json and checks that everybody has something to say.
func loadCast() (cast, error) {
	var c cast
	dec := json.NewDecoder(bytes.NewReader(storiesFile))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&c); err != nil {
		return cast{}, fmt.Errorf("sandbox: stories.json: %w", err)
	}
	for i, st := range c.Stories {
		if len(st.Turns) == 0 {
			return cast{}, fmt.Errorf("sandbox: stories.json: story %d has no turns", i)
		}
		for _, ways := range st.Turns {
			if len(ways) == 0 {
				return cast{}, fmt.Errorf("sandbox: stories.json: story %d has an empty turn", i)
			}
		}
	}
	for _, who := range c.Customers {
		if err := who.check(); err != nil {
			return cast{}, fmt.Errorf("sandbox: stories.json: %s: %w", who.Name, err)
		}
		if len(c.of(who.Language)) == 0 || len(c.Waiting[who.Language]) == 0 {
			return cast{}, fmt.Errorf("sandbox: stories.json: %s has nothing to say in %q", who.Name, who.Language)
		}
	}
	return c, nil
}

// of returns the stories in a language.
func (c cast) of(language string) []story {
	var out []story
	for _, st := range c.Stories {
		if st.Language == language {
			out = append(out, st)
		}
	}
	return out
}
