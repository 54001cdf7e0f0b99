//go:build linux

package main

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"shopbell/core/sandbox"
	"shopbell/core/store"
)

// disk is a small disk that can be filled up and cleared.
type disk struct {
	start func() *daemon
	fill  func(*daemon)
	clear func(*daemon)
	store func(*daemon) string // a data folder that shows what is stored
}

// tmpfs is a disk of 16 MB in a mount namespace of the desk's own. It needs no
// privilege where user namespaces are allowed.
func tmpfs(t *testing.T, meta *sandbox.Sandbox) disk {
	dir := t.TempDir()
	inside := func(d *daemon) string { return fmt.Sprintf("/proc/%d/root%s", d.cmd.Process.Pid, dir) }
	ballast := func(d *daemon) string { return filepath.Join(inside(d), "ballast") }
	return disk{
		start: func() *daemon {
			return start(t, meta, dir, nil, func(cmd *exec.Cmd) {
				script := `mount -t tmpfs -o size=16m shop "$1" && "$2" rules import "$3" --data "$1" && exec "$2" serve --data "$1"`
				cmd.Args = []string{"sh", "-ec", script, "sh", dir, cmd.Path, rulesFile(t, priceRule)}
				cmd.Path = "/bin/sh"
				cmd.SysProcAttr.Cloneflags = syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS
				cmd.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}}
				cmd.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}
			})
		},
		fill: func(d *daemon) {
			file, err := os.Create(ballast(d))
			if err != nil {
				t.Fatal(err)
			}
			defer file.Close()
			for err == nil {
				_, err = file.Write(make([]byte, 4096))
			}
			if !errors.Is(err, syscall.ENOSPC) {
				t.Fatalf("filling the disk: %v", err)
			}
		},
		clear: func(d *daemon) {
			if err := os.Remove(ballast(d)); err != nil {
				t.Fatal(err)
			}
		},
		store: func(d *daemon) string {
			// SQLite would follow /proc/…/root back to our own files: it is given a
			// copy, made while the desk holds still.
			signal := func(s os.Signal) {
				if err := d.cmd.Process.Signal(s); err != nil {
					t.Fatal(err)
				}
			}
			signal(syscall.SIGSTOP)
			defer signal(syscall.SIGCONT)
			to := t.TempDir()
			for _, name := range []string{store.FileName, store.FileName + "-wal"} {
				data, err := os.ReadFile(filepath.Join(inside(d), name))
				if err == nil {
					err = os.WriteFile(filepath.Join(to, name), data, 0o600)
				}
				if err != nil {
					t.Fatal(err)
				}
			}
			return to
		},
	}
}

// fileLimit is a disk on which no file of the desk may grow: the kernel refuses
// the write as it does on a full one. It needs no privilege at all.
func fileLimit(t *testing.T, meta *sandbox.Sandbox) disk {
	dir := t.TempDir()
	limit := func(d *daemon, bytes uint64) {
		if err := unix.Prlimit(d.cmd.Process.Pid, unix.RLIMIT_FSIZE, &unix.Rlimit{Cur: bytes, Max: unix.RLIM_INFINITY}, nil); err != nil {
			t.Fatal(err)
		}
	}
	return disk{
		start: func() *daemon {
			importRules(t, dir, priceRule)
			return start(t, meta, dir, nil, nil)
		},
		fill:  func(d *daemon) { limit(d, 64<<10) },
		clear: func(d *daemon) { limit(d, unix.RLIM_INFINITY) },
		store: func(*daemon) string { return dir },
	}
}

func rulesFile(t *testing.T, rules string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "rules.json")
	if err := os.WriteFile(file, []byte(rules), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// mayMount reports whether this machine lets this user mount in a namespace of
// their own; many containers do not.
func mayMount(t *testing.T) bool {
	cmd := exec.Command("mount", "-t", "tmpfs", "-o", "size=1m", "trial", t.TempDir())
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}},
	}
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Logf("no tmpfs of our own on this machine (%v, %s): the limit on files stands in", err, out)
	}
	return err == nil
}

func TestFullDisk(t *testing.T) {
	t.Parallel()
	disks := map[string]func(*testing.T, *sandbox.Sandbox) disk{"no file may grow": fileLimit}
	if mayMount(t) {
		disks["a small disk is full"] = tmpfs
	}
	for name, open := range disks {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			meta := openMeta(t)
			disk := open(t, meta)
			d := disk.start()
			m := &mail{meta: meta, acknowledged: map[int]bool{}}

			// Given a desk that works,
			for range 20 {
				if status := m.post(t); status != http.StatusOK {
					t.Fatalf("a webhook is answered with %d before the disk is full", status)
				}
			}
			d.drain(t, meta)

			// when the disk is full, some webhooks may still find room in pages that
			// are there already, and then they are refused, not lost,
			disk.fill(d)
			until(t, "a webhook is refused", func() bool { return m.post(t) == http.StatusServiceUnavailable })
			for range 20 {
				m.post(t)
			}
			if status, page := d.get(t, "/healthz"); status != http.StatusServiceUnavailable || !strings.Contains(page, `"full"`) {
				t.Errorf("/healthz says %d %s, want 503 and the state full", status, page)
			}
			if !strings.Contains(d.log.String(), "the disk is full") {
				t.Errorf("the log does not say that the disk is full:\n%s", d.log)
			}

			// and when there is room again the desk goes on by itself.
			disk.clear(d)
			until(t, "a webhook is taken again", func() bool { return m.post(t) == http.StatusOK })
			d.drain(t, meta)
			if status, page := d.get(t, "/healthz"); status != http.StatusOK {
				t.Errorf("/healthz says %d %s after there is room", status, page)
			}
			m.check(t, d, disk.store(d))
		})
	}
}

// mail posts one message each from new customers and keeps what was acknowledged.
type mail struct {
	meta         *sandbox.Sandbox
	sent         int
	acknowledged map[int]bool
}

// post delivers one message, once, and returns the HTTP status. It is as long as
// a message may be, so that it needs pages of its own.
func (m *mail) post(t *testing.T) int {
	t.Helper()
	m.sent++
	c := customer(m.sent)
	if err := m.meta.Meet(c); err != nil {
		t.Fatal(err)
	}
	body := fmt.Appendf(nil, `{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"messaging_product":"whatsapp",`+
		`"metadata":{"display_phone_number":"15550783881","phone_number_id":%q},"contacts":[{"profile":{"name":%q},"wa_id":%q}],`+
		`"messages":[{"from":%q,"id":"wamid.%d","timestamp":"%d","type":"text","text":{"body":"price %s"}}]}}]}]}`,
		testNumberID, c.Name, c.Phone, c.Phone, m.sent, time.Now().Unix(), strings.Repeat("please ", 580))
	status, err := m.meta.Post(t.Context(), body)
	if err != nil {
		t.Fatal(err)
	}
	m.acknowledged[m.sent] = status == http.StatusOK
	return status
}

// check counts: stored is what was acknowledged, no more and no less, and each
// of those was answered once.
func (m *mail) check(t *testing.T, d *daemon, dir string) {
	t.Helper()
	db := openStore(t, dir)
	yes, no := 0, 0
	for i, acknowledged := range m.acknowledged {
		th := threadOf(t, db, customer(i))
		received := len(m.meta.Inbox(customer(i)))
		switch {
		case acknowledged && len(th.inbound) == 1 && received == 1:
			yes++
		case !acknowledged && len(th.inbound) == 0 && received == 0:
			no++
		default:
			t.Errorf("customer %d: acknowledged %v, stored %d times, %d replies received", i, acknowledged, len(th.inbound), received)
		}
	}
	t.Logf("%d acknowledged and answered, %d refused and not stored", yes, no)
	if t.Failed() {
		t.Logf("log:\n%s", d.log)
	}
}
