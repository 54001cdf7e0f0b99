package locale

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"shopbell/core/chat"
	"shopbell/core/desk"
)

var lisbon = time.FixedZone("Lisbon in winter", 0)

func open(t *testing.T, lang Language) *Words {
	t.Helper()
	w, err := New(lang, lisbon)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func catalogue(t *testing.T, lang Language) map[string]any {
	t.Helper()
	raw, err := files.ReadFile("words/" + string(lang) + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var words map[string]any
	if err := json.Unmarshal(raw, &words); err != nil {
		t.Fatal(err)
	}
	return words
}

func TestCatalogue(t *testing.T) {
	english := catalogue(t, English)
	placeholder := regexp.MustCompile(`{{\.\w+}}|\|`)
	for _, lang := range Languages() {
		t.Run("has every key with the same placeholders in "+string(lang), func(t *testing.T) {
			words := catalogue(t, lang)
			for key, value := range english {
				want := placeholder.FindAllString(fmt.Sprint(value), -1)
				got := placeholder.FindAllString(fmt.Sprint(words[key]), -1)
				slices.Sort(want)
				slices.Sort(got)
				if words[key] == nil {
					t.Errorf("%q is missing", key)
				} else if want, got := slices.Compact(want), slices.Compact(got); !slices.Equal(want, got) {
					t.Errorf("%q has %v, English has %v", key, got, want)
				}
			}
			for key := range words {
				if english[key] == nil {
					t.Errorf("%q is not in English", key)
				}
			}
		})
	}
	for _, lang := range Languages() {
		t.Run("has each key once in "+string(lang), func(t *testing.T) {
			raw, err := files.ReadFile("words/" + string(lang) + ".json")
			if err != nil {
				t.Fatal(err)
			}
			seen := map[string]bool{}
			for _, line := range strings.Split(string(raw), "\n") {
				key, found := strings.CutPrefix(line, `  "`) // what is deeper are the forms of a plural
				if !found {
					continue
				}
				key, _, _ = strings.Cut(key, `"`)
				if seen[key] {
					t.Errorf("%q stands there twice: the later one hides the other", key)
				}
				seen[key] = true
			}
			if len(seen) < 100 {
				t.Errorf("the file was not read as it is written: %d keys", len(seen))
			}
		})
	}
	t.Run("has every key that the screens name, and no other", func(t *testing.T) {
		named := keysInSource(t, "..")
		for key := range named {
			if english[key] == nil {
				t.Errorf("%q is named in the code and not in the catalogue", key)
			}
		}
		for key := range english {
			if !named[key] && !slices.ContainsFunc(builtKeys, func(prefix string) bool { return strings.HasPrefix(key, prefix) }) {
				t.Errorf("%q is in the catalogue and named nowhere", key)
			}
		}
	})
}

// builtKeys are the beginnings of keys that the code puts together from codes;
// tests below hold each of them.
var builtKeys = []string{"check.", "error.", "fault.", "graph.", "media.", "question.", "system.", "month.", "month_short.", "reason.", "weekday_short.", "stockfault.", "stockfile."}

// keysInSource collects all string literals of app's Go files that look like
// catalogue keys: lower-case words with dots.
func keysInSource(t *testing.T, root string) map[string]bool {
	t.Helper()
	key := regexp.MustCompile(`^[a-z]+\.[a-z_]+$`)
	fileName := regexp.MustCompile(`\.(go|json|svg|png)$`)
	bare := catalogue(t, English)
	named := map[string]bool{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		dir := filepath.Base(filepath.Dir(path))
		if dir == "kit" || dir == "look" { // they know no words
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			lit, ok := n.(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING {
				return true
			}
			s, err := strconv.Unquote(lit.Value)
			if err == nil && (key.MatchString(s) && !fileName.MatchString(s) || bare[s] != nil) {
				named[s] = true
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return named
}

func TestCodesHaveWords(t *testing.T) {
	for _, lang := range Languages() {
		w := open(t, lang)
		general := w.T("error." + string(desk.Internal))
		for _, code := range []desk.Code{
			desk.Internal, desk.Invalid, desk.NotFound, desk.Forbidden, desk.LockedByOther,
			desk.WindowClosed, desk.Conflict, desk.DiskFull, desk.Unavailable,
		} {
			e := w.Explain(&desk.Error{Code: code})
			if e.What == "" || e.Next == "" || strings.Contains(e.String(), "error.") || (code != desk.Internal && e.What == general) {
				t.Errorf("%s: %s is explained as %q", lang, code, e)
			}
		}
		for _, code := range []chat.SystemCode{
			chat.SysCapReached, chat.SysRouted, chat.SysHandOver, chat.SysResolved, chat.SysReopened, chat.SysSolved,
			chat.SysOptedOut, chat.SysNumberChanged, chat.SysWantsOrder, chat.SysAutoExpired,
		} {
			m := chat.Message{Kind: chat.KindSystem, Text: string(code), Data: map[string]string{
				"keyword": "size", "department": "Sales", "agent": "Anna", "from": "1", "to": "2",
			}}
			if line := w.SystemLine(m); line == w.T("system.other") || strings.Contains(line, "no value") {
				t.Errorf("%s: %s is told as %q", lang, code, line)
			}
		}
	}
}

func TestExplain(t *testing.T) {
	w := open(t, English)
	for name, test := range map[string]struct {
		err  error
		want string
	}{
		"an error without a code is internal":            {errors.New("sql: broken"), w.Explain(&desk.Error{Code: desk.Internal}).String()},
		"a code of a newer desk is internal":             {&desk.Error{Code: "frozen"}, w.Explain(&desk.Error{Code: desk.Internal}).String()},
		"a cancelled call means the desk is unavailable": {context.Canceled, w.Explain(&desk.Error{Code: desk.Unavailable}).String()},
		"a text that is too long says the limit":         {&desk.Error{Code: desk.Invalid, Field: "text", Limit: 4096}, "Too long. At most 4096 characters."},
		"an empty text says what to do":                  {&desk.Error{Code: desk.Invalid, Field: "text"}, "There is nothing to send yet. Write something first."},
		"a wrapped error keeps its code":                 {fmt.Errorf("send: %w", desk.Errorf(desk.DiskFull, "no space")), "The disk is full. Free some space."},
	} {
		t.Run(name, func(t *testing.T) {
			if got := w.Explain(test.err).String(); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
	t.Run("a system line of a newer desk is told as unknown", func(t *testing.T) {
		if got := w.SystemLine(chat.Message{Text: "moon_rose"}); got != w.T("system.other") {
			t.Errorf("got %q", got)
		}
	})
}

func TestPlurals(t *testing.T) {
	for _, test := range []struct {
		lang Language
		n    int
		want string
	}{
		{English, 1, "1 new message"}, {English, 2, "2 new messages"}, {English, 0, "0 new messages"},
		{Russian, 1, "1 новое сообщение"}, {Russian, 3, "3 новых сообщения"}, {Russian, 5, "5 новых сообщений"},
		{Russian, 11, "11 новых сообщений"}, {Russian, 21, "21 новое сообщение"},
		{Portuguese, 1, "1 mensagem nova"}, {Portuguese, 12, "12 mensagens novas"},
	} {
		if got := open(t, test.lang).N("chat.new_messages", test.n); got != test.want {
			t.Errorf("%s %d: got %q, want %q", test.lang, test.n, got, test.want)
		}
	}
}

func TestTimes(t *testing.T) {
	now := time.Date(2026, 11, 24, 14, 6, 0, 0, lisbon)
	at := func(days, hour, minute int) time.Time {
		return time.Date(2026, 11, 24+days, hour, minute, 0, 0, lisbon)
	}
	en, ru := open(t, English), open(t, Russian)
	for name, test := range map[string]struct{ got, want string }{
		"a wait of seconds is under a minute":        {en.Wait(59 * time.Second), "<1 min"},
		"a wait of one minute":                       {en.Wait(time.Minute), "1 min"},
		"a wait of minutes":                          {en.Wait(18*time.Minute + 59*time.Second), "18 min"},
		"a wait of hours and minutes":                {en.Wait(125 * time.Minute), "2 h 5 min"},
		"a wait of whole hours":                      {en.Wait(2 * time.Hour), "2 h"},
		"a wait of days":                             {en.Wait(75 * time.Hour), "3 days"},
		"a countdown rounds up to the second":        {en.Countdown(6*time.Minute + 11500*time.Millisecond), "6:12"},
		"a countdown that is over":                   {en.Countdown(-time.Second), "0:00"},
		"a deadline today":                           {en.Deadline(at(0, 18, 5), now), "18:05"},
		"a deadline tomorrow":                        {en.Deadline(at(1, 14, 5), now), "tomorrow 14:05"},
		"a deadline tomorrow in Russian":             {ru.Deadline(at(1, 14, 5), now), "завтра, 14:05"},
		"a deadline later":                           {en.Deadline(at(4, 9, 0), now), "28 Nov 09:00"},
		"a moment today in a list":                   {en.Recent(at(0, 13, 48), now), "13:48"},
		"a moment yesterday in a list":               {en.Recent(at(-1, 23, 59), now), "Yesterday"},
		"a moment before in a list":                  {ru.Recent(at(-6, 9, 0), now), "18 ноя"},
		"a day line of today":                        {en.Day(at(0, 1, 0), now), "Today, 24 November"},
		"a day line of yesterday":                    {ru.Day(at(-1, 1, 0), now), "Вчера, 23 ноября"},
		"a day line of this year":                    {en.Day(at(-3, 1, 0), now), "21 November"},
		"a day line of another year names it":        {en.Day(at(-365, 1, 0), now), "24 November 2025"},
		"a moment after the shop's midnight in UTC+": {mustIn(t, time.FixedZone("", 3*3600)).Recent(time.Date(2026, 11, 23, 22, 0, 0, 0, time.UTC), now), "01:00"},
	} {
		t.Run(name, func(t *testing.T) {
			if test.got != test.want {
				t.Errorf("got %q, want %q", test.got, test.want)
			}
		})
	}
}

func mustIn(t *testing.T, zone *time.Location) *Words {
	t.Helper()
	w, err := New(English, zone)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestMatch(t *testing.T) {
	for system, want := range map[string]Language{
		"ru_RU.UTF-8": Russian, "ru": Russian, "pt-BR": Portuguese, "pt_PT": Portuguese,
		"en-GB": English, "C": English, "": English, "sw-KE": English,
	} {
		if got := Match(system); got != want {
			t.Errorf("Match(%q) is %s, want %s", system, got, want)
		}
	}
}

func TestEmphasis(t *testing.T) {
	before, bold, after := open(t, English).Emphasis("window.open", Args{"When": "tomorrow 14:05"})
	if before != "Meta’s 24 h: answer until " || bold != "tomorrow 14:05" || !strings.HasPrefix(after, " · Your shop’s 48 h") {
		t.Errorf("got %q, %q, %q", before, bold, after)
	}
}
