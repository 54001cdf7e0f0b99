package rulebench_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"shopbell/core/autoreply"
	"shopbell/core/chat"
	"shopbell/core/rulebench"
)

var vocabulary = strings.Fields(`доставка доставки возврат size small price how much картой mbway подарочная карта скидка
	доставка? hello the, сегодня шнурки warranty menu 42 stop`)

// drawnQuestions are questions of random words at random times.
func drawnQuestions(t *rapid.T) (list []rulebench.Question) {
	text := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(vocabulary), 0, 5).Draw(t, "words"), " ")
	})
	for i := range rapid.IntRange(0, 60).Draw(t, "questions") {
		list = append(list, rulebench.Question{
			Conversation: chat.ConversationID(i + 1), At: monday.Add(time.Duration(rapid.IntRange(0, 10000).Draw(t, "minute")) * time.Minute),
			Text: text.Draw(t, "text"), Kind: chat.KindText, First: rapid.Bool().Draw(t, "first"), OptedOut: rapid.IntRange(0, 9).Draw(t, "silent") == 0,
			Person: rapid.Bool().Draw(t, "person"), AnsweredBy: rapid.SampledFrom([]string{"", "a", "b", "gone"}).Draw(t, "by"),
			Department: rapid.SampledFrom([]string{"", "Sales", "Returns"}).Draw(t, "department"),
		})
	}
	return list
}

// drawnFile is a shop of three keyword rules, a greeting and off hours.
func drawnFile(t *rapid.T) autoreply.File {
	f := file(
		autoreply.Rule{ID: "hi", Name: "hi", Trigger: autoreply.TriggerFirstContact, Enabled: true, Replies: []autoreply.Variant{{Text: "hi"}}},
		autoreply.Rule{ID: "bye", Name: "bye", Trigger: autoreply.TriggerOffHours, Enabled: true, Replies: []autoreply.Variant{{Text: "bye"}}},
	)
	for _, id := range []string{"a", "b", "c"} {
		r := keyword(id, rapid.SliceOfN(rapid.SampledFrom(vocabulary), 0, 6).Draw(t, "keywords of "+id)...)
		r.Enabled = rapid.IntRange(0, 3).Draw(t, "on") > 0
		if rapid.IntRange(0, 3).Draw(t, "timed") == 0 {
			r.When = []autoreply.Window{{From: "09:00", To: "18:00"}}
		}
		f.Rules = append(f.Rules, r)
	}
	return f
}

func TestTheReportAgreesWithTheRules(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, list := drawnFile(t), drawnQuestions(t)
		book, err := autoreply.Compile(f)
		if err != nil {
			t.Fatal(err)
		}
		bench, err := rulebench.New(f, rulebench.Facts{Now: monday.AddDate(0, 0, 30)})
		if err != nil {
			t.Fatal(err)
		}
		hits, asked, answered := map[string]int{}, 0, 0
		for _, q := range list {
			bench.Ask(q)
			d := book.Decide(book.Match(q.Text), autoreply.Facts{Now: q.At, Kind: q.Kind, FirstContact: q.First, OptedOut: q.OptedOut})
			if d.OptOut {
				continue
			}
			asked++
			if d.Answered {
				answered++
			}
			for _, r := range d.Replies {
				hits[r.RuleID]++
			}
		}
		r := bench.Report()
		if r.Questions != asked || r.Answered != answered {
			t.Fatalf("%d of %d answered, the rules answer %d of %d", r.Answered, r.Questions, answered, asked)
		}
		keywordHits := 0
		for _, l := range r.Rules {
			if l.Hits != hits[l.ID] || l.Enabled && l.WouldAnswer != 0 || !l.Enabled && l.Hits != 0 || l.Solved > l.Settled || l.WouldAnswer > asked {
				t.Fatalf("%+v, and the rules answer with it %d times", l, hits[l.ID])
			}
			if l.Trigger == autoreply.TriggerKeyword {
				keywordHits += l.Hits
			}
		}
		if keywordHits != r.Answered {
			t.Fatalf("the keyword rules have %d hits, and %d are answered", keywordHits, r.Answered)
		}
		for _, c := range r.Conflicts {
			if c.Chats > r.Contested || c.Wins[0]+c.Wins[1] > c.Chats || c.Wins[0] < c.Wins[1] || len(c.Conversations) != c.Chats {
				t.Fatalf("%d contested, and a conflict is %+v", r.Contested, c)
			}
		}
		for i, p := range r.Proposals {
			if p.Chats < 3 || p.Chats > r.Questions-r.Answered || i > 0 && p.Chats > r.Proposals[i-1].Chats || len(p.Words) == 0 || len(p.Words) > rulebench.MaxGroupWords {
				t.Fatalf("proposal %d of %+v", i, r.Proposals)
			}
		}
		if m := r.Meter; m.Answered > r.Answered || m.Answered*10 < r.Answered*9 || len(m.Frequent) > m.Words {
			t.Fatalf("%d answered, and the meter is %+v", r.Answered, m)
		}
		if r.Lifted < r.Answered || r.Lifted > r.Questions {
			t.Fatalf("%d would be answered of %d", r.Lifted, r.Questions)
		}
		if again := bench.Report(); !reflect.DeepEqual(r, again) {
			t.Fatalf("a second report differs:\n%+v\n%+v", r, again)
		}
	})
}

// BenchmarkRun asks 100,000 questions of 200 rules with 20 keywords each, a third of
// them answered, and reports.
func BenchmarkRun(b *testing.B) {
	var f autoreply.File
	f.Version = 1
	for i := range 200 {
		var keywords []string
		for j := range 20 {
			keywords = append(keywords, fmt.Sprintf("%sword%d", []string{"доставк", "size", "preço"}[j%3], i*20+j))
		}
		f.Rules = append(f.Rules, keyword(fmt.Sprintf("r%d", i), keywords...))
	}
	f.Rules[7].Keywords = append(f.Rules[7].Keywords, "доставка", "размер")
	f.Rules[9].Keywords = append(f.Rules[9].Keywords, "возврат", "размер")
	texts := []string{
		"Здравствуйте! Сколько идёт доставка до Казани?", "подскажите какой размер ваших сапог", "можно ли вернуть, возврат бесплатный?",
		"есть подарочная карта?", "oi, aceitam mbway ou cartão?", "когда вы открыты сегодня", "do you have gift wrapping for the boots",
		"сапоги непромокаемые или нет, хочу носить осенью", "есть скидка постоянным покупателям?",
	}
	for b.Loop() {
		bench, err := rulebench.New(f, rulebench.Facts{Now: monday})
		if err != nil {
			b.Fatal(err)
		}
		for i := range 100_000 {
			bench.Ask(rulebench.Question{Conversation: chat.ConversationID(i), At: monday, Kind: chat.KindText, Text: texts[i%len(texts)] + fmt.Sprint(" ", i%997)})
		}
		if r := bench.Report(); r.Answered == 0 || len(r.Proposals) == 0 {
			b.Fatalf("the report is %+v", r)
		}
	}
	b.ReportMetric(100_000*float64(b.N)/b.Elapsed().Seconds(), "questions/s")
}
