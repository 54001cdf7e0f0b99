package main

import (
	"fmt"
	"os"

	"shopbell/core/host"
)

// importCommand puts a rules file in force.
type importCommand struct {
	File  string `arg:"" type:"existingfile" help:"The rules file (JSON)."`
	Merge bool   `help:"Add to the rules there are, and overwrite those with the same id, instead of replacing all."`
}

// Run changes nothing unless the whole file is good. Warnings go to standard error.
func (c importCommand) Run(s *surroundings) error {
	data, err := os.ReadFile(c.File)
	if err != nil {
		return err
	}
	rules, warnings, err := host.ImportRules(s.ctx, s.dir, data, c.Merge)
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
	File string `arg:"" help:"Where to write them; it is replaced where it is there. - is standard output."`
}

// Run writes a file that import takes back as it is.
func (c exportCommand) Run(s *surroundings) error {
	data, err := host.ExportRules(s.ctx, s.dir)
	if err != nil {
		return err
	}
	if c.File == "-" {
		_, err := s.out.Write(data)
		return err
	}
	return os.WriteFile(c.File, data, 0o644)
}
