// Package words finds a shop's keywords in what customers write: in any form of
// the word, misspelt, run together, on the wrong keyboard layout; in Russian,
// English, Portuguese and Spanish, and in Indonesian but for its forms.
//
//	Compile ──► *Index, once for a shop's rules
//	Find    ──► []Found, for each message: which keyword, in which words, and How
//
// What happens to a message:
//
//	split      into words, folded (fold.go)
//	look up    each as it stands, by its stem (stem.go) and its family (lexicon.go)
//	repair     those that say nothing so and are neither names nor formed of usual
//	           words (endings.go): letters drawn out, slips (near.go), other spellings
//	           (repair.go), the other layout and Latin letters (layout.go), run-ons
//	           (runon.go)
//	assemble   keywords of several words from words near one another, one of their
//	           little words apart; but none of what is an idiom (idioms.go), or of a
//	           word that is another one in the message's language (find.go)
//
// A stem alone says too much ("ценный" has that of "цена") and too little
// ("вернуть" has not that of "возврат"). The lexicon holds what stems cannot know
// about the words of shops and those that look like them. A word that it knows is
// never taken for a slip of another; so the more words it has, the fewer
// strangers are answered. It is written for Shopbell by hand and of no other
// source.
//
// How far a slip may be from a word is set by rules-file.md, and what the whole
// must achieve by the lists in core/autoreply/testdata.
package words
