// Package filebox is the box in which a person chooses files of this computer to
// send or to read, or where to keep one. It reads folders off the UI thread, and changes
// nothing on the disk.
package filebox

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/live"
	"shopbell/app/locale"
	"shopbell/app/look"
)

// Deps is what a box is built from. All fields are needed.
type Deps struct {
	Words *locale.Words
	Scope *live.Scope // around the box; it goes when this closes
	// Float shows the box over the window; closed is called once when it is gone.
	Float func(content fyne.CanvasObject, target fyne.Focusable, closed func()) (close func())
	// Folder is where it begins; empty: at home.
	Folder string
	// Keep remembers the folder of what was chosen.
	Keep func(folder string)
}

// Ask is how a box asks for files that Shopbell is to read, in the person's words.
type Ask struct {
	Title string
	Take  string // on the button
	Many  bool   // more than one may be chosen
}

// Choose asks for files to send. done is called once, with their paths, or with none
// when the person thinks better of it.
func Choose(d Deps, done func(paths []string)) {
	choose(d, Ask{Title: d.Words.T("files.choose"), Many: true}, done)
}

// Pick asks for files that Shopbell is to read. done is called once, with their paths,
// or with none when the person thinks better of it.
func Pick(d Deps, ask Ask, done func(paths []string)) { choose(d, ask, done) }

func choose(d Deps, ask Ask, done func(paths []string)) {
	var chosen []string
	b := newBox(d, kit.FileBoxWords{Title: ask.Title})
	b.word, b.single = ask.Take, !ask.Many
	b.finish = func() {
		chosen = b.paths()
		b.take()
	}
	b.open(func() { done(chosen) })
}

// paths are those of the chosen files.
func (b *box) paths() (all []string) {
	for _, f := range b.chosen() {
		all = append(all, filepath.Join(b.folder(), f.name))
	}
	return all
}

// Save asks where to keep a file, under a name that can be changed. done is called
// once: with the path, and whether the person allowed that what is there is
// replaced; or with an empty path.
func Save(d Deps, name string, done func(path string, replace bool)) {
	var path string
	var replace bool
	b := newBox(d, kit.FileBoxWords{Title: d.Words.T("files.save"), FileName: d.Words.T("files.file_name")})
	b.saving, b.name = true, name
	b.view.SetName(name)
	b.finish = func() {
		if _, there := b.state().find(b.name); there && !b.asked {
			b.asked = true
			b.draw()
			return
		}
		path, replace = filepath.Join(b.folder(), b.name), b.asked
		b.take()
	}
	b.open(func() { done(path, replace) })
}

// box is what is shown, and what the person did with it. It belongs to the UI
// thread.
type box struct {
	Deps
	view   *kit.FileBox
	scope  *live.Scope
	task   *live.Task[listing]
	finish func() // does what the button says
	close  func()

	places []place
	wanted string // the folder asked for; the listing's is another where it is gone
	came   string // the folder below that the person came from
	filter string
	by     kit.FileColumn
	down   bool
	shown  []file
	at     int // the keyboard's place in shown; -1: none
	picked map[string]bool

	single bool   // one file is chosen
	word   string // on the button; empty: what attaches files
	saving bool
	name   string // of the file to save
	asked  bool   // whether to replace what has this name
}

func newBox(d Deps, words kit.FileBoxWords) *box {
	w := d.Words
	words.Filter, words.Up, words.Cancel = w.T("files.filter"), w.T("files.up"), w.T("files.cancel")
	words.Name, words.Size, words.Changed = w.T("files.name"), w.T("files.size"), w.T("files.changed")
	b := &box{Deps: d, view: kit.NewFileBox(words), scope: d.Scope.Inside(), picked: map[string]bool{}, at: -1}
	b.task = live.NewTask(b.scope, nil, func(live.State[listing]) { b.arrived() })
	v := b.view
	v.OnPlace = func(i int) { b.enter(b.places[i].folder) }
	v.OnUp = b.up
	v.OnFilter = func(text string) { b.filter = strings.ToLower(text); b.sift("") }
	v.OnSort = b.sort
	v.OnPick = b.pick
	v.OnMove = func(i int) { b.at = i; b.drawDone() }
	v.OnOpen = b.openAt
	v.OnAll = b.all
	v.OnName = func(text string) { b.name, b.asked = text, false; b.draw() }
	v.OnDone = func() { b.finish() }
	v.OnCancel = func() { b.close() }
	return b
}

// open shows the box and begins to read.
func (b *box) open(closed func()) {
	b.close = b.Float(b.view, b.view.Target(), func() {
		b.scope.Close()
		closed()
	})
	var found []place
	b.scope.Do(func(context.Context) error { found = places(); return nil }, func(error) {
		b.places = found
		b.drawPlaces()
		if b.wanted == "" && b.Folder == "" && len(found) > 0 {
			b.enter(found[0].folder)
		}
	})
	if b.Folder != "" {
		b.enter(b.Folder)
	}
}

// take closes the box on what was chosen in its folder.
func (b *box) take() {
	b.Keep(b.folder())
	b.close()
}

func (b *box) state() listing { return b.task.State().Value }

// folder is the one that is listed; while another is being read it is that one.
func (b *box) folder() string {
	if b.state().folder == "" {
		return b.wanted
	}
	return b.state().folder
}

// enter lists another folder.
func (b *box) enter(folder string) {
	b.wanted, b.filter = folder, ""
	b.shown, b.at, b.asked = nil, -1, false
	clear(b.picked)
	b.task.Forget()
	b.draw()
	lang := string(b.Words.Language())
	b.task.Load(func(context.Context) (listing, error) { return read(folder, lang) })
	b.view.SetFolder(folder, filepath.Dir(folder) == folder)
	b.drawPlaces()
}

func (b *box) up() {
	if folder := b.folder(); filepath.Dir(folder) != folder {
		b.came = filepath.Base(folder)
		b.enter(filepath.Dir(folder))
	}
}

func (b *box) arrived() {
	if folder := b.state().folder; folder != "" && folder != b.wanted {
		b.wanted = folder
		b.view.SetFolder(folder, filepath.Dir(folder) == folder)
		b.drawPlaces()
	}
	came := b.came
	if b.task.State().Phase == live.Ready {
		b.came = ""
	}
	b.sift(came)
}

// sift finds what is shown of the folder, in its order. The keyboard's place goes
// to the name given, else to the first that begins with the filter, else to the
// first row.
func (b *box) sift(name string) {
	b.shown = b.shown[:0]
	for _, f := range b.state().files {
		if !f.hidden && strings.Contains(f.lower, b.filter) {
			b.shown = append(b.shown, f)
		}
	}
	b.order()
	b.at = slices.IndexFunc(b.shown, func(f file) bool { return f.name == name })
	if b.at < 0 && len(b.shown) > 0 {
		b.at = max(0, slices.IndexFunc(b.shown, func(f file) bool { return strings.HasPrefix(f.lower, b.filter) }))
	}
	b.draw()
}

func (b *box) order() {
	slices.SortStableFunc(b.shown, func(x, y file) int {
		c := 0
		switch {
		case x.folder != y.folder:
			return foldersFirst(x)
		case b.by == kit.FileSize && !x.folder:
			c = int(min(1, max(-1, x.size-y.size)))
		case b.by == kit.FileChanged:
			c = x.changed.Compare(y.changed)
		}
		if b.down {
			c = -c
		}
		return c
	})
	if b.by == kit.FileName && b.down {
		n := len(b.shown)
		if i := slices.IndexFunc(b.shown, func(f file) bool { return !f.folder }); i >= 0 {
			n = i
		}
		slices.Reverse(b.shown[:n])
		slices.Reverse(b.shown[n:])
	}
}

// sort sorts by a column; the same once more turns the order around. Sizes and
// dates begin with the largest and the newest.
func (b *box) sort(by kit.FileColumn) {
	if by == b.by {
		b.down = !b.down
	} else {
		b.by, b.down = by, by != kit.FileName
	}
	at := ""
	if b.at >= 0 {
		at = b.shown[b.at].name
	}
	b.sift(at)
}

// pick picks a file, or with more one more, or one less. Folders are opened, not
// picked.
func (b *box) pick(i int, more bool) {
	b.at = i
	f := b.shown[i]
	more = more && !b.saving && !b.single
	if !more {
		clear(b.picked)
	}
	switch {
	case f.folder:
	case b.saving:
		b.name, b.asked = f.name, false
		b.view.SetName(f.name)
	case b.picked[f.name]:
		delete(b.picked, f.name)
	default:
		b.picked[f.name] = true
	}
	b.draw()
}

func (b *box) all() {
	if b.saving || b.single {
		return
	}
	for _, f := range b.shown {
		if !f.folder {
			b.picked[f.name] = true
		}
	}
	b.draw()
}

// openAt goes into a folder, or takes a file with all that are picked.
func (b *box) openAt(i int) {
	f := b.shown[i]
	if f.folder {
		b.enter(filepath.Join(b.folder(), f.name))
		return
	}
	b.at = i
	if b.saving {
		b.pick(i, false)
	} else if !b.picked[f.name] {
		b.pick(i, len(b.picked) > 0)
	}
	b.view.Done()
}

// chosen are the files that the button would take: those picked, else the one at
// the keyboard's place.
func (b *box) chosen() []file {
	if b.saving {
		return nil
	}
	var all []file
	for _, f := range b.state().files {
		if b.picked[f.name] {
			all = append(all, f)
		}
	}
	if len(all) == 0 && b.at >= 0 && b.at < len(b.shown) && !b.shown[b.at].folder {
		all = append(all, b.shown[b.at])
	}
	return all
}

// draw shows the model.
func (b *box) draw() {
	b.view.SetRows(len(b.shown), func(i int) kit.FileRow { return b.row(b.shown[i]) }, b.at)
	b.view.SetSorted(b.by, b.down)
	b.view.SetMessage(b.message())
	b.drawDone()
}

func (b *box) row(f file) kit.FileRow {
	row := kit.FileRow{Icon: iconOf(f), Name: f.name, Changed: b.Words.FileDate(f.changed, b.scope.Now()), Picked: b.picked[f.name]}
	if !f.folder {
		row.Size = b.Words.Size(f.size)
	}
	return row
}

func (b *box) drawPlaces() {
	shown, current := make([]kit.FilePlace, len(b.places)), -1
	for i, p := range b.places {
		shown[i] = kit.FilePlace{Icon: p.icon, Text: filepath.Base(p.folder)}
		if p.key != "" {
			shown[i].Text = b.Words.T(p.key)
		}
		if p.folder == b.wanted {
			current = i
		}
	}
	b.view.SetPlaces(shown, current)
}

// message is what the person has to know of the folder, or of the name.
func (b *box) message() (kit.Finding, string) {
	w, state := b.Words, b.task.State()
	switch {
	case errors.Is(state.Err, fs.ErrPermission):
		return kit.FindingBad, w.T("files.no_permission")
	case state.Err != nil:
		return kit.FindingBad, w.T("files.unreadable")
	case state.Phase == live.Loading:
		return kit.FindingBusy, w.T("files.reading")
	case b.asked:
		return kit.FindingWarn, w.T("files.replace_ask", locale.Args{"Name": b.name})
	case state.Phase != live.Ready || len(b.shown) > 0:
		return kit.FindingNone, ""
	case b.filter != "":
		return kit.FindingNone, w.T("files.none_found")
	}
	return kit.FindingNone, w.T("files.empty")
}

// drawDone writes the button: what it takes, or why it cannot.
func (b *box) drawDone() {
	w := b.Words
	if b.saving {
		b.drawSave()
		return
	}
	chosen := b.chosen()
	word := cmp.Or(b.word, w.N("files.take", max(1, len(chosen))))
	if len(chosen) == 0 {
		b.view.SetDone(word, w.T("files.take_none"), "")
		return
	}
	var sum int64
	for _, f := range chosen {
		sum += f.size
	}
	note := w.Size(sum)
	if len(chosen) == 1 {
		note = chosen[0].name + " · " + note
	}
	b.view.SetDone(word, "", note)
}

func (b *box) drawSave() {
	word, reason := b.Words.T("files.keep"), ""
	wrong := b.state().wrongName(b.name)
	switch {
	case b.task.State().Phase != live.Ready:
		reason = b.Words.T("files.no_folder")
	case wrong != "":
		reason = b.Words.T(string(wrong))
	case b.asked:
		word = b.Words.T("files.replace")
	}
	b.view.SetDone(word, reason, "")
}

// iconOf shows what a name says the content is.
func iconOf(f file) look.IconName {
	if f.folder {
		return look.IconFolder
	}
	switch filepath.Ext(f.lower) {
	case ".jpg", ".jpeg", ".png", ".webp", ".gif", ".heic", ".bmp", ".svg":
		return look.IconPicture
	case ".mp4", ".3gp", ".mov", ".mkv", ".avi", ".webm":
		return look.IconVideo
	case ".mp3", ".ogg", ".opus", ".m4a", ".aac", ".amr", ".wav", ".flac":
		return look.IconMic
	}
	return look.IconNote
}
