package rulebench_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"shopbell/core/autoreply"
	"shopbell/core/chat"
	"shopbell/core/rulebench"
)

// monday is ten o'clock of a working day.
var monday = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)

// keyword is a rule that is switched on.
func keyword(id string, keywords ...string) autoreply.Rule {
	return autoreply.Rule{
		ID: id, Name: id, Trigger: autoreply.TriggerKeyword, Enabled: true, Keywords: keywords, Replies: []autoreply.Variant{{Text: id}},
	}
}

func file(rules ...autoreply.Rule) autoreply.File { return autoreply.File{Version: 1, Rules: rules} }

// run asks texts, one an hour.
func run(t testing.TB, f autoreply.File, texts ...string) rulebench.Report {
	t.Helper()
	var list []rulebench.Question
	for i, text := range texts {
		list = append(list, rulebench.Question{Conversation: chat.ConversationID(i + 1), At: monday, Text: text, Kind: chat.KindText})
	}
	return ask(t, f, list...)
}

func ask(t testing.TB, f autoreply.File, list ...rulebench.Question) rulebench.Report {
	t.Helper()
	b, err := rulebench.New(f, rulebench.Facts{Now: monday.AddDate(0, 0, 7)})
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range list {
		b.Ask(q)
	}
	return b.Report()
}

// times repeats a text.
func times(n int, text string) []string { return slices.Repeat([]string{text}, n) }

func line(t *testing.T, r rulebench.Report, id string) rulebench.RuleLine {
	t.Helper()
	i := slices.IndexFunc(r.Rules, func(l rulebench.RuleLine) bool { return l.ID == id })
	if i < 0 {
		t.Fatalf("no rule %q in %+v", id, r.Rules)
	}
	return r.Rules[i]
}

func TestHits(t *testing.T) {
	welcome := autoreply.Rule{ID: "welcome", Name: "Welcome", Trigger: autoreply.TriggerFirstContact, Enabled: true, Replies: []autoreply.Variant{{Text: "hi"}}}
	closed := autoreply.Rule{ID: "closed", Name: "Closed", Trigger: autoreply.TriggerOffHours, Enabled: true, Replies: []autoreply.Variant{{Text: "later"}}}
	off := keyword("off", "warranty", "delivery")
	off.Enabled = false
	lunch := keyword("lunch", "menu")
	lunch.When = []autoreply.Window{{From: "11:00", To: "13:00"}}
	f := file(welcome, closed, keyword("delivery", "delivery", "parcel"), off, lunch)

	t.Run("a greeting draws a hit and is no answer", func(t *testing.T) {
		r := ask(t, f, rulebench.Question{At: monday, Text: "hello", First: true})
		if r.Questions != 1 || r.Answered != 0 || line(t, r, "welcome").Hits != 1 {
			t.Errorf("the report is %+v", r)
		}
	})
	t.Run("greeting and keyword answer the same question", func(t *testing.T) {
		r := ask(t, f, rulebench.Question{At: monday, Text: "is there delivery?", First: true})
		if r.Answered != 1 || line(t, r, "welcome").Hits != 1 || line(t, r, "delivery").Hits != 1 {
			t.Errorf("the report is %+v", r)
		}
	})
	t.Run("the hour of the question counts", func(t *testing.T) {
		r := ask(t, f, rulebench.Question{At: monday.Add(13 * time.Hour), Text: "hello"}, rulebench.Question{At: monday.Add(2 * time.Hour), Text: "menu"},
			rulebench.Question{At: monday, Text: "menu"})
		if line(t, r, "closed").Hits != 1 || line(t, r, "lunch").Hits != 1 || r.Answered != 1 {
			t.Errorf("the report is %+v", r)
		}
	})
	t.Run("a rule that is off says what it would answer, and takes nothing from others", func(t *testing.T) {
		r := run(t, f, "warranty?", "delivery?", "warranty and delivery?")
		l := line(t, r, "off")
		if l.Hits != 0 || l.WouldAnswer != 2 || r.Answered != 2 {
			t.Errorf("off is %+v, answered %d", l, r.Answered)
		}
	})
	t.Run("a keyword that stands in no question is unused, one of a rule that is off is not", func(t *testing.T) {
		r := run(t, f, "delivery?")
		if got := line(t, r, "delivery").Unused; !slices.Equal(got, []string{"parcel"}) {
			t.Errorf("unused are %v", got)
		}
		if got := line(t, r, "off").Unused; got != nil {
			t.Errorf("unused of a rule that is off are %v", got)
		}
	})
	t.Run("two spellings of one keyword are one word", func(t *testing.T) {
		r := run(t, file(keyword("d", "Delivery", "delivery")), "delivery")
		if l := line(t, r, "d"); l.Unused != nil || r.Meter.Words != 1 {
			t.Errorf("unused are %v of %d", l.Unused, r.Meter.Words)
		}
	})
	t.Run("a word outside its rule's hours is used", func(t *testing.T) {
		if got := line(t, run(t, f, "menu"), "lunch").Unused; got != nil {
			t.Errorf("unused are %v", got)
		}
	})
	t.Run("an opt-out is no question", func(t *testing.T) {
		if r := run(t, f, "stop", "delivery"); r.Questions != 1 {
			t.Errorf("%d questions", r.Questions)
		}
	})
	t.Run("who asked for silence is not answered", func(t *testing.T) {
		if r := ask(t, f, rulebench.Question{At: monday, Text: "delivery", OptedOut: true}); r.Questions != 1 || r.Answered != 0 || r.Proposals != nil {
			t.Errorf("the report is %+v", r)
		}
	})
	t.Run("rules that break a limit are refused", func(t *testing.T) {
		if _, err := rulebench.New(file(keyword("d", "...")), rulebench.Facts{}); err == nil {
			t.Error("a keyword without letters is taken")
		}
	})
	t.Run("no questions give an empty report", func(t *testing.T) {
		if r := run(t, f); r.Questions != 0 || len(r.Rules) != 5 || r.Conflicts == nil && r.Meter.Frequent != nil {
			t.Errorf("the report is %+v", r)
		}
	})
}

func TestSolved(t *testing.T) {
	f := file(keyword("d", "delivery"))
	now := monday.AddDate(0, 0, 7) // as ask has it
	for _, c := range []struct {
		name            string
		q               rulebench.Question
		settled, solved int
	}{
		{"nobody answered for a day", rulebench.Question{At: monday, AnsweredBy: "d"}, 1, 1},
		{"a person answered", rulebench.Question{At: monday, AnsweredBy: "d", Person: true}, 1, 0},
		{"resolved within the day", rulebench.Question{At: now.Add(-time.Hour), AnsweredBy: "d", Resolved: true}, 1, 1},
		{"not known yet", rulebench.Question{At: now.Add(-time.Hour), AnsweredBy: "d"}, 0, 0},
		{"no rule answered", rulebench.Question{At: monday}, 0, 0},
		{"a rule that is no more answered", rulebench.Question{At: monday, AnsweredBy: "gone"}, 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			if l := line(t, ask(t, f, c.q), "d"); l.Settled != c.settled || l.Solved != c.solved {
				t.Errorf("%d of %d solved, want %d of %d", l.Solved, l.Settled, c.solved, c.settled)
			}
		})
	}
}

func TestConflicts(t *testing.T) {
	size, returns := keyword("size", "small", "size"), keyword("returns", "small", "return")
	size.Department, returns.Department = "Sales", "Returns"
	f := file(size, returns)
	t.Run("two rules with one word", func(t *testing.T) {
		list := []rulebench.Question{
			{Conversation: 1, At: monday, Text: "the boots are small", Person: true, Department: "Returns"},
			{Conversation: 2, At: monday, Text: "the boots are small", Person: true, Department: "Returns"},
			{Conversation: 3, At: monday, Text: "small, may I return it", Person: true, Department: "Sales"},
			{Conversation: 4, At: monday, Text: "what size", Person: true, Department: "Sales"},
		}
		r := ask(t, f, list...)
		want := []rulebench.Conflict{{
			Rules: [2]string{"size", "returns"}, Chats: 3, Wins: [2]int{2, 1},
			Shared: [2][]string{{"small"}, {"small"}}, Said: [2]string{"small", "small"}, Score: [2]int{1, 1},
			Departments: []rulebench.Department{{Name: "Returns", Chats: 2}, {Name: "Sales", Chats: 1}}, Keep: 1,
			Conversations: []chat.ConversationID{3, 2, 1},
		}}
		if diff := cmp.Diff(want, r.Conflicts); diff != "" || r.Contested != 3 {
			t.Errorf("contested %d\n%s", r.Contested, diff)
		}
	})
	t.Run("different words share nothing", func(t *testing.T) {
		r := run(t, f, "return for another size")
		if len(r.Conflicts) != 1 || len(r.Conflicts[0].Shared[0]) != 0 || r.Conflicts[0].Said != [2]string{"return", "size"} {
			t.Errorf("the conflicts are %+v", r.Conflicts)
		}
	})
	t.Run("the one that answers more stands first", func(t *testing.T) {
		r := run(t, f, "small return", "small return", "small")
		if c := r.Conflicts[0]; c.Rules != [2]string{"returns", "size"} || c.Wins != [2]int{2, 1} || c.Said != [2]string{"small, return", "small"} || c.Score != [2]int{2, 1} {
			t.Errorf("the conflict is %+v", c)
		}
	})
	t.Run("what people wrote themselves speaks for nobody", func(t *testing.T) {
		r := ask(t, f, rulebench.Question{At: monday, Text: "small", Department: "Returns"})
		if c := r.Conflicts[0]; c.Departments != nil || c.Keep != 0 {
			t.Errorf("the conflict is %+v", c)
		}
	})
	t.Run("a rule that is off is in nobody's way", func(t *testing.T) {
		off := returns
		off.Enabled = false
		if r := run(t, file(size, off), "small"); len(r.Conflicts) != 0 || r.Contested != 0 {
			t.Errorf("the conflicts are %+v", r.Conflicts)
		}
	})
	t.Run("of many chats the last are named", func(t *testing.T) {
		r := run(t, f, times(2*rulebench.MaxChats+7, "small")...)
		c := r.Conflicts[0]
		if c.Chats != 2*rulebench.MaxChats+7 || len(c.Conversations) != rulebench.MaxChats || c.Conversations[0] != chat.ConversationID(c.Chats) {
			t.Errorf("%d chats, %d named, the first %d", c.Chats, len(c.Conversations), c.Conversations[0])
		}
	})
	t.Run("chats that stand in no inbox are counted and not named", func(t *testing.T) {
		r := ask(t, f, rulebench.Question{At: monday, Text: "small"}, rulebench.Question{Conversation: 7, At: monday, Text: "small"})
		if c := r.Conflicts[0]; c.Chats != 2 || !slices.Equal(c.Conversations, []chat.ConversationID{7}) {
			t.Errorf("the conflict is %+v", c)
		}
	})
}

func TestTheMeterNamesTheFewestWordsThatAnswerNearlyAll(t *testing.T) {
	f := file(keyword("delivery", "delivery", "courier"), keyword("size", "size", "gloves", "sleeve"))
	r := run(t, f, slices.Concat(times(11, "delivery"), times(3, "delivery by courier"), times(5, "which size"), []string{"gloves"})...)
	want := rulebench.Meter{Words: 5, Frequent: []string{"delivery", "size"}, Answered: 19}
	if diff := cmp.Diff(want, r.Meter); diff != "" {
		t.Error(diff)
	}
}

func TestConversationsAreAskedInForms(t *testing.T) {
	r := run(t, file(keyword("r", "возврат")), "Как сделать возврат?", "о возврате", "просто так")
	if r.Answered != 2 || !strings.Contains(strings.Join(r.Meter.Frequent, " "), "возврат") {
		t.Errorf("the report is %+v", r)
	}
}
