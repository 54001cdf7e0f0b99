package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"text/tabwriter"
	"time"

	"shopbell/core/store"
)

// doctorCommand looks for what keeps the desk from working.
type doctorCommand struct {
	Offline bool `help:"Ask nobody on the network: neither the Graph API nor the running desk."`
}

// checkTimeout bounds one check: a network that does not answer is an answer.
const checkTimeout = 15 * time.Second

// level of a finding.
type level string

const (
	good level = "ok"
	note level = "note" // works; worth knowing
	bad  level = "bad"  // keeps the desk from working
)

// finding is what one check says.
type finding struct {
	level  level
	detail string
	remedy string // what to do, for all but good; one thing a line
}

// check is one question of the doctor.
type check struct {
	name string
	ask  func(ctx context.Context) finding
}

// Run asks every question, whatever the one before said, and prints the answers.
// The error says how many things keep the desk from working.
func (c doctorCommand) Run(s *surroundings) error {
	set, settingsErr := readSettings(s.env)
	d := doctor{dir: s.dir, set: set, settingsErr: settingsErr}
	d.found, d.foundErr = inspect(s.ctx, s.dir)
	list := []check{
		{"data folder", d.folder},
		{"free space", d.space},
		{"shop's file", d.file},
		{"rules", d.rules},
		{"settings", d.settings},
		{"waiting", d.queues},
	}
	if !c.Offline {
		list = append(list, d.metaChecks()...)
		list = append(list, check{"webhook", d.webhook}, check{"public address", d.arrival})
	}
	broken, err := report(s.ctx, s.out, list)
	if err != nil {
		return err
	}
	if broken > 0 {
		return fmt.Errorf("%d of %d checks found something that keeps the desk from working", broken, len(list))
	}
	return nil
}

// metaChecks are what only Meta knows of the keys and the account.
func (d doctor) metaChecks() []check {
	return []check{{"graph api", d.graphAPI}, {"key", d.key}, {"subscription", d.subscription}}
}

// errLate means that the shop's file was not read in time, which says nothing
// about the file.
var errLate = errors.New("not read in time")

// inspect looks at the shop's file, once for all checks.
func inspect(ctx context.Context, dir string) (store.Inspection, error) {
	ctx, cancel := context.WithTimeout(ctx, checkTimeout)
	defer cancel()
	found, err := store.Inspect(ctx, filepath.Join(dir, store.FileName))
	if err != nil && ctx.Err() != nil {
		return store.Inspection{}, errLate
	}
	return found, err
}

// report asks and prints; it returns how many findings are bad.
func report(ctx context.Context, out io.Writer, list []check) (broken int, err error) {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, c := range list {
		bounded, cancel := context.WithTimeout(ctx, checkTimeout)
		f := c.ask(bounded)
		cancel()
		if f.level == bad {
			broken++
		}
		for i, line := range strings.Split(f.detail, "\n") {
			if i == 0 {
				fmt.Fprintf(table, "%s\t%s\t%s\n", f.level, c.name, line)
			} else {
				fmt.Fprintf(table, "\t\t%s\n", line)
			}
		}
		if f.level != good {
			for line := range strings.SplitSeq(f.remedy, "\n") {
				fmt.Fprintf(table, "\t\t-> %s\n", line)
			}
		}
	}
	return broken, errors.Join(table.Flush(), ctx.Err())
}
