package main

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
	"time"

	"shopbell/bench/inbox/figures"
	"shopbell/bench/measure"
)

// grown is how much larger a figure of the large shop may be than the small one's.
const grown = 1.5

// within is how near two times are so that their ratio says nothing: a frame.
const within = time.Second / 60

// least is the shortest time of the small shop, in milliseconds, that is compared.
const least = 1

// goals are the acts as the table shows them, and what each may take: an act that is
// repeated in 95 of 100 times, the UI thread ever (issue 5).
var goals = []struct {
	act  figures.Act
	word string
	goal time.Duration
	part float64 // of the times that must be within the goal
}{
	{figures.Start, "start, to the list", 2 * time.Second, 0.5},
	{figures.Open, "open a chat", 100 * time.Millisecond, 0.95},
	{figures.Longest, "open the longest chat", 100 * time.Millisecond, 0.95},
	{figures.Older, fmt.Sprintf("a page of %d older messages", figures.PageSize), 50 * time.Millisecond, 0.95},
	{figures.Far, "a page of them far back", 50 * time.Millisecond, 0.95},
	{figures.Filter, "another part of the list", 100 * time.Millisecond, 0.95},
	{figures.Search, "search, at the desk", 100 * time.Millisecond, 0.95},
	{figures.List, "scroll the list: not listening", 50 * time.Millisecond, 1},
	{figures.Chat, "scroll a chat: not listening", 50 * time.Millisecond, 1},
}

// memoryGoal is in MiB (issue 5).
const memoryGoal = 300

// figure is one line of the report. Times are in milliseconds.
type figure struct {
	Act      figures.Act `json:"act"`
	Times    int         `json:"times"` // that it was measured in the large shop
	SmallP50 float64     `json:"small_p50_ms"`
	P50      float64     `json:"p50_ms"`
	SmallP95 float64     `json:"small_p95_ms"`
	P95      float64     `json:"p95_ms"`
	Max      float64     `json:"max_ms"`
	Ratio    float64     `json:"ratio"`         // of the medians
	Worked   float64     `json:"ui_thread_p50"` // of it the UI thread had a processor; 0 where that was not asked
	Goal     float64     `json:"goal_ms"`
	Missed   bool        `json:"missed"`

	word string
}

// report is the last line of the output.
type report struct {
	Conversations int      `json:"conversations"` // in the large shop
	Messages      int      `json:"messages"`
	Figures       []figure `json:"figures"`
	SmallMiB      float64  `json:"small_rss_mib"`
	MiB           float64  `json:"rss_mib"` // the most that any round ended with
	PeakMiB       float64  `json:"peak_rss_mib"`
	PainterMiB    float64  `json:"painter_mib"` // of MiB what paints in the place of a graphics card
}

func reportOf(small, large *shop) report {
	r := report{Conversations: large.size.Conversations, Messages: large.size.Messages}
	for _, g := range goals {
		few, _ := small.times(g.act)
		many, worked := large.times(g.act)
		f := figure{
			Act: g.act, Times: len(many), word: g.word, Goal: float64(g.goal / time.Millisecond),
			SmallP50: measure.Quantile(few, 0.5), P50: measure.Quantile(many, 0.5),
			SmallP95: measure.Quantile(few, 0.95), P95: measure.Quantile(many, 0.95), Max: measure.Quantile(many, 1),
			Worked: measure.Quantile(worked, 0.5),
		}
		if f.SmallP50 >= least { // a small shop does not go far back, and has soon been scrolled through
			f.Ratio = f.P50 / f.SmallP50
		}
		frame := float64(within) / float64(time.Millisecond)
		f.Missed = measure.Quantile(many, g.part) > f.Goal || f.Ratio >= grown && f.P50-f.SmallP50 > frame
		r.Figures = append(r.Figures, f)
	}
	for _, o := range small.outcome {
		r.SmallMiB = max(r.SmallMiB, o.Memory)
	}
	for _, o := range large.outcome {
		if r.PeakMiB = max(r.PeakMiB, o.Peak); o.Memory > r.MiB {
			r.MiB, r.PainterMiB = o.Memory, o.Painter
		}
	}
	return r
}

// times returns what an act took in all rounds, and for how long of it the UI thread
// worked, each sorted.
func (s *shop) times(act figures.Act) (took, worked []time.Duration) {
	for _, o := range s.outcome {
		for _, t := range o.Took[act] {
			took, worked = append(took, t.Took), append(worked, t.Worked)
		}
	}
	slices.Sort(took)
	slices.Sort(worked)
	return took, worked
}

// missed is how many goals were missed.
func (r report) missed() (n int) {
	for _, f := range r.Figures {
		if f.Missed {
			n++
		}
	}
	if r.MiB >= memoryGoal {
		n++
	}
	return n
}

func (r report) write(out io.Writer) error {
	fmt.Fprintf(out, "\n%d conversations, %d messages; beside it a shop %d times smaller. Milliseconds until painted.\n\n",
		r.Conversations, r.Messages, smaller)
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "act\ttimes\tsmall p50\tp50\tratio\tsmall p95\tp95\tmax\tUI thread p50\tgoal\t\t")
	for _, f := range r.Figures {
		verdict := ""
		if f.Missed {
			verdict = "missed"
		}
		fmt.Fprintf(table, "%s\t%d\t%.1f\t%.1f\t%.2f\t%.1f\t%.1f\t%.1f\t%.1f\t%.0f\t%s\t\n",
			f.word, f.Times, f.SmallP50, f.P50, f.Ratio, f.SmallP95, f.P95, f.Max, f.Worked, f.Goal, verdict)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(out, "\nRAM at the end %.0f MiB (small %.0f), at most %.0f; goal %d. Of that at the end at least %.0f paint in the place of a graphics card.\n\n",
		r.MiB, r.SmallMiB, r.PeakMiB, memoryGoal, r.PainterMiB)
	return json.NewEncoder(out).Encode(r)
}
