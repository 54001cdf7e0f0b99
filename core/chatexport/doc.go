// Package chatexport reads the chats that a shop exports from the WhatsApp app on a
// phone: a text file, or a zip with one in it, in the dates and the words of the
// phone's language. WhatsApp documents none of it; what is known stands in the tests.
//
// The way of a file:
//
//	Open     the text in a zip, or the file itself (archive.go)
//	Look     once through it: who writes, and how its dates can be read (outline.go)
//	Read     once more, entry by entry, with that settled
//
// Reading is lossless or says where it was not: every byte of a file belongs to one
// Entry, and an entry that could not be read is of KindUnread with the Reason. A file
// of any size is read in bounded memory.
//
// It opens nothing by itself and knows no clock: whoever calls it has the file.
package chatexport
