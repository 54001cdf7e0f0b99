// Package learn makes first rules of the chats that a shop brings from its phone:
// what its customers ask again and again, and what it answers to that, in its own
// words.
//
// The way of a chat:
//
//	chatexport.Read ──► Chat.Add ──► Pairs ──► Propose ──► []Proposal
//	                        └──► Messages, which are kept ──► Questions, for a bench
//
// What is proposed is switched off until a person has seen it. A proposal whose
// answer may not be everybody's (two answers that differ, a name, a number of an
// order) says so with a Doubt.
//
// It decides and never acts: no I/O, the time is an argument, and the same chats give
// the same proposals.
package learn
