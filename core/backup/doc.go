// Package backup keeps copies of the shop's file beside it: one for each of the
// last days, checked before an older one goes. They are whole files of SQLite; one
// of them in the place of shop.db is the shop as it stood then.
//
// They stand on the same disk. They help against a mistake and a damaged file,
// and not against a lost computer. They hold no keys, which are in the keyring, and
// no files of messages, which lie beside the shop's file and are never overwritten.
package backup
