-- What the composer is for besides answers that leave at once.

-- Answers that are held back, for seconds or until a moment, are in the state
-- "held": they are no part of anybody's line, and get a new id when they are let go.
-- known is the last message that a scheduled one's author knew of; NULL: it does not
-- matter what the customer writes meanwhile.
ALTER TABLE outbox ADD COLUMN known INTEGER;
CREATE INDEX outbox_held ON outbox (not_before) WHERE state = 'held';

-- What an agent has typed as a note. A table of its own: drafts become answers.
CREATE TABLE note_draft (
	agent_id        INTEGER NOT NULL,
	conversation_id INTEGER NOT NULL REFERENCES conversation (id),
	text            TEXT NOT NULL,
	at              INTEGER NOT NULL,
	PRIMARY KEY (agent_id, conversation_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE quick_reply (
	id       INTEGER PRIMARY KEY AUTOINCREMENT,
	shortcut TEXT NOT NULL,
	key      TEXT NOT NULL UNIQUE, -- shortcut, whatever its case
	title    TEXT NOT NULL,
	text     TEXT NOT NULL
) STRICT;

-- Who waits while Meta's window ends.
CREATE INDEX conversation_closing ON conversation (last_inbound, id) WHERE state = 'open' AND waiting_since IS NOT NULL;
