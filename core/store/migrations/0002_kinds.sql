-- Messages of every kind: what theirs calls for, files, edits, reactions.

-- The journal is walked by id, which grows with time: one page less in each commit.
DROP INDEX webhook_received;

ALTER TABLE message ADD COLUMN content TEXT; -- JSON object, of store.content
ALTER TABLE message ADD COLUMN edited_at INTEGER;
ALTER TABLE message ADD COLUMN revoked_at INTEGER;

-- A reaction is a message of its own kind: text is the emoji, '' takes it off,
-- and reply_to is the wamid of the message it stands on, which may come later.
CREATE INDEX message_reaction ON message (reply_to) WHERE kind = 'reaction';
UPDATE message SET reply_to = coalesce(json_extract(raw, '$.reaction.message_id'), ''),
	text = coalesce(json_extract(raw, '$.reaction.emoji'), ''), raw_kind = '', raw = NULL
	WHERE kind = 'reaction' AND json_valid(raw);

-- What authors made of messages of theirs afterwards. The message may come later.
CREATE TABLE message_edit (
	target TEXT NOT NULL, -- wamid of the message
	wamid  TEXT NOT NULL, -- of the edit; '' is what the message said at first
	text   TEXT, -- NULL: it was taken back
	at     INTEGER NOT NULL,
	PRIMARY KEY (target, wamid)
) STRICT, WITHOUT ROWID;

-- The file of a message.
CREATE TABLE media (
	message_id  INTEGER PRIMARY KEY REFERENCES message (id),
	meta_id     TEXT NOT NULL,
	meta_url    TEXT NOT NULL,
	meta_sha256 TEXT NOT NULL,
	claimed     TEXT NOT NULL, -- MIME type, as its sender says
	mime        TEXT NOT NULL, -- of the content; '' until it is here
	name        TEXT NOT NULL,
	size        INTEGER NOT NULL,
	voice       INTEGER NOT NULL,
	animated    INTEGER NOT NULL,
	width       INTEGER NOT NULL,
	height      INTEGER NOT NULL,
	duration_ms INTEGER NOT NULL,
	state       TEXT NOT NULL,
	code        TEXT NOT NULL,
	file        TEXT NOT NULL, -- SHA-256 in hex; '' until it is here
	tries       INTEGER NOT NULL DEFAULT 0,
	next_at     INTEGER, -- when to fetch it; NULL: there is nothing to fetch
	until       INTEGER -- Meta forgets it then
) STRICT;
CREATE INDEX media_due ON media (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX media_file ON media (file) WHERE file <> '';

-- Files that Meta has, to be sent from a number.
CREATE TABLE upload (
	file            TEXT NOT NULL,
	phone_number_id TEXT NOT NULL,
	meta_id         TEXT NOT NULL,
	until           INTEGER NOT NULL,
	PRIMARY KEY (file, phone_number_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE template (
	waba_id  TEXT NOT NULL,
	name     TEXT NOT NULL,
	language TEXT NOT NULL,
	body     TEXT NOT NULL, -- JSON object, of chat.Template
	at       INTEGER NOT NULL,
	PRIMARY KEY (waba_id, name, language)
) STRICT, WITHOUT ROWID;
