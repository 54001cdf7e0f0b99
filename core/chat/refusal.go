package chat

// RefusalClass is what one of Meta's error codes means for who sent the message.
// Values are stable: they appear in logs and figures.
type RefusalClass string

const (
	RefusalRetry          RefusalClass = "retry"           // try again, with backoff
	RefusalPair           RefusalClass = "pair"            // too fast for one recipient: 4^X seconds
	RefusalSlow           RefusalClass = "slow"            // try again much later
	RefusalDay            RefusalClass = "day"             // not before 24 h have passed
	RefusalTemplateNeeded RefusalClass = "template_needed" // the reply window is closed
	RefusalRecipient      RefusalClass = "recipient"       // this recipient cannot be reached
	RefusalParameters     RefusalClass = "parameters"      // the request is wrong and stays wrong
	RefusalTemplate       RefusalClass = "template"        // the template is
	RefusalAccount        RefusalClass = "account"         // money or policy: stop everything, alarm
	RefusalRegistration   RefusalClass = "registration"    // the number is not registered
	RefusalToken          RefusalClass = "token"           // the key is not accepted or not allowed to
)

// refusals sorts Meta's codes (Cloud API, error codes). 133016 blocks a number
// for a while and then passes, so it is slow. 131053 may be a broken link or a
// wrong type; only the second is certain to come back, and both need a person to
// look.
var refusals = map[int]RefusalClass{
	1: RefusalRetry, 2: RefusalRetry, 4: RefusalRetry, 80007: RefusalRetry, 130429: RefusalRetry,
	131000: RefusalRetry, 131016: RefusalRetry, 131057: RefusalRetry, 133004: RefusalRetry,

	131056: RefusalPair,
	133016: RefusalSlow,
	131049: RefusalDay,
	131047: RefusalTemplateNeeded,

	131021: RefusalRecipient, 131026: RefusalRecipient, 131030: RefusalRecipient, 131050: RefusalRecipient,
	131062: RefusalRecipient, 130472: RefusalRecipient,

	100: RefusalParameters, 131008: RefusalParameters, 131009: RefusalParameters, 131051: RefusalParameters,
	131052: RefusalParameters, 131053: RefusalParameters, 135000: RefusalParameters,

	132000: RefusalTemplate, 132001: RefusalTemplate, 132005: RefusalTemplate, 132007: RefusalTemplate,
	132012: RefusalTemplate, 132015: RefusalTemplate, 132016: RefusalTemplate, 132068: RefusalTemplate,
	132069: RefusalTemplate, 131064: RefusalTemplate,

	368: RefusalAccount, 130497: RefusalAccount, 131031: RefusalAccount, 131037: RefusalAccount,
	131042: RefusalAccount, 131045: RefusalAccount, 131048: RefusalAccount,

	133005: RefusalRegistration, 133006: RefusalRegistration, 133008: RefusalRegistration,
	133009: RefusalRegistration, 133010: RefusalRegistration, 133015: RefusalRegistration,

	0: RefusalToken, 3: RefusalToken, 10: RefusalToken, 190: RefusalToken, 131005: RefusalToken,
}

// CodeFile is Meta's code for a file that it could not deliver (Cloud API, error
// codes: "media upload error"). The id that it gave the file is of no use then.
const CodeFile = 131053

// RefusalOf returns the class of one of Meta's codes, as in an answer or in a
// failed status, and "" for a code it does not know. 0 is a code of Meta's too:
// who means "no code" by it must not ask.
func RefusalOf(code int) RefusalClass {
	if code >= 200 && code <= 299 { // Graph's permission errors
		return RefusalToken
	}
	return refusals[code]
}
