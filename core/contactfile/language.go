package contactfile

import (
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// named are the languages that are known by their names, too.
var named = []language.Tag{
	language.English, language.BrazilianPortuguese, language.Portuguese, language.Russian, language.Ukrainian, language.Spanish, language.French,
	language.German, language.Italian, language.Polish, language.Turkish, language.Arabic, language.Hebrew, language.Kazakh, language.Romanian,
	language.Indonesian, language.Hindi, language.Chinese,
}

// names are those of languages in lower case, in themselves and in the languages that
// columns are found in.
var names = sync.OnceValue(func() map[string]language.Tag {
	all := map[string]language.Tag{}
	for _, tag := range named {
		all[strings.ToLower(display.Self.Name(tag))] = tag
		for _, in := range []language.Tag{language.English, language.Portuguese, language.Russian, language.Spanish} {
			all[strings.ToLower(display.Languages(in).Name(tag))] = tag
		}
	}
	return all
})

// languageCode is a language as chat.Profile keeps it, of its code or its name.
func languageCode(written string) (code string, known bool) {
	if tag, ok := names()[strings.ToLower(strings.TrimSpace(written))]; ok {
		return tag.String(), true
	}
	tag, err := language.Parse(strings.TrimSpace(written))
	if err != nil {
		return "", false
	}
	return tag.String(), true
}
