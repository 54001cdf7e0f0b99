package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"shopbell/core/host"
	"shopbell/core/sandbox"
	"shopbell/core/secrets"
)

// shop is a data folder and an environment to run commands in.
type shop struct {
	dir  string
	vars map[string]string
}

// command runs shopbelld in this process and returns what it did.
func (s shop) command(t *testing.T, args ...string) (status int, out, errOut string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	status = run(t.Context(), append(args, "--data", s.dir), func(name string) string { return s.vars[name] }, &stdout, &stderr)
	return status, stdout.String(), stderr.String()
}

// file writes a file that is no part of the data folder.
func file(t *testing.T, content string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "rules.json")
	if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

const (
	oneRule     = `{"version": 1, "rules": [{"id": "a", "name": "A", "trigger": "keyword", "keywords": ["alpha"], "replies": [{"text": "One."}]}]}`
	anotherRule = `{"version": 1, "rules": [{"id": "b", "name": "B", "trigger": "keyword", "keywords": ["beta"], "replies": [{"text": "Two."}]}]}`
)

func TestRulesCommands(t *testing.T) {
	export := func(t *testing.T, s shop) string {
		t.Helper()
		status, out, errOut := s.command(t, "rules", "export", "-")
		if status != 0 {
			t.Fatalf("export: %d, %s", status, errOut)
		}
		return out
	}
	imported := func(t *testing.T, s shop, args ...string) {
		t.Helper()
		if status, _, errOut := s.command(t, append([]string{"rules", "import"}, args...)...); status != 0 {
			t.Fatalf("import: %d, %s", status, errOut)
		}
	}

	t.Run("what is exported can be imported, and is the same again", func(t *testing.T) {
		s := shop{dir: t.TempDir()}
		imported(t, s, file(t, oneRule))
		first := export(t, s)
		imported(t, s, file(t, first))
		if second := export(t, s); second != first || !strings.Contains(first, `"alpha"`) {
			t.Errorf("exported\n%s\nand then\n%s", first, second)
		}
	})

	t.Run("an import replaces all rules", func(t *testing.T) {
		s := shop{dir: t.TempDir()}
		imported(t, s, file(t, oneRule))
		imported(t, s, file(t, anotherRule))
		if got := export(t, s); strings.Contains(got, "alpha") || !strings.Contains(got, "beta") {
			t.Errorf("exported\n%s", got)
		}
	})

	t.Run("a merge keeps the others", func(t *testing.T) {
		s := shop{dir: t.TempDir()}
		imported(t, s, file(t, oneRule))
		imported(t, s, "--merge", file(t, anotherRule))
		if got := export(t, s); !strings.Contains(got, "alpha") || !strings.Contains(got, "beta") {
			t.Errorf("exported\n%s", got)
		}
	})

	t.Run("a fault names the rule and the limit, and changes nothing", func(t *testing.T) {
		s := shop{dir: t.TempDir()}
		imported(t, s, file(t, oneRule))
		before := export(t, s)
		long := strings.Replace(anotherRule, "Two.", strings.Repeat("x", 257), 1)
		status, _, errOut := s.command(t, "rules", "import", file(t, long))
		if status != exitFailed || !strings.Contains(errOut, "nothing was changed") || !strings.Contains(errOut, `"b"`) || !strings.Contains(errOut, "256") {
			t.Errorf("status %d, %s", status, errOut)
		}
		if after := export(t, s); after != before {
			t.Errorf("the rules changed from\n%s\nto\n%s", before, after)
		}
	})

	t.Run("a file is written for export", func(t *testing.T) {
		s := shop{dir: t.TempDir()}
		imported(t, s, file(t, oneRule))
		name := filepath.Join(t.TempDir(), "out.json")
		if status, _, errOut := s.command(t, "rules", "export", name); status != 0 {
			t.Fatalf("status %d, %s", status, errOut)
		}
		data, err := os.ReadFile(name)
		if err != nil || string(data) != export(t, s) {
			t.Errorf("%v\n%s", err, data)
		}
	})

	t.Run("a file that is there is replaced only where that is said", func(t *testing.T) {
		s := shop{dir: t.TempDir()}
		imported(t, s, file(t, oneRule))
		mine := strings.Repeat("a longer file of mine\n", 500)
		name := file(t, mine)
		status, _, errOut := s.command(t, "rules", "export", name)
		data, err := os.ReadFile(name)
		if status != exitFailed || !strings.Contains(errOut, "--force") || err != nil || string(data) != mine {
			t.Errorf("status %d, %s; the file was left as it was: %t, %v", status, errOut, string(data) == mine, err)
		}
		if status, _, errOut = s.command(t, "rules", "export", name, "--force"); status != 0 {
			t.Fatalf("with --force: status %d, %s", status, errOut)
		}
		if data, err = os.ReadFile(name); err != nil || string(data) != export(t, s) {
			t.Errorf("with --force: %v\n%s", err, data)
		}
	})

	t.Run("a file that is no JSON is told where", func(t *testing.T) {
		status, _, errOut := shop{dir: t.TempDir()}.command(t, "rules", "import", file(t, "{\n \"version\": one\n}\n"))
		if status != exitFailed || !strings.Contains(errOut, "line 2, column 13") {
			t.Errorf("status %d, %s", status, errOut)
		}
	})
}

func TestCommandLine(t *testing.T) {
	for _, c := range []struct {
		name   string
		args   []string
		status int
		says   string
	}{
		{"no command", nil, exitUsage, "--help"},
		{"an unknown command", []string{"dance"}, exitUsage, "dance"},
		{"a rules file that is not there", []string{"rules", "import", "nowhere.json"}, exitUsage, "nowhere.json"},
		{"serve without settings", []string{"serve"}, exitUsage, "SHOPBELL_TOKEN is not set"},
		{"an export from a folder without a shop", []string{"rules", "export", "-"}, exitFailed, "there is no shop in"},
		{"help", []string{"--help"}, 0, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			status, _, errOut := shop{dir: t.TempDir()}.command(t, c.args...)
			if status != c.status || !strings.Contains(errOut, c.says) {
				t.Errorf("status %d, want %d; it says %q, want %q in it", status, c.status, errOut, c.says)
			}
		})
	}
}

func TestAShopMustBeChosen(t *testing.T) {
	var out, errOut bytes.Buffer
	t.Setenv("SHOPBELL_DATA", "")
	status := run(t.Context(), []string{"doctor"}, os.Getenv, &out, &errOut)
	if said := errOut.String(); status != exitUsage || !strings.Contains(said, "--data") || !strings.Contains(said, "SHOPBELL_DATA") {
		t.Errorf("status %d, %s", status, said)
	}
	dir := t.TempDir()
	t.Setenv("SHOPBELL_DATA", dir)
	if run(t.Context(), []string{"doctor", "--offline"}, os.Getenv, &out, &errOut); !strings.Contains(out.String(), dir) {
		t.Errorf("it looked elsewhere than in %s:\n%s%s", dir, out.String(), errOut.String())
	}
}

func TestServeSaysAtOnceWhatMetaSaysOfTheKeys(t *testing.T) {
	meta, err := sandbox.Open(sandbox.Options{AppSecret: "secret-app", Token: "secret-token", PhoneNumberID: "106540352242922",
		WABAID: "102290129340398", RequireProof: true, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer meta.Close()
	for _, c := range []struct {
		name, variable, value string
		says                  string
	}{
		{"that they are well", "SHOPBELL_TOKEN", "secret-token", "does not expire"},
		{"that the token is refused", "SHOPBELL_TOKEN", "secret-wrong", "System User"},
		{"that the app secret is another's", "SHOPBELL_APP_SECRET", "secret-other", "SHOPBELL_APP_SECRET is of another app"},
		{"that the token is for another account", "SHOPBELL_WABA_ID", "102290129340399", "102290129340398, not for 102290129340399"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := shop{dir: t.TempDir(), vars: whole()}
			s.vars["SHOPBELL_LISTEN"], s.vars["SHOPBELL_GRAPH_URL"] = "127.0.0.1:0", meta.GraphURL()
			s.vars[c.variable] = c.value
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			log := &watched{say: c.says, seen: cancel}
			if status := run(ctx, []string{"serve", "--data", s.dir}, func(name string) string { return s.vars[name] }, log, log); status != 0 {
				t.Errorf("status %d", status)
			}
			if said := log.String(); !strings.Contains(said, c.says) || strings.Contains(said, "secret-") {
				t.Errorf("it says\n%s\nwant %q, and no key", said, c.says)
			}
		})
	}
}

func TestServeRefusesAFolderInUse(t *testing.T) {
	s := shop{dir: t.TempDir(), vars: whole()}
	s.vars["SHOPBELL_LISTEN"] = "127.0.0.1:0"
	h, err := host.Open(t.Context(), host.Options{DataDir: s.dir, Secrets: &secrets.Memory{}})
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	status, _, errOut := s.command(t, "serve")
	if status != exitFailed || !strings.Contains(errOut, "in use") || !strings.Contains(errOut, "--data") {
		t.Errorf("status %d, %s", status, errOut)
	}
}

func TestServeEndsInOrder(t *testing.T) {
	s := shop{dir: t.TempDir(), vars: whole()}
	s.vars["SHOPBELL_LISTEN"] = "127.0.0.1:0"
	ctx, cancel := context.WithCancel(t.Context())
	log := watched{say: "Desk is open", seen: cancel} // the moment it is open, it is asked to end
	if status := run(ctx, []string{"serve", "--data", s.dir}, func(name string) string { return s.vars[name] }, &log, &log); status != 0 {
		t.Errorf("status %d, want 0\n%s", status, log.String())
	}
}

// watched is a log that calls seen when something is said.
type watched struct {
	bytes.Buffer
	say  string
	seen func()
}

func (w *watched) Write(p []byte) (int, error) {
	if bytes.Contains(p, []byte(w.say)) {
		w.seen()
	}
	return w.Buffer.Write(p)
}

func TestDoctor(t *testing.T) {
	meta, err := sandbox.Open(sandbox.Options{AppSecret: "secret-app", Token: "secret-token", PhoneNumberID: "106540352242922",
		WABAID: "102290129340398", DisplayPhone: "+1 555 078 3881", Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer meta.Close()
	vars := whole()
	vars["SHOPBELL_GRAPH_URL"] = meta.GraphURL()

	t.Run("it finds nothing wrong with a desk that works", func(t *testing.T) {
		s := shop{dir: t.TempDir(), vars: vars}
		h, err := host.Open(t.Context(), host.Options{DataDir: s.dir, Listen: "127.0.0.1:0", Graph: host.Graph{
			URL: meta.GraphURL(), Token: vars["SHOPBELL_TOKEN"], AppSecret: vars["SHOPBELL_APP_SECRET"],
			VerifyToken: vars["SHOPBELL_VERIFY_TOKEN"], PhoneNumberID: vars["SHOPBELL_PHONE_NUMBER_ID"]}})
		if err != nil {
			t.Fatal(err)
		}
		defer h.Close()
		s.vars["SHOPBELL_LISTEN"] = h.Addr()
		if status, _, errOut := s.command(t, "rules", "import", file(t, oneRule)); status != 0 {
			t.Fatalf("import: %s", errOut)
		}
		status, out, errOut := s.command(t, "doctor")
		if status != 0 {
			t.Fatalf("status %d, %s\n%s", status, errOut, out)
		}
		for _, says := range []string{"can be written", "sound, and of this version", "1 in force", "complete", "+1 555 078 3881 Sandbox shop", "answers the handshake"} {
			if !strings.Contains(out, says) {
				t.Errorf("it does not say %q:\n%s", says, out)
			}
		}
	})

	t.Run("it makes nothing in a folder that is not there", func(t *testing.T) {
		s := shop{dir: filepath.Join(t.TempDir(), "shop"), vars: vars}
		if status, out, _ := s.command(t, "doctor", "--offline"); status != 0 || !strings.Contains(out, "is not there yet") {
			t.Errorf("status %d\n%s", status, out)
		}
		if _, err := os.Stat(s.dir); !os.IsNotExist(err) {
			t.Errorf("the folder was made: %v", err)
		}
	})

	for _, c := range []struct {
		name, variable, value string
		says                  []string
	}{
		{"a token that Meta refuses", "SHOPBELL_TOKEN", "another-token", []string{"190", "a dashboard token lives 24 h"}},
		{"a number that the token may not see", "SHOPBELL_PHONE_NUMBER_ID", "1", []string{"100", "SHOPBELL_PHONE_NUMBER_ID"}},
		{"a Graph API that is not there", "SHOPBELL_GRAPH_URL", "http://127.0.0.1:1", []string{"check the internet connection"}},
		{"a setting that is missing", "SHOPBELL_APP_SECRET", "", []string{"SHOPBELL_APP_SECRET is not set"}},
	} {
		t.Run("it finds "+c.name, func(t *testing.T) {
			s := shop{dir: t.TempDir(), vars: map[string]string{}}
			for name, value := range vars {
				s.vars[name] = value
			}
			s.vars[c.variable] = c.value
			status, out, _ := s.command(t, "doctor")
			if status != exitFailed {
				t.Errorf("status %d, want %d", status, exitFailed)
			}
			for _, says := range append(c.says, "bad ") {
				if !strings.Contains(out, says) {
					t.Errorf("it does not say %q:\n%s", says, out)
				}
			}
		})
	}

	t.Run("it finds a file that is no shop's", func(t *testing.T) {
		s := shop{dir: t.TempDir(), vars: vars}
		if err := os.WriteFile(filepath.Join(s.dir, "shop.db"), bytes.Repeat([]byte("not a shop "), 1000), 0o600); err != nil {
			t.Fatal(err)
		}
		if status, out, _ := s.command(t, "doctor", "--offline"); status != exitFailed || !strings.Contains(out, "last good copy") {
			t.Errorf("status %d\n%s", status, out)
		}
	})
}

func TestDoctorCallsNothingBadThatItHadNoTimeToRead(t *testing.T) {
	s := shop{dir: t.TempDir()}
	if status, _, errOut := s.command(t, "rules", "import", file(t, oneRule)); status != 0 {
		t.Fatalf("import: %s", errOut)
	}
	over, cancel := context.WithCancel(t.Context())
	cancel()

	t.Run("the shop's file", func(t *testing.T) {
		found, err := inspect(over, s.dir)
		d := doctor{dir: s.dir, found: found, foundErr: err}
		for name, ask := range map[string]func(context.Context) finding{"shop's file": d.file, "rules": d.rules, "waiting": d.queues} {
			if f := ask(t.Context()); f.level != note {
				t.Errorf("%s: %+v, want a note", name, f)
			}
		}
	})
	t.Run("all of the shop's file", func(t *testing.T) {
		found, err := inspect(t.Context(), s.dir)
		if err != nil {
			t.Fatal(err)
		}
		if f := (doctor{dir: s.dir, found: found}).file(over); f.level != note {
			t.Errorf("%+v, want a note", f)
		}
	})
}
