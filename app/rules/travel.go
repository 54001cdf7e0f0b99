package rules

import (
	"bytes"
	"context"
	"io"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/desk"
)

// exportName is what a rules file is called at first.
const exportName = "rules.json"

// files are the ways of the rules into files and out of them.
func (s *Screen) files() []kit.MenuItem {
	w := s.Words
	items := []kit.MenuItem{{Icon: look.IconShare, Text: w.T("rules.export"), Do: s.export}}
	if !s.may {
		return append(items, kit.MenuItem{Icon: look.IconFolder, Text: w.T("rules.import"), Reason: w.T("rules.not_yours")})
	}
	items = append(items,
		kit.MenuItem{Icon: look.IconFolder, Text: w.T("rules.import"), Do: func() { s.bring(false) }},
		kit.MenuItem{Icon: look.IconPlus, Text: w.T("rules.import_merge"), Do: func() { s.bring(true) }})
	return append(items, s.ready()...)
}

// export keeps the rules in force as a file of this computer.
func (s *Screen) export() {
	s.SaveFile(exportName, func(ctx context.Context) (io.ReadCloser, error) {
		data, err := s.Desk.ExportRules(ctx, s.Who)
		return io.NopCloser(bytes.NewReader(data)), err
	}, func(err error) {
		if err != nil {
			s.Say(s.explain(err), false)
			return
		}
		s.Say(s.Words.T("rules.exported"), true)
	})
}

// bring reads a rules file of this computer into the editor: in the place of all
// rules, or laid upon them. It is in force once it is saved.
func (s *Screen) bring(merge bool) {
	if s.editing == nil {
		return
	}
	s.Leave(func() {
		s.Choose(Ask{Title: s.Words.T("rules.import_choose"), Take: s.Words.T("files.read")}, func(files []File) {
			if len(files) > 0 {
				s.readFile(files[0], merge)
			}
		})
	})
}

func (s *Screen) readFile(f File, merge bool) {
	var state desk.RulesState
	s.Scope.Do(func(ctx context.Context) error {
		data, err := read(f)
		if err != nil {
			return err
		}
		state, err = s.Desk.ReadRules(ctx, s.Who, data, merge)
		return err
	}, func(err error) {
		if err != nil {
			s.refusedFile(f.Name, err)
			return
		}
		s.editing.Replace(state.File)
		s.SayUndo(s.Words.N("rules.imported", len(state.File.Rules), locale.Args{"Name": f.Name}), func() { s.Undo() })
	})
}

// refusedFile says what is wrong with a file, until the person has read it.
func (s *Screen) refusedFile(name string, err error) {
	s.ask("rules.import_refused", s.Words.T("rules.import_refused_text", locale.Args{"Name": name, "Why": s.explain(err)}), "rules.close")
}
