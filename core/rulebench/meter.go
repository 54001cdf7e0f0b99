package rulebench

// Frequent words are those that together answer this part of what all answer.
const (
	frequentOf   = 10
	frequentPart = 9
)

// meter finds the fewest words that answer nearly all that is answered. It takes
// the word that answers most of what is left, again and again, which is at most a
// few words more than the fewest there are.
func (b *Bench) meter() Meter {
	var m Meter
	for _, k := range b.words {
		if b.rules[k.rule].Enabled {
			m.Words++
		}
	}
	in := make([][]int32, len(b.words)) // the questions that have a word
	left := make([]int, len(b.words))   // of them, those that no chosen word answers
	for q, list := range b.covers {
		for _, w := range list {
			in[w] = append(in[w], int32(q))
			left[w]++
		}
	}
	done := make([]bool, len(b.covers))
	for m.Answered*frequentOf < len(b.covers)*frequentPart {
		best := 0
		for w := range left {
			if left[w] > left[best] {
				best = w
			}
		}
		m.Frequent = append(m.Frequent, b.words[best].text)
		for _, q := range in[best] {
			if done[q] {
				continue
			}
			done[q] = true
			m.Answered++
			for _, w := range b.covers[q] {
				left[w]--
			}
		}
	}
	return m
}
