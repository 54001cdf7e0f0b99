package host

// Receipting is how many conversations have a receipt under way.
func (h *Host) Receipting() int {
	h.receipts.mu.Lock()
	defer h.receipts.mu.Unlock()
	return len(h.receipts.busy)
}
