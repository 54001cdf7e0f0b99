// Package words finds a shop's keywords in what customers write: in any form
// of the word, misspelt, run together, on the wrong keyboard layout, in
// Russian, English, Portuguese, Spanish and, but for forms, Indonesian.
package words
