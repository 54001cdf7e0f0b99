package desk

import (
	"context"
	"time"

	"shopbell/core/chat"
)

// Setup is how the owner connects a number. Every call but Connected needs
// EditConnection, and gives Conflict in the sandbox and where the keys came with
// the start of the desk (StoreGiven). What opens or fails by itself is told by
// EventHealth.
type Setup interface {
	// Connected is what is known of the keys and of the way messages come. Needs
	// SeeConnection. It never holds a secret.
	Connected(ctx context.Context, who Actor) (Connected, error)
	// CheckKeys asks Meta about keys that are typed and not stored. Fields left
	// empty count as those that are stored. What is wrong with a key is in the
	// report, not in the error. Unavailable when Meta cannot be asked; the report
	// then says what Keys.Malformed tells without it, and no more.
	CheckKeys(ctx context.Context, who Actor, k Keys) (KeysReport, error)
	// SaveKeys checks in the same way, and where Report.Usable stores them in this
	// computer's keyring and uses them at once: messages that wait leave with them.
	// Where another number was connected before, Meta is told to post that one's
	// messages here no more; that it was not is a warning in the report
	// (CheckOldNumber), and no error.
	// Invalid where it is not usable, with the first Field that is not; the report
	// is whole with that error. Unavailable too where there is no place for keys.
	SaveKeys(ctx context.Context, who Actor, k Keys) (KeysReport, error)
	// ForgetKeys takes all keys off this computer, that of the tunnel too, and
	// closes the way. The chats and the ids stay. Where the key still works, Meta is
	// told to post to this desk no more; that it is not is no error.
	ForgetKeys(ctx context.Context, who Actor) error
	// SetArrival chooses how messages come, and begins to open that way; Connected
	// tells how it stands. The address of a tunnel is told to Meta by itself, and
	// WayNone takes back what was told, as ForgetKeys does. Invalid with the Field way, tunnel_key, domain, url or listen.
	SetArrival(ctx context.Context, who Actor, a Arrival) error
	// CheckArrival has the public address answer a handshake, asked from this
	// computer, and tells Meta the address (override_callback_uri of the number, and
	// subscribed_apps), which makes the handshake once more from its own side before
	// it takes it. Where nobody answers this computer Meta is asked all the same:
	// some routers let nobody inside come back in. What is wrong is in the report.
	CheckArrival(ctx context.Context, who Actor) (ArrivalReport, error)
	// SendTest sends a text to a phone of the owner's, who wrote to the number
	// before: Meta takes free text only within 24 h. It goes through the outbox. Its
	// errors are those of Inbox.Send; NotFound where nobody with this phone wrote,
	// Invalid with the Field phone.
	SendTest(ctx context.Context, who Actor, phone, text string) (chat.MessageID, error)
}

// Keys are what Meta gives a shop. The last three are secrets; they print as dots.
type Keys struct {
	PhoneNumberID string
	WABAID        string
	Token         Secret
	AppSecret     Secret
}

// Connected is what stands now.
type Connected struct {
	PhoneNumberID, WABAID  string
	HasToken, HasAppSecret bool
	Name, Phone            string    // of the number, as Meta shows them
	TokenExpires           time.Time // zero: never, or not known
	Store                  SecretStore
	Arrival                Arrival // without its secret
	HasTunnelKey           bool
	Report                 ArrivalReport
	LastWebhook            time.Time // when one last came; zero: never
}

// SecretStore is where this computer keeps the keys.
type SecretStore string

const (
	StoreKeyring SecretStore = "keyring" // of the operating system
	StoreFile    SecretStore = "file"    // encrypted, in the data folder: this system has no keyring
	StoreGiven   SecretStore = "given"   // not kept: they came with the start of the desk, or it is the sandbox
)

// CheckState is the outcome of one check.
type CheckState string

const (
	CheckOK      CheckState = "ok"
	CheckWarn    CheckState = "warn" // works, and will not for long or not for all
	CheckBad     CheckState = "bad"
	CheckUnknown CheckState = "unknown" // could not be looked at: another one is bad, or Meta did not say
)

// Check is one line under a field. Code names the sentence (app/locale), Args its
// words; it is empty for CheckUnknown.
type Check struct {
	Field string // phone_number_id, waba_id, token, app_secret, address
	State CheckState
	Code  CheckCode
	Args  map[string]string
	Until time.Time // of CheckExpires
}

// CheckCode names what a check found.
type CheckCode string

const (
	CheckFound         CheckCode = "found"         // args: name, phone
	CheckNotFound      CheckCode = "not_found"     // no number or account has this id, or the key may not see it
	CheckMalformed     CheckCode = "malformed"     // not of the form that Meta gives out
	CheckMatches       CheckCode = "matches"       // the account owns the number
	CheckOtherAccount  CheckCode = "other_account" // the number is another account's
	CheckOtherTarget   CheckCode = "other_target"  // the token has the permission for other accounts: args: scope, ids: theirs, by commas
	CheckOldNumber     CheckCode = "old_number"    // Meta still posts the messages of the number before here: args: number: its id
	CheckValid         CheckCode = "valid"         // the key works and does not expire
	CheckExpires       CheckCode = "expires"       // it works until Until
	CheckExpired       CheckCode = "expired"
	CheckRefused       CheckCode = "refused"         // Meta does not take it
	CheckScopeMissing  CheckCode = "scope_missing"   // args: scope
	CheckOtherApp      CheckCode = "other_app"       // the secret is not that of the key's app
	CheckMissing       CheckCode = "missing"         // not given
	CheckReached       CheckCode = "reached"         // the handshake came back, asked from this computer over the public name
	CheckReachedByMeta CheckCode = "reached_by_meta" // this computer got no answer there, and Meta did
	CheckUnreachable   CheckCode = "unreachable"     // nobody answers there
	CheckWrongAnswer   CheckCode = "wrong_answer"    // somebody else answers there
	CheckNotSecure     CheckCode = "not_secure"      // no https, or no certificate that Meta takes
	CheckNotSubscribed CheckCode = "not_subscribed"  // Meta was not told, or refused: args: reason: Meta's code, or offline, no_key, internal
	CheckPortTaken     CheckCode = "port_taken"      // nothing can listen at a forwarder's Listen; mostly another program does: args: listen
	CheckTunnelRefused CheckCode = "tunnel_refused"  // the tunnel's maker refuses the key or the domain: args: reason: its own code
)

// KeysReport is what Meta said of keys. Usable: messages can be sent and received
// with them.
type KeysReport struct {
	Checks []Check
	Usable bool
	// Numbers are those of the account that the token may see, in Meta's order, as
	// they were at Read. Empty where the account could not be looked at.
	Numbers []Number
	Read    time.Time
	AppID   string // of the token's app; empty where the token does not work
}

// Number is what Meta says of one phone number. Words are Meta's own, and may be
// new ones; empty where it says none.
type Number struct {
	PhoneNumberID string
	Name, Phone   string
	Quality       string // GREEN, YELLOW, RED; UNKNOWN or NA for a new number
	Limit         string // customers a day that the shop may write to first, as TIER_250; of the number in the keys only
	NameStatus    string // APPROVED, PENDING_REVIEW, DECLINED, ...
	Verification  string // VERIFIED, NOT_VERIFIED, EXPIRED: whether the number's code was given
	Profile       Profile
}

// Profile is what customers see of the shop beside its name, of the number in the
// keys only. What stands nowhere is empty.
type Profile struct {
	About, Description, Address, Email string
	Websites                           []string
}

// Way is how messages come.
type Way string

const (
	WayNone      Way = ""
	WayTunnel    Way = "tunnel"    // ngrok, in this program
	WayForwarder Way = "forwarder" // something of the owner's forwards to Listen
)

// Arrival is a chosen way.
type Arrival struct {
	Way       Way
	Domain    string // of the tunnel: the fixed one of the owner's account; empty: any
	TunnelKey Secret // empty: the one that is stored
	URL       string // of a forwarder: the public https address; empty while it is not known
	// Listen is the address on this computer that a forwarder must forward to;
	// empty: UsualListen.
	Listen string
}

// UsualListen is Arrival.Listen where nothing else is chosen.
const UsualListen = "127.0.0.1:8420"

// ArrivalState is how a way stands.
type ArrivalState string

const (
	ArrivalOff     ArrivalState = "off"
	ArrivalOpening ArrivalState = "opening"
	ArrivalOpen    ArrivalState = "open"    // there is a public address
	ArrivalChecked ArrivalState = "checked" // and Meta was told it
	ArrivalFailed  ArrivalState = "failed"
)

// ArrivalReport is what is known of the way.
type ArrivalReport struct {
	State   ArrivalState
	Public  string // the address Meta posts to, with its path
	Forward string // http://127.0.0.1:PORT, for an own forwarder
	Checks  []Check
}
