package rules

import (
	"context"
	"errors"
	"slices"
	"time"

	"shopbell/app/kit"
	"shopbell/app/live"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/autoreply"
	"shopbell/core/chatexport"
	"shopbell/core/desk"
	"shopbell/core/learn"
)

// learning is the page that makes rules of the chats which a shop exported on its
// phone. They are read on this computer, by this program. What was asked and answered
// in them is kept by the desk, without a name, for its bench; nothing goes elsewhere.
type learning struct {
	*subPage
	pace    *pace // of the reading under way, nil without one
	chats   []pastChat
	order   chatexport.Order // as the person said
	shop    string           // as the person said
	talk    pastTalk
	taken   []bool       // of the proposals
	listed  map[int]bool // chats whose lines that could not be read are listed
	allRows bool         // every chat is listed
	helped  bool         // how to export a chat is said again
	run     int          // counts readings: the last one is shown
	stopped bool         // the person stopped it
	err     error
	kept    *live.Task[desk.PastReport] // what the desk has

	cards *kit.Beside
	bring *kit.Button
	far   *readingCard
	would *kit.Paragraph // below the proposals
	take  *kit.Button
}

// Widths of the page (design: chat-import).
const (
	learnAside float32 = 400
	learnLeast float32 = 520
	learnGap   float32 = 12
)

func newLearning(s *Screen) *learning {
	w := s.Words
	l := &learning{cards: kit.NewBeside(learnGap, learnLeast, learnAside)}
	l.bring = kit.NewButton(w.T("learn.add"), kit.Primary, l.choose)
	l.bring.SetIcon(look.IconPlus, false)
	l.far = newReadingCard(l, w)
	l.kept = live.NewTask(s.Scope, nil, func(live.State[desk.PastReport]) { l.show(); s.bench.show() })
	help := kit.NewTextButton(w.T("learn.how"), func() { l.helped = !l.helped; l.show() })
	l.subPage = newSubPage(s, subWords{w.T("learn.back"), w.T("learn.title"), w.T("learn.about")}, kit.PaneData{Body: l.cards},
		kit.Own(help), kit.Own(l.bring))
	return l
}

// openLearning shows the page.
func (s *Screen) openLearning() {
	if s.editing == nil || !s.may {
		return
	}
	s.editor.settle()
	s.learning.count()
	s.learning.enter(s.learning.bring, s.list.rows.Target())
}

// count asks the desk what it has kept.
func (l *learning) count() {
	l.kept.Refresh(func(ctx context.Context) (desk.PastReport, error) { return l.Desk.PastChats(ctx, l.Who) })
	l.show()
}

// choose asks for exported chats and reads them beside those that are there.
func (l *learning) choose() {
	l.Choose(Ask{Title: l.Words.T("learn.choose"), Take: l.Words.T("files.read"), Many: true}, func(files []File) {
		if len(files) == 0 {
			return
		}
		var looked []pastChat
		l.work(func(ctx context.Context, at *pace) error {
			for i, f := range files {
				at.note(func(p *progress) { *p = progress{stage: stageLook, file: i + 1, files: len(files)} })
				looked = append(looked, lookAt(ctx, f, at)...)
				if err := at.pass(ctx); err != nil {
					return err
				}
			}
			return nil
		}, func() {
			for _, c := range looked {
				l.chats = slices.DeleteFunc(l.chats, c.isAgain)
			}
			l.chats = append(l.chats, looked...)
			l.read()
		})
	})
}

// read reads the chats whole, once nothing is left to ask.
func (l *learning) read() {
	l.talk, l.taken, l.listed = pastTalk{chats: l.chats}, nil, make(map[int]bool)
	name, _ := l.who()
	if l.dates() == chatexport.OrderUnknown && l.doubted() != "" || name == "" {
		l.show()
		return
	}
	r := reading{
		order: l.dates(), shop: name, rules: l.editing.File(), now: l.Scope.Now(),
		keep: func(ctx context.Context, chat string, messages []learn.Message) (int, error) {
			return l.Desk.KeepPast(ctx, l.Who, chat, messages)
		},
	}
	chats := slices.Clone(l.chats)
	var talk pastTalk
	l.work(func(ctx context.Context, at *pace) (err error) {
		talk, err = r.all(ctx, chats, at)
		return err
	}, func() {
		l.talk = talk
		l.name()
		for _, p := range talk.found.Proposals {
			l.taken = append(l.taken, p.Doubt == learn.DoubtNone)
		}
	})
}

// name calls the proposals by the kind of question that they answer, where that is
// known and no other has the name.
func (l *learning) name() {
	named := make(map[string]bool)
	for i := range l.talk.found.Proposals {
		r := &l.talk.found.Proposals[i].Rule
		if name := l.Words.Question(r.Kind); slices.Contains(locale.QuestionKinds(), r.Kind) && !named[name] {
			r.Name, named[name] = name, true
		}
	}
}

// work reads off the UI thread and shows what came of it, unless other work began
// meanwhile, which stops this. How far it is stands on the page all the while.
func (l *learning) work(do func(context.Context, *pace) error, done func()) {
	l.run++
	if l.pace != nil {
		l.pace.stop()
	}
	run, at := l.run, &pace{}
	l.pace, l.err, l.stopped = at, nil, false
	l.show()
	over := l.Scope.Every(farEvery, func(time.Time) { l.far.tick(at) })
	l.Scope.Do(func(ctx context.Context) error { return do(ctx, at) }, func(err error) {
		over()
		if run != l.run {
			return
		}
		l.pace = nil
		switch {
		case errors.Is(err, errStopped):
			l.stopped = true
		case err != nil:
			l.err = err
		default:
			done()
		}
		l.count() // also of what was kept before it was stopped
	})
}

// isUnread reports whether there are chats that are not read, though nothing is left
// to ask.
func (l *learning) isUnread() bool { return l.stopped && len(l.chats) > 0 && l.talk.kinds == nil }

// dates is how dates that can be read two ways are read: as the other chats', or as
// the person said.
func (l *learning) dates() chatexport.Order {
	if o := orderOfAll(l.chats); o != chatexport.OrderUnknown {
		return o
	}
	return l.order
}

// doubted is a date that can be read two ways; empty where there is none.
func (l *learning) doubted() string {
	for _, c := range l.chats {
		if c.isRead() && c.outline.Order == chatexport.OrderUnknown && c.outline.Sample != "" {
			return c.outline.Sample
		}
	}
	return ""
}

// who is the shop among those who write; else the candidates, of whom a person must
// choose.
func (l *learning) who() (name string, candidates []string) {
	name, candidates = shopOf(l.chats)
	if name == "" && slices.Contains(candidates, l.shop) {
		return l.shop, nil
	}
	return name, candidates
}

// add puts the rules that are ticked beside those of the shop, switched off.
func (l *learning) add() {
	var rules []autoreply.Rule
	for i, p := range l.talk.found.Proposals {
		if !l.taken[i] {
			continue
		}
		r := p.Rule
		if len(r.Replies) == 0 {
			r.Replies = []autoreply.Variant{{Text: p.Answer}} // to be mended in the editor
		}
		rules = append(rules, r)
	}
	l.editing.Add(rules...)
	l.chats, l.talk, l.taken, l.stopped = nil, pastTalk{}, nil, false
	l.close()
	l.SayUndo(l.Words.N("packs.added", len(rules)), func() { l.Undo() })
}

// chosen is how many proposals are ticked.
func (l *learning) chosen() (n int) {
	for _, on := range l.taken {
		if on {
			n++
		}
	}
	return n
}
