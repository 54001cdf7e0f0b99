package chat

// Units returns the length of s in UTF-16 units, the measure of every text
// limit of Shopbell and of the Cloud API (rules-file "Limits", cloud-api
// section 10): "ё" is one unit, most emoji are two or more. A byte that is no
// UTF-8 counts as one unit.
func Units(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r >= 0x10000 {
			n++ // a surrogate pair
		}
	}
	return n
}
