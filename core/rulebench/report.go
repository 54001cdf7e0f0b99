package rulebench

import (
	"shopbell/core/autoreply"
	"shopbell/core/chat"
)

// Limits of a report.
const (
	MaxChats      = 200 // that a Conflict names
	MaxConflicts  = 20
	MaxProposals  = 20
	FirstLift     = 5 // proposals whose gain together is told
	MaxGroupWords = 6 // of one Proposal; what is left comes with the next run
)

// Report is what a run found. It holds words of customers, and no whole message.
type Report struct {
	Questions int // that were asked
	Answered  int // by a keyword rule; the others went to people
	Contested int // that two rules or more could have answered
	Rules     []RuleLine
	Conflicts []Conflict // most chats first; MaxConflicts at most
	Meter     Meter
	Proposals []Proposal // most chats first; MaxProposals at most
	// Lifted is how many questions would be answered with the first FirstLift
	// proposals taken up.
	Lifted int
}

// RuleLine is one rule, in the order of the file.
type RuleLine struct {
	ID, Name string
	Trigger  autoreply.Trigger
	Enabled  bool
	Timed    bool // it has windows
	Hits     int  // questions that draw a message of it
	// WouldAnswer is how many questions a rule that is switched off would answer.
	WouldAnswer int
	// Settled is how many conversations the rule answered in fact and of which is known
	// what came of it; Solved of them needed no person. Both are of the rules that were
	// in force then.
	Settled, Solved int
	// Unused are the keywords of a rule that is switched on which stand in no question.
	Unused []string
}

// Conflict is two rules that the same questions draw.
type Conflict struct {
	// Rules are the ids; the first answered at least as many of the questions.
	Rules [2]string
	Chats int    // questions
	Wins  [2]int // of them, by who answers; a third rule answers the rest
	// Shared are the keywords, as each rule spells them, that the same words of a
	// question say; empty where different words drew the two.
	Shared [2][]string
	// Said is the plainest case: what customers wrote most often that drew each, and
	// the scores.
	Said  [2]string
	Score [2]int
	// Departments are where the questions ended that a person answered, the most
	// frequent first; empty where no person did or nothing is known.
	Departments []Department
	// Keep is the rule that people's answers speak for: by its department, else the
	// one that answers more.
	Keep int
	// Conversations are the last MaxChats.
	Conversations []chat.ConversationID
}

// Department is one of a Conflict.
type Department struct {
	Name  string
	Chats int
}

// Meter is the keyword meter of the whole shop (mission A5).
type Meter struct {
	Words int // keywords of the rules that are switched on
	// Frequent are the words, the most useful first, that answer nine of ten of what
	// all answer; Answered is what they answer.
	Frequent []string
	Answered int
}

// Proposal is words that come back in questions which nothing answers.
type Proposal struct {
	// Words are ready as keywords, the most frequent first; 1 to MaxGroupWords.
	Words []string
	Chats int // questions without an answer that hold one of them
	// Into is the id of the rule that is nearest; empty: a new one.
	Into string
	// Kind is the kind of question (rules-file.md); autoreply.KindOther where nothing
	// is known.
	Kind string
}

// Report sums up. Asking may go on afterwards.
func (b *Bench) Report() Report {
	r := Report{Questions: b.questions, Answered: b.answered, Contested: b.contested, Conflicts: b.conflictList(), Meter: b.meter()}
	for _, t := range b.rules {
		line := RuleLine{
			ID: t.ID, Name: t.Name, Trigger: t.Trigger, Enabled: t.Enabled, Timed: len(t.When) > 0,
			Hits: t.hits, Settled: t.settled, Solved: t.solved,
		}
		if !t.Enabled {
			line.WouldAnswer = t.wouldAnswer
		}
		for _, k := range t.Keywords {
			if n, ok := t.words[k]; ok && t.Enabled && !b.words[n].found {
				line.Unused = append(line.Unused, k)
			}
		}
		r.Rules = append(r.Rules, line)
	}
	var gain int
	r.Proposals, gain = b.proposals()
	r.Lifted = b.answered + gain
	return r
}
