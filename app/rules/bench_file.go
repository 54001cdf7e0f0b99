package rules

import (
	"bytes"
	"context"
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"time"

	"shopbell/core/desk"
	"shopbell/core/table"
)

// save keeps the report as a file of this computer.
func (b *bench) save() {
	r := b.run.State().Value
	name := "rule-bench-" + r.To.Format(time.DateOnly) + ".csv"
	b.SaveFile(name, func(context.Context) (io.ReadCloser, error) {
		data, err := b.table(r)
		return io.NopCloser(bytes.NewReader(data)), err
	}, func(err error) {
		if err != nil {
			b.Say(b.explain(err), false)
			return
		}
		b.Say(b.Words.T("bench.saved"), true)
	})
}

// table is the report as CSV: the rules, then the words that are asked often.
// Numbers are bare, so that programs can count with them.
func (b *bench) table(r desk.RuleBench) ([]byte, error) {
	w := b.Words
	out := bytes.NewBufferString(table.ByteOrderMark)
	file := csv.NewWriter(out)
	rows := [][]string{{w.T("bench.rule"), w.T("bench.hits"), w.T("bench.share"), w.T("bench.solved")}}
	for _, l := range r.Rules {
		rows = append(rows, []string{table.Cell(b.ruleName(l.ID)), strconv.Itoa(l.Hits), part(l.Hits, r.Questions), part(l.Solved, l.Settled)})
	}
	rows = append(rows, nil, []string{w.T("bench.asked"), w.T("bench.chats_head"), w.T("bench.share"), w.T("bench.rule")})
	for _, p := range r.Proposals {
		rows = append(rows, []string{table.Cell(strings.Join(p.Words, ", ")), strconv.Itoa(p.Chats), part(p.Chats, r.Questions), table.Cell(b.intoName(p))})
	}
	if err := file.WriteAll(rows); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// part is a share from 0 to 1 with four digits; empty of nothing.
func part(n, all int) string {
	if all == 0 {
		return ""
	}
	return strconv.FormatFloat(float64(n)/float64(all), 'f', 4, 64)
}
