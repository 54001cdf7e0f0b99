// Package packs holds the starter packs: the first rules of a general shop, in
// each language of autoreply.Languages, for a person to look through and to switch
// on. What only the shop knows ("[? 2–5 days]") stands in brackets, and a rule is
// refused switched on while one is left (autoreply.Unfilled): a shop never promises
// what nobody wrote.
//
// The rules are the same in every language, and are put together in layout.go;
// words/ has the words, one file for each language.
package packs

import (
	"fmt"
	"slices"

	"shopbell/core/autoreply"
	"shopbell/core/autoreply/words"
)

// A Pack is the rules for a shop in one language. Each is switched off, and the
// buttons lead to rules of the pack.
type Pack struct {
	Language string // one of autoreply.Languages
	File     autoreply.File
}

// All returns the packs in the order of autoreply.Languages, the callers' own to
// change. The error is of a broken word file, which a test excludes.
func All() ([]Pack, error) {
	out := make([]Pack, 0, len(autoreply.Languages))
	for _, language := range autoreply.Languages {
		f, err := put(language)
		if err != nil {
			return nil, fmt.Errorf("packs: %s: %w", language, err)
		}
		out = append(out, Pack{Language: language, File: f})
	}
	return out, nil
}

// With returns ids and those of the rules that their buttons lead to, in the order
// of the pack: what must be taken together. Ids that the pack does not have are
// left out.
func (p Pack) With(ids ...string) []string {
	wanted := make(map[string]bool)
	var want func(id string)
	want = func(id string) {
		at := slices.IndexFunc(p.File.Rules, func(r autoreply.Rule) bool { return r.ID == id })
		if at < 0 || wanted[id] {
			return
		}
		wanted[id] = true
		for _, v := range p.File.Rules[at].Replies {
			for _, b := range v.Buttons {
				want(b.Rule)
			}
		}
	}
	for _, id := range ids {
		want(id)
	}
	var out []string
	for _, r := range p.File.Rules {
		if wanted[r.ID] {
			out = append(out, r.ID)
		}
	}
	return out
}

// Have returns, by the ids of the pack's rules, the names of the shop's rules that
// are like them: of the same name but for its spelling, or with half or more of the
// keywords of the pack's rule. The first of the shop's counts; a rule of the pack that
// the shop has nothing like is not in the map.
func (p Pack) Have(shop autoreply.File) map[string]string {
	have := make(map[string]string)
	for _, mine := range p.File.Rules {
		at := slices.IndexFunc(shop.Rules, func(r autoreply.Rule) bool { return alike(mine, r) })
		if at >= 0 {
			have[mine.ID] = shop.Rules[at].Name
		}
	}
	return have
}

// alike reports whether a shop's rule does what one of a pack does.
func alike(mine, theirs autoreply.Rule) bool {
	if words.Fold(mine.Name) == words.Fold(theirs.Name) {
		return true
	}
	has := make(map[string]bool, len(theirs.Keywords))
	for _, k := range theirs.Keywords {
		has[words.Fold(k)] = true
	}
	shared := 0
	for _, k := range mine.Keywords {
		if has[words.Fold(k)] {
			shared++
		}
	}
	return shared > 0 && 2*shared >= len(mine.Keywords)
}

// Rules returns the rules that With names, to be added to a shop's own: where the
// shop has an id already, the pack's rule gets another one, and the buttons of the
// pack lead there. Nothing of the shop's is changed.
func (p Pack) Rules(shop autoreply.File, ids ...string) []autoreply.Rule {
	taken := make(map[string]bool)
	for _, r := range shop.Rules {
		taken[r.ID] = true
	}
	chosen := p.With(ids...)
	renamed := make(map[string]string, len(chosen))
	for _, id := range chosen {
		free := id
		for n := 2; taken[free]; n++ {
			free = fmt.Sprintf("%s-%d", id, n)
		}
		taken[free], renamed[id] = true, free
	}
	var out []autoreply.Rule
	for _, r := range p.File.Rules {
		id, ok := renamed[r.ID]
		if !ok {
			continue
		}
		r.ID = id
		r.Replies = slices.Clone(r.Replies)
		for i, v := range r.Replies {
			v.Buttons = slices.Clone(v.Buttons)
			for j, b := range v.Buttons {
				if b.Action == autoreply.ActionRule {
					v.Buttons[j].Rule = renamed[b.Rule]
				}
			}
			r.Replies[i] = v
		}
		r.Keywords = slices.Clone(r.Keywords)
		out = append(out, r)
	}
	return out
}
