package rules

import (
	"context"
	"slices"

	"shopbell/app/kit"
	"shopbell/app/look"
	"shopbell/core/autoreply"
	"shopbell/core/chatexport"
	"shopbell/core/learn"
)

// learning is the page that makes rules of the chats which a shop exported on its
// phone. They are read on this computer, by this program, and go nowhere else.
type learning struct {
	*subPage
	reading bool
	chats   []pastChat
	order   chatexport.Order // as the person said
	shop    string           // as the person said
	talk    pastTalk
	taken   []bool       // of the proposals
	past    []learn.Pair // what was read last, for the bench
	run     int          // counts readings: the last one is shown
	err     error

	cards *kit.Beside
	bring *kit.Button
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
	l.subPage = newSubPage(s, subWords{w.T("learn.back"), w.T("learn.title"), w.T("learn.about")}, kit.PaneData{Body: l.cards}, kit.Own(l.bring))
	return l
}

// openLearning shows the page.
func (s *Screen) openLearning() {
	if s.editing == nil || !s.may {
		return
	}
	s.editor.settle()
	s.learning.show()
	s.learning.enter(s.learning.bring, s.list.rows.Target())
}

// choose asks for exported chats and reads them beside those that are there.
func (l *learning) choose() {
	l.Choose(func(files []File) {
		if len(files) == 0 {
			return
		}
		var looked []pastChat
		l.work(func(ctx context.Context) error {
			for _, f := range files {
				looked = append(looked, lookAt(ctx, f)...)
			}
			return ctx.Err()
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
	l.talk, l.taken = pastTalk{chats: l.chats}, nil
	name, _ := l.who()
	if l.dates() == chatexport.OrderUnknown && l.doubted() != "" || name == "" {
		l.show()
		return
	}
	r := reading{order: l.dates(), shop: name, rules: l.editing.File(), now: l.Scope.Now()}
	chats := slices.Clone(l.chats)
	var talk pastTalk
	l.work(func(ctx context.Context) (err error) {
		talk, err = r.readAll(ctx, chats)
		return err
	}, func() {
		l.talk, l.past = talk, talk.asked
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
		for _, k := range questionKinds {
			if name := l.Words.T(k.name); r.Kind != "" && k.kind == r.Kind && !named[name] {
				r.Name, named[name] = name, true
			}
		}
	}
}

// work reads off the UI thread and shows what came of it, unless other work began
// meanwhile.
func (l *learning) work(do func(context.Context) error, done func()) {
	l.run++
	run := l.run
	l.reading, l.err = true, nil
	l.show()
	l.Scope.Do(do, func(err error) {
		if run != l.run {
			return
		}
		if l.reading, l.err = false, err; err == nil {
			done()
		}
		l.show()
	})
}

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
	l.chats, l.talk, l.taken = nil, pastTalk{}, nil
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
