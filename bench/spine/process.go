package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// process is a program under test while it runs.
type process struct {
	cmd    *exec.Cmd
	ended  chan struct{}
	output bytes.Buffer // read after ended is closed, as is err
	err    error
}

// start runs the program and returns when it answers the webhook handshake.
func start(ctx context.Context, program string, args, env []string, webhook, verifyToken string) (*process, error) {
	p := &process{cmd: exec.CommandContext(ctx, program, args...), ended: make(chan struct{})}
	p.cmd.Env = append(os.Environ(), env...)
	p.cmd.Stdout, p.cmd.Stderr = &p.output, &p.output
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	go func() {
		defer close(p.ended)
		p.err = p.cmd.Wait()
	}()

	handshake := webhook + "?" + url.Values{"hub.mode": {"subscribe"}, "hub.challenge": {"1158201444"}, "hub.verify_token": {verifyToken}}.Encode()
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-p.ended:
			return nil, fmt.Errorf("%s ended at once: %w\n%s", program, p.err, p.output.String())
		case <-ctx.Done():
			return nil, errors.Join(fmt.Errorf("%s did not answer the handshake within 20 s", program), p.stop())
		case <-tick.C:
			if answers(ctx, handshake) {
				return p, nil
			}
		}
	}
}

func answers(ctx context.Context, handshake string) bool {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, handshake, nil)
	if err != nil {
		return false
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return false
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	return err == nil && string(body) == "1158201444"
}

// stop ends the program: it is asked first, and killed after 10 s.
func (p *process) stop() error {
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	select {
	case <-p.ended:
		return nil
	case <-time.After(10 * time.Second):
		err := p.cmd.Process.Kill()
		<-p.ended
		return errors.Join(errors.New("the program did not end within 10 s of SIGTERM"), err)
	}
}

// clockTick is the unit of CPU times in /proc on every Linux that Go runs on: 1/100 s.
const clockTick = 10 * time.Millisecond

// cpu is the user and system time the process has used so far.
func (p *process) cpu() (time.Duration, error) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	// The second field is the program's name in brackets and may hold anything;
	// user and system time are the 14th and 15th field.
	_, rest, _ := bytes.Cut(stat, []byte(") "))
	fields := strings.Fields(string(rest))
	if len(fields) < 13 {
		return 0, fmt.Errorf("/proc stat of an unknown shape: %q", stat)
	}
	user, err := strconv.ParseInt(fields[11], 10, 64)
	if err != nil {
		return 0, err
	}
	system, err := strconv.ParseInt(fields[12], 10, 64)
	if err != nil {
		return 0, err
	}
	return time.Duration(user+system) * clockTick, nil
}

// freeAddress returns a loopback address that nobody listens on at the moment.
func freeAddress() (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return listener.Addr().String(), listener.Close()
}
