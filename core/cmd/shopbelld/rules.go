package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"shopbell/core/autoreply"
	"shopbell/core/host"
)

// importCommand puts a rules file in force.
type importCommand struct {
	File  string `arg:"" type:"existingfile" help:"The rules file (JSON)."`
	Merge bool   `help:"Add to the rules there are, and overwrite those with the same id, instead of replacing all."`
}

// Run changes nothing unless the whole file is good. The pictures that it names are
// taken from the folder it is in. Warnings go to standard error.
func (c importCommand) Run(s *surroundings) error {
	data, err := os.ReadFile(c.File)
	if err != nil {
		return err
	}
	rules, warnings, err := host.ImportRules(s.ctx, s.dir, data, c.Merge, os.DirFS(filepath.Dir(c.File)))
	if err != nil {
		return fmt.Errorf("nothing was changed: %w", err)
	}
	for _, w := range warnings {
		fmt.Fprintln(s.errOut, "warning:", w)
	}
	_, err = fmt.Fprintf(s.out, "%d rules are in force.\n", rules)
	return err
}

// exportCommand writes the rules in force.
type exportCommand struct {
	File  string `arg:"" help:"Where to write them. - is standard output."`
	Force bool   `help:"Replace the file where it is there."`
}

// Run writes a file that import takes back as it is, and beside it the pictures of
// the rules; to standard output the file alone.
func (c exportCommand) Run(s *surroundings) error {
	data, err := host.ExportRules(s.ctx, s.dir)
	if err != nil {
		return err
	}
	if c.File == "-" {
		_, err := s.out.Write(data)
		return err
	}
	how := os.O_WRONLY | os.O_CREATE | os.O_EXCL
	if c.Force {
		how = os.O_WRONLY | os.O_CREATE | os.O_TRUNC
	}
	file, err := os.OpenFile(c.File, how, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s is there already, and was left as it is: choose another name, or replace it with --force", c.File)
	}
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	if err := errors.Join(err, file.Close()); err != nil {
		return err
	}
	return c.pictures(s, data)
}

// pictures copies the pictures that the rules name to where import looks for them.
func (c exportCommand) pictures(s *surroundings, rules []byte) error {
	f, _, err := autoreply.Parse(rules)
	if err != nil {
		return err
	}
	for _, use := range f.Pictures() {
		content, err := os.ReadFile(filepath.Join(s.dir, host.PicturesFolder, use.Name))
		if errors.Is(err, fs.ErrNotExist) {
			fmt.Fprintf(s.errOut, "warning: the shop does not have the picture %s any more\n", use.Name)
			continue
		}
		if err != nil {
			return err
		}
		to := filepath.Join(filepath.Dir(c.File), use.Name)
		there, err := os.ReadFile(to)
		if err == nil && !bytes.Equal(there, content) && !c.Force {
			return fmt.Errorf("%s is there already and another picture, and was left as it is: choose another folder, or replace it with --force", to)
		}
		if err := os.WriteFile(to, content, 0o644); err != nil {
			return err
		}
	}
	return nil
}
