package desktest

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"time"

	"shopbell/core/autoreply"
	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/media"
)

// PutRules puts rules in force, as the command line would.
func (f *Fake) PutRules(file autoreply.File) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.putRules(desk.Actor{}, file)
}

// putRules puts rules in force. The caller holds mu.
func (f *Fake) putRules(who desk.Actor, file autoreply.File) desk.RulesState {
	f.rules = append(f.rules, desk.RulesState{
		RulesRevision: desk.RulesRevision{Number: int64(len(f.rules) + 1), By: who.Agent, ByName: who.Name, At: f.Now()},
		File:          file,
	})
	f.announce(desk.EventRules, 0, 0)
	return f.shownRules(f.rules[len(f.rules)-1])
}

// inForce returns the rules in force. The caller holds mu.
func (f *Fake) inForce() desk.RulesState {
	if len(f.rules) == 0 {
		return f.shownRules(desk.RulesState{File: autoreply.File{Version: autoreply.Version}})
	}
	return f.shownRules(f.rules[len(f.rules)-1])
}

// shownRules fills in what Rules tells of a file. The caller holds mu.
func (f *Fake) shownRules(s desk.RulesState) desk.RulesState {
	s.Pictures = map[string]chat.Media{}
	for _, use := range s.File.Pictures() {
		file, ok := f.pictures[use.Name]
		if !ok {
			continue
		}
		if _, m, err := media.Inspect(use.Name, bytes.NewReader(f.files[file]), int64(len(f.files[file]))); err == nil {
			m.File, m.State = file, chat.MediaHere
			s.Pictures[use.Name] = m
		}
	}
	return s
}

// rulesFault gives a fault of rules or of a trial its code.
func rulesFault(err error) error {
	if e, ok := errors.AsType[*autoreply.FileError](err); ok {
		return &desk.Error{Code: desk.Invalid, Field: e.Field, Limit: e.Limit, Err: e}
	}
	if e, ok := errors.AsType[*autoreply.TrialError](err); ok {
		return &desk.Error{Code: desk.Invalid, Field: e.Field, Limit: e.Limit, Err: e}
	}
	return err
}

// checkedRules holds a file against the format, as a desk does.
func checkedRules(file autoreply.File) (autoreply.File, error) {
	data, err := file.Marshal()
	if err != nil {
		return file, err
	}
	file, _, err = autoreply.Read(data, autoreply.File{}, false)
	return file, rulesFault(err)
}

// Rules keeps the contract of desk.Rules.
func (f *Fake) Rules(ctx context.Context, _ desk.Actor) (desk.RulesState, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "Rules"); err != nil {
		return desk.RulesState{}, err
	}
	return f.inForce(), nil
}

// SaveRules keeps the contract of desk.Rules.
func (f *Fake) SaveRules(ctx context.Context, who desk.Actor, file autoreply.File, revision int64) (desk.RulesState, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "SaveRules"); err != nil {
		return desk.RulesState{}, err
	}
	file, err := checkedRules(file)
	if err != nil {
		return desk.RulesState{}, err
	}
	for _, use := range file.Pictures() {
		if _, ok := f.pictures[use.Name]; !ok {
			return desk.RulesState{}, rulesFault(use.Missing("is not among the shop's pictures"))
		}
	}
	if now := int64(len(f.rules)); now != revision {
		return desk.RulesState{}, desk.Errorf(desk.Conflict, "revision %d is in force", now)
	}
	return f.putRules(who, file), nil
}

// RulesHistory keeps the contract of desk.Rules.
func (f *Fake) RulesHistory(ctx context.Context, _ desk.Actor) (list []desk.RulesRevision, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "RulesHistory"); err != nil {
		return nil, err
	}
	for _, s := range slices.Backward(f.rules) {
		list = append(list, s.RulesRevision)
	}
	return list[:min(len(list), 50)], nil
}

// RulesAt keeps the contract of desk.Rules.
func (f *Fake) RulesAt(ctx context.Context, _ desk.Actor, number int64) (desk.RulesState, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "RulesAt"); err != nil {
		return desk.RulesState{}, err
	}
	if number < 1 || number > int64(len(f.rules)) {
		return desk.RulesState{}, desk.Errorf(desk.NotFound, "revision %d of the rules", number)
	}
	return f.shownRules(f.rules[number-1]), nil
}

// TryRules keeps the contract of desk.Rules; the shop has no levels and no name.
func (f *Fake) TryRules(ctx context.Context, _ desk.Actor, file *autoreply.File, t autoreply.Trial) (autoreply.Explanation, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "TryRules"); err != nil {
		return autoreply.Explanation{}, err
	}
	if file == nil {
		now := f.inForce().File
		file = &now
	}
	draft, err := checkedRules(*file)
	if err != nil {
		return autoreply.Explanation{}, err
	}
	book, err := autoreply.Compile(draft)
	if err != nil {
		return autoreply.Explanation{}, rulesFault(err)
	}
	if t.At.IsZero() {
		t.At = f.Now()
	}
	e, err := book.Try(t)
	return e, rulesFault(err)
}

// RuleHits keeps the contract of desk.Rules.
func (f *Fake) RuleHits(ctx context.Context, _ desk.Actor, since time.Time) (map[string]int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "RuleHits"); err != nil {
		return nil, err
	}
	hits := map[string]int{}
	for _, list := range f.messages {
		for _, m := range list {
			if m.Author == chat.AuthorRule && !m.At.Before(since) {
				hits[m.RuleID]++
			}
		}
	}
	return hits, nil
}

// AnsweredAlone keeps the contract of desk.Rules, but that silence resolves nothing.
func (f *Fake) AnsweredAlone(ctx context.Context, _ desk.Actor, since time.Time) (share desk.AloneShare, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "AnsweredAlone"); err != nil {
		return share, err
	}
	for id, c := range f.convs {
		if c.State != chat.StateResolved || c.ResolvedAt.Before(since) {
			continue
		}
		share.Resolved++
		if !slices.ContainsFunc(f.messages[id], func(m chat.Message) bool { return m.Author == chat.AuthorAgent }) {
			share.Alone++
		}
	}
	return share, nil
}

// ExportRules keeps the contract of desk.Rules.
func (f *Fake) ExportRules(ctx context.Context, _ desk.Actor) ([]byte, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "ExportRules"); err != nil {
		return nil, err
	}
	return f.inForce().File.Marshal()
}

// ReadRules keeps the contract of desk.Rules.
func (f *Fake) ReadRules(ctx context.Context, _ desk.Actor, data []byte, merge bool) (desk.RulesState, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "ReadRules"); err != nil {
		return desk.RulesState{}, err
	}
	state := f.inForce()
	var err error
	if state.File, state.Warnings, err = autoreply.Read(data, state.File, merge); err != nil {
		return desk.RulesState{}, rulesFault(err)
	}
	return f.shownRules(state), nil
}

// AddPicture keeps the contract of desk.Rules.
func (f *Fake) AddPicture(ctx context.Context, _ desk.Actor, name string, content io.Reader) (string, error) {
	offered, err := io.ReadAll(io.LimitReader(content, media.MaxDocument))
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := cmp.Or(f.enter(ctx, "AddPicture"), err); err != nil {
		return "", err
	}
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	if err := autoreply.CheckPictureName(name); err != nil {
		return "", &desk.Error{Code: desk.Invalid, Field: "name", Err: err}
	}
	r, err := media.MakeReady(name, bytes.NewReader(offered), int64(len(offered)))
	if err != nil {
		return "", err
	}
	if r.Kind != chat.KindImage {
		return "", &desk.FileError{Code: chat.MediaWrongType, MIME: r.Media.MIME, Size: r.Media.Size}
	}
	if r.Picture != nil {
		offered = r.Picture
	}
	file := f.putFile(offered)
	stem, ending := strings.TrimSuffix(name, path.Ext(name)), path.Ext(name)
	for n := 2; f.pictures[name] != "" && f.pictures[name] != file; n++ {
		name = fmt.Sprintf("%s-%d%s", stem, n, ending)
	}
	f.pictures[name] = file
	return name, nil
}
