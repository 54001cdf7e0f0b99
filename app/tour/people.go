package tour

import (
	"context"
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"shopbell/core/chat"
	"shopbell/core/desk"
)

// customers shows the customers with the first of them open.
func (t *tourist) customers(ctx context.Context) error {
	if err := t.press(ctx, fyne.Key2, fyne.KeyModifierShortcutDefault); err != nil {
		return err
	}
	if err := t.pause(ctx, readFor); err != nil { // its list has the keyboard then
		return err
	}
	if err := t.typeKey(ctx, fyne.KeyReturn); err != nil {
		return err
	}
	return t.inBoth(ctx, "customers")
}

// search looks for a word that a customer of the busiest chat wrote.
func (t *tourist) search(ctx context.Context) error {
	at, err := t.seat(ctx)
	if err != nil {
		return err
	}
	best, err := busiest(ctx, at)
	if err != nil {
		return err
	}
	messages, err := all(ctx, at, best.ID)
	if err != nil {
		return err
	}
	word := wordOf(messages)
	if word == "" {
		return errors.New("tour: the busiest chat has no word to look for")
	}
	if err := t.press(ctx, fyne.KeyK, fyne.KeyModifierShortcutDefault); err != nil {
		return err
	}
	if err := t.pause(ctx, readFor); err != nil {
		return err
	}
	if err := t.typeText(ctx, word); err != nil {
		return err
	}
	if err := t.inBoth(ctx, "search"); err != nil {
		return err
	}
	found, err := at.Find(ctx, at.who, desk.SearchQuery{Text: word})
	if err != nil {
		return err
	}
	for _, n := range found.Counts.Kinds {
		t.found += n
	}
	return t.press(ctx, fyne.Key1, fyne.KeyModifierShortcutDefault)
}

// wordOf is the longest word that a customer wrote; empty: none wrote one.
func wordOf(messages []chat.Message) (longest string) {
	for _, m := range messages {
		if !m.Inbound() {
			continue
		}
		for _, word := range strings.FieldsFunc(m.Text, func(r rune) bool { return !unicode.IsLetter(r) }) {
			if utf8.RuneCountInString(word) > utf8.RuneCountInString(longest) {
				longest = word
			}
		}
	}
	return longest
}
