package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/dustin/go-humanize"

	"shopbell/core/autoreply"
	"shopbell/core/backup"
	"shopbell/core/cloudapi"
	"shopbell/core/host"
	"shopbell/core/store"
)

// Free space on the disk of the data folder. A day of a busy shop is some tens
// of megabytes; under littleSpace SQLite may not find room for its journal.
const (
	littleSpace = 64 << 20
	someSpace   = 1 << 30
)

// doctor holds what the checks look at. Each check may be asked alone.
type doctor struct {
	dir         string
	set         settings
	settingsErr error
	found       store.Inspection  // of the shop's file; holds nothing where foundErr is set
	foundErr    error             // errLate where there was no time to look
	outside     http.RoundTripper // carries what is asked from outside; nil as usual
}

func (d doctor) folder(context.Context) finding {
	info, err := os.Stat(d.dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return finding{note, d.dir + " is not there yet", "\"shopbelld serve\" makes it"}
	case err != nil:
		return finding{bad, err.Error(), "let the user that runs shopbelld read and write the folder"}
	case !info.IsDir():
		return finding{bad, d.dir + " is a file", "give a folder with --data"}
	}
	if err := tryWriting(d.dir); err != nil {
		return finding{bad, err.Error(), "let the user that runs shopbelld write to the folder, and see that the disk is not full"}
	}
	return finding{level: good, detail: d.dir + " can be written"}
}

// tryWriting puts a small file onto the disk and takes it away again.
func tryWriting(dir string) (err error) {
	file, err := os.CreateTemp(dir, "doctor-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close(), os.Remove(file.Name())) }()
	if _, err := file.Write(make([]byte, 4096)); err != nil {
		return err
	}
	return file.Sync()
}

func (d doctor) space(context.Context) finding {
	dir := d.dir
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		dir = filepath.Dir(filepath.Clean(dir)) // where it will be made
	}
	free, err := backup.FreeSpace(dir)
	if err != nil {
		return finding{note, err.Error(), "look yourself whether the disk has room"}
	}
	detail := humanize.IBytes(free) + " free"
	switch {
	case free < littleSpace:
		return finding{bad, detail, "make room: with a full disk no message can be stored, so none is acknowledged; Meta repeats them for 7 days"}
	case free < someSpace:
		return finding{note, detail, "make room before it is used up"}
	}
	return finding{level: good, detail: detail}
}

// file is whether the shop's file can be used. Reading all of a large one may
// take longer than a check is given: that says nothing about the file.
func (d doctor) file(ctx context.Context) finding {
	switch {
	case errors.Is(d.foundErr, fs.ErrNotExist):
		return finding{note, "there is none yet", "\"shopbelld serve\" or \"shopbelld rules import\" makes it"}
	case errors.Is(d.foundErr, store.ErrNewer):
		return finding{bad, d.foundErr.Error(), "start the Shopbell that wrote it, or a newer one"}
	case errors.Is(d.foundErr, errLate):
		return finding{note, "not read within " + checkTimeout.String(), "ask again when the computer has less to do"}
	case d.foundErr != nil:
		return finding{bad, d.foundErr.Error(), "put the last good copy of the folder in its place; keep this one for the maintainers"}
	}
	damage, err := store.Damage(ctx, filepath.Join(d.dir, store.FileName))
	switch {
	case err != nil && ctx.Err() != nil:
		return finding{note, "too large to be checked for damage within " + checkTimeout.String(), "check a copy of it with SQLite's own \"PRAGMA quick_check\""}
	case err != nil:
		return finding{bad, err.Error(), "stop the desk and put the last good copy of the folder in its place; keep this one for the maintainers"}
	case len(damage) > 0:
		return finding{bad, "damaged: " + strings.Join(damage, "\n"), "stop the desk and put the last good copy of the folder in its place"}
	case len(d.found.Pending) > 0:
		return finding{note, "of an older Shopbell", "\"shopbelld serve\" brings it up to date, after a copy beside it"}
	}
	return finding{level: good, detail: "sound, and of this version"}
}

// unread reports whether nothing is known of what stands in the shop's file.
func (d doctor) unread() bool { return d.foundErr != nil || len(d.found.Pending) > 0 }

func (d doctor) rules(context.Context) finding {
	if d.unread() {
		return finding{note, "not looked at", "see the shop's file above"}
	}
	if d.found.Rules.Revision == 0 {
		return finding{note, "none: nobody is answered automatically", "\"shopbelld rules import FILE\""}
	}
	file, warnings, err := autoreply.Parse(d.found.Rules.File)
	if err == nil {
		_, err = autoreply.Compile(file)
	}
	if err != nil {
		return finding{bad, err.Error(), "mend the file and import it again; \"shopbelld rules export FILE\" writes what is there"}
	}
	detail := fmt.Sprintf("%d in force", len(file.Rules))
	var remedies []string
	for _, w := range warnings {
		detail += "\n" + w.String()
	}
	if len(warnings) > 0 {
		remedies = append(remedies, "these do less than they seem to")
	}
	if d.settingsErr == nil && d.set.shop == "" && namesShop(file) {
		detail += "\nreplies name the shop ({shop}), and it has no name: the place is left out"
		remedies = append(remedies, "set SHOPBELL_SHOP")
	}
	if len(remedies) > 0 {
		return finding{note, detail, strings.Join(remedies, "\n")}
	}
	return finding{level: good, detail: detail}
}

// namesShop reports whether a reply of an active rule has a place for the shop's name.
func namesShop(f autoreply.File) bool {
	return slices.ContainsFunc(f.Rules, func(r autoreply.Rule) bool {
		return r.Enabled && slices.ContainsFunc(r.Replies, func(v autoreply.Variant) bool { return strings.Contains(v.Text, "{shop}") })
	})
}

func (d doctor) settings(context.Context) finding {
	if d.settingsErr != nil {
		return finding{bad, strings.TrimPrefix(d.settingsErr.Error(), errUsage.Error()+": "), "set them in the environment of shopbelld"}
	}
	if d.set.limits.NumberPerSecond == 0 {
		return finding{note, "complete; SHOPBELL_SEND_LIMITS is off", "that is for measurements: with real customers Meta refuses what goes over its limits"}
	}
	return finding{level: good, detail: "complete"}
}

func (d doctor) queues(context.Context) finding {
	if d.unread() {
		return finding{note, "not looked at", "see the shop's file above"}
	}
	detail := fmt.Sprintf("%d messages wait to leave, %d of unknown fate, %d events parked", d.found.Waiting, d.found.Unknown, d.found.Parked)
	var remedies []string
	if d.found.Unknown > 0 {
		remedies = append(remedies, "of an unknown one ask the customer whether it came: it is not sent again by itself, and shopbelld has no command to settle it yet")
	}
	if d.found.Parked > 0 {
		remedies = append(remedies, "the parked ones are kept whole; shopbelld has no command to replay them yet: see its log for why, and report it")
	}
	if len(remedies) > 0 {
		return finding{note, detail, strings.Join(remedies, "\n")}
	}
	return finding{level: good, detail: detail}
}

func (d doctor) graphAPI(ctx context.Context) finding {
	if d.settingsErr != nil {
		return unasked("the settings")
	}
	client, err := d.set.graph.Client()
	if err != nil {
		return finding{bad, err.Error(), "mend SHOPBELL_GRAPH_URL, SHOPBELL_GRAPH_VERSION or SHOPBELL_TOKEN"}
	}
	defer client.Close()
	number, err := client.Phone(ctx, d.set.graph.PhoneNumberID)
	if refusal, ok := errors.AsType[*cloudapi.Error](err); ok {
		return finding{bad, refusal.Error(), "check SHOPBELL_TOKEN (a dashboard token lives 24 h: use a System User's), SHOPBELL_APP_SECRET and SHOPBELL_PHONE_NUMBER_ID"}
	}
	if err != nil {
		return finding{bad, err.Error(), "check the internet connection and SHOPBELL_GRAPH_URL"}
	}
	detail := "reached, and the token is taken"
	if number.DisplayPhone != "" {
		detail += ": " + strings.TrimSpace(number.DisplayPhone+" "+number.VerifiedName)
	}
	return finding{level: good, detail: detail}
}

// challenge is what the doctor gives the desk to say back, as Meta would.
const challenge = "1158201444"

// webhook makes Meta's handshake with the desk that should be running. Whether
// Meta's own requests get as far as this address only Meta can tell.
func (d doctor) webhook(ctx context.Context) finding {
	if d.settingsErr != nil {
		return unasked("the settings")
	}
	address := "http://" + d.set.listen + host.WebhookPath
	query := url.Values{"hub.mode": {"subscribe"}, "hub.challenge": {challenge}, "hub.verify_token": {d.set.graph.VerifyToken}}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address+"?"+query.Encode(), nil)
	if err != nil {
		return finding{bad, err.Error(), "mend SHOPBELL_LISTEN"}
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return finding{note, "nobody answers at " + address, "start \"shopbelld serve\" with the same settings, and ask again"}
	}
	defer response.Body.Close()
	said, err := io.ReadAll(io.LimitReader(response.Body, 1<<10))
	if err != nil || response.StatusCode != http.StatusOK || string(said) != challenge {
		return finding{bad, fmt.Sprintf("%s answers the handshake with %s", address, response.Status),
			"another program has the port, or the running desk has another SHOPBELL_VERIFY_TOKEN"}
	}
	return finding{level: good, detail: address + " answers the handshake; forward your public HTTPS address to it"}
}
