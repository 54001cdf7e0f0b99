package store

import (
	"database/sql"
	"time"
)

// The index of what Meta accepted serves it: one of its own would cost every
// message that is stored, for a figure that few ask for.
const ruleHits = `SELECT rule_id, count(*) FROM message INDEXED BY message_accepted
	WHERE accepted_at >= ? AND author = 'rule' GROUP BY rule_id`

// RuleHits returns how many automatic messages of each rule left since a moment.
// A rule with none is not in it.
func (r *Reader) RuleHits(since time.Time) (map[string]int, error) {
	hits := map[string]int{}
	err := r.rows(ruleHits, []any{ms(since)}, func(rows *sql.Rows) error {
		var id string
		var n int
		err := rows.Scan(&id, &n)
		hits[id] = n
		return err
	})
	return hits, err
}
