package desktest

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"strings"

	"shopbell/core/autoreply"
	"shopbell/core/desk"
)

// answering is a rules file that answers a word with a text.
func answering(word, text string) autoreply.File {
	return autoreply.File{Version: autoreply.Version, Timezone: "Europe/Lisbon", Open: []autoreply.Window{{From: "00:00", To: "24:00"}}, Rules: []autoreply.Rule{{
		Name: "Rule of " + word, Trigger: autoreply.TriggerKeyword, Enabled: true, Match: autoreply.MatchExact,
		Keywords: []string{word}, Replies: []autoreply.Variant{{Text: text}},
	}}}
}

func (b *bench) rules() desk.RulesState {
	b.Helper()
	s, err := b.Desk.Rules(b.Context(), b.Anna)
	b.want(err, "", "reading the rules")
	return s
}

func (b *bench) saveRules(f autoreply.File) desk.RulesState {
	b.Helper()
	s, err := b.Desk.SaveRules(b.Context(), b.Anna, f, b.rules().Number)
	b.want(err, "", "saving rules")
	return s
}

func (b *bench) savingRules() {
	ctx := b.Context()
	before := b.rules().Number
	first := b.saveRules(answering("alpha", "one"))
	if first.Number <= before || first.By != b.Anna.Agent || first.ByName != b.Anna.Name || first.At.IsZero() || first.File.Rules[0].ID != "rule-of-alpha" {
		b.Errorf("what is saved is %+v", first)
	}
	second := b.saveRules(answering("alpha", "two"))
	history, err := b.Desk.RulesHistory(ctx, b.Pedro)
	b.want(err, "", "reading the history")
	if len(history) < 2 || history[0] != second.RulesRevision || history[1] != first.RulesRevision {
		b.Errorf("the history is %+v", history)
	}
	old, err := b.Desk.RulesAt(ctx, b.Pedro, first.Number)
	b.want(err, "", "reading an old revision")
	b.saveRules(old.File)
	if s := b.rules(); s.File.Rules[0].Replies[0].Text != "one" || s.Number <= second.Number {
		b.Errorf("after the undoing the rules are %+v", s)
	}
	for _, number := range []int64{-1, 0, second.Number + 50} {
		_, err = b.Desk.RulesAt(ctx, b.Anna, number)
		b.want(err, desk.NotFound, "a revision that is not")
	}
	if hits, err := b.Desk.RuleHits(ctx, b.Pedro, b.Now().AddDate(0, 0, -7)); err != nil || len(hits) != 0 {
		b.Errorf("hits before any customer: %v, %v", hits, err)
	}
}

func (b *bench) badRules() {
	b.saveRules(answering("alpha", "one"))
	before := b.rules()
	long := answering("alpha", strings.Repeat("x", autoreply.MaxText+1))
	_, err := b.Desk.SaveRules(b.Context(), b.Anna, long, before.Number)
	b.want(err, desk.Invalid, "257 characters")
	e, ok := errors.AsType[*desk.Error](err)
	if fault, is := errors.AsType[*autoreply.FileError](err); !ok || !is || e.Field != "replies[0].text" || e.Limit != autoreply.MaxText || fault.Rule != "rule-of-alpha" {
		b.Errorf("the refusal is %v", err)
	}
	if after := b.rules(); after.Number != before.Number || after.File.Rules[0].Replies[0].Text != "one" {
		b.Errorf("the rules became %+v", after)
	}
}

func (b *bench) savingAtOnce() {
	was := b.rules().Number
	b.saveRules(answering("alpha", "hers"))
	_, err := b.Desk.SaveRules(b.Context(), b.Anna, answering("alpha", "mine"), was)
	b.want(err, desk.Conflict, "saving what was made from an older revision")
	if got := b.rules().File.Rules[0].Replies[0].Text; got != "hers" {
		b.Errorf("the reply is %q", got)
	}
}

func (b *bench) tryingRules() {
	ctx := b.Context()
	b.saveRules(answering("alpha", "in force"))
	draft := answering("alpha", "a draft")
	for want, file := range map[string]*autoreply.File{"in force": nil, "a draft": &draft} {
		e, err := b.Desk.TryRules(ctx, b.Pedro, file, autoreply.Trial{Message: "alpha?"})
		b.want(err, "", "trying")
		if len(e.Decision.Replies) != 1 || e.Decision.Replies[0].Text != want || len(e.Rules) != 1 || !e.Rules[0].Answers {
			b.Errorf("it explains %+v", e)
		}
	}
	_, err := b.Desk.TryRules(ctx, b.Pedro, nil, autoreply.Trial{Button: "payload"})
	b.want(err, desk.Invalid, "a button that is none")
	bad := answering("alpha", "")
	_, err = b.Desk.TryRules(ctx, b.Pedro, &bad, autoreply.Trial{Message: "alpha"})
	b.want(err, desk.Invalid, "an empty reply")
}

func (b *bench) readingRules() {
	ctx := b.Context()
	b.saveRules(answering("alpha", "one"))
	data, err := answering("bravo", "two").Marshal()
	b.want(err, "", "writing a file")
	for rules, merge := range map[int]bool{1: false, 2: true} {
		s, err := b.Desk.ReadRules(ctx, b.Anna, data, merge)
		b.want(err, "", "reading a file")
		if len(s.File.Rules) != rules || s.Number != b.rules().Number {
			b.Errorf("merged %t, it reads %+v", merge, s)
		}
	}
	_, err = b.Desk.ReadRules(ctx, b.Anna, []byte("{"), false)
	b.want(err, desk.Invalid, "reading what is no rules file")
	if got := b.rules().File.Rules; len(got) != 1 || got[0].ID != "rule-of-alpha" {
		b.Errorf("reading changed the rules: %+v", got)
	}
	exported, err := b.Desk.ExportRules(ctx, b.Pedro)
	b.want(err, "", "writing the file")
	if s, err := b.Desk.ReadRules(ctx, b.Anna, exported, false); err != nil || s.File.Rules[0].Replies[0].Text != "one" {
		b.Errorf("what is exported reads as %+v, %v", s, err)
	}
}

// photoOf is a JPEG of one colour.
func photoOf(width, height int, c color.Color) []byte {
	m := image.NewRGBA(image.Rect(0, 0, width, height))
	for i := range width * height {
		m.Set(i%width, i/width, c)
	}
	var out bytes.Buffer
	_ = jpeg.Encode(&out, m, nil) // into memory
	return out.Bytes()
}

func (b *bench) picturesOfRules() {
	ctx := b.Context()
	add := func(name string, content []byte) string {
		b.Helper()
		got, err := b.Desk.AddPicture(ctx, b.Anna, name, bytes.NewReader(content))
		b.want(err, "", "adding a picture")
		return got
	}
	red, blue := photoOf(1600, 800, color.RGBA{R: 200, A: 255}), photoOf(400, 300, color.RGBA{B: 200, A: 255})
	one := add(`C:\shop\sizes.jpg`, red)
	if again, other := add("sizes.jpg", red), add("sizes.jpg", blue); one != "sizes.jpg" || again != one || other == one {
		b.Errorf("the names are %q, %q and %q", one, again, other)
	}
	file := answering("alpha", "look")
	file.Rules[0].Replies[0].Picture = one
	s := b.saveRules(file)
	m := s.Pictures[one]
	if m.Width != 800 || m.Height != 400 || m.File == "" {
		b.Errorf("the picture is %+v", m)
	}
	content, err := b.Desk.Open(ctx, b.Pedro, m.File)
	b.want(err, "", "opening the picture")
	if err == nil {
		if data, err := io.ReadAll(content); err != nil || int64(len(data)) != m.Size {
			b.Errorf("it has %d bytes, %v; want %d", len(data), err, m.Size)
		}
		b.want(content.Close(), "", "closing it")
	}
	file.Rules[0].Replies[0].Picture = "none.jpg"
	_, err = b.Desk.SaveRules(ctx, b.Anna, file, s.Number)
	b.want(err, desk.Invalid, "a picture that the shop does not have")
	_, err = b.Desk.AddPicture(ctx, b.Anna, "sizes.pdf", strings.NewReader("%PDF-1.4\n"))
	b.want(err, desk.Invalid, "a document")
	_, err = b.Desk.AddPicture(ctx, b.Anna, ".jpg", bytes.NewReader(blue))
	b.want(err, desk.Invalid, "a name that is none")
}
