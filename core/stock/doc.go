// Package stock knows how many are left of each article: it reads the tables in
// which shops keep that, watches the file they are in, and holds the levels in
// force for whoever decides by them.
package stock
