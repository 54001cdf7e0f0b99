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
// of the pack: what must be taken together. A button whose rule the shop has already,
// as Have says, leads there, and brings none. Ids that the pack does not have are left
// out.
func (p Pack) With(have map[string]autoreply.Rule, ids ...string) []string {
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
				if _, has := have[b.Rule]; !has {
					want(b.Rule)
				}
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

// Have returns, by the ids of the pack's rules, the shop's rules that are like them. A
// greeting and an off-hours reply are like any other of their trigger. A keyword rule
// is like one of the same name but for its spelling, one with half or more of its
// keywords, and one of the same kind of question half of whose own keywords it has. The
// first of the shop's counts; a rule of the pack that the shop has nothing like is not in the map.
func (p Pack) Have(shop autoreply.File) map[string]autoreply.Rule {
	have := make(map[string]autoreply.Rule)
	for _, mine := range p.File.Rules {
		at := slices.IndexFunc(shop.Rules, func(r autoreply.Rule) bool { return alike(mine, r) })
		if at >= 0 {
			have[mine.ID] = shop.Rules[at]
		}
	}
	return have
}

// alike reports whether a shop's rule does what one of a pack does.
func alike(mine, theirs autoreply.Rule) bool {
	switch {
	case mine.Trigger != theirs.Trigger:
		return false
	case mine.Trigger != autoreply.TriggerKeyword || words.Fold(mine.Name) == words.Fold(theirs.Name):
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
	return shared > 0 && (2*shared >= len(mine.Keywords) || mine.Kind == theirs.Kind && 2*shared >= len(theirs.Keywords))
}

// Rules returns the rules that With names, to be added to a shop's own: where the
// shop has an id already, the pack's rule gets another one, and the buttons of the
// pack lead there. A button whose rule is not among them leads to the shop's own one.
// Nothing of the shop's is changed.
func (p Pack) Rules(shop autoreply.File, ids ...string) []autoreply.Rule {
	taken := make(map[string]bool)
	for _, r := range shop.Rules {
		taken[r.ID] = true
	}
	have := p.Have(shop)
	chosen := p.With(have, ids...)
	renamed := make(map[string]string, len(chosen))
	for id, own := range have {
		renamed[id] = own.ID
	}
	for _, id := range chosen {
		free := id
		for n := 2; taken[free]; n++ {
			free = fmt.Sprintf("%s-%d", id, n)
		}
		taken[free], renamed[id] = true, free
	}
	var out []autoreply.Rule
	for _, r := range p.File.Rules {
		if !slices.Contains(chosen, r.ID) {
			continue
		}
		r.ID = renamed[r.ID]
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
