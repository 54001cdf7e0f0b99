package live

// AppendNew appends the rows of a further page whose keys are not there yet: what
// moved down a list between two pages would else stand in it twice.
func AppendNew[Row any, Key comparable](rows, more []Row, key func(Row) Key) []Row {
	known := make(map[Key]bool, len(rows)+len(more))
	for _, r := range rows {
		known[key(r)] = true
	}
	for _, r := range more {
		if k := key(r); !known[k] {
			known[k] = true
			rows = append(rows, r)
		}
	}
	return rows
}
