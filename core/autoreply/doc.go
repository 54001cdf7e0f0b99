// Package autoreply holds a shop's rules and decides what, if anything, answers
// a customer's message by itself: greeting, keyword, off hours.
//
// The way of a file:
//
//	Parse ──► File ──► Merge (if wanted) ──► Compile ──► *Book
//	            └─────► Marshal
//
// The way of a message: Book.Match does the expensive part, the words, with no
// lock held; Book.Decide takes what the desk knows about the customer (Facts)
// and says what to send, where to route and why (Decision). Book.Explain takes the
// same steps and says of every rule what became of it; Book.Try does so for a
// message that nobody sent.
//
// It decides and never acts: no I/O, no goroutine, the time is an argument. The
// hard limits of mission A3, A4 and A9 hold whatever the rules say: a reply is
// at most MaxText units with at most MaxButtons buttons, and one customer gets
// at most MaxAutomatic automatic messages in any CapWindow. Nothing is ever cut
// to fit; what does not fit is refused when the rule is saved, or left out with
// a Reason.
package autoreply
