package rules

import (
	"cmp"
	"context"
	"errors"
	"io"
	"maps"
	"slices"
	"time"

	"shopbell/core/autoreply"
	"shopbell/core/chatexport"
	"shopbell/core/desk"
	"shopbell/core/learn"
)

// pastTalk is what all chats say together.
type pastTalk struct {
	chats    []pastChat
	talks    []*learn.Chat // of each of chats, nil where it was not read; let go once they are kept
	messages int
	people   int
	pairs    int // questions with an answer
	kinds    map[chatexport.Kind]int
	spoken   []share
	since    time.Time
	found    learn.Found
	unkept   error // why the desk did not keep them for its bench
}

// share is how many questions are of a language, as learn.Language.
type share struct {
	language  string
	questions int
}

// reading is how the chats are read.
type reading struct {
	order chatexport.Order // of dates that can be read two ways
	shop  string           // who of those who write is the shop
	rules autoreply.File   // what it answers already
	now   time.Time
	keep  func(ctx context.Context, chat string, messages []learn.Message) (int, error) // desk.PastChats.KeepPast
}

// all reads the chats whole, and what they propose, and has them kept.
func (r reading) all(ctx context.Context, chats []pastChat, at *pace) (pastTalk, error) {
	t := pastTalk{kinds: make(map[chatexport.Kind]int)}
	total := progress{stage: stageRead, files: len(chats)}
	for _, c := range chats {
		if c.isRead() {
			total.size += c.outline.Bytes
			total.all += c.outline.Messages
		}
	}
	at.note(func(p *progress) { *p = total })
	for i, c := range chats {
		at.note(func(p *progress) { p.file = i + 1 })
		var talk *learn.Chat
		if c.isRead() {
			talk = learn.NewChat(r.shop)
			if c.err = r.read(ctx, &c, at, &t, talk); c.err != nil {
				talk = nil
			}
			if err := at.pass(ctx); err != nil {
				return t, err
			}
		}
		t.chats, t.talks = append(t.chats, c), append(t.talks, talk)
	}
	at.note(func(p *progress) { p.stage = stagePropose })
	var err error
	if t.found, err = learn.Propose(t.questions(), runnable(r.rules), r.now); err != nil {
		return t, err
	}
	err = r.keepAll(ctx, t.talks, at)
	t.talks = nil
	if errors.Is(err, errStopped) || ctx.Err() != nil {
		return t, err
	}
	t.unkept = err
	return t, nil
}

// read reads one chat into what all say, and into talk.
func (r reading) read(ctx context.Context, c *pastChat, at *pace, t *pastTalk, talk *learn.Chat) error {
	order := cmp.Or(c.outline.Order, r.order)
	return opened(c.file, func(chats []chatexport.Chat) error {
		if c.nth >= len(chats) {
			return &chatexport.FileError{Code: chatexport.FileNoChat, Problem: "the file has changed since it was looked at"}
		}
		return textOf(ctx, chats[c.nth], at, func(text io.Reader) error {
			return chatexport.Read(text, order, time.UTC, func(e chatexport.Entry) error {
				c.add(e)
				if e.Author != "" {
					at.note(func(p *progress) { p.messages++ })
				}
				t.kinds[e.Kind]++
				talk.Add(e)
				return nil
			})
		})
	})
}

// add counts an entry.
func (c *pastChat) add(e chatexport.Entry) {
	switch {
	case e.Kind == chatexport.KindUnread:
		c.unread += e.Lines
		c.unreadParts = append(c.unreadParts, unreadPart{e.Line, e.Lines, e.Reason})
	case e.Author != "":
		c.messages++
		if c.from.IsZero() || e.At.Before(c.from) {
			c.from = e.At
		}
		if e.At.After(c.to) {
			c.to = e.At
		}
	}
}

// questions sums up what was read, and returns what was asked. Of two exports of one
// chat the longer counts.
func (t *pastTalk) questions() (all []learn.Pair) {
	longest := make(map[string]int) // index by mark
	for i, talk := range t.talks {
		if talk == nil {
			continue
		}
		mark := talk.Mark()
		other, twice := longest[mark]
		switch {
		case mark == "":
		case !twice:
			longest[mark] = i
		case t.chats[i].messages > t.chats[other].messages:
			longest[mark], t.chats[other].again = i, true
		default:
			t.chats[i].again = true
		}
	}
	asked := make(map[string]int) // by language
	for i, talk := range t.talks {
		c := &t.chats[i]
		if talk == nil || c.again {
			continue
		}
		pairs := talk.Pairs()
		c.language = learn.Language(pairs)
		asked[c.language] += len(pairs)
		t.people++
		t.messages += c.messages
		if t.since.IsZero() || c.from.Before(t.since) {
			t.since = c.from
		}
		for _, p := range pairs {
			if len(p.Answers) > 0 {
				t.pairs++
			}
		}
		all = append(all, pairs...)
	}
	for _, language := range slices.Sorted(maps.Keys(asked)) {
		if n := asked[language]; n > 0 {
			t.spoken = append(t.spoken, share{language, n})
		}
	}
	slices.SortStableFunc(t.spoken, func(a, b share) int { return cmp.Compare(b.questions, a.questions) })
	return all
}

// keepAll has the desk keep what was read, piece by piece.
func (r reading) keepAll(ctx context.Context, talks []*learn.Chat, at *pace) error {
	all := 0
	for _, talk := range talks {
		if talk != nil && talk.Mark() != "" {
			all += len(talk.Messages())
		}
	}
	at.note(func(p *progress) { *p = progress{stage: stageKeep, all: all} })
	for _, talk := range talks {
		if talk == nil || talk.Mark() == "" {
			continue
		}
		for piece := range slices.Chunk(talk.Messages(), desk.MaxPast) {
			if err := at.pass(ctx); err != nil {
				return err
			}
			if _, err := r.keep(ctx, talk.Mark(), piece); err != nil {
				return err
			}
			at.note(func(p *progress) { p.messages += len(piece) })
		}
	}
	return nil
}
