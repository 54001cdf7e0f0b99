package chat

// Channel is one WhatsApp number of the shop. A shop may have several (a trial
// number first, the real one later); every conversation belongs to exactly one.
type Channel struct {
	ID            ChannelID
	PhoneNumberID string // Meta's id of the number: the key of metadata.phone_number_id
	WABAID        string // Meta's id of the business account
	DisplayPhone  string // as Meta shows it, formatting included
	Name          string // what the shop calls it; may be empty
	Sandbox       bool   // simulated customers; never in one file with real ones
}
