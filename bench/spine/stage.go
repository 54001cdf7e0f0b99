package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"shopbell/bench/measure"
)

// stage is one program, running on a new data folder, and its stand-in for the
// Graph API.
type stage struct {
	candidate
	graph   *graph
	target  *target
	process *process
	next    int64 // phone of the first customer who has not written yet
	phases  []*phase
}

// phase is what was measured of one load, over all its slices.
type phase struct {
	name  string
	parts []measured
	cpu   time.Duration
}

// open builds the program and starts it. errLeftOut when it cannot be had here.
func open(ctx context.Context, c candidate, work string) (s *stage, err error) {
	command, err := c.build(ctx, work)
	if err != nil {
		return nil, err
	}
	data, err := os.MkdirTemp(work, c.name+"-data-")
	if err != nil {
		return nil, err
	}
	listen, err := freeAddress()
	if err != nil {
		return nil, err
	}
	s = &stage{candidate: c, next: firstCustomer}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.close())
		}
	}()
	if s.graph, err = openGraph(token); err != nil {
		return s, err
	}
	env := []string{
		"SHOPBELL_DATA=" + data, "SHOPBELL_LISTEN=" + listen, "SHOPBELL_GRAPH_URL=" + s.graph.url, "SHOPBELL_GRAPH_VERSION=v25.0",
		"SHOPBELL_TOKEN=" + token, "SHOPBELL_APP_SECRET=" + appSecret, "SHOPBELL_VERIFY_TOKEN=" + verifyToken,
		"SHOPBELL_PHONE_NUMBER_ID=" + phoneNumberID, "SHOPBELL_WABA_ID=" + wabaID, "SHOPBELL_SEND_LIMITS=off",
	}
	if len(c.prepare) > 0 {
		prepare := exec.CommandContext(ctx, command[0], append(command[1:], c.prepare...)...)
		prepare.Env = append(os.Environ(), env...)
		if output, err := prepare.CombinedOutput(); err != nil {
			return s, fmt.Errorf("%v: %w\n%s", c.prepare, err, output)
		}
	}
	s.target = &target{webhook: "http://" + listen + "/webhook", secret: appSecret, phoneNumberID: phoneNumberID, wabaID: wabaID, graph: s.graph,
		client: &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 4 * concurrency}}}
	s.process, err = start(ctx, command[0], append(command[1:], c.serve...), env, s.target.webhook, verifyToken)
	return s, err
}

// close stops the program.
func (s *stage) close() (err error) {
	if s.process != nil {
		err = s.process.stop()
	}
	if s.graph != nil {
		err = errors.Join(err, s.graph.close())
	}
	return err
}

// run offers one load, from customers who have not written yet, and charges the
// program's CPU time to its phase.
func (s *stage) run(ctx context.Context, l load) error {
	if n := len(s.phases); n == 0 || s.phases[n-1].name != l.name {
		s.phases = append(s.phases, &phase{name: l.name})
	}
	p := s.phases[len(s.phases)-1]
	before, err := s.process.cpu()
	if err != nil {
		return err
	}
	m, err := s.target.run(ctx, l, s.next)
	if err != nil {
		return fmt.Errorf("%s, phase %s: %w", s.name, l.name, err)
	}
	after, err := s.process.cpu()
	s.next += int64(l.customers)
	p.parts = append(p.parts, m)
	p.cpu += after - before
	return err
}

// result sums up. An error when the program sent what the Graph API would not take.
func (s *stage) result() (r result, err error) {
	if refused := s.graph.refused.Load(); refused > 0 {
		return r, fmt.Errorf("%d sends were not as the Graph API takes them", refused)
	}
	r.Name = s.name
	for _, p := range s.phases {
		f := sum(p.name, p.parts)
		f.CPUPerMessage = float64(p.cpu) / float64(time.Millisecond) / float64(f.Messages)
		r.Phases = append(r.Phases, f)
	}
	memory, err := measure.MemoryOf(s.process.cmd.Process.Pid)
	r.PeakMB = memory.Peak
	return r, err
}

// goProgram builds a package of this repository.
func goProgram(pkg, name string) func(context.Context, string) ([]string, error) {
	return func(ctx context.Context, work string) ([]string, error) {
		binary := filepath.Join(work, name)
		build := exec.CommandContext(ctx, "go", "build", "-o", binary, pkg)
		build.Env = append(os.Environ(), "CGO_ENABLED=0")
		if output, err := build.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("build: %w\n%s", err, output)
		}
		return []string{binary}, nil
	}
}

var errLeftOut = errors.New("nodebot is left out")

// nodeBot installs what the bot in Node needs, where there is a Node: its SQLite
// is compiled on this machine or comes compiled from its makers.
func nodeBot(ctx context.Context, work string) ([]string, error) {
	node, err := exec.LookPath("node")
	if err != nil {
		return nil, fmt.Errorf("%w: there is no Node.js here", errLeftOut)
	}
	dir := filepath.Join(work, "nodebot")
	if err := os.CopyFS(dir, os.DirFS("bench/spine/nodebot")); err != nil {
		return nil, err
	}
	install := exec.CommandContext(ctx, "npm", "install", "--no-audit", "--no-fund", "--no-package-lock")
	install.Dir = dir
	install.Env = os.Environ()
	if prefix := filepath.Dir(filepath.Dir(node)); exists(filepath.Join(prefix, "include", "node", "node_version.h")) {
		install.Env = append(install.Env, "npm_config_nodedir="+prefix) // spares it a download
	}
	if output, err := install.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%w: npm install: %w\n%s", errLeftOut, err, output)
	}
	return []string{node, filepath.Join(dir, "bot.js")}, nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
