package sandbox

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"
)

//go:embed crowd.json
var crowdFile []byte

// A shop answers one customer by itself three times a day (mission A9), so that the
// cast alone would soon hear no rule any more: after it newcomers come without end.
const (
	castTurns  = 2                // for each of the cast, on average, before somebody new comes
	comesEvery = 20 * time.Second // at the soonest, and half as much later at the latest
	crowdStays = 10               // who came longest ago goes home, and writes no more
	matters    = 3                // questions of one newcomer
	voiceNotes = 8                // one question of so many is spoken
)

// The phones of newcomers lie in the range that Arcep keeps for fiction, above
// those of the cast. The first comes again after more than two days of demo.
const (
	crowdSize   = 9000
	crowdRange  = "3363998"
	crowdFirst  = 1000
	crowdUserID = "FR.5550000000"
)

// crowd is the content of crowd.json by language: names, and what newcomers say.
type crowd map[string]struct {
	Given     []string            `json:"given"`
	Family    []string            `json:"family"`
	Questions map[string][]string `json:"questions"` // by topic
	Thanks    []string            `json:"thanks"`
}

// loadCrowd reads crowd.json and checks that everybody has a name and something
// to say.
func loadCrowd() (crowd, error) {
	var c crowd
	dec := json.NewDecoder(bytes.NewReader(crowdFile))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&c); err != nil {
		return nil, fmt.Errorf("sandbox: crowd.json: %w", err)
	}
	for language, of := range c {
		if len(of.Given) == 0 || len(of.Family) == 0 || len(of.Thanks) == 0 || len(of.Questions) < matters {
			return nil, fmt.Errorf("sandbox: crowd.json: %q lacks names, thanks or topics", language)
		}
		for topic, ways := range of.Questions {
			if len(ways) == 0 {
				return nil, fmt.Errorf("sandbox: crowd.json: nothing to ask about %s in %q", topic, language)
			}
		}
	}
	return c, nil
}

// member is the customer at place n of the crowd, counted round. Neighbours speak
// different languages.
func (c crowd) member(n int64) Customer {
	n = (n%crowdSize + crowdSize) % crowdSize
	languages := slices.Sorted(maps.Keys(c))
	language := languages[int(n)%len(languages)]
	nth, of := int(n)/len(languages), c[language]
	place := strconv.Itoa(crowdFirst + int(n))
	return Customer{
		Name:  of.Given[nth%len(of.Given)] + " " + of.Family[nth%len(of.Family)],
		Phone: crowdRange + place, UserID: crowdUserID + place, Language: language,
	}
}

// at finds the member with this phone or user id.
func (c crowd) at(address string) (Customer, bool) {
	place, ok := strings.CutPrefix(address, crowdRange)
	if !ok {
		place, ok = strings.CutPrefix(address, crowdUserID)
	}
	n, err := strconv.Atoi(place)
	if !ok || err != nil || len(place) != 4 || n < crowdFirst {
		return Customer{}, false
	}
	return c.member(int64(n - crowdFirst)), true
}

// persona gives a member of the crowd some questions, each about another topic.
func (c crowd) persona(rng *rand.Rand, who Customer, waiting []string) *persona {
	of := c[who.Language]
	topics := slices.Sorted(maps.Keys(of.Questions))
	rng.Shuffle(len(topics), func(i, j int) { topics[i], topics[j] = topics[j], topics[i] })
	p := &persona{customer: who, waiting: waiting}
	for _, topic := range topics[:matters] {
		ask := line{Text: pick(rng, of.Questions[topic])}
		if rng.IntN(voiceNotes) == 0 {
			ask = line{Send: "voice"}
		}
		p.stories = append(p.stories, story{Language: who.Language, Topic: topic, Turns: [][]line{{ask}, {{Text: pick(rng, of.Thanks)}}}})
	}
	return p
}

// door lets newcomers in, one after the other. Its time is the time that the
// customers have waited for their turns, so that a seed repeats it.
type door struct {
	crowd   crowd
	waiting map[string][]string
	rng     *rand.Rand // its own: newcomers must not change the cast's stories
	place   int64      // of who comes next
	due     time.Duration
	inside  []*persona // in the order they came
}

// newDoor returns the door of a demo that begins at start. Two demos of one desk
// let in different people, though nobody remembers the first: places follow the
// clock, which the door never overtakes.
func newDoor(c crowd, waiting map[string][]string, seed uint64, start time.Time) *door {
	return &door{crowd: c, waiting: waiting, rng: rand.New(rand.NewPCG(seed, 2)), place: start.Unix() / int64(comesEvery/time.Second)}
}

// next returns who comes in now, nil when nobody does. Who stood inside too long
// leaves.
func (d *door) next(now time.Duration) *persona {
	if now < d.due {
		return nil
	}
	d.due = now + comesEvery + time.Duration(d.rng.Int64N(int64(comesEvery/2)))
	who := d.crowd.member(d.place)
	p := d.crowd.persona(d.rng, who, d.waiting[who.Language])
	d.place++
	d.inside = append(d.inside, p)
	if len(d.inside) > crowdStays {
		d.inside = slices.Delete(d.inside, 0, 1)
	}
	return p
}

// reach returns the phone with this address, nil where nobody has it. The desk may
// have an open conversation with a newcomer of an earlier run: like the cast they
// are taken to have written just before this one. Callers hold mu.
func (s *Sandbox) reach(address string) *phone {
	if p := s.phones[address]; p != nil {
		return p
	}
	who, ok := s.crowd.at(address)
	if !ok {
		return nil
	}
	p := s.phone(who)
	p.lastInbound = s.started
	return p
}

// forget takes away what is known of c: who comes again after days is new.
func (s *Sandbox) forget(c Customer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, address := range c.addresses() {
		delete(s.phones, address)
	}
}
