// Package locale holds every word a person reads, in each language Shopbell
// speaks: one catalogue of JSON files with the same keys. It turns times, error
// codes and system lines into sentences. No other package holds human text.
package locale

import (
	"embed"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"
)

//go:embed words/*.json
var files embed.FS

// Language is one Shopbell speaks.
type Language string

const (
	English    Language = "en"
	Russian    Language = "ru"
	Portuguese Language = "pt"
)

// Languages lists what the first-start screen offers, in its order.
func Languages() []Language { return []Language{English, Russian, Portuguese} }

// OwnName is what the language calls itself, the same in every catalogue.
func (l Language) OwnName() string {
	switch l {
	case Russian:
		return "Русский"
	case Portuguese:
		return "Português"
	default:
		return "English"
	}
}

// Match returns the language that fits a system locale such as "ru_RU.UTF-8" or
// "pt-BR" best, English where none does.
func Match(system string) Language {
	system, _, _ = strings.Cut(system, ".")
	tags := make([]language.Tag, 0, len(Languages()))
	for _, l := range Languages() {
		tags = append(tags, language.Make(string(l)))
	}
	_, i, confidence := language.NewMatcher(tags).Match(language.Make(strings.ReplaceAll(system, "_", "-")))
	if confidence == language.No {
		return English
	}
	return Languages()[i]
}

// Args are the named values of a sentence.
type Args map[string]any

// Words speaks one language in one time zone. It is immutable and safe for use
// by many goroutines.
type Words struct {
	lang Language
	zone *time.Location
	say  *i18n.Localizer
	tag  language.Tag

	monthFirst bool // In
}

// New opens the catalogue of a language. Times are shown in zone, the shop's.
// The error says which file is broken, which a test excludes for those embedded.
func New(lang Language, zone *time.Location) (*Words, error) {
	bundle := i18n.NewBundle(language.English)
	bundle.RegisterUnmarshalFunc("json", json.Unmarshal)
	for _, l := range Languages() {
		name := string(l) + ".json"
		raw, err := files.ReadFile("words/" + name)
		if err != nil {
			return nil, fmt.Errorf("locale: %w", err)
		}
		if _, err := bundle.ParseMessageFileBytes(raw, name); err != nil {
			return nil, fmt.Errorf("locale: %s: %w", name, err)
		}
	}
	return &Words{lang: lang, zone: zone, say: i18n.NewLocalizer(bundle, string(lang)), tag: language.Make(string(lang))}, nil
}

// Language is the one spoken.
func (w *Words) Language() Language { return w.lang }

// T returns the words of a key. Whole numbers among args are written as by Count. A key that is nowhere comes back as itself, so
// that a slip is seen and nothing breaks; a test holds that there is none.
func (w *Words) T(key string, args ...Args) string {
	return w.localize(key, &i18n.LocalizeConfig{MessageID: key, TemplateData: w.merge(args)})
}

// N returns the words of a key in the plural form for n, which the sentence
// knows as N.
func (w *Words) N(key string, n int, args ...Args) string {
	data := w.merge(args)
	data["N"] = w.Count(n)
	return w.localize(key, &i18n.LocalizeConfig{MessageID: key, TemplateData: data, PluralCount: n})
}

// Emphasis returns a sentence as before, bold, after: the bold part stands
// between two bars in the catalogue.
func (w *Words) Emphasis(key string, args ...Args) (before, bold, after string) {
	before, rest, _ := strings.Cut(w.T(key, args...), "|")
	bold, after, _ = strings.Cut(rest, "|")
	return before, bold, after
}

// find is T that also reports whether there are such words.
func (w *Words) find(key string, args Args) (words string, ok bool) {
	words = w.T(key, args)
	return words, words != key
}

func (w *Words) localize(key string, c *i18n.LocalizeConfig) string {
	s, err := w.say.Localize(c)
	if err != nil {
		return key
	}
	return s
}

func (w *Words) merge(args []Args) Args {
	all := Args{}
	for _, a := range args {
		for k, v := range a {
			switch n := v.(type) {
			case int:
				v = w.Count(n)
			case int64:
				v = w.Count(int(n))
			}
			all[k] = v
		}
	}
	return all
}

// groupedFrom is where a number is long enough to be read in groups.
const groupedFrom = 10_000

// Count is how many there are of something, in groups of digits from 10,000 on.
func (w *Words) Count(n int) string {
	if n < groupedFrom && n > -groupedFrom {
		return strconv.Itoa(n)
	}
	return message.NewPrinter(w.tag).Sprint(number.Decimal(n))
}
