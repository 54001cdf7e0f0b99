// Package rules is the screen on which a shop's automatic replies are written,
// tried and switched on. What is edited is not in force until it is saved.
package rules
