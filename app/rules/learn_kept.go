package rules

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/live"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/desk"
)

// keeping says what the desk keeps of the phone's chats, once it does, and what kept
// it from that.
func (l *learning) keeping() []fyne.CanvasObject {
	w, is := l.Words, l.kept.State()
	var items []fyne.CanvasObject
	if l.talk.unkept != nil {
		items = append(items, kit.NewStatus(kit.FindingBad, w.T("learn.unkept", locale.Args{"Why": l.explain(l.talk.unkept)})))
	}
	if is.Phase == live.Failed || is.Phase == live.Stale {
		items = append(items, kit.NewStatus(kit.FindingBad, l.explain(is.Err)))
	}
	var acts []fyne.CanvasObject
	if kept := is.Value; kept.Chats > 0 {
		items = append(items, kit.NewParagraph(l.keptWords(kept)+" · "+l.days(kept.From, kept.To), kit.Small, look.Text),
			kit.NewParagraph(w.T("learn.no_names"), kit.Tiny, look.Text2))
		run := kit.NewButton(w.T("learn.bench"), kit.Soft, l.bench)
		erase := kit.NewButton(w.T("learn.erase"), kit.Plain, l.erase)
		if l.pace != nil {
			erase.SetDisabled(w.T("learn.reading"))
		}
		for _, b := range []*kit.Button{run, erase} {
			b.SetSmall(true)
			acts = append(acts, b)
		}
	}
	if len(items) == 0 {
		return nil
	}
	return []fyne.CanvasObject{kit.NewPanel(w.T("learn.kept"), "", kit.NewStack(4, items...), acts...)}
}

// keptWords counts what is kept: "8 chats, 3756 messages".
func (l *learning) keptWords(kept desk.PastReport) string {
	return strings.Join([]string{l.Words.N("learn.chats", kept.Chats), l.Words.N("learn.messages", kept.Messages)}, ", ")
}

// erase has the desk erase the phone's chats, once the person has said so.
func (l *learning) erase() {
	about := l.Words.T("learn.erase_about", locale.Args{"What": l.keptWords(l.kept.State().Value)})
	l.Screen.ask("learn.erase_title", about, "learn.erase_not", answer{"learn.erase", func() {
		var was desk.PastReport
		l.Scope.Do(func(ctx context.Context) (err error) {
			was, err = l.Desk.ForgetPast(ctx, l.Who)
			return err
		}, func(err error) {
			if err != nil {
				l.Say(l.explain(err), false)
				return
			}
			l.Screen.bench.phone = false
			l.count()
			l.Say(l.Words.T("learn.erased", locale.Args{"What": l.keptWords(was)}), true)
		})
	}})
}
