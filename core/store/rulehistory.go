package store

import (
	"database/sql"
	"time"

	"shopbell/core/staff"
)

// RuleRevision says who put a rules file in force and when.
type RuleRevision struct {
	Revision int64
	By       staff.AgentID // 0: the command line
	Name     string        // of By
	At       time.Time
}

const ruleRevisions = `SELECT b.revision, b.agent_id, coalesce(a.name, ''), b.at
	FROM rulebook b LEFT JOIN agent a ON a.id = b.agent_id ORDER BY b.revision DESC`

// RuleRevisions returns the revisions of the rules that are kept, the one in force
// first.
func (r *Reader) RuleRevisions() (list []RuleRevision, err error) {
	err = r.rows(ruleRevisions, nil, func(rows *sql.Rows) error {
		var v RuleRevision
		var at int64
		err := rows.Scan(&v.Revision, &v.By, &v.Name, &at)
		v.At = fromMS(at)
		list = append(list, v)
		return err
	})
	return list, err
}

// RulebookAt returns the rules of a revision; ErrNotFound for one that was never
// made or is kept no more.
func (r *Reader) RulebookAt(revision int64) (b Rulebook, err error) {
	err = r.row("SELECT revision, file FROM rulebook WHERE revision = ?", []any{revision}, &b.Revision, &b.File)
	return b, err
}
