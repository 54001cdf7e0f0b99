-- Times are UTC milliseconds since 1970. NULL is "never" or "none". Ids are
-- AUTOINCREMENT: one of a removed row is never given again, because queues are
-- read from the last id on.

CREATE TABLE setting (
	key   TEXT PRIMARY KEY,
	value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE channel (
	id              INTEGER PRIMARY KEY AUTOINCREMENT,
	phone_number_id TEXT NOT NULL UNIQUE,
	waba_id         TEXT NOT NULL,
	display_phone   TEXT NOT NULL,
	name            TEXT NOT NULL,
	sandbox         INTEGER NOT NULL,
	created_at      INTEGER NOT NULL
) STRICT;

CREATE TABLE agent (
	id         INTEGER PRIMARY KEY AUTOINCREMENT,
	name       TEXT NOT NULL,
	role       TEXT NOT NULL,
	created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE contact (
	id           INTEGER PRIMARY KEY AUTOINCREMENT,
	name         TEXT NOT NULL,
	username     TEXT NOT NULL,
	phone        TEXT NOT NULL, -- digits last received; '' when hidden
	address_kind TEXT NOT NULL,
	address      TEXT NOT NULL, -- where answers go
	search       TEXT NOT NULL, -- folded words, each after a space
	first_at     INTEGER NOT NULL,
	opted_out_at INTEGER,
	created_at   INTEGER NOT NULL
) STRICT;

-- One row for each name the network has for a person; chat.PhoneKey for phones.
CREATE TABLE contact_alias (
	kind       TEXT NOT NULL,
	value      TEXT NOT NULL,
	contact_id INTEGER NOT NULL REFERENCES contact (id),
	PRIMARY KEY (kind, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_alias_contact ON contact_alias (contact_id);

-- The journal: every accepted webhook body, unaltered. The network has no way to ask for it again.
CREATE TABLE webhook (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	received_at INTEGER NOT NULL,
	body        BLOB NOT NULL
) STRICT;
CREATE INDEX webhook_received ON webhook (received_at);

-- The queue: webhooks with items still to be processed. A table of its own, so
-- that finishing one does not rewrite its body.
CREATE TABLE webhook_open (
	id         INTEGER PRIMARY KEY REFERENCES webhook (id),
	generation INTEGER NOT NULL -- counts up when an item of it is replayed
) STRICT;

-- Items that failed again and again; they wait for a person.
CREATE TABLE webhook_parked (
	id         INTEGER PRIMARY KEY AUTOINCREMENT,
	webhook_id INTEGER NOT NULL REFERENCES webhook (id),
	item       INTEGER NOT NULL, -- position among the items of the body
	tries      INTEGER NOT NULL,
	error      TEXT NOT NULL,
	parked_at  INTEGER NOT NULL,
	UNIQUE (webhook_id, item)
) STRICT;

-- What is neither a message nor a status: account notices, kept whole.
CREATE TABLE account_notice (
	id         INTEGER PRIMARY KEY AUTOINCREMENT,
	webhook_id INTEGER NOT NULL,
	item       INTEGER NOT NULL,
	field      TEXT NOT NULL,
	raw        TEXT NOT NULL,
	at         INTEGER NOT NULL,
	UNIQUE (webhook_id, item)
) STRICT;

CREATE TABLE conversation (
	id              INTEGER PRIMARY KEY AUTOINCREMENT,
	channel_id      INTEGER NOT NULL REFERENCES channel (id),
	contact_id      INTEGER NOT NULL REFERENCES contact (id),
	state           TEXT NOT NULL,
	department      TEXT NOT NULL DEFAULT '',
	question        TEXT NOT NULL DEFAULT '', -- kind of question of the rule that matched first
	assigned_to     INTEGER NOT NULL DEFAULT 0,
	waiting_since   INTEGER,
	started_at      INTEGER NOT NULL,
	resolved_at     INTEGER,
	last_at         INTEGER NOT NULL,
	last_inbound    INTEGER,
	person_at       INTEGER, -- last answer by a person
	settled         INTEGER NOT NULL DEFAULT 0, -- id of the last message that was resolved before the customer wrote again
	unread          INTEGER NOT NULL DEFAULT 0,
	lock_holder     INTEGER NOT NULL DEFAULT 0,
	lock_until      INTEGER NOT NULL DEFAULT 0,
	preview_message INTEGER NOT NULL DEFAULT 0,
	preview_text    TEXT NOT NULL DEFAULT '',
	preview_kind    TEXT NOT NULL DEFAULT '',
	preview_author  TEXT NOT NULL DEFAULT '',
	preview_status  TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX conversation_contact ON conversation (contact_id, channel_id, id);
CREATE INDEX conversation_waiting ON conversation (waiting_since, id) WHERE state = 'open' AND waiting_since IS NOT NULL;
CREATE INDEX conversation_answered ON conversation (last_at, id) WHERE state = 'open' AND waiting_since IS NULL;
CREATE INDEX conversation_resolved ON conversation (resolved_at, id) WHERE state = 'resolved';
CREATE INDEX conversation_assigned ON conversation (assigned_to) WHERE assigned_to > 0 AND state = 'open';
CREATE INDEX conversation_locked ON conversation (lock_holder) WHERE lock_holder > 0;

CREATE TABLE message (
	id              INTEGER PRIMARY KEY AUTOINCREMENT,
	conversation_id INTEGER NOT NULL REFERENCES conversation (id),
	contact_id      INTEGER NOT NULL,
	channel_id      INTEGER NOT NULL,
	author          TEXT NOT NULL,
	agent_id        INTEGER NOT NULL DEFAULT 0,
	rule_id         TEXT NOT NULL DEFAULT '',
	rule_name       TEXT NOT NULL DEFAULT '',
	rule_trigger    TEXT NOT NULL DEFAULT '',
	rule_variant    INTEGER NOT NULL DEFAULT 0,
	kind            TEXT NOT NULL,
	raw_kind        TEXT NOT NULL DEFAULT '',
	text            TEXT NOT NULL,
	data            TEXT, -- JSON object
	buttons         TEXT, -- JSON array of chat.Button
	pressed         TEXT NOT NULL DEFAULT '', -- id of the button of ours that was tapped
	wamid           TEXT,
	reply_to        TEXT NOT NULL DEFAULT '',
	attempt         INTEGER NOT NULL DEFAULT 1, -- a retried message counts up
	token           TEXT, -- of the agent's send: the same token is the same message
	answers         INTEGER NOT NULL DEFAULT 0, -- after it the customer waits no more
	at              INTEGER NOT NULL, -- orders the chat
	accepted_at     INTEGER,
	arrived_at      INTEGER NOT NULL,
	status          TEXT NOT NULL,
	error_code      INTEGER NOT NULL DEFAULT 0,
	error_text      TEXT NOT NULL DEFAULT '',
	raw             TEXT -- inbound kinds that are not shown yet, whole
) STRICT;
CREATE UNIQUE INDEX message_wamid ON message (wamid) WHERE wamid IS NOT NULL;
CREATE UNIQUE INDEX message_token ON message (conversation_id, token) WHERE token IS NOT NULL;
CREATE INDEX message_chat ON message (contact_id, channel_id, at, id);
CREATE INDEX message_automatic ON message (contact_id, at) WHERE author = 'rule';
CREATE INDEX message_accepted ON message (accepted_at) WHERE accepted_at IS NOT NULL;

-- What the network said a message cost. The first report counts.
CREATE TABLE message_price (
	message_id INTEGER PRIMARY KEY REFERENCES message (id),
	model      TEXT NOT NULL,
	type       TEXT NOT NULL,
	category   TEXT NOT NULL,
	billable   INTEGER NOT NULL,
	at         INTEGER NOT NULL
) STRICT;

-- Statuses of messages the desk does not know (yet).
CREATE TABLE orphan_status (
	wamid       TEXT NOT NULL,
	status      TEXT NOT NULL,
	at          INTEGER NOT NULL,
	code        INTEGER NOT NULL,
	text        TEXT NOT NULL,
	price       TEXT, -- JSON object, of store.Price
	received_at INTEGER NOT NULL,
	PRIMARY KEY (wamid, status)
) STRICT, WITHOUT ROWID;

-- Messages on their way out. A row goes when its fate is known.
CREATE TABLE outbox (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	message_id  INTEGER NOT NULL UNIQUE REFERENCES message (id),
	state       TEXT NOT NULL, -- ready, sending, unknown
	payload     BLOB NOT NULL,
	automatic   INTEGER NOT NULL,
	not_before  INTEGER NOT NULL, -- once claimed: when it was claimed
	send_before INTEGER NOT NULL
) STRICT;

CREATE TABLE draft (
	agent_id        INTEGER NOT NULL,
	conversation_id INTEGER NOT NULL REFERENCES conversation (id),
	text            TEXT NOT NULL,
	at              INTEGER NOT NULL,
	PRIMARY KEY (agent_id, conversation_id)
) STRICT, WITHOUT ROWID;

-- Every import is a revision; the newest is in force.
CREATE TABLE rulebook (
	revision INTEGER PRIMARY KEY AUTOINCREMENT,
	file     TEXT NOT NULL,
	agent_id INTEGER NOT NULL,
	at       INTEGER NOT NULL
) STRICT;

CREATE TABLE audit (
	id       INTEGER PRIMARY KEY AUTOINCREMENT,
	at       INTEGER NOT NULL,
	agent_id INTEGER NOT NULL,
	action   TEXT NOT NULL,
	subject  TEXT NOT NULL,
	allowed  INTEGER NOT NULL
) STRICT;
